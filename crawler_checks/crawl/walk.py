"""Walk a site: ask for the start page, read it, ask for what it links to, until nothing new is left.

What a page holds is read by the `read` that is handed in; the walk itself knows addresses and outcomes only.
Failures that may pass are asked for again at the end, when nothing else weighs on the server; what still fails
then has failed several times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

from msgspec import structs

from crawler_checks.crawl.address import Joiner, Kind, Scope
from crawler_checks.crawl.answer import Answer, Request, Response, Source, Want
from crawler_checks.crawl.certificate import Certificate
from crawler_checks.crawl.frontier import Frontier, Lead
from crawler_checks.crawl.later import Later
from crawler_checks.crawl.limits import Limits, Manners
from crawler_checks.crawl.loading import FOLDER_ORIGIN, Loader
from crawler_checks.crawl.outcome import (
    Arrived,
    Blocked,
    Failing,
    Moved,
    Outcome,
    Reason,
    Skipped,
    Unreached,
    is_no_answer,
    judge,
    may_pass,
)

Load = Callable[[str], Response | None]
"""Gives what a page asks for while its scripts run, by its full address; None for what is not the site's to give."""
Render = Callable[[str, Load], bytes | None]
"""Opens an address in a browser and gives the page as its scripts made it."""


class Read(Protocol):
    """What a reader makes of a response: facts of its own, and where they lead."""

    @property
    def leads_to(self) -> Iterable[Sequence[Lead]]:
        """Links in groups; what several have in common is one and the same group."""


R = TypeVar("R", bound=Read)
DOWN = (Failing, Unreached)
UNSEEN = (Blocked, Unreached)
UNANSWERED = (Unreached, Blocked, Skipped)
CUTTING = {Reason.PAGE_CAP, Reason.ADDRESS_CAP, Reason.GIVEN_UP, Reason.SERVER_TROUBLE, Reason.MUCH_UNSEEN}
"""Reasons for which a part of the site was not seen; traps and robots.txt leave out single addresses."""


