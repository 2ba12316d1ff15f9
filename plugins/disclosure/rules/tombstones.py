"""Records taken down: not there any more, and replaced by something that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.tombstones import FILE
from plugins.disclosure.readers.wording import quoted, quoted_en


def tombstones_stand_for_what_is_gone(catalog: Catalog, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A record that is there again needs no tombstone; what takes its place must be on the site."""
    for stone in catalog.tombstones:
        if catalog.get(stone.key) is not None:
            yield warning(
                FILE,
                stone.line,
                "记录",
                "tombstone.record-there",
                f"{quoted(stone.key)}仍在或又放上了网站，这一行不起作用。",
                f"{quoted_en(stone.key)} is on the site, so this row does nothing. Delete the row.",
                "请删去这一行。",
            )
        if stone.replaced_by and len(catalog.find(stone.replaced_by)) != 1:
            yield error(
                FILE,
                stone.line,
                "改用",
                "tombstone.no-such-record",
                f"写作{quoted(stone.replaced_by)}，网站上没有这一条，或者不止一条。",
                f"{quoted_en(stone.replaced_by)} names no record of the site, or several. Write it like policy/2025-0013.",
                "请写网站上有的文号、索引号或“类别/编号”，例如 policy/2025-0013；没有替代的就留空。",
            )
