"""A Word or WPS document (.docx) -> its lines, with the numbers Word counts itself, and what is not carried over.

Read `read_docx` first. Changes that are tracked are read as accepted and reported; who wrote the file, and
what was noted in its margin, is reported and stays behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from plugins.disclosure.importers.html_page import doubts_about
from plugins.disclosure.importers.imported import LeftOut, SourceLine
from plugins.disclosure.importers.office_archive import OfficeArchive
from plugins.disclosure.importers.page import Page
from plugins.disclosure.importers.page_lines import SPACES, Line, spaced_out
from plugins.disclosure.importers.raised import STRUCK, Position, doubts_about_raised, joined
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.table_cells import MergedCell, grid_of
from plugins.disclosure.importers.word_numbers import Numbering
from plugins.disclosure.importers.word_styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORMULAS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_POSITIONS: dict[str, Position] = {"superscript": "raised", "subscript": "lowered"}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CORE = {
    "{http://purl.org/dc/elements/1.1/}creator": "作者",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy": "最后修改人",
}
_DEEPEST = 60
DELETED = "修订中删去的文字"
HIDDEN = "隐藏文字"
CONTENTS = "Word 生成的目录"
MARGINS = "页眉页脚"


def read_docx(data: bytes) -> Page:
    """The document in these bytes. Raises Refusal."""
    archive = OfficeArchive(data)
    document = archive.xml("word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Refusal(
            "这个压缩包里没有 Word 文档。请检查扩展名，表格请用 .xlsx。",
            "There is no Word document in this archive. Check its extension; a spreadsheet is .xlsx.",
        )
    styles = Styles(archive.xml("word/styles.xml"))
    walk = _Walk(styles, Numbering(archive.xml("word/numbering.xml")), _links(archive))
    walk.blocks(body, 0)
    walk.read_margins(archive)
    walk.read_notes(archive)
    walk.read_properties(archive)
    return Page(walk.lines, (), walk.dropped, walk.left_out, walk.doubts(), "段")


def _links(archive: OfficeArchive) -> dict[str, str]:
    relations = archive.xml("word/_rels/document.xml.rels")
    return {one.get("Id", ""): one.get("Target", "") for one in relations} if relations is not None else {}


@dataclass(slots=True)
class _Walk:
    """The document being read from its first paragraph to its last."""

    styles: Styles
    numbering: Numbering
    links: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    dropped: list[SourceLine] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    number: int = 0
    tables: int = 0
    merged: int = 0
    changes: int = 0
    struck: int = 0
    unwritten: list[str] = field(default_factory=list)

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs and tables, whatever they are wrapped in."""
        if depth > _DEEPEST:
            raise Refusal(
                "文档里的表格或控件嵌套太深，没有读取。请另存一份只有正文的文件再导入。",
                "Its tables are nested too deeply. Save a copy that holds only the text.",
            )
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in (
                f"{W}ins",
                f"{W}moveTo",
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}customXml",
                f"{W}smartTag",
            ):
                self.changes += child.tag in (f"{W}ins", f"{W}moveTo")
                self.blocks(child, depth + 1)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._drop("".join(_texts(child)), DELETED)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        for box in _boxes(paragraph):
            self.blocks(box, depth + 1)
        text = self._text(paragraph)
        properties = paragraph.find(f"{W}pPr")
        number = self.numbering.next(properties, self.styles)
        for place, part in enumerate(text.split("\n")):
            trimmed = spaced_out(part.strip(SPACES))
            if trimmed and self.styles.is_contents(properties):
                self._drop(trimmed, CONTENTS)
            elif trimmed:
                trimmed = number + trimmed if place == 0 else trimmed
                heading = 0 if place else self.styles.heading(properties)
                self._take(trimmed, (trimmed,), heading=heading)

    def _text(self, paragraph: Element) -> str:
        """The words of a paragraph as its readers see them; what they do not see is noted."""
        properties = paragraph.find(f"{W}pPr")
        words: list[tuple[str, Position]] = []
        struck: list[str] = []
        for run in _runs(paragraph, 0):
            if self._is_struck(run, properties):
                struck.append("".join(_texts(run)))
                continue
            self._drop_struck(struck)
            if run.tag in (f"{W}del", f"{W}moveFrom"):
                self._drop("".join(_texts(run)), DELETED)
            elif run.tag in (f"{W}ins", f"{W}moveTo"):
                self.changes += 1
            elif run.tag == f"{W}hyperlink":
                self._note_link(run)
            elif run.tag == _FORMULA:
                self.left_out.append(
                    LeftOut("公式", "".join(part.text or "" for part in run.iter(_FORMULA_TEXT)))
                )
            elif self._is_on(run, properties, "vanish"):
                self._drop("".join(_texts(run)), HIDDEN)
            else:
                words.append(("".join(self._words(run)), self._position(run, properties)))
        self._drop_struck(struck)
        written = list(joined(words))
        self.unwritten += [told for _, told in written if told]
        return "".join(text for text, _ in written)

    def _position(self, run: Element, paragraph: Element | None) -> Position:
        """Whether a run stands above or below the line. The mark of a note is none of the text's characters."""
        if any(run.find(f"{W}{note}Reference") is not None for note in ("footnote", "endnote")):
            return ""
        return _POSITIONS.get(self.styles.mark(run, paragraph, "vertAlign") or "", "")

    def _is_struck(self, run: Element, paragraph: Element | None) -> bool:
        return run.tag == f"{W}r" and any(self._is_on(run, paragraph, name) for name in ("strike", "dstrike"))

    def _is_on(self, run: Element, paragraph: Element | None, name: str) -> bool:
        return self.styles.mark(run, paragraph, name) not in (None, "0", "false", "off")

    def _drop_struck(self, struck: list[str]) -> None:
        """Note what was crossed out up to here, once for runs that follow each other."""
        if text := "".join(struck).strip(SPACES):
            self.struck += 1
            self._drop(text, STRUCK)
        struck.clear()

    def _words(self, run: Element) -> Iterator[str]:
        for part in run:
            name = part.tag.removeprefix(W)
            if name == "t":
                yield part.text or ""
            elif name in ("br", "cr"):
                yield "\n"
            elif name in ("tab", "ptab"):
                yield "\u3000"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                self.left_out.append(
                    LeftOut("特殊符号", f"字体 {part.get(f'{W}font')} 的 {part.get(f'{W}char')}")
                )
            elif name in ("drawing", "pict", "object") and not any(
                True for _ in part.iter(f"{W}txbxContent")
            ):
                named = next(part.iter(_DRAWING), None)
                self.left_out.append(LeftOut("图片", (named.get("descr") or "") if named is not None else ""))

    def _table(self, table: Element, depth: int) -> None:
        rows = [list(_cells(row)) for row in table.iter(f"{W}tr")]
        nested = any(cell.find(f".//{W}tbl") is not None for row in rows for cell in row)
        if nested or max((len(row) for row in rows), default=0) < 2:
            for row in rows if not nested else [list(_cells(row)) for row in table.findall(f"{W}tr")]:
                for cell in row:
                    self.blocks(cell, depth + 1)
            return
        self.tables += 1
        self.merged += any(_span(cell) > 1 or _merge(cell) for row in rows for cell in row)
        above: dict[int, str] = {}
        cells = [[self._cell(cell) for cell in row] for row in rows]
        for row, line in zip(rows, grid_of(cells), strict=True):
            column = 0
            for cell in row:
                if column < len(line):
                    if _merge(cell) == "continue":
                        line[column] = above.get(column, "")
                    above[column] = line[column]
                column += _span(cell)
            if any(line):
                self._take(" ".join(text for text in line if text), tuple(line), table=self.tables)

    def _cell(self, cell: Element) -> MergedCell:
        texts = []
        for paragraph in cell.iter(f"{W}p"):
            number = self.numbering.next(paragraph.find(f"{W}pPr"), self.styles)
            text = self._text(paragraph).replace("\n", " ").strip(SPACES)
            texts.append(number + text if text else "")
        return MergedCell(spaced_out(" ".join(text for text in texts if text)), _span(cell))

    def _take(self, text: str, cells: tuple[str, ...], *, table: int = 0, heading: int = 0) -> None:
        self.number += 1
        self.lines.append(Line(self.number, text, False, cells, table, heading))

    def _drop(self, text: str, reason: str) -> None:
        self.changes += reason == DELETED
        if text.strip(SPACES):
            self.dropped.append(SourceLine(self.number + 1, text.strip(SPACES), reason))

    def _note_link(self, link: Element) -> None:
        address = self.links.get(link.get(f"{R}id", ""), "")
        if address:
            self.left_out.append(LeftOut("链接", "".join(_texts(link)), address))

    def read_margins(self, archive: OfficeArchive) -> None:
        """Headers and footers, which repeat on every page and are no text of the document."""
        for name in sorted(archive.names):
            part = archive.xml(name) if re.fullmatch("word/(?:header|footer)[0-9]*\\.xml", name) else None
            for text in _lines_of_margin(part) if part is not None else ():
                if text not in [line.text for line in self.dropped]:
                    self.dropped.append(SourceLine(self.number, text, MARGINS))

    def read_notes(self, archive: OfficeArchive) -> None:
        """Notes at the foot, and what was noted in the margin."""
        parts = (
            ("footnotes", "footnote", "脚注"),
            ("endnotes", "endnote", "尾注"),
            ("comments", "comment", "批注"),
        )
        for name, tag, what in parts:
            part = archive.xml(f"word/{name}.xml")
            for note in part.iter(f"{W}{tag}") if part is not None else ():
                text = "".join(_texts(note)).strip(SPACES)
                if text:
                    self.left_out.append(LeftOut(what, text))

    def read_properties(self, archive: OfficeArchive) -> None:
        """Who wrote the file: named in the report, so that nobody is surprised, and in nothing that is published."""
        core = archive.xml("docProps/core.xml")
        for one in core if core is not None else ():
            if one.tag in _CORE and one.text and one.text.strip():
                self.left_out.append(LeftOut(_CORE[one.tag], one.text.strip()))

    def doubts(self) -> list[str]:
        """What the editor must look at."""
        doubts = doubts_about(self.left_out, self.merged)
        if self.changes:
            doubts.insert(
                0,
                f"文档里有 {self.changes} 处修订没有定稿，已按“接受全部修订”导入，删去的文字列在报告里。请与定稿核对。",
            )
        notes = [thing for thing in self.left_out if thing.what in ("脚注", "尾注")]
        if notes:
            doubts.append(f"有 {len(notes)} 条脚注、尾注没有放进正文，请核对。")
        if any(thing.what == "批注" for thing in self.left_out):
            doubts.append("文档里有批注，没有带入。请确认原件是定稿。")
        symbols = sum(thing.what == "特殊符号" for thing in self.left_out)
        if symbols:
            doubts.append(f"有 {symbols} 个特殊字体的符号没有带入，请对照原件补上。")
        formulas = sum(thing.what == "公式" for thing in self.left_out)
        if formulas:
            doubts.append(f"有 {formulas} 个公式没有带入，请对照原件补上。")
        doubts += doubts_about_raised(self.unwritten, self.struck)
        return doubts


