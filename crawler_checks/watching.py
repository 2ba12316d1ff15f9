"""Whether a site opens: one attempt at a time, written down, and what the attempts of many days say of a veto."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.limits import BOUNDS, Manners, RobotsMode
from crawler_checks.crawl.opening import SCHEMES, Means, open_target, usual_manners
from crawler_checks.inspection import CannotInspect
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Attempt, Opened
from crawler_checks.reports.text_report import printable
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
            f"“{target}”不是完整的网址。请从 https:// 或 http:// 写起，例如 https://www.example.gov.cn/。",
            f"{target!r} is no whole address. Begin it with https:// or http://, for example https://www.example.gov.cn/.",
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


def attempt_in_words(target: str, attempt: Attempt, today: Sequence[Attempt]) -> tuple[str, str]:
    """An attempt and those of its day, itself among them, in Chinese and English."""
    seconds = attempt.milliseconds / 1000
    zh, en = {
        Opened.OPENED: (f"打开了，用时 {seconds:.2f} 秒", f"opened in {seconds:.2f} s"),
        Opened.FAILED: (
            f"没有打开（连不上、服务器出错，或者超过 {SECONDS} 秒）",
            f"did not open (no connection, a server error, or over {SECONDS} s)",
        ),
        Opened.UNTOLD: (
            "有回应，但不让看，不计入打不开",
            "answered, but did not let us in; not counted as failed",
        ),
    }[attempt.outcome]
    failed = sum(one.outcome is Opened.FAILED for one in today)
    name = printable(target)
    return (
        f"{attempt.at:%m-%d %H:%M} {name}：{zh}。今天第 {len(today)} 次，打不开 {failed} 次，已记入台账。",
        f"{name} {en}; attempt {len(today)} of today, {failed} failed.",
    )


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
