"""Inspect a site: crawl, extract, check, report. The page to read first.

From a folder or an address, by the rules of a profile, as of a day: `inspect_site("output", today=day)`.
What is needed only where more than links is asked about is loaded only then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from crawler_checks.checks.check import NOT_LOOKED_FOR, Check, Earlier, Finding, Inspection, run_checks
from crawler_checks.checks.of_links import LINK_CHECKS
from crawler_checks.checks.site_notes import NO_NOTES, FaultyNotes, SiteNotes, read_notes
from crawler_checks.checks.words import why_not_there
from crawler_checks.crawl.address import Joiner, Kind
from crawler_checks.crawl.answer import Source, Want
from crawler_checks.crawl.archive import NotAnArchive
from crawler_checks.crawl.at_hand import AtHand
from crawler_checks.crawl.beside import Beside, Parcels
from crawler_checks.crawl.folder import FolderSource
from crawler_checks.crawl.limits import BOUNDS, Limits, Manners
from crawler_checks.crawl.line import can_fork
from crawler_checks.crawl.loading import Loader
from crawler_checks.crawl.opening import CrawlEnded, Means, Opening, open_target
from crawler_checks.crawl.outcome import Arrived, Blocked, Moved, Unreached
from crawler_checks.crawl.sitemaps import listed_addresses, on_own_host
from crawler_checks.crawl.walk import Render, Snapshot, walk
from crawler_checks.extract.facts import FILES, Facts, PageFacts, Role
from crawler_checks.extract.file_type import suffix
from crawler_checks.extract.lines import length
from crawler_checks.extract.link_parcels import LinkParcels
from crawler_checks.extract.link_reader import LinkReader
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.site import Site
from crawler_checks.identity import known_by
from crawler_checks.refusal import Refusal
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.source_lines import (
    KnownLine,
    TextAt,
    ask_again,
    lines_of,
    read_again,
    text_from,
    with_lines,
)
from crawler_checks.visit import Visit
from plugins.disclosure.collecting import kept_to_the_end, uncollected
from plugins.disclosure.profile import Profile, profile_on
from plugins.disclosure.spread import spread

if TYPE_CHECKING:
    from crawler_checks.extract.memory import Memory
    from crawler_checks.extract.sections import FoundSection
    from crawler_checks.second_look import LookAt

REGIME = "cn"
BARE_CHARACTERS, BARE_LINKS = 200, 5
"""A page with scripts, less text and fewer links is opened in a browser, where there is one."""
WORTH_TWO = 500
"""A site of fewer pages is judged by one process."""
PROBES = ("no-such-page-3f9c1a.html", "no-such-page-b27e60.html")
"""Addresses that certainly do not exist, to learn what the server says then."""


class CannotInspect(Refusal):
    """The inspection could not be carried out; says why and what to do, in Chinese and in English."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh, self.message_en = message_zh, message_en

    def __str__(self) -> str:
        return f"{self.message_zh}\n{self.message_en}"


