"""Markdown of the records to safe HTML: the only place that converts it.

Content is not trusted: raw HTML is shown as text, addresses other than http, https, mailto and tel are dropped,
and the result is cleaned once more by a library made for that. Headings get ids, tables captions and column
scopes, cited documents become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from plugins.disclosure.document_number import find_all

QUOTED_TITLE = re.compile(r"《([^《》\n]{4,120})》")
_RECORD_LINK = re.compile(r"\]\(\s*([a-z_]+/[a-z0-9-]+(?:\.html)?)\s*[)\s]")
_MARKS = (
    (re.compile(r"```.*?```", re.S), " "),  # code
    (re.compile(r"^(?:\s*\||#{1,6}\s|\[\^[^\]]*\]:).*$", re.M), " "),  # tables, headings, notes
    (re.compile(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]*\]"), ""),  # pictures, references to notes
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),  # links
    (re.compile(r"[*_`>]+|^\s*(?:[-+]|\d+\.)\s+", re.M), ""),
    (re.compile(r"\s*\n\s*"), ""),
    (re.compile(r"[ \t\u3000]{2,}"), " "),
)
_CAPTION = re.compile(r"^表(?:\s*\d+)?\s*[：:．. 　]\s*(?P<text>.+)$")
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "section",
    ]
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href", "role"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "div": {"role", "tabindex", "aria-labelledby", "aria-label"},
    "sup": {"role"},
}


def to_html(text: str, links: Mapping[str, str], root: str) -> str:
    """HTML of a record's body, safe to insert as it is.

    `links` maps what may be cited (a canonical 文号, a full title, a record's key) to addresses from the
    site's root; `root` is the way there from the page. Headings begin at level 2: the page has its own h1.
    """
    return nh3.clean(
        _converter().convert_page(text, links, root),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def citations(text: str) -> set[str]:
    """What a body may cite: canonical document numbers, and the titles it quotes in 《》."""
    numbers = {found.canonical for _, _, found in find_all(text)}
    return numbers | {match[1] for match in QUOTED_TITLE.finditer(text)}


def linked_keys(text: str) -> set[str]:
    """The records a body links to by their keys, as in `[办法](policy/2025-0012)`."""
    return {match[1].removesuffix(".html") for match in _RECORD_LINK.finditer(text)}


def plain_text(text: str, limit: int) -> str:
    """The first `limit` characters of a body without marks, cut at the end of a sentence where one is near."""
    for marks, instead in _MARKS:
        text = marks.sub(instead, text)
    text = text.strip()
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark, 0, limit) for mark in "。！？；")
    return text[: end + 1] if end >= limit // 2 else text[:limit].rstrip("，、；：") + "……"


@cache
def _converter() -> _Converter:
    return _Converter()


class _Converter(Markdown):
    """Python-Markdown with our structure; `links`, `root` and `tables` are of the page in hand."""

    def __init__(self) -> None:
        self.links: Mapping[str, str] = {}
        self.root = ""
        self.tables = 0
        notes = FootnoteExtension(BACKLINK_TITLE="返回正文的注 {}")
        super().__init__(extensions=["tables", notes, "sane_lists", "def_list"], output_format="html")
        self.preprocessors.deregister("html_block")  # raw HTML stays text
        self.inlinePatterns.deregister("html")
        self.treeprocessors.register(_Structure(self), "structure", 4)

    def convert_page(self, text: str, links: Mapping[str, str], root: str) -> str:
        """The HTML of one page, not yet cleaned."""
        self.reset()
        self.links, self.root, self.tables = links, root, 0
        return self.convert(text)


def _cited(text: str, links: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where a text names something on this site: start, end, address; from left to right, never overlapping."""
    found = [(m.start(), m.end(), links.get(m[1])) for m in QUOTED_TITLE.finditer(text)]
    found += [(start, end, links.get(number.canonical)) for start, end, number in find_all(text)]
    last = 0
    for start, end, address in sorted(found, key=lambda place: place[:2]):
        if address is not None and start >= last:
            yield start, end, address
            last = end


class _Structure(Treeprocessor):
    """Heading levels and ids, table captions and scopes, links between records."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__(converter)
        self.page = converter

    def run(self, root: Element) -> None:
        """Called by the library with the whole tree."""
        self._headings(root)
        self._tables(root)
        if self.page.links:
            self._citations(root)
            for anchor in root.iter("a"):
                target = anchor.get("href", "").removesuffix(".html")
                if target in self.page.links:
                    anchor.set("href", self.page.root + self.page.links[target])
        for name, attribute in (("a", "href"), ("img", "src")):
            for element in root.iter(name):
                if element.get(attribute, "").startswith("attachments/"):
                    element.set(attribute, self.page.root + element.get(attribute, ""))

    def _headings(self, root: Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
        level = 1
        shallowest = min((int(str(heading.tag)[1]) for heading in headings), default=2)
        for number, heading in enumerate(headings, 1):
            wanted = int(str(heading.tag)[1]) - shallowest + 2
            level = min(wanted, level + 1, 6)  # a level is never skipped
            heading.tag = f"h{level}"
            heading.set("id", f"p{number}")

    def _citations(self, parent: Element) -> None:
        """A quoted title or a number that is on this site becomes a link; its text stays as written."""
        if parent.tag in ("a", "code", "pre"):
            return
        for child in list(parent):
            self._citations(child)
            child.tail = self._link(parent, list(parent).index(child) + 1, child.tail)
        parent.text = self._link(parent, 0, parent.text)

    def _link(self, parent: Element, index: int, text: str | None) -> str | None:
        """Put anchors for what `text` cites into `parent` from `index` on; what is before the first stays text."""
        if not text:
            return text
        head, last, end_of_last = text, None, 0
        for start, end, address in _cited(text, self.page.links):
            if last is None:
                head = text[:start]
            else:
                last.tail = text[end_of_last:start]
            last = Element("a", {"href": self.page.root + address, "class": "citation"})
            last.text = text[start:end]
            parent.insert(index, last)
            index, end_of_last = index + 1, end
        if last is not None:
            last.tail = text[end_of_last:]
        return head

    def _tables(self, parent: Element) -> None:
        """Give each table its frame; a paragraph 表1：… before it becomes its caption."""
        before: Element | None = None
        for child in list(parent):
            if child.tag == "table":
                self._table(parent, child, before)
            else:
                self._tables(child)
            before = child if child.tag == "p" else None

    def _table(self, parent: Element, table: Element, before: Element | None) -> None:
        for cell in table.iter():
            if cell.tag == "th":
                cell.set("scope", "col")
            if style := cell.attrib.pop("style", ""):  # no inline style: a class says how a column stands
                cell.set(
                    "class",
                    {"right": "right", "center": "center"}.get(style.rpartition(":")[2].strip(" ;"), "left"),
                )
        index = list(parent).index(table)
        caption = None
        if before is not None and not len(before) and (match := _CAPTION.match((before.text or "").strip())):
            caption = Element("caption")
            caption.text = match["text"]
            parent.remove(before)
            index -= 1
        self.page.tables += 1
        number = self.page.tables
        parent.remove(table)
        frame = Element("div", {"class": "table-frame", "role": "region", "tabindex": "0"})
        if caption is not None:
            caption.set("id", f"t{number}")
            frame.set("aria-labelledby", f"t{number}")
            table.insert(0, caption)
        else:
            frame.set("aria-label", f"表格 {number}")
        frame.append(table)
        frame.tail, table.tail = table.tail, None
        parent.insert(index, frame)
