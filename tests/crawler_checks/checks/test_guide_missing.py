"""guide_missing: an organ without a guide among many that have one."""

from __future__ import annotations

from crawler_checks.crawl.limits import BOUNDS, Limits
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "guide_missing"
ORGANS = ["某市教育局", "某市财政局", "某市民政局", "某市水利局", "某市卫生健康委员会", "某市人民政府"]
SIX = "".join(
    f"<tr><th>{label}</th><td>有</td></tr>"
    for label in ("机关职能", "机构设置", "办公地址", "办公时间", "联系方式", "负责人")
)
GUIDE = (
    "<p>信息分类：分为{n}类。</p><p>编排体系：按{n}编排。</p><p>获取方式：{n}处查阅。</p><p>公开工作机构：第{n}办公室</p>"
    "<p>办公地址：某路{n}号</p><p>办公时间：{n}点起</p><p>联系电话：555010{n}</p><p>传真号码：555020{n}</p>"
    "<p>互联网联系方式：a{n}@b.cn</p><p>这是第{n}个机关说明自己公开哪些信息、怎样查找、怎样申请的一段话，与别的机关不同，"
    "写得长一些，因为只有几句话的页面只是指南的入口，不是指南本身。</p>"
)


def ask(
    *with_guides: str, others: tuple[str, ...] = (), guides: tuple[str, ...] = (), limits: Limits = BOUNDS
) -> list[tuple[str, str, str | None]]:
    """What is said of a site that presents these organs; `others` have no guide, `guides` are called otherwise."""
    pages = {}
    for number, organ in enumerate((*with_guides, *others)):
        pages[f"/organ/{number}.html"] = html(
            f"<h1>{organ}政府信息公开</h1><table>{SIX}</table>", title=f"{organ}政府信息公开"
        )
    titles = (*(f"{organ}政府信息公开指南" for organ in with_guides), *guides)
    for number, title in enumerate(titles):
        pages[f"/guide/{number}.html"] = html(
            f"<h1>{title}</h1>" + GUIDE.replace("{n}", str(number)), title=title
        )
    listed = "".join(
        f'<li><a href="/guide/{number}.html">{title}</a></li>' for number, title in enumerate(titles)
    )
    entrance = html(f"<h1>政府信息公开指南</h1><ul>{listed}</ul>", title="政府信息公开指南")
    home = html('<a href="/guide/">政府信息公开指南</a>' + links(*(one for one in pages if "organ" in one)))
    return outline(findings_of(CHECK, {"/": home, "/guide/": entrance, **pages}, limits=limits))


def test_where_every_organ_has_a_guide_all_is_well() -> None:
    assert ask(*ORGANS) == []


def test_one_organ_without_a_guide_among_many_with_one_is_at_fault() -> None:
    assert ask(*ORGANS, others=("某市气象局",)) == [("fail", "/organ/6.html", "某市气象局")]


def test_where_few_organs_have_a_guide_here_guides_stand_elsewhere() -> None:
    assert ask(*ORGANS[:4], others=("某市气象局",)) == []
    assert ask(*ORGANS, others=("甲市气象局", "乙市气象局", "丙市气象局")) == []


def test_companies_and_hospitals_publish_by_other_rules() -> None:
    assert ask(*ORGANS, others=("某市自来水有限公司", "某市第一人民医院")) == []


def test_a_guide_without_a_name_may_be_anybodys() -> None:
    assert [
        one for one, _, _ in ask(*ORGANS, others=("某市气象局",), guides=("政府信息公开指南（部门）",))
    ] == ["unknown"]


def test_where_not_all_was_seen_nobody_is_accused() -> None:
    more = ("某市教育局政府信息公开指南（旧）",)
    assert ask(*ORGANS, others=("某市气象局",), guides=more) == [("fail", "/organ/6.html", "某市气象局")]
    found = ask(*ORGANS, others=("某市气象局",), guides=more, limits=Limits(pages=17))
    assert [outcome for outcome, _, _ in found] == ["unknown"]
