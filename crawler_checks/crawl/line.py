"""A line to a second process, begun by fork: frames of bytes go both ways, and neither side waits for one who waits."""

from __future__ import annotations

import gc
import os
import select
import socket
import struct
from collections.abc import Callable

LENGTH = struct.Struct("!I")


def can_fork() -> bool:
    """Whether there is a processor for a second process, and a way to begin it."""
    if not hasattr(os, "fork"):
        return False
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return len(usable) > 1


class Line:
    """Open until the other process is gone, or let go."""

    def __init__(self, answer: Callable[[Ear], None]) -> None:
        """Begin a process that does nothing but `answer`."""
        ours, theirs = socket.socketpair()
        self._child = os.fork()
        if self._child == 0:
            try:
                ours.close()
                gc.disable()
                answer(Ear(theirs))
            finally:
                os._exit(0)
        theirs.close()
        ours.setblocking(False)
        self._socket = ours
        self._came = bytearray()
        self.is_open = True

    def send(self, frame: bytes) -> None:
        """Send a frame; meanwhile what comes is taken."""
        left = memoryview(LENGTH.pack(len(frame)) + frame)
        while left and self.is_open:
            readable, writable, _ = select.select([self._socket], [self._socket], [])
            if readable:
                self._receive()
            elif writable:
                try:
                    left = left[self._socket.send(left) :]
                except BlockingIOError:
                    continue
                except OSError:
                    self.end()

    def frame(self, *, wait: bool) -> bytes | None:
        """The next frame that has come; with `wait` it is waited for. None when there is none, or nobody is there."""
        while not self._has_frame():
            if not self.is_open or not select.select([self._socket], [], [], None if wait else 0)[0]:
                return None
            self._receive()
        (length,) = LENGTH.unpack_from(self._came)
        frame = bytes(memoryview(self._came)[LENGTH.size : LENGTH.size + length])
        del self._came[: LENGTH.size + length]
        return frame

    def end(self) -> None:
        """Let the other process go."""
        if self.is_open:
            self.is_open = False
            self._socket.close()
            os.waitpid(self._child, 0)

    def _has_frame(self) -> bool:
        if len(self._came) < LENGTH.size:
            return False
        (length,) = LENGTH.unpack_from(self._came)
        return len(self._came) - LENGTH.size >= int(length)

    def _receive(self) -> None:
        try:
            came = self._socket.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if came:
            self._came += came
        else:
            self.end()


class Ear:
    """The other end, which waits."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._stream = line.makefile("rb", buffering=1 << 16)

    def frame(self) -> bytes | None:
        """The next frame; None when there will be none."""
        head = self._stream.read(LENGTH.size)
        return self._stream.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else None

    def send(self, frame: bytes) -> None:
        """Send a frame."""
        self._line.sendall(LENGTH.pack(len(frame)) + frame)
