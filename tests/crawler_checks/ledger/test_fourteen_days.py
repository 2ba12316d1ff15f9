"""Fourteen days in the life of a site: every day exactly the states that belong to what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler_checks.crawl.answer import Response
from crawler_checks.extract.site import Site
from crawler_checks.follow_up import inspected
from crawler_checks.inspection import CannotInspect, judge
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import State, Waiver
from crawler_checks.ledger.values import LedgerDay
from crawler_checks.reports.result import InspectionResult
from plugins.disclosure.profile import load_profile
from tests.crawler_checks.sites import Page, html, snapshot_of

FIRST = date(2026, 3, 2)
SITE = "http://site.example/"
Change = tuple[str, str, str | None]
NAMES = ("a", "b", "c", "d", "e")


def pages(
    gone: dict[str, str], *, menu: str = "old", broken: frozenset[str] = frozenset()
) -> dict[str, Page]:
    """A small site; `gone` says on which page a link to which missing page stands, `broken` which pages fail."""
    links = [f'<a href="/{name}.html">第{name}页的内容</a>' for name in NAMES]
    home = "".join(f"<p>{link}</p>" for link in links)
    if menu == "new":
        home = f"<nav><ul>{''.join(f'<li>{link}</li>' for link in reversed(links))}</ul></nav><h1>改版了</h1>"
    found: dict[str, Page] = {"/": html(home)}
    for name in NAMES:
        address = f"/{name}.html"
        link = f'<a href="{gone[name]}">去向不明的文件</a>' if name in gone else ""
        found[address] = html(f"<p>本页介绍有关情况。{link}</p>")
        if name in broken:
            found[address] = Response(address, 503)
    return found


class Life:
    """Inspects the site once a day and remembers it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.today = FIRST - timedelta(days=1)

    def inspect(self, site: dict[str, Page]) -> InspectionResult:
        snapshot = snapshot_of(site, otherwise=None if site else lambda address: Response(address, 503))
        return judge(Site(snapshot), SITE, load_profile("cn-2019"), self.today)

    def next_day(self, site: dict[str, Page]) -> LedgerDay:
        self.today += timedelta(days=1)
        run = self.ledger.begin(SITE, self.today)
        try:
            return self.ledger.save(run, inspected(self.inspect(site)))
        except CannotInspect as reason:
            day = self.ledger.fail(run, self.today, reason.message_zh, reason.message_en)
            assert day is not None
            return day


@pytest.fixture
def life(place: Path | str) -> Iterator[Life]:
    with Ledger(place) as ledger:
        yield Life(ledger)


def changes(day: LedgerDay, *states: State) -> list[Change]:
    """What is in the states: which, where, what."""
    wanted = states or (State.NEW, State.BACK, State.FIXED, State.UNKNOWN, State.WAIVED)
    return sorted((one.state.value, one.finding.place, one.finding.object) for one in day.having(*wanted))


def test_every_day_has_exactly_the_states_that_belong_to_it(life: Life) -> None:
    is_usual: Callable[[LedgerDay], set[str]] = lambda day: {  # noqa: E731 said once, for every day
        key for key, one in day.findings.items() if one.finding.check != "link_broken"
    }

    first = life.next_day(pages({}))  # 1: all that is there is new
    usual = is_usual(first)
    assert {one.state for one in first.findings.values()} == {State.NEW}
    assert len(usual) > 5

    assert changes(life.next_day(pages({}))) == []  # 2: nothing happens

    day = life.next_day(pages({"a": "/x.html"}))  # 3: a fault comes
    assert changes(day) == [("new", "/a.html", "/x.html")]

    day = life.next_day(pages({"a": "/y.html"}))  # 4: it is mended, another comes in its place
    assert changes(day) == [("fixed", "/a.html", "/x.html"), ("new", "/a.html", "/y.html")]

    day = life.next_day(pages({"b": "/y.html"}))  # 5: it moves to another page
    assert changes(day) == [("fixed", "/a.html", "/y.html"), ("new", "/b.html", "/y.html")]

    [moved] = day.having(State.NEW)
    waiver = Waiver("等待系统升级", "何晓岚", FIRST + timedelta(days=7), FIRST + timedelta(days=5))
    life.ledger.write(FIRST + timedelta(days=5), {}, {moved.fingerprint: waiver})
    for _ in (6, 7, 8):  # waived, up to its last day
        day = life.next_day(pages({"b": "/y.html"}))
        assert changes(day) == [("waived", "/b.html", "/y.html")]

    day = life.next_day(pages({"b": "/y.html"}))  # 9: the waiver is over
    assert changes(day) == [("back", "/b.html", "/y.html")]
    assert day.findings[moved.fingerprint].opened_on == day.today

    day = life.next_day({})  # 10: the site is down
    assert day.partial is not None
    assert {one.state for one in day.findings.values()} == {State.UNKNOWN}
    assert set(day.findings) == usual | {moved.fingerprint}

    day = life.next_day(pages({"b": "/y.html"}, menu="new"))  # 11: it is up again, with another menu
    assert changes(day) == []
    assert set(day.findings) == usual | {moved.fingerprint}

    day = life.next_day(pages({}, menu="new"))  # 12: mended
    assert changes(day) == [("fixed", "/b.html", "/y.html")]

    day = life.next_day(pages({"b": "/y.html"}, menu="new"))  # 13: and there again
    assert changes(day) == [("back", "/b.html", "/y.html")]
    assert day.findings[moved.fingerprint].first_on == FIRST + timedelta(days=4)

    broken = frozenset(NAMES[1:])
    day = life.next_day(pages({}, menu="new", broken=broken))  # 14: most pages fail
    assert day.partial is not None
    assert day.having(State.FIXED) == ()
    assert ("unknown", "/b.html", "/y.html") in changes(day)

    assert [change.state.value for change in life.ledger.history(moved.fingerprint)] == [
        "new", "waived", "back", "unknown", "known", "fixed", "back", "unknown",
    ]  # fmt: skip


def test_what_nobody_could_see_today_is_not_fixed_though_the_run_is_whole(life: Life) -> None:
    life.next_day(pages({"a": "/x.html"}))

    site = pages({}) | {"/a.html": Response("/a.html", 403)}
    names = {f"/more{number}.html": html("<p>更多内容</p>") for number in range(10)}
    home = "".join(
        f'<a href="{name}">更多的内容</a>' for name in (*names, *(f"/{one}.html" for one in NAMES))
    )
    day = life.next_day(site | names | {"/": html(home)})

    assert day.partial is None
    assert ("unknown", "/a.html", "/x.html") in changes(day)


def test_a_page_that_is_gone_takes_its_findings_with_it(life: Life) -> None:
    life.next_day(pages({"a": "/x.html"}))

    site = pages({})
    home = "".join(f'<p><a href="/{name}.html">第{name}页的内容</a></p>' for name in NAMES[1:])
    del site["/a.html"]
    day = life.next_day(site | {"/": html(home)})

    assert ("fixed", "/a.html", "/x.html") in changes(day)
