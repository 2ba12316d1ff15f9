"""What each organ owes every year, and has: a page for each kind that asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from plugins.disclosure.kinds import Kind, Matrix
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import FieldTable, LedgerPage, Link, Shown
from plugins.portal.views.desk import Desk


def matrix_pages(desk: Desk) -> Iterator[LedgerPage]:
    """The page of every kind that has one."""
    for kind in _with_matrix(desk):
        if kind.matrix is not None:
            yield _matrix_page(desk, kind, kind.matrix)


def matrix_links(desk: Desk, kinds: Sequence[str] | None = None) -> list[Link]:
    """To those pages; with `kinds`, to theirs."""
    return [
        Link(_matrix_label(kind), addresses.ledger(kind.id))
        for kind in _with_matrix(desk)
        if kinds is None or kind.id in kinds
    ]


def _with_matrix(desk: Desk) -> list[Kind]:
    return [kind for kind in desk.catalog.kinds.values() if kind.matrix and desk.catalog.of_kind(kind.id)]


def _matrix_label(kind: Kind) -> str:
    return f"各机关各年度{kind.label}公开情况"


def _matrix_page(desk: Desk, kind: Kind, matrix: Matrix) -> LedgerPage:
    """Organs down, years across; what is missing is said by name."""
    there: dict[tuple[str, int, str], Record] = {}
    for record in desk.catalog.of_kind(kind.id):
        there[record.issuer, record.values.get(matrix.year, 0), str(record.values.get(matrix.by))] = record
    years = sorted({year for _, year, _ in there if year}, reverse=True)
    rows, unlisted = [], []
    missing = 0
    for organ in desk.catalog.organs:
        owed = matrix.expected.get(str(organ.values.get("category")), {})
        cells = [_matrix_cell(desk, kind, matrix, there, organ.id, year, owed) for year in years]
        if not any(cell.address for cell in cells):
            unlisted += [(Shown(organ.title, addresses.record(organ.key)),)] if owed else []
            continue
        missing += sum(cell.text.count("缺") for cell in cells)
        rows.append((Shown(organ.title, addresses.record(organ.key)), *cells))
    columns = (("organ", "机关"), *((str(year), f"{year}年度") for year in years))
    head = desk.head(
        addresses.ledger(kind.id),
        _matrix_label(kind),
        f"各机关各年度应当公开的{kind.label}，有的、缺的和尚未到期的。",
    )
    intro = (
        f"“缺”是那一年应当公开而没有的，共 {missing} 项；“尚未公开”是今年应当公开、年内还没有的；"
        "“见文字信息”是没有按年度登记、而栏目里有文字形式的内容，点击可以打开。"
    )
    tables = [FieldTable("matrix", f"{kind.label}（按机关和年度）", columns, tuple(rows))]
    if unlisted:
        note = f"这些机关没有一条“{kind.label}”按年度登记，栏目里也没有找到标题写明年度的文字信息，上表不能判断。"
        tables.append(
            FieldTable("unlisted", "没有按年度登记的机关", (("organ", "机关"),), tuple(unlisted), note=note)
        )
    tables += [
        _figures(desk, kind, matrix, key, there, years)
        for key in matrix.figures
        if any(key in r.values for r in there.values())
    ]
    return LedgerPage(head, intro, tuple(tables))


def _figures(
    desk: Desk,
    kind: Kind,
    matrix: Matrix,
    key: str,
    there: Mapping[tuple[str, int, str], Record],
    years: Sequence[int],
) -> FieldTable:
    """One number by organ and year, for each term that has it."""
    field = kind.field(key)
    label = field.label if field else key
    rows = []
    for organ in desk.catalog.organs:
        terms = {term: None for id_, _, term in there if id_ == organ.id}
        for term in terms:
            found = [there.get((organ.id, year, term)) for year in years]
            if any(record is not None and key in record.values for record in found):
                name = Shown(organ.title, addresses.record(organ.key))
                cells = [
                    Shown(str(r.values[key]), addresses.record(r.key))
                    if r and key in r.values
                    else Shown("—")
                    for r in found
                ]
                rows.append((name, Shown(desk.label(_vocabulary(desk, there, matrix), term)), *cells))
    columns = (("organ", "机关"), ("term", "类别"), *((str(year), f"{year}年度") for year in years))
    figures = tuple(map(str, years))
    return FieldTable(f"figures-{key}", f"各机关各年度{label}", columns, tuple(rows), figures=figures)


def _matrix_cell(
    desk: Desk,
    kind: Kind,
    matrix: Matrix,
    there: Mapping[tuple[str, int, str], Record],
    organ: str,
    year: int,
    owed: Mapping[str, int],
) -> Shown:
    said, found = [], None
    vocabulary = _vocabulary(desk, there, matrix)
    for term, later in owed.items():
        record = there.get((organ, year, term))
        text = None if record else _in_words(desk, kind, organ, year, matrix.words.get(term, ""))
        found = record or found or text
        label = desk.label(vocabulary, term)
        if record is not None:
            said.append(f"有{label}")
        elif text is not None:
            said.append(f"{label}见文字信息")
        elif year + later < desk.catalog.today.year:
            said.append(f"缺{label}")
        elif year + later == desk.catalog.today.year:
            said.append(f"{label}尚未公开")
    return Shown("；".join(said) or "—", addresses.record(found.key) if found else "")


def _in_words(desk: Desk, kind: Kind, organ: str, year: int, word: str) -> Record | None:
    """Other information of the section, by that organ, whose title has the year and the word; the newest."""
    named = re.compile(f"{year}年(?:度|市级|财政|县级|区级)*{re.escape(word)}")
    records = desk.by_organ_and_section.get((organ, kind.section), []) if word else []
    return next((r for r in reversed(records) if r.kind != kind.id and named.search(r.title)), None)


def _vocabulary(desk: Desk, there: Mapping[tuple[str, int, str], Record], matrix: Matrix) -> str:
    field = desk.catalog.kind(next(iter(there.values()))).field(matrix.by)
    return (field.vocabulary or matrix.by) if field else matrix.by
