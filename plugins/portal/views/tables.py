"""Tables of a record's own fields, and what is drawn from them: steps with a flow chart, bars, lists to tick off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from plugins.disclosure.derived import Worked, is_asked, is_filled, read_span, work_out
from plugins.disclosure.kind_checks import Over, Span
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.record import Record
from plugins.disclosure.source import Source
from plugins.portal import addresses
from plugins.portal.models import (
    Bar,
    Chart,
    ChecklistPage,
    ClockFace,
    Entry,
    FieldTable,
    Flow,
    FlowBox,
    FlowLine,
    Link,
    Shown,
)
from plugins.portal.views.desk import Desk

FLOW_WIDTH = 360
BOX_PADDING = 14
LINE = 24
GAP = 34
SIGNS_A_LINE = 20
"""How many Chinese signs of 16 units stand in a box of the flow chart."""


def field_tables(desk: Desk, record: Record) -> tuple[FieldTable, ...]:
    """The tables of a record, in the order of its kind; empty ones are left out."""
    fields = [f for f in desk.catalog.kind(record).fields if f.type == "table" and f.public]
    found: list[FieldTable] = []
    for field in fields:
        if rows := record.values.get(field.key):
            found.append(_table(desk, field, rows))
        if field.compare and (before := desk.catalog.related(record, field.compare, outgoing=True)):
            found.append(_difference(desk, field, before[0], record))
    return tuple(found)


def derived_entries(desk: Desk, record: Record) -> tuple[Entry, ...]:
    """The values worked out from the record's fields, but for those that are no news to readers."""
    return tuple(
        Entry(worked.derived.key, worked.derived.label, (Shown(worked.text),))
        for worked in _worked(desk, record)
        if worked.derived.show != "none"
    )


def span_faces(desk: Desk, record: Record) -> tuple[ClockFace, ...]:
    """Limits in days and hours between two fields of the record, each with how it was counted and the clause.

    What rests on no rule but our own advice reminds editors, and is not held against an office in public.
    """
    kind = desk.catalog.kind(record)
    faces = []
    for check in kind.checks:
        rule = check.rule
        if check.source is not None and check.source.evidence == "proposal":
            continue
        if isinstance(rule, Over) and is_asked(record, check) and not _is_spanned(kind, record, rule):
            faces += _over_face(desk, record, rule, check.source)
        if not isinstance(rule, Span) or (found := read_span(record, rule)) is None:
            continue
        fields = (kind.field(rule.start), kind.field(rule.end))
        if not is_asked(record, check) or None in fields:
            continue
        start, end = (desk.entry(record, field) for field in fields if field is not None)
        if start is None or end is None:
            continue
        unit = "天" if rule.unit == "days" else "小时"
        limits = [f"不少于 {rule.at_least} {unit}"] if rule.at_least is not None else []
        limits += [f"不超过 {rule.at_most} {unit}"] if rule.at_most is not None else []
        kept = not (found.too_short or found.too_long)
        verdict = "符合" if kept else "不符合"
        period = f"从 {start.values[0].text} 到 {end.values[0].text} 是 {found.said}"
        said = f"{period}，{'，'.join(limits)}，{verdict}。"
        label = f"{start.label}至{end.label}"
        faces.append(ClockFace(label, "in_time" if kept else "late", said, str(check.source or "")))
    return tuple(faces)


def _is_spanned(kind: Kind, record: Record, rule: Over) -> bool:
    """Whether another check shows the time between the same two days already."""
    pairs = [(c.rule.start, c.rule.end) for c in kind.checks if isinstance(c.rule, Span)]
    return (rule.day, rule.field) in pairs and is_filled(record.values.get(rule.field))


