"""Lists as data in a script element, as some content systems write them."""

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.lists_in_scripts import with_lists_shown
from crawler_checks.extract.reader import Reader

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))
PAGE = """<html><body><div id="7"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/dataproxy.jsp?page=2"></a>]]></nextgroup><totalrecord>2</totalrecord>
<recordset><record><![CDATA[<li><a href="/art/2026/3/5/art_1_1.html">关于甲事的通知</a><span>2026-03-05</span></li>]]></record>
<record><![CDATA[<li><a href="/art/2026/2/1/art_1_2.html">关于乙事的通知</a><span>2026-02-01</span></li>]]></record>
</recordset></datastore></script></div><script>show("7")</script></body></html>"""


def facts_of(page: str, charset: str = "utf-8", *, only_links: bool = False) -> PageFacts:
    response = Response("/col/col1/index.html", 200, f"text/html; charset={charset}", page.encode(charset))
    facts = Reader(SCOPE, only_links=only_links)(response)
    assert isinstance(facts, PageFacts)
    return facts


def followed(facts: PageFacts) -> list[str]:
    return [link.address for link in facts.links if link.role is Role.LINK]


def test_entries_of_such_a_list_are_read_with_their_dates() -> None:
    for charset in ("utf-8", "gbk"):
        facts = facts_of(PAGE, charset)
        assert [(item.link.text, item.found and item.found.day.isoformat()) for item in facts.items] == [
            ("关于甲事的通知", "2026-03-05"),
            ("关于乙事的通知", "2026-02-01"),
        ]


def test_links_of_such_a_list_are_followed_and_the_address_of_more_data_is_not() -> None:
    for only_links in (False, True):
        assert followed(facts_of(PAGE, only_links=only_links)) == [
            "/art/2026/3/5/art_1_1.html",
            "/art/2026/2/1/art_1_2.html",
        ]


def test_every_line_stays_where_it_is() -> None:
    page = PAGE.encode()
    shown = with_lists_shown(page)
    assert [len(line) for line in shown.splitlines()] == [len(line) for line in page.splitlines()]
    assert shown.find(b"<li>") == page.find(b"<li>")


def test_other_data_in_scripts_is_left_alone() -> None:
    page = b'<script type="text/xml"><a href="/x.html">x</a></script><script>var s = "<datastore>"</script>'
    assert with_lists_shown(page) == page
