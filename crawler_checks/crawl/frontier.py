"""The addresses still to be asked for, each once, within bounds; what is left out is kept with its reason."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from crawler_checks.crawl.address import Kind, Scope
from crawler_checks.crawl.answer import Request, Want
from crawler_checks.crawl.limits import Limits
from crawler_checks.crawl.outcome import Reason, Skipped
from crawler_checks.crawl.traps import Traps

INSIDE = Kind.INSIDE
PAGE = Want.PAGE


class Lead(Protocol):
    """A link, as far as the walk cares: what it points at, and how much is wanted of that."""

    @property
    def kind(self) -> Kind: ...

    @property
    def address(self) -> str: ...

    @property
    def want(self) -> Want: ...


class Frontier:
    """Addresses go in as often as they are met and come out once, first in, first out.

    What is not `allowed` is left out, or where we are not `obedient`, noted.
    """

    def __init__(
        self,
        scope: Scope,
        limits: Limits,
        allowed: Callable[[str], bool],
        *,
        obedient: bool = True,
        year: int | None = None,
    ) -> None:
        self.skipped: dict[str, Skipped] = {}
        self.against_robots: list[str] = []
        self._obedient = obedient
        self._traps = Traps(limits, year)
        self._scope, self._limits, self._allowed = scope, limits, allowed
        self._wants: dict[str, Want] = {}
        self._followed: dict[int, Sequence[Lead]] = {}
        self._leads_met: set[int] = set()
        self._queue: deque[Request] = deque()
        self._pages = 0
        self._first: Request | None = None
        self._held = False
        self.is_closed = False

    def add(self, address: str, want: Want) -> None:
        """Ask for this address too, if it is in scope, within bounds, and not already asked for as much."""
        if not self._is_news(address, want):
            return
        known = self._wants.get(address)
        reason = (
            Reason.GIVEN_UP
            if self.is_closed
            else self._reason_against(address, want)
            if known is None
            else None
        )
        if reason is not None:
            self.skipped[address] = Skipped(reason)
            return
        self._wants[address] = want
        self._queue.append(Request(address, want))

    def follow(self, address: str, leads_to: Iterable[Sequence[Lead]]) -> None:
        """Ask for what the page at `address` leads to. A group of links that was followed before is not looked at
        again."""
        found: list[Lead] = []
        met = self._leads_met
        for group in leads_to:
            if id(group) not in self._followed:
                self._followed[id(group)] = group
                if not met.issuperset(map(id, group)):
                    found += [one for one in group if id(one) not in met]
                    met.update(map(id, group))
        wants = self._wants
        found = [
            one
            for one in found
            if one.kind is INSIDE
            and wants.get(one.address) is not PAGE
            and self._is_news(one.address, one.want)
        ]
        if not found:
            return
        new = [one.address for one in found if one.address not in self._wants]
        if self._traps.follow(address, partial(_addresses, leads_to), new):
            for one in new:
                self.leave_out(one, Reason.TRAP)
        for lead in found:
            self.add(lead.address, lead.want)

    def may_ask(self, address: str) -> bool:
        """Whether what a page loads may be asked for: anything of the host that robots.txt does not forbid to us."""
        return not self.is_closed and (not self._obedient or self._allowed(address))

    def leave_out(self, address: str, reason: Reason) -> None:
        """Do not ask for this one."""
        if address not in self._wants:
            self.skipped[address] = Skipped(reason)

    def again(self, addresses: list[str]) -> None:
        """Ask for these once more, with what was wanted of them."""
        self._queue.extend(Request(address, self._wants[address]) for address in addresses)

    def hold_for(self, address: str) -> None:
        """Give out this one page next, and then nothing until `release` or `give_up`."""
        self._held = True
        self._first = Request(address, Want.PAGE)

    @property
    def is_held(self) -> bool:
        """Whether an answer to what `hold_for` asked is still awaited."""
        return self._held

    def release(self) -> None:
        """Go on."""
        self._held = False

    def give_up(self) -> None:
        """Leave out all that is still waiting and all that comes."""
        self._held = False
        self.is_closed = True
        for request in self._queue:
            self.skipped.setdefault(request.address, Skipped(Reason.GIVEN_UP))
        self._queue.clear()

    def take(self) -> Request | None:
        """The next request; None when nothing is waiting, or held back."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if self._held or not self._queue:
            return None
        return self._queue.popleft()

    def _is_news(self, address: str, want: Want) -> bool:
        known = self._wants.get(address)
        if (known is not None and known >= want) or address in self.skipped:
            return False
        return self._scope.holds(address)

    def _reason_against(self, address: str, want: Want) -> Reason | None:
        if self._traps.is_endless(address):
            return Reason.TRAP
        if not self._allowed(address):
            if self._obedient:
                return Reason.ROBOTS
            self.against_robots.append(address)
        if want is Want.PAGE:
            self._pages += 1
            if self._pages > self._limits.pages:
                return Reason.PAGE_CAP
        return Reason.ADDRESS_CAP if len(self._wants) >= self._limits.addresses else None


def _addresses(groups: Iterable[Sequence[Lead]]) -> Iterator[str]:
    return (one.address for group in groups for one in group if one.kind is INSIDE)
