"""Every format tells the same entries, and says nothing a reader would stumble over."""

import json
from dataclasses import replace

import feedparser
import icalendar
import pytest
from lxml import etree

from plugins.feeds.atom import atom, rss
from plugins.feeds.calendar_file import CalendarDay, CalendarFile, calendar
from plugins.feeds.feed import Enclosure, Feed, FeedEntry
from plugins.feeds.json_feed import json_feed
from plugins.feeds.opml import Outline, Subscriptions, opml

ENTRY = FeedEntry(
    id="https://jichuan.example/xxgk/policy/2025-0012.html",
    title="关于<山林防火>与“&”的通知",
    address="https://jichuan.example/xxgk/policy/2025-0012.html",
    author="霁川市应急管理局",
    summary="自2025年10月1日起实行。",
    published_at="2025-09-30T09:30:00+08:00",
    updated_at="2026-01-05T00:00:00+08:00",
    categories=("政策文件",),
    enclosures=(Enclosure("https://jichuan.example/xxgk/attachments/a.pdf", "附图", "application/pdf", 812),),
)
FEED = Feed(
    id="https://jichuan.example/xxgk/feeds/section/policy",
    title="政策文件 - 霁川市政府信息公开",
    subtitle="规章和行政规范性文件。",
    address="https://jichuan.example/xxgk/section/policy.html",
    own_address="https://jichuan.example/xxgk/feeds/section/policy",
    root="../../",
    author="霁川市人民政府办公室",
    updated_at="2026-01-05T00:00:00+08:00",
    entries=(ENTRY, replace(ENTRY, id="https://jichuan.example/2", title="第二条", enclosures=())),
)


@pytest.mark.parametrize("make", [atom, rss])
def test_a_feed_reader_finds_name_entries_files_and_moments(make):
    read = feedparser.parse(make(FEED))

    assert not read.bozo
    assert (read.feed.title, read.feed.link) == (FEED.title, FEED.address)
    assert [entry.title for entry in read.entries] == ["关于<山林防火>与“&”的通知", "第二条"]
    first = read.entries[0]
    assert (first.id, first.link, first.author) == (ENTRY.id, ENTRY.address, ENTRY.author)
    assert [(file.href, file.type, file.length) for file in first.enclosures] == [
        ("https://jichuan.example/xxgk/attachments/a.pdf", "application/pdf", "812")
    ]
    assert first.published_parsed[:5] == (2025, 9, 30, 1, 30)


def test_the_links_of_an_atom_entry_say_what_they_are():
    links = feedparser.parse(atom(FEED)).entries[0].links

    assert [(link.rel, link.type) for link in links] == [
        ("alternate", "text/html"),
        ("enclosure", "application/pdf"),
    ]


def test_an_atom_entry_says_when_its_standing_changed():
    assert feedparser.parse(atom(FEED)).entries[0].updated == "2026-01-05T00:00:00+08:00"


@pytest.mark.parametrize(("make", "ending"), [(atom, ".atom"), (rss, ".rss")])
def test_a_feed_knows_its_own_address_and_a_style_for_browsers(make, ending):
    text = make(FEED).decode()

    assert f'href="{FEED.own_address}{ending}" rel="self"' in text
    assert text.splitlines()[1] == '<?xml-stylesheet href="../../static/feed.css" type="text/css"?>'


@pytest.mark.parametrize("make", [atom, rss, json_feed])
def test_the_bytes_of_a_feed_depend_on_nothing_but_its_entries(make):
    assert make(FEED) == make(FEED)
    assert b"Date" not in make(FEED) or b"Mon, 05 Jan 2026 00:00:00 +0800" in make(FEED)


def test_a_feed_names_its_hub_and_holds_whole_texts_where_a_site_wants_them():
    whole = replace(ENTRY, content='<p>全文 <a href="https://jichuan.example/xxgk/a.html">甲</a></p>')
    feed = replace(FEED, entries=(whole,), hub="https://hub.example/?a=1&b=2")

    for make in (atom, rss):
        read = feedparser.parse(make(feed))
        assert not read.bozo
        assert [link.href for link in read.feed.links if link.rel == "hub"] == [feed.hub]
        assert (read.entries[0].summary, read.entries[0].content[0].value) == (ENTRY.summary, whole.content)
        assert read.entries[0].content[0].type == "text/html"
        assert read.feed.link == FEED.address
        assert 'rel="hub"' not in make(FEED).decode()
    item = json.loads(json_feed(feed))
    assert item["hubs"] == [{"type": "WebSub", "url": feed.hub}]
    assert (item["items"][0]["content_html"], item["items"][0]["summary"]) == (whole.content, ENTRY.summary)
    assert "content_text" not in item["items"][0]


def test_a_feed_without_entries_is_a_feed():
    empty = replace(FEED, entries=())

    assert not feedparser.parse(atom(empty)).bozo
    assert not feedparser.parse(rss(empty)).bozo
    assert json.loads(json_feed(empty))["items"] == []


def test_a_json_feed_has_the_members_version_1_1_asks_for():
    read = json.loads(json_feed(FEED))

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"] == f"{FEED.own_address}.json"
    assert read["items"][0] == {
        "id": ENTRY.id,
        "url": ENTRY.address,
        "title": ENTRY.title,
        "content_text": ENTRY.summary,
        "date_published": ENTRY.published_at,
        "date_modified": ENTRY.updated_at,
        "authors": [{"name": "霁川市应急管理局"}],
        "tags": ["政策文件"],
        "attachments": [
            {
                "url": "https://jichuan.example/xxgk/attachments/a.pdf",
                "mime_type": "application/pdf",
                "title": "附图",
                "size_in_bytes": 812,
            }
        ],
    }


def test_an_opml_lists_the_feeds_in_groups_whatever_their_names():
    outline = Outline('“a" <b>&', "https://jichuan.example/p.html", "https://jichuan.example/f.atom")
    read = etree.fromstring(opml(Subscriptions("霁川市<&>", [("栏目", [outline])])))

    assert read.findtext("head/title") == "霁川市<&>"
    assert read.find("body/outline").get("text") == "栏目"
    found = read.find("body/outline/outline").attrib
    assert (found["title"], found["xmlUrl"]) == ('“a" <b>&', "https://jichuan.example/f.atom")


def test_a_calendar_keeps_long_text_whole_in_lines_of_75_octets():
    text = "意见征集，到期；提交\\方式见页面。\n第二行" * 9
    day = CalendarDay(
        "a#1", "2026-12-31", "2026-11-01", "截止：关于公开征求意见的通告", text, "https://a.example/"
    )
    content = calendar(CalendarFile("日历", (day,)))
    event = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert str(event["DESCRIPTION"]) == text
    assert (str(event["DTSTART"].dt), str(event["DTEND"].dt)) == ("2026-12-31", "2027-01-01")
