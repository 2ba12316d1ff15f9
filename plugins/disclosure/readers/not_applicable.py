"""content/not_applicable.csv: which duties do not concern which organs, and why (机构, 事项, 理由)."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.profile import Obligation, Regime
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.csv_rows import Row, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.values import Values, names_of, read_values
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.readers.written import Entry, Place, Scalar

FILE = "not_applicable.csv"

COLUMNS = (
    Field("organ", "机构", "Organ", "organ", "required", example="霁川市财政局"),
    Field("obligation", "事项", "Duty", "text", "required", example="行政处罚"),
    Field("reason", "理由", "Reason", "text", "required", example="本机关没有行政处罚职权。"),
)


def read_not_applicable(file: FoundFile, around: Around) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    """The reasons by organ id and obligation id. A row without a reason counts for nothing and is reported."""
    table = read_table(file)
    names = names_of(COLUMNS)
    problems = [*table.problems, *_heading_problems(table.heading, file.name)]
    found: dict[tuple[str, str], str] = {}
    present = {names[cell].key for cell in table.heading.cells if cell in names}
    if len(present) < len(COLUMNS):
        return found, problems
    for row in table.rows:
        cells = zip(table.heading.cells, row.cells, strict=False)
        entries = [Entry(name, row.number, Scalar(cell, row.number)) for name, cell in cells if name in names]
        read = read_values(entries, COLUMNS, Place(file.name, row.number), around)
        problems.extend(read.problems)
        problems.extend(_note(read, row, file.name, around.regime, found))
    return found, problems


def _note(
    read: Values, row: Row, file: str, regime: Regime | None, found: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    if len(read.values) < len(COLUMNS):
        return
    written = read.values["obligation"]
    duty = _obligation(written, regime)
    if regime is not None and duty is None:
        yield _no_such_duty(file, row.number, written, regime)
        return
    key = (read.values["organ"], duty.id if duty else written)
    if key in found:
        yield _twice(file, row.number)
    found[key] = read.values["reason"]


def _obligation(text: str, regime: Regime | None) -> Obligation | None:
    if regime is None:
        return None
    duties = (duty for profile in reversed(regime.profiles) for duty in profile.obligations)
    return next((duty for duty in duties if text in (duty.id, duty.label)), None)


def _heading_problems(heading: Row, file: str) -> Iterator[Problem]:
    names = names_of(COLUMNS)
    if not heading.cells:
        return
    present = {names[cell].key for cell in heading.cells if cell in names}
    for column in COLUMNS:
        if column.key not in present:
            yield error(
                file,
                heading.number,
                column.label,
                "csv.missing-column",
                "表头里没有这一列，各行都没有读。",
                "The heading has no such column, so no row was read. Write the heading 机构,事项,理由 (organ, duty, reason).",
                "表头请写成 机构,事项,理由",
            )
    for cell in heading.cells:
        if cell and cell not in names:
            zh, en = f"没有{quoted(cell)}这一列。", f"There is no column {quoted_en(cell)}."
            yield error(
                file,
                heading.number,
                cell,
                "csv.unknown-column",
                zh,
                f"{en} There are: 机构, 事项, 理由 (organ, obligation, reason).",
                "请只留机构、事项、理由三列。",
            )


def _no_such_duty(file: str, line: int, written: str, regime: Regime) -> Problem:
    labels = [duty.label for profile in reversed(regime.profiles) for duty in profile.obligations]
    near = nearest(written, labels) or labels[0]
    return error(
        file,
        line,
        "事项",
        "not-applicable.no-such-duty",
        f"写作{quoted(written)}，现行规则里没有这个事项。",
        f"{quoted_en(written)} is no duty of the rules in force. Write its name, for example {near}.",
        f"请写事项的名称，例如 {near}；各事项的名称见网站的“公开完整性”页。",
    )


def _twice(file: str, line: int) -> Problem:
    return error(
        file,
        line,
        "事项",
        "not-applicable.twice",
        "这个机构的这个事项前面已经写过。",
        "This duty of this organ stands in a row above already. Delete one of the two.",
        "请删去一行。",
    )
