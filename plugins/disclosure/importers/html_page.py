"""A saved web page -> its lines: the text found, tables and headings kept, menus and footers set aside.

Read `read_html` first. Which lines are the document's own head, text and end is decided where pasted text is
read; here only what the markup shows is used: where the text stands, what is a table, what is navigation.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from bs4.exceptions import ParserRejectedMarkup

from plugins.disclosure.importers import boilerplate
from plugins.disclosure.importers.boilerplate import why_dropped_around
from plugins.disclosure.importers.html_look import BLOCKS, SILENT, is_hidden, is_struck, write_out_raised
from plugins.disclosure.importers.html_place import DEEPEST, menu_of, place_of_text
from plugins.disclosure.importers.imported import LeftOut, SourceLine
from plugins.disclosure.importers.page import FACTS_BESIDE, Page
from plugins.disclosure.importers.page_facts import Fact
from plugins.disclosure.importers.page_lines import SPACES, Line, spaced_out, squeezed
from plugins.disclosure.importers.raised import STRUCK, doubts_about_raised
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.table_cells import MergedCell, grid_of
from plugins.disclosure.importers.titles import cleaned
from plugins.disclosure.readers.text_file import INVISIBLE

NOT_SHOWN = "网页上不显示"
_DAMAGED = "\ufffd"
_MOST_DAMAGED = 1_000
"""One character that cannot be read in so many is passed over, as browsers do, and told."""

_MOST_TAGS = 200_000
_LONGEST_CELL = 600
_METAS = {
    "articletitle": "title",
    "pubdate": "published_on",
    "contentsource": "content_source",
    "keywords": "keywords",
    "indexnumber": "index_number",
}
"""The metas of an article's page that say something of the document. Description is a cut-off copy of its text."""


_FILES = re.compile(
    "\\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|txt|jpe?g|png|tiff?)(?:$|[?#])", re.I
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,30})", re.I)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:-]{2,30})")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = ("gb2312", "gbk", "gb18030", "cp936", "hz")
_SPACE = re.compile("[ \t\r\n\f]+")
_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BETWEEN_HAN = re.compile(f"(?<={_HAN})[ \t\r\f]*\n[ \t\r\n\f]*(?={_HAN})")


def read_html(data: bytes) -> Page:
    """The page in these bytes. Raises Refusal for what is no page that can be read."""
    text = decode_page(data)
    soup = _parsed(text)
    unwritten = write_out_raised(soup)
    walk = _Walk(place_of_text(soup))
    walk.through(soup.body or soup)
    title = _title_of_head(soup, walk.lines)
    facts = [*_facts_of_metas(soup), *([title] if title else [])]
    damaged = text.count(_DAMAGED)
    doubts = [f"网页里有 {damaged} 处字读不出来，显示为“{_DAMAGED}”，请对照原文补上。"] if damaged else []
    doubts += [*walk.doubts(), *doubts_about_raised(unwritten, walk.struck)]
    return Page(walk.lines, facts, walk.dropped, walk.left_out, doubts, "段")


