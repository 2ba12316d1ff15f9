"""Words and hosts by which planted links are known, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class SpamWords:
    """`in_text` and `in_host` betray a planted link; hosts that `trusted` finds are never meant."""

    in_text: re.Pattern[str]
    in_host: re.Pattern[str]
    trusted: re.Pattern[str]


@cache
def load_spam_words(path: Path = HERE) -> SpamWords:
    """The words."""
    data = read_yaml(path)
    return SpamWords(
        *(re.compile("|".join(data[key]), re.IGNORECASE) for key in ("in_text", "in_host", "trusted"))
    )
