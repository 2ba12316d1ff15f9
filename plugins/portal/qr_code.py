"""The QR code of an address, as the path of an inline SVG."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Light modules around a code; readers need them."""
MASK = 2
"""One of the eight patterns, all of which every reader takes. Trying all of them would take three times as long."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of `size` modules, quiet zone included. `path` is drawn with a line one module wide."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text; it can be read with 15 % of it damaged, which is what paper needs."""
    made = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK)
    lines = [_line(row, number) for number, row in enumerate(made.matrix)]
    return QrCode(len(lines) + 2 * QUIET_ZONE, "".join(lines))


def _line(row: bytearray, number: int) -> str:
    """The dark runs of a row, left to right."""
    parts = [f"M{QUIET_ZONE} {QUIET_ZONE + number}.5"]
    light = 0
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and bool(row[end]) == bool(row[start]):
            end += 1
        if row[start]:
            parts.append(f"{f'm{light} 0' if light else ''}h{end - start}")
            light = 0
        else:
            light = end - start
        start = end
    return "".join(parts)
