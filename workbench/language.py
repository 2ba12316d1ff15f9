"""Which language whoever sits at this computer reads, as the computer is set."""

from __future__ import annotations

from collections.abc import Mapping


def reads_chinese_only(environment: Mapping[str, str]) -> bool:
    """Whether this computer is set to Chinese: then English beside every line only makes a report twice as long."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    language = next((value for name in names if (value := environment.get(name))), "")
    return language.lower().startswith("zh")
