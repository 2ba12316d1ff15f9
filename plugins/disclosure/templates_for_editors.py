"""A new record for an editor to fill in: every field with its label, its help and an example.

Unfilled it is reported field by field; filled in, the readers take it. What the day or the vocabulary settles
is filled in already.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plugins.disclosure.annual_report import Form, TableForm, form_of_year
from plugins.disclosure.content import ORGANS_FILE
from plugins.disclosure.kinds import Field, Kind, load_kinds
from plugins.disclosure.readers.csv_rows import BODY_NAMES, ID_NAMES, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.markdown_file import ID
from plugins.disclosure.readers.report_tables import EXTENSION, UNFILLED
from plugins.disclosure.readers.values import table_example
from plugins.disclosure.readers.wording import nearest
from plugins.disclosure.review_gate import ORGAN
from plugins.disclosure.vocabulary import load_vocabularies

NEEDS = (
    ("required", "必填：不填不能发布"),
    ("expected", "应填：不填会提醒"),
    ("optional", "可不填：没有的留空或删去整行"),
)
_MOST_WORDS = 30
_ORGAN_NAMES = (*ID_NAMES, "机构全称", "机构简称", "name", "short_name")


class NoTemplate(Exception):
    """No new file could be made. The messages say what to do instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.message_zh = zh
        self.message_en = en


def write_new(kind_id: str, content: Path, today: date, id_: str | None = None, issuer: str = "") -> Path:
    """Write a new record of a kind for somebody to fill in, and return its file. Nothing is written over.

    `id_` is the file's name; the next free `2026-0001` of the year unless given. `issuer` is filled in as
    发布机构. An annual report gets a second file beside it for its tables.
    Raises NoTemplate for an unknown kind or organ, a bad or used id, and organs, which are rows of one file.
    """
    kind = _kind(kind_id)
    if kind.id == ORGAN:
        return _organs_file(content, kind)
    _ask_issuer(content, issuer)
    folder = content / kind.id
    id_ = _next_id(folder, today) if id_ is None else _free_id(folder, id_)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id_}.md"
    year = today.year - 1
    tables = any(field.type == "report_tables" for field in kind.fields)
    form = form_of_year(year) if tables else None
    if form is not None and form.tables:
        write(path.with_suffix(EXTENSION), tables_template(form))
    write(path, markdown_template(kind, today, issuer, id_, form))
    return path


def markdown_template(
    kind: Kind, today: date, issuer: str = "", id_: str = "", form: Form | None = None
) -> str:
    """The text of a new Markdown record. `form` is that of a report on the year before `today`."""
    known = _known_values(kind, today, issuer, id_, form)
    lines = ["---", f"# {kind.label}。{kind.summary}{kind.note}"]
    lines.append("# 以 # 开头的行是说明，不会公开。冒号后面留一个空格再写内容。")
    for need, heading in NEEDS:
        fields = [field for field in kind.fields if field.need == need]
        if fields:
            lines += ["#", f"# ==== {heading} ===="]
            lines += [line for field in fields for line in entry(field, known.get(field.key, ""))]
    body = [f"## {part.heading}\n" for part in form.parts] if form else []
    return "\n".join([*lines, "---", "", *body]) + ("" if body else "\n")


def csv_template(kind: Kind) -> str:
    """The heading of a spreadsheet of this kind, with the byte-order mark that Chinese spreadsheets look for."""
    body = [] if kind.body == "none" else [BODY_NAMES[0]]
    text = io.StringIO()
    csv.writer(text).writerow([ID_NAMES[0], *(field.label for field in kind.fields), *body])
    return "\ufeff" + text.getvalue()


def tables_template(form: Form) -> str:
    """The tables of a report with every figure open."""
    lines = [f"# {form.label}。每个 {UNFILLED} 换成一个数，没有发生的填 0；# 后面是说明。"]
    for table in form.tables:
        lines += ["", f"{table.key}: # {table.label}", *_table_rows(table)]
    return "\n".join(lines) + "\n"


def _table_rows(table: TableForm) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for row in table.rows:
        labels = tuple(column.label for column in row.columns)
        if labels != before:
            yield f"  # 依次为：{'、'.join(labels)}"
        before = labels
        cells = ", ".join(UNFILLED for _ in labels)
        yield f"  {row.key}: {f'[{cells}]' if len(labels) > 1 else cells} # {row.name}"


def _ask_issuer(content: Path, issuer: str) -> None:
    """Refuse an organ that organs.csv does not name."""
    path = content / ORGANS_FILE
    if not issuer or not path.is_file():
        return
    table = read_table(FoundFile(path, ORGANS_FILE))
    columns = [place for place, name in enumerate(table.heading.cells) if name in _ORGAN_NAMES]
    names = [row.cells[place] for row in table.rows for place in columns if place < len(row.cells)]
    if issuer not in names:
        near = nearest(issuer, filter(None, names))
        raise NoTemplate(
            f"机构名录 organs.csv 里没有“{issuer}”。{f'是不是“{near}”？' if near else '请写名录里的编号或全称。'}",
            f'organs.csv has no "{issuer}".{f" Did you mean {near}?" if near else " Write an id or a full name."}',
        )


