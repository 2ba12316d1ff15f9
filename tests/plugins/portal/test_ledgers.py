"""Pages made from many records: what is missing by year, how much was published, who owes which task."""

import re
from datetime import date

FACTS = "公开方式: 主动公开\n审查人: 办公室\n"


def account(office, kind: str, year: int, day: str) -> None:
    office.write(
        f"finance/{kind}-{year}.md".replace("部门预算", "budget").replace("部门决算", "account"),
        f"---\n标题: {year}年{kind}\n发布机构: 霁川市财政局\n发布日期: {day}\n审查日期: {day}\n{FACTS}"
        f"财政信息类别: {kind}\n预算年度: {year}\n批准或批复日期: {day}\n---\n",
    )


def text_of(office, address: str) -> str:
    return (office.output / address).read_text(encoding="utf-8")


def test_the_matrix_names_what_is_missing_and_not_what_is_not_due(office):
    account(office, "部门预算", 2024, "2024-02-20")
    account(office, "部门决算", 2024, "2025-09-01")
    account(office, "部门预算", 2026, "2026-02-20")
    office.build()
    page = text_of(office, "ledger/finance.html")

    assert "有部门预算；有部门决算" in page  # 2024
    assert "<span>有部门预算</span>" in page.replace(
        '<a href="../finance/budget-2026.html">有部门预算</a>', "有部门预算"
    )
    assert "缺" not in page.split("<table", 1)[1]  # 2025 is no year anything was published for
    assert "没有按年度登记的机关" in page  # the government owes budgets and has none
    assert 'href="../ledger/finance.html"' in text_of(office, "section/budget.html")

    account(office, "部门预算", 2025, "2025-02-20")
    office.build()
    assert "部门决算尚未公开" in text_of(office, "ledger/finance.html")  # of 2025, owed in 2026
    office.build(today=date(2027, 1, 1))
    assert "缺部门决算" in text_of(office, "ledger/finance.html")


def test_publications_are_counted_by_month_quarter_and_year(office):
    office.build()
    page = text_of(office, "ledger/counts.html")

    assert "2025年共发布 3 条" in page
    assert "<td>3</td>" in page
    assert page.count('<rect class="bars-done"') == 12


def test_the_fee_for_requests_is_worked_out_step_by_step(office):
    office.build()
    page = text_of(office, "ledger/fees.html")

    assert "第1—10件，10×0 元；第11—30件，20×100 元；第31—31件，1×200 元" in page
    assert "<span>2200</span>" in page


def test_an_organ_sees_what_it_owes_and_by_when(office):
    office.write(
        "task_plan/a.md",
        "---\n标题: 任务分解\n发布机构: 霁川市人民政府\n发布日期: 2026-03-03\n审查日期: 2026-03-03\n"
        + FACTS
        + "年度: 2026\n"
        "总结报送期限: 2026-12-20\n任务: |\n  公布办事指南｜霁川市财政局｜霁川市人民政府｜2026-06-30｜进行中\n"
        "  公布决算｜霁川市财政局｜｜2026-12-31｜进行中\n  公布预算｜霁川市财政局｜｜2026-02-28｜已完成\n---\n",
    )
    office.build(today=date(2026, 7, 10))
    led = text_of(office, "organ/finance/tasks.html")

    assert "共 3 项任务，其中逾期 1 项" in led
    assert "逾期 10 天" in led
    assert "还有 174 天" in led
    assert led.index("公布办事指南") < led.index("公布决算") < led.index("公布预算")
    assert "2026-12-20" in led
    assert "共 1 项任务" in text_of(office, "organ/government/tasks.html")
    assert 'href="../organ/finance/tasks.html"' in text_of(office, "organ/finance.html")


def test_the_matrix_points_to_a_text_where_nothing_is_entered_by_year(office):
    account(office, "部门预算", 2025, "2025-02-20")
    office.write(
        "information/js.md",
        "---\n标题: 霁川市财政局2025年度部门决算\n发布机构: 霁川市财政局\n发布日期: 2026-09-01\n"
        f"审查日期: 2026-09-01\n{FACTS}栏目: 财政预决算\n---\n\n正文。\n",
    )
    office.build()

    assert "有部门预算；部门决算见文字信息" in text_of(office, "ledger/finance.html")


ITEM = (
    "---\n公开事项: {name}\n发布机构: 霁川市财政局\n发布日期: 2026-01-05\n审查日期: 2026-01-05\n"
    + FACTS
    + "序号: '{id}'\n领域: 社会救助\n公开内容（要素）: 名单\n公开依据: 《社会救助暂行办法》第十一条\n"
    "公开时限: 5个工作日内\n时限工作日数: 5\n公开主体: 市财政局\n公开渠道和载体: 政府网站\n公开栏目: 民生保障\n---\n"
)


