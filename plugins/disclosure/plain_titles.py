"""Titles that say whose, of which year and what, and nothing more: two of them that agree name one thing twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kind_checks import Once
from plugins.disclosure.record import Record

_PLAIN = "(?:关于)?(?:公布|公开)?([0-9]{{4}})年(?:度|财政)?({words})(?:的|信息|公开|公告|公示)*"


def said_once(catalog: Catalog, record: Record, rule: Once, kind: str) -> tuple[str, int, str] | None:
    """Organ, year and term of a record that is plainly the one there can be; None where its title says more.

    Of the kind itself they are its values, which the title must say too; of other kinds they are what the title says.
    """
    said = _said(_without_organ(catalog, record), rule)
    if said is None or record.kind != kind:
        return said and (record.issuer, *said)
    values = (record.values.get(rule.year), record.values.get(rule.by))
    return (record.issuer, *said) if said == values else None


def _said(title: str, rule: Once) -> tuple[int, str] | None:
    match = _pattern(tuple(sorted({word for words in rule.titles.values() for word in words}))).fullmatch(
        title
    )
    if match is None:
        return None
    return int(match[1]), next(term for term, words in rule.titles.items() if match[2] in words)


@cache
def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_PLAIN.format(words="|".join(map(re.escape, words))))


def _without_organ(catalog: Catalog, record: Record) -> str:
    """The title without the name of its organ, in whichever of its names and wherever it stands."""
    organ = catalog.organ(record.issuer)
    if organ is None:
        return record.title
    names = (organ.title, str(organ.values.get("short_name", "")), *map(str, organ.values.get("aliases", ())))
    found = [name for name in names if name and name in record.title]
    return record.title.replace(max(found, key=len), "", 1) if found else record.title
