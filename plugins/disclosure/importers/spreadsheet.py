"""A spreadsheet (.xlsx, .csv) -> its sheets as rows of text, as a person sees them; what is no text is reported."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from plugins.disclosure.importers.imported import LeftOut
from plugins.disclosure.importers.number_format import plain_number, shown_number
from plugins.disclosure.importers.office_archive import OfficeArchive
from plugins.disclosure.importers.page_lines import SPACES
from plugins.disclosure.importers.raised import STRUCK, Position, doubts_about_raised, joined
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.readers.text_file import decode

OPTIONS = "选项"
"""The hidden sheet of our own templates: what there is to choose from."""

MARGINS = "页眉页脚"
LARGEST_BYTES = 20_000_000
_LARGEST_SHEETS = 40_000_000
_MOST_ROWS = 50_000
_MOST_COLUMNS = 300
_MOST_DIGITS = 10**15
_MOST_TOLD = 10
_POSITIONS: dict[str, Position] = {"superscript": "raised", "subscript": "lowered"}
_NO_RESULT = re.compile(rb"</f>(?!\s*<v>[^<])|<f[^>]*/>(?!\s*<v>[^<])")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as the spreadsheet numbers it, and its cells as text; `plain` are the numbers of those that show more."""

    number: int
    cells: tuple[str, ...]
    plain: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """One sheet: rows that hold something, and what must be told about it."""

    name: str
    rows: list[SheetRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_xlsx(data: bytes) -> list[Sheet]:
    """The sheets that are shown. Raises Refusal."""
    archive = OfficeArchive(data)
    _refuse_what_is_no_workbook(archive)
    without_result = sum(len(_NO_RESULT.findall(archive.read(name))) for name in _sheets_in(archive))
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
        sheets = [_read_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        hidden = [name for name in hidden if name != OPTIONS]
        author = book.properties.creator
    except Exception as fault:
        raise Refusal(
            "表格文件已经损坏或不完整，打不开。请用 Excel 或 WPS 打开，另存一份 .xlsx 再导入。",
            "The workbook is damaged. Open it in a spreadsheet program and save a copy as .xlsx.",
        ) from fault
    for sheet in sheets[:1]:
        sheet.doubts += [f"工作表“{name}”是隐藏的，没有读取。" for name in hidden]
        if without_result:
            sheet.doubts.append(
                f"有 {without_result} 个公式没有存下结果，读作空白。请用 Excel 打开、保存一次再导入。"
            )
        if author and author != "openpyxl":
            sheet.left_out.append(LeftOut("作者", str(author)))
    return [sheet for sheet in sheets if sheet.rows]


def _sheets_in(archive: OfficeArchive) -> list[str]:
    return sorted(name for name in archive.names if re.fullmatch("xl/worksheets/[^/]+\\.xml", name))


def _refuse_what_is_no_workbook(archive: OfficeArchive) -> None:
    if "xl/workbook.xml" not in archive.names:
        raise Refusal(
            "这个压缩包里没有表格。请检查扩展名，Word 文件是 .docx。",
            "There is no workbook in this archive. Check its extension; a Word file is .docx.",
        )
    size = 0
    for name in sorted(archive.names):
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name)
        size += len(part)
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise Refusal(
                "文件里有 Office 软件不会写的内容（XML 实体），可能有害，没有读取。",
                "The file holds XML entities, which no Office program writes; it may be harmful and was not read.",
            )
        if size > _LARGEST_SHEETS:
            raise Refusal(
                "表格太大，没有读取。请删去用不着的行、列和工作表，或分成几个文件。",
                "The workbook is too large. Delete rows, columns and sheets that are not needed, or divide it.",
            )


def _read_sheet(found: Any) -> Sheet:
    sheet = Sheet(str(found.title))
    if found.max_row > _MOST_ROWS or found.max_column > _MOST_COLUMNS:
        sheet.doubts.append(
            f"工作表“{sheet.name}”只读前 {_MOST_ROWS} 行、{_MOST_COLUMNS} 列；后面如果还有内容，请分成几个文件。"
        )
    merged = _merged(found)
    cells = _Cells()
    rows: dict[int, dict[int, str]] = {}
    plain: dict[int, dict[int, str]] = {}
    for (number, column), cell in sorted(found._cells.items()):  # those there are: a sheet is mostly empty
        if number > _MOST_ROWS or column > _MOST_COLUMNS:
            continue
        first = merged.get((number, column), cell)
        text = cells.text_of(first)
        if text:
            rows.setdefault(number, {})[column] = text
            if first.coordinate in cells.plain:
                plain.setdefault(number, {})[column - 1] = cells.plain[first.coordinate]
        if cell.comment:
            sheet.left_out.append(LeftOut("批注", f"{cell.coordinate}：{cell.comment.text}"))
    width = max((max(texts) for texts in rows.values()), default=0)
    sheet.rows = [
        SheetRow(
            number, tuple(texts.get(column, "") for column in range(1, width + 1)), plain.get(number, {})
        )
        for number, texts in sorted(rows.items())
    ]
    sheet.left_out += [LeftOut(STRUCK, text) for text in cells.struck.values()]
    sheet.left_out += [LeftOut(MARGINS, text) for text in _margins(found)]
    sheet.doubts += cells.doubts()
    if any(one.hidden for one in found.row_dimensions.values()):
        sheet.doubts.append(f"工作表“{sheet.name}”有隐藏的行，也读进来了，请核对能不能公开。")
    return sheet


def _merged(found: Any) -> dict[tuple[int, int], Any]:
    """For each cell below the first of a merged column: the first, whose value counts for it too."""
    cells: dict[tuple[int, int], Any] = {}
    for area in found.merged_cells.ranges:
        if area.min_col == area.max_col and area.max_row - area.min_row < _MOST_ROWS:
            first = found.cell(area.min_row, area.min_col)
            for row in range(area.min_row + 1, area.max_row + 1):
                cells[row, area.min_col] = first
    return cells


def _margins(found: Any) -> Iterator[str]:
    """What is printed above and below each page of a sheet, without the codes for its fonts and numbers."""
    for name in ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"):
        margin = getattr(found, name)
        parts = (getattr(margin, side).text for side in ("left", "center", "right"))
        texts = (re.sub("&(?:\\[[^]]*\\]|.)", "", str(text)).strip(SPACES + "\n") for text in parts if text)
        yield from filter(None, texts)


@dataclass(slots=True)
class _Cells:
    """The cells of one sheet as they are read, and what must be told about them, by their places (B2)."""

    plain: dict[str, str] = field(default_factory=dict)
    struck: dict[str, str] = field(default_factory=dict)
    unwritten: dict[str, str] = field(default_factory=dict)
    rounded: dict[str, str] = field(default_factory=dict)
    not_understood: dict[str, str] = field(default_factory=dict)
    long: dict[str, str] = field(default_factory=dict)

    def text_of(self, cell: Any) -> str:
        """What a cell shows, as an editor would write it."""
        value = cell.value
        if value is None:
            return ""
        font = _font_of(cell)
        if font is not None and font.strike:
            self.struck[cell.coordinate] = f"{cell.coordinate}：{value}"
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return str(value.date()) if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return str(value)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, int | float):
            return self._number(cell, value)
        return self._words(cell).replace("\r\n", "\n").replace("_x000D_", "").strip(SPACES + "\n")

    def _number(self, cell: Any, value: float) -> str:
        plain = plain_number(value)
        if abs(value) >= _MOST_DIGITS:
            self.long[cell.coordinate] = plain
        shown = shown_number(value, str(cell.number_format))
        if shown is None:
            self.not_understood[cell.coordinate] = (
                f"{cell.coordinate}（格式 {cell.number_format}，写成 {plain}）"
            )
            return plain
        if "%" in shown.text:
            plain = f"{round(value * 100, 10):g}%"
        if shown.text != plain:
            self.plain[cell.coordinate] = plain
        if not shown.exact:
            self.rounded[cell.coordinate] = f"{cell.coordinate}（显示 {shown.text}，存的是 {plain}）"
        return shown.text

    def _words(self, cell: Any) -> str:
        """A text, in parts where its characters are not all alike."""
        whole = _position_of(_font_of(cell))
        parts: list[tuple[str, Position]] = []
        struck = ""
        for part in cell.value if isinstance(cell.value, CellRichText) else [cell.value]:
            if isinstance(part, TextBlock) and part.font.strike:
                struck += part.text
            elif isinstance(part, TextBlock):
                parts.append((part.text, _position_of(part.font)))
            else:
                parts.append((str(part), whole))
        if struck.strip():
            self.struck[cell.coordinate] = f"{cell.coordinate}：{struck.strip()}"
        written = list(joined(parts))
        if told := [told for _, told in written if told]:
            self.unwritten[cell.coordinate] = "、".join(told)
        return "".join(text for text, _ in written)

    def doubts(self) -> Iterator[str]:
        """What the editor must look at, a line for each reason."""
        for place in self.long:
            yield f"{place} 的数超过 15 位，表格软件会把末几位变成 0，请对照原件核对。"
        for places, why in (
            (self.rounded, "格显示的数是四舍五入的，文字栏照显示的写"),
            (self.not_understood, "格的数字格式读不懂，只写了数，请对照原件补上"),
            (self.struck, f"格里{STRUCK}没有带入，请与定稿核对"),
        ):
            if places:
                yield f"有 {len(places)} {why}：{_some(places)}。"
        yield from doubts_about_raised(self.unwritten.values(), 0)


