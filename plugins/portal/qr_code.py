"""The QR code of an address, as the path of an inline SVG.

Addresses of a site differ in a few characters, and a code of a given size and mask is a linear map of its text's
bits: what a character changes does not hang on the others. So the library makes the code of a blank text once for
each length, and once what each character changes at its place; the rest is adding up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

QUIET_ZONE = 4
"""Light modules around a code; readers need them."""
MASK = 2
"""One of the eight patterns, all of which every reader takes. Trying all of them would take three times as long."""
BLANK = "a"

OWN = 12
"""So many characters at its end set an address apart from most others."""

_RUNS = re.compile("0*1+|\n")
_STARTS = [f"M{QUIET_ZONE} {QUIET_ZONE + number}.5" for number in range(177)]
"""Where each row begins; the largest code has 177."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of `size` modules, quiet zone included. `path` is drawn with a line one module wide."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text; it can be read with 15 % of it damaged, which is what paper needs."""
    size, modules = _added_up(text) if text.isascii() else _made(text)
    signs = f"{modules:0{size * size}b}"
    runs = _RUNS.findall("\n".join([signs[at : at + size] for at in range(0, size * size, size)]))
    lines = "".join(map(_DRAWN.__getitem__, runs)).split("\n")
    return QrCode(size + 2 * QUIET_ZONE, "".join([f"{start}{line}" for start, line in zip(_STARTS, lines)]))  # noqa: B905 as many as there are


def _added_up(text: str) -> tuple[int, int]:
    size, modules = _made(BLANK * len(text))
    modules ^= _beginning(len(text), text[:-OWN])
    for place, character in enumerate(text[-OWN:], max(len(text) - OWN, 0)):
        modules ^= _change(len(text), place, character)
    return size, modules


@lru_cache(maxsize=256)
def _beginning(length: int, text: str) -> int:
    """What the characters change that many addresses begin with."""
    modules = 0
    for place, character in enumerate(text):
        modules ^= _change(length, place, character)
    return modules


@cache
def _change(length: int, place: int, character: str) -> int:
    """Which modules turn when a text of blanks has this character at this place."""
    blank = BLANK * length
    return _made(blank[:place] + character + blank[place + 1 :])[1] ^ _made(blank)[1]


@lru_cache(maxsize=256)
def _made(text: str) -> tuple[int, int]:
    """The size of a text's code, and its modules row by row as the digits of a binary number."""
    import segno  # an edit of a text has no code to make

    code = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=MASK)
    return len(code.matrix), int("".join("1" if module else "0" for row in code.matrix for module in row), 2)


class _Drawn(dict[str, str]):
    """How a run of light and then dark modules is drawn; the end of a row stays what it is."""

    def __missing__(self, run: str) -> str:
        light = run.count("0")
        drawn = self[run] = f"{f'm{light} 0' if light else ''}h{len(run) - light}" if run != "\n" else run
        return drawn


_DRAWN = _Drawn()
