"""Reads assessment forms (`rubrics/*.yaml`, or an office's own file) and says every fault with file and line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from crawler_checks.checks.registry import CHECKS
from crawler_checks.faulty_file import Fault, FaultyFile
from crawler_checks.refusal import Refusal
from crawler_checks.scoring.form_values import UNKNOWN, FormReader, Node
from crawler_checks.scoring.rubric import (
    Bonus,
    Cost,
    Grade,
    Group,
    Item,
    Judge,
    Line,
    Measure,
    Rubric,
    Unit,
    Veto,
    Watch,
    WithoutServices,
)
from plugins.disclosure.profile import load_profile, profile_ids
from plugins.disclosure.source import Source
from plugins.disclosure.yaml_data import read_yaml, yaml_lines

RUBRICS = Path(__file__).parent / "rubrics"


class FaultyRubric(FaultyFile):
    """A form that cannot be used."""


class NoRubric(Refusal, LookupError):
    """No form has this name. The messages name those there are."""

    def __init__(self, name: str) -> None:
        known = rubric_ids()
        self.message_zh = f"没有评分标准“{name}”。现有：{'、'.join(known)}；也可以写自己的 .yaml 文件。"
        self.message_en = (
            f"There is no rubric {name!r}. There are {', '.join(known)}; or name a .yaml file of your own."
        )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


def rubric_ids() -> list[str]:
    """The forms that come with the inspector."""
    return sorted(path.stem for path in RUBRICS.glob("*.yaml"))


def load_rubric(name: str) -> Rubric:
    """The form with this id, or that of a .yaml file. Raises NoRubric, or FaultyRubric with every fault."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else RUBRICS / f"{name}.yaml"
    if not path.is_file() or (path.parent == RUBRICS and name not in rubric_ids()):
        raise NoRubric(name)
    return read_rubric(path)


def read_rubric(path: Path) -> Rubric:
    """The form of a file. Raises FaultyRubric with every fault."""
    try:
        data, lines = read_yaml(path), yaml_lines(path)
    except (ValueError, OSError) as fault:
        raise FaultyRubric([_unreadable(path, fault)]) from fault
    reader = _Reader(path, lines)
    rubric = reader.rubric(Node(data, ()))
    if reader.faults:
        raise FaultyRubric(sorted(reader.faults, key=lambda one: one.line))
    return rubric


def _unreadable(path: Path, fault: Exception) -> Fault:
    found = re.search(r"line (\d+)", str(fault))
    said = str(fault).removeprefix(f"{path.name}: ").replace("\n", " ")
    return Fault(
        path.name,
        int(found[1]) if found else 1,
        f"不是规范的 YAML（{said}）。请检查缩进、冒号和重复的键。",
        f"not well-formed YAML ({said}). Check indents, colons and keys written twice.",
    )


