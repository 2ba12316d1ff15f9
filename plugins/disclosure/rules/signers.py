"""Organs that sign a document with its issuer: each is in organs.csv, or plainly of another place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field

GOVERNMENT = "人民政府"
NO_GOVERNMENT = re.compile("法院|检察院|人民代表大会|政治协商|军分区|总工会|妇女联合会|共青团")


def cosigner_unknown(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """An organ of this place is written otherwise than in organs.csv, or the issuer signs with itself.

    Party organs, courts and offices of other places stand in nobody's list, and are believed.
    """
    names = {name: organ for organ in catalog.organs for name in _names(organ)}
    government = catalog.organ(catalog.site.government)
    place = government.title.removesuffix(GOVERNMENT) if government else ""
    for record in catalog.records:
        for written in record.values.get("cosigners", ()):
            found = names.get(written)
            if found is not None and found.id == record.issuer:
                yield _at(
                    catalog,
                    record,
                    "signers.issuer-twice",
                    f"写作{quoted(written)}，它就是发布机构。",
                    f"{quoted_en(written)} is the issuer itself. Name the other organs only.",
                    "这一项只写其他联合发文的机关，请删去发布机构。",
                )
            elif found is None and (parted := _parted(written, names)):
                yield _at(
                    catalog,
                    record,
                    "signers.not-parted",
                    f"写作{quoted(written)}，这是 {parted.count('；') + 1} 个机关，几项之间要用分号。",
                    f"{quoted_en(written)} names several organs. Part them by a semicolon: {parted}",
                    f"请写成 {parted}",
                )
            elif found is None and (near := _meant(written, names, place)) is not None:
                hint = f"是不是“{near}”？" if near else ""
                hint_en = f" Did you mean {quoted_en(near)}?" if near else ""
                yield _at(
                    catalog,
                    record,
                    "signers.unknown",
                    f"写作{quoted(written)}，机构名录 organs.csv 里没有这个机构。",
                    f"{quoted_en(written)} is no organ of organs.csv.{hint_en} Write the full name, or add it there.",
                    f"{hint}请写机构全称；如果是新机构，请先在 organs.csv 里加一行。",
                )


def _parted(written: str, names: Container[str]) -> str:
    """Several organs between which stands what parts none, as they ought to be written; empty where they are not."""
    several = [name.strip() for name in re.split("[、，,]+", written) if name.strip()]
    return "；".join(several) if len(several) > 1 and all(name in names for name in several) else ""


def _names(organ: Record) -> Iterator[str]:
    yield organ.title
    yield str(organ.values.get("short_name", organ.title))
    yield from organ.values.get("aliases", ())


def _meant(written: str, names: dict[str, Record], place: str) -> str | None:
    """The organ that must be meant, empty where none is like it; None for an organ that may well be another's."""
    ends = [organ.title for name, organ in names.items() if name.endswith(written)]
    if ends:
        return ends[0]
    if not place or not written.startswith(place) or NO_GOVERNMENT.search(written):
        return None
    near = nearest(written, [organ.title for organ in names.values()])
    return near or ""


def _at(catalog: Catalog, record: Record, code: str, zh: str, en: str, hint: str) -> Problem:
    return at_field(catalog, record, "cosigners", "warning", code, zh, en, hint)
