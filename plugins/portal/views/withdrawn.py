"""What stands in the place of records that were taken down."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.tombstones import FILE, HEADING
from plugins.disclosure.tombstone import Tombstone
from plugins.manifest.moved import Moved, Moves
from plugins.portal import addresses
from plugins.portal.models import Link, WithdrawnPage
from plugins.portal.views.desk import Desk


def tombstones(desk: Desk) -> list[Tombstone]:
    """The tombstones of what is gone indeed."""
    return [stone for stone in desk.catalog.tombstones if desk.catalog.get(stone.key) is None]


def withdrawn_page(desk: Desk, stone: Tombstone) -> WithdrawnPage:
    """The page at the old address."""
    head = desk.head(
        addresses.record(stone.key),
        "这条信息已经撤下",
        f"原在本网址的信息已于 {stone.removed_on} 撤下。",
        metas=(*desk.metas(), ("robots", "noindex")),
    )
    return WithdrawnPage(head, stone.removed_on.isoformat(), stone.reason, _replacement(desk, stone))


def withdrawn_data(desk: Desk, stone: Tombstone) -> dict[str, object]:
    """The same for programs, in the place of the record's JSON."""
    replacement = _replacement(desk, stone)
    return {
        "version": 1,
        "key": stone.key,
        "withdrawn_on": stone.removed_on.isoformat(),
        "reason": stone.reason,
        "replaced_by": desk.site.base_address + replacement.address if replacement else None,
    }


def moves(desk: Desk) -> Moves:
    """What web servers are told."""
    prefix = desk.site.prefix
    found = []
    for stone in tombstones(desk):
        replacement = _replacement(desk, stone)
        new = prefix + replacement.address if replacement else ""
        found.append(Moved(prefix + addresses.record(stone.key), new))
    return Moves(prefix, tuple(sorted(found, key=lambda one: one.old)))


def vanished(published: frozenset[str], there: frozenset[str], declared: frozenset[str]) -> Iterator[Problem]:
    """What the last build published, and now is neither there nor declared to be taken down."""
    for key in sorted(published - there - declared):
        yield error(
            FILE,
            None,
            None,
            "record.vanished",
            f"“{key}”上次生成时在网站上，现在内容里没有了。公开过的信息不能不说明就消失。",
            f"{key!r} was on the site at the last build and is not in the content any more. Bring it back; or, if it "
            f"was taken down or renamed, say so in {FILE} with the heading {HEADING}.",
            f"请恢复；确实要撤下或改了编号的，在 {FILE} 写明，表头 {HEADING}，例如 {key},2026-01-31,内容过时,policy/2026-0001"
            "（没有替代的，“改用”留空）。",
        )


def _replacement(desk: Desk, stone: Tombstone) -> Link | None:
    found = desk.catalog.find(stone.replaced_by) if stone.replaced_by else ()
    return desk.record_link(found[0]) if len(found) == 1 else None
