"""Checks and derived values that stand in kinds' files: they are refused when they make no sense, and they count right."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from plugins.disclosure.derived import hours_text, work_out
from plugins.disclosure.kind_checks import Derived, fields_of, read_check, read_derived
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.record import Record
from plugins.disclosure.rules.by_kind import JUDGES

SOURCE = {
    "document": "某条例",
    "clause": "第一条",
    "checked_on": date(2026, 11, 22),
    "evidence": "text",
}


def record(**values):
    return Record("service", "s-1", values, "", "service/s-1.md", 1, {})


@pytest.mark.parametrize("kind", load_kinds().values(), ids=lambda kind: kind.id)
def test_every_example_of_a_field_is_text(kind):
    """Unquoted, 000131 would be a number in base eight."""
    fields = [*kind.fields, *(column for field in kind.fields for column in field.columns)]
    assert [field.key for field in fields if not isinstance(field.example, str)] == []


@pytest.mark.parametrize("kind", load_kinds().values(), ids=lambda kind: kind.id)
def test_every_check_has_a_judge_and_a_name_of_its_own(kind):
    names = [check.id for check in kind.checks]
    assert len(names) == len(set(names))
    assert all(type(check.rule) in JUDGES for check in kind.checks)
    assert {key for check in kind.checks for key in fields_of(check.rule)} <= {
        field.key for field in kind.fields
    }


@pytest.mark.parametrize("kind", load_kinds().values(), ids=lambda kind: kind.id)
def test_what_checks_name_in_other_kinds_and_tables_exists(kind):
    for check in kind.checks:
        other = getattr(check.rule, "kind", None)
        if other:
            assert load_kinds()[other].field(check.rule.field), check.id
        table = getattr(check.rule, "table", None)
        columns = {column.key for column in kind.field(table).columns} if table else set()
        asked = getattr(check.rule, "columns", ()) or (getattr(check.rule, "column", ""),)
        assert not table or set(asked) - {""} <= columns, check.id


def test_a_limit_that_nobody_read_cannot_be_an_error():
    remembered = SOURCE | {"evidence": "memory"}
    data = {
        "id": "short",
        "span": {"start": "a", "end": "b", "unit": "days", "at_least": 30},
        "severity": "error",
    }
    with pytest.raises(ValueError, match="short"):
        read_check(data | {"source": remembered}, "here")
    assert read_check(data | {"source": SOURCE}, "here").severity == "error"


def test_a_check_without_a_rule_is_refused():
    with pytest.raises(ValueError, match="needs one of order, span"):
        read_check({"id": "nothing", "severity": "error"}, "here")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"a": "无", "b": "不收费", "c": 0}, "3／3 项"),  # said outright
        ({"a": "无", "c": False}, "2／3 项"),
        ({}, "0／3 项"),
    ],
)
def test_an_explicit_none_counts_as_filled_in(values, text):
    assert (
        work_out(record(**values), Derived("k", "要素", "Elements", "filled", ("a", "b", "c"))).text == text
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (98, 213, "46.0%（目标 45%，达到）"),
        (95, 213, "44.6%（目标 45%，未达到）"),
        (45, 100, "45.0%（目标 45%，达到）"),  # the target itself
    ],
)
def test_a_share_is_held_against_its_target(part, whole, text):
    share = Derived("k", "占比", "Share", "share", ("a", "b"), Decimal(45))
    assert work_out(record(a=part, b=whole), share).text == text


def test_a_share_of_nothing_is_no_share():
    assert work_out(record(a=0, b=0), Derived("k", "占比", "Share", "share", ("a", "b"))) is None


def test_hours_are_counted_over_midnight():
    derived = read_derived({"key": "k", "label": "用时", "label_en": "Taken", "hours": ["a", "b"]}, "here")
    taken = work_out(
        record(a=datetime(2026, 3, 1, 22, 10, tzinfo=UTC), b=datetime(2026, 3, 2, 3, 40, tzinfo=UTC)), derived
    )
    assert taken.text == "5 小时 30 分"
    assert hours_text(300) == "5 小时"
