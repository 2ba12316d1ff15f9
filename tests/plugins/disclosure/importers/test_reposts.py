"""What sites above published is proposed once, with origin, time and delay, and waits for a person."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.disclosure.importers import BadDefault
from plugins.disclosure.importers.reposts import Wanted, import_reposts
from plugins.disclosure.importers.upstream import Upstream, UpstreamItem

ZONE = ZoneInfo("Asia/Shanghai")
WANTED = Wanted(datetime(2026, 2, 25, 9, 30, tzinfo=ZONE))
ITEM = UpstreamItem(
    "urn:1",
    "关于“优化”服务的意见: 二",
    "https://www.gov.example/policy/2026-02.htm",
    "国家网站编辑部",
    datetime(2026, 2, 24, 17, 30, tzinfo=ZONE),
    html='<p>各单位：</p><p>一、*加强*领导。</p><script>alert(1)</script><p>详见<a href="https://gov.example/b.docx">图一</a>。</p>',
)


def run(into, *items, wanted=WANTED, **settings):
    source = ("https://www.gov.example/feeds/site.atom", Upstream("国家网站", items))
    return import_reposts([source], into, wanted, settings)


def written(into):
    return {p.relative_to(into).as_posix(): p.read_text(encoding="utf-8") for p in into.rglob("*.md")}


def test_an_entry_becomes_a_record_with_empty_places_for_the_reviewer(tmp_path):
    done = run(tmp_path, ITEM, 发布机构="government", 审查人="")
    [name] = [name for name in written(tmp_path) if name.startswith("repost/")]

    assert [outcome.state for outcome in done.run.outcomes] == ["new"]
    assert name.startswith("repost/20260224-")
    assert written(tmp_path)[name] == (
        "---\n"
        "标题: '关于“优化”服务的意见: 二'\n"
        "索引号:\n"
        "发布机构: government\n"
        "发布日期: 2026-02-25\n"
        "公开方式: 主动公开\n"
        "审查人:\n"
        "审查日期:\n"
        "原发布机关: 国家网站编辑部\n"
        "原文网址: https://www.gov.example/policy/2026-02.htm\n"
        "原文发布时间: 2026-02-24 17:30\n"
        "转载时间: 2026-02-25 09:30\n"
        "---\n"
        "\n"
        "各单位：\n\n## 一、\\*加强\\*领导。\n\n详见图一。\n"
    )


def test_the_report_tells_where_each_value_came_from_and_how_long_it_took(tmp_path):
    run(tmp_path, ITEM)
    [report] = [text for name, text in written(tmp_path).items() if not name.startswith("repost/")]

    assert "从原文发布到转载已过 16 小时" in report
    assert "条目的发布时间" in report
    assert "请补填“审查人”" in report
    assert "图一" in report.partition("没有随文字带入的")[2]
    assert "alert" not in report


def test_what_was_reposted_is_not_proposed_again(tmp_path):
    run(tmp_path, ITEM)
    before = written(tmp_path)
    [path] = (tmp_path / "repost").iterdir()
    path.rename(path.with_name("2026-0001.md"))  # an editor gave it a name of its own

    again = run(tmp_path, ITEM, ITEM)
    assert (again.known, len(again.run.outcomes)) == (2, 0)
    assert len(written(tmp_path)) == len(before)


def test_an_address_in_the_table_of_reposts_is_known_too(tmp_path):
    (tmp_path / "repost").mkdir()
    (tmp_path / "repost/2026.csv").write_text(f"编号,标题,原文网址\n1,甲,{ITEM.address}\n", encoding="utf-8")

    assert run(tmp_path, ITEM).known == 1


def test_only_so_many_and_so_new_ones_are_proposed(tmp_path):
    days = [datetime(2026, 2, day, 8, 0, tzinfo=ZONE) for day in (20, 21, 22, 23)]
    items = [
        UpstreamItem(f"urn:{day.day}", f"第{day.day}件", f"https://gov.example/{day.day}", "甲", day)
        for day in days
    ]
    done = run(tmp_path, *items, wanted=Wanted(WANTED.at, since="2026-02-21", limit=2))

    assert (done.older, done.left) == (1, 1)
    assert [outcome.document.title for outcome in done.run.outcomes] == ["第23件", "第22件"]


def test_what_a_source_does_not_tell_is_left_to_the_person(tmp_path):
    bare = UpstreamItem("urn:2", "意见", "https://gov.example/2", "", None, "2026-02-24", summary="# 一句话")
    done = run(tmp_path, bare)
    [text] = [text for name, text in written(tmp_path).items() if name.startswith("repost/")]

    assert "原发布机关: 国家网站\n" in text
    assert "原文发布时间:\n" in text
    assert text.endswith("\\# 一句话\n\n原文见原发布网站。\n")
    assert any("没有写明原文发布的时刻" in doubt for doubt in done.run.outcomes[0].document.doubts)


def test_an_entry_of_the_future_is_doubted(tmp_path):
    done = run(tmp_path, ITEM, wanted=Wanted(datetime(2026, 2, 24, 9, 0, tzinfo=ZONE)))

    assert "比现在还晚" in done.run.outcomes[0].document.doubts[0]


def test_a_default_for_a_field_that_reposts_do_not_have_is_refused(tmp_path):
    with pytest.raises(BadDefault):
        run(tmp_path, ITEM, 文号="一号")
    assert not any(Path(tmp_path).iterdir())
