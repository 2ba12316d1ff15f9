"""What was met before, so that only what comes again is kept: by one byte each, however long the text."""

from __future__ import annotations

from collections.abc import Hashable

PLACES = 1 << 21


class Met:
    """Now and then something new counts as met, which costs a little memory and nothing else."""

    def __init__(self) -> None:
        self._places = bytearray(PLACES)

    def again(self, thing: Hashable) -> bool:
        """Whether it was met before; from now on it was."""
        place = hash(thing) % PLACES
        if self._places[place]:
            return True
        self._places[place] = 1
        return False
