"""The line of a page's source that a finding is about, where the source is at hand: in a folder, or as a host sent it.

The line is that of the address as the page writes it, which is seldom how the finding names it. It is no part of what
a finding is known by, for lines move.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from html import escape

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.crawl.answer import Request, Response, Source, Want, fetch_one
from crawler_checks.extract.decode import decode
from crawler_checks.extract.site import Site
from plugins.disclosure.spread import Aside

TextAt = Callable[[str], str | None]
KnownLine = Callable[[str, str], int | None]
"""The line at a place that an object stood in before, 0 for none; None when that is not known."""
MOST_ASKED_AGAIN = 100
MOST_FINDINGS = 20_000
"""Beyond so many nobody goes through them line by line."""
MANY = 500
BEFORE_AN_ADDRESS = ('"', "'", "=", '"./', "'./")


def text_from(page_at: Callable[[str], Response | None]) -> TextAt:
    """Gives the text of a page that is at hand."""

    @lru_cache(maxsize=64)
    def text_at(address: str) -> str | None:
        page = page_at(address)
        return decode(page.body, page.content_type, truncated=page.truncated).text if page else None

    return text_at


def read_again(source: Source, address: str) -> Response | None:
    """A page, read from a folder once more."""
    answer = fetch_one(source, Request(address, Want.STYLE))
    return answer if isinstance(answer, Response) and answer.status == 200 else None


def ask_again(source: Source) -> Callable[[str], Response | None]:
    """Asks a host once more for pages that it did not send because they have not changed; for a few."""
    left = MOST_ASKED_AGAIN

    def page_at(address: str) -> Response | None:
        nonlocal left
        left -= 1
        answer = fetch_one(source, Request(address, Want.PAGE)) if left >= 0 else None
        return answer if isinstance(answer, Response) and answer.status == 200 else None

    return page_at


def with_lines(
    findings: Iterable[Finding],
    site: Site,
    text_at: TextAt,
    known: KnownLine = lambda *_: None,
    *,
    workers: int = 1,
) -> tuple[Finding, ...]:
    """The findings, those that fail with their line where it can be told. `known` is asked before the page is. Two
    workers take half of many findings each; then `text_at` must do in a forked process what it does here."""
    found = list(findings)
    meant = [number for number, one in enumerate(found) if one.outcome is Outcome.FAIL and one.object]
    # a page is read once
    meant = sorted(meant[:MOST_FINDINGS], key=lambda number: found[number].place)

    def lines(numbers: list[int]) -> list[int]:
        return [_known_or_seen(found[number], site, text_at, known) for number in numbers]

    half = len(meant) // 2 if len(meant) >= MANY else len(meant)
    others = Aside(lambda: lines(meant[half:]), workers if half < len(meant) else 1)
    for number, line in zip(meant, lines(meant[:half]) + others.result(), strict=True):
        if line:
            found[number] = replace(found[number], source_line=line)
    return tuple(found)


def _known_or_seen(finding: Finding, site: Site, text_at: TextAt, known: KnownLine) -> int:
    """The line of a finding, 0 for none."""
    line = known(finding.place, finding.object or "")
    return (_line(finding, site, text_at) or 0) if line is None else line


def lines_of(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """The lines of findings by place and object, 0 for none."""
    found: dict[str, dict[str, int]] = {}
    for one in findings:
        if one.outcome is Outcome.FAIL and one.object:
            found.setdefault(one.place, {})[one.object] = one.source_line or 0
    return found


def _line(finding: Finding, site: Site, text_at: TextAt) -> int | None:
    text = text_at(finding.place)
    if text is None or finding.object is None:
        return None
    at = text.find(f'"{finding.object}"')  # as most pages write most addresses
    if at >= 0:
        return text.count("\n", 0, at) + 1
    for written in (*_written(finding.place, finding.object, site), finding.object):
        for form in dict.fromkeys((written, escape(written, quote=False))):
            at = text.find(form) if len(form) > 1 else -1
            if at >= 0:
                return text.count("\n", 0, at) + 1
    if finding.object.startswith("/"):
        written = _from(finding.place, finding.object)
        found = (text.find(f"{before}{written}") for before in BEFORE_AN_ADDRESS)
        at = min((at for at in found if at >= 0), default=-1)
        return text.count("\n", 0, at) + 1 if at >= 0 else None
    return None


def _from(place: str, address: str) -> str:
    """How a page most plainly writes the way from itself to an address."""
    path, mark, rest = address.partition("?")
    folder = place.partition("?")[0].rpartition("/")[0] or "/"
    return posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "") + mark + rest


def _written(place: str, meant: str, site: Site) -> list[str]:
    """How the page writes the address that is meant."""
    styles = (style for style in site.styles if style.address == place)
    page = site.page_at(place) or next(styles, None)
    if page is None:
        return []
    address, mark, fragment = meant.partition("#")
    return list(
        dict.fromkeys(
            link.href
            for link in page.links
            if link.address in (meant, address) and (not mark or link.fragment is not None) and link.href
            if not mark or link.href.endswith(fragment) or "#" in link.href
        )
    )
