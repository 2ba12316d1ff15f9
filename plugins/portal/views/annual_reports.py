"""An annual report's parts with their tables, drawn from the data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from plugins.disclosure.annual_report import CellId, ColumnForm, RowForm, TableForm, Tables
from plugins.disclosure.annual_report_text import split_parts
from plugins.disclosure.record import Record
from plugins.portal.models import Cell, ReportPart, Table

Path = tuple[str, ...]


def report_parts(record: Record) -> tuple[ReportPart, ...]:
    """The parts of a report that has tables; none for other records, whose text stands as it is."""
    tables = record.values.get("tables")
    if not isinstance(tables, Tables):
        return ()
    texts = {
        part.form.heading if part.form else "": part.text for part in split_parts(record.body, tables.form)
    }
    parts = [ReportPart(heading="", text=texts[""])] if "" in texts else []
    for part in tables.form.parts:
        form = tables.form.table(part.table) if part.table else None
        drawn = tuple(_draw(form, tables)) if form else ()
        parts.append(ReportPart(part.heading, texts.get(part.heading, ""), drawn))
    return tuple(parts)


def _draw(form: TableForm, tables: Tables) -> list[Table]:
    """The table; where its rows have different columns, one table for each run of like rows."""
    runs = [list(rows) for _, rows in groupby(form.rows, key=lambda row: (row.columns, _outer(form, row)))]
    return [_table(form, rows, tables, alone=len(runs) == 1) for rows in runs]


def _outer(form: TableForm, row: RowForm) -> Path:
    """The heading a row's own table would carry, where the form's rows differ in columns."""
    return row.group if len({other.columns for other in form.rows}) > 1 else ()


def _table(form: TableForm, rows: Sequence[RowForm], tables: Tables, *, alone: bool) -> Table:
    caption = form.label if alone else f"{form.label}：{''.join(rows[0].group)}"
    columns = rows[0].columns
    outer: Path = (form.columns_label,) if form.columns_label else ()
    row_paths = [(*row.group, row.label) if alone else (row.label,) for row in rows]
    column_paths = [(*outer, *column.group, column.label) for column in columns]
    return Table(
        caption=caption,
        head=_column_heads(column_paths, max(map(len, row_paths))),
        body=tuple(
            (*heads, *(Cell(_figure(tables, form, row, column)) for column in columns))
            for heads, row in zip(_row_heads(row_paths), rows, strict=True)
        ),
    )


def _figure(tables: Tables, form: TableForm, row: RowForm, column: ColumnForm) -> str:
    amount = tables.at(CellId(form.key, row.key, column.key))
    return str(amount) if isinstance(amount, int) else f"{amount:f}"


def _row_heads(paths: Sequence[Path]) -> list[tuple[Cell, ...]]:
    """For each row the heads it begins: a heading shared by the rows below spans them, the last one fills up."""
    depth = max(map(len, paths))
    heads: list[tuple[Cell, ...]] = []
    for number, path in enumerate(paths):
        cells = []
        for level, text in enumerate(path):
            shared = path[: level + 1]
            if level < len(path) - 1:
                if number and paths[number - 1][: level + 1] == shared and len(paths[number - 1]) > level + 1:
                    continue
                cells.append(Cell(text, "row", rowspan=_run(paths, number, shared)))
            else:
                cells.append(Cell(text, "row", colspan=depth - level))
        heads.append(tuple(cells))
    return heads


def _column_heads(paths: Sequence[Path], corner_width: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows of column heads: shared ones span their columns, the last of a path reaches down to the body."""
    depth = max(map(len, paths))
    lines: list[list[Cell]] = [[] for _ in range(depth)]
    lines[0].append(Cell("信息内容" if depth == 1 else "项目", "col", colspan=corner_width, rowspan=depth))
    for number, path in enumerate(paths):
        for level, text in enumerate(path):
            shared = path[: level + 1]
            if level == len(path) - 1:
                lines[level].append(Cell(text, "col", rowspan=depth - level))
            elif not number or paths[number - 1][: level + 1] != shared:
                lines[level].append(Cell(text, "col", colspan=_run(paths, number, shared)))
    return tuple(tuple(line) for line in lines)


def _run(paths: Sequence[Path], start: int, shared: Path) -> int:
    """How many paths from `start` on go below `shared`."""
    length = 0
    while start + length < len(paths) and _below(paths[start + length], shared):
        length += 1
    return length


def _below(path: Path, shared: Path) -> bool:
    return len(path) > len(shared) and path[: len(shared)] == shared
