"""The five real notices, where they are at hand: every fact that is in them, and none that is not."""

import json
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.importers import as_json, import_files, read_notice
from plugins.disclosure.problem import has_errors

ROOT = Path(__file__).parents[4]
DOCUMENTS = ROOT.parent / "shared" / "documents"
TODAY = date(2026, 11, 22)
NAMES = ["bazhong-2017", "guangzhou-2012", "shiyan-2015", "yueyang-2017", "zhangye-2013"]

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the five real documents are not here")


def read(name):
    return read_notice((DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")


EXPECTED = {
    "bazhong-2017": {
        "kind": "policy",
        "title": "巴中市人民政府办公室关于印发巴中市优化政务服务提升服务效率实施方案的通知",
        "document_number": "巴府办发〔2017〕61号",
        "index_number": None,
        "issuer": "巴中市人民政府办公室",
        "written_on": date(2017, 8, 8),
        "published_on": None,
    },
    "guangzhou-2012": {
        "kind": "policy",
        "title": "印发2012年广州市政务公开工作要点的通知",
        "document_number": "穗府办〔2012〕16号",
        "index_number": None,
        "issuer": "广州市人民政府办公厅",
        "written_on": date(2012, 3, 25),
        "published_on": date(2012, 3, 25),
    },
    "shiyan-2015": {
        "kind": "policy",
        "title": "市人民政府办公室关于印发2015年全市政务公开政务服务工作要点的通知",
        "document_number": "十政办发〔2015〕32号",
        "index_number": None,
        "issuer": "市人民政府办公室",
        "written_on": date(2015, 4, 23),
        "published_on": date(2015, 4, 23),
    },
    "yueyang-2017": {
        "kind": "policy",
        "title": "关于印发2017年度全市政务公开政务服务工作考评细则的通知",
        "document_number": None,
        "index_number": None,
        "issuer": None,
        "written_on": None,
        "published_on": date(2024, 2, 27),
    },
    "zhangye-2013": {
        "kind": "news",
        "title": "张掖综合年鉴2013·政务公开及行政审批",
        "document_number": None,
        "index_number": None,
        "issuer": None,
        "written_on": None,
        "published_on": date(2024, 8, 31),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_header_facts_are_those_of_the_document(name):
    document = read(name)
    assert {field: getattr(document, field) for field in EXPECTED[name]} == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "inferred"),
    [
        ("bazhong-2017", set()),
        ("guangzhou-2012", {"published_on"}),
        ("shiyan-2015", {"issuer", "published_on"}),
        ("yueyang-2017", {"published_on"}),
        ("zhangye-2013", set()),
    ],
)
def test_what_is_concluded_is_marked(name, inferred):
    assert set(read(name).inferred) - {"genre", "disclosure"} == inferred


@pytest.mark.parametrize(
    ("name", "conflicts"),
    [
        ("bazhong-2017", []),
        ("guangzhou-2012", [("published_on", ("2012-03-25", "2012-03-29"))]),
        ("shiyan-2015", []),
        ("yueyang-2017", [("published_on", ("2024-02-27", "2017"))]),
        ("zhangye-2013", [("published_on", ("2024-08-31", "2013"))]),
    ],
)
def test_dates_that_disagree_are_conflicts(name, conflicts):
    assert [(one.field, one.values) for one in read(name).conflicts] == conflicts


@pytest.mark.parametrize(
    ("name", "addressees"),
    [
        (
            "bazhong-2017",
            ("各县(区)人民政府", "巴中经济开发区管委会", "市政府各部门、直属机构", "有关单位"),
        ),
        ("guangzhou-2012", ("各区、县级市人民政府", "市政府各部门", "各直属机构")),
        (
            "shiyan-2015",
            ("各县市区人民政府", "十堰经济技术开发区", "武当山旅游经济特区管委会", "市政府各部门"),
        ),
        (
            "yueyang-2017",
            (
                *("各县市区人民政府", "岳阳经济技术开发区", "城陵矶新港区", "南湖新区", "屈原管理区"),
                *("市直各单位", "中央、省属驻岳各单位"),
            ),
        ),
        ("zhangye-2013", ()),
    ],
)
def test_addressees_are_split_where_each_is_a_name(name, addressees):
    assert read(name).addressees == addressees


@pytest.mark.parametrize(
    ("name", "by_level"),
    [
        ("bazhong-2017", [3, 16]),
        ("guangzhou-2012", [6, 22, 7]),
        ("shiyan-2015", [4, 20]),
        ("yueyang-2017", [0, 2]),
        ("zhangye-2013", [4, 7]),
    ],
)
def test_the_heading_tree_is_whole(name, by_level):
    levels = [heading.level for heading in read(name).headings]
    assert [levels.count(level) for level in range(1, max(levels) + 1)] == by_level


def test_every_item_of_bazhong_has_its_leading_and_its_responsible_units():
    text = (DOCUMENTS / "bazhong-2017.txt").read_text(encoding="utf-8")
    tasks = [task for task in read("bazhong-2017").tasks if task.lead]
    assert len(tasks) == text.count("〔牵头单位")
    assert tasks[0].lead == ("市委编办", "市政务服务管理办")
    assert tasks[0].responsible == ("市政务服务和资源交易服务中心", "市政府各行权部门")
    assert ("确保新政务中心按期入驻", ("2018年初",)) in [(task.heading, task.due) for task in tasks]


def test_every_item_of_shiyan_has_its_responsible_units_and_the_last_paragraph_its_deadlines():
    text = (DOCUMENTS / "shiyan-2015.txt").read_text(encoding="utf-8")
    tasks = read("shiyan-2015").tasks
    assert len([task for task in tasks if task.responsible]) == text.count("(责任单位:")
    assert tasks[1].responsible == (
        "市编办",
        "市经信委",
        "市政府法制办",
        "市政府有关部门",
        "各县市区人民政府",
    )
    assert tasks[-1].due == ("5月20日前", "12月20日前")


def test_deadlines_of_guangzhou_and_yueyang():
    due = {name: [due for task in read(name).tasks for due in task.due] for name in NAMES}
    assert due["guangzhou-2012"] == ["2012年底前"]
    assert {"3个工作日内", "5小时内", "24小时内", "2017年底前"} <= set(due["yueyang-2017"])


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("bazhong-2017", ["文章内容来自网络"]),
        (
            "guangzhou-2012",
            ["相关新闻", "当前位置", "• 分享到", "• -", "扫一扫", "相关新闻", "-", "关注"],
        ),
        ("shiyan-2015", []),
        ("yueyang-2017", ["• 来源:爱游戏", "• 型号", "• 产品类别", "各县市区人民政府"]),
        ("zhangye-2013", ["公元", "联系我们", "版权所有", "甘公网安备"]),
    ],
)
def test_exactly_the_pages_own_lines_are_dropped(name, dropped):
    lines = [line.text for line in read(name).dropped]
    assert len(lines) == len(dropped)
    assert all(line.startswith(begin) for line, begin in zip(lines, dropped, strict=True))


