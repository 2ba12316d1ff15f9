"""Sites from memory for the inspector's tests, and short ways to ask what a check says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler

from crawler_checks.checks.check import Earlier, Finding, Inspection, run_checks
from crawler_checks.checks.registry import CHECKS
from crawler_checks.checks.site_notes import NO_NOTES, SiteNotes
from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Answer, Queue, Request, Response
from crawler_checks.crawl.limits import BOUNDS, Limits, Manners, RobotsMode
from crawler_checks.crawl.walk import Snapshot, walk
from crawler_checks.extract.columns import find_columns
from crawler_checks.extract.facts import Facts
from crawler_checks.extract.reader import Reader
from crawler_checks.extract.sections import find_sections
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import load_profile

TODAY = date(2026, 11, 22)
HASTY = Manners(
    requests_a_second=None,
    connections=4,
    robots=RobotsMode.IGNORE,
    pauses=(timedelta(0),) * 4,
    longest_wait=timedelta(0),
)
"""Manners for tests: five tries of what fails, without pauses."""

Page = str | bytes | Answer | Callable[[int], Answer]


class MemorySource:
    """Answers from a mapping, and what is not in it by `otherwise`, which is given the address.

    A callable in the mapping is given how often its address was asked for, from 1 on.
    """

    def __init__(self, pages: Mapping[str, Page], otherwise: Callable[[str], Page] | None = None) -> None:
        self.pages = pages
        self.otherwise = otherwise or (lambda address: Response(address, 404))
        self.asked: list[str] = []

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        while (request := queue.take()) is not None:
            self.asked.append(request.address)
            yield request, self._answer(request.address)

    def wait(self, pause: timedelta) -> None:
        pass

    def _answer(self, address: str) -> Answer:
        page = self.pages[address] if address in self.pages else self.otherwise(address)
        if callable(page):
            page = page(self.asked.count(address))
        if isinstance(page, str | bytes):
            body = page.encode() if isinstance(page, str) else page
            kind = "text/css" if address.endswith(".css") else "text/html"
            kind = "application/octet-stream" if _is_file(address) else kind
            return Response(address, 200, kind, body, len(body))
        return page


def _is_file(address: str) -> bool:
    return address.rpartition(".")[2] in ("pdf", "doc", "docx", "xls", "zip", "png", "js")


def snapshot_of(
    pages: Mapping[str, Page],
    *,
    otherwise: Callable[[str], Page] | None = None,
    limits: Limits = BOUNDS,
    prefix: str = "/",
    allowed: Callable[[str], bool] = lambda _: True,
    obedient: bool = True,
    year: int | None = None,
) -> Snapshot[Facts]:
    """What a walk over these pages brings back; it begins at `/`, or at the prefix."""
    scope = Scope("http://site.example", prefix, frozenset({"site.example"}))
    probes = (f"{prefix}no-such-1.html", f"{prefix}no-such-2.html")
    source = MemorySource(pages, otherwise)
    return walk(
        source, scope, prefix, Reader(scope), limits=limits, manners=HASTY, probes=probes, allowed=allowed,
        obedient=obedient, year=year,
    )  # fmt: skip


def findings_of(
    check: str,
    pages: Mapping[str, Page],
    *,
    today: date = TODAY,
    profile: str = "cn-2019",
    otherwise: Callable[[str], Page] | None = None,
    limits: Limits = BOUNDS,
    prefix: str = "/",
    earlier: Earlier | None = None,
    notes: SiteNotes = NO_NOTES,
) -> list[Finding]:
    """What one check finds on these pages."""
    snapshot = snapshot_of(pages, otherwise=otherwise, limits=limits, prefix=prefix)
    return findings_in(check, snapshot, today=today, profile=profile, earlier=earlier, notes=notes)


def findings_in(
    check: str,
    snapshot: Snapshot[Facts],
    *,
    today: date = TODAY,
    profile: str = "cn-2019",
    earlier: Earlier | None = None,
    notes: SiteNotes = NO_NOTES,
) -> list[Finding]:
    """What one check finds in what was brought back."""
    rules = notes.in_force(load_profile(profile))
    site = Site(snapshot)
    [wanted] = [one for one in CHECKS if one.id == check]
    sections = find_sections(rules, site, notes.sections)
    columns = tuple(notes.with_periods(find_columns(site, sections.values(), rules.source)))
    return list(run_checks(Inspection(rules, today, site, sections, earlier, notes, columns), [wanted]))


def outline(findings: list[Finding]) -> list[tuple[str, str, str | None]]:
    """Outcome, place and object of each finding."""
    return [(finding.outcome.value, finding.place, finding.object) for finding in findings]


def html(body: str, *, title: str = "标题", head: str = "", lang: str = ' lang="zh-CN"') -> str:
    """A page of HTML around `body`."""
    return f"<!doctype html><html{lang}><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def links(*addresses: str) -> str:
    """Links to these addresses."""
    return "".join(
        f'<p><a href="{address}">链接到这里 {number}</a></p>' for number, address in enumerate(addresses)
    )


def reply(handler: BaseHTTPRequestHandler, body: str | bytes = "", status: int = 200, **headers: str) -> None:
    """An ordinary answer; headers are written with `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    headers = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(data))} | headers
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)