def _over_face(desk: Desk, record: Record, rule: Over, source: Source | None) -> list[ClockFace]:
    """What has to follow a day within so many days: kept, missed, or still running; none for what has no day."""
    kind, day = desk.catalog.kind(record), record.values.get(rule.day)
    start, wanted = kind.field(rule.day), kind.field(rule.field)
    if day is None or day > desk.catalog.today or start is None or wanted is None or not rule.days:
        return []
    due, done, today = day + timedelta(days=rule.days), record.values.get(rule.field), desk.catalog.today
    counted = f"从{start.label} {day} 的第二天起 {rule.days} 天，到 {due} 为止"
    if isinstance(done, date):
        kept = done <= due
        said, state = (
            f"{counted}；{done} 已{wanted.label.removesuffix('日期')}。",
            "in_time" if kept else "late",
        )
    elif is_filled(done):
        return []
    elif today <= due:
        left = (due - today).days
        said, state = f"{counted}，{f'还有 {left} 天' if left else '今天是最后一天'}。", "running"
    else:
        said, state = f"{counted}，已经过了 {(today - due).days} 天，还没有填写{wanted.label}。", "overdue"
    return [ClockFace(f"{wanted.label}（{start.label}后 {rule.days} 天）", state, said, str(source or ""))]


def target_chart(desk: Desk, record: Record) -> Chart | None:
    """Shares held against their targets; None where the kind has none."""
    found = [worked for worked in _worked(desk, record) if worked.derived.target is not None]
    if not found:
        return None
    bars = tuple(
        Bar(w.derived.label, f"{w.number}%", str(min(w.number, Decimal(100))), str(w.derived.target))
        for w in found
    )
    return Chart("各项占比与目标", ("项目", "占比", "目标"), bars)


def checklist_page(desk: Desk, record: Record) -> ChecklistPage | None:
    """What to bring and where to go, to be printed and handed over; None where the kind has no such page."""
    kind = desk.catalog.kind(record)
    tables = tuple(t for t in field_tables(desk, record) if t.draw == "checklist")
    if not kind.checklist or not tables:
        return None
    fields = [field for key in kind.checklist if (field := kind.field(key)) is not None]
    section = desk.catalog.section(record)
    head = desk.head(
        addresses.checklist(record.key),
        "一次性告知书",
        f"{record.title}：需要提交的材料、办理地点、时间和电话，可以打印后逐项核对。",
        (*desk.section_trail(section), desk.record_link(record)),
        metas=desk.metas(section),
        within=record.title,
        current=desk.top_of(section),
    )
    entries = tuple(entry for field in fields if (entry := desk.entry(record, field)) is not None)
    return ChecklistPage(
        head, record.title, desk.record_link(record), desk.organ_link(record.issuer), entries, tables
    )


def checklist_link(desk: Desk, record: Record) -> Link | None:
    """To the page to print, where there is one."""
    kind = desk.catalog.kind(record)
    drawn = any(f.draw == "checklist" and record.values.get(f.key) for f in kind.fields)
    return (
        Link("一次性告知书（可打印）", addresses.checklist(record.key)) if kind.checklist and drawn else None
    )


def wrapped(text: str, signs: int) -> list[str]:
    """Text in lines of at most so many Chinese signs; a Latin letter or digit counts half."""
    lines, width = [""], 0.0
    for sign in text:
        wide = 0.5 if sign.isascii() else 1.0
        if width + wide > signs and sign not in "，。、；：）》”":
            lines.append("")
            width = 0.0
        lines[-1] += sign
        width += wide
    return lines


def _worked(desk: Desk, record: Record) -> list[Worked]:
    derived = desk.catalog.kind(record).derived
    return [worked for one in derived if (worked := work_out(record, one)) is not None]


def _table(desk: Desk, field: Field, rows: tuple[Mapping[str, Any], ...]) -> FieldTable:
    columns = [column for column in field.columns if any(row.get(column.key) is not None for row in rows)]
    cells = tuple(tuple(shown_cell(desk, column, row.get(column.key)) for column in columns) for row in rows)
    return FieldTable(
        key=field.key,
        caption=field.label,
        columns=tuple((column.key, column.label) for column in columns),
        rows=cells,
        draw=field.draw,
        flow=_flow(columns, cells) if field.draw == "steps" else None,
        chart=_bars(field, columns, rows, cells) if field.draw == "bars" else None,
        figures=tuple(column.key for column in columns if column.type in ("integer", "decimal")),
    )