@dataclass(slots=True)
class _Reader(FormReader):
    """The parts of a form, and what must hold for the form as a whole."""

    base: Decimal | None = None

    def rubric(self, node: Node) -> Rubric:
        self.keys(
            node,
            {"id", "label", "label_en", "source", "documents"},
            {"base", "vetoes", "groups", "bonus", "without_services", "grades", "vetoed"},
        )
        documents = node.get("documents")
        self.documents = documents.value if isinstance(documents.value, dict) else {}
        source = self.source(node.get("source"), None)
        self.base = self.points(node.get("base")) if node.get("base").value is not None else None
        groups = tuple(self.group(one, source) for one in self.sequence(node.get("groups")))
        rubric = Rubric(
            id=self.text(node.get("id")),
            label=self.text(node.get("label")),
            label_en=self.text(node.get("label_en")),
            source=source,
            base=self.base,
            vetoes=tuple(self.veto(one, source) for one in self.sequence(node.get("vetoes"))),
            groups=groups,
            bonus=self.bonus(node.get("bonus"), source) if node.get("bonus").value is not None else None,
            without_services=self.services(node.get("without_services"), source)
            if node.get("without_services").value is not None
            else None,
            grades=tuple(self.grade(one) for one in self.sequence(node.get("grades"))),
            vetoed=self.vetoed(node.get("vetoed")) if node.get("vetoed").value is not None else None,
            path=self.path,
        )
        self.whole(node, rubric)
        return rubric

    def group(self, node: Node, above: Source) -> Group:
        self.keys(node, {"id", "label", "items"}, {"points", "source"})
        source = self.source(node.get("source"), above)
        points = self.limit(node.get("points"))
        items = tuple(self.item(one, source) for one in self.sequence(node.get("items")))
        self.sum_within(node, points, [item.points for item in items])
        for number, item in enumerate(items):
            self.lines_within(node.get("items"), number, item, points)
        return Group(self.id(node), self.text(node.get("label")), points, source, items)

    def item(self, node: Node, above: Source) -> Item:
        self.keys(node, {"id", "label", "lines"}, {"points", "source"})
        source = self.source(node.get("source"), above)
        lines = tuple(self.line(one, source) for one in self.sequence(node.get("lines")))
        if not lines:
            self.fault(node, "“lines”至少要有一行。", "“lines” needs at least one line.")
        return Item(
            self.id(node), self.text(node.get("label")), self.limit(node.get("points")), source, lines
        )

    def line(self, node: Node, above: Source) -> Line:
        self.keys(
            node, {"id", "label", "judge"}, {"once", "each", "stated", "checks", "sections", "unit", "source"}
        )
        judge = self.choice(node.get("judge"), Judge, Judge.PERSON)
        measure = self.measure(node, judge)
        costs = [cost for cost in Cost if node.get(cost.value).value is not None]
        if len(costs) != 1:
            self.fault(
                node,
                "once（扣一次）、each（每个扣）、stated（由人填写）要写一个，只写一个，例如 once: 2。",
                "exactly one of once, each and stated stands here, for example once: 2.",
            )
            costs = [Cost.ONCE]
        cost, amount = costs[0], node.get(costs[0].value)
        if judge is Judge.EITHER and cost is not Cost.ONCE:
            self.fault(
                node.get("judge"),
                "“either”只能用于 once（扣一次）的行。",
                "only a line that costs points once can be judged by either.",
            )
        if judge is not Judge.PERSON and cost is Cost.STATED:
            self.fault(
                node.get("judge"),
                "由人填写分值的行（stated）请写 judge: person。",
                "a line whose points are stated is judged by a person.",
            )
        points = None if amount.value in (UNKNOWN, None) else self.points(amount)
        source = self.source(node.get("source"), above)
        return Line(self.id(node), self.text(node.get("label")), judge, cost, points, source, measure)

    def veto(self, node: Node, above: Source) -> Veto:
        self.keys(
            node, {"id", "label", "judge"}, {"at_least", "checks", "sections", "unit", "source", "watch"}
        )
        judge = self.choice(node.get("judge"), Judge, Judge.PERSON)
        watch = self.watch(node.get("watch")) if node.get("watch").value is not None else None
        counted = node.get("at_least")
        at_least = 1 if counted.value is None else self.whole_number(counted)
        return Veto(
            self.id(node),
            self.text(node.get("label")),
            judge,
            self.source(node.get("source"), above),
            at_least,
            None if watch and node.get("checks").value is None else self.measure(node, judge),
            watch,
        )

    def watch(self, node: Node) -> Watch:
        self.keys(node, {"days", "attempts_a_day", "seconds", "share"}, set())
        days, attempts, seconds = (
            self.whole_number(node.get(key)) for key in ("days", "attempts_a_day", "seconds")
        )
        try:
            share = Fraction(str(node.get("share").value))
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if not 0 < share <= 1:
            self.fault(
                node.get("share"),
                "份额写大于 0、不超过 1 的数，例如 0.05。",
                "a share is above 0 and at most 1, for example 0.05.",
            )
        return Watch(days, attempts, seconds, share)

    def bonus(self, node: Node, above: Source) -> Bonus:
        self.keys(node, {"above", "most", "lines"}, {"source"})
        source = self.source(node.get("source"), above)
        lines = tuple(self.line(one, source) for one in self.sequence(node.get("lines")))
        bonus = Bonus(self.points(node.get("above")), self.points(node.get("most")), source, lines)
        for number, line in enumerate(lines):
            if line.points is not None and line.points > bonus.most:
                self.above_limit(Node(None, (*node.place, "lines", number)), line.id, line.points, bonus.most)
        return bonus

    def services(self, node: Node, above: Source) -> WithoutServices:
        self.keys(node, {"group", "factor"}, {"source"})
        try:
            factor = Fraction(str(node.get("factor").value))
        except (ValueError, ZeroDivisionError):
            self.fault(
                node.get("factor"),
                "请写成分数，例如 4/3。",
                "write the factor as a fraction, for example 4/3.",
            )
            factor = Fraction(1)
        return WithoutServices(self.text(node.get("group")), factor, self.source(node.get("source"), above))

    def grade(self, node: Node) -> Grade:
        self.keys(node, {"label", "label_en", "at_least"}, set())
        return Grade(
            self.text(node.get("label")), self.text(node.get("label_en")), self.points(node.get("at_least"))
        )

    def vetoed(self, node: Node) -> Grade:
        self.keys(node, {"label", "label_en"}, set())
        return Grade(self.text(node.get("label")), self.text(node.get("label_en")), Decimal(0))

    def measure(self, node: Node, judge: Judge) -> Measure | None:
        checks = self.names(
            node.get("checks"), {check.id for check in CHECKS}, "没有检查项“{}”。", "There is no check {!r}."
        )
        sections = self.names(
            node.get("sections"), _sections(), "没有栏目“{}”。", "There is no section {!r}."
        )
        unit = self.choice(node.get("unit"), Unit, Unit.FINDING) if node.get("unit").value else Unit.FINDING
        if checks:
            return Measure(checks, sections, unit)
        if judge is not Judge.PERSON and node.get("checks").value is None:
            self.fault(
                node,
                f"judge: {judge} 要写明依据哪些检查项，例如 checks: [link_broken]。",
                f"judge: {judge} needs the checks that decide, for example checks: [link_broken].",
            )
        return None

    # ---- what must hold for the form as a whole ----

    def whole(self, node: Node, rubric: Rubric) -> None:
        self.sum_within(node.get("groups"), rubric.base, [group.points for group in rubric.groups])
        marks = [grade.at_least for grade in rubric.grades]
        if marks != sorted(set(marks), reverse=True):
            self.fault(
                node.get("grades"),
                "等次要从高到低排列，分数不能相同。",
                "grades stand from the highest to the lowest, each with its own points.",
            )
        rest = rubric.without_services
        if rest is None:
            return
        group = next((group for group in rubric.groups if group.id == rest.group), None)
        if group is None or group.points is None or rubric.base is None:
            self.fault(
                node.get("without_services").get("group"),
                f"没有分值已知的组“{rest.group}”。",
                f"there is no group {rest.group!r} with known points.",
            )
        elif Fraction(rubric.base - group.points) * rest.factor != Fraction(rubric.base):
            self.fault(
                node.get("without_services").get("factor"),
                f"去掉“{rest.group}”后余 {rubric.base - group.points} 分，乘以 {rest.factor} 不等于 {rubric.base} 分。",
                f"without {rest.group!r} {rubric.base - group.points} times {rest.factor} is not {rubric.base}.",
            )

    def sum_within(self, node: Node, limit: Decimal | None, parts: Sequence[Decimal | None]) -> None:
        total = sum((part for part in parts if part is not None), Decimal(0))
        if limit is not None and total > limit:
            self.fault(
                node,
                f"各部分合计 {total} 分，超过了 {limit} 分。",
                f"the parts add up to {total} points, above the {limit} there are.",
            )

    def lines_within(self, items: Node, number: int, item: Item, group: Decimal | None) -> None:
        limits = [limit for limit in (item.points, group, self.base) if limit is not None]
        for position, line in enumerate(item.lines):
            if limits and line.points is not None and line.points > min(limits):
                self.above_limit(
                    Node(None, (*items.place, number, "lines", position)), line.id, line.points, min(limits)
                )

    def above_limit(self, node: Node, id_: str, points: Decimal, limit: Decimal) -> None:
        self.fault(
            node,
            f"“{id_}”扣 {points} 分，超过了所在项目、组或全表的 {limit} 分。",
            f"{id_!r} is {points} points, above the {limit} of its item, group or form.",
        )


@cache
def _sections() -> frozenset[str]:
    """The ids of the sections of every profile."""
    return frozenset(section.id for id_ in profile_ids() for section in load_profile(id_).sections)
