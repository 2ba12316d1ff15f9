"""Lists as data in a script element, as some content systems write them."""

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.facts import ListFacts, PageFacts, Role
from crawler_checks.extract.lists_in_scripts import with_lists_shown
from crawler_checks.extract.reader import Reader

SCOPE = Scope("http://site.example", "/", frozenset({"site.example"}))
PAGE = """<html><body><div id="7"><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/dataproxy.jsp?page=2&id=7"></a>]]></nextgroup><totalrecord>2</totalrecord>
<recordset><record><![CDATA[<li><a href="/art/2026/3/5/art_1_1.html">关于甲事的通知</a><span>2026-03-05</span></li>]]></record>
<record><![CDATA[<li><a href="/art/2026/2/1/art_1_2.html">关于乙事的通知</a><span>2026-02-01</span></li>]]></record>
</recordset></datastore></script></div><script>show("7")</script></body></html>"""


def facts_of(page: str, charset: str = "utf-8", *, only_links: bool = False) -> PageFacts:
    response = Response("/col/col1/index.html", 200, f"text/html; charset={charset}", page.encode(charset))
    facts = Reader(SCOPE, only_links=only_links)(response)
    assert isinstance(facts, PageFacts)
    return facts


def followed(facts: PageFacts | ListFacts) -> list[str]:
    return [link.address for link in facts.links if link.role is Role.LINK]


def sent_on(facts: PageFacts | ListFacts) -> list[str]:
    return [link.address for link in facts.links if link.role is Role.SCRIPTED]


def test_entries_of_such_a_list_are_read_with_their_dates() -> None:
    for charset in ("utf-8", "gbk"):
        facts = facts_of(PAGE, charset)
        assert [(item.link.text, item.found and item.found.day.isoformat()) for item in facts.items] == [
            ("关于甲事的通知", "2026-03-05"),
            ("关于乙事的通知", "2026-02-01"),
        ]


def test_links_of_such_a_list_are_followed_and_a_script_leads_to_the_rest_of_it() -> None:
    for only_links in (False, True):
        facts = facts_of(PAGE, only_links=only_links)
        assert followed(facts) == ["/art/2026/3/5/art_1_1.html", "/art/2026/2/1/art_1_2.html"]
        assert sent_on(facts) == ["/module/dataproxy.jsp?page=2&id=7"]


def test_a_list_that_has_come_to_its_end_leads_no_further() -> None:
    empty = PAGE[: PAGE.index("<record>")] + PAGE[PAGE.index("</recordset>") :]
    assert sent_on(facts_of(empty)) == []


def test_every_line_stays_where_it_is() -> None:
    page = PAGE.encode().replace(b"<nextgroup><", b"<nextgroup>\n  <")
    shown = with_lists_shown(page)
    assert shown.count(b"\n") == page.count(b"\n")
    for entry in ("关于甲事", "关于乙事", 'show("7")'):
        assert line_of(entry, shown) == line_of(entry, page) > 0


def line_of(words: str, page: bytes) -> int:
    return page[: page.index(words.encode())].count(b"\n")


@pytest.mark.parametrize(
    "kind", ["text/xml;charset=utf-8", "application/xml", "text/html; charset=utf-8", ""]
)
@pytest.mark.parametrize("only_links", [False, True])
def test_what_a_program_answers_is_a_further_part_of_the_list_and_no_page(
    kind: str, only_links: bool
) -> None:
    data = PAGE[PAGE.index("<datastore>") : PAGE.index("</script>")].replace("page=2", "page=3")
    for body in (data, f'<?xml version="1.0" encoding="UTF-8"?>\r\n{data}', f"\ufeff{data}"):
        response = Response("/module/dataproxy.jsp?page=2&id=7", 200, kind, body.encode())
        facts = Reader(SCOPE, only_links=only_links)(response)
        assert isinstance(facts, ListFacts)
        assert followed(facts) == ["/art/2026/3/5/art_1_1.html", "/art/2026/2/1/art_1_2.html"]
        assert sent_on(facts) == ["/module/dataproxy.jsp?page=3&id=7"]
        assert [item.text for item in facts.items] == ([] if only_links else ["2026-03-05", "2026-02-01"])


def test_other_data_in_scripts_is_left_alone() -> None:
    page = b'<script type="text/xml"><a href="/x.html">x</a></script><script>var s = "<datastore>"</script>'
    assert with_lists_shown(page) == page
