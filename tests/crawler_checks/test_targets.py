"""Lists of sites: read as offices keep them, and everything that is wrong in one said at once."""

from datetime import time
from pathlib import Path

import pytest

from crawler_checks.crawl.limits import Window
from crawler_checks.targets import FaultyTargets, Target, read_targets

SITE = Target("https://a.example/", "某局", "市直", "cn-2019", "daily", "22:00-06:00", "0.5")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_spreadsheet_saved_as_csv_is_read(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "list.csv"
    text = "网址,单位,类别,规则集,评分标准,时段,速率\r\nhttps://a.example/,某局,市直,cn-2019,daily,22:00-06:00,0.5\r\n,,,,,,\r\n"
    path.write_bytes(text.encode(charset))
    assert read_targets(path) == (SITE,)


def test_yaml_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text(
        "- {site: https://a.example/, organ: 某局, category: 市直, profile: cn-2019, rubric: daily, "
        'hours: "22:00-06:00", rate: 0.5}\n- {网址: https://b.example/}\n',
        "utf-8",
    )
    assert read_targets(path) == (SITE, Target("https://b.example/"))


def test_hours_and_rate_are_manners_and_a_folder_needs_none() -> None:
    manners = SITE.manners()
    assert manners is not None
    assert (manners.window, manners.requests_a_second) == (Window(time(22), time(6)), 0.5)
    assert Target("https://a.example/").manners() is None
    assert Target("output", hours="nonsense").manners() is None


def test_everything_that_is_wrong_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "网址,时段\nhttps://a.example/,\nhttps://a.example/,\n,22:00-06:00\nhttps://b.example/,22-6\n",
        "utf-8",
    )
    with pytest.raises(FaultyTargets) as faulty:
        read_targets(path)
    assert [line.partition("：")[0] for line in faulty.value.message_zh.splitlines()] == [
        "list.csv 第 3 行",
        "list.csv 第 4 行",
        "list.csv 第 5 行",
    ]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", '网址,单位\nhttps://a.example/,"霁川市\n财政局"\n,霁川市教育局\n', 4),
        ("a.yaml", "- site: https://a.example/\n  organ: 霁川市财政局\n- organ: 霁川市教育局\n", 3),
    ],
)
def test_the_line_is_that_of_the_file(tmp_path: Path, name: str, text: str, line: int) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(FaultyTargets) as faulty:
        read_targets(path)
    assert faulty.value.message_zh == f"{name} 第 {line} 行：“网址”没有填写。"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "网址\nhttps://a.example/,多出\n", "“多出”没有列名"),
        ("a.csv", "地址\nhttps://a.example/\n", "没有“地址”这一列"),
        ("a.csv", "网址\n", "一个网站也没有"),
        ("a.yaml", "site: https://a.example/\n", "- site:"),
        ("a.yaml", "- {site: [\n", "YAML"),
        ("a.yaml", "[]\n", "一个网站也没有"),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(FaultyTargets) as faulty:
        read_targets(path)
    assert words in faulty.value.message_zh


def test_notes_are_named_from_where_the_list_is(tmp_path: Path) -> None:
    (tmp_path / "说明.yaml").write_text("打开时间: 3\n", "utf-8")
    path = tmp_path / "list.csv"
    path.write_text("网址,站点说明\nhttps://a.example/,说明.yaml\n", "utf-8")
    assert read_targets(path) == (Target("https://a.example/", notes=str(tmp_path / "说明.yaml")),)
    path.write_text("网址,站点说明\nhttps://a.example/,没有.yaml\n", "utf-8")
    with pytest.raises(FaultyTargets, match=r"第 2 行：站点说明“没有\.yaml”不在清单旁边"):
        read_targets(path)


def test_two_folders_of_one_name_are_refused_because_the_ledger_knows_them_by_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("网址\nmirror/a/www\nsaved/a/www/\nmirror/b/www\nhttps://a.example/www\n", "utf-8")
    with pytest.raises(FaultyTargets) as faulty:
        read_targets(path)
    assert faulty.value.message_zh.startswith(
        "list.csv 第 3 行：“saved/a/www/”和“mirror/a/www”两个文件夹都叫“a/www”"
    )
    assert len(faulty.value.message_zh.splitlines()) == 1