def _runs(parent: Element, depth: int) -> Iterator[Element]:
    """The runs of a paragraph in order; marks of changes and links come before what they hold."""
    for child in parent:
        name = child.tag.removeprefix(W)
        if name in ("r", "del", "moveFrom") or child.tag == _FORMULA:
            yield child
        elif name in (
            "ins",
            "moveTo",
            "hyperlink",
            "sdt",
            "sdtContent",
            "smartTag",
            "fldSimple",
            "customXml",
            _FORMULAS,
        ):
            if name in ("ins", "moveTo", "hyperlink"):
                yield child
            if depth < _DEEPEST:
                yield from _runs(child, depth + 1)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes in a paragraph: a letterhead is often one. Each is stored twice, for new and for old programs."""
    skipped = {id(box) for old in paragraph.iter(_FALLBACK) for box in old.iter(f"{W}txbxContent")}
    inner = {
        id(box)
        for outer in paragraph.iter(f"{W}txbxContent")
        for box in outer.iter(f"{W}txbxContent")
        if box is not outer
    }
    for box in paragraph.iter(f"{W}txbxContent"):
        if id(box) not in skipped | inner:
            yield box


def _lines_of_margin(part: Element) -> Iterator[str]:
    """The paragraphs of a header or a footer, those of boxes for themselves, and the words of a watermark."""
    for element in part.iter():
        if element.tag == f"{W}p":
            runs = (run for run in _runs(element, 0) if next(run.iter(f"{W}txbxContent"), None) is None)
            text = "".join(word for run in runs if run.tag == f"{W}r" for word in _texts(run))
        else:
            text = element.get("string", "") if element.tag == _WATERMARK else ""
        if text := text.strip(SPACES):
            yield text


_WATERMARK = "{urn:schemas-microsoft-com:vml}textpath"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _texts(element: Element) -> Iterator[str]:
    for part in element.iter():
        if part.tag in (f"{W}t", f"{W}delText"):
            yield part.text or ""
        elif part.tag in (f"{W}tab", f"{W}br"):
            yield " "


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from child.findall(f"{W}sdtContent/{W}tc")


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return min(max(int(value), 1), 100) if value.isdigit() and len(value) < 6 else 1


def _merge(cell: Element) -> str:
    """`restart` for the first of cells merged downwards, `continue` for the others, else nothing."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge.get(f"{W}val", "continue") if merge is not None else ""
