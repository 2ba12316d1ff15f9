"""The values of an assessment form's file, each with its place: what is faulty is told with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from crawler_checks.faulty_file import Fault, fault_at
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import Place

UNKNOWN = "unknown"
"""What stands in a form where the points are not known: `once: unknown`, `each: unknown`."""
MOST_DECIMALS = 2

_Choice = TypeVar("_Choice", bound=StrEnum)
_NO_SOURCE = Source("", "", date.min, "proposal")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file and where it stands."""

    value: Any
    place: Place

    def get(self, key: str) -> Node:
        value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return Node(value, (*self.place, key))

    def each(self) -> Iterator[Node]:
        for number, value in enumerate(self.value if isinstance(self.value, list) else []):
            yield Node(value, (*self.place, number))


@dataclass(slots=True)
class FormReader:
    """Reads the values of one file; faults are gathered, and something harmless stands in for what is faulty."""

    path: Path
    lines: Mapping[Place, int]
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)

    def fault(self, node: Node, zh: str, en: str) -> None:
        self.faults.append(fault_at(self.path, self.lines, node.place, zh, en))

    def keys(self, node: Node, needed: set[str], allowed: set[str]) -> None:
        if not isinstance(node.value, Mapping):
            self.fault(node, f"“{node.value}”应当是“键: 值”。", f"{node.value!r} should be keys with values.")
            return
        for key in sorted(needed - set(node.value)):
            self.fault(node, f"缺少“{key}”。请补写。", f"{key!r} is missing; add it.")
        for key in sorted(str(key) for key in set(node.value) - needed - allowed):
            known = sorted(needed | allowed)
            self.fault(
                node.get(key),
                f"不认识“{key}”。可以写：{'、'.join(known)}。",
                f"{key!r} is not known. There are {', '.join(known)}.",
            )

    def sequence(self, node: Node) -> list[Node]:
        if node.value is not None and not isinstance(node.value, list):
            self.fault(
                node,
                f"“{node.value}”应当是列表，每行以“- ”开头。",
                f"{node.value!r} should be a list, each line with “- ”.",
            )
        return list(node.each())

    def id(self, node: Node) -> str:
        own = node.get("id")
        text = self.text(own)
        line = self.lines.get(own.place, 1)
        if text and text in self.seen:
            self.fault(
                own,
                f"编号“{text}”在第 {self.seen[text]} 行已经用过。请换一个。",
                f"the id {text!r} already stands on line {self.seen[text]}. Choose another.",
            )
        self.seen.setdefault(text, line)
        return text

    def text(self, node: Node) -> str:
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        if node.value is not None:
            self.fault(
                node,
                f"“{node.value}”应当是文字；数字请加引号。",
                f"{node.value!r} should be text; put a number in quotes.",
            )
        return ""

    def limit(self, node: Node) -> Decimal | None:
        return None if node.value is None or node.value == UNKNOWN else self.points(node)

    def points(self, node: Node) -> Decimal:
        value = node.value
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10_000:
            points = Decimal(str(value))
            if int(points.as_tuple().exponent) >= -MOST_DECIMALS:
                return points
        self.fault(
            node,
            f"“{value}”不是分值。请写不小于 0、最多两位小数的数，例如 0.5；未核实的写 unknown。",
            f"{value!r} is no number of points. Write one from 0 up, with at most two decimals, for example 0.5.",
        )
        return Decimal(0)

    def choice(self, node: Node, choices: type[_Choice], otherwise: _Choice) -> _Choice:
        try:
            return choices(node.value)
        except ValueError:
            if node.value is not None:
                known = [one.value for one in choices]
                self.fault(
                    node,
                    f"“{node.value}”要改为：{'、'.join(known)}。",
                    f"{node.value!r} is none of {', '.join(known)}.",
                )
            return otherwise

    def names(self, node: Node, known: set[str] | frozenset[str], zh: str, en: str) -> tuple[str, ...]:
        found = self.sequence(node)
        for one in found:
            if one.value not in known:
                there_are = "、".join(sorted(known))
                self.fault(
                    one,
                    f"{zh.format(one.value)}现有：{there_are}。",
                    f"{en.format(one.value)} There are: {there_are}.",
                )
        return tuple(str(one.value) for one in found if one.value in known)

    def source(self, node: Node, above: Source | None) -> Source:
        if node.value is None and above is not None:
            return above
        own = dict(node.value) if isinstance(node.value, Mapping) else {}
        document = own.pop("of", None)
        try:
            if document not in self.documents:
                raise ValueError(f"source: {document!r} is none of {', '.join(map(str, self.documents))}")
            return read_source({**self.documents[document], **own}, "source")
        except (TypeError, ValueError) as fault:
            self.fault(
                node,
                f"依据没有写全（{fault}）。请写成 source: {{of: 文件的键, clause: 条款}}。",
                f"the source is not whole ({fault}). Write it like source: {{of: key of the document, clause: where}}.",
            )
            return _NO_SOURCE

    def whole_number(self, node: Node) -> int:
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.fault(
            node,
            f"“{value}”不是大于 0 的整数，例如 5。",
            f"{value!r} is no whole number above 0, for example 5.",
        )
        return 1
