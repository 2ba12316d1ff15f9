"""What may be public today: drafts lie in a folder of their own, and what bears a later day waits for it.

Drafts (`drafts/<kind>/*`) are not even read unless they are asked for. A record whose 发布日期 has not come is
read and judged, and then kept out of the catalog that pages, shards, feeds and data are made from. Only a preview
asks for all of them; what is not written yet is then filled in, so that an unfinished record has a page to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from plugins.disclosure.kinds import Kind
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.record import Record

ORGAN = "organ"
"""The kind whose records are rows of one table."""

DRAFTS = "drafts"
"""The folder of the content folder that no build reads."""

STATES_FILE = f"{DRAFTS}/states.csv"
"""How far each draft is (plugins/disclosure/draft_states.py); no record."""

Hold = Literal["draft", "embargoed"]


@dataclass(frozen=True, slots=True)
class Gate:
    """The records by whether today lets them through, each in the order given."""

    public: tuple[Record, ...]
    embargoed: tuple[Record, ...]


def is_draft(file: str) -> bool:
    """Whether a file of the content folder, by its name, is a draft."""
    return file.startswith(f"{DRAFTS}/")


def place_of(file: FoundFile) -> str:
    """The folder of a kind that a file lies in, or will lie in once it is no draft any more."""
    name = file.name.removeprefix(f"{DRAFTS}/")
    return name.partition("/")[0] if "/" in name else ""


def parted(records: Iterable[Record], today: date) -> Gate:
    """The records by their day: what is dated later than `today` waits; the day itself is in time."""
    public: list[Record] = []
    embargoed: list[Record] = []
    for record in records:
        (embargoed if record.published_on > today else public).append(record)
    return Gate(tuple(public), tuple(embargoed))


def with_drafts(records: Sequence[Record], drafts: Sequence[Record]) -> list[Record]:
    """The records as they will be: a draft takes the place of the record with its key."""
    replaced = {draft.key for draft in drafts}
    return [*(record for record in records if record.key not in replaced), *drafts]


def bearable(record: Record, kind: Kind, today: date, government: str) -> Record:
    """The record with what every page needs, where it is not written yet; for a preview alone."""
    first: dict[str, Any] = {
        "title": "（还没有标题）",
        "name": "（还没有名称）",
        "issuer": government,
        "published_on": today,
    }
    needed = {field.key for field in kind.fields} & set(first) - set(record.values)
    return (
        replace(record, values={**{key: first[key] for key in needed}, **record.values}) if needed else record
    )


def held(record: Record, today: date) -> Hold | None:
    """Why a record is in a preview and in nothing else; None for one that is public."""
    if is_draft(record.file):
        return "draft"
    return "embargoed" if record.published_on > today else None
