"""One page of HTML to its facts, in one pass over its elements."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import adler32, crc32

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler_checks.crawl.address import Joiner, Kind
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.annual_report import ReportFacts, read_report, report_year
from crawler_checks.extract.barriers import barriers_of
from crawler_checks.extract.concealment import concealed_anchors
from crawler_checks.extract.dates import looks_dated, page_dates
from crawler_checks.extract.decode import decode
from crawler_checks.extract.facts import Concealed, Encoding, Item, Link, PageFacts, Role
from crawler_checks.extract.lines import mark, marks
from crawler_checks.extract.list_items import list_items
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.nesting import within_depth
from crawler_checks.extract.page_links import Attributes, element_addresses
from crawler_checks.extract.page_text import TextReader, plain_label
from crawler_checks.extract.script_tricks import ScriptTrick, tricks_of
from crawler_checks.extract.scripted_links import clickable, jump_menus, opened_by
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.year_headings import dated_by_headings
from plugins.disclosure.page_labels import load_page_labels
from plugins.disclosure.page_marks import load_page_marks

HEADINGS = frozenset(("h1", "h2", "h3"))
LISTS = frozenset(("ul", "ol", "dl", "tbody"))
CONTROLS = frozenset(("input", "textarea", "select"))
INVISIBLE = ["script", "style", "noscript", "template"]
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WRITING = re.compile(
    r"\.(?:append|appendChild|insertAdjacentHTML|html|load|ajax|getJSON|post)\s*\(|\.innerHTML\s*\+?=|document\.write"
    r"|\bfetch\s*\(|XMLHttpRequest|new\s+Vue|createApp|ReactDOM|createPageHTML"
)
"""What a script says when it puts things on the page."""
SENDING = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*(["'])(?P<address>[^"'<>\s]{1,300})\1\s*(?=[;}\n]|$)"""
    r"""|\blocation\.(?:replace|assign)\(\s*(["'])(?P<replacing>[^"'<>\s]{1,300})\3\s*\)"""
)
"""What a script says when it sends visitors to a fixed address."""
LONGEST_TEXT = 400
GUIDE = re.compile(r"(?:政府信息|政务|信息|依申请)公开.{0,12}指南|公开指南")
FIRST_PAGES = 20
"""Footer marks are looked for on these only: the start page, behind its redirects and frames, is among them."""
FOOTER_CHARACTERS = 20_000


