"""Whether a site opens is tried and remembered; only enough attempts on every day make a veto, or clear it."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler_checks import watching
from crawler_checks.follow_up import Missing
from crawler_checks.inspection import CannotInspect
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Attempt, Opened
from crawler_checks.ledger_commands import ask_ledger, watch_target
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.rubric import Judge, Watch
from crawler_checks.scoring.score import Answer, Answers, State, score
from crawler_checks.watching import attempt_in_words, judge, try_to_open, watched_of
from tests.crawler_checks.sites import HASTY, reply

NOW = datetime(2026, 3, 9, 6, 20, tzinfo=UTC)
TARGET = "https://www.example.gov.cn/"
WEEK = Watch(7, 20, 15, Fraction("0.05"))


def attempts(a_day: int, failed: int, *, days: int = 7, slow: int = 0, untold: int = 0) -> list[Attempt]:
    """So many attempts on each day; of all of them so many failed, were slow, or could not be told."""
    made = [
        Attempt(NOW - timedelta(days=1 + day, minutes=number), Opened.OPENED, 800)
        for day in range(days)
        for number in range(a_day)
    ]
    for number in range(failed):
        made[number] = Attempt(made[number].at, Opened.FAILED, 0)
    for number in range(slow):
        made[-1 - number] = Attempt(made[-1 - number].at, Opened.OPENED, 15_000)
    return made + [Attempt(NOW - timedelta(days=1), Opened.UNTOLD, 0)] * untold


@pytest.mark.parametrize(
    ("made", "state", "failed"),
    [
        (attempts(20, 6), State.CLEAR, 6),  # 6 of 140 is below a twentieth
        (attempts(20, 7), State.MET, 7),  # 7 of 140 is a twentieth
        (attempts(20, 3, slow=4), State.MET, 7),  # 15 seconds are too long
        (attempts(19, 100), State.UNTOLD, 100),  # too few on every day
        (attempts(40, 0, days=6), State.UNTOLD, 0),  # a day is missing
        (attempts(20, 0, untold=500), State.CLEAR, 0),
        ([], State.UNTOLD, 0),
    ],
)
def test_a_twentieth_of_enough_attempts_is_a_veto(made: list[Attempt], state: State, failed: int) -> None:
    found = judge(made, WEEK)

    assert (found.state, found.failed) == (state, failed)


def test_the_veto_is_met_by_what_the_ledger_saw_and_by_nothing_less(tmp_path: Path) -> None:
    rubric = load_rubric("national-2019")
    today = date(2026, 3, 9)
    with Ledger(tmp_path / "ledger.db") as ledger:
        before = watched_of(ledger, rubric, TARGET, today)
        for one in attempts(20, 8):
            ledger.note_attempt(TARGET, one)
        ledger.note_attempt("https://other.example/", Attempt(NOW, Opened.FAILED, 0))
        after = watched_of(ledger, rubric, TARGET, today)

    unknown, met = (score(rubric, [], "s", watched=seen) for seen in (before, after))
    [open_veto], [met_veto] = (
        [one for one in sheet.vetoes if one.veto.id == "v2"] for sheet in (unknown, met)
    )
    assert (open_veto.state, met_veto.state, met_veto.judged_by, met_veto.count) == (
        State.UNANSWERED,
        State.MET,
        Judge.MACHINE,
        8,
    )
    assert met.score is None
    assert after["v2"].said == "前 7 天共访问 140 次，打不开 8 次"


def test_a_person_may_say_otherwise_where_the_attempts_are_clear(tmp_path: Path) -> None:
    rubric = load_rubric("national-2019")
    watched = {"v2": judge(attempts(20, 0), WEEK)}

    [clear] = [one for one in score(rubric, [], "s", watched=watched).vetoes if one.veto.id == "v2"]
    answers = Answers({"v2": Answer(1, "评分人")})  # type: ignore[arg-type]
    [said] = [one for one in score(rubric, [], "s", answers, watched=watched).vetoes if one.veto.id == "v2"]

    assert (clear.state, clear.judged_by) == (State.CLEAR, Judge.MACHINE)
    assert (said.state, said.judged_by) == (State.MET, Judge.PERSON)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, Opened.OPENED), (403, Opened.UNTOLD), (500, Opened.FAILED), (503, Opened.FAILED)],
)
def test_one_attempt_asks_for_one_page(
    tmp_path: Path,
    serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str],
    status: int,
    outcome: Opened,
) -> None:
    asked: list[str] = []

    def behaviour(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(handler, "<p>首页</p>", status)

    target = serve(behaviour) + "/"
    _, is_open = watch_target(tmp_path / "ledger.db", target, NOW)

    assert set(asked) == {"/"}
    assert is_open == (outcome is not Opened.FAILED)
    with Ledger(tmp_path / "ledger.db") as ledger:
        [attempt] = ledger.attempts(target, NOW.date(), NOW.date())
    assert (attempt.at, attempt.outcome) == (NOW, outcome)


def test_a_ledger_of_attempts_alone_says_that_no_site_was_inspected(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.note_attempt(TARGET, Attempt(NOW, Opened.OPENED, 340))
    nothing = dict.fromkeys(("rubric", "back", "notice", "publish", "site", "terms", "out", "period"))

    with pytest.raises(Missing, match="还没有巡检记录"):
        ask_ledger(tmp_path / "ledger.db", Namespace(**nothing), NOW.date())


def test_an_attempt_is_told_with_those_of_its_day() -> None:
    tried = [Attempt(NOW, Opened.FAILED, 0), Attempt(NOW, Opened.OPENED, 340)]

    opened, english = attempt_in_words(TARGET, tried[1], tried)

    assert (
        opened == f"{NOW:%m-%d %H:%M} {TARGET}：打开了，用时 0.34 秒。今天第 2 次，打不开 1 次，已记入台账。"
    )
    assert english == f"{TARGET} opened in 0.34 s; attempt 2 of today, 1 failed."
    assert "没有打开（连不上、服务器出错，或者超过 15 秒）" in attempt_in_words(TARGET, tried[0], tried)[0]


def test_what_does_not_come_in_time_did_not_open(
    serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SECONDS", 1)
    target = serve(lambda _: time.sleep(1.5)) + "/"

    assert try_to_open(target, NOW, manners=HASTY).outcome is Opened.FAILED
    assert try_to_open("http://127.0.0.1:1/", NOW).outcome is Opened.FAILED


@pytest.mark.parametrize("target", ["output", "ftp://x.example/", "https://"])
def test_what_is_no_address_is_refused(target: str) -> None:
    with pytest.raises(CannotInspect, match="不是完整的网址"):
        try_to_open(target, NOW)
