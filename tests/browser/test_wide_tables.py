"""Tables wider than the screen: names of rows stay in sight, no column is a string of characters, and a line says it."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from plugins.portal.markdown_html import to_html

pytestmark = pytest.mark.browser

REPORT = "annual_report/government-2025.html"
LARGE = "document.documentElement.dataset.text = 'large'"
FRAMES = """() => [...document.querySelectorAll('.table-frame')].map(frame => {
  const table = frame.querySelector('table'), caption = table.caption;
  const hint = getComputedStyle(caption || table, caption ? '::after' : '::before');
  const columns = [...table.querySelectorAll('thead tr:last-child th')].map((head, at) => {
    const style = getComputedStyle(head);
    const texts = [...table.rows].map(row => row.cells[at] ? row.cells[at].textContent.trim().length : 0);
    const room = head.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return {longest: Math.max(...texts), room: room / parseFloat(style.fontSize)};
  });
  return {
    overflows: frame.scrollWidth - frame.clientWidth, hint: parseFloat(hint.paddingBottom) || 0,
    stop: frame.tabIndex, named: Boolean(frame.getAttribute('aria-labelledby') || frame.getAttribute('aria-label')), columns,
  };
})"""
NAMES = """frame => {
  const edge = frame.getBoundingClientRect();
  const rows = [...frame.querySelectorAll('tbody tr')].map(row => [...row.querySelectorAll('th')].map(name => {
    const box = name.getBoundingClientRect();
    return [box.left - edge.left, box.right - edge.left];
  }));
  return {width: edge.width, rows};
}"""
TALL = """frame => [...frame.querySelectorAll('tbody th[rowspan]')].map(name => {
  const range = document.createRange();
  range.selectNodeContents(name);
  return range.getBoundingClientRect().top - name.getBoundingClientRect().top;
})"""
THIRTEEN = """
| 序号 | 单位名称 | 地址 | 联系人 | 联系电话 | 传真 | 邮编 | 负责人 | 职务 | 主管部门 | 成立时间 | 服务内容 | 备注 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 1 | 养老中心 | 拾翠街58号 | 林知远 | 0990-5550131 | 无 | 999001 | 周以宁 | 主任 | 民政局 | 2019年 | 指导评估 | 节假日休息 |
"""


def shown(page: Page, address: str, width: int, *, large: bool = False) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.evaluate(LARGE if large else "delete document.documentElement.dataset.text")


@pytest.mark.parametrize(("large", "most"), [(False, 0.6), (True, 0.7)])
def test_the_names_of_rows_stay_in_sight_and_leave_room_for_figures(
    page: Page, site_address: str, large: bool, most: float
) -> None:
    shown(page, site_address + REPORT, 320, large=large)
    frame = page.locator(".table-frame", has=page.get_by_text("信访举报投诉类申请"))
    frame.evaluate("frame => { frame.scrollLeft = 300; }")

    found = frame.evaluate(NAMES)

    assert frame.evaluate("frame => frame.scrollLeft") == 300
    assert len(found["rows"]) > 20
    ends = set()
    for names in found["rows"]:
        assert names[0][0] >= -1
        assert all(after[0] >= before[1] - 1 for before, after in pairwise(names))
        ends.add(round(names[-1][1]))
    assert len(ends) == 1
    assert ends.pop() <= most * found["width"]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_name_that_spans_rows_stands_at_their_top(page: Page, site_address: str, width: int) -> None:
    shown(page, site_address + REPORT, width)
    frame = page.locator(".table-frame", has=page.get_by_text("信访举报投诉类申请"))

    tops = frame.evaluate(TALL)

    assert len(tops) == 5
    assert max(tops) < 16


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
def test_a_line_says_that_a_table_goes_on_wherever_it_does_and_only_there(
    page: Page, site_address: str, width: int, large: bool
) -> None:
    addresses = [REPORT, "information/sf-note.html", "policy/czj-2025-003.html", "policy/mzj-2025-013.html"]
    frames = []
    for address in [*addresses, "ledger/counts-2025.html"]:
        shown(page, site_address + address, width, large=large)
        frames += page.evaluate(FRAMES)

    assert len(frames) >= 9
    assert [(one["overflows"] > 1) for one in frames] == [one["hint"] > 10 for one in frames]
    assert all(one["stop"] == 0 and one["named"] for one in frames)
    assert any(one["overflows"] > 1 for one in frames) or width == 1280


@pytest.mark.parametrize("width", [320, 1280])
def test_no_column_of_a_text_is_a_string_of_characters(page: Page, site_address: str, width: int) -> None:
    for address in ("information/sf-note.html", "policy/czj-2025-003.html", "policy/mzj-2025-013.html"):
        shown(page, site_address + address, width)
        for frame in page.evaluate(FRAMES):
            for column in frame["columns"]:
                assert column["room"] >= min(column["longest"], 3) - 0.1, (address, column)


def test_a_table_of_thirteen_columns_scrolls_on_a_wide_screen_and_says_so(
    page: Page, site_address: str
) -> None:
    html = to_html(THIRTEEN, {}, "../")
    shown(page, site_address + "information/sf-note.html", 1280)
    page.evaluate("html => { document.querySelector('.prose').innerHTML = html; }", html)

    (frame,) = page.evaluate(FRAMES)

    assert frame["overflows"] > 100
    assert frame["hint"] > 10
    assert len(frame["columns"]) == 13
    assert all(column["room"] >= min(column["longest"], 4) - 0.1 for column in frame["columns"])


def test_on_paper_nothing_is_said_of_sliding(page: Page, site_address: str) -> None:
    shown(page, site_address + REPORT, 1280)
    page.emulate_media(media="print")

    hints = page.eval_on_selector_all(
        ".table-frame caption", "all => all.map(one => getComputedStyle(one, '::after').content)"
    )

    assert len(hints) >= 4
    assert set(hints) == {"none"}
