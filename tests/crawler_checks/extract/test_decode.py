"""Bytes to text: as the page is, not as it says."""

import pytest

from crawler_checks.extract.decode import Decoded, decode

TEXT = "<p>镕㙍喆：政府信息公开指南</p>"
META = '<meta charset="{}">'


def page(declared: str, charset: str, text: str = TEXT) -> bytes:
    return (META.format(declared) + text).encode(charset)


@pytest.mark.parametrize(
    ("body", "header", "charset", "is_false"),
    [
        (page("utf-8", "utf-8"), "text/html", "utf-8", False),
        (page("gb2312", "gb18030"), "text/html", "gb18030", False),
        (page("utf-8", "gb18030"), "text/html", "gb18030", True),
        (page("gb2312", "utf-8"), "text/html", "utf-8", True),
        (page("gb2312", "utf-8"), "text/html; charset=utf-8", "utf-8", False),
        (page("gb2312", "gb18030"), "text/html; charset=utf-8", "gb18030", True),
        (page("utf-8", "gb18030"), "text/html; charset=GBK", "gb18030", False),
        (TEXT.encode("gb18030"), "text/html", "gb18030", False),
        (TEXT.encode("utf-8"), "text/html", "utf-8", False),
        (page("x-unknown", "gb18030"), "text/html", "gb18030", False),
        (b"\xef\xbb\xbf" + page("gbk", "utf-8"), "text/html", "utf-8", False),
        (b"\xff\xfe" + page("gbk", "utf-16-le"), "text/html", "utf-16-le", False),
        (page("big5", "big5", "<p>政府資訊公開</p>"), "text/html", "big5hkscs", False),
        (page("utf-8", "big5", "<p>政府資訊</p>"), "text/html; charset=big5", "big5hkscs", False),
        (b"<p>plain</p>" + META.format("gbk").encode(), "text/html; charset=utf-8", "utf-8", False),
    ],
)
def test_the_charset_is_that_of_the_bytes(body: bytes, header: str, charset: str, is_false: bool) -> None:
    decoded = decode(body, header)
    assert (decoded.charset, decoded.is_false) == (charset, is_false)
    assert "\ufffd" not in decoded.text


def test_a_few_damaged_characters_do_not_make_another_charset() -> None:
    body = page("utf-8", "utf-8", TEXT * 20)[:-1] + b"\xff</p>"
    decoded = decode(body, "text/html")
    assert (decoded.charset, decoded.is_false, decoded.declared) == ("utf-8", False, "utf-8")
    assert "政府信息公开指南" in decoded.text


def test_gbk_that_reads_as_utf8_by_chance_is_gbk() -> None:
    assert decode(page("gbk", "gb18030", "联通"), "text/html").text.endswith("联通")


def test_a_page_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    body = page("utf-8", "utf-8", TEXT * 20).removesuffix(b"</p>")[:-1]
    decoded = decode(body, "text/html", truncated=True)
    assert (decoded.charset, decoded.is_false) == ("utf-8", False)


def test_no_bytes_at_all_are_no_text() -> None:
    assert decode(b"", "") == Decoded("", "utf-8", None, is_false=False)
