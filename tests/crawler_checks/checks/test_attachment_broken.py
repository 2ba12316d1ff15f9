"""attachment_broken: a file must be there, hold something, and be a file."""

import pytest

from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from tests.crawler_checks.sites import Page, findings_of, html, links, outline

CHECK = "attachment_broken"


def ask(name: str, answer: Page) -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": links(name), name: answer, "/page.html": html("page")}))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("/a.pdf", b"%PDF-1.7"),
        ("/a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("/a.doc", b"%PDF-1.4"),
        ("/a.xls", b"<table><tr><td>1</td></tr></table>"),
        ("/a.doc", b'<html xmlns:w="urn:schemas-microsoft-com:office:word"></html>'),
        ("/a.zip", b"PK\x03\x04"),
        ("/a.csv", "甲,乙".encode("gb18030")),
    ],
)
def test_a_file_that_is_one_is_well(name: str, body: bytes) -> None:
    assert ask(name, body) == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("/a.pdf", Response("/a.pdf", 404)),
        ("/a.pdf", Response("/a.pdf", 500)),
        ("/a.doc", b""),
        ("/a.doc", b"<!DOCTYPE html><title>404</title>"),
        ("/a.rar", Response("/a.rar", 200, "text/html", b"\r\n<html><body>not found</body></html>", 40)),
    ],
)
def test_missing_empty_and_a_page_in_its_place_are_broken(name: str, answer: Page) -> None:
    assert ask(name, answer) == [("fail", "/", name)]


@pytest.mark.parametrize(
    "answer",
    [
        Response("/a.pdf", 403),
        Response("/a.pdf", 302, location="/login"),
        NoAnswer("/a.pdf", Trouble.TIMEOUT),
    ],
)
def test_a_file_behind_a_barrier_is_not_judged_here(answer: Page) -> None:
    assert ask("/a.pdf", answer) == []


def test_a_file_that_leads_to_a_page_cannot_be_judged() -> None:
    assert ask("/a.pdf", Response("/a.pdf", 302, location="/page.html")) == [("unknown", "/", "/a.pdf")]


def test_the_message_says_what_the_file_is_instead() -> None:
    pages = {"/": html('<a href="/名单.doc">附件：名单</a>'), "/%E5%90%8D%E5%8D%95.doc": b"<html>"}
    [finding] = findings_of(CHECK, pages)
    assert (
        finding.message_zh
        == "附件“/名单.doc”（附件：名单）：打开的是一个网页，不是文件。请重新上传文件，或去掉这个链接。"
    )
    assert (
        finding.message_en
        == "File '/名单.doc' is a web page and no file. Upload it again or take the link out."
    )
