"""When the next request to a live host is due, and who is asked for: loopback, private or public."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

LEAST_GAP = 0.8
"""Of a gap, between two requests: a process that was late makes up for it little by little, never by a burst."""
MOST_BEHIND = 3.0
"""Gaps by which a process may be behind and still make up for it; what is more is lost."""


class Pace:
    """Spaces requests evenly, and draws back from a host in trouble. Times are seconds of one steady clock, handed in."""

    def __init__(self, requests_a_second: float | None) -> None:
        self._gap = 1 / requests_a_second if requests_a_second else 0.0
        self._due = 0.0
        self._turn = 0.0
        self._count = 0
        self._troubles = 0

    def slow_to(self, gap_seconds: float) -> None:
        """Leave at least this long between requests."""
        self._gap = max(self._gap, gap_seconds)

    def seconds_to_wait(self, now: float) -> float:
        """How long until the next request is due; 0 when it is."""
        return max(0.0, self._due - now)

    def sent(self, now: float) -> None:
        """A request leaves now. Turns come a gap apart; one that is taken late does not put off the next by as much."""
        if self._gap:
            turn = self._turn + self._gap
            self._turn = turn if 0 <= now - turn <= MOST_BEHIND * self._gap else now
            self._due = max(self._turn + self._gap, now + LEAST_GAP * self._gap)
            self._count += 1

    def answered(self, now: float) -> None:
        """An answer has come. Turns are counted from the first: until then the host may have seen nothing of us."""
        if self._gap and self._count == 1:
            self._count += 1
            self._turn, self._due = now, now + self._gap

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


def is_inner(host: str) -> bool:
    """Whether a host, as an address writes it, is this computer or an IP address that is not of the internet."""
    if is_loopback(host):
        return True
    try:
        return is_private(host.strip("[]"))
    except ValueError:
        return False


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
