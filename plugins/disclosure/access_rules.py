"""The rules of access by which a browser judges a page, in the words of readers, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What rules are called in Chinese, by their ids; and those that are asked of every page without a browser."""

    names: Mapping[str, str]
    asked_elsewhere: frozenset[str]


@cache
def load_access_rules(path: Path = HERE) -> AccessRules:
    """The rules."""
    data = read_yaml(path)
    return AccessRules(dict(data["names"]), frozenset(data["asked_elsewhere"]))
