"""One pass over the elements of a page: what each says by itself, and of entries of lists what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler_checks.crawl.address import Kind
from crawler_checks.extract.concealment import LINKS_TO_HOSTS
from crawler_checks.extract.entries import LONGEST_TEXT, is_static, plain
from crawler_checks.extract.facts import Item, Link, Role
from crawler_checks.extract.holes import MARK, ReadWhole, stands_plainly
from crawler_checks.extract.link_maker import LinkMaker
from crawler_checks.extract.list_items import list_items
from crawler_checks.extract.menus_in_scripts import menu_entries
from crawler_checks.extract.page_links import Attributes, element_addresses
from crawler_checks.extract.script_tricks import ScriptTrick, tricks_of
from crawler_checks.extract.scripted_links import (
    clickable,
    is_scripted,
    jump_menus,
    opened_by,
    sent_to,
    writes,
)
from crawler_checks.extract.stylesheet import style_addresses
from crawler_checks.extract.year_headings import dated_by_headings

HEADINGS = frozenset(("h1", "h2", "h3"))
LISTS = frozenset(("ul", "ol", "dl", "tbody"))
CONTROLS = frozenset(("input", "textarea", "select"))
SILENT = frozenset(
    (
        "p",
        "div",
        "span",
        "br",
        "hr",
        "strong",
        "b",
        "em",
        "i",
        "u",
        "font",
        "small",
        "center",
        "section",
        "main",
    )
) | frozenset(
    (
        "article",
        "nav",
        "header",
        "footer",
        "aside",
        "dd",
        "dt",
        "td",
        "tr",
        "th",
        "table",
        "li",
        "body",
        "head",
    )
)
"""Elements that say nothing unless they have attributes."""
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Hole(Struct, frozen=True, gc=False):
    """Where a hole is: behind so many links, titles, headings, metas and pictures without a text. `is_seen`: nothing
    around it hides what it holds; `around` is the mark of the list it stands in."""

    links: int = 0
    titles: int = 0
    headings: int = 0
    metas: int = 0
    pictures: int = 0
    is_seen: bool = True
    around: str | None = None


@dataclass(slots=True)
class PagePass:
    """What one pass over the elements of a page gathers. `count` is the number of its holes; `is_local`: some link
    depends on the page it stands on."""

    maker: LinkMaker
    base: str
    charset: str
    count: int
    title: str = ""
    holes_before_title: int = 0
    language: str | None = None
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    titles: list[tuple[LexborNode, Link]] = field(default_factory=list)
    items: list[tuple[int, Item]] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    plain_places: set[int] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    has_clicks: bool = False
    names_hosts: bool = False
    is_local: bool = False
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
        """Gather. Raises ReadWhole where the holes of a page cannot be filled."""
        if tree.root is None:
            return
        for node in tree.root.traverse():
            tag = node.tag or ""
            attributes = node.attributes
            self.tags.add(tag)
            if not attributes and tag in SILENT:
                continue
            if self.count and MARK in attributes:
                self._hole(node, attributes[MARK])
                continue
            self.has_clicks = self.has_clicks or "onclick" in attributes
            if anchor := attributes.get("id"):
                self.anchors.add(anchor)
            if tag == "a":
                self._anchor(node, attributes)
            else:
                self._element(tag, node, attributes)
        if self.has_clicks or "select" in self.tags:
            self._scripted(tree)
        if len(self.holes) != self.count:
            raise ReadWhole
        found = list(list_items(self.titles))
        pairs = [(item, cell) for _, item, cell in found]
        if any(item.found is None for item, _ in pairs) and self.count:
            raise ReadWhole  # the year may stand in a hole
        pairs = dated_by_headings(pairs, tree)
        for _, cell in pairs:
            if (mark := _list_around(cell)) is not None:
                self.entry_lists.add(mark)
        self.items = [(number, item) for (number, _, _), (item, _) in zip(found, pairs, strict=True)]

    def _hole(self, node: LexborNode, number: str | None) -> None:
        if number != str(len(self.holes)) or not stands_plainly(node, self.plain_places, also_seen=False):
            raise ReadWhole
        is_seen = stands_plainly(node, self.plain_places, also_seen=True)
        self.holes.append(
            Hole(
                len(self.links),
                len(self.titles),
                len(self.headings),
                len(self.metas),
                len(self.images_without_text),
                is_seen,
                _list_around(node),
            )
        )

    def _anchor(self, node: LexborNode, attributes: Attributes) -> None:
        if name := attributes.get("name"):
            self.anchors.add(name)
        href = attributes.get("href")
        if href is None:
            return
        text = plain(node.text(separator=" "))
        self.names_hosts = self.names_hosts or LINKS_TO_HOSTS.match(href) is not None
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
            Role.LINK, attributes.get("href") or "", plain(node.text(separator=" ")), hidden=True
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
                self.links.append(self._link(role, opened[0], plain(node.text(separator=" ")), scripted=True))

    def _element(self, tag: str, node: LexborNode, attributes: Attributes) -> None:
        hint = (attributes.get("alt") or attributes.get("title") or "") if tag == "area" else ""
        for role, href in element_addresses(tag, attributes):
            self.links.append(self._link(role, href, hint=hint))
        if tag in HEADINGS:
            self.headings.append(plain(node.text()))
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
                base = self.maker.joiner.join(self.base, attributes["href"] or "", self.charset)
                self.base = base.address or self.base
            case "title" if not self.title:
                self.title = plain(node.text())
                self.holes_before_title = len(self.holes)
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
            self.writes_by_script = self.writes_by_script or writes(text)
            self.links += [self._link(Role.SCRIPTED, address) for address in sent_to(text)]
            self.links += [
                self._link(Role.SCRIPTED, address, name, scripted=True)
                for address, name in menu_entries(text)
            ]

    def _meta(self, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if name:
            self.metas.append((name, (attributes.get("content") or "").strip()))

    def _link(
        self,
        role: Role,
        href: str,
        text: str = "",
        hint: str = "",
        hidden: bool = False,
        scripted: bool = False,
    ) -> Link:
        self.is_local = self.is_local or not is_static(href)
        return self.maker.link(self.base, self.charset, role, href, text, hint, hidden, scripted)


def _list_around(node: LexborNode) -> str | None:
    around = node.parent
    return _list_mark(around) if around is not None and around.tag in LISTS else None


def _list_mark(node: LexborNode) -> str:
    return f"{node.tag}.{node.attributes.get('class') or ''}"


def _hint(node: LexborNode, attributes: Attributes, text: str) -> str:
    hint = attributes.get("title") or attributes.get("aria-label") or ""
    if not hint and not text:
        image = node.css_first("img[alt]")
        hint = (image.attributes.get("alt") or "") if image else ""
    return hint.strip()[:LONGEST_TEXT]


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or bool(HIDING.search(attributes.get("style") or ""))
