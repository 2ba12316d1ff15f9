"""What was met before, so that only what comes again is kept: by one bit each, however long the text."""

from __future__ import annotations

from collections.abc import Hashable

PLACES = 1 << 24


class Met:
    """Now and then something new counts as met, which costs a little memory and nothing else."""

    def __init__(self) -> None:
        self._places = bytearray(PLACES >> 3)

    def again(self, thing: Hashable) -> bool:
        """Whether it was met before; from now on it was."""
        place = hash(thing) % PLACES
        byte, bit = place >> 3, 1 << (place & 7)
        if self._places[byte] & bit:
            return True
        self._places[byte] |= bit
        return False
