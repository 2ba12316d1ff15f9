"""Addresses: one form for one page, as browsers read hrefs."""

import pytest

from crawler_checks.crawl.address import Joiner, Kind, Reference, Scope, web_scope

SITE = Scope("http://www.example.gov.cn", "/", frozenset({"www.example.gov.cn", "example.gov.cn"}))


def join(href: str, base: str = "/xxgk/list/index.html", charset: str = "utf-8") -> Reference:
    return Joiner(SITE).join(base, href, charset)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.html", "/xxgk/list/a.html"),
        ("./a.html", "/xxgk/list/a.html"),
        ("../a.html", "/xxgk/a.html"),
        ("../../../../a.html", "/a.html"),
        ("..", "/xxgk/"),
        (".", "/xxgk/list/"),
        ("a/./b/%2e%2e/c.html", "/xxgk/list/a/c.html"),
        ("/a.html", "/a.html"),
        ("?page=2", "/xxgk/list/index.html?page=2"),
        ("a.html?", "/xxgk/list/a.html"),
        ("\n /a.html\t", "/a.html"),
        ("/a\n.html", "/a.html"),
        ("\\xxgk\\index.html", "/xxgk/index.html"),
        ("/附件 1.pdf", "/%E9%99%84%E4%BB%B6%201.pdf"),
        ("/%e9%99%84%E4%BB%B6%201.pdf", "/%E9%99%84%E4%BB%B6%201.pdf"),
        ("/%25E5", "/%25E5"),
        ("/%7euser/", "/~user/"),
        ("/a;jsessionid=0A1B?id=1", "/a?id=1"),
        ("http://www.example.gov.cn/a.html", "/a.html"),
        ("https://example.gov.cn:443", "/"),
        ("HTTP://WWW.EXAMPLE.GOV.CN:80/A.html", "/A.html"),
        ("//example.gov.cn?x=1", "/?x=1"),
        ("http:\\\\www.example.gov.cn\\a.html", "/a.html"),
        ("http://user@www.example.gov.cn/a", "/a"),
    ],
)
def test_hrefs_of_the_site_become_addresses_from_its_root(href: str, address: str) -> None:
    assert join(href) == Reference(Kind.INSIDE, address)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("http://other.cn", "http://other.cn/"),
        ("https://other.cn:8443/a b", "https://other.cn:8443/a%20b"),
        ("//other.cn/a", "http://other.cn/a"),
        ("http://www.example.gov.cn:8080/", "http://www.example.gov.cn:8080/"),
        ("http://www.example.gov.cn@evil.cn/", "http://evil.cn/"),
        ("http://例子.cn/", "http://xn--fsqu00a.cn/"),
        ("http://127.0.0.1/a", "http://127.0.0.1/a"),
    ],
)
def test_hrefs_to_other_hosts_stay_whole(href: str, address: str) -> None:
    assert join(href) == Reference(Kind.OUTSIDE, address)


@pytest.mark.parametrize(
    "href", ["", "  ", "mailto:a@b.cn", "tel:12345", "javascript:;", "data:image/gif;base64,AA=="]
)
def test_what_leads_to_no_page_is_nothing(href: str) -> None:
    assert join(href).kind is Kind.NONE


@pytest.mark.parametrize("href", ["file:///D:/a.doc", "D:\\附件\\a.doc", "c:/a.doc"])
def test_files_of_the_editors_computer_are_told_apart(href: str) -> None:
    assert join(href).kind is Kind.EDITOR


@pytest.mark.parametrize("href", ["http://", "http:// www.example.gov.cn/", "https://a.cn:port/"])
def test_web_addresses_without_a_readable_host_are_malformed(href: str) -> None:
    assert join(href).kind is Kind.MALFORMED


def test_fragments_stand_apart() -> None:
    assert join("#s1") == Reference(Kind.INSIDE, "/xxgk/list/index.html", "s1")
    assert join("#") == Reference(Kind.INSIDE, "/xxgk/list/index.html", "")
    assert join("a.html?x=1#附录") == Reference(Kind.INSIDE, "/xxgk/list/a.html?x=1", "附录")
    assert join("http://www.example.gov.cn#top") == Reference(Kind.INSIDE, "/", "top")


def test_only_the_query_is_written_in_the_charset_of_the_page() -> None:
    assert join("/公开?k=公开", charset="gb18030").address == "/%E5%85%AC%E5%BC%80?k=%B9%AB%BF%AA"


def test_a_base_element_on_another_host_takes_everything_there() -> None:
    assert join("a.html", base="http://other.cn/d/") == Reference(Kind.OUTSIDE, "http://other.cn/d/a.html")
    assert join("/a.html", base="http://other.cn/d/") == Reference(Kind.OUTSIDE, "http://other.cn/a.html")


def test_a_joiner_remembers_by_what_matters() -> None:
    joiner = Joiner(SITE)
    assert joiner.join("/a/x.html", "b.html").address == "/a/b.html"
    assert joiner.join("/c/x.html", "b.html").address == "/c/b.html"
    assert joiner.join("/a/x.html", "#s").address == "/a/x.html"
    assert joiner.join("/a/y.html", "#s").address == "/a/y.html"
    assert joiner.join("/a/y.html", "a?k=公", "utf-8") != joiner.join("/a/y.html", "a?k=公", "gb18030")
    assert joiner.join("http://other.cn/", "/a") != joiner.join("/", "/a")


def test_a_web_target_stays_under_its_path_and_knows_its_www_twin() -> None:
    scope, start = web_scope("HTTP://www.Example.gov.cn/xxgk/index.html?x=1")
    assert start == "/xxgk/index.html?x=1"
    assert scope == Scope(
        "http://www.example.gov.cn", "/xxgk/", frozenset({"www.example.gov.cn", "example.gov.cn"})
    )
    assert scope.holds("/xxgk/a")
    assert not scope.holds("/news/a")
    assert not scope.holds("http://x.cn/xxgk/")
    assert web_scope("http://127.0.0.1:8000")[0].own_hosts == {"127.0.0.1:8000"}


@pytest.mark.parametrize("address", ["ftp://a.cn/", "www.a.cn", "http://", "http://a b/"])
def test_an_address_that_cannot_be_read_is_no_target(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        web_scope(address)
