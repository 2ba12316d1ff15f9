"""Assessment forms are read strictly: every fault with file and line."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from crawler_checks.scoring.read_rubric import FaultyRubric, NoRubric, load_rubric, read_rubric, rubric_ids
from crawler_checks.scoring.rubric import Cost, Judge

HEAD = """\
id: own
label: 评分
label_en: A form
documents:
  d: {document: 考评办法, checked_on: 2026-01-05, evidence: text}
source: {of: d, clause: 全文}
base: 100
"""
LINE = "{id: l, label: 一行, judge: person, once: 1}"


@pytest.fixture
def form(tmp_path: Path) -> Callable[[str], Path]:
    def write(rest: str) -> Path:
        path = tmp_path / "own.yaml"
        path.write_text(HEAD + rest, encoding="utf-8")
        return path

    return write


def faults(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(FaultyRubric) as caught:
        read_rubric(path)
    assert all(fault.file == path.name for fault in caught.value.faults)
    return [(fault.line, fault.message_en) for fault in caught.value.faults]


def groups(line: str, *, group: str = "", item: str = "") -> str:
    above = f"groups:\n  - id: g\n    label: 组\n{group}    items:\n"
    return f"{above}      - id: i\n        label: 项\n{item}        lines:\n          - {line}\n"


def test_there_are_the_four_forms() -> None:
    assert rubric_ids() == ["daily", "national-2019", "yueyang-2017-counties", "yueyang-2017-departments"]


@pytest.mark.parametrize("name", rubric_ids())
def test_every_line_of_a_form_that_is_shipped_has_its_source(name: str) -> None:
    rubric = load_rubric(name)

    assert rubric.id == name
    for _, _, line in rubric.lines():
        assert line.source.document
        assert line.source.clause
    assert all(veto.source.clause for veto in rubric.vetoes)


def test_the_national_form_knows_no_other_points_than_those_that_were_confirmed() -> None:
    rubric = load_rubric("national-2019")
    known = {line.id: line.points for _, _, line in rubric.lines() if line.points is not None}

    assert known == {"d1.5.1": Decimal(5), "d2.4.1": Decimal(2), "d3.2.1": Decimal(3)}
    assert [(group.label, group.points) for group in rubric.groups] == [
        ("发布解读", None), ("办事服务", Decimal(25)), ("互动交流", None), ("功能设计", None),
    ]  # fmt: skip
    assert rubric.bonus is not None
    assert (rubric.bonus.above, rubric.bonus.most) == (Decimal(80), Decimal(30))


def test_a_veto_of_the_national_form_that_is_only_remembered_is_never_decided_by_a_machine() -> None:
    remembered = [veto for veto in load_rubric("national-2019").vetoes if veto.source.evidence == "memory"]

    assert [veto.id for veto in remembered] == ["v6.2", "v6.3"]
    assert {veto.judge for veto in remembered} == {Judge.PERSON}


@pytest.mark.parametrize(
    ("name", "items", "with_points"),
    [("yueyang-2017-counties", 36, 12), ("yueyang-2017-departments", 23, 6)],
)
def test_a_city_form_has_all_its_items_and_the_deductions_that_are_legible(
    name: str, items: int, with_points: int
) -> None:
    rubric = load_rubric(name)
    found = [item for group in rubric.groups for item in group.items]
    legible = [item for item in found if any(line.points is not None for line in item.lines)]

    assert len(found) == items
    assert len(legible) == with_points
    assert [item.points for item in found] == [None] * items
    assert [(grade.label, grade.at_least) for grade in rubric.grades] == [
        ("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0),
    ]  # fmt: skip


def test_a_form_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoRubric, match="daily"):
        load_rubric("weekly")


def test_an_offices_own_file_is_a_form(form: Callable[[str], Path]) -> None:
    rubric = load_rubric(
        str(form(groups("{id: l, label: 一行, judge: machine, each: 0.5, checks: [link_broken]}")))
    )

    [(group, item, line)] = rubric.lines()
    assert (group.id, item.id, line.id, line.cost, line.points) == ("g", "i", "l", Cost.EACH, Decimal("0.5"))
    assert str(line.source) == "考评办法全文"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            groups("{id: l, label: 一行, judge: machine, once: 1, checks: [no_such_check]}"),
            (15, "There is no check 'no_such_check'."),
        ),
        (
            groups("{id: l, label: 一行, judge: machine, once: 1, checks: [link_broken], sections: [nowhere]}"),
            (15, "There is no section 'nowhere'."),
        ),
        (groups(LINE, item="        points: 0.5\n"), (16, "'l' is 1 points, above the 0.5")),
        (groups(LINE, group="    points: 0.5\n"), (16, "'l' is 1 points, above the 0.5")),
        (
            groups(LINE, group="    points: 3\n", item="        points: 4\n"),
            (9, "the parts add up to 4 points, above the 3"),
        ),
        (groups(LINE, group="    points: 101\n"), (8, "the parts add up to 101 points, above the 100")),
        (groups(LINE + "\n          - " + LINE), (16, "the id 'l' already stands on line 15")),
        (groups("{id: i, label: 一行, judge: person, once: 1}"), (12, "the id 'i' already stands on line")),
        (
            groups("{id: l, label: 一行, judge: person}"),
            (15, "exactly one of once, each and stated stands here"),
        ),
        (
            groups("{id: l, label: 一行, judge: person, once: 1, each: 1}"),
            (15, "exactly one of once, each and stated stands here"),
        ),
        (groups("{id: l, label: 一行, judge: person, once: -1}"), (15, "-1 is no number of points")),
        (groups("{id: l, label: 一行, judge: person, once: 0.123}"), (15, "0.123 is no number of points")),
        (groups("{id: l, label: 一行, judge: person, once: .nan}"), (15, "nan is no number of points")),
        (groups("{id: l, label: 一行, judge: robot, once: 1}"), (15, "'robot' is none of machine, person, either")),
        (groups("{id: l, label: 一行, judge: machine, once: 1}"), (15, "judge: machine needs the checks that decide")),
        (
            groups("{id: l, label: 一行, judge: either, each: 1, checks: [link_broken]}"),
            (15, "only a line that costs points once can be judged by either"),
        ),
        (groups("{id: l, label: 一行, judge: person, once: 1, weight: 3}"), (15, "'weight' is not known")),
        (groups("{id: l, judge: person, once: 1}"), (15, "'label' is missing")),
        (
            groups("{id: l, label: 一行, judge: person, once: 1, source: {of: x, clause: 甲}}"),
            (15, "the source is not whole"),
        ),
        (
            "grades:\n  - {label: 差, label_en: bad, at_least: 0}\n  - {label: 好, label_en: good, at_least: 90}\n",
            (8, "grades stand from the highest to the lowest"),
        ),
        (
            groups(LINE, group="    points: 30\n") + "without_services: {group: g, factor: 4/3}\n",
            (17, "without 'g' 70 times 4/3 is not 100"),
        ),
        (
            groups(LINE) + "without_services: {group: other, factor: 4/3}\n",
            (16, "there is no group 'other' with known points"),
        ),
        ("vetoes:\n  - {id: v, label: 否决, judge: person, at_least: 0}\n", (9, "0 is no whole number above 0")),
        (
            "vetoes:\n  - {id: v, label: 否决, judge: either, watch: {days: 7, attempts_a_day: 0, seconds: 15, share: 2}}\n",
            (9, "a share is above 0 and at most 1"),
        ),
        ("base: 100\n", (8, "not well-formed YAML")),
        ("groups: [\n", (9, "not well-formed YAML")),
    ],
)  # fmt: skip
def test_a_faulty_form_is_refused_with_file_and_line(
    form: Callable[[str], Path], rest: str, expected: tuple[int, str]
) -> None:
    line, said = expected

    found = faults(form(rest))

    assert [(number, message) for number, message in found if message.startswith(said)] == [
        (line, next(message for _, message in found if message.startswith(said)))
    ], found


def test_all_faults_of_a_form_are_said_at_once(form: Callable[[str], Path]) -> None:
    rest = groups("{id: l, label: 一行, judge: machine, once: 200, checks: [nothing]}") + "colour: red\n"

    assert [line for line, _ in faults(form(rest))] == [15, 15, 16]