def entry(field: Field, value: str) -> Iterator[str]:
    """The line of a value, under a line that explains it."""
    example = field.example or table_example(field)
    explained = "".join((field.help, _allowed(field), _columns(field), f"例如：{example}" if example else ""))
    if explained:
        yield f"# {explained}"
    yield f"{field.label}: {value}"


def _allowed(field: Field) -> str:
    if field.type != "choice" or field.vocabulary is None:
        return ""
    labels = [term.label for term in load_vocabularies()[field.vocabulary].terms]
    return f"可以写：{'、'.join(labels)}。" if len(labels) <= _MOST_WORDS else ""


def _columns(field: Field) -> str:
    if not field.columns:
        return ""
    labels = "｜".join(column.label for column in field.columns)
    return f"几条之间用分号，各列之间用竖线，依次是：{labels}。条目多的，冒号后面只写一个 |，下面每行一条，行首空两格。"


def _known_values(kind: Kind, today: date, issuer: str, id_: str, form: Form | None) -> dict[str, str]:
    """What need not be asked: the day, the one form of disclosure there is, the year of a report."""
    known = {"published_on": str(today), "issuer": issuer}
    known |= {
        field.key: field.example
        for field in kind.fields
        if field.vocabulary == "disclosure" and field.type == "choice"
    }
    if form is not None:
        known |= {"report_year": str(today.year - 1)}
        known |= {field.key: f"{id_}{EXTENSION}" for field in kind.fields if field.type == "report_tables"}
    return known


def _kind(kind_id: str) -> Kind:
    kinds = load_kinds()
    by_name = {name: kind for kind in kinds.values() for name in (kind.id, kind.label)}
    if kind_id in by_name:
        return by_name[kind_id]
    holding = [kind for kind in kinds.values() if len(kind_id) > 1 and kind_id in kind.label]
    if len(holding) == 1:
        return holding[0]
    if holding:
        listed = "、".join(f"{kind.id}（{kind.label}）" for kind in holding)
        raise NoTemplate(
            f"“{kind_id}”可以是：{listed}。请写其中一个，例如 new {holding[0].id}。",
            f'"{kind_id}" may be: {", ".join(kind.id for kind in holding)}. Write one of them.',
        )
    near = nearest(kind_id, by_name)
    listed = "、".join(f"{kind.id}（{kind.label}）" for kind in kinds.values())
    did_you_zh, did_you_en = (f"是不是“{near}”？", f'Did you mean "{near}"? ') if near else ("", "")
    raise NoTemplate(
        f"没有“{kind_id}”这一类信息。{did_you_zh}可以是：{listed}。",
        f'There is no kind "{kind_id}". {did_you_en}There are: {", ".join(kinds)}.',
    )


def _next_id(folder: Path, today: date) -> str:
    """The year and the number after the highest one used, in files and in rows of spreadsheets."""
    pattern = re.compile(f"{today.year}-([0-9]{{4,6}})")
    used = [int(match[1]) for id_ in _used_ids(folder) if (match := pattern.fullmatch(id_))]
    return f"{today.year}-{max(used, default=0) + 1:04d}"


def _free_id(folder: Path, id_: str) -> str:
    if not ID.fullmatch(id_):
        raise NoTemplate(
            f"编号写作“{id_}”，它要用作网址，只能有小写字母、数字和短横，例如 2026-0012。",
            f'"{id_}" becomes an address: lower-case letters, digits and hyphens only, for example 2026-0012.',
        )
    if id_ in _used_ids(folder):
        raise NoTemplate(
            f"编号“{id_}”已经用过，请另编一个。", f'The id "{id_}" is used already. Choose another.'
        )
    return id_


def _used_ids(folder: Path) -> set[str]:
    """Every id in a folder: names of files, and cells of spreadsheets."""
    used = {path.stem for path in folder.rglob("*.md")}
    for path in folder.rglob("*.csv"):
        table = read_table(FoundFile(path, path.name))
        column = table.column(ID_NAMES)
        if column is not None:
            used.update(row.cells[column] for row in table.rows if len(row.cells) > column)
    return used


def _organs_file(content: Path, kind: Kind) -> Path:
    path = content / ORGANS_FILE
    if path.exists():
        raise NoTemplate(
            f"机构都写在 {path} 里：请用表格软件打开，在末尾加一行，编号用英文或拼音，例如 finance。",
            f"All organs stand in {path}: open it in a spreadsheet and add a row with an id of its own, like finance.",
        )
    content.mkdir(parents=True, exist_ok=True)
    write(path, csv_template(kind))
    return path


def write(path: Path, text: str) -> None:
    """Write a new file; raises FileExistsError rather than lose what somebody wrote."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
