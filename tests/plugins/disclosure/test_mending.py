"""Mending: one test for each thing that is mended, and for every byte that must stay as it is."""

import codecs
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.mending import plan_mends, write_mends
from plugins.disclosure.problem import error

TODAY = date(2026, 3, 31)
BASE = Path(__file__).parents[2] / "examples" / "_base"
RECORD = """---
标题: 霁川市人民政府办公室关于开展检查的通知
发布机构: government-office
发布日期: 2026-01-31
公开方式: 主动公开
审查人: 办公室
审查日期: 2026-01-29
{line}
---

请认真执行。
"""


@pytest.fixture
def content(tmp_path):
    """A content folder with nothing wrong in it."""
    shutil.copytree(BASE, tmp_path / "content")
    return tmp_path / "content"


def mended(content, name, data):
    """What a file becomes; None if nothing of it is mended."""
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    planned = plan_mends(content, read_content(content, TODAY).problems)
    write_mends(content, planned)
    return path.read_bytes() if planned else None


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("policy", "文号: 霁政办发[2026]8号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: 霁政办发（2026）8号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: 霁政办发〔2026〕08号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: 霁政办发〔２０２６〕８号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: 霁政办发 〔2026〕 8 号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: 霁政办发〔2026〕第8号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "文号: '霁政办发[2026]8号'", "文号: '霁政办发〔2026〕8号'"),
        ("policy", "文号: 霁政办发[2026]08号", "文号: 霁政办发〔2026〕8号"),
        ("policy", "成文日期: 2026年1月5日", "成文日期: 2026-01-05"),
        ("policy", "成文日期: 2026/1/5", "成文日期: 2026-01-05"),
        ("policy", "成文日期: 2026.01.05", "成文日期: 2026-01-05"),
        ("policy", "成文日期: ２０２６年１月５日", "成文日期: 2026-01-05"),
        ("policy", "成文日期: 二〇二六年一月五日", "成文日期: 2026-01-05"),
        ("policy", "成文日期: 20260105", "成文日期: 2026-01-05"),
        ("policy", "signed_on: 2026/1/5", "signed_on: 2026-01-05"),
        ("policy", "发布时间: 9：30", "发布时间: 09:30"),
        ("policy", "发布时间: 下午3点05分", "发布时间: 15:05"),
        ("service", "承诺办结时限: １０", "承诺办结时限: 10"),
        ("guide", "联系电话: 0990 5550118", "联系电话: 0990-5550118"),
        ("guide", "联系电话: （0990）5550118", "联系电话: 0990-5550118"),
    ],
)
def test_what_is_only_written_wrongly_is_mended_and_nothing_else(content, kind, before, after):
    data = RECORD.format(line=before).encode()

    assert mended(content, f"{kind}/2026-0001.md", data) == RECORD.format(line=after).encode()


@pytest.mark.parametrize(
    "line",
    [
        "文号: 霁政办发2026年8号",
        "文号: 没有",
        "成文日期: 2026年1月",
        "成文日期: 2026-02-30",
        "成文日期: 2026年1月5日 09:30",
        "成文日期: 46027",
        "发布时间: 25:00",
        "体裁: 通 知",
        "文号: 霁政办发〔2026〕8号",
    ],
)
def test_what_takes_a_person_is_left_alone(content, line):
    assert mended(content, "policy/2026-0001.md", RECORD.format(line=line).encode()) is None


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_mark_of_a_text_file_stay(content, end, mark):
    before, after = (
        RECORD.format(line=f"成文日期: {day}").replace("\n", end).encode()
        for day in ("2026/1/5", "2026-01-05")
    )

    assert mended(content, "policy/2026-0001.md", mark + before) == mark + after


HEADING = "编号,标题,发布机构,发布日期,公开方式,审查人,审查日期,正文"
ROW = (
    '{id},"关于""检查""的通知",government-office,{day},主动公开,办公室,{reviewed},"第一行,2026/1/31\n第二行"'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cells_are_mended_and_the_encoding_of_a_spreadsheet_stays(content, end, encoding):
    def table(day, reviewed):
        rows = [HEADING, "", ROW.format(id="a1", day="2026-01-31", reviewed="2026-01-29")]
        return end.join([*rows, ROW.format(id="a2", day=day, reviewed=reviewed), ""]).encode(encoding)

    found = mended(content, "news/list.csv", table("2026/1/31", '"2026年1月29日"'))

    assert found == table("2026-01-31", '"2026-01-29"')


def test_one_of_several_values_is_mended(content):
    line = "废止文件: 霁政发〔2018〕3号\n联合发文机关: 甲；乙"
    assert mended(content, "policy/2026-0001.md", RECORD.format(line=line).encode()) is None


def test_the_difference_shows_the_lines_that_change(content):
    path = content / "policy" / "2026-0001.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(RECORD.format(line="成文日期: 2026/1/5"), encoding="utf-8")
    (planned,) = plan_mends(content, read_content(content, TODAY).problems)

    assert [line.strip() for line in planned.difference().splitlines()[-3:]] == [
        "第 8 行",
        "改前 before: 成文日期: 2026/1/5",
        "改后 after:  成文日期: 2026-01-05",
    ]
    assert path.read_bytes() == planned.before


@pytest.mark.parametrize(
    "line",
    ["成文日期：2026-01-05", "成文日期:2026-01-05", "成文日期 : 2026-01-05", "\u3000成文日期: 2026-01-05"],
)
def test_what_stands_round_a_label_is_mended(content, line):
    path = content / "policy" / "2026-0001.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(RECORD.format(line=line), encoding="utf-8")

    write_mends(content, plan_mends(content, read_content(content, TODAY).problems))

    assert path.read_text(encoding="utf-8") == RECORD.format(line="成文日期: 2026-01-05")


def test_a_file_changed_meanwhile_is_not_written(content):
    path = content / "policy" / "2026-0001.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(RECORD.format(line="成文日期: 2026/1/5"), encoding="utf-8")
    planned = plan_mends(content, read_content(content, TODAY).problems)
    path.write_text("changed", encoding="utf-8")

    assert write_mends(content, planned) == []
    assert path.read_text(encoding="utf-8") == "changed"


@pytest.mark.parametrize(
    ("text", "line", "written"),
    [
        ("文号: 甲 甲\n", 1, "甲"),
        ("文号: 乙\n", 1, "甲"),
        ("文号: 甲乙\n", 1, "甲"),
        ("文号: 甲\n", 9, "甲"),
        ("文号: 甲\n", None, "甲"),
        ("编号: 甲\n", 1, "甲"),
    ],
)
def test_a_place_that_is_not_certain_is_left_alone(tmp_path, text, line, written):
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    problem = error("a.md", line, "文号", "x", "", "")

    assert plan_mends(tmp_path, [replace(problem, written=written, mended="丙")]) == []


def test_a_value_that_would_need_quotation_marks_is_left_alone(tmp_path):
    (tmp_path / "a.csv").write_text("文号\n甲\n", encoding="utf-8")

    problem = replace(error("a.csv", 2, "文号", "x", "", ""), written="甲", mended="乙,丙")
    assert plan_mends(tmp_path, [problem]) == []
    assert len(plan_mends(tmp_path, [replace(problem, mended="乙")])) == 1