@uncollected()
def inspect_site(
    target: str | Path,
    *,
    today: date,
    profile: str | None = None,
    limits: Limits = BOUNDS,
    manners: Manners | None = None,
    visit: Visit | None = None,
    render: Render | None = None,
    look_at: LookAt | None = None,
    earlier: Earlier | None = None,
    notes: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> InspectionResult:
    """Inspect a folder, an http(s) address and all below its last `/`, or what an earlier crawl kept, as of `today`.

    `profile` is the id of a profile or of a regime; the Chinese rules in force on `today` unless given.
    `manners` are chosen by whether the address is this computer, unless given; `visit` says that and more: in
    what file what comes is kept, so that a crawl that was broken off goes on from it. `render` and `look_at` are a
    browser, which opens pages that are empty without scripts and judges a page of each template. `earlier` is what a
    ledger remembers. `notes` is a file that says what no crawler can see. `progress` is told how many addresses have
    been asked for.
    Raises CannotInspect when there is nothing to inspect.
    """
    rules = _rules(profile or REGIME, today)
    noted = notes_of(notes, rules, today)
    visit = visit or Visit(manners)
    opened = _open(str(target), limits, Means(visit.manners, visit.time_of_day, visit.keep))
    memory = _memory(visit.memory, str(target), only_links=visit.only_links) if visit.memory else None
    aside = visit.aside and not (render or look_at)  # a browser runs in a thread of this process
    with _texts(opened.source, only_links=visit.only_links) as (source, text_at):
        site = bring_back(
            opened if source is opened.source else replace(opened, source=source, once_more=None),
            limits,
            today,
            progress,
            only_links=visit.only_links,
            render=render,
            memory=memory,
            look_at=look_at,
            text_at=text_at,
            notes=noted,
            aside=aside,
        )
        if visit.outside or (opened.archive is not None and opened.archive.next() is not None):
            _ask_outside(site.snapshot, opened, limits, visit)
        if opened.archive:
            opened.archive.end()
        checks = LINK_CHECKS if visit.only_links else _all_checks()
        workers = 2 if aside and can_fork() and len(site.pages) >= WORTH_TWO else 1
        if memory is None:
            return judge(
                site, str(target), rules, today, checks, earlier, text_at, notes=noted, workers=workers
            )
        if isinstance(source, AtHand):
            again = ask_again(source)
            text_at = text_from(lambda address: source.page_at(address) or again(address))
        site.count()  # which is remembered; a second process would keep it to itself
        known = memory.line_of
        result = judge(
            site, str(target), rules, today, checks, earlier, text_at, known, notes=noted, workers=workers
        )
        memory.save(lines_of(result.findings), site.often)
        return result


def _memory(path: Path, target: str, *, only_links: bool) -> Memory:
    from crawler_checks.extract.memory import Memory

    return Memory(path, target, only_links=only_links)


@contextmanager
def _texts(source: Source, *, only_links: bool) -> Iterator[tuple[Source, TextAt | None]]:
    """The source, and what gives the text of a page again: from the folder, or from what a host sent."""
    if isinstance(source, FolderSource):
        yield source, text_from(partial(read_again, source))
    elif only_links:
        yield source, None
    else:
        with closing(AtHand(source)) as at_hand:
            yield at_hand, text_from(at_hand.page_at)


def judge(
    site: Site,
    target: str,
    rules: Profile,
    today: date,
    checks: tuple[Check, ...] | None = None,
    earlier: Earlier | None = None,
    text_at: TextAt | None = None,
    known_line: KnownLine = lambda *_: None,
    *,
    notes: SiteNotes = NO_NOTES,
    workers: int = 1,
) -> InspectionResult:
    """What the checks say of a site that was brought back. Raises CannotInspect when it has no start page.

    All checks are run unless some are named. `text_at` gives the source of a page, where it is at hand: then findings
    have their line. `known_line` tells those that are known already. `workers` is how many processes may judge.
    """
    snapshot = site.snapshot
    if site.home is None:
        raise _nothing_there(target, site)
    rules = notes.in_force(rules)
    checks = _all_checks() if checks is None else checks
    inspection = Inspection(rules, today, site, NOT_LOOKED_FOR, earlier, notes, NOT_LOOKED_FOR)
    of_sections = [check for check in checks if check.asks_of_sections]
    others = [check for check in reversed(checks) if not check.asks_of_sections]  # the longest are the last
    site.look_over_links()  # both processes would
    begun = spread(
        lambda number: run_checks(inspection, [others[number]]),
        range(len(others)),
        workers,
    )
    sections, columns = ({}, ()) if checks is LINK_CHECKS else _sections(rules, site, notes)
    seen = replace(inspection, sections=sections, columns=columns)
    findings = run_checks(seen, of_sections)
    counts, days = ({}, {}) if checks is LINK_CHECKS else _said(seen, checks)
    try:
        findings = _in_order([*findings, *chain.from_iterable(begun)], checks)
    except ChildProcessError:  # the other is gone, and what it found with it
        findings = _in_order([*findings, *run_checks(inspection, others)], checks)
    if text_at:
        # what a host sent lies in a file, which is read at one place at a time
        readers = 1 if snapshot.scope.origin else workers
        findings = with_lines(findings, site, text_at, known_line, workers=readers)
    return InspectionResult(
        target=target,
        site=known_by(target, snapshot.scope),
        base=snapshot.scope.origin,
        today=today,
        profile=rules.id,
        profile_label=rules.label,
        pages=len(site.pages),
        addresses=len(snapshot.outcomes),
        partial=bool(snapshot.cut_short),
        findings=findings,
        sections=tuple(_state(found, today) for found in sections.values()),
        checks=checks,
        looked_at=counts,
        page_addresses=tuple(site.pages),
        page_days=days,
        against_robots=snapshot.against_robots,
        not_asked=frozenset(_not_asked(snapshot)),
        unseen=sum(isinstance(outcome, Blocked | Unreached) for outcome in snapshot.outcomes.values()),
    )


def _in_order(findings: Iterable[Finding], checks: Sequence[Check]) -> tuple[Finding, ...]:
    """The findings, check after check."""
    place = {check.id: number for number, check in enumerate(checks)}
    return tuple(sorted(findings, key=lambda one: place[one.check]))


def _all_checks() -> tuple[Check, ...]:
    from crawler_checks.checks.registry import CHECKS

    return CHECKS


def _sections(
    rules: Profile, site: Site, notes: SiteNotes
) -> tuple[Mapping[str, FoundSection], tuple[FoundSection, ...]]:
    """The sections of the profile, and columns that it does not know."""
    from crawler_checks.extract.columns import find_columns
    from crawler_checks.extract.sections import find_sections

    sections = find_sections(rules, site, notes.sections)
    return sections, tuple(notes.with_periods(find_columns(site, sections.values(), rules.source)))


def _said(
    inspection: Inspection, checks: tuple[Check, ...]
) -> tuple[Mapping[str, tuple[int, str]], Mapping[str, date]]:
    """How many things each check looked at, and the days of publication that articles give."""
    from crawler_checks.checks.looked_at import looked_at
    from crawler_checks.checks.policies import published_on
    from crawler_checks.extract.sections import is_article

    days = {
        page.address: day
        for page in inspection.site.pages.values()
        if is_article(page) and (day := published_on(page)) is not None
    }
    return looked_at(inspection, checks), days


def _not_asked(snapshot: Snapshot[Facts]) -> Iterator[str]:
    """The checks for which nothing, or not everything, was asked this time."""
    from crawler_checks.checks import access_barrier, friend_link_taken, outside_link_broken

    if not snapshot.outside:
        yield outside_link_broken.CHECK.id
        yield friend_link_taken.CHECK.id  # a name may betray itself; what its page says was not asked
    if not snapshot.later.audits:
        yield access_barrier.CHECK.id


def _state(found: FoundSection, today: date) -> SectionState:
    section = found.section
    return SectionState(
        section.id, section.label, found.state.value, found.address, found.newest(today), len(found.entries)
    )


def notes_of(path: Path | None, rules: Profile, today: date) -> SiteNotes:
    """The notes on a site, if there are any. Raises CannotInspect."""
    if path is None:
        return NO_NOTES
    try:
        return read_notes(path, rules, today)
    except FaultyNotes as fault:
        raise CannotInspect(fault.message_zh, fault.message_en) from None
    except (OSError, UnicodeDecodeError) as reason:
        raise CannotInspect(
            f"读不出站点说明“{path}”（{reason}）。请检查文件名，文件要存为 UTF-8。",
            f"The notes {str(path)!r} cannot be read ({reason}); the file must be UTF-8.",
        ) from None


def _open(target: str, limits: Limits, means: Means) -> Opening:
    try:
        return open_target(target, limits, means)
    except NotADirectoryError:
        raise CannotInspect(
            f"没有“{target}”这个文件夹。请写网站所在的文件夹，或 https:// 开头的网址。",
            f"There is no folder {target!r}. Name the folder of a site, or an address that begins with https://.",
        ) from None
    except NotAnArchive as reason:
        raise CannotInspect(
            f"“{reason}”不是本程序存下的抓取存档。请换一个文件名，例如 抓取.warc.gz。",
            f"{str(reason)!r} is no crawl that this program kept. Choose another name, for example crawl.warc.gz.",
        ) from None
    except CrawlEnded as reason:
        raise CannotInspect(
            f"存档“{means.keep}”里已有一次做完的抓取（{reason}）。请换一个文件名；要用它重新判断，请写 inspect {means.keep}。",
            f"{str(means.keep)!r} already holds a whole crawl ({reason}). Choose another name; to judge that one again, "
            f"inspect {means.keep}.",
        ) from None
    except ValueError:
        raise CannotInspect(
            f"网址“{target}”看不懂。请写成 https://www.example.gov.cn/ 的样子。",
            f"The address {target!r} cannot be read. Write it like https://www.example.gov.cn/.",
        ) from None


def bring_back(
    opened: Opening,
    limits: Limits,
    today: date,
    progress: Callable[[int], None],
    *,
    only_links: bool = False,
    render: Render | None = None,
    memory: Memory | None = None,
    look_at: LookAt | None = None,
    text_at: TextAt | None = None,
    notes: SiteNotes = NO_NOTES,
    aside: bool = False,
) -> Site:
    """A folder or live site as one walk and the looks after it see it; what `memory` knows is not read again. What
    the notes name is asked for though nothing may lead there. With `aside` a second process reads too, once it is worth it."""
    reader = Reader(opened.scope, only_links=only_links)
    if only_links:  # all that other inspections read is large, and its place is wanted again
        kept_to_the_end(reader)
    # what is kept is kept whole: then everything is sent, and only not read again
    source = memory.source(opened.source) if memory and opened.archive is None else opened.source
    read = memory.reader(reader) if memory else reader
    robots, scope = opened.robots, opened.scope
    may_ask = robots.allow if opened.is_obedient else _anything
    listed = [
        *on_own_host(Joiner(scope), notes.sections.values()),
        *listed_addresses(source, scope, robots.sitemaps, limits, may_ask),
    ]
    load = Loader(source, scope, limits, may_ask)
    # what a host said to ask by is known to this process alone
    once_more = opened.once_more if aside and can_fork() and not (memory and scope.origin) else None
    with (
        Beside(source, once_more, read, lambda: _parcels(reader, memory)) if once_more else nullcontext()
    ) as beside:
        snapshot = walk(
            beside or source,
            opened.scope,
            opened.start,
            beside.read if beside else read,
            limits=limits,
            manners=opened.manners,
            probes=tuple(scope.prefix + name for name in PROBES),
            listed=[(address, Want.FILE if suffix(address) in FILES else Want.PAGE) for address in listed],
            allowed=robots.allow,
            obedient=opened.is_obedient,
            year=today.year,
            render=render,
            load=load,
            is_bare=_is_bare,
            progress=progress,
        )
    snapshot.certificate = opened.certificate
    site = kept_to_the_end(Site(snapshot))
    if memory:
        memory.recall_counts(site.often)
    if not only_links:
        from crawler_checks.second_look import SecondLook

        look = SecondLook(site, source, limits, opened.manners, memory, notes.page_seconds)
        look.over_the_site()
        if look_at and text_at:
            look.in_a_browser(look_at, load, text_at)
    return site


def _anything(_: str) -> bool:
    return True


def _parcels(reader: Reader, memory: Memory | None) -> Parcels[Facts]:
    """What packs the pages of this reader, or opens them."""
    parcels: Parcels[Facts]
    if isinstance(reader.pages, LinkReader):
        parcels = LinkParcels(reader.pages)
    else:
        from crawler_checks.extract.page_parcels import PageParcels

        parcels = PageParcels(reader.pages)
    if memory is None:
        return parcels
    from crawler_checks.extract.memory import MemoryParcels

    return MemoryParcels(memory, parcels)


def _is_bare(facts: Facts) -> bool:
    """Whether a page shows next to nothing unless its scripts run."""
    return (
        isinstance(facts, PageFacts)
        and facts.has_scripts
        and sum(map(length, facts.lines)) < BARE_CHARACTERS
        and sum(link.role is Role.LINK for link in facts.links) < BARE_LINKS
    )


def _ask_outside(snapshot: Snapshot[Facts], opened: Opening, limits: Limits, visit: Visit) -> None:
    """What came of the pages of other hosts that are linked to; of an earlier crawl, what came of them then."""
    from crawler_checks.crawl.live import Wire
    from crawler_checks.crawl.outside import Outside
    from crawler_checks.extract.face import face_of

    addresses = {
        link.address
        for facts in snapshot.facts.values()
        if isinstance(facts, PageFacts)
        for link in facts.links
        if link.kind is Kind.OUTSIDE and link.role is Role.LINK
    }
    outside = Outside(
        limits,
        opened.manners,
        opened.reachable,
        opened.archive,
        Wire(),
        visit.time_of_day,
        live=visit.outside,
        face_of=face_of,
    )
    snapshot.outside = outside.ask(addresses)
    snapshot.later.outside = outside.faces


def _rules(profile: str, today: date) -> Profile:
    try:
        return profile_on(profile, today)
    except FileNotFoundError as fault:
        raise CannotInspect(*_both(str(fault))) from None


def _both(message: str) -> tuple[str, str]:
    zh, _, en = message.partition(" / ")
    return zh, en


def _nothing_there(target: str, site: Site) -> CannotInspect:
    """Nothing to check is an error, not a pass."""
    trail = site.trail(site.snapshot.start)
    if trail.loops:
        return CannotInspect(
            f"“{target}”的首页来回跳转，永远打不开，没有可以巡检的页面。请检查网站的跳转设置。",
            f"The start page of {target!r} redirects in a circle, and there is no page to inspect. Check its redirects.",
        )
    if trail.outcome is None or isinstance(trail.outcome, Moved):
        return CannotInspect(
            f"“{target}”把访问者转到了别处（{trail.end}），这里没有可以巡检的页面。请改用那个网址。",
            f"{target!r} sends visitors elsewhere ({trail.end}), and there is no page to inspect. Use that address.",
        )
    if isinstance(trail.outcome, Arrived):
        return CannotInspect(
            f"“{target}”不是网页，没有可以巡检的内容。请写网站首页的网址。",
            f"{target!r} is no web page; there is nothing to inspect. Give the address of the start page.",
        )
    why_zh, why_en = why_not_there(trail.outcome)
    return CannotInspect(
        f"“{target}”的首页没有打开：{why_zh}。没有可以巡检的页面。请检查网址（文件夹中应有 index.html）后再试。",
        f"The start page of {target!r} did not open: it {why_en}. There is nothing to inspect. Check the address "
        "(a folder needs an index.html) and try again.",
    )