@dataclass(slots=True)
class Snapshot(Generic[R]):
    """A site as one walk saw it.

    `facts` holds what was read at each address that arrived. `probes` are addresses asked for though nothing
    links to them. `cut_short` says why not everything was seen; empty when it was. `certificate` is that of an
    https host; `against_robots` was asked for though robots.txt forbids it; `outside` is what came of the
    addresses of other hosts, empty where they were not asked for; `later` is what was seen on second looks.
    """

    scope: Scope
    start: str
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    facts: dict[str, R] = field(default_factory=dict)
    probes: tuple[str, ...] = ()
    cut_short: frozenset[Reason] = frozenset()
    certificate: Certificate | None = None
    against_robots: tuple[str, ...] = ()
    outside: dict[str, Outcome] = field(default_factory=dict)
    later: Later = field(default_factory=Later)


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an address leads in the end: the hops on the way, and the last address with its outcome.

    `outcome` is None when the last address was never asked for (it lies elsewhere); `loops` when the hops come
    back to where they have been.
    """

    hops: tuple[str, ...]
    end: str
    outcome: Outcome | None
    loops: bool = False


def trail(outcomes: dict[str, Outcome], address: str) -> Trail:
    """Follow redirects from `address` as far as they were seen."""
    hops: list[str] = []
    seen = {address}
    while True:
        outcome = outcomes.get(address)
        if not isinstance(outcome, Moved) or outcome.to is None:
            return Trail(tuple(hops), address, outcome)
        address = outcome.to
        hops.append(address)
        if address in seen:
            return Trail(tuple(hops), address, outcomes.get(address), loops=True)
        seen.add(address)


def walk(
    source: Source,
    scope: Scope,
    start: str,
    read: Callable[[Response], R],
    *,
    limits: Limits,
    manners: Manners,
    probes: tuple[str, ...] = (),
    listed: Iterable[tuple[str, Want]] = (),
    allowed: Callable[[str], bool] = lambda _: True,
    obedient: bool = True,
    year: int | None = None,
    render: Render | None = None,
    load: Load | None = None,
    is_bare: Callable[[R], bool] = lambda _: False,
    progress: Callable[[int], None] = lambda _: None,
) -> Snapshot[R]:
    """Bring back the site that begins at `start`. `progress` is told how many addresses have answered.

    `listed` are addresses that the site offers in lists; those that no link led to are asked for at the end.
    What is not `allowed` is left out, or only noted where we are not `obedient`. `year` is this year, by which
    calendars without end are known. Pages that are bare are opened by `render`, which is given what they ask for by `load`, and
    followed from there.
    """
    frontier = Frontier(scope, limits, allowed, obedient=obedient, year=year)
    walker = _Walker(source, Snapshot(scope, start, probes=probes), frontier, read, limits, progress)
    walker.begin()
    walker.run()
    walker.go_to(listed)
    walker.ask_again(manners)
    if render is not None:
        walker.render_bare(render, load or Loader(source, scope, limits, frontier.may_ask), is_bare)
    return walker.finish(tries=1 + len(manners.pauses))


@dataclass(slots=True)
class _Walker(Generic[R]):
    source: Source
    snapshot: Snapshot[R]
    frontier: Frontier
    read: Callable[[Response], R]
    limits: Limits
    progress: Callable[[int], None]
    joiner: Joiner = field(init=False)
    in_a_row: int = 0
    cookies_met: set[str] = field(default_factory=set)
    hops: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.joiner = Joiner(self.snapshot.scope)

    def begin(self) -> None:
        self.frontier.add(self.snapshot.start, Want.PAGE)
        for address in self.snapshot.probes:
            self.frontier.add(address, Want.PAGE)

    def run(self) -> None:
        for request, answer in self.source.fetch(self):
            outcome = self._record(request, answer)
            self._guard(request, outcome)
            self.progress(len(self.snapshot.outcomes))

    def go_to(self, listed: Iterable[tuple[str, Want]]) -> None:
        """Ask for what no link has led to."""
        for address, want in listed:
            self.frontier.add(address, want)
        self.run()

    def take(self) -> Request | None:
        """The next request."""
        return self.frontier.take()

    def ask_again(self, manners: Manners) -> None:
        """Later tries for what may pass: each time only for what failed each time before."""
        for pause in manners.pauses:
            doubtful = [address for address, outcome in self.snapshot.outcomes.items() if may_pass(outcome)]
            if not doubtful or self.frontier.is_closed or self._server_is_in_trouble():
                return
            self.source.wait(pause)
            self.frontier.again(doubtful[: self.limits.doubts])
            self.run()

    def render_bare(self, render: Render, load: Load, is_bare: Callable[[R], bool]) -> None:
        """Open pages that are empty without scripts in a browser, and go where they lead."""
        opened: set[str] = set()
        origin = self.snapshot.scope.origin or FOLDER_ORIGIN
        while len(opened) < self.limits.rendered_pages:
            bare = [
                one
                for one, facts in self.snapshot.facts.items()
                if one not in opened and one not in self.snapshot.probes and is_bare(facts)
            ]
            if not bare:
                return
            opened.add(bare[0])
            html = render(origin + bare[0], load)
            if html is not None:
                page = Response(bare[0], 200, "text/html; charset=utf-8", html, len(html), rendered=True)
                facts = self.snapshot.facts[bare[0]] = self.read(page)
                self.frontier.follow(bare[0], facts.leads_to)
                self.run()

    def finish(self, tries: int) -> Snapshot[R]:
        """The snapshot, in the order of its addresses. Only what failed `tries` times is left as failing."""
        outcomes = self.snapshot.outcomes
        in_trouble = self._server_is_in_trouble()
        for address, outcome in outcomes.items():
            if type(outcome) is Failing and (in_trouble or outcome.tries < tries):
                outcomes[address] = Skipped(Reason.SERVER_TROUBLE if in_trouble else Reason.UNCONFIRMED)
        for address, skipped in self.frontier.skipped.items():
            outcomes.setdefault(address, skipped)
        reasons = {outcome.reason for outcome in outcomes.values() if type(outcome) is Skipped}
        if self._much_is_unseen():
            reasons.add(Reason.MUCH_UNSEEN)
        self.snapshot.cut_short = frozenset(reasons & CUTTING)
        self.snapshot.against_robots = tuple(sorted(self.frontier.against_robots))
        facts = self.snapshot.facts
        self.snapshot.outcomes = dict(sorted(outcomes.items(), key=itemgetter(0)))
        self.snapshot.facts = dict(sorted(facts.items(), key=itemgetter(0)))
        return self.snapshot

    def _record(self, request: Request, answer: Answer) -> Outcome:
        address = request.address
        outcome = judge(answer, self._moved_to(answer))
        before = self.snapshot.outcomes.get(address)
        if isinstance(outcome, DOWN) and isinstance(before, DOWN):
            outcome = structs.replace(outcome, tries=before.tries + 1)
        self.snapshot.outcomes[address] = outcome
        match outcome:
            case Arrived() if isinstance(answer, Response):
                self._read(address, answer)
            case Moved(to=to) if to == address and isinstance(answer, Response) and answer.sets_cookie:
                self._once_more_with_the_cookie(address)
            case Moved(to=str(to)):
                self._follow(address, to, request.want)
        return outcome

    def _read(self, address: str, answer: Response) -> None:
        facts = self.snapshot.facts[address] = self.read(answer)
        if address not in self.snapshot.probes:
            self.frontier.follow(address, facts.leads_to)

    def _moved_to(self, answer: Answer) -> str | None:
        if not isinstance(answer, Response) or answer.location is None:
            return None
        reference = self.joiner.join(answer.address, answer.location)
        return reference.address if reference.kind in (Kind.INSIDE, Kind.OUTSIDE) else None

    def _follow(self, address: str, to: str, want: Want) -> None:
        hops = self.hops.get(address, 0) + 1
        if hops > self.limits.redirects:
            self.frontier.leave_out(to, Reason.TOO_MANY_HOPS)
        elif to not in self.hops:
            self.hops[to] = hops
            self.frontier.add(to, want)

    def _once_more_with_the_cookie(self, address: str) -> None:
        if address not in self.cookies_met:
            self.cookies_met.add(address)
            self.frontier.again([address])

    def _guard(self, request: Request, outcome: Outcome) -> None:
        """Stop asking a host that no longer answers: a firewall has closed, or the server is down."""
        self.in_a_row = self.in_a_row + 1 if is_no_answer(outcome) else 0
        if self.frontier.is_held:
            if request.address == self.snapshot.start:
                self.in_a_row = 0
                self.frontier.give_up() if is_no_answer(outcome) else self.frontier.release()
        elif self.in_a_row >= self.limits.failures_in_a_row:
            self.frontier.hold_for(self.snapshot.start)

    def _much_is_unseen(self) -> bool:
        number_of = self._number_of()
        unseen = sum(number_of[kind] for kind in UNSEEN)
        return (
            unseen >= self.limits.failures_in_a_row and unseen > self.limits.unseen_share * number_of.total()
        )

    def _server_is_in_trouble(self) -> bool:
        number_of = self._number_of()
        failing = number_of[Failing]
        answered = number_of.total() - sum(number_of[kind] for kind in UNANSWERED)
        return failing >= self.limits.failures_in_a_row and failing > self.limits.error_share * answered

    def _number_of(self) -> Counter[type]:
        """How many outcomes there are of each kind."""
        return Counter(map(type, self.snapshot.outcomes.values()))
