"""A name that is no field is answered with the field that was meant."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content

BASE = Path(__file__).parents[3] / "examples" / "_base"
TEXT = """---
标题: 霁川市财政局关于公布2026年部门预算的通知
文号: 霁财发〔2026〕5号
索引号: 010000019/2026-00005
发布机构: 霁川市财政局
主题分类: 财政、金融、审计\\财政
成文日期: 2026-01-19
发布日期: 2026-01-20
公开方式: 主动公开
审查人: 办公室 林
审查日期: 2026-01-19
需要解读: 否
---

各县（区）人民政府：

一、总则。
"""


@pytest.mark.parametrize(
    ("written", "instead_of", "meant"),
    [
        ("发文时间: 2026-01-20", "发布日期: 2026-01-20", "发布日期"),  # like 发布时间, but no time of the day
        ("上网: 2026-01-20", "发布日期: 2026-01-20", "发布日期"),  # like none: the one day that is missing
        ("发布日起: 2026-01-20", "发布日期: 2026-01-20", "发布日期"),
        ("发布时点: 09:30", "需要解读: 否", "发布时间"),
        ("挂网单位: 霁川市财政局", "发布机构: 霁川市财政局", "发布机构"),
        ("发布单位: 霁川市财政局", "发布机构: 霁川市财政局", "发布机构"),
        ("公开: 主动公开", "公开方式: 主动公开", "公开方式"),
        ("标提: 霁川市财政局关于公布2026年部门预算的通知", "需要解读: 否", "标题"),  # 标题 is there already
    ],
)
def test_an_unknown_name_is_answered_with_the_field_that_was_meant(tmp_path, written, instead_of, meant):
    content = shutil.copytree(BASE, tmp_path / "content")
    assert TEXT.count(f"\n{instead_of}\n") == 1
    text = TEXT.replace(f"\n{instead_of}\n", f"\n{written}\n")
    (content / "policy" / "2026-0005.md").write_text(text, encoding="utf-8")

    problems = [one for one in read_content(content, date(2026, 3, 31)).problems if "0005" in one.file]

    [unknown] = [one for one in problems if one.code == "field.unknown"]
    assert unknown.hint.startswith(f"是不是“{meant}”？")
    assert not [one for one in problems if one.code == "field.missing"]


def test_a_name_like_none_where_nothing_is_missing_is_answered_with_all_there_are(tmp_path):
    content = shutil.copytree(BASE, tmp_path / "content")
    text = TEXT.replace("需要解读: 否", "需要解读: 否\n呈送: 2026-01-20")
    (content / "policy" / "2026-0005.md").write_text(text, encoding="utf-8")

    [unknown] = [one for one in read_content(content, date(2026, 3, 31)).problems if "0005" in one.file]

    assert unknown.code == "field.unknown"
    assert unknown.hint.startswith("请删去，或者在行首加 # 作为说明。可以写的有：标题、")
