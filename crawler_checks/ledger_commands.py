"""What is done with a ledger by itself: tell what is open, take the rectification back, publish, look again, watch."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from crawler_checks.follow_up import Missing, day_in_words, interrupted
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.period import Period, before, ranking, read_period
from crawler_checks.ledger.rectification import read_rectification, write_rectification
from crawler_checks.ledger.standing import By
from crawler_checks.ledger.states import State
from crawler_checks.ledger.terms import SHIPPED, load_terms
from crawler_checks.ledger.values import LedgerDay, Opened
from crawler_checks.recheck import in_words, recheck
from crawler_checks.reports.assessment_record import KIND, Publication, assessment_record, record_id
from crawler_checks.reports.notice_draft import Notice, notice_draft
from crawler_checks.reports.score_report import points
from crawler_checks.reports.trend import sum_of
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.scoring.rubric import Rubric
from crawler_checks.scoring.score import score
from crawler_checks.watching import attempt_in_words, try_to_open

MOST_LISTED = 50
"""Open findings that `ledger` lists on the screen."""


def ask_ledger(place: Path | str, options: Namespace, today: date) -> tuple[tuple[str, ...], bool]:
    """Carries out what is asked of a ledger; the lines to tell, and whether anything is overdue.

    Raises LedgerRefused, FaultyRectification, NotASpreadsheet, FaultyTerms, NoRubric, FaultyRubric, NoPeriod,
    Missing.
    """
    _refuse_missing(place)
    rubric = load_rubric(options.rubric) if options.rubric else None
    with Ledger(place, load_terms(options.terms or SHIPPED)) as ledger:
        told = list(interrupted(ledger))
        if options.back:
            changed = read_rectification(options.back, ledger, today)
            told.append(f"读回 {changed} 行改动 / {changed} rows changed")
        if options.notice:
            period = read_period(options.period or "")
            text = notice_draft(_notice(ledger, period))
            options.notice.write_text(text, encoding="utf-8", newline="\n")
            told.append(f"通报草稿在 / the draft notice is in: {options.notice}")
        if options.publish:
            told.append(_publish(ledger, options, today))
        if (options.notice or options.publish) and options.site is None and len(ledger.sites()) != 1:
            return tuple(told), False
        site = _site(ledger, options.site)
        day = ledger.day(site, today)
        told += [site, *day_in_words(day), *_overdue_in_words(day), *_open_in_words(day)]
        if options.out:
            count = write_rectification(options.out, ledger, site, today)
            told.append(
                f"整改台账（{count} 项）在 / the rectification ledger ({count} rows) is in: {options.out}"
            )
        if rubric is not None:
            told += _replayed(ledger, site, rubric)
    return tuple(told), bool(day.overdue)


def recheck_finding(
    place: Path | str,
    wanted: str,
    person: str,
    today: date,
    *,
    notes: Path | None = None,
    in_english_too: bool = True,
) -> tuple[tuple[str, ...], bool]:
    """Looks again at one finding of a ledger; the lines to tell, and whether it is fixed.

    `notes` is the file of notes on the site that the inspection was given.

    Raises LedgerRefused, NoFinding, Missing.
    """
    _refuse_missing(place)
    with Ledger(place) as ledger:
        done = recheck(ledger, wanted, today, person, notes=notes)
        told = in_words(done, ledger.history(done.before.fingerprint), in_english_too=in_english_too)
        return tuple(told), done.now.state is State.FIXED


def watch_target(
    place: Path | str, target: str, at: datetime, *, in_english_too: bool = True
) -> tuple[str, bool]:
    """Tries to open a site once and writes it down; a line to tell, and whether it opened.

    Raises LedgerRefused, CannotInspect.
    """
    attempt = try_to_open(target, at)
    with Ledger(place) as ledger:
        ledger.note_attempt(target, attempt)
        today = ledger.attempts(target, at.date(), at.date())
    told = attempt_in_words(target, attempt, today)
    return " / ".join(told) if in_english_too else told[0], attempt.outcome is not Opened.FAILED


def _refuse_missing(place: Path | str) -> None:
    if isinstance(place, Path) and not place.is_file():
        raise Missing(
            f"没有台账“{place}”。巡检时写 --save {place} 就会新建。",
            f"There is no ledger {str(place)!r}. It is made by an inspection with --save {place}.",
        )


def _publish(ledger: Ledger, options: Namespace, today: date) -> str:
    period = read_period(options.period or "")
    organs = ranking(ledger, period, By.ORGAN)
    if not (options.issuer and options.reviewer and options.index_number):
        raise Missing(
            "公布结果要写明发布机构、审查人和索引号。请同时写 --issuer、--reviewer 和 --index-number。",
            "To publish, say who publishes, who reviewed it and its 索引号: --issuer, --reviewer and --index-number.",
        )
    if not any(one.rank for one in organs):
        raise Missing(
            f"{period.label}的问题都没有写明责任单位，没有可以公布的结果。请先在整改台账里填写责任单位，用 --back 读回。",
            "No finding of the period names an organ. Fill the organs in in the rectification ledger, and take it "
            "back with --back.",
        )
    folder = options.publish / KIND
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record_id(period)}.md"
    publication = Publication(options.issuer, options.reviewer, options.index_number, today)
    has_previous = (folder / f"{record_id(before(period))}.md").is_file()
    text = assessment_record(period, organs, publication, has_previous=has_previous)
    path.write_text(text, encoding="utf-8", newline="\n")
    return f"考核结果写在 / the record is in: {path}"


def _notice(ledger: Ledger, period: Period) -> Notice:
    trends = {site: ledger.trend(site) for site in ledger.sites()}
    return Notice(
        period,
        ranking(ledger, period),
        ranking(ledger, period, By.ORGAN),
        tuple(sum_of(trends, period.first, period.last)),
    )


def _site(ledger: Ledger, wanted: str | None) -> str:
    known = ledger.sites()
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted in known:
        return str(wanted)
    if not known:
        raise Missing(
            "台账里还没有巡检记录。请先巡检一次并记入这个台账：inspect 网址 --save 台账。",
            "The ledger has no inspection yet. Inspect a site into it first: inspect ADDRESS --save LEDGER.",
        )
    there_are = "、".join(known)
    raise Missing(
        f"请用 --site 写明哪个网站。台账里有：{there_are}。",
        f"Say which site with --site. The ledger has: {there_are}.",
    )


def _overdue_in_words(day: LedgerDay) -> Iterator[str]:
    for one in day.overdue:
        place, said = _one_line(one.finding.place), _one_line(one.finding.message_zh)
        yield f"逾期 / overdue {one.due.on} [{one.fingerprint[:8]}] {place}  {said}"


def _open_in_words(day: LedgerDay) -> Iterator[str]:
    """What is open and not overdue yet, each with the id that `recheck` asks for."""
    found = [one for one in day.having(State.NEW, State.BACK, State.KNOWN) if not one.is_overdue(day.today)]
    for one in found[:MOST_LISTED]:
        place, said = _one_line(one.finding.place), _one_line(one.finding.message_zh)
        yield f"期限 / due {one.due.on} [{one.fingerprint[:8]}] {place}  {said}"
    if len(found) > MOST_LISTED:
        yield f"……另有 {len(found) - MOST_LISTED} 项，用 --out 写成表格 / more: --out writes all as a spreadsheet"


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _replayed(ledger: Ledger, site: str, rubric: Rubric) -> Iterator[str]:
    waivers = ledger.waivers()
    for number, _, day in ledger.runs(site):
        of, findings, partial = ledger.replay(number)
        waived = {key for key, waiver in waivers.items() if waiver.holds_on(day)}
        counted = [one for one in findings if one.fingerprint(of) not in waived]
        sheet = score(rubric, counted, of, partial=partial)
        faulty = sum(one.count for one in sheet.lines)
        yield f"{day} [{rubric.id}]：{points(sheet.score)}（{faulty}）"
