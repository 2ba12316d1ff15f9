"""Tables of records as pages show them: steps in a flow chart, what two editions differ in, pages to print."""

import pytest

from plugins.portal.views.tables import wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("受理", ["受理"]),
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五", ["一二三四，", "五"]),  # a comma never begins a line
        ("12345678", ["12345678"]),  # digits are half as wide
    ],
)
def test_text_in_a_flow_chart_is_broken_by_its_width(text, lines):
    assert wrapped(text, 4) == lines


FACTS = (
    "发布机构: 霁川市财政局\n发布日期: 2026-03-03\n公开方式: 主动公开\n审查人: 办公室\n审查日期: 2026-03-03\n"
)


def test_a_service_has_steps_a_flow_chart_and_a_page_to_print(office):
    office.write(
        "service/book.md",
        f"---\n事项名称: 代理记账许可\n{FACTS}法定办结时限: 20\n承诺办结时限: 5\n设定依据: 某法第一条\n"
        "申请条件: 有从业人员\n收费标准: 不收费\n办理地点: 一楼\n办理时间: 工作日\n咨询电话: 0990-5550118\n"
        "事项类型: 行政确认\n申请材料:\n  - 材料名称: 申请表\n    材料形式: 原件\n办理流程: |\n"
        "  受理｜预算科｜1个工作日\n  决定｜局长｜4个工作日｜书面决定\n---\n",
    )
    office.build()
    page = (office.output / "service/book.html").read_text(encoding="utf-8")
    sheet = (office.output / "checklist/service/book.html").read_text(encoding="utf-8")

    assert page.count('<rect class="flow-box"') == 2
    assert page.count('<path class="flow-arrow"') == 1
    assert '<ol class="steps">' in page
    assert 'href="../checklist/service/book.html"' in page
    assert "8／8 项" not in page
    assert "要素" not in page
    assert "style=" not in page
    assert "□" in sheet
    assert "申请表" in sheet


def test_a_new_edition_of_a_list_says_what_changed(office):
    items = {"2025": "甲事项｜行政许可\n乙事项｜行政许可", "2026": "乙事项｜行政确认\n丙事项｜行政许可"}
    for year, rows in items.items():
        previous = "上一版: catalogue/list-2025\n" if year == "2026" else ""
        cell = rows.replace("\n", "\n  ")
        office.write(
            f"catalogue/list-{year}.md",
            f"---\n标题: {year}年目录\n{FACTS}清单类别: 行政审批事项目录\n版次: {year}年版\n{previous}事项: |\n  {cell}\n---\n",
        )
    office.build()
    page = (office.output / "catalogue/list-2026.html").read_text(encoding="utf-8")

    assert "与《2025年目录》的不同（3 处）" in page
    assert "类别：行政许可 → 行政确认" in page
    assert page.index("丙事项") < page.index("不再列入")
    assert "的不同（" not in (office.output / "catalogue/list-2025.html").read_text(encoding="utf-8")


def test_shares_are_drawn_against_their_targets_with_the_figures_beside_them(office):
    office.write(
        "three_ways/city.md",
        f"---\n标题: 三办清单\n{FACTS}层级: 市级\n事项总数: 213\n马上办项数: 98\n网上办项数: 90\n一次办项数: 200\n---\n",
    )
    office.build()
    page = (office.output / "three_ways/city.html").read_text(encoding="utf-8")

    assert page.count('<path class="bars-target"') == 3
    assert "42.3%（目标 50%，未达到）" in page
    assert (
        '<th scope="row">网上办占比</th><td data-label="占比">42.3%</td><td data-label="目标">50%</td>'
        in page
    )


def test_who_came_last_twice_is_said_on_the_later_result(office):
    for quarter, scores in (("q1", (90, 70)), ("q2", (95, 60))):
        previous = "上一次: assessment/q1\n" if quarter == "q2" else ""
        office.write(
            f"assessment/{quarter}.md",
            f"---\n标题: {quarter}考核结果\n{FACTS}考核期: {quarter}\n{previous}结果: |\n"
            f"  霁川市财政局｜1｜优秀｜{scores[0]}\n  霁川市人民政府｜2｜合格｜{scores[1]}\n---\n",
        )
    office.build()
    later = (office.output / "assessment/q2.html").read_text(encoding="utf-8")

    assert "连续两次排名末位：霁川市人民政府。" in later
    assert '<a href="../organ/finance.html">霁川市财政局</a></th>' in later.partition("的不同（")[2]
    assert "连续两次" not in (office.output / "assessment/q1.html").read_text(encoding="utf-8")


def test_a_limit_between_two_days_is_shown_with_its_count_and_clause(office):
    office.write(
        "consultation/a.md",
        f"---\n标题: 征求意见\n{FACTS}开始日期: 2026-03-03\n截止日期: 2026-04-02\n反馈日期: 2026-04-10\n---\n",
    )
    office.build()
    page = (office.output / "consultation/a.html").read_text(encoding="utf-8")

    assert "从 2026-03-03 到 2026-04-02 是 30 天，不少于 30 天，符合。" in page
    assert "重大行政决策程序暂行条例（国务院令第713号）第十五条" in page


@pytest.mark.parametrize(
    ("asked_on", "said"),
    [
        ("2026-08-20", "从留言日期 2026-08-20 的第二天起 92 天，到 2026-11-20 为止，今天是最后一天。"),
        ("2026-08-19", "到 2026-11-19 为止，已经过了 1 天，还没有填写答复日期。"),
    ],
)
def test_what_must_follow_a_day_is_counted_from_it(office, asked_on, said):
    office.write(
        "reply/a.md",
        f"---\n标题: 公交站\n{FACTS.replace('2026-03-03', asked_on)}留言日期: {asked_on}\n留言内容: 何时恢复？\n"
        "答复单位: 霁川市财政局\n---\n",
    )
    office.build()

    assert said in (office.output / "reply/a.html").read_text(encoding="utf-8")


def test_what_rests_on_our_advice_alone_is_not_held_against_an_office_in_public(office):
    office.write(
        "consultation/a.md",
        f"---\n标题: 征求意见\n{FACTS}开始日期: 2026-03-03\n截止日期: 2026-04-02\n---\n",
    )
    office.build()
    page = (office.output / "consultation/a.html").read_text(encoding="utf-8")

    assert "不少于 30 天，符合" in page
    assert "本项目的建议" not in page


def test_an_answer_is_counted_once(office):
    office.write(
        "reply/a.md",
        f"---\n标题: 公交站\n{FACTS}留言日期: 2026-02-03\n留言内容: 何时恢复？\n答复单位: 霁川市财政局\n"
        "答复日期: 2026-02-09\n答复内容: 三月底。\n---\n",
    )
    office.build()
    page = (office.output / "reply/a.html").read_text(encoding="utf-8")

    assert page.count('<p class="clock-name">') == 1


def test_columns_of_amounts_stand_as_figures(example_site):
    page = (example_site.folder / "finance/civil-affairs-a2025.html").read_text(encoding="utf-8")

    table = page.split('id="field-lines"', 1)[1]
    assert '<th scope="col">科目</th>' in table
    assert '<th scope="col" class="figure">金额（万元）</th>' in table
    assert table.count('<td data-label="金额（万元）" class="figure">') == 2
