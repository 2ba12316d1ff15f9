"""soft_404: "found", and yet not there."""

import pytest

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import Page, findings_of, html, links, outline

CHECK = "soft_404"
MENU = "".join(
    f'<li><a href="/{name}/">{name}</a></li>' for name in ("政务公开", "办事服务", "互动交流", "政务数据")
)
TEXT = "<p>" + "为深入贯彻落实决策部署，现就有关事项通知如下。" * 20 + "</p>"


def framed(body: str, title: str = "某市人民政府") -> str:
    return html(f"<ul>{MENU}</ul>{body}<p>主办：某市人民政府办公室</p>", title=title)


def ask(page: Page, **others: Page) -> list[tuple[str, str, str | None]]:
    pages: dict[str, Page] = {
        "/": framed(links("/a", "/b", "/c") + TEXT),
        "/a": page,
        "/b": framed(TEXT),
        "/c": framed("<p>短</p>"),
    }
    return outline(findings_of(CHECK, pages | {f"/{name}": other for name, other in others.items()}))


@pytest.mark.parametrize(
    "page",
    [
        framed("<p>一句话。</p>", title="关于放假的通知"),
        framed(TEXT, title="关于清理网站404页面的通知"),
        framed("<h1>文件</h1>"),
        framed("<h1>寻人启事</h1><p>找不到回家的路。</p>"),
        framed("<h1>常见问题</h1><p>问：打开时显示“您访问的页面不存在”怎么办？</p>" + TEXT),
        Response("/a", 404),
    ],
)
def test_short_pages_and_articles_about_errors_are_pages(page: Page) -> None:
    assert ask(page) == []


@pytest.mark.parametrize(
    "page",
    [
        framed("<p>对不起。</p>", title="页面不存在"),
        framed("<h1>404</h1><p>对不起，您访问的页面已被删除。</p>"),
        framed("<h2>您访问的页面不存在</h2>"),
        framed("<h1>404 Not Found</h1>"),
        html("<h1>抱歉，没有找到您要访问的页面</h1>"),
        framed("<div><p>对不起，您访问的页面不存在！</p><p>请稍后再试。</p></div>"),
        framed("<div>您查看的文章已被删除，5秒后返回首页</div>", title="提示信息"),
    ],
)
def test_a_short_page_that_says_it_is_not_there_is_none(page: Page) -> None:
    assert ask(page) == [("fail", "/a", None)]


def test_a_redirect_to_an_error_page_is_no_page_and_the_error_page_itself_is_well() -> None:
    error = framed("<h1>404</h1>", title="出错了")
    assert ask(Response("/a", 302, location="/404.html"), **{"404.html": error}) == [("fail", "/a", None)]


@pytest.mark.parametrize("echo", ["", "您访问的是 {}"])
def test_what_is_the_same_as_an_invented_address_is_none(echo: str) -> None:
    def gone(address: str) -> str:
        return framed(f"<p>欢迎您</p><p>{echo.format(address)}</p><p>请从首页进入</p>")

    pages = {"/": framed(links("/a", "/b") + TEXT), "/b": framed("<p>欢迎您</p><p>另有内容</p><p>两行</p>")}
    places = [place for _, place, _ in outline(findings_of(CHECK, pages, otherwise=gone))]
    assert "/a" in places
    assert "/b" not in places


def test_the_start_page_is_never_meant_even_where_every_address_gives_it() -> None:
    home = framed("<h1>欢迎</h1>")
    assert all(
        place != "/" for _, place, _ in outline(findings_of(CHECK, {"/": home}, otherwise=lambda _: home))
    )


def test_a_page_read_in_part_is_not_judged() -> None:
    assert ask("<title>页面不存在</title>" + "<div>" * 50_000) == []


def test_the_message_quotes_what_the_page_says() -> None:
    pages = {"/": framed(links("/a") + TEXT), "/a": framed("<h1>404</h1>", title="页面不存在")}
    [finding] = findings_of(CHECK, pages)
    assert finding.message_zh == (
        "“/a”返回正常，但页面写着“页面不存在”。请去掉指向它的链接，并让服务器对不存在的页面返回 404。"
    )


def test_what_scripts_alone_lead_to_is_not_accused() -> None:
    error = framed("<h1>您访问的页面不存在</h1>")
    by_script = framed(
        TEXT + '<script>createPageHTML(2, 0, "list", "html"); location.href = "/old";</script>'
    )
    pages: dict[str, Page] = {"/": by_script, "/list_1.html": error, "/old": error}
    assert findings_of(CHECK, pages) == []
    linked = str(by_script).replace("</body>", links("/old") + "</body>")
    assert outline(findings_of(CHECK, pages | {"/": linked})) == [("fail", "/old", None)]
