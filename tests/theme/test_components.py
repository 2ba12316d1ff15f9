"""Every component of the theme does what its description promises, shown by the examples of the specimen page."""

import ast
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from plugins.portal.specimen import TOKENS, environment, read_component, read_components, render_example

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme"
FOLDER = THEME / "templates" / "components"
STYLE = (THEME / "static" / "gongkai.css").read_text(encoding="utf-8")
COMPONENTS = {component.name: component for component in read_components(THEME)}
WITH_EXAMPLES = [name for name, component in COMPONENTS.items() if component.examples]


@pytest.fixture(scope="module")
def shown() -> dict[str, BeautifulSoup]:
    """Each component's examples as they are rendered."""
    env = environment(THEME)
    return {
        name: BeautifulSoup(
            "".join(render_example(env, name, example) for example in COMPONENTS[name].examples), "lxml"
        )
        for name in WITH_EXAMPLES
    }


@pytest.fixture(scope="module")
def page(specimen: Path) -> BeautifulSoup:
    """The specimen page, which has on it what every page has."""
    return BeautifulSoup(specimen.read_text(encoding="utf-8"), "lxml")


def words(tag: Tag) -> str:
    """What a reader reads of it, without blanks at the ends."""
    return tag.get_text().strip()


# ---- the descriptions themselves ----


def test_every_component_is_described_and_nothing_else_is() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(COMPONENTS)
    assert len(COMPONENTS) > 25


def test_every_criterion_is_held_by_a_test_that_exists_or_by_hand() -> None:
    tests = {
        f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    held = [one.held_by for component in COMPONENTS.values() for one in component.criteria]

    assert all(component.criteria for component in COMPONENTS.values())
    assert [one for one in held if one != "by hand" and one not in tests] == []


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_component_show_something(name: str, shown) -> None:
    assert words(shown[name]) or shown[name].find("svg")


def test_the_specimen_page_shows_every_component_and_every_colour(page) -> None:
    assert {tag["id"].removeprefix("c-") for tag in page.select("h2[id^=c-]")} == set(COMPONENTS)
    declared = set(re.findall(r"--([a-z-]+): #", STYLE.partition("@supports")[0]))
    assert {name for name, _ in TOKENS} | {"on-band", "on-band-soft"} == declared
    assert {tag["class"][1].removeprefix("swatch-") for tag in page.select(".swatch")} == dict(TOKENS).keys()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("purpose: {zh: 甲, en: A}\nwhen: 乙\ncriteria: []\ncolour: red\n", "colour"),
        ("purpose: {zh: 甲, en: A}\ncriteria: []\non_every_page: true\n", "when"),
        ("purpose: {zh: 甲, en: A}\nwhen: 乙\ncriteria: []\n", "either examples or on_every_page"),
    ],
)
def test_a_description_with_a_fault_is_refused_by_name(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=rf"bad\.yaml.*{complaint}"):
        read_component(path)


# ---- what the criteria name ----


def test_no_component_needs_its_colour(shown) -> None:
    """Each state has a sign and a word of its own, and no two states of a component look alike without colour."""
    for name in ("banner", "state", "clocks", "counts", "owed"):
        marks = shown[name].select(".banner-word, .state, .count dt")
        told = [(words(mark), mark.svg.path["d"]) for mark in marks]
        assert told, name
        assert all(word and sign for word, sign in told), name
        assert len(set(told)) == len(told), name


def test_what_changed_a_document_can_be_reached(shown) -> None:
    changed = shown["banner"].select(".banner-amended, .banner-repealed")

    assert len(changed) == 2
    assert all(
        re.fullmatch("《霁川市人民政府关于.+》（.+号）", words(one.a)) and one.a["href"] for one in changed
    )


def test_every_drawing_has_its_words(shown) -> None:
    """A drawing is hidden where the words stand beside it, and named where it stands for itself."""
    found = [(name, svg) for name in WITH_EXAMPLES for svg in shown[name].select("svg")]

    assert len(found) > 20
    for name, svg in found:
        named = svg.get("role") == "img" and (svg.get("aria-label") or svg.title)
        assert svg.get("aria-hidden") == "true" or named, (name, str(svg)[:80])
    for name in ("bars", "comparison"):
        assert shown[name].table, name
    assert "各步骤的文字见上面的列表" in shown["flow"].title.text
    assert shown["field_table"].select("ol.steps + figure svg")


