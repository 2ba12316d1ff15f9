"""What an editor wrote, before any field's type has read it: all text is still text, and has its line."""

from __future__ import annotations

from dataclasses import dataclass

MOST_VALUES = 20_000
"""So many an entry may have."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, exactly as written (`no` is `no`, `007` is `007`).

    `text_line` is where its first line stands when each of its lines is one of the file (behind `|`), else 0.
    """

    text: str
    line: int
    text_line: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Named values: one row of a table. A name may stand twice; whoever reads it reports that."""

    entries: tuple[Entry, ...]
    line: int


Node = Scalar | Items | Pairs


@dataclass(frozen=True, slots=True)
class Entry:
    """One `标签: value`. `node` is None when the value could not be read and a Problem already says so."""

    name: str
    line: int
    node: Node | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries stand: the file, the line to name for what is not there, and the label of their table, if any."""

    file: str
    line: int
    table: str = ""
