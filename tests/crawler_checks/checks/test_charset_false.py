"""charset_false: a page must be written in what it declares."""

import pytest

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_of

CHECK = "charset_false"
TEXT = "<title>公告</title><p>关于公布权责清单的公告</p>"


def ask(body: bytes, kind: str = "text/html") -> list[str]:
    page = Response("/", 200, kind, body, len(body))
    return [finding.message_zh for finding in findings_of(CHECK, {"/": page})]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<meta charset=utf-8>{TEXT}".encode(), "text/html"),
        (f"<meta charset=gb2312>{TEXT}".encode("gb18030"), "text/html"),
        (f"<meta charset=gb2312>{TEXT}".encode(), "text/html; charset=utf-8"),
        (TEXT.encode("gb18030"), "text/html"),
        (b"<meta charset=gbk><title>plain</title>", "text/html; charset=utf-8"),
    ],
)
def test_what_is_declared_rightly_or_not_at_all_is_well(body: bytes, kind: str) -> None:
    assert ask(body, kind) == []


def test_gbk_that_says_it_is_utf8_is_false() -> None:
    assert ask(f"<meta charset=UTF-8>{TEXT}".encode("gb18030")) == [
        "“/”声明的编码是 UTF-8，实际是 GBK，打开会是乱码。请改正声明，或把页面存为 UTF-8。"
    ]


def test_a_header_that_lies_is_false_though_the_page_does_not() -> None:
    assert len(ask(f"<meta charset=gbk>{TEXT}".encode("gb18030"), "text/html; charset=utf-8")) == 1
