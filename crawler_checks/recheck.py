"""Look again at one finding of a ledger, asking for at most three addresses: is it still there, gone, or not to be told?

What must be seen is the page of the finding and the address it speaks of, or, for a section, the start page that leads
to it. Anything that needs more of the site than that is left to the next inspection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

from crawler_checks.checks import (
    page_undated,
    page_unreachable,
    personal_number_shown,
    section_empty,
    section_missing,
    section_stale,
    soft_404,
)
from crawler_checks.checks.check import Finding, Inspection, Outcome, run_checks
from crawler_checks.checks.registry import CHECKS
from crawler_checks.checks.site_notes import NO_NOTES, SiteNotes
from crawler_checks.crawl.address import Joiner, Kind
from crawler_checks.crawl.answer import Answer, Queue, Request, Response
from crawler_checks.crawl.hosts import ROBOTS
from crawler_checks.crawl.limits import BOUNDS, Limits, Manners, RobotsMode
from crawler_checks.crawl.opening import Means, Opening, open_target
from crawler_checks.crawl.outcome import Arrived, Gone
from crawler_checks.crawl.walk import walk
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.sections import FoundSection, find_sections
from crawler_checks.extract.site import Site
from crawler_checks.inspection import PROBES, CannotInspect, notes_of
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import Remembered, State, untold
from crawler_checks.ledger.values import Change
from crawler_checks.reports.text_report import printable
from crawler_checks.reports.wording import STATES, due_in_words
from crawler_checks.second_look import SecondLook
from plugins.disclosure.profile import load_profile

MOST_ADDRESSES = 3
BY_THE_PAGE = frozenset(
    {
        "anchor_missing",
        "attachment_broken",
        "attachment_mistyped",
        "charset_false",
        "consultation_expired",
        "date_conflict",
        "date_future",
        "document_number_faulty",
        "footer_mark_missing",
        "link_broken",
        "link_concealed",
        "moved_to_home",
        "organ_incomplete",
        "personal_number_shown",
        "redirect_faulty",
        "script_deceptive",
        "service_incomplete",
        "tag_missing",
    }
)
"""Checks that a page, and the address a finding names, decide alone. Where another check is silent, little was seen."""
FEWEST_SIGNS = 8
"""Of a fingerprint, to name a finding by."""


class NoFinding(LookupError):
    """The ledger has no such finding, or more than one that begins so."""

    def __init__(self, wanted: str, found: int) -> None:
        if len(wanted) < FEWEST_SIGNS:
            self.message_zh = f"编号“{wanted}”太短。请写编号的前 {FEWEST_SIGNS} 位或全部，例如 3f9c1a7b。"
            self.message_en = (
                f"{wanted!r} is too short. Write the first {FEWEST_SIGNS} signs of the id, or all."
            )
        elif found:
            self.message_zh = f"台账里有 {found} 个问题的编号以“{wanted}”开头。请把编号写全。"
            self.message_en = f"The ids of {found} findings begin with {wanted!r}. Write the whole id."
        else:
            self.message_zh = (
                f"台账里没有编号为“{wanted}”的问题。编号写在报告、findings.csv 和整改台账的第一列。"
            )
            self.message_en = (
                f"The ledger has no finding {wanted!r}. Ids stand in the reports and in findings.csv."
            )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


class Verdict(Enum):
    """What looking again showed."""

    THERE = "there"
    GONE = "gone"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict, the finding as it is today if it is there, the addresses that were asked for, and why in words."""

    verdict: Verdict
    finding: Finding | None
    asked: tuple[str, ...]
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What a recheck did: which finding of which site, what was seen, and how the ledger has it now."""

    site: str
    before: Remembered
    look: Look
    now: Remembered


def recheck(
    ledger: Ledger, wanted: str, today: date, person: str = "", *, notes: Path | None = None,
    manners: Manners | None = None,
) -> Rechecked:  # fmt: skip
    """Look again at the finding whose fingerprint begins with `wanted`, and write down what became of it.

    `notes` is the file that the inspection was given. Raises NoFinding, CannotInspect, LedgerRefused.
    """
    found = ledger.beginning_with(wanted) if len(wanted) >= FEWEST_SIGNS else []
    if len(found) != 1:
        raise NoFinding(wanted, len(found))
    [(site, entry)] = found
    target, profile = ledger.target(site)
    noted = notes_of(notes, load_profile(profile), today)
    run = ledger.begin(target, today, person)
    try:
        look = look_again(entry.finding, target, site, profile, today, notes=noted, manners=manners)
    except CannotInspect as reason:
        look = Look(Verdict.UNTOLD, None, (), reason.message_zh, reason.message_en)
    is_told = look.verdict is not Verdict.UNTOLD
    now = ledger.recheck(run, today, entry.fingerprint, look.finding, is_told=is_told)
    return Rechecked(site, entry, look, now)


def look_again(
    finding: Finding, target: str, site: str, profile: str, today: date, *, limits: Limits = BOUNDS,
    notes: SiteNotes = NO_NOTES, manners: Manners | None = None,
) -> Look:  # fmt: skip
    """What the check that found it says of the finding now. Raises CannotInspect."""
    check = next((one for one in CHECKS if one.id == finding.check), None)
    if check is None:
        return Look(Verdict.UNTOLD, None, (), "没有这个检查项了。", "There is no such check any more.")
    rules = notes.in_force(load_profile(profile))
    opened = _opened(target, limits, manners)
    few = _Few(opened, _needed(finding, opened))
    snapshot = walk(
        few, opened.scope, few.start, Reader(opened.scope), limits=limits, manners=opened.manners,
        probes=few.beside, allowed=few.allows, year=today.year,
    )  # fmt: skip
    snapshot.certificate = opened.certificate
    if finding.check == personal_number_shown.CHECK.id:
        SecondLook(Site(snapshot), few, limits, opened.manners).at_attachments()
    snapshot.probes = few.probes  # the page of the finding is one of the site's
    seen = Site(snapshot)
    sections = find_sections(rules, seen, notes.sections)
    findings = (
        run_checks(Inspection(rules, today, seen, sections, notes=notes), {check, page_unreachable.CHECK})
        if seen.home is not None
        else ()
    )
    asked = tuple(sorted(few.asked))
    wanted = finding.fingerprint(site)
    still = [one for one in findings if one.outcome is Outcome.FAIL and one.fingerprint(site) == wanted]
    if still:
        return Look(Verdict.THERE, still[0], asked, "问题还在。", "It is still there.")
    outcome = seen.trail(finding.place).outcome
    if isinstance(outcome, Gone):
        return Look(Verdict.GONE, None, asked, "这个页面已经没有了。", "The page is no longer there.")
    is_seen = not few.was_cut and not untold(findings).covers(finding)
    if finding.section is not None:
        is_mended = _shows_it_is_mended(sections.get(finding.section), finding, today)
    else:
        is_mended = finding.check in BY_THE_PAGE and isinstance(outcome, Arrived) and _is_read(finding, seen)
    if not (is_seen and is_mended):
        return Look(
            Verdict.UNTOLD, None, asked, f"重新检查最多访问 {MOST_ADDRESSES} 个地址，看到的还不足以判断，等下一次巡检。",
            f"what {MOST_ADDRESSES} addresses at most show is not enough to tell; the next inspection will.",
        )  # fmt: skip
    return Look(Verdict.GONE, None, asked, "问题没有了。", "It is gone.")


def _is_read(finding: Finding, seen: Site) -> bool:
    """Whether the text of the file was read, where a finding is about what stands in one."""
    if finding.check != personal_number_shown.CHECK.id or not (finding.object or "").startswith("/"):
        return True
    file = seen.file_at(finding.object or "")
    return file is None or file.persons is not None


def _shows_it_is_mended(found: FoundSection | None, finding: Finding, today: date) -> bool:
    """Whether the page of a section itself shows that it is there, has items, or has new ones. What was stale by the
    notes of the site is not mended because rules without these notes say nothing of it."""
    check = finding.check
    if found is None or found.page is None:
        return False
    if check == section_missing.CHECK.id:
        return True
    if check == section_empty.CHECK.id:
        return bool(found.entries)
    if found.newest(today) is None:
        return False
    return check == page_undated.CHECK.id or (
        check == section_stale.CHECK.id and finding.basis == str(found.section.freshness_source)
    )


def _opened(target: str, limits: Limits, manners: Manners | None) -> Opening:
    try:
        return open_target(target, limits, Means(manners))
    except (NotADirectoryError, ValueError):
        raise CannotInspect(
            f"“{target}”现在打不开，没法重新检查。文件夹要在巡检时的位置，网址要写全。",
            f"{target!r} cannot be opened now. A folder must be where it was inspected.",
        ) from None


@dataclass(frozen=True, slots=True)
class _Needed:
    """What must be seen, the first being where the walk begins."""

    addresses: tuple[str, ...]
    probes: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()


def _needed(finding: Finding, opened: Opening) -> _Needed:
    if finding.check == soft_404.CHECK.id:
        return _Needed((finding.place,), tuple(opened.scope.prefix + name for name in PROBES))
    if finding.object and finding.object.startswith("/"):
        return _Needed((finding.place, finding.object.partition("#")[0]))
    return _Needed((opened.start, finding.place), unlinked=(finding.place,))


@dataclass(slots=True)
class _Few:
    """A source that gives few addresses: what is needed, and what these send on to, as far as the number allows."""

    opened: Opening
    needed: _Needed
    asked: set[str] = field(default_factory=set)
    granted: set[str] = field(default_factory=set)
    moved_to: set[str] = field(default_factory=set)
    was_cut: bool = False

    def __post_init__(self) -> None:
        if self.opened.manners.robots is not RobotsMode.IGNORE and self.opened.scope.origin:
            self.asked.add(ROBOTS)

    @property
    def start(self) -> str:
        return self.needed.addresses[0]

    @property
    def probes(self) -> tuple[str, ...]:
        return self.needed.probes if self._room() > len(self.needed.probes) else ()

    @property
    def beside(self) -> tuple[str, ...]:
        """What is asked for though the start may not link to it."""
        return (*self.probes, *(one for one in self.needed.unlinked if one != self.start))

    def allows(self, address: str) -> bool:
        """Whether this address may be asked for too."""
        is_needed = address in (*self.needed.addresses, *self.needed.probes) or address in self.moved_to
        is_allowed = self.opened.robots.allow(address) or not self.opened.is_obedient
        if not is_needed or not is_allowed:
            return False
        if address not in self.granted and self._room() <= len(self.granted):
            self.was_cut = True
            return False
        self.granted.add(address)
        return True

    def _room(self) -> int:
        return MOST_ADDRESSES - (ROBOTS in self.asked)

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """What the source behind says; where an answer leads may be asked for as well."""
        joiner = Joiner(self.opened.scope)
        for request, answer in self.opened.source.fetch(queue):
            self.asked.add(request.address)
            if isinstance(answer, Response) and answer.location is not None:
                reference = joiner.join(answer.address, answer.location)
                if reference.kind is Kind.INSIDE:
                    self.moved_to.add(reference.address)
            yield request, answer

    def wait(self, pause: timedelta) -> None:
        """Let time pass before what failed is asked again."""
        self.opened.source.wait(pause)


VERDICTS = {
    Verdict.GONE: ("已整改，销号", "fixed"),
    Verdict.THERE: ("没有整改", "not fixed"),
    Verdict.UNTOLD: ("还不能判断，状态不变", "could not be told; nothing changed"),
}


def in_words(done: Rechecked, history: Iterable[Change], *, in_english_too: bool = True) -> Iterator[str]:
    """Lines to tell: the finding, what was seen, how it stands now, and its history with who asked."""

    def said(chinese: str, english: str) -> str:
        return f"{chinese} / {english}" if in_english_too else chinese

    look, finding, asked = done.look, done.before.finding, printable("、".join(done.look.asked))
    yield f"[{done.before.fingerprint[:FEWEST_SIGNS]}] {printable(done.site)}  {printable(finding.place)}"
    yield said(f"问题：{printable(finding.message_zh)}", printable(finding.message_en))
    verdict, verdict_en = VERDICTS[look.verdict]
    yield said(f"结果：{verdict}。{printable(look.why_zh)}", f"{verdict_en}: {printable(look.why_en)}")
    if done.now.state is not State.FIXED:
        yield said(f"整改期限：{due_in_words(done.now)}", f"due: {done.now.due.on}")
    if asked:
        yield said(f"访问了 {len(look.asked)} 个地址：{asked}", f"addresses asked for: {len(look.asked)}")
    yield said("经过：", "history:")
    for one in history:
        by = f"（{printable(one.person)}要求重新检查）" if one.person else ""
        by_en = f", asked for by {printable(one.person)}" if one.person else ""
        yield said(f"  {one.day} {STATES[one.state]}{by}", f"{one.state.value}{by_en}")
