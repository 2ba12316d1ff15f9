"""What a record was before, for its readers: the versions, what each changed, and any two side by side."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Change, ChangedField, HistoryPage, Link, Stretch, VersionRow
from plugins.portal.views.desk import Desk
from plugins.versions.word_difference import Piece, difference, words

if TYPE_CHECKING:
    from plugins.portal.histories import History, Version

MOST_COMPARED = 12
"""Versions that are compared with every other; of older ones only what each changed is told."""


def history_link(desk: Desk, record: Record) -> Link | None:
    """To the page of what it was before, where there is one."""
    if record.key not in desk.histories:
        return None
    count = len(desk.histories[record.key].versions)
    return Link(f"历次变动（{count} 个版本）", addresses.history(record.key))


def history_page(desk: Desk, record: Record, history: History) -> HistoryPage:
    """The page of what a record was before."""
    versions = history.versions
    section = desk.catalog.section(record)
    head = desk.head(
        addresses.history(record.key),
        "历次变动",
        f"{record.title}：发布以来的各个版本，每次改了什么，任意两个版本的差别。",
        (*desk.section_trail(section), desk.record_link(record)),
        metas=desk.metas(section),
        within=record.title,
        current=desk.top_of(section),
    )
    names = [f"第 {number} 版" for number in range(1, len(versions) + 1)]
    steps = [_change(versions, names, place - 1, place) for place in range(1, len(versions))]
    recent = range(max(len(versions) - MOST_COMPARED, 0), len(versions))
    pairs = [
        _change(versions, names, one, other) for one, other in combinations(recent, 2) if other - one > 1
    ]
    rows = [_row(history, place, names[place]) for place in range(len(versions))]
    return HistoryPage(
        head,
        desk.record_link(record),
        tuple(reversed(rows)),
        tuple(reversed(steps)),
        tuple(reversed(pairs)),
        max(len(versions) - MOST_COMPARED, 0),
    )


def _row(history: History, place: int, name: str) -> VersionRow:
    """A version with what the office says of it: the notes since the version before it, up to the next."""
    versions = history.versions
    since = versions[place].day
    until = versions[place + 1].day if place + 1 < len(versions) else None
    notes = [note for note in history.notes if note.day >= since and (until is None or note.day < until)]
    first = "首次公开。" if place == 0 else ""
    text = first + "".join(note.text if note.text.endswith("。") else f"{note.text}。" for note in notes)
    return VersionRow(name, since.isoformat(), text, any(note.major for note in notes))


def _change(versions: tuple[Version, ...], names: list[str], one: int, other: int) -> Change:
    before, after = versions[one], versions[other]
    return change(before, after, f"{names[one]}（{before.day}）", f"{names[other]}（{after.day}）")


def change(before: Version, after: Version, name: str, other_name: str) -> Change:
    """What differs between two versions, called by these names."""
    old, new = dict(before.fields), dict(after.fields)
    labels = list(dict.fromkeys([*new, *old]))
    fields = [
        ChangedField(label, _stretches(words(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]
    paragraphs = difference(before.body, after.body)
    changed = [ChangedField("", _stretches(one.pieces)) for one in paragraphs if one.changed]
    return Change(
        name,
        other_name,
        tuple(fields),
        tuple(changed),
        len(paragraphs) - len(changed),
    )


def _stretches(pieces: tuple[Piece, ...]) -> tuple[Stretch, ...]:
    return tuple(Stretch(piece.kind, piece.text) for piece in pieces)
