"""The index of a site: its segments, and the one file by which readers begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plugins.disclosure.yaml_data import read_yaml
from plugins.search.analyzer import SYNONYMS, analyzer_version, syllables
from plugins.search.segment import FORMAT, packed

START = "start.bin"


def start_file(segments: Iterable[tuple[str, Mapping[str, Any], tuple[int, ...]]]) -> bytes:
    """Where readers begin: the segments, the records of each that are no longer valid, and the synonyms."""
    return packed(
        {
            "format": FORMAT,
            "analyzer": analyzer_version(),
            "segments": [{"path": name, "dead": list(dead), **facts} for name, facts, dead in segments],
            "syllables": sorted({syllable for found in syllables().values() for syllable in found}),
            "synonyms": [[str(wording) for wording in line] for line in read_yaml(SYNONYMS)],
        }
    )
