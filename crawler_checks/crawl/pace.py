"""When the next request to a live host is due, and who is asked for: loopback, private or public."""

from __future__ import annotations

from ipaddress import ip_address


class Pace:
    """Spaces requests evenly. Times are seconds of one steady clock, handed in."""

    def __init__(self, requests_a_second: float | None) -> None:
        self._gap = 1 / requests_a_second if requests_a_second else 0.0
        self._due = 0.0

    def slow_to(self, gap_seconds: float) -> None:
        """Leave at least this long between requests."""
        self._gap = max(self._gap, gap_seconds)

    def seconds_to_wait(self, now: float) -> float:
        """How long until the next request is due; 0 when it is."""
        return max(0.0, self._due - now)

    def sent(self, now: float) -> None:
        """A request leaves now."""
        self._due = max(self._due, now) + self._gap if self._gap else self._due

    def pause(self, now: float, seconds: float) -> None:
        """The host asked to be left alone for so long."""
        self._due = max(self._due, now + seconds)


def is_loopback(host: str) -> bool:
    """Whether this host name or IP address is the computer the inspector runs on."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Whether an IP address is not of the public internet."""
    return not ip_address(address.partition("%")[0]).is_global
