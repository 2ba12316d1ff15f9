"""Whether a site opens: one attempt at a time, written down, and what the attempts of many days say of a veto."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.limits import BOUNDS, Manners, RobotsMode
from crawler_checks.crawl.opening import SCHEMES, Means, open_target, usual_manners
from crawler_checks.inspection import CannotInspect
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Attempt, Opened
from crawler_checks.scoring.rubric import Rubric, Watch
from crawler_checks.scoring.score import State, Watched

SECONDS = 15
"""How long is waited; no form asks for longer."""
FAILING = {Trouble.TIMEOUT, Trouble.UNREACHABLE, Trouble.BAD_REPLY}


def try_to_open(target: str, at: datetime, *, manners: Manners | None = None) -> Attempt:
    """Ask for the start page once. Raises CannotInspect for what is no address."""
    try:
        if not target.lower().startswith(SCHEMES):
            raise ValueError(target)
        one_page = replace(manners or usual_manners(target), robots=RobotsMode.IGNORE)
        limits = replace(BOUNDS, connect_seconds=SECONDS, total_seconds=SECONDS)
        opened = open_target(target, limits, Means(one_page))
    except ValueError:
        raise CannotInspect(
            f"网址“{target}”看不懂。请写成 https://www.example.gov.cn/ 的样子。",
            f"The address {target!r} cannot be read. Write it like https://www.example.gov.cn/.",
        ) from None
    answer = fetch_one(opened.source, Request(opened.start, Want.PAGE))
    seconds = answer.seconds if isinstance(answer, Response) else 0.0
    return Attempt(at, _outcome(answer), round(seconds * 1000))


def _outcome(answer: Answer) -> Opened:
    if isinstance(answer, NoAnswer):
        return Opened.FAILED if answer.trouble in FAILING else Opened.UNTOLD
    if answer.seconds >= SECONDS or answer.status >= 500:
        return Opened.FAILED
    return Opened.OPENED if answer.status < 400 else Opened.UNTOLD


def watched_of(ledger: Ledger, rubric: Rubric, target: str, today: date) -> dict[str, Watched]:
    """What the ledger's attempts say of each veto that is watched for; the day itself is not over and not counted."""
    return {
        veto.id: judge(
            ledger.attempts(target, today - timedelta(days=veto.watch.days), today - timedelta(days=1)),
            veto.watch,
        )
        for veto in rubric.vetoes
        if veto.watch is not None
    }


def judge(attempts: list[Attempt], watch: Watch) -> Watched:
    """Whether a site failed to open too often; too few attempts on any of the days, and it cannot be told."""
    told = [one for one in attempts if one.outcome is not Opened.UNTOLD]
    slow = timedelta(seconds=watch.seconds) / timedelta(milliseconds=1)
    failed = sum(one.outcome is Opened.FAILED or one.milliseconds >= slow for one in told)
    a_day = Counter(one.at.date() for one in told)
    full = sum(count >= watch.attempts_a_day for count in a_day.values())
    said = f"前 {watch.days} 天共访问 {len(told)} 次，打不开 {failed} 次"
    if full < watch.days:
        return Watched(
            State.UNTOLD, failed, f"{said}；够 {watch.attempts_a_day} 次的只有 {full} 天，不足以判断"
        )
    is_met = Fraction(failed, len(told)) >= watch.share
    return Watched(State.MET if is_met else State.CLEAR, failed, said)
