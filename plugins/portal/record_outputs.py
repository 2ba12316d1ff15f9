"""What is made from one record each: its page, its data, what it was before, its list to be printed.

An edit of one text asks for nothing else, and loads nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import RecordPage
from plugins.portal.plan import Later, Output
from plugins.portal.renderer import Renderer
from plugins.portal.settings import PARTS
from plugins.portal.views.annual_reports import report_parts
from plugins.portal.views.desk import Desk
from plugins.portal.views.history import history_page
from plugins.portal.views.records import Neighbours, neighbours_of, record_page
from plugins.portal.views.tables import checklist_page

if TYPE_CHECKING:
    from plugins.portal.views.duties import Board


def record_outputs(
    desk: Desk, renderer: Renderer, board: Board, parts: frozenset[str] = PARTS
) -> Iterator[Output]:
    """What is made from one record each: pages, and their data. They are most of a site, and quickly planned."""
    yield from _record_pages(desk, renderer, board, parts)
    if "data" in parts:
        for organ in desk.catalog.of_kind("organ"):
            yield _data_of_record(desk, organ)


def _record_pages(desk: Desk, renderer: Renderer, board: Board, parts: frozenset[str]) -> Iterator[Output]:
    for records in in_sections(desk).values():
        around = neighbours_of(records)
        for record in records:
            yield from outputs_of(desk, renderer, board, record, around[record.key], parts)


def in_sections(desk: Desk) -> dict[str, list[Record]]:
    """The records that lists show by the section they stand in, oldest first."""
    found: dict[str, list[Record]] = {}
    for record in desk.listed:
        found.setdefault(desk.catalog.section_id(record), []).append(record)
    return found


def outputs_of(
    desk: Desk, renderer: Renderer, board: Board, record: Record, around: Neighbours, parts: frozenset[str]
) -> Iterator[Output]:
    """A record's page, and beside it what else is made from its text, which then is read once."""
    inputs = Later(_record_page, (desk, board, record, around))
    yield renderer.output(addresses.record(record.key), f"kinds/{record.kind}.html", inputs)
    if "data" in parts:
        yield _data_of_record(desk, record)
    if record.key in desk.histories:
        earlier = Later(history_page, (desk, record, desk.histories[record.key]))
        yield renderer.output(addresses.history(record.key), "history.html", earlier)
    if (checklist := checklist_page(desk, record)) is not None:
        yield renderer.output(checklist.head.address, "checklist.html", checklist)


def _record_page(desk: Desk, board: Board, record: Record, around: Neighbours) -> RecordPage:
    clocks = board.clocks(record) if desk.asks(record.kind, "clocks") else ()
    return record_page(desk, record, around, clocks, report_parts(record))


def _data_of_record(desk: Desk, record: Record) -> Output:
    from plugins.portal.data_outputs import data_of_record  # with all that makes tables and catalogues

    return data_of_record(desk, record)
