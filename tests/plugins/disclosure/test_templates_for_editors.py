"""What `new` gives an editor: reported field by field as long as it is empty, accepted once it is filled in."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.kinds import Kind, load_kinds
from plugins.disclosure.problem import as_text, has_errors
from plugins.disclosure.readers.report_tables import UNFILLED
from plugins.disclosure.readers.values import table_example
from plugins.disclosure.templates_for_editors import NoTemplate, csv_template, markdown_template, write_new

TODAY = date(2026, 3, 31)
KINDS = [kind for kind in load_kinds().values() if kind.id != "organ"]


def fill_in(path: Path, kind: Kind) -> None:
    """Do what an editor does: write the example behind every label that is wanted and still empty."""
    text = path.read_text(encoding="utf-8")
    for field in kind.fields:
        if field.need != "optional":
            example = field.example or table_example(field)
            text = text.replace(f"\n{field.label}: \n", f"\n{field.label}: {example}\n")
    path.write_text(text + "正文。\n", encoding="utf-8")
    tables = path.with_suffix(".yaml")
    if tables.exists():
        figures = tables.read_text(encoding="utf-8").partition("\n")[2]
        filled = re.sub(rf"(?<=[\[ ]){UNFILLED}(?=[,\] ])", "0", figures)
        tables.write_text(filled, encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_new_record_asks_for_every_required_field_that_the_day_does_not_settle(
    kind: Kind, content: Path
) -> None:
    path = write_new(kind.id, content, TODAY)

    problems = [
        problem for problem in read_content(content, TODAY).problems if problem.file.endswith(path.name)
    ]
    asked = {problem.field for problem in problems if problem.code == "field.missing"}
    settled = {"published_on", "disclosure", "report_year"}
    assert asked == {f.label for f in kind.fields if f.need == "required" and f.key not in settled}
    assert {problem.code for problem in problems} <= {"field.missing", "field.expected"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_new_record_that_was_filled_in_is_accepted(kind: Kind, content: Path) -> None:
    path = write_new(kind.id, content, TODAY, issuer="霁川市财政局")

    fill_in(path, kind)

    read = read_content(content, TODAY)
    assert read.catalog is not None
    assert not has_errors(read.problems), as_text(read.problems)
    assert f"{kind.id}/2026-0001" in {record.key for record in read.catalog.records}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_field_stands_in_the_template_with_its_help_and_its_example(kind: Kind) -> None:
    text = markdown_template(kind, TODAY)

    for field in kind.fields:
        assert f"\n{field.label}: " in text
        assert field.help in text
        assert field.example in text


def test_required_fields_come_first() -> None:
    text = markdown_template(load_kinds()["policy"], TODAY)

    order = [
        text.index(f"\n{label}: ") for label in ("标题", "审查日期", "索引号", "成文日期", "栏目", "需要解读")
    ]
    assert order == sorted(order)


def test_the_next_number_of_the_year_is_taken_whether_it_stands_in_a_file_or_in_a_row(content: Path) -> None:
    (content / "policy" / "2026").mkdir()
    (content / "policy" / "2026" / "2026-0007.md").write_text("x", encoding="utf-8")
    (content / "policy" / "more.csv").write_bytes(
        "编号,标题\n2026-0011,通知\n2025-0099,办法\n".encode("gb18030")
    )

    assert write_new("policy", content, TODAY).name == "2026-0012.md"
    assert write_new("policy", content, TODAY).name == "2026-0013.md"


def test_an_id_of_ones_own_is_taken_unless_it_is_used_or_no_address(content: Path) -> None:
    assert write_new("政策文件", content, TODAY, id_="czj-2026-003").name == "czj-2026-003.md"
    with pytest.raises(NoTemplate, match="已经用过"):
        write_new("policy", content, TODAY, id_="czj-2026-003")
    with pytest.raises(NoTemplate, match="只能有小写字母"):
        write_new("policy", content, TODAY, id_="../site")


def test_an_annual_report_comes_with_its_headings_and_with_tables_that_are_one_problem_until_filled_in(
    content: Path,
) -> None:
    path = write_new("annual_report", content, TODAY)

    text = path.read_text(encoding="utf-8")
    assert "报告年度: 2025\n" in text
    assert text.count("\n## ") == 6
    problems = [p for p in read_content(content, TODAY).problems if p.file.endswith(".yaml")]
    assert [(p.code, p.line) for p in problems] == [("ar.not-filled-in", 5)]
    assert "还有 200 个 _" in problems[0].message_zh


def test_organs_are_rows_of_one_file_which_is_made_when_there_is_none(content: Path, tmp_path: Path) -> None:
    with pytest.raises(NoTemplate, match=r"organs\.csv 里：.*加一行"):
        write_new("organ", content, TODAY)

    path = write_new("机构", tmp_path / "new", TODAY)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:3] == ["编号", "机构全称", "机构简称"]


def test_an_unknown_kind_is_answered_with_the_nearest_one(content: Path) -> None:
    with pytest.raises(NoTemplate, match=r"是不是“policy”？.*政策文件"):
        write_new("policys", content, TODAY)


def test_a_spreadsheet_template_has_every_label_and_the_text_last() -> None:
    heading = csv_template(load_kinds()["notice"]).removeprefix("\ufeff").strip().split(",")

    assert heading[0] == "编号"
    assert heading[-1] == "正文"
    assert set(heading[1:-1]) == {field.label for field in load_kinds()["notice"].fields}


def test_an_organ_that_nobody_knows_is_refused_at_once(tmp_path):
    (tmp_path / "organs.csv").write_text(
        "编号,机构全称,机构简称\nfinance,霁川市财政局,市财政局\n", encoding="utf-8"
    )

    with pytest.raises(NoTemplate, match=r"organs\.csv 里没有“市财局”。是不是“市财政局”？"):
        write_new("policy", tmp_path, TODAY, issuer="市财局")

    assert not (tmp_path / "policy").exists()
    for known in ("finance", "霁川市财政局", "市财政局"):
        assert f"发布机构: {known}\n" in write_new("policy", tmp_path, TODAY, issuer=known).read_text(
            encoding="utf-8"
        )
