"""section_missing: the four columns must be there; what may be elsewhere is not accused."""

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.crawl.limits import Limits
from tests.crawler_checks.sites import findings_of, html

CHECK = "section_missing"
COLUMNS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")


def site(*names: str) -> dict[str, str]:
    menu = "".join(f'<a href="/{number}.html">{name}</a>' for number, name in enumerate(names))
    return {"/": html(menu + "<p>某市人民政府</p>")} | {
        f"/{n}.html": html(f"<h1>{name}</h1>") for n, name in enumerate(names)
    }


def fails(*names: str, **options: object) -> list[str | None]:
    found = findings_of(CHECK, site(*names), **options)  # type: ignore[arg-type]
    return [finding.section for finding in found if finding.outcome is Outcome.FAIL]


def test_a_site_with_the_four_columns_fails_nothing() -> None:
    assert fails(*COLUMNS) == []


def test_a_column_under_another_known_name_is_there() -> None:
    assert fails("公开指南", "公开制度", "主动公开", "政府信息公开工作年度报告") == []


def test_a_column_that_is_nowhere_is_missing() -> None:
    found = findings_of(CHECK, site(*COLUMNS[:3]))
    assert found[0] == Finding(
        check="section_missing",
        outcome=Outcome.FAIL,
        place="/",
        object=None,
        section="annual_report",
        message_zh="没有找到“政府信息公开年报”栏目。请检查首页或“政府信息公开”栏目是否有入口，入口名称是否规范。",
        message_en="Section 'Annual reports' was not found. Check that the home page links to it, under its proper name.",
        basis="关于规范政府信息公开平台有关事项的通知（国办公开办函〔2019〕61号）二、统一规范",
    )
    assert fails() == ["annual_report", "guide", "institution", "statutory"]


def test_an_entry_that_does_not_open_is_a_missing_section() -> None:
    pages = site(*COLUMNS)
    del pages["/0.html"]
    [finding] = [one for one in findings_of(CHECK, pages) if one.outcome is Outcome.FAIL]
    assert finding.section == "guide"
    assert (
        finding.message_zh
        == "“政府信息公开指南”栏目的入口“政府信息公开指南”打不开（/0.html）。请修复这个栏目或改正链接。"
    )


def test_sections_that_not_every_organ_has_are_only_shown_as_unknown() -> None:
    found = {finding.section: finding.outcome for finding in findings_of(CHECK, site(*COLUMNS))}
    assert found["procurement"] is Outcome.UNKNOWN
    assert found["news"] is Outcome.UNKNOWN


def test_why_it_is_not_told_is_said_and_shared_by_sections_of_one_state() -> None:
    found = {one.section: one for one in findings_of(CHECK, site(*COLUMNS, "政府采购信息汇编"))}
    assert found["procurement"].object == "similar"
    assert found["procurement"].message_zh == (
        "无法判断是否设有“政府采购”栏目：只找到名称相近的“政府采购信息汇编”。请人工查看。"
    )
    assert found["news"].object == found["budget"].object == "not_every_organ"


def test_a_name_without_a_link_is_said_so() -> None:
    pages = site(*COLUMNS[:3])
    pages["/"] = pages["/"].replace("</body>", "<p>政府信息公开年报</p></body>")
    found = {one.section: one for one in findings_of(CHECK, pages)}
    assert found["annual_report"].object == "named_only"


def test_a_site_that_was_not_seen_whole_is_not_accused() -> None:
    assert fails(*COLUMNS[:3], limits=Limits(pages=4)) == []


def test_a_menu_written_by_script_is_not_accused() -> None:
    found = findings_of(CHECK, {"/": html("<script>document.write(menu)</script>")})
    assert {finding.outcome for finding in found} == {Outcome.UNKNOWN}


def test_news_are_not_looked_for_in_a_part_of_a_site() -> None:
    found = findings_of(CHECK, {"/xxgk/": html("<p>x</p>")}, prefix="/xxgk/")
    assert {"news", "notice", "interpretation"}.isdisjoint({finding.section for finding in found})
