"""The words under which public pages name what they tell, as data: header tables, guides, organs, consultations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class Label:
    """Something a page names by one of `words`. `is_key`: among the elements that national inspections count."""

    id: str
    label: str
    words: tuple[str, ...]
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class LabelGroup:
    """Labels that belong together, and the rule that asks for them."""

    id: str
    source: Source
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class GuideElement:
    """Something a guide to disclosure must speak of; `pattern` finds it in its text."""

    id: str
    label: str
    label_en: str
    pattern: re.Pattern[str]
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class PageLabels:
    """All of them. `by_word` leads from a word to the ids it may stand for."""

    groups: Mapping[str, LabelGroup]
    guide: tuple[GuideElement, ...]
    by_word: Mapping[str, tuple[str, ...]]


@cache
def load_page_labels(path: Path = HERE) -> PageLabels:
    """The labels. Raises ValueError naming the entry at fault."""
    data = read_yaml(path)
    documents: Mapping[str, Mapping[str, Any]] = data["documents"]
    groups = {id_: _group(id_, entry, documents) for id_, entry in data["groups"].items()}
    by_word: dict[str, tuple[str, ...]] = {}
    for group in groups.values():
        for label in group.labels:
            for word in label.words:
                by_word[word] = (*by_word.get(word, ()), label.id)
    guide = tuple(_element(entry, documents) for entry in data["guide"])
    return PageLabels(groups, guide, by_word)


def _group(id_: str, data: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> LabelGroup:
    labels = tuple(
        Label(entry["id"], entry["label"], tuple(entry["words"]), entry.get("key", False))
        for entry in data["labels"]
    )
    return LabelGroup(id_, _source(data["source"], documents, f"group {id_!r}"), labels)


def _element(data: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> GuideElement:
    source = _source(data["source"], documents, f"guide element {data['id']!r}")
    return GuideElement(
        data["id"], data["label"], data["label_en"], re.compile("|".join(data["words"])), source
    )


def _source(data: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]], where: str) -> Source:
    if data["of"] not in documents:
        raise ValueError(f"{where}: no such document {data['of']!r}; there are {', '.join(documents)}")
    return read_source({**documents[data["of"]], "clause": data["clause"]}, where)
