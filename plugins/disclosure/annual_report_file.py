"""Reading the tables of an annual report from an editor's YAML file, with every fault and its line.

The file has one mapping a table, one entry a row; keys are ours (`new_received`) or the words of the form, with
or without their numbers (一、本年新收政府信息公开申请数量, 予以公开). Figures are read as they are written, never
through YAML's own types, for which 007, 1_000 and no are something else:

    part2:
      rules: {made: 1, repealed: 0, valid: 11}
      permit: 447
    part3:
      new_received: [3, 0, 0, 0, 0, 0, 3]
    part4:
      review: [0, 0, 0, 0, 0]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from plugins.disclosure.annual_report import Amount, CellId, ColumnForm, Form, RowForm, TableForm, Tables
from plugins.disclosure.chinese_numerals import half_width
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.written import Entry, Items, Node, Pairs, Scalar

_COUNT = re.compile(r"0|[1-9][0-9]*")
_MONEY = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NOTHING = frozenset({"", "~", "null", "/", "／", "-", "—", "——", "无"})
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|\d+[.、．])"
)


@dataclass(frozen=True, slots=True)
class TablesFile:
    """What a tables file holds: `tables` only when every cell could be read, and the line of each cell."""

    tables: Tables | None
    lines: Mapping[CellId, int]
    problems: tuple[Problem, ...]


def read_tables(text: str, file: str, form: Form) -> TablesFile:
    """The tables of a report in `form`, with all faults at once. `file` is the name shown in problems."""
    names = {name for table in form.tables for name in (table.key, table.label, *table.aliases)}
    entries, problems = read_entries(text.splitlines(), 1, file, names)
    sheet = _Sheet(file, problems=problems)
    if entries:
        found = sheet.pick(entries, form.tables, "表", "table")
        for table in form.tables:
            if (node := found.get(table.key)) is not None:
                _read_table(sheet, table, node)
    elif not problems:
        en = "There are no tables in the file. Write part2, part3 and part4."
        sheet.fault(None, None, "ar.bad-file", "文件里没有表格。", en, "请写 part2、part3、part4 三张表。")
    whole = not sheet.problems
    return TablesFile(Tables(form, sheet.figures) if whole else None, sheet.lines, tuple(sheet.problems))


@dataclass(slots=True)
class _Sheet:
    """What has been read so far."""

    file: str
    figures: dict[CellId, Amount] = field(default_factory=dict)
    lines: dict[CellId, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int | None, name: str | None, code: str, zh: str, en: str, hint: str = "") -> None:
        self.problems.append(error(self.file, line, name, code, zh, en, hint))

    def pick(
        self,
        entries: Sequence[Entry],
        forms: Sequence[TableForm] | Sequence[RowForm] | Sequence[ColumnForm],
        what_zh: str,
        what_en: str,
        inside: str | None = None,
        line: int | None = None,
    ) -> dict[str, Node]:
        """The entries by the keys of `forms`; reports unknown, repeated and missing ones."""
        names = {name: form for form in forms for name in _names(form)}
        found: dict[str, Node | None] = {}
        for entry in entries:
            form = names.get(_norm(entry.name)) or names.get(_unnumbered(entry.name))
            if form is None:
                self.fault(
                    entry.line,
                    entry.name,
                    "ar.unknown-entry",
                    f"没有这一{what_zh}。",
                    f"There is no such {what_en}. There are: {', '.join(form.key for form in forms)}.",
                    f"可以写：{'、'.join(form.label for form in forms)}。",
                )
            elif form.key in found:
                self.fault(
                    entry.line,
                    entry.name,
                    "ar.repeated-entry",
                    f"同一{what_zh}写了两次。",
                    f"This {what_en} stands twice. Delete one of them.",
                    "请删去多余的一处。",
                )
            else:
                found[form.key] = entry.node
        if missing := [form for form in forms if form.key not in found]:
            self.fault(
                line,
                inside,
                "ar.missing-entry",
                f"缺少{what_zh}：{'、'.join(f'“{form.label}”' for form in missing)}。",
                f"Missing {what_en}: {', '.join(form.label_en for form in missing)}. "
                "Add it, with 0 where nothing happened.",
                "请补上；没有发生的填 0。",
            )
        return {key: node for key, node in found.items() if node is not None}


def _read_table(sheet: _Sheet, table: TableForm, node: Node) -> None:
    rows_node = _without_columns(sheet, table, node)
    if not isinstance(rows_node, Pairs):
        sheet.fault(
            node.line,
            table.label,
            "ar.bad-table",
            "没有按“行：数”的样子写。",
            f"Not written as rows. For example: {table.rows[0].key}: {_example(table.rows[0])}.",
            f"例如 {table.rows[0].key}: {_example(table.rows[0])}",
        )
        return
    found = sheet.pick(rows_node.entries, table.rows, "行", "row", table.label, rows_node.line)
    for row in table.rows:
        if (row_node := found.get(row.key)) is not None:
            _read_row(sheet, table, row, row_node)


def _without_columns(sheet: _Sheet, table: TableForm, node: Node) -> Node | None:
    """The rows of a table written as `{columns: [...], rows: {...}}`; any other node as it is.

    The columns are then a reminder of the order, and must be the form's.
    """
    if not isinstance(node, Pairs):
        return node
    entries = {entry.name: entry.node for entry in node.entries}
    if "rows" not in entries or set(entries) - {"rows", "columns"}:
        return node
    columns = entries.get("columns")
    if columns is not None and not _are_columns(columns, table):
        sheet.fault(
            columns.line,
            table.label,
            "ar.wrong-columns",
            "列名或列的顺序与格式不同。",
            "The columns are not those of the form, in its order. Delete this line, or write it like the form.",
            f"请写成 [{', '.join(column.key for column in table.columns)}]，或者删去这一行。",
        )
    return entries["rows"]


def _are_columns(node: Node, table: TableForm) -> bool:
    """Whether a list names the columns of a table, in its order."""
    names = {name: column for column in table.columns for name in _names(column)}
    written = node.items if isinstance(node, Items) else ()
    named = [names.get(_norm(item.text)) for item in written if isinstance(item, Scalar)]
    return named == list(table.columns)


def _read_row(sheet: _Sheet, table: TableForm, row: RowForm, node: Node) -> None:
    cells: list[tuple[ColumnForm, Node]]
    match node:
        case Pairs():
            found = sheet.pick(node.entries, row.columns, "列", "column", row.name, node.line)
            cells = [(column, found[column.key]) for column in row.columns if column.key in found]
        case Items() if len(node.items) == len(row.columns):
            cells = list(zip(row.columns, node.items, strict=True))
        case Scalar() if len(row.columns) == 1:
            cells = [(row.columns[0], node)]
        case _:
            there = len(node.items) if isinstance(node, Items) else 1
            sheet.fault(
                node.line,
                row.name,
                "ar.wrong-count",
                f"有 {there} 个数，应当有 {len(row.columns)} 个："
                f"{'、'.join(column.label for column in row.columns)}。",
                f"There are {there} figures; there must be {len(row.columns)}: "
                f"{', '.join(column.label_en for column in row.columns)}. Write no commas within a figure.",
                f"请写成 {_example(row)}；数里不要加逗号。",
            )
            return
    for column, cell_node in cells:
        cell = CellId(table.key, row.key, column.key)
        sheet.lines[cell] = cell_node.line
        amount = _read_amount(sheet, f"{row.name}／{column.label}", column, cell_node)
        if amount is not None:
            sheet.figures[cell] = amount


def _read_amount(sheet: _Sheet, name: str, column: ColumnForm, node: Node) -> Amount | None:
    if not isinstance(node, Scalar):
        en = "This is not a figure. Write one, for example 0."
        sheet.fault(node.line, name, "ar.nonneg", "不是一个数。", en, "请填一个数，例如 0。")
        return None
    written = node.text.strip()
    if written in _NOTHING:
        zh, en = (
            ("空着。", "Empty.")
            if written in ("", "~", "null")
            else (f"写作“{written}”。", f'Is "{written}".')
        )
        sheet.fault(node.line, name, "ar.no-blank", zh, f"{en} Write 0.", "没有发生的请填 0。")
        return None
    if (_MONEY if column.decimal else _COUNT).fullmatch(written):
        return Decimal(written) if column.decimal else int(written)
    wanted_zh, wanted_en = (
        ("不小于 0 的数", "a number not below 0")
        if column.decimal
        else ("不小于 0 的整数", "a whole number not below 0")
    )
    sheet.fault(
        node.line,
        name,
        "ar.nonneg",
        f"写作“{written}”，应当是{wanted_zh}。",
        f'Is "{written}"; it must be {wanted_en}, for example {_mended(written, column) or 12}.',
        f"请写成 {_mended(written, column) or '12 的样子'}。",
    )
    return None


def _mended(written: str, column: ColumnForm) -> str:
    """The number somebody meant by `３,１１９件` or `1,234.50万元`, or nothing when it is not plain."""
    plain = re.sub(r"[\s,，_]|件$|万元$", "", half_width(written).replace("．", "."))
    plain = re.sub(r"^0+(?=\d)", "", plain)
    return plain if (_MONEY if column.decimal else _COUNT).fullmatch(plain) else ""


def _example(row: RowForm) -> str:
    return "0" if len(row.columns) == 1 else f"[{', '.join('0' for _ in row.columns)}]"


def _names(form: TableForm | RowForm | ColumnForm) -> set[str]:
    written = {form.key, form.label, *form.aliases}
    return {_norm(name) for name in written} | {_unnumbered(name) for name in written}


def _norm(text: str) -> str:
    return re.sub(r"\s", "", text)


def _unnumbered(text: str) -> str:
    return _NUMBERING.sub("", _norm(text))