def test_an_item_of_the_standard_catalogue_is_judged_by_the_record_that_names_it(office):
    for id_, name in (("01", "救助名单"), ("02", "救助标准"), ("03", "救助政策")):
        office.write(f"standard_item/{id_}.md", ITEM.format(id=id_, name=name))
    for id_, published in (("01", "2026-03-09"), ("02", "2026-03-10")):  # signed on Monday 2 March
        office.write(
            f"information/i{id_}.md",
            f"---\n标题: 第{id_}号\n发布机构: 霁川市财政局\n成文日期: 2026-03-02\n发布日期: {published}\n"
            f"审查日期: 2026-03-02\n{FACTS}栏目: 民生保障\n标准目录事项: standard_item/{id_}\n---\n\n正文。\n",
        )
    office.build()
    page = text_of(office, "ledger/standard_item.html")

    assert "共 3 个事项，其中 1 个在写明的栏目里还没有内容" in page
    assert "按时：用了 5 个工作日，时限 5 个工作日" in page
    assert "逾期：用了 6 个工作日，时限 5 个工作日" in page


def test_a_domain_of_the_standard_catalogue_is_a_section_with_the_records_of_its_items(office):
    office.write("standard_item/01.md", ITEM.format(id="01", name="救助名单"))
    office.write("standard_item/02.md", ITEM.format(id="02", name="就业岗位").replace("社会救助", "就业"))
    for day in ("03", "04"):
        office.write(
            f"information/i{day}.md",
            f"---\n标题: 三月{day}日名单\n发布机构: 霁川市财政局\n发布日期: 2026-03-{day}\n"
            f"审查日期: 2026-03-02\n{FACTS}栏目: 民生保障\n标准目录事项: standard_item/01\n---\n\n正文。\n",
        )
    office.build()
    page = text_of(office, "organ/finance/domain/social-assistance.html")

    assert page.index("三月04日名单") < page.index("三月03日名单")
    assert "公开时限：5个工作日内。公开主体：市财政局。公开内容：名单。" in page
    assert "还没有公开的信息" not in page
    assert "还没有公开的信息" in text_of(office, "organ/finance/domain/employment.html")
    assert "社会救助（霁川市财政局）" in text_of(office, "sitemap.html")


SERVICE = (
    "---\n事项名称: {name}\n发布机构: 霁川市财政局\n发布日期: 2026-03-03\n审查日期: 2026-03-03\n"
    + FACTS
    + "事项类型: {type}\n审批服务形式: {modes}\n---\n"
)


def test_shares_are_computed_from_the_guides_and_held_against_their_targets(office):
    guides = (("a", "行政确认", "网上办；一次办"), ("b", "行政确认", "一次办"), ("c", "公共服务", "马上办"))
    for name, type_, modes in guides:
        office.write(f"service/{name}.md", SERVICE.format(name=name, type=type_, modes=modes))
    office.build()
    page = text_of(office, "ledger/service-service_mode.html")

    cells = re.findall("<t[hd][^>]*>([^<]*)</t[hd]>", page.split("全部事项", 1)[1])
    assert cells[cells.index("马上办") :][:5] == ["马上办", "1", "33.3%", "45%", "未达到"]
    assert cells[cells.index("网上办") :][:5] == ["网上办", "1", "33.3%", "50%", "未达到"]
    assert cells[cells.index("就近办") :][:5] == ["就近办", "0", "0.0%", "—", "—"]
    assert cells[cells.index("一次办") :][:5] == ["一次办", "2", "66.7%", "90%", "未达到"]
    assert "竖线是目标。" in page
    by_organ = page.split("各机关的事项", 1)[1]
    assert ">霁川市财政局</a>" in by_organ
    assert re.findall('data-label="(..要素齐全)"><span>([^<]*)<', by_organ) == [
        ("重点要素齐全", "0"),
        ("指南要素齐全", "0"),
    ]
    assert 'href="../ledger/service-service_mode.html"' in text_of(office, "section/services.html")


def test_a_section_is_divided_by_the_choices_of_its_kind(office):
    for name, type_ in (("a", "行政确认"), ("b", "行政确认"), ("c", "公共服务")):
        office.write(f"service/{name}.md", SERVICE.format(name=name, type=type_, modes="网上办"))
    office.build()

    assert "行政确认（2）" in text_of(office, "section/services.html")
    assert "共 <strong>2</strong> 条" in text_of(office, "section/services/power_type-confirmation.html")


def test_what_budgets_spent_stands_beside_what_is_missing(office):
    account(office, "部门决算", 2024, "2025-09-01")
    path = office.content / "finance/account-2024.md"
    path.write_text(
        path.read_text("utf-8").replace("预算年度", "三公经费合计（万元）: 12.5\n预算年度"), "utf-8"
    )
    office.build()
    page = text_of(office, "ledger/finance.html")

    assert "各机关各年度三公经费合计（万元）" in page
    assert ">12.5</a>" in page
