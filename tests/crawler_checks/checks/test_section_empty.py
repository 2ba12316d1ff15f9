"""section_empty: nothing of its own on the page, and certainly so."""

import pytest

from tests.crawler_checks.sites import Page, findings_of, html, outline

CHECK = "section_empty"
MENU = '<div><a href="/">首页</a><a href="/g/">政府信息公开指南</a><a href="/n/">通知公告</a><a href="/p/">政策文件</a></div>'
ITEM = '<li><a href="/x.html">关于停水的通知全文</a><span>2026-10-01</span></li>'
FILLED = f'<ul class="list">{ITEM}</ul>'
TEXT = "<p>" + "本机关负责本行政区域内政府信息公开工作的推进、指导、协调、监督。" * 3 + "</p>"


def framed(body: str, head: str = "") -> str:
    return html(f"{MENU}{body}<p>主办：某市人民政府办公室</p>", head=head)


OTHERS: dict[str, Page] = {"/n/": framed(FILLED), "/p/": framed(FILLED), "/x.html": framed(TEXT)}


def ask(guide: Page, **others: Page) -> list[tuple[str, str, str | None]]:
    pages: dict[str, Page] = {"/": framed(TEXT), "/g/": guide, **OTHERS}
    return outline(findings_of(CHECK, pages | {f"/{name}": other for name, other in others.items()}))


@pytest.mark.parametrize(
    "body",
    [
        FILLED,
        TEXT,
        '<a href="/g/1.html">本机关指南</a>',
        '<a href="/guide.pdf">下载指南</a>',
        '<a href="https://other.example/">部门指南在此</a>',
        '<img src="/chart.png" alt="流程图">',
        "<form>" + "<input name=a>" * 4 + "<textarea></textarea></form>",
        '<video src="/guide.mp4"></video>',
        f"{TEXT}<table><tr><td>传真</td><td>暂无</td></tr></table>",
        f'{TEXT}<ul class="subs"></ul>',
    ],
)
def test_a_section_with_anything_of_its_own_is_not_empty(body: str) -> None:
    assert ask(framed(body), **{"g/1.html": framed(TEXT)}) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h1>政府信息公开指南</h1>",
        "<p>栏目建设中</p>",
        "<p>暂无信息。</p>",
        "<p>本栏目介绍如何获取政府信息。</p><p>这里还没有信息。</p>",
        '<ul class="list"> </ul>',
        '<ul class="list"></ul>' + TEXT,
        '<script src="/menu.js"></script><ul class="list"></ul>',
        '<script src="/menu.js"></script><p>敬请期待！</p>',
    ],
)
def test_a_section_with_nothing_or_only_a_placeholder_is_empty(body: str) -> None:
    assert ask(framed(body), **{"menu.js": b"//"}) == [("fail", "/g/", None)]


@pytest.mark.parametrize(
    "body",
    [
        '<script src="/list.js"></script><div id="list"></div>',
        '<ul class="list"></ul><script>$.getJSON("/data.json", show)</script>',
        '<p>暂无数据</p><script>fetch("/data.json")</script>',
        '<iframe src="/closed.html"></iframe>',
        "<div>" * 50_000,
    ],
)
def test_a_section_that_scripts_or_frames_may_fill_cannot_be_judged(body: str) -> None:
    assert ask(framed(body), **{"list.js": b"//"}) == [("unknown", "/g/", None)]


def test_a_list_in_a_frame_fills_the_section() -> None:
    assert ask(framed('<iframe src="/inner.html"></iframe>'), **{"inner.html": FILLED}) == []


def test_a_column_that_the_profile_does_not_know_is_judged_when_it_names_itself() -> None:
    column = '<meta name="ColumnName" content="乡村振兴">'
    article = column + '<meta name="ArticleTitle" content="乡村振兴">'
    others: dict[str, Page] = {
        "empty.html": framed('<ul class="list"></ul>', column),
        "full.html": framed(FILLED, column),
        "article.html": framed("", article),
        "nameless.html": framed("<p></p>"),
    }
    home = framed("".join(f'<a href="/{name}">进入栏目</a>' for name in others))
    pages: dict[str, Page] = {"/": home, "/g/": framed(TEXT), **OTHERS}
    [finding] = findings_of(CHECK, pages | {f"/{name}": page for name, page in others.items()})
    assert (finding.place, finding.section) == ("/empty.html", None)
    assert (
        finding.message_zh
        == "“乡村振兴”栏目（/empty.html）是空白的。请补充内容；确无内容的，撤销或并入其他栏目。"
    )


@pytest.mark.parametrize(
    "said",
    [
        "本局依法不具有制定行政规范性文件的职权，无此类信息。",
        "本单位不涉及行政处罚事项",
        "本机关不承担行政许可职能。",
        "经梳理，我局没有此类信息",
    ],
)
def test_a_section_that_says_its_organ_has_nothing_of_the_kind_is_for_a_person_to_judge(said: str) -> None:
    assert ask(framed(f"<h1>政府信息公开指南</h1><p>{said}</p>")) == [("unknown", "/g/", None)]


def test_what_every_page_says_excuses_no_section() -> None:
    everywhere = "<p>本站不涉及国家秘密信息</p>"
    pages: dict[str, Page] = {
        address: page if isinstance(page, bytes) else page.replace("</body>", f"{everywhere}</body>")
        for address, page in {"/": framed(TEXT), "/g/": framed(""), **OTHERS}.items()
    }
    assert outline(findings_of(CHECK, pages)) == [("fail", "/g/", None)]


def test_a_menu_that_most_columns_have_is_no_content_of_an_emptied_list_and_may_be_that_of_a_page() -> None:
    names = ("通知公告", "政策文件", "统计信息", "行政许可", "政府采购", "政府信息公开指南")
    menu = "".join(f'<a href="/{number}/">{name}</a>' for number, name in enumerate(names))
    pages: dict[str, Page] = {f"/x{number}.html": html(f"<p>第 {number} 件。</p>") for number in range(20)}
    pages["/"] = html(
        menu + "".join(f'<a href="/x{number}.html">第 {number} 件事情</a>' for number in range(20))
    )
    for number in range(5):
        row = f'<li><a href="/x{number}.html">第 {number} 件事情</a><span>2026-10-01</span></li>'
        pages[f"/{number}/"] = html(f'{menu}<ul class="list">{row}</ul>')
    for body, verdict in (('<ul class="list"></ul>', "fail"), ("<h1>政府信息公开指南</h1>", "unknown")):
        assert outline(findings_of(CHECK, pages | {"/5/": html(menu + body)})) == [(verdict, "/5/", None)]
