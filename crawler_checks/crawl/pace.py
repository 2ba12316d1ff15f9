"""When the next request to a live host is due, and who is asked for: loopback, private or public."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

CATCHING_UP = 0.2
"""Of a gap: a burst never comes of it, and a busy process still keeps to the rate."""


class Pace:
    """Spaces requests evenly, and draws back from a host in trouble. Times are seconds of one steady clock, handed in."""

    def __init__(self, requests_a_second: float | None) -> None:
        self._gap = 1 / requests_a_second if requests_a_second else 0.0
        self._due = 0.0
        self._troubles = 0

    def slow_to(self, gap_seconds: float) -> None:
        """Leave at least this long between requests."""
        self._gap = max(self._gap, gap_seconds)

    def seconds_to_wait(self, now: float) -> float:
        """How long until the next request is due; 0 when it is."""
        return max(0.0, self._due - now)

    def sent(self, now: float) -> None:
        """A request leaves now; when it leaves a little late the next is not put off by as much."""
        if self._gap:
            is_a_little_late = 0 <= now - self._due <= CATCHING_UP * self._gap
            self._due = (self._due if is_a_little_late else max(self._due, now)) + self._gap

    def pause(self, now: float, seconds: float) -> None:
        """The host asked to be left alone for so long."""
        self._due = max(self._due, now + seconds)

    def draw_back(self, now: float, longest: float) -> None:
        """The host is overburdened: rest for a second, after the next such answer for two, then four, and so on.

        Without a rate there is nobody to be spared.
        """
        if self._gap:
            self.pause(now, min(2.0**self._troubles, longest))
            self._troubles = min(self._troubles + 1, 20)

    def went_well(self) -> None:
        """The host answered as usual."""
        self._troubles = 0


def is_loopback(host: str) -> bool:
    """Whether this host name or IP address is the computer the inspector runs on."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Whether an IP address is not of the public internet, in whatever way it is written."""
    found = ip_address(address.partition("%")[0])
    inner = found.ipv4_mapped or found.sixtofour if isinstance(found, IPv6Address) else None
    return not found.is_global or (inner is not None and not inner.is_global)


@dataclass(frozen=True, slots=True)
class Reachable:
    """The addresses a connection may be made to: all of the public internet, and of what is private only what
    the target itself is. A name that leads elsewhere tomorrow, or on a second look, leads nowhere."""

    private: frozenset[str] = frozenset()

    def allows(self, address: str) -> bool:
        """Whether a connection may be made to this IP address."""
        if not is_private(address):
            return True
        return address in self.private or (is_loopback(address) and any(map(is_loopback, self.private)))