def _position_of(font: Any) -> Position:
    return _POSITIONS.get(str(font.vertAlign), "") if font is not None else ""


def _font_of(cell: Any) -> Any:
    """The font of a cell that has one of its own; most have none."""
    return cell.font if cell.has_style else None


def _some(places: Mapping[str, str]) -> str:
    """The first few, and that there are more."""
    more = f"等 {len(places)} 格" if len(places) > _MOST_TOLD else ""
    return "；".join(list(places.values())[:_MOST_TOLD]) + more


def read_csv(data: bytes, name: str) -> list[Sheet]:
    """The rows of a .csv file as one sheet. Raises Refusal."""
    found = decode(data, name, gb18030=True)
    if found.text is None:
        reasons = [(problem.message_zh + problem.hint, problem.message_en) for problem in found.problems]
        raise Refusal(" ".join(zh for zh, _ in reasons), " ".join(en for _, en in reasons))
    sheet = Sheet("", doubts=[problem.message_zh + problem.hint for problem in found.problems])
    try:
        rows = list(_rows(found.text))
    except csv.Error as fault:
        raise Refusal(
            "表格里有一处引号没有配对，后面的行读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。",
            "A quotation mark in the table is not closed. Save it as .xlsx from a spreadsheet program.",
        ) from fault
    sheet.rows = [row for row in rows if any(row.cells)]
    return [sheet] if sheet.rows else []


def _rows(text: str) -> Iterator[SheetRow]:
    first = text.partition("\n")[0]
    separator = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number, cells in enumerate(reader, start=1):
        yield SheetRow(number, tuple(cell.strip(SPACES) for cell in cells[:_MOST_COLUMNS]))
        if number >= _MOST_ROWS:
            return
