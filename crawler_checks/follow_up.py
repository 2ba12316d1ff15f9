"""What is done with an inspection besides its report: remember it, score it. Both front doors do it through here.

with prepare(options, target, today) as follow_up:   # what is asked for can be read; the run is written down
    result, told = follow_up.finish(inspect_site(target, today=today, earlier=follow_up.earlier))
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crawler_checks.checks.check import Earlier
from crawler_checks.delivery.deliver import deliver
from crawler_checks.delivery.news import news_of, news_of_failure
from crawler_checks.delivery.receivers import Receivers, load_receivers
from crawler_checks.evidence import Draw, Pack, earlier_beside, pack_of
from crawler_checks.inspection import CannotInspect
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import State
from crawler_checks.ledger.store import LedgerRefused
from crawler_checks.ledger.terms import SHIPPED, load_terms
from crawler_checks.ledger.values import Inspected, LedgerDay, SectionSeen
from crawler_checks.refusal import Refusal
from crawler_checks.reports.result import InspectionResult
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.rubric import Rubric
from crawler_checks.scoring.score import Watched, score
from crawler_checks.scoring.worksheet import read_worksheet, write_worksheet
from crawler_checks.watching import watched_of


class Missing(Refusal, ValueError):
    """Something that was named needs something else; says what to write."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh}\n{message_en}")
        self.message_zh, self.message_en = message_zh, message_en


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was asked for, ready before the inspection begins. `run` is its number in the ledger, `earlier` what the
    ledger remembers of the site."""

    rubric: Rubric | None
    worksheet: Path | None
    answers: Path | None
    ledger: Ledger | None
    run: int
    receivers: Receivers | None
    pack: Pack | None = None
    earlier: Earlier | None = None

    def finish(
        self, result: InspectionResult, draw: Draw | None = None
    ) -> tuple[InspectionResult, tuple[str, ...]]:
        """The result with all that was asked for, and lines to tell. `draw` makes pictures for the evidence.

        A ledger that cannot be written just now costs its part of the reports, not the inspection.
        Raises FaultyWorksheet, NotASpreadsheet.
        """
        told: list[str] = []
        if self.ledger is not None:
            result, said = _remembered(self.ledger, self.run, result)
            told += said
        if self.pack is not None:
            result = replace(result, evidence=self.pack.gather(result, draw, self.earlier))
            told.append(f"证据在 / the evidence is in: {self.pack.folder}")
        if self.rubric is not None:
            watched = watched_of(self.ledger, self.rubric, result.target, result.today) if self.ledger else {}
            result = _scored(result, self.rubric, self.answers, watched)
            if self.worksheet is not None:
                write_worksheet(
                    self.worksheet, self.rubric, result.site, result.today, result.findings, watched
                )
                told.append(f"填写表在 / the worksheet is in: {self.worksheet}")
        return result, tuple(told)

    def tell(self, result: InspectionResult) -> tuple[str, ...]:
        """Tells the receivers what is new, if anything is; the answer names what was not reached, the ledger too."""
        if self.ledger is not None and result.ledger is None:
            return (
                "本次巡检没有记入台账，请稍后重新运行 / this inspection is not in the ledger; run it again",
            )
        news = news_of(result.ledger) if result.ledger else None
        return deliver(news, self.receivers) if news and self.receivers else ()


@contextmanager
def prepare(options: Namespace, target: str, today: date) -> Iterator[FollowUp]:
    """Reads what was asked for, and writes down in the ledger that the run begins, or that it saw nothing.

    Raises NoRubric, FaultyRubric, FaultyWorksheet, FaultyTerms, FaultyReceivers, LedgerRefused, Missing.
    """
    if options.rubric is None and (options.worksheet or options.answers):
        raise Missing(
            "填写表要和评分标准一起用。请同时写 --rubric，例如 --rubric national-2019。",
            "A worksheet goes with a rubric. Name one as well, for example --rubric national-2019.",
        )
    rubric = load_rubric(options.rubric) if options.rubric else None
    if rubric is not None and options.answers:
        read_worksheet(options.answers, rubric)  # what is wrong in it is said before the long work
    terms = load_terms(options.terms or SHIPPED)
    if options.tell and not options.save:
        raise Missing(
            "要有台账才知道哪些是新的。请同时写 --save，例如 --save 台账.db。",
            "What is new is known by a ledger. Name one as well, for example --save ledger.db.",
        )
    receivers = load_receivers(options.tell, os.environ) if options.tell else None
    with ExitStack() as opened:
        ledger = opened.enter_context(Ledger(options.save, terms)) if options.save else None
        run = ledger.begin(target, today) if ledger else 0
        try:
            yield FollowUp(
                rubric,
                options.worksheet,
                options.answers,
                ledger,
                run,
                receivers,
                pack_of(options),
                ledger.earlier(target, today) if ledger else earlier_beside(target),
            )
        except CannotInspect as reason:
            if ledger is not None:
                ledger.fail(run, today, reason.message_zh, reason.message_en)
            if receivers is not None and ledger is not None and not ledger.was_failing(run):
                news = news_of_failure(target, today.isoformat(), reason.message_zh, reason.message_en)
                for line in deliver(news, receivers):
                    reason.message_zh += f"\n{line}"
            raise


def _remembered(ledger: Ledger, run: int, result: InspectionResult) -> tuple[InspectionResult, list[str]]:
    try:
        other = _other_folder(ledger, result)
        day = ledger.save(run, inspected(result))
    except LedgerRefused as reason:
        return result, [reason.message_zh, reason.message_en]
    said = [*other, *interrupted(ledger), *day_in_words(day)]
    return replace(result, ledger=day, partial=result.partial or day.partial is not None), said


def _other_folder(ledger: Ledger, result: InspectionResult) -> list[str]:
    """A ledger knows a folder by its name: says it when the folder was another one the last time."""
    if not Path(result.target).is_dir() or result.site not in ledger.sites():
        return []
    last, _ = ledger.target(result.site)
    if not Path(last).is_dir() or Path(last).samefile(result.target):
        return []
    zh = (
        f"台账里的“{result.site}”上次巡检的是“{last}”，这次是“{result.target}”，按同一个网站比较。"
        "不是同一个网站的，请把文件夹改成不同的名称，记入新的台账。"
    )
    en = (
        f"{result.site!r} of the ledger was {last!r} the last time: taken for the same site. "
        "If it is another, give the folder another name and begin a new ledger."
    )
    return [zh, en]


def inspected(result: InspectionResult) -> Inspected:
    """What of a result the ledger keeps."""
    return Inspected(
        result.site,
        result.today,
        result.profile,
        result.page_addresses,
        result.addresses,
        result.partial,
        result.findings,
        tuple(SectionSeen(one.id, one.state, one.address, one.newest, one.count) for one in result.sections),
        result.page_days,
        result.not_asked,
    )


def _scored(
    result: InspectionResult, rubric: Rubric, answers: Path | None, watched: Mapping[str, Watched]
) -> InspectionResult:
    given = read_worksheet(answers, rubric, result.site) if answers else None
    waived = {one.fingerprint for one in result.ledger.having(State.WAIVED)} if result.ledger else set()
    counted = [one for one in result.findings if one.fingerprint(result.site) not in waived]
    return replace(
        result, score=score(rubric, counted, result.site, given, partial=result.partial, watched=watched)
    )


def interrupted(ledger: Ledger) -> Iterator[str]:
    """A line for each inspection that never ended."""
    for target, day in ledger.interrupted:
        yield f"{day} 对“{target}”的巡检没有做完，台账停在它之前 / the inspection of {target!r} of {day} did not end"


def day_in_words(day: LedgerDay) -> Iterator[str]:
    """How many findings are new, back, fixed, known, and whether the day saw everything."""
    new, back, fixed, known, untold, waived = (
        len(day.having(state))
        for state in (State.NEW, State.BACK, State.FIXED, State.KNOWN, State.UNKNOWN, State.WAIVED)
    )
    yield (
        f"台账：新发现 {new}，再次出现 {back}，已整改 {fixed}，未整改 {known}，今日无法判断 {untold}，"
        f"暂不整改 {waived}；逾期 {len(day.overdue)}"
    )
    yield (
        f"ledger: {new} new, {back} back, {fixed} fixed, {known} known, {untold} not told today, {waived} waived; "
        f"{len(day.overdue)} overdue"
    )
    if day.partial:
        zh, en = day.partial
        yield f"本次不完整（{zh}），没有看到的不算整改 / partial ({en}); nothing unseen counts as fixed"
