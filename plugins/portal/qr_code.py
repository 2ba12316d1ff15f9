"""The QR code of an address, as the path of an inline SVG.

Addresses of a site differ in a few characters, and a code of a given size and mask is a linear map of its text's
bits: what a character changes does not hang on the others. So the library makes the code of a blank text once for
each length, and once what each character changes at its place; the rest is adding up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import segno

QUIET_ZONE = 4
"""Light modules around a code; readers need them."""
MASK = 2
"""One of the eight patterns, all of which every reader takes. Trying all of them would take three times as long."""
BLANK = "a"

_RUNS = re.compile("0*1+")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of `size` modules, quiet zone included. `path` is drawn with a line one module wide."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text; it can be read with 15 % of it damaged, which is what paper needs."""
    size, modules = _added_up(text) if text.isascii() else _made(text)
    rows = f"{modules:0{size * size}b}"
    lines = [_line(rows[at * size : at * size + size], at) for at in range(size)]
    return QrCode(size + 2 * QUIET_ZONE, "".join(lines))


def _added_up(text: str) -> tuple[int, int]:
    size, modules = _made(BLANK * len(text))
    for place, character in enumerate(text):
        modules ^= _change(len(text), place, character)
    return size, modules


@cache
def _change(length: int, place: int, character: str) -> int:
    """Which modules turn when a text of blanks has this character at this place."""
    blank = BLANK * length
    return _made(blank[:place] + character + blank[place + 1 :])[1] ^ _made(blank)[1]


@lru_cache(maxsize=256)
def _made(text: str) -> tuple[int, int]:
    """The size of a text's code, and its modules row by row as the digits of a binary number."""
    code = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=MASK)
    return len(code.matrix), int("".join("1" if module else "0" for row in code.matrix for module in row), 2)


def _line(row: str, number: int) -> str:
    """The dark runs of a row, left to right."""
    return f"M{QUIET_ZONE} {QUIET_ZONE + number}.5{''.join(map(_DRAWN.__getitem__, _RUNS.findall(row)))}"


class _Drawn(dict[str, str]):
    """How a run of light and then dark modules is drawn."""

    def __missing__(self, run: str) -> str:
        light = run.count("0")
        drawn = self[run] = f"{f'm{light} 0' if light else ''}h{len(run) - light}"
        return drawn


_DRAWN = _Drawn()
