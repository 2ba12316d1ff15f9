"""moved_to_home: a link that promises something and gives the start page."""

import pytest

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "moved_to_home"


def ask(text: str, address: str = "/old/3.html", to: str = "/") -> list[tuple[str, str, str | None]]:
    pages = {
        "/": html(f'<a href="{address}">{text}</a><a href="/b.html">信息</a>'),
        address: Response(address, 302, location=to),
        "/b.html": html("<p>别的内容</p>"),
    }
    return outline(findings_of(CHECK, pages))


@pytest.mark.parametrize(
    ("text", "address", "to"),
    [
        ("首页", "/index.do", "/"),
        ("某市人民政府门户网站", "/portal/1", "/"),
        ("返回主页", "/back", "/"),
        ("关于做好放假工作的通知", "/old/3.html", "/b.html"),
        ("关于做好放假工作的通知", "/index.htm", "/"),
    ],
)
def test_links_that_promise_the_start_page_or_end_elsewhere_are_well(
    text: str, address: str, to: str
) -> None:
    assert ask(text, address, to) == []


def test_a_piece_of_information_that_ends_at_the_start_page_is_gone() -> None:
    assert ask("关于做好放假工作的通知") == [("fail", "/", "/old/3.html")]
    assert ask("申报表", "/files/3.pdf") == [("fail", "/", "/files/3.pdf")]


def test_a_section_may_have_been_merged_into_the_start_page() -> None:
    assert ask("专题", "/zt/x") == [("unknown", "/", "/zt/x")]


def test_the_message_quotes_the_link() -> None:
    pages = {"/": html('<a href="/3">关于做好放假工作的通知</a>'), "/3": Response("/3", 301, location="/")}
    [finding] = findings_of(CHECK, pages)
    assert finding.message_zh == (
        "链接“关于做好放假工作的通知”（/3）被转到了首页，原来的内容不在了。请改为现在的地址，或去掉这个链接。"
    )
