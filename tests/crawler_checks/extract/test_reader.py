"""The reader takes whatever a server sends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler_checks.crawl.address import Joiner, Kind, Scope
from crawler_checks.crawl.answer import Response, Want
from crawler_checks.extract.facts import Facts, FileFacts, PageFacts, StyleFacts
from crawler_checks.extract.file_type import FileType
from crawler_checks.extract.reader import Reader

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))
PIECES = st.sampled_from(
    ["<a href='", "'>", "<img srcset='", "<li>", "<time datetime=", "2015-04-23", "发布时间：", "二〇一五年四月",
     "<base href=", "http://[", "//", "\\", "#", "?", "%", "%e4%", "<meta charset=", "gb2312", "utf-7", "<style>", "url(",
     "<meta http-equiv=refresh content='0;url=", "@import", "<script>", "location.href='", "<svg>", "<template>", "</",
     "\0", "\ud800", "\u3000", "<frameset><frame src=", "<table background="]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_any_page_is_read_to_its_end(pieces: list[str], charset: str) -> None:
    body = "".join(pieces).encode(charset, "surrogatepass" if charset != "gb18030" else "replace")
    facts = Reader(SCOPE)(Response("/a.html", 200, "text/html", body))
    assert isinstance(facts, PageFacts)
    for link in facts.links:
        if link.kind is Kind.INSIDE:
            assert link.address.startswith("/")
            link.address.encode("ascii")


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["text/html", "text/css", "", "text/plain", "application/pdf"])
)
def test_any_bytes_of_any_type_are_read(body: bytes, kind: str) -> None:
    assert isinstance(Reader(SCOPE)(Response("/a", 200, kind, body)), Facts)


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=60),
    st.sampled_from(["/", "/a/b.html?x=1", "http://other.example/d/"]),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_any_href_is_read_and_read_again_gives_itself(href: str, base: str, charset: str) -> None:
    joiner = Joiner(SCOPE)
    read = joiner.join(base, href, charset)
    if read.kind in (Kind.INSIDE, Kind.OUTSIDE):
        assert read.address.isascii()
        again = joiner.join("/", read.address)
        assert (again.kind, again.address) == (read.kind, read.address)


def test_each_type_has_its_facts() -> None:
    reader = Reader(SCOPE)
    assert isinstance(reader(Response("/a", 200, "text/html", b"<p>")), PageFacts)
    assert isinstance(reader(Response("/a", 200, "", b"<!doctype html><p>")), PageFacts)
    assert isinstance(reader(Response("/a.shtml", 200, "text/plain", b"<html>")), PageFacts)
    assert isinstance(reader(Response("/a.css", 200, "text/plain", b"p{}")), StyleFacts)
    assert isinstance(reader(Response("/show?id=1", 200, "application/pdf", b"%PDF-")), FileFacts)
    page_in_place = reader(Response("/a.doc", 200, "text/html", b"<html>"))
    assert isinstance(page_in_place, FileFacts)
    assert page_in_place.type is FileType.HTML


def test_what_a_script_element_asks_for_is_no_page_though_its_type_says_so() -> None:
    counter = Response("/visit.jsp?i=1", 200, "text/html", b"document.write('<b>12</b>')", want=Want.FILE)
    assert isinstance(Reader(SCOPE)(counter), FileFacts)


def test_a_page_in_the_place_of_a_file_is_still_a_page() -> None:
    lost = Response("/photo.jsp?i=1", 200, "text/html", b"<html><body>404</body></html>", want=Want.FILE)
    assert isinstance(Reader(SCOPE)(lost), PageFacts)


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 ", FileType.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), FileType.OLE),
        (b"PK\x03\x04" + bytes(26), FileType.ZIP),
    ],
)
def test_a_download_that_its_program_sends_as_a_page_is_a_file(body: bytes, type_: FileType) -> None:
    facts = Reader(SCOPE)(Response("/download.do?id=3", 200, "text/html; charset=utf-8", body, len(body)))

    assert facts == FileFacts("/download.do?id=3", type_, len(body))


def test_a_page_about_a_file_stays_a_page() -> None:
    body = "<p>%PDF-1.7 是文件格式</p>".encode()

    assert isinstance(Reader(SCOPE)(Response("/a.html", 200, "text/html", body)), PageFacts)
