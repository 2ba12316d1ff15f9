"""What differs between two Chinese texts, as a person reads it: whole words, numbers and 文号, not single strokes.

Paragraphs are paired first; inside a pair, numbers and Latin words are one piece and each Chinese character another.
Then islands of one or two characters that happen to stand in both are taken into the change around them, and a number
is never cut: 2025年 → 2026年 is one change of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]

_PIECES = re.compile(r"[0-9０-９]+(?:[.,:：/-][0-9０-９]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_SHORTEST_ISLAND = 3
_ALIKE = 0.35
_LONGEST = 4_000
"""Pieces of a paragraph beyond which it is shown as gone and new as a whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the difference. `changed` is false where every piece stayed."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it went or came."""
        return any(piece.kind != "same" for piece in self.pieces)


def difference(before: str, after: str) -> tuple[Paragraph, ...]:
    """The paragraphs of both texts in reading order; empty lines left out."""
    old, new = (_paragraphs(text) for text in (before, after))
    return tuple(_aligned(old, new))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The difference between two paragraphs, or between two values of a field."""
    old, new = (_PIECES.findall(text) for text in (before, after))
    if max(len(old), len(new)) > _LONGEST:
        return _joined([Piece("gone", before), Piece("new", after)])
    found: list[Piece] = []
    for tag, start, end, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[start:end])))
        else:
            found += [Piece("gone", "".join(old[start:end])), Piece("new", "".join(new[low:high]))]
    return _joined(_without_islands(found))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    for tag, start, end, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Paragraph((Piece("same", text),)) for text in old[start:end])
        else:
            yield from _paired(list(old[start:end]), list(new[low:high]))


def _paired(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    """Paragraphs that were rewritten beside what they became; others as gone and as new."""
    place = 0
    for text in new:
        partner = next((n for n in range(place, len(old)) if _alike(old[n], text)), None)
        if partner is None:
            yield Paragraph((Piece("new", text),))
            continue
        yield from (Paragraph((Piece("gone", gone),)) for gone in old[place:partner])
        yield Paragraph(words(old[partner], text))
        place = partner + 1
    yield from (Paragraph((Piece("gone", gone),)) for gone in old[place:])


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    )


def _without_islands(found: Sequence[Piece]) -> list[Piece]:
    """The pieces, with short ones that stayed between two changes taken into both sides of the change."""
    kept: list[Piece] = []
    for place, piece in enumerate(found):
        between = 0 < place < len(found) - 1
        is_sign = not re.search(r"\w", piece.text)
        if piece.kind == "same" and between and len(piece.text) < _SHORTEST_ISLAND and not is_sign:
            kept += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            kept.append(piece)
    return kept


def _joined(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Runs of change as one piece that went and one that came, in this order."""
    joined: list[Piece] = []
    gone = new = ""
    for piece in [*found, Piece("same", "")]:
        if piece.kind == "gone":
            gone += piece.text
        elif piece.kind == "new":
            new += piece.text
        else:
            joined += [Piece("gone", gone)] if gone else []
            joined += [Piece("new", new)] if new else []
            gone = new = ""
            if piece.text:
                joined.append(piece)
    return tuple(joined)
