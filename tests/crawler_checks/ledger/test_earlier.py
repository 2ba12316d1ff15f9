"""What earlier inspections saw is handed to today's: a day that was changed is found, and stays found until it is restored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from crawler_checks.__main__ import main
from crawler_checks.checks.check import Outcome
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected
from tests.crawler_checks.sites import html

TARGET = "https://site.example/"
SITE = "site.example/"


def seen(today: date, said: dict[str, date | None], *, was_cut: bool = False) -> Inspected:
    days = {address: day for address, day in said.items() if day}
    return Inspected(SITE, today, "cn-2019", tuple(said), len(said), was_cut, (), (), days)


def save(ledger: Ledger, today: date, said: dict[str, date | None], *, was_cut: bool = False) -> None:
    ledger.save(ledger.begin(TARGET, today), seen(today, said, was_cut=was_cut))


def test_the_first_day_a_page_surely_gave_is_the_one_it_is_held_to(place: Path | str) -> None:
    with Ledger(place) as ledger:
        assert ledger.earlier(TARGET, date(2026, 3, 2)) is None
        save(ledger, date(2026, 3, 2), {"/a": date(2026, 3, 1), "/b": None})
        save(ledger, date(2026, 3, 3), {"/a": date(2026, 2, 1), "/b": date(2026, 2, 2), "/c": None})
        save(ledger, date(2026, 3, 4), {"/a": None, "/d": None}, was_cut=True)

        earlier = ledger.earlier(TARGET, date(2026, 3, 5))
        same_day = ledger.earlier(TARGET, date(2026, 3, 3))

    assert earlier is not None
    assert earlier.last_on == date(2026, 3, 3)  # the last that saw the whole site
    assert earlier.said == {"/a": date(2026, 3, 1), "/b": date(2026, 2, 2), "/c": None, "/d": None}
    assert same_day is not None
    assert same_day.last_on == date(2026, 3, 2)
    assert set(same_day.said) == {"/a", "/b"}


def article(day: str) -> str:
    head = '<meta name="ArticleTitle" content="关于召开会议的通知"><meta name="ContentSource" content="本站">'
    head += f'<meta name="PubDate" content="{day}">'
    return html(
        f"<h1>关于召开会议的通知</h1><p>发布时间：{day}</p><p>{'会议定于近日召开。' * 20}</p>", head=head
    )


def test_a_day_that_was_changed_is_found_every_day_until_it_is_restored(
    folder: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path
) -> None:
    home = html('<p><a href="/a.html">关于召开会议的通知</a></p>')
    ledger = tmp_path / "ledger.db"

    def found(today: str, day: str) -> list[tuple[str, str]]:
        site = folder({"index.html": home, "a.html": article(day)})
        main([str(site), "--today", today, "--save", str(ledger)])
        with Ledger(ledger) as opened:
            [name] = opened.sites()
            day_ = opened.day(name, date.fromisoformat(today))
        return [
            (one.state.value, one.finding.place)
            for one in day_.findings.values()
            if one.finding.check == "date_changed" and one.finding.outcome is Outcome.FAIL
        ]

    assert found("2026-03-02", "2026-03-01") == []
    assert found("2026-03-03", "2026-02-01") == [("new", "/a.html")]
    assert found("2026-03-04", "2026-02-01") == [("known", "/a.html")]
    assert found("2026-03-05", "2026-03-01") == [("fixed", "/a.html")]
