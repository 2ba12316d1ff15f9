"""Lists are numbered from the oldest record, so that what is new touches the newest page alone."""

import pytest
from bs4 import BeautifulSoup

from plugins.portal.views.lists import PAGE, pages


@pytest.mark.parametrize(
    ("total", "ranges"),
    [
        (0, [(0, 0)]),
        (1, [(0, 1)]),
        (20, [(0, 20)]),
        (39, [(0, 39)]),
        (40, [(0, 20), (20, 40)]),
        (59, [(0, 20), (20, 59)]),
        (60, [(0, 20), (20, 40), (40, 60)]),
    ],
)
def test_older_pages_are_full_and_the_newest_holds_the_rest(total, ranges):
    assert pages(total) == ranges


def test_one_more_record_never_changes_an_older_page():
    for total in range(200):
        assert pages(total + 1)[: len(pages(total)) - 1] == pages(total)[:-1]


def test_every_record_is_on_exactly_one_page():
    for total in range(200):
        ends = [end for _, end in pages(total)]
        assert [start for start, _ in pages(total)] == [0, *ends[:-1]]
        assert ends[-1] == total
        assert all(end - start < 2 * PAGE for start, end in pages(total))


def test_leaders_stand_organ_after_organ_by_their_rank_and_the_rank_is_not_shown(office) -> None:
    rows = (
        ("a", "甲某", "霁川市财政局", "2026-01-12", "副局长", "2"),
        ("b", "乙某", "霁川市人民政府", "2026-01-11", "副市长", "10"),
        ("c", "丙某", "霁川市财政局", "2026-01-10", "局长", "1"),
        ("d", "丁某", "霁川市人民政府", "2026-01-12", "副市长", "2"),
        ("e", "戊某", "霁川市人民政府", "2026-01-13", "秘书长", ""),
    )
    office.write("leader/leaders.csv", leaders(rows))
    office.build()

    def listed(address: str) -> list[str]:
        page = BeautifulSoup((office.output / address).read_text(encoding="utf-8"), "lxml")
        return [link.get_text(strip=True) for link in page.select(".row-title a, tbody th a")]

    assert listed("section/leaders.html") == ["丁某", "乙某", "戊某", "丙某", "甲某"]
    assert listed("organ/finance/leaders.html") == ["丙某", "甲某"]
    assert "排序" not in (office.output / "leader/c.html").read_text(encoding="utf-8")


def leaders(rows) -> str:
    """Rows of id, name, organ, day, post and rank as a spreadsheet."""
    lines = (
        f"{id_},{name},010000001/2026-0900{number},{organ},{day},主动公开,办公室,{day},{post},{rank}\n"
        for number, (id_, name, organ, day, post, rank) in enumerate(rows)
    )
    return "编号,姓名,索引号,发布机构,发布日期,公开方式,审查人,审查日期,职务,排序\n" + "".join(lines)


def test_the_page_of_a_leader_is_headed_by_the_post_and_cites_the_name_without_marks(office) -> None:
    office.write(
        "leader/leaders.csv", leaders([("a", "甲某", "霁川市财政局", "2026-01-12", "党组书记、局长", "1")])
    )
    office.build()
    page = BeautifulSoup((office.output / "leader/a.html").read_text(encoding="utf-8"), "lxml")

    assert page.h1.get_text() == "霁川市财政局党组书记、局长 甲某"
    assert page.title.get_text().startswith("霁川市财政局党组书记、局长 甲某")
    assert page.select_one("#cite-text").get_text().startswith("霁川市财政局：甲某，2026-01-12发布")


def test_the_pager_says_where_the_page_before_and_the_next_one_lead(example_tree) -> None:
    def pager(address: str) -> list[str]:
        page = BeautifulSoup(example_tree[address].decode(), "lxml")
        return [one.get_text(strip=True) for one in page.select(".pager-row > li")]

    assert pager("section/annual_report.html") == ["最新一页，全部 5 页", "下一页：较早的第 4 页"]
    assert pager("section/annual_report/page-4.html") == [
        "上一页：最新的一页",
        "第 4 页，从最早的一页数起",
        "下一页：较早的第 3 页",
    ]
    assert pager("section/annual_report/page-1.html")[:2] == [
        "上一页：较新的第 2 页",
        "第 1 页，从最早的一页数起",
    ]


def test_bare_numbers_stand_organ_by_organ(office) -> None:
    written = [
        (1, "finance", "霁川市财政局", 2),
        (2, "government", "霁川市人民政府", 1),
        (3, "finance", "霁川市财政局", 10),
    ]
    for number, _, organ, serial in written:
        office.policy(number, 发布机构=organ, 文号=f"2026年第{serial}号")
    office.build()
    page = BeautifulSoup((office.output / "number/2026.html").read_text(encoding="utf-8"), "lxml")
    groups = {
        group.h2.get_text(strip=True): [link.get_text().split(" ")[0] for link in group.select("li a")]
        for group in page.select(".index-group")
    }

    assert groups["霁川市财政局公告、通告"] == ["2026年第2号", "2026年第10号"]
    assert groups["霁川市人民政府公告、通告"] == ["2026年第1号"]