def _difference(desk: Desk, field: Field, before: Record, after: Record) -> FieldTable:
    """What came, went and changed between two editions of a table, by the first column."""
    name, *others = field.columns
    old, new = ({row[name.key]: row for row in one.values.get(field.key, ())} for one in (before, after))
    rows = [(key, "新增", "") for key in new if key not in old]
    rows += [(key, "不再列入", "") for key in old if key not in new]
    for key in new:
        if key in old:
            pairs = [(c, old[key].get(c.key), new[key].get(c.key)) for c in others]
            told = [
                f"{c.label}：{shown_cell(desk, c, one).text or '无'} → {shown_cell(desk, c, other).text or '无'}"
                for c, one, other in pairs
                if one != other
            ]
            rows += [(key, "改动", "；".join(told))] if told else []
    cells = tuple((shown_cell(desk, name, key), Shown(change), Shown(told)) for key, change, told in rows)
    caption = f"与{before.marked_title}的不同（{len(rows)} 处）"
    columns = ((name.key, name.label), ("change", "变化"), ("told", "改动内容"))
    return FieldTable(
        f"{field.key}-difference", caption, columns, cells, note=_last_again(desk, field, before, after)
    )


def _last_again(desk: Desk, field: Field, before: Record, after: Record) -> str:
    """Who came last both times, where the rows have places."""
    if not field.rank:
        return ""
    name = field.columns[0]
    last = [_last(one.values.get(field.key, ()), name.key, field.rank) for one in (before, after)]
    again = [shown_cell(desk, name, value).text for value in last[1] if value in last[0]]
    return f"连续两次排名末位：{'、'.join(again)}。" if again else "没有连续两次排名末位的单位。"


def _last(rows: tuple[Mapping[str, Any], ...], name: str, rank: str) -> list[Any]:
    lowest = max((row[rank] for row in rows if rank in row), default=None)
    return [row[name] for row in rows if lowest is not None and row.get(rank) == lowest]


def shown_cell(desk: Desk, column: Field, value: Any) -> Shown:
    """A cell of a field that is a table, as readers see it."""
    if value is None:
        return Shown("")
    values = value if isinstance(value, tuple) else (value,)
    shown = [desk.shown(column, one) for one in values]
    return shown[0] if len(shown) == 1 else Shown("；".join(one.text for one in shown))


def _flow(columns: list[Field], rows: tuple[tuple[Shown, ...], ...]) -> Flow:
    """Boxes one below the other: the name of the step, and below it all that is short."""
    short = [at for at, column in enumerate(columns) if at and column.type != "long_text"]
    boxes = []
    top = 2
    for number, row in enumerate(rows, 1):
        name = wrapped(f"{number}. {row[0].text}", SIGNS_A_LINE)
        notes = [line for at in short if row[at].text for line in wrapped(row[at].text, SIGNS_A_LINE)]
        baseline = top + BOX_PADDING + 12
        lines = [
            FlowLine(text, baseline + LINE * at, at < len(name)) for at, text in enumerate([*name, *notes])
        ]
        height = BOX_PADDING * 2 + LINE * len(lines) - 8
        boxes.append(FlowBox(top, height, tuple(lines)))
        top += height + GAP
    return Flow(FLOW_WIDTH, top - GAP + 2, GAP, tuple(boxes))


def _bars(
    field: Field,
    columns: list[Field],
    rows: tuple[Mapping[str, Any], ...],
    cells: tuple[tuple[Shown, ...], ...],
) -> Chart | None:
    """The last column of each row, as long as it is large; None where it is not a number throughout."""
    numbers = [row.get(columns[-1].key) for row in rows]
    if len(columns) < 2 or not all(isinstance(number, int | Decimal) for number in numbers):
        return None
    sizes = [Decimal(number) for number in numbers if number is not None]
    largest = max([*sizes, Decimal(1)])
    bars = tuple(
        Bar(
            "".join(cell.text for cell in row[:-1][:1]),
            row[-1].text,
            str((max(size, Decimal()) * 100 / largest).quantize(Decimal("0.1"))),
        )
        for row, size in zip(cells, sizes, strict=True)
    )
    return Chart(field.label, (columns[0].label, columns[-1].label), bars)