@dataclass(slots=True)
class PageReader:
    """Reads pages of one site. Remembers links, for the same menus come on every page."""

    joiner: Joiner
    _pages_read: int = 0
    _texts: TextReader = field(default_factory=TextReader)
    _headers: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)
    _links: dict[tuple[Role, str, str, str, bool, bool, str, str], Link] = field(default_factory=dict)

    def read(self, response: Response) -> PageFacts:
        """The facts of an HTML page."""
        self._pages_read += 1
        decoded = decode(response.body, response.content_type, truncated=response.truncated)
        html, is_cut = within_depth(decoded.text)
        tree = LexborHTMLParser(html)
        pass_ = _Pass(self, response.address, decoded.charset)
        pass_.over(tree)
        cell_labels, empty_labels = _cell_labels(tree)
        concealed = tuple(
            Concealed(pass_.link_of(anchor), trick.value) for anchor, trick in concealed_anchors(tree)
        )
        barriers = barriers_of(tree)
        tree.strip_tags(INVISIBLE)
        lines = _lines(tree.body)
        text = "\n".join(lines)
        dates = page_dates(pass_.metas, text, response.address)
        return PageFacts(
            address=response.address,
            title=pass_.title,
            language=pass_.language,
            encoding=Encoding(decoded.charset, decoded.declared, decoded.is_false),
            metas=pass_.metas,
            links=tuple(pass_.links),
            anchors=frozenset(pass_.anchors),
            headings=tuple(pass_.headings),
            items=tuple(pass_.items),
            dates=dates,
            lines=marks(lines) if lines else array("Q"),
            images_without_text=tuple(pass_.images_without_text),
            empty_lists=frozenset(pass_.empty_lists),
            entry_lists=frozenset(pass_.entry_lists),
            controls=pass_.controls,
            has_dates=bool(dates) or bool(pass_.items) or looks_dated(text),
            marks=self._marks(decoded.text) if self._pages_read <= FIRST_PAGES else None,
            has_scripts=pass_.has_scripts,
            writes_by_script=pass_.writes_by_script,
            truncated=response.truncated or is_cut,
            digest=crc32(response.body) << 32 | adler32(response.body),
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

    def link(
        self, base: str, charset: str, role: Role, href: str, text: str = "", hint: str = "",
        hidden: bool = False, scripted: bool = False,
    ) -> Link:  # fmt: skip
        """The link that `href` makes under `base`."""
        kind, address, fragment = self.joiner.join(base, href, charset)
        key = (role, href, text, hint, hidden, scripted, address, fragment or "")
        link = self._links.get(key)
        if link is None:
            link = Link(role, href, kind, address, fragment, text, hint, hidden, scripted)
            self._links[key] = link
        return link


@dataclass(slots=True)
class _Pass:
    """What one pass over the elements of a page gathers."""

    reader: PageReader
    base: str
    charset: str
    title: str = ""
    language: str | None = None
    metas: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    titles: list[tuple[LexborNode, Link]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    headings: list[str] = field(default_factory=list)
    images_without_text: list[str] = field(default_factory=list)
    empty_lists: set[str] = field(default_factory=set)
    entry_lists: set[str] = field(default_factory=set)
    controls: int = 0
    has_scripts: bool = False
    writes_by_script: bool = False
    has_base: bool = False
    tricks: list[ScriptTrick] = field(default_factory=list)

    def over(self, tree: LexborHTMLParser) -> None:
        if tree.root is None:
            return
        for node in tree.root.traverse():
            tag = node.tag or ""
            attributes = node.attributes
            if anchor := attributes.get("id"):
                self.anchors.add(anchor)
            if tag == "a":
                self._anchor(node, attributes)
            else:
                self._element(tag, node, attributes)
        self._scripted(tree)
        for item, cell in dated_by_headings(list_items(self.titles), tree):
            self.items.append(item)
            container = cell.parent
            if container is not None and container.tag in LISTS:
                self.entry_lists.add(_list_mark(container))

    def _anchor(self, node: LexborNode, attributes: Attributes) -> None:
        if name := attributes.get("name"):
            self.anchors.add(name)
        href = attributes.get("href")
        if href is None:
            return
        text = _plain(node.text(separator=" "))
        link = self._link(
            Role.LINK,
            href,
            text,
            _hint(node, attributes, text),
            _is_hidden(attributes),
            is_scripted(attributes),
        )
        if link.kind is Kind.NONE or link.fragment == "":
            link = self._opened(link, href, attributes) or link
        self.links.append(link)
        if text and link.kind in (Kind.INSIDE, Kind.OUTSIDE):
            self.titles.append((node, link))

    def link_of(self, node: LexborNode) -> Link:
        """The link that an `<a>` makes."""
        attributes = node.attributes
        return self._link(
            Role.LINK, attributes.get("href") or "", _plain(node.text(separator=" ")), hidden=True
        )

    def _opened(self, link: Link, href: str, attributes: Attributes) -> Link | None:
        """What a link that leads nowhere by itself opens by script."""
        for script in (
            attributes.get("onclick") or "",
            href if href.lower().startswith("javascript:") else "",
        ):
            if script and (opened := opened_by(script)):
                address, is_sure = opened
                role = Role.LINK if is_sure else Role.SCRIPTED
                return self._link(role, address, link.text, link.hint, link.hidden, scripted=True)
        return None

    def _scripted(self, tree: LexborHTMLParser) -> None:
        """Links made by scripts on elements that are no links."""
        for address, text in jump_menus(tree):
            self.links.append(self._link(Role.LINK, address, text, scripted=True))
        for node, script in clickable(tree):
            opened = opened_by(script)
            if opened and node.css_first("a[href]") is None:
                role = Role.LINK if opened[1] else Role.SCRIPTED
                self.links.append(
                    self._link(role, opened[0], _plain(node.text(separator=" ")), scripted=True)
                )

    def _element(self, tag: str, node: LexborNode, attributes: Attributes) -> None:
        hint = (attributes.get("alt") or attributes.get("title") or "") if tag == "area" else ""
        for role, href in element_addresses(tag, attributes):
            self.links.append(self._link(role, href, hint=hint))
        if tag in HEADINGS:
            self.headings.append(_plain(node.text()))
        elif tag in LISTS:
            if not any(True for _ in node.iter()):
                self.empty_lists.add(_list_mark(node))
        elif tag in CONTROLS:
            self.controls += attributes.get("type") != "hidden"
        elif tag == "img" and "alt" not in attributes:
            self.images_without_text.append(attributes.get("src") or "")
        else:
            self._about_the_page(tag, node, attributes)

    def _about_the_page(self, tag: str, node: LexborNode, attributes: Attributes) -> None:
        match tag:
            case "html":
                self.language = attributes.get("lang")
            case "base" if not self.has_base and attributes.get("href"):
                self.has_base = True
                base = self.reader.joiner.join(self.base, attributes["href"] or "", self.charset)
                self.base = base.address or self.base
            case "title" if not self.title:
                self.title = _plain(node.text())
            case "meta":
                self._meta(attributes)
            case "script":
                self._script(node.text())
            case "style":
                self.links += [
                    self._link(Role.STYLE if is_sheet else Role.IMAGE, href)
                    for href, is_sheet in style_addresses(node.text())
                ]

    def _script(self, text: str) -> None:
        self.has_scripts = True
        if text:
            self.tricks += tricks_of(text)
            self.writes_by_script = self.writes_by_script or bool(WRITING.search(text))
            self.links += [
                self._link(Role.SCRIPTED, found["address"] or found["replacing"])
                for found in SENDING.finditer(text)
            ]

    def _meta(self, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if name:
            self.metas.setdefault(name, (attributes.get("content") or "").strip())

    def _link(
        self,
        role: Role,
        href: str,
        text: str = "",
        hint: str = "",
        hidden: bool = False,
        scripted: bool = False,
    ) -> Link:
        return self.reader.link(self.base, self.charset, role, href, text, hint, hidden, scripted)


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


def _report(page: _Pass, tree: LexborHTMLParser, lines: list[str]) -> ReportFacts | None:
    year = report_year(page.metas.get("articletitle", ""), *page.headings[:2], *title_parts(page.title)[:1])
    if year is None:
        return None
    has_pictures = any(link.role is Role.IMAGE for link in page.links)
    return read_report(year, tree, lines, has_pictures=has_pictures)


def _guide(page: _Pass, lines: list[str]) -> Mapping[str, frozenset[int]] | None:
    """The elements of a guide to disclosure, each with the lines of a page so called that speak of it; None for any
    other page."""
    names = (page.metas.get("articletitle", ""), *page.headings[:2], page.title)
    if not any(GUIDE.search(name) for name in names):
        return None
    return {
        element.id: frozenset(mark(line) for line in lines if element.pattern.search(line))
        for element in load_page_labels().guide
    }


def _list_mark(node: LexborNode) -> str:
    return f"{node.tag}.{node.attributes.get('class') or ''}"


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT]


def _hint(node: LexborNode, attributes: Attributes, text: str) -> str:
    hint = attributes.get("title") or attributes.get("aria-label") or ""
    if not hint and not text:
        image = node.css_first("img[alt]")
        hint = (image.attributes.get("alt") or "") if image else ""
    return hint.strip()[:LONGEST_TEXT]


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or bool(HIDING.search(attributes.get("style") or ""))


def is_scripted(attributes: Attributes) -> bool:
    """Whether a script or a widget handles a link."""
    return (
        "onclick" in attributes
        or attributes.get("role") in ("tab", "button", "menuitem")
        or any(name.startswith("data-") and ("toggle" in name or "target" in name) for name in attributes)
    )


def _lines(body: LexborNode | None) -> list[str]:
    """The lines of visible text."""
    text = body.text(separator="\n") if body else ""
    return [plain for line in text.splitlines() if (plain := " ".join(line.split()))]
