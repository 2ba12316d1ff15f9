"""What happens to a document after it was published: amended, repealed, run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.disclosure.record import Record
from plugins.portal.views.desk import Desk

ACTS = (("repeals", "废止"), ("amends", "修改"))
ENDS_ON = "expires_on"


@dataclass(frozen=True, slots=True)
class Revision:
    """One such event: a name that never changes, the day, and the words for it."""

    id: str
    day: date
    verb: str
    text: str


def revisions(desk: Desk, record: Record) -> Iterator[Revision]:
    """What has happened to a document by today. Kinds that are never in force have none."""
    if desk.catalog.kind(record).field("validity") is None:
        return
    today = desk.catalog.today
    for field, verb in ACTS:
        for act in desk.catalog.related(record, field, outgoing=False):
            begins = act.values.get("effective_on", act.published_on)
            if begins <= today:
                yield Revision(
                    f"{field}-{act.id}", begins, verb, f"自 {begins} 起被{act.marked_title}{verb}。"
                )
    ends_on = record.values.get(ENDS_ON)
    if ends_on is not None and ends_on < today:
        yield Revision("expired", ends_on + timedelta(days=1), "失效", f"有效期至 {ends_on}，已经失效。")


def changed_on(desk: Desk, record: Record) -> date:
    """The day of the record's last major change: its publication, or what happened to it since."""
    return max([record.published_on, *(revision.day for revision in revisions(desk, record))])
