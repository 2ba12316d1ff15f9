"""annual_report_copied: sentence by sentence, without figures."""

from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "annual_report_copied"
SENTENCES = (
    "开展业务培训{}次提高了工作人员的能力",
    "更新栏目{}个并及时回应群众关切",
    "编制目录{}项并对外公布查阅方式",
    "公开预算决算{}条接受社会各界监督",
    "修订制度{}件明确保密审查的责任",
    "办理建议提案{}件全部按期公开答复",
    "网站访问{}人次比上一年度有所增长",
    "政务新媒体发布{}条群众评价良好",
)


def prose(number: int, first: str = "") -> dict[str, str]:
    return {"一、总体情况": first + "。".join(one.format(number) for one in SENTENCES) + "。"}


def ask(this: dict[str, str], last: dict[str, str]) -> list[tuple[str, str, str | None]]:
    pages = {"/a.html": report(2024, prose=this), "/b.html": report(2023, prose=last)}
    return outline(findings_of(CHECK, {"/": html(links(*pages))} | pages))


def test_the_same_sentences_with_other_figures_are_shown() -> None:
    assert ask(prose(12), prose(11)) == [("unknown", "/a.html", None)]


def test_a_report_of_its_own_is_well() -> None:
    new = {
        "一、总体情况": "今年新设政务公开专区，为老年人提供代办服务。举办开放日活动，邀请群众参观。与档案馆共享查阅点。"
    }
    assert (
        ask(new | {"六、其他需要报告的事项": "没有收取信息处理费，也没有委托办理的事项。"}, prose(11)) == []
    )


def test_the_words_of_the_form_alone_are_no_copy() -> None:
    assert ask({"一、总体情况": "今年情况良好"}, {"一、总体情况": "去年情况一般"}) == []
