"""Asking an editor, line by line, where the columns of a spreadsheet belong that could not be told.

Nothing is imported here: the answers become the file that remembers the columns, which every import obeys. What that
file decides already is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from plugins.disclosure.chinese_dates import read_date
from plugins.disclosure.importers.column_mapping import (
    NOT_IMPORTED,
    Column,
    ColumnMapping,
    by_labels,
    guess,
    key_of,
    label_of,
)
from plugins.disclosure.importers.spreadsheet import Sheet, SheetRow
from plugins.disclosure.kinds import Field, Kind, Kinds
from plugins.disclosure.readers.around import OrganNames
from plugins.disclosure.readers.wording import nearest
from plugins.disclosure.review_gate import ORGAN

_OFFERED = 5
_SAMPLES = 3
_SAMPLE_LENGTH = 20
_ALIKE = 0.34
"""Share of common characters from which a field is offered: 挂网时间 and 发布时间 have a half."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The person: `ask` shows a question and takes a line, `tell` shows a line.

    `ask` may raise EOFError, which ends the dialogue with nothing decided. Without `organs` no name is doubted.
    """

    kinds: Kinds
    ask: Callable[[str], str]
    tell: Callable[[str], None]
    organs: OrganNames | None = None

    def mapping(self, sheet: Sheet, remembered: ColumnMapping | None, kind: str | None) -> ColumnMapping:
        """Where every column of a sheet goes. `kind` is that of the folder imported into, if one was named."""
        self.tell(f"\n工作表“{sheet.name}” / sheet" if sheet.name else "\n表格 / table")
        if remembered is not None and remembered.unwanted:
            self.tell(f"  按列对照表{NOT_IMPORTED} / not imported, as the file of the columns says")
            return remembered
        found = remembered or guess(sheet, self.kinds, kind) or self._begun(sheet, kind)
        return self._decided(sheet, found) if found.kind else found

    def _begun(self, sheet: Sheet, kind: str | None) -> ColumnMapping:
        """The kind and the heading of a sheet that does not tell them itself."""
        heading = self._heading(sheet)
        chosen = self.kinds[kind] if kind else self._kind(sheet, heading)
        if chosen is not None:
            return by_labels(sheet.name, heading, chosen)
        columns = tuple(Column(cell, "", decided=True) for cell in heading.cells)
        return ColumnMapping(sheet.name, "", heading.number, columns, given=True)

    def _heading(self, sheet: Sheet) -> SheetRow:
        first = sheet.rows[: _OFFERED + 1]
        widest = max(first, key=lambda row: sum(map(bool, row.cells)))
        for row in first:
            self.tell(f"  第 {row.number} 行：{'｜'.join(filter(None, row.cells))}")
        rows = {str(row.number): row for row in sheet.rows} | {"": widest}
        while True:
            answer = self.ask(
                f"列名在第几行？直接回车：第 {widest.number} 行 / which row names the columns? "
            ).strip()
            if answer in rows:
                return rows[answer]
            self.tell(f"  没有第“{answer}”行，请写上面的一个行号。 / There is no such row.")

    def _kind(self, sheet: Sheet, heading: SheetRow) -> Kind | None:
        wanted = [kind for kind in self.kinds.values() if kind.id != ORGAN]
        likely = sorted(wanted, key=lambda kind: -by_labels(sheet.name, heading, kind).known)
        offered = {str(number): kind for number, kind in enumerate(likely[:_OFFERED], start=1)}
        named = {name: kind for kind in wanted for name in (kind.id, kind.label)}
        self.tell("  这张表是哪一类信息？ / What does it hold?")
        for number, kind in offered.items():
            self.tell(f"    {number} {kind.label}（{kind.id}）")
        while True:
            answer = self.ask(
                "写序号或类别；直接回车：整张不导入 / number or kind, empty to leave it out: "
            ).strip()
            if not answer:
                return None
            if answer in offered or answer in named:
                return offered.get(answer) or named[answer]
            near = nearest(answer, [kind.label for kind in wanted])
            self.tell(
                f"  没有“{answer}”这一类。{f'是不是“{near}”？' if near else ''} / There is no such kind."
            )

    def _decided(self, sheet: Sheet, mapping: ColumnMapping) -> ColumnMapping:
        """The mapping with a decision for every column the sheet has now; columns it has no more are kept."""
        kind = self.kinds[mapping.kind]
        heading = next((row for row in sheet.rows if row.number == mapping.heading_row), None)
        here = list(dict.fromkeys(filter(None, heading.cells if heading else ())))
        columns = {column.name: column for column in mapping.columns if column.name}
        self.tell(f"  类别：{kind.label}，列名在第 {mapping.heading_row} 行 / kind and heading row")
        for name in here:
            if name in columns and label_of(columns[name], kind):
                self.tell(f"  “{name}” → {label_of(columns[name], kind)}")
                self._tell_unknown(sheet, mapping.heading_row, name, kind.field(columns[name].key))
        for name in here:
            if name in columns and label_of(columns[name], kind):
                continue
            taken = {column.key for column in columns.values() if column.key}
            samples = _samples(sheet, mapping.heading_row, name)
            key = self._key(name, samples, kind, taken)
            while (
                self._tell_unknown(sheet, mapping.heading_row, name, kind.field(key)) and not self._is_meant()
            ):
                key = self._key(name, samples, kind, taken)
            columns[name] = Column(name, key, decided=True)
        made = replace(mapping, columns=tuple(columns.values()), given=True)
        return made if made.known else replace(made, kind="")  # nothing of it is wanted

    def _tell_unknown(self, sheet: Sheet, heading_row: int, name: str, field: Field | None) -> bool:
        """Say which values of a column for an organ name none there is; whether there are any."""
        if self.organs is None or field is None or field.type != "organ":
            return False
        values = _values(sheet, heading_row, name)
        unknown = [value for value in values if not self.organs.find(value)]
        if not unknown:
            return False
        near = [(value, nearest(value, self.organs.names)) for value in unknown[:_SAMPLES]]
        listed = "、".join(f"{value}（是不是“{other}”？）" if other else value for value, other in near)
        more = "等" if len(unknown) > _SAMPLES else ""
        self.tell(
            f"  “{name}”一列有 {len(values)} 种写法，其中 {len(unknown)} 种不是 organs.csv 里的机构：{listed}{more}。"
            f"导入以后要逐行改正；整张表是一个机构的，这一列不导入，导入时加 --set {field.label}=机构编号。"
            f" / {len(unknown)} of {len(values)} values name no organ of organs.csv."
        )
        return True

    def _is_meant(self) -> bool:
        """Whether the person wants the column there all the same."""
        answer = self.ask("仍然放进这个字段，写“是”；直接回车：重新选 / yes to keep, empty to choose again: ")
        return answer.strip().lower() in ("是", "y", "yes")

    def _key(self, name: str, samples: Sequence[str], kind: Kind, taken: set[str]) -> str:
        """The key of the field a column goes into; empty when it stays behind."""
        free = [field for field in kind.fields if field.key not in taken]
        likely = _likely(name, samples, free)[:_OFFERED]
        offered = {str(number): field for number, field in enumerate(likely, start=1)}
        example = f"（例如：{'、'.join(samples)}）" if samples else ""
        self.tell(f"  “{name}”一列{example}放进哪个字段？ / Into which field?")
        if offered:
            self.tell("    " + "  ".join(f"{number} {field.label}" for number, field in offered.items()))
        while True:
            answer = self.ask(
                "写序号或字段名；直接回车：不导入 / number or field, empty to leave it out: "
            ).strip()
            if answer in ("", NOT_IMPORTED):
                return ""
            key = offered[answer].key if answer in offered else key_of(answer, kind)[0]
            if key and key not in taken:
                return key
            if key:
                self.tell(f"  “{answer}”已经有一列了，请换一个。 / That field has a column already.")
                continue
            near = nearest(answer, [field.label for field in free])
            guessed = f"是不是“{near}”？" if near else ""
            self.tell(f"  {kind.label}没有“{answer}”这个字段。{guessed} / There is no such field.")


def _likely(name: str, samples: Sequence[str], fields: Sequence[Field]) -> list[Field]:
    """The fields a column may be meant for, the likeliest first: days go into dates, and names must be alike."""
    alike = {field.key: SequenceMatcher(None, name, field.label).ratio() for field in fields}
    are_days = bool(samples) and all(read_date(sample) for sample in samples)
    likely = [field for field in fields if alike[field.key] >= _ALIKE or (are_days and field.type == "date")]
    return sorted(
        likely,
        key=lambda field: (are_days != (field.type == "date"), field.need != "required", -alike[field.key]),
    )


def _values(sheet: Sheet, heading_row: int, name: str) -> list[str]:
    """The different values of a column, in their order."""
    place = next(row for row in sheet.rows if row.number == heading_row).cells.index(name)
    below = [row.cells[place] for row in sheet.rows if row.number > heading_row and place < len(row.cells)]
    return [cell for cell in dict.fromkeys(" ".join(cell.split()) for cell in below) if cell]


def _samples(sheet: Sheet, heading_row: int, name: str) -> list[str]:
    """The first different values of a column, cut short."""
    found = _values(sheet, heading_row, name)[:_SAMPLES]
    return [f"{cell[:_SAMPLE_LENGTH]}…" if len(cell) > _SAMPLE_LENGTH else cell for cell in found]
