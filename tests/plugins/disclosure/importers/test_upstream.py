"""Feeds and data of other sites are read whatever their form, and nothing in them is followed or believed."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.upstream import LARGEST_BYTES, LONGEST_TITLE, read_upstream

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 2, 24, 17, 30, tzinfo=ZONE)
ADDRESS = "https://www.gov.example/policy/2026-02.htm"
FEED = "https://www.gov.example/feeds/site"

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>国家网站</title><author><name>国家网站编辑部</name></author>
<entry><id>urn:1</id><title type="html">关于&lt;b&gt;优化&lt;/b&gt;服务的意见</title>
<link rel="enclosure" href="a.pdf"/><link href="/policy/2026-02.htm"/>
<published>2026-02-24T09:30:00Z</published><updated>2026-03-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;全文。&lt;/p&gt;</content></entry></feed>"""
RSS = f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>国家网站</title><link>x</link>
<description>d</description><item><title>关于优化服务的意见</title><link> {ADDRESS} </link>
<guid isPermaLink="false">urn:1</guid><dc:creator>国家网站编辑部</dc:creator>
<pubDate>Tue, 24 Feb 2026 17:30:00 +0800</pubDate><description>摘要</description>
<content:encoded>&lt;p&gt;全文。&lt;/p&gt;</content:encoded></item></channel></rss>"""
RSS_1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>国家网站</title></channel><item>
<title>关于优化服务的意见</title><link>{ADDRESS}</link><dc:date>2026-02-24T17:30:00+08:00</dc:date>
<dc:creator>国家网站编辑部</dc:creator></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "国家网站", "authors": [{"name": "国家网站编辑部"}],
    "items": [{"id": "urn:1", "url": ADDRESS, "title": "关于优化服务的意见", "content_html": "<p>全文。</p>",
               "date_published": "2026-02-24T17:30:00+08:00"}],
}  # fmt: skip
RECORD = {
    "version": 1, "key": "policy/1", "title": "关于优化服务的意见", "address": ADDRESS, "body": "全文。",
    "fields": {"issuer": {"id": "x", "label": "国家网站编辑部"}, "published_on": "2026-02-24", "published_time": "17:30"},
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [ATOM, RSS, RSS_1, json.dumps(JSON_FEED), json.dumps(RECORD), json.dumps(RECORD) + "\n" + json.dumps(RECORD)],
    ids=["atom", "rss", "rss 1.0", "json feed", "record", "dump"],
)  # fmt: skip
def test_every_form_tells_the_same(text):
    item = read_upstream(text.encode(), FEED, ZONE).items[0]

    assert (item.address, item.author) == (ADDRESS, "国家网站编辑部")
    assert "".join(item.title.split()) == "关于优化服务的意见"
    assert item.published_at == AT
    assert str(item.published_at) == "2026-02-24 17:30:00+08:00"


def test_whole_texts_are_taken_where_there_are_some():
    texts = [
        (i.html, i.markdown) for i in (read_upstream(t.encode(), FEED, ZONE).items[0] for t in (ATOM, RSS))
    ]

    assert texts == [("<p>全文。</p>", "")] * 2
    assert read_upstream(json.dumps(RECORD).encode(), "", ZONE).items[0].markdown == "全文。"


def test_a_list_of_our_interface_tells_the_day_and_no_time_is_made_up():
    listed = {
        "records": [{"key": "policy/1", "title": "意见", "published_on": "2026-02-24", "address": ADDRESS}]
    }
    item = read_upstream(json.dumps(listed).encode(), "", ZONE).items[0]

    assert (item.published_at, item.day) == (None, "2026-02-24")


def test_a_moment_without_a_zone_is_of_ours_and_a_day_is_no_moment():
    def published(text):
        return (
            read_upstream(RSS.replace("Tue, 24 Feb 2026 17:30:00 +0800", text).encode(), "", ZONE)
            .items[0]
            .published_at
        )

    assert published("2026-02-24 17:30:00") == AT
    assert published("2026-02-24") is None
    assert published("Tue, 24 Feb 2026") is None or published("Tue, 24 Feb 2026").hour == 0
    assert published("yesterday at noon") is None


def test_a_feed_in_a_chinese_encoding_is_read():
    text = RSS.replace("<rss", '<?xml version="1.0" encoding="GB2312"?><rss', 1)

    assert read_upstream(text.encode("gb18030"), "", ZONE).items[0].title == "关于优化服务的意见"


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>' + RSS.replace("摘要", "&c;")
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + RSS.replace("摘要", "&b;")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB.encode(), "XML 实体"), (OUTSIDE.encode(), "XML 实体"), (b"", "空的"), (b"<rss><channel>", "XML"),
        (b"{", "JSON"), (b"[" * 100_000, "JSON"), (b"<html><body>404</body></html>", "条目"), (b"{}", "条目"),
        (b'{"version": "1", "items": [3, null, {"title": 4}]}', "条目"), (b"x" * (LARGEST_BYTES + 1), "太大"),
        (RSS.replace(ADDRESS, "javascript:alert(1)").encode(), "条目"),
        (RSS.replace(ADDRESS, "file:///etc/passwd").encode(), "条目"),
        (RSS.replace(ADDRESS, "https://user:word@gov.example/a").encode(), "条目"),
        (RSS.replace(ADDRESS, 'https://gov.example/"onload="x').encode(), "条目"),
    ],
)  # fmt: skip
def test_what_is_harmful_damaged_or_no_feed_is_refused_with_the_reason(data, why):
    with pytest.raises(Refusal, match=why):
        read_upstream(data, "", ZONE)


def test_a_title_is_one_line_of_what_people_see():
    hostile = "甲\n审查人: 乙\u202e丙\u200b&lt;script&gt;x&lt;/script&gt;关于<![CDATA[<山林防火>]]>"
    title = read_upstream(RSS.replace("关于优化服务的意见", hostile).encode(), "", ZONE).items[0].title

    assert title == "甲 审查人: 乙 丙 x 关于<山林防火>"
    assert LONGEST_TITLE < 1000
