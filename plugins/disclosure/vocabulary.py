"""Controlled words: genres, forms of disclosure, organ categories, the State-Council subject tree.

Each list is one YAML file under `vocabularies/`; a term has a stable id, a label and, where readers write it
differently, aliases. Ids stand in addresses and data; labels are what people write and read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a list. `parent` is the id of the broader term, in a tree.

    `in_county` is the label where a county, district or banner answers for the portal, with `{level}` for which.
    `at_the_head_as` is, of an organ's category, the id of the one whose duties it has where it answers for the portal.
    """

    id: str
    label: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    in_county: str = ""
    at_the_head_as: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A closed list of terms, in the order people are used to."""

    id: str
    label: str
    terms: tuple[Term, ...]
    source: Source

    def find(self, text: str) -> Term | None:
        """The term whose id, label, alias or full path (`一级\\二级`) is `text`, or None."""
        return _index(self).get(_norm(text))

    def path(self, term: Term) -> str:
        """The term as pages write it: 综合政务\\政务公开."""
        parent = next((other for other in self.terms if other.id == term.parent), None)
        return term.label if parent is None else f"{parent.label}\\{term.label}"


def _norm(text: str) -> str:
    return text.strip().replace("/", "\\").replace("＼", "\\")


@cache
def _index(vocabulary: Vocabulary) -> dict[str, Term]:
    """A label that stands in several branches (其他) is found by its full path only."""
    found: dict[str, Term] = {}
    labels = [term.label for term in vocabulary.terms]
    for term in vocabulary.terms:
        names = [term.id, vocabulary.path(term), *term.aliases]
        if labels.count(term.label) == 1:
            names.append(term.label)
        for name in names:
            found.setdefault(_norm(name), term)
    return found


Vocabularies = Mapping[str, Vocabulary]

COUNTY = re.compile("(?P<level>[县区旗](?=人民政府$)|县(?![域级])(?=[^县]{1,}[局委办室会]$))")
"""How governments of the county level are called that are no cities, and organs whose name begins with a county's."""


@cache
def load_vocabularies(folder: Path = HERE) -> Vocabularies:
    """All lists by id."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise ValueError(f"no vocabularies in {folder}")
    return {path.stem: _vocabulary(path) for path in files}


def spoken_by(government: str, vocabularies: Vocabularies) -> Vocabularies:
    """The lists in the words of the government with this full name: a county has 县直部门 where a city has 市直部门.

    What a city calls them is understood all the same.
    """
    county = COUNTY.search(government)
    if county is None:
        return vocabularies
    return {id_: _in_county(vocabulary, county["level"]) for id_, vocabulary in vocabularies.items()}


@cache
def _in_county(vocabulary: Vocabulary, level: str) -> Vocabulary:
    if not any(term.in_county for term in vocabulary.terms):
        return vocabulary
    terms = [
        replace(term, label=term.in_county.format(level=level), aliases=(*term.aliases, term.label))
        if term.in_county
        else term
        for term in vocabulary.terms
    ]
    return replace(vocabulary, terms=tuple(terms))


def _vocabulary(path: Path) -> Vocabulary:
    data = read_yaml(path)
    terms: list[Term] = []
    for entry in data["terms"]:
        terms.extend(_terms(entry, None))
    ids = [term.id for term in terms]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise ValueError(f"{path.name}: ids stand twice: {', '.join(twice)}")
    return Vocabulary(path.stem, data["label"], tuple(terms), read_source(data["source"], path.name))


def _terms(entry: dict[str, Any], parent: str | None) -> list[Term]:
    narrower = entry.get("terms", [])
    term = Term(
        str(entry["id"]),
        entry["label"],
        entry.get("label_en", ""),
        tuple(entry.get("aliases", ())),
        parent,
        entry.get("in_county", ""),
        entry.get("at_the_head_as", ""),
    )
    return [term, *(below for child in narrower for below in _terms(child, term.id))]