@pytest.fixture
def content(tmp_path):
    """A content folder with the organs of the example city and nothing else."""
    folder = tmp_path / "content"
    folder.mkdir()
    for name in ("site.yaml", "organs.csv"):
        (folder / name).write_bytes((ROOT / "content" / name).read_bytes())
    return folder


SETTINGS = {
    "发布机构": "government",
    "审查人": "办公室",
    "审查日期": "发布日期",
    "发布日期": "成文日期",
    "公开方式": "主动公开",
}


def test_with_defaults_the_five_become_records_without_errors(content):
    run = import_files([DOCUMENTS / f"{name}.txt" for name in NAMES], content, SETTINGS)
    assert [outcome.state for outcome in run.outcomes] == ["new"] * 5
    found = read_content(content, TODAY)
    assert not has_errors(found.problems)
    keys = {record.key for record in found.catalog.records if record.kind != "organ"}
    assert keys == {outcome.file.name.removesuffix(".md") for outcome in run.outcomes}
    assert sorted(key.partition("/")[0] for key in keys) == ["news", *["policy"] * 4]


def test_without_defaults_the_check_asks_for_the_reviewer(content):
    import_files([DOCUMENTS / "shiyan-2015.txt"], content)
    problems = [
        (one.field, one.code) for one in read_content(content, TODAY).problems if one.severity == "error"
    ]
    assert {("审查人", "field.missing"), ("审查日期", "field.missing")} <= set(problems)


def test_importing_again_writes_nothing(content):
    paths = [DOCUMENTS / f"{name}.txt" for name in NAMES]
    import_files(paths, content, SETTINGS)
    before = {path: path.stat().st_mtime_ns for path in content.rglob("*")}
    again = import_files(paths, content, SETTINGS)
    assert [outcome.state for outcome in again.outcomes] == ["unchanged"] * 5
    assert {path: path.stat().st_mtime_ns for path in content.rglob("*")} == before


def test_the_contract_can_be_written_as_json(content):
    run = import_files([DOCUMENTS / f"{name}.txt" for name in NAMES], content, SETTINGS)
    documents = json.loads(json.dumps(as_json(run), ensure_ascii=False))
    assert [document["document_number"] for document in documents] == [
        EXPECTED[name]["document_number"] for name in NAMES
    ]
    assert documents[2]["headings"][0] == {
        "level": 1,
        "number": "一、",
        "title": "全面推进政务公开,提升政府公信力",
    }
