"""Periods, how sites rank at their end, and the draft notice made of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.period import NoPeriod, Period, before, ranking, read_period
from crawler_checks.ledger.standing import By
from crawler_checks.ledger.values import Inspected, Task
from crawler_checks.reports.notice_draft import Notice, notice_draft
from crawler_checks.reports.trend import sum_of


@pytest.mark.parametrize(
    ("text", "label", "first", "last", "earlier"),
    [
        ("2026", "2026年", date(2026, 1, 1), date(2026, 12, 31), "2025年"),
        ("2026H1", "2026年上半年", date(2026, 1, 1), date(2026, 6, 30), "2025年下半年"),
        ("2026H2", "2026年下半年", date(2026, 7, 1), date(2026, 12, 31), "2026年上半年"),
        ("2026Q1", "2026年第一季度", date(2026, 1, 1), date(2026, 3, 31), "2025年第四季度"),
        ("2026Q4", "2026年第四季度", date(2026, 10, 1), date(2026, 12, 31), "2026年第三季度"),
    ],
)
def test_a_period_is_a_year_a_half_or_a_quarter(
    text: str, label: str, first: date, last: date, earlier: str
) -> None:
    period = read_period(text)

    assert period == Period(label, first, last)
    assert before(period).label == earlier


@pytest.mark.parametrize("text", ["", "2026H3", "2026Q5", "26Q1", "2026q1", "2026-Q1"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(NoPeriod, match="2026Q3"):
        read_period(text)


def save(ledger: Ledger, site: str, today: date, *names: str) -> None:
    found = tuple(
        Finding("link_broken", Outcome.FAIL, "/", f"/{name}", None, "断链", "broken", "依据")
        for name in names
    )
    ledger.save(ledger.begin(site, today), Inspected(site, today, "cn-2019", ("/",), 1, False, found, ()))


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    """Two quarters: `b` is last in both, `<a>` mends one of two, `c` was inspected in the second only."""
    with Ledger(place) as opened:
        save(opened, "<a>", date(2026, 1, 5), "x", "y")
        save(opened, "b", date(2026, 1, 5), "x", "y")
        save(opened, "<a>", date(2026, 2, 5), "x")
        save(opened, "b", date(2026, 2, 5), "x", "y", "z")
        save(opened, "c", date(2026, 5, 6))
        save(opened, "<a>", date(2026, 5, 6), "x")
        save(opened, "b", date(2026, 5, 6), "x", "y", "w")
        save(opened, "b", date(2026, 8, 6))
        yield opened


def test_sites_rank_by_what_is_overdue_and_unmended_at_the_end_of_the_period(ledger: Ledger) -> None:
    first, second = (ranking(ledger, read_period(text)) for text in ("2026Q1", "2026Q2"))

    assert [
        (
            one.rank,
            one.standing.name,
            one.standing.found,
            one.standing.fixed,
            one.standing.unmended,
            one.standing.overdue,
        )
        for one in first
    ] == [(1, "<a>", 2, 1, 1, 1), (2, "b", 3, 0, 3, 3)]
    assert [(one.rank, one.standing.name, one.standing.unmended) for one in second] == [
        (1, "c", 0), (2, "<a>", 1), (3, "b", 3),
    ]  # fmt: skip


def test_who_is_last_twice_in_a_row_is_marked(ledger: Ledger) -> None:
    first, second, third = (ranking(ledger, read_period(text)) for text in ("2026Q1", "2026Q2", "2026Q3"))

    assert [one.standing.name for one in first if one.is_last_again] == []
    assert [one.standing.name for one in second if one.is_last_again] == ["b"]
    assert [(one.standing.name, one.is_last_again) for one in third] == [
        ("b", False)
    ]  # alone, so nobody is last


def test_the_draft_names_the_period_the_figures_and_the_ranking(ledger: Ledger) -> None:
    period = read_period("2026Q2")
    page = notice_draft(Notice(period, ranking(ledger, period)))

    assert "关于2026年第二季度政府网站巡检情况的通报（草稿）" in page
    assert "对 3 个网站巡检 3 次" in page
    assert "期末未整改 4 个，其中逾期 4 个" in page
    assert "链接失效：4 个，涉及 2 个网站。" in page
    assert '<th scope="row">2</th><td>&lt;a&gt;</td>' in page
    assert "连续两期末位" in page


def test_organs_rank_by_the_findings_they_answer_for(ledger: Ledger) -> None:
    def answer_for(site: str, organ: str) -> None:
        tasks = {key: Task(organ=organ) for key in ledger.remembered(site)}
        ledger.write(date(2026, 5, 6), tasks, {})

    answer_for("<a>", "霁川市财政局")
    answer_for("b", "霁川市水利局")
    with_nobody = ranking(ledger, read_period("2026Q2"), By.ORGAN)
    assert [
        (one.rank, one.standing.name, one.standing.unmended, one.is_last_again) for one in with_nobody
    ] == [
        (1, "霁川市财政局", 1, False),
        (2, "霁川市水利局", 3, True),
    ]

    save(ledger, "c", date(2026, 6, 1), "x")  # nobody answers for it
    page = notice_draft(
        Notice(
            read_period("2026Q2"),
            ranking(ledger, read_period("2026Q2")),
            ranking(ledger, read_period("2026Q2"), By.ORGAN),
        )
    )
    assert "各责任单位情况" in page
    assert '<th scope="row">—</th><td>没有写明责任单位</td>' in page
    assert "连续两期末位的责任单位：霁川市水利局。" in page


def test_the_trend_of_several_sites_is_the_sum_of_what_is_known_of_each(ledger: Ledger) -> None:
    trends = {site: ledger.trend(site) for site in ledger.sites()}
    points = sum_of(trends, date(2026, 2, 1), date(2026, 6, 30))

    assert [(one.day, one.unmended, one.found, one.fixed) for one in points] == [
        (date(2026, 2, 5), 4, 1, 1),
        (date(2026, 5, 6), 4, 1, 1),
    ]
    page = notice_draft(
        Notice(read_period("2026Q2"), ranking(ledger, read_period("2026Q2")), (), tuple(points))
    )
    assert '<svg class="trend" role="img"' in page
    assert '<tr><th scope="row">2026-05-06</th><td class="number">4</td>' in page