def test_a_fold_says_what_it_unfolds(shown) -> None:
    folds = {name: [words(one) for one in shown[name].select("summary")] for name in WITH_EXAMPLES}

    assert folds["clocks"] == ["怎样计算：主动公开时限（20 个工作日）"]
    assert folds["files"] == [
        "校验值：霁川市住宅电梯维护保养记录表",
        "校验值：《霁川市住宅电梯安全管理办法》解读图",
    ]
    assert folds["facets"] == ["按年份", "按有效性"]


def test_a_missing_column_says_what_is_missing(shown) -> None:
    missing = shown["columns"].select_one(".missing")

    assert "还没有公开" in words(missing)
    assert "条例第十二条" in words(missing)


@pytest.mark.parametrize("name", ["bars", "comparison", "data_table", "duties", "field_table", "row_table"])
def test_every_table_has_a_caption_and_scopes(name: str, shown) -> None:
    tables = shown[name].select("table")

    assert tables
    for table in tables:
        assert table.caption
        assert words(table.caption)
        assert all(head.get("scope") for head in table.select("th"))
        assert table.select("tbody th"), "no row says what it is"


@pytest.mark.parametrize("name", ["duties", "field_table", "row_table"])
def test_a_cell_knows_its_column_where_the_head_is_hidden(name: str, shown) -> None:
    for table in shown[name].select("table.row-table"):
        heads = [words(head) for head in table.select("thead th")]
        for row in table.select("tbody tr"):
            assert [cell["data-label"] for cell in row.select("td")] == heads[1:]


def test_labels_and_values_are_a_list_of_pairs(shown) -> None:
    lists = shown["entries"].select("dl")

    assert [one["class"] for one in lists] == [["header-table"], ["details-list"]]
    for one in lists:
        assert all(pair.dt and pair.dd for pair in one.select(".entry"))


def test_a_file_says_its_name_type_and_size(shown) -> None:
    files = shown["files"].select(".file-list > li")

    assert [words(file.select_one(".file-name a")) for file in files] == [
        "霁川市住宅电梯维护保养记录表",
        "《霁川市住宅电梯安全管理办法》解读图",
    ]
    assert [[words(note) for note in file.select(".file-note span")] for file in files] == [
        ["Excel 表格", "24.6 KB"],
        ["PDF 文件", "1.2 MB"],
    ]


def test_where_one_is_is_said(shown, page) -> None:
    assert [words(one) for one in shown["siblings"].select("[aria-current=page]")] == ["财政预决算"]
    assert page.select_one(".trail ol li:last-child [aria-current=page]")


def test_a_page_number_is_read_as_a_page(shown) -> None:
    assert [one["aria-label"] for one in shown["pager"].select(".numbers a")] == [
        "第 3 页",
        "第 2 页",
        "第 1 页",
    ]


def test_a_link_makes_sense_alone(shown) -> None:
    vague = {"更多", "详情", "点击这里", "查看", "上一页", "下一页", "上一篇", "下一篇"}
    links = [words(link) for name in WITH_EXAMPLES for link in shown[name].select("a[href]")]

    assert len(links) > 20
    assert "RSS，订阅栏目“政策解读”" in links
    assert vague.isdisjoint(links)


def test_a_code_stays_black_on_white(shown) -> None:
    assert shown["qr_code"].select("rect.qr-light, path.qr-dark")
    assert re.findall(r"\.qr-(light|dark) \{ [^}]*(#\w+);", STYLE) == [("light", "#fff"), ("dark", "#000")]


def test_the_footer_shows_every_mark(page) -> None:
    foot = words(page.select_one("footer.foot"))

    for mark in (
        "主办单位",
        "承办单位",
        "联系电话",
        "网站标识码",
        "ICP",
        "公网安备",
        "我为政府网站找错",
        "党政机关网站",
    ):
        assert mark in foot
