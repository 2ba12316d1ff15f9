"""Values told over a line: what was told lately is referred to, what both sides know is a number."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

SHARED_FOR = 500
"""After so many values both sides forget what they have told each other, for it all stays in memory."""


class Teller:
    """Tells values. `number_of` gives the number of what the other side knows, None of anything else."""

    def __init__(self, number_of: Callable[[object], int | None] | None = None) -> None:
        self._number_of = number_of
        self._begin()

    def _begin(self) -> None:
        self._count = 0
        self._stream = io.BytesIO()
        self._writer = (
            _Numbering(self._stream, self._number_of)
            if self._number_of
            else pickle.Pickler(self._stream, protocol=5)
        )

    def frame(self, value: object) -> bytes:
        """What tells a value."""
        if self._count == SHARED_FOR:
            self._begin()
        self._count += 1
        self._stream.seek(0)
        self._stream.truncate()
        self._writer.dump(value)
        return self._stream.getvalue()


class Told:
    """Hears what a `Teller` tells, in the order in which it was told. `known` gives what is meant by a number."""

    def __init__(self, known: Callable[[int], object] | None = None) -> None:
        self._known = known
        self._begin()

    def _begin(self) -> None:
        self._count = 0
        self._stream = io.BytesIO()
        self._reader = (
            _Numbered(self._stream, self._known) if self._known else pickle.Unpickler(self._stream)  # noqa: S301 our own fork says it
        )

    def read(self, frame: bytes) -> Any:
        """The value that was told."""
        if self._count == SHARED_FOR:
            self._begin()
        self._count += 1
        self._stream.seek(0)
        self._stream.truncate()
        self._stream.write(frame)
        self._stream.seek(0)
        return self._reader.load()


class _Numbering(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, number_of: Callable[[object], int | None]) -> None:
        super().__init__(stream, protocol=5)
        self.persistent_id = number_of  # type: ignore[method-assign]


class _Numbered(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, known: Callable[[int], object]) -> None:
        super().__init__(stream)
        self.persistent_load = known  # type: ignore[method-assign]