def decode_page(data: bytes) -> str:
    """By its mark, as strict UTF-8, as declared, as GB18030; as UTF-8 with a character damaged here and there.

    Raises Refusal where none of them fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name) or _refuse_encoding(name)
    text = _decoded(data, "utf-8")
    if text is not None:
        return text
    declared = _DECLARED.search(data[:8192]) or _XML_DECLARED.search(data[:200])
    names = [declared.group(1).decode("ascii").lower()] if declared else []
    for name in [*("gb18030" if name in _CHINESE else name for name in names), "gb18030"]:
        text = _decoded(data, name)
        if text is not None:
            return text
    text = data.decode("utf-8", "replace")
    if 0 < text.count(_DAMAGED) <= 1 + len(text) // _MOST_DAMAGED:
        return text
    return _refuse_encoding(names[0] if names else "")


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _refuse_encoding(name: str) -> str:
    said = f"网页写明编码是 {name}，" if name else ""
    raise Refusal(
        f"{said}按 UTF-8 和 GB18030 都读不出文字，文件可能已经损坏。请在浏览器里重新打开原网页，另存为“网页，仅 HTML”。",
        "The page can be read neither as UTF-8 nor as GB18030; the file may be damaged. "
        "Open the page again in a browser and save it as HTML only.",
    )


def _parsed(text: str) -> BeautifulSoup:
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\x00", ""))
    if text.count("<") > _MOST_TAGS:
        raise Refusal(
            f"网页的标签超过 {_MOST_TAGS:,} 个，没有读取。请只保存正文所在的网页。",
            f"The page has more than {_MOST_TAGS:,} tags and was not read. Save only the page with the text.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return BeautifulSoup(text, "html.parser")
    except (ParserRejectedMarkup, AssertionError, RecursionError) as fault:
        raise Refusal(
            "网页的代码有毛病，读不下去。请在浏览器里打开它，复制显示出来的文字，存成 .txt 再导入。",
            "The markup of the page is broken. Open it in a browser, copy the text it shows and save it as .txt.",
        ) from fault


@dataclass(slots=True)
class _Walk:
    """The page being read from its first element to its last: lines as they are shown, and what is set aside."""

    place: Tag | None
    lines: list[Line] = field(default_factory=list)
    dropped: list[SourceLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    number: int = 0
    tables: int = 0
    merged: int = 0
    struck: int = 0
    parts: list[str] = field(default_factory=list)
    heading: int = 0
    aside: str = ""
    inside: bool = False
    after: bool = False

    def through(self, root: Tag) -> None:
        """Read everything below `root`. Elements are entered and left in turn; nothing calls itself."""
        stack: list[tuple[Tag, Iterator[object], str, bool]] = [(root, iter(root.contents), "", False)]
        while stack:
            tag, children, aside, was_inside = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(tag, aside, was_inside)
            elif isinstance(child, Tag):
                self._meet(child, stack)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._add_text(str(child), kept=tag.name == "pre")
        self._end_line()

    def _add_text(self, text: str, *, kept: bool) -> None:
        """Some text; where the page keeps its line ends (`kept`), so do we."""
        for place, part in enumerate(text.split("\n") if kept else [text]):
            if place:
                self._end_line()
            self.parts.append(part)

    def _meet(self, tag: Tag, stack: list[tuple[Tag, Iterator[object], str, bool]]) -> None:
        if tag.name in SILENT:
            return
        if tag.name == "br":
            self._end_line()
        elif tag.name == "img":
            self._note_picture(tag)
        elif is_struck(tag):
            self._drop_struck(tag)
        elif tag.name == "table" and not self.aside and (rows := self._rows_of(tag)):
            self._end_line()
            self._take_table(tag, rows)
        else:
            if len(stack) > DEEPEST * 2:
                raise Refusal(
                    "网页的标签嵌套太深，没有读取。请复制网页上显示的文字，存成 .txt 再导入。",
                    "The tags of the page are nested too deeply. Copy the text it shows and save it as .txt.",
                )
            stack.append((tag, iter(tag.contents), self.aside, self.inside))
            self._enter(tag)

    def _rows_of(self, table: Tag) -> list[list[str]] | None:
        """The rows of a table of data; a table around the place of the text arranges the page."""
        return None if _holds(table, self.place) else _data_rows(table)

    def _enter(self, tag: Tag) -> None:
        if tag.name in BLOCKS or tag is self.place:
            self._end_line()
        if tag is self.place:
            self.inside = True
        if not self.aside and tag is not self.place and not _holds(tag, self.place):
            reason = NOT_SHOWN if is_hidden(tag) else menu_of(tag) or ""
            if reason:
                self._end_line()
            self.aside = reason
        if re.fullmatch("h[1-6]", tag.name):
            self.heading = int(tag.name[1])
        if tag.name == "a":
            self._note_link(tag)

    def _leave(self, tag: Tag, aside: str, was_inside: bool) -> None:
        if tag.name in BLOCKS or tag is self.place or aside != self.aside:
            self._end_line()
        if tag.name in BLOCKS:
            self.heading = 0
        if tag is self.place:
            self.after = True
        self.aside, self.inside = aside, was_inside

    def _end_line(self) -> None:
        text = spaced_out(_shown("".join(self.parts)).strip(SPACES))
        self.parts.clear()
        if text:
            self._take_line(text, (text,), 0)

    def _take_line(self, text: str, cells: tuple[str, ...], table: int) -> None:
        self.number += 1
        if self.aside or self.after:
            reason = why_dropped_around(text) or self.aside or boilerplate.AFTER_THE_END
            self.dropped.append(SourceLine(self.number, text, reason))
        else:
            heading = self.heading if self.inside else 0
            self.lines.append(
                Line(self.number, text, False, cells, table, max(heading - 1, 1) if heading else 0)
            )

    def _take_table(self, tag: Tag, rows: Sequence[Sequence[str]]) -> None:
        self.tables += 1
        if self._may_be_text() and any(
            cell.get("rowspan") or cell.get("colspan") for cell in tag.find_all(["td", "th"])
        ):
            self.merged += 1
        for row in rows:
            if any(row):
                self._take_line(" ".join(cell for cell in row if cell), tuple(row), self.tables)
        for struck in tag.find_all(is_struck):
            if not any(is_struck(above) for above in struck.parents):
                self._drop_struck(struck)
        for link in tag.find_all("a"):
            self._note_link(link)
        for picture in tag.find_all("img"):
            self._note_picture(picture)

    def _drop_struck(self, tag: Tag) -> None:
        """Note what is crossed out; in a menu or a footer it is as little of the document as the rest there."""
        if text := _shown(tag.get_text()).strip(SPACES):
            self.struck += not self.aside and not self.after
            self.dropped.append(SourceLine(self.number + 1, text, self.aside or STRUCK))

    def _note_link(self, tag: Tag) -> None:
        address, text = str(tag.get("href") or ""), _shown(tag.get_text()).strip()
        if self.aside or not address or address.startswith(("#", "javascript:", "mailto:", "tel:")):
            return
        if _FILES.search(address) or _FILES.search(text):
            self.left_out.append(LeftOut("附件", text, address))
        elif self._may_be_text():
            self.left_out.append(LeftOut("链接", text, address))

    def _note_picture(self, tag: Tag) -> None:
        if self.aside:
            return
        address = str(tag.get("src") or "")
        shown = "（写在网页里的图片）" if address.startswith("data:") else address
        what = "图片" if self._may_be_text() else "正文以外的图片"
        self.left_out.append(LeftOut(what, str(tag.get("alt") or tag.get("title") or ""), shown))

    def _may_be_text(self) -> bool:
        """Whether this stands in the place of the text, or anywhere on a page where that could not be told."""
        return self.inside or self.place is None

    def doubts(self) -> list[str]:
        """What the editor must do about things that do not come along."""
        return doubts_about(self.left_out, self.merged)


def doubts_about(left_out: Sequence[LeftOut], merged: int) -> list[str]:
    """Of attachments, pictures and merged cells, which text cannot carry."""
    doubts = []
    files = list(dict.fromkeys(thing.text or thing.address for thing in left_out if thing.what == "附件"))
    pictures = sum(thing.what == "图片" for thing in left_out)
    if files:
        doubts.append(f"有 {len(files)} 个附件没有带入，请下载后放进附件文件夹：{'；'.join(files)}。")
    if pictures:
        doubts.append(f"正文里有 {pictures} 张图片没有带入，请核对图里有没有文字。")
    if merged:
        doubts.append(
            f"有 {merged} 个表格带合并单元格：竖向合并的已逐行重复填写，横向合并的只留在第一格，请核对。"
        )
    return doubts


def _holds(tag: Tag, place: Tag | None) -> bool:
    return place is not None and any(parent is tag for parent in place.parents)


def _shown(text: str) -> str:
    """Text as a browser shows it: white space is one space, and none between two Chinese characters on two lines."""
    return _SPACE.sub(" ", _BETWEEN_HAN.sub("", text))


def _data_rows(table: Tag) -> list[list[str]] | None:
    """The rows of a table of data; None for one that only arranges the page."""
    if table.find("table") is not None:
        return None
    rows = [
        [(cell, _shown("".join(_words_of_cell(cell))).strip(SPACES)) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]
    widest = max((len(row) for row in rows), default=0)
    if widest < 2 or any(len(text) > _LONGEST_CELL for row in rows for _, text in row):
        return None
    return grid_of([[_merged_cell(cell, text) for cell, text in row] for row in rows])


def _words_of_cell(cell: Tag) -> Iterator[str]:
    """The words of a cell that are not crossed out; its paragraphs stand apart, parts of one line do not."""
    stack: list[Iterator[object]] = [iter(cell.contents)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)
        elif isinstance(child, Tag) and child.name not in SILENT and not is_struck(child):
            if child.name in BLOCKS or child.name == "br":
                yield " "
                stack.append(iter((*child.contents, " ")))
            else:
                stack.append(iter(child.contents))


def _merged_cell(cell: Tag, text: str) -> MergedCell:
    text = re.sub("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    return MergedCell(text, _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), 100) if value.isdigit() and len(value) < 6 else 1


def _facts_of_metas(soup: BeautifulSoup) -> Iterator[Fact]:
    for meta in soup.find_all("meta"):
        name, value = str(meta.get("name") or ""), _shown(str(meta.get("content") or "")).strip()
        key = _METAS.get(name.lower())
        if key and value:
            yield Fact(key, name, value, FACTS_BESIDE)


def _title_of_head(soup: BeautifulSoup, lines: Sequence[Line]) -> Fact | None:
    """The page's <title> where one of its lines says the same."""
    title = cleaned(_shown(soup.title.get_text()).strip()) if soup.title else ""
    same = any(squeezed(line.text) == squeezed(title) for line in lines)
    return Fact("title", "网页标题", title, FACTS_BESIDE) if title and same else None
