"""One page of HTML to its facts: runs of plain elements, read by themselves, in the frame of the rest."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from crawler_checks.crawl.address import Joiner
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.annual_report import report_year
from crawler_checks.extract.dates import looks_dated, page_dates
from crawler_checks.extract.decode import Decoded, decode
from crawler_checks.extract.facts import Encoding, Item, Link, PageFacts, Part, digest_of
from crawler_checks.extract.frames import Frame, read_frame
from crawler_checks.extract.holes import ReadWhole
from crawler_checks.extract.lines import mark
from crawler_checks.extract.link_maker import LinkMaker
from crawler_checks.extract.met import Met
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.page_text import NO_TEXT, Text, TextReader
from crawler_checks.extract.runs import NOTHING, Run, RunReader, Stretch
from plugins.disclosure.page_labels import load_page_labels
from plugins.disclosure.page_marks import load_page_marks

GUIDE = re.compile(r"(?:政府信息|政务|信息|依申请)公开.{0,12}指南|公开指南")
FIRST_PAGES = 20
"""Footer marks are looked for on these only: the start page, behind its redirects and frames, is among them."""
FOOTER_CHARACTERS = 20_000
MOST_FRAMES = 2_000


@dataclass(slots=True)
class PageReader:
    """Reads pages of one site. Remembers frames, runs and links, for the same menus come on every page."""

    joiner: Joiner
    links: LinkMaker = field(init=False)
    _pages_read: int = 0
    _runs: RunReader = field(init=False)
    _texts: TextReader = field(default_factory=TextReader)
    _frames: dict[str, Frame | None] = field(default_factory=dict)
    _rests_met: Met = field(default_factory=Met)
    _encodings: dict[tuple[str, str | None, bool], Encoding] = field(default_factory=dict)
    _headers: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.links = LinkMaker(self.joiner)
        self._runs = RunReader(partial(self.links.link, "/", "utf-8"), self._texts)

    def read(self, response: Response) -> PageFacts:
        """The facts of an HTML page."""
        self._pages_read += 1
        decoded = decode(response.body, response.content_type, truncated=response.truncated)
        with_holes = self._runs.with_holes(decoded.text)
        if with_holes is not None:
            try:
                return self._facts(
                    response, decoded, self._frame(response, decoded, *with_holes), with_holes[1]
                )
            except ReadWhole:
                pass
        return self._facts(response, decoded, self._read_frame(response, decoded, decoded.text, 0), [])

    @property
    def shared_parts(self) -> Mapping[int, Part]:
        """The parts that pages have in common, by their identity."""
        return self._runs.shared

    def _frame(self, response: Response, decoded: Decoded, rest: str, runs: Sequence[Run]) -> Frame:
        """The frame of a page with holes, which is remembered when it is met again. Raises ReadWhole."""
        try:
            frame = self._frames[rest]
        except KeyError:
            pass
        else:
            if frame is None:
                raise ReadWhole
            return frame
        is_kept = self._rests_met.again(rest) and len(self._frames) < MOST_FRAMES
        try:
            frame = self._read_frame(response, decoded, rest, len(runs))
        except ReadWhole:
            if is_kept:
                self._frames[rest] = None
            raise
        if is_kept and not frame.is_local:
            for stretch in frame.stretches:
                stretch.share(self._runs.shared)
            self._frames[rest] = frame
        return frame

    def _read_frame(self, response: Response, decoded: Decoded, html: str, holes: int) -> Frame:
        return read_frame(html, holes, response.address, decoded.charset, self.links, self._texts)

    def _facts(self, response: Response, decoded: Decoded, frame: Frame, runs: Sequence[Run]) -> PageFacts:
        """What a frame says of a page with these runs in its holes. Raises ReadWhole."""
        held = _Held()
        make_link = partial(self.links.link, response.address, decoded.charset)
        around: set[str] = set()
        for number, run in enumerate(runs):
            hole = frame.holes[number]
            if run.to_host and (frame.has_style or not hole.is_seen):
                raise ReadWhole  # it matters whether it is hidden
            if (before := frame.stretches[number]) is not NOTHING:
                held.add(before)
            stretch = run.stretch_on(make_link)
            held.add(stretch, is_shown=number in frame.shown)
            if stretch.items and hole.around is not None:
                around.add(hole.around)
        held.add(frame.stretches[-1])
        metas = held.metas
        once = {text: text for text in metas.values()}  # what is said twice is kept once
        title, *headings = [once.get(text, text) for text in (held.title, *held.headings)]
        names = (metas.get("articletitle", ""), *headings[:2], title)
        is_guide = any(map(GUIDE.search, names))
        if runs and (is_guide or report_year(*names[:-1], *title_parts(title)[:1]) is not None):
            raise ReadWhole  # they are looked at in ways that know no holes
        lines = [line for text in held.texts for line in text.lines]
        text = "\n".join(lines)
        dates = page_dates(metas, text, response.address)
        return PageFacts(
            address=response.address,
            title=title,
            language=frame.language,
            encoding=self._encoding(decoded),
            metas=metas,
            parts=held.parts(),
            headings=tuple(headings),
            items=tuple(held.items),
            dates=dates,
            images_without_text=tuple(held.pictures),
            empty_lists=frame.empty_lists,
            entry_lists=frame.entry_lists | around if around else frame.entry_lists,
            controls=frame.controls,
            has_dates=bool(dates) or bool(held.items) or looks_dated(text),
            marks=self._marks(decoded.text) if self._pages_read <= FIRST_PAGES else None,
            has_scripts=frame.has_scripts,
            writes_by_script=frame.writes_by_script,
            truncated=response.truncated or frame.is_cut,
            digest=digest_of(response.body),
            status=response.status,
            said=self._texts.said(held.texts),
            cell_labels=frame.cell_labels,
            empty_labels=frame.empty_labels,
            barriers=frame.barriers,
            concealed=frame.concealed,
            tricks=frame.tricks,
            report=frame.report,
            guide=_guide(lines) if is_guide else None,
            headers=self._headers.setdefault(tuple(sorted(response.headers.items())), response.headers),
            seconds=response.seconds,
        )

    def _encoding(self, decoded: Decoded) -> Encoding:
        key = (decoded.charset, decoded.declared, decoded.is_false)
        return self._encodings.get(key) or self._encodings.setdefault(key, Encoding(*key))

    def _marks(self, html: str) -> frozenset[str]:
        text = html[-FOOTER_CHARACTERS:]
        return frozenset(mark.id for mark in load_page_marks().footer if mark.pattern.search(text))


@dataclass(slots=True)
class _Held:
    """What the stretches of a page hold together."""

    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    _parts: list[Part] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _anchors: list[str] = field(default_factory=list)
    _lines: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, stretch: Stretch, *, is_shown: bool = True) -> None:
        """Add the stretch that comes next; its text too, if it is shown."""
        if stretch.part is not None and is_shown:
            self._end()
            self._parts.append(stretch.part)
            self.texts.append(stretch.text)
        else:
            self._links += stretch.links
            self._anchors += stretch.anchors
            if is_shown and stretch.text is not NO_TEXT:
                self._lines += stretch.text.marks
                self.texts.append(stretch.text)
        if stretch.title and not self.title:
            self.title = stretch.title
        for name, content in stretch.metas:
            self.metas.setdefault(name, content)
        self.headings += stretch.headings
        self.items += stretch.items
        self.pictures += stretch.pictures

    def _end(self) -> None:
        """Make a part of what has been gathered for the page alone."""
        if self._links or self._anchors or self._lines:
            self._parts.append(Part(tuple(self._links), tuple(self._anchors), self._lines))
            self._links, self._anchors, self._lines = [], [], array("Q")

    def parts(self) -> tuple[Part, ...]:
        """All parts of the page."""
        self._end()
        return tuple(self._parts)


def _guide(lines: Sequence[str]) -> Mapping[str, frozenset[int]]:
    """The elements of a guide to disclosure, each with the lines of a page so called that speak of it."""
    return {
        element.id: frozenset(mark(line) for line in lines if element.pattern.search(line))
        for element in load_page_labels().guide
    }
