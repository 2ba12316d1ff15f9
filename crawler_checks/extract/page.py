"""One page of HTML to its facts, in one pass over its elements."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler_checks.crawl.address import Joiner
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.annual_report import ReportFacts, read_report, report_year
from crawler_checks.extract.barriers import barriers_of
from crawler_checks.extract.concealment import concealed_anchors
from crawler_checks.extract.dates import looks_dated, page_dates
from crawler_checks.extract.decode import Decoded, decode
from crawler_checks.extract.entries import EntryReader, Runs
from crawler_checks.extract.facts import Concealed, Encoding, PageFacts, Part, Role, digest_of
from crawler_checks.extract.holes import ReadWhole, number_in
from crawler_checks.extract.lines import LONGEST_SHARED, mark
from crawler_checks.extract.link_maker import LinkMaker
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.nesting import within_depth
from crawler_checks.extract.page_pass import PagePass
from crawler_checks.extract.page_text import TextReader, plain_label
from plugins.disclosure.page_labels import load_page_labels
from plugins.disclosure.page_marks import load_page_marks

CELLS = frozenset(("td", "th", "dt"))
NO_LABELS: frozenset[str] = frozenset()
INVISIBLE = ["script", "style", "noscript", "template"]
GUIDE = re.compile(r"(?:政府信息|政务|信息|依申请)公开.{0,12}指南|公开指南")
FIRST_PAGES = 20
"""Footer marks are looked for on these only: the start page, behind its redirects and frames, is among them."""
FOOTER_CHARACTERS = 20_000


class _Marks(dict[str, int]):
    """The marks of lines, those of short ones worked out once."""

    def __missing__(self, line: str) -> int:
        found = mark(line)
        if len(line) <= LONGEST_SHARED:
            self[line] = found
        return found


@dataclass(slots=True)
class PageReader:
    """Reads pages of one site. Remembers links, for the same menus come on every page."""

    joiner: Joiner
    _pages_read: int = 0
    _maker: LinkMaker = field(init=False)
    _entries: EntryReader = field(init=False)
    _texts: TextReader = field(default_factory=TextReader)
    _line_marks: dict[str, int] = field(default_factory=_Marks)
    _headers: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._maker = LinkMaker(self.joiner)
        self._entries = EntryReader(partial(self._maker.link, "/", "utf-8", Role.LINK))

    def read(self, response: Response) -> PageFacts:
        """The facts of an HTML page."""
        self._pages_read += 1
        decoded = decode(response.body, response.content_type, truncated=response.truncated)
        with_holes = self._entries.with_holes(decoded.text)
        if with_holes is not None:
            try:
                return self._read(response, decoded, *with_holes)
            except ReadWhole:
                pass
        return self._read(response, decoded, decoded.text, [])

    def _read(self, response: Response, decoded: Decoded, html: str, runs: Runs) -> PageFacts:
        html, is_cut = within_depth(html)
        tree = LexborHTMLParser(html)
        pass_ = PagePass(self._maker, response.address, decoded.charset, runs)
        pass_.over(tree)
        if runs and _is_read_whole(pass_):
            raise ReadWhole
        cell_labels, empty_labels = (
            (NO_LABELS, NO_LABELS) if CELLS.isdisjoint(pass_.tags) else _cell_labels(tree)
        )
        hidden = concealed_anchors(tree) if pass_.names_hosts else ()
        concealed = tuple(Concealed(pass_.link_of(anchor), trick.value) for anchor, trick in hidden)
        barriers = barriers_of(tree, pass_.tags)
        tree.strip_tags(INVISIBLE)
        lines = _filled(_lines(tree.body), runs)
        text = "\n".join(lines)
        dates = page_dates(pass_.metas, text, response.address)
        return PageFacts(
            address=response.address,
            title=pass_.title,
            language=pass_.language,
            encoding=Encoding(decoded.charset, decoded.declared, decoded.is_false),
            metas=pass_.metas,
            parts=(Part(tuple(pass_.links), tuple(sorted(pass_.anchors))),),
            headings=tuple(pass_.headings),
            items=tuple(pass_.items),
            dates=dates,
            lines=array("Q", map(self._line_marks.__getitem__, lines)),
            images_without_text=tuple(pass_.images_without_text),
            empty_lists=frozenset(pass_.empty_lists),
            entry_lists=frozenset(pass_.entry_lists),
            controls=pass_.controls,
            has_dates=bool(dates) or bool(pass_.items) or looks_dated(text),
            marks=self._marks(decoded.text) if self._pages_read <= FIRST_PAGES else None,
            has_scripts=pass_.has_scripts,
            writes_by_script=pass_.writes_by_script,
            truncated=response.truncated or is_cut,
            digest=digest_of(response.body),
            status=response.status,
            said=self._texts.read(lines),
            cell_labels=cell_labels,
            empty_labels=empty_labels,
            barriers=barriers,
            concealed=concealed,
            tricks=tuple(pass_.tricks),
            report=_report(pass_, tree, lines),
            guide=_guide(pass_, lines),
            headers=self._headers.setdefault(tuple(sorted(response.headers.items())), response.headers),
            seconds=response.seconds,
        )

    def _marks(self, html: str) -> frozenset[str]:
        text = html[-FOOTER_CHARACTERS:]
        return frozenset(mark.id for mark in load_page_marks().footer if mark.pattern.search(text))


def _is_read_whole(page: PagePass) -> bool:
    """Whether such a page is looked at in ways that know no holes."""
    if "style" in page.tags and any(entry.to_host for run in page.runs for entry in run):
        return True  # its rules may hide links
    names = (page.metas.get("articletitle", ""), *page.headings[:2], page.title)
    if report_year(*names[:-1], *title_parts(page.title)[:1]) is not None:
        return True
    return any(GUIDE.search(name) for name in names)


def _filled(lines: list[str], runs: Runs) -> list[str]:
    """The lines, with those of the runs in place of their holes."""
    if not runs:
        return lines
    found: list[str] = []
    for line in lines:
        number = number_in(line)
        if number is None:
            found.append(line)
        else:
            for entry in runs[number]:
                found += entry.lines
    return found


def _cell_labels(tree: LexborHTMLParser) -> tuple[frozenset[str], frozenset[str]]:
    """The labels that stand in a cell of a table or of a list of definitions with a cell beside them; and those whose
    cell is empty for certain."""
    by_word = load_page_labels().by_word
    found: set[str] = set()
    empty: set[str] = set()
    for node in tree.css("td, th, dt"):
        labels = by_word.get(plain_label(node.text())) if node.next is not None else None
        beside = _next_element(node) if labels else None
        if labels and beside is not None and beside.tag in ("td", "dd"):
            found.update(labels)
            if _is_empty(beside):
                empty.update(labels)
    return frozenset(found), frozenset(empty)


def _is_empty(cell: LexborNode) -> bool:
    holds = "img, a, input, iframe, embed, object"
    return not cell.text(strip=True) and cell.css_first(holds) is None


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following


def _report(page: PagePass, tree: LexborHTMLParser, lines: list[str]) -> ReportFacts | None:
    year = report_year(page.metas.get("articletitle", ""), *page.headings[:2], *title_parts(page.title)[:1])
    if year is None:
        return None
    has_pictures = any(link.role is Role.IMAGE for link in page.links)
    return read_report(year, tree, lines, has_pictures=has_pictures)


def _guide(page: PagePass, lines: list[str]) -> Mapping[str, frozenset[int]] | None:
    """The elements of a guide to disclosure, each with the lines of a page so called that speak of it; None for any
    other page."""
    names = (page.metas.get("articletitle", ""), *page.headings[:2], page.title)
    if not any(GUIDE.search(name) for name in names):
        return None
    return {
        element.id: frozenset(mark(line) for line in lines if element.pattern.search(line))
        for element in load_page_labels().guide
    }


def _lines(body: LexborNode | None) -> list[str]:
    """The lines of visible text."""
    text = body.text(separator="\n") if body else ""
    return [plain for line in text.splitlines() if (plain := " ".join(line.split()))]
