"""The feeds of a site: each tells what its list shows, and all of them can be read."""

import json
import re
from datetime import date
from functools import cache

import feedparser
import icalendar
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from .conftest import SITE

FORMATS = (".atom", ".rss", ".json")
parsed = cache(feedparser.parse)


def feeds(tree, ending):
    """The feeds of one format, by address without the ending."""
    found = {
        a.removesuffix(ending): c for a, c in tree.items() if a.startswith("feeds/") and a.endswith(ending)
    }
    assert len(found) > 100
    return found


def ids(tree, stem):
    """The ids of a feed's entries, the same in every format."""
    by_format = [
        [entry.id for entry in parsed(tree[f"{stem}.atom"]).entries],
        [entry.id for entry in parsed(tree[f"{stem}.rss"]).entries],
        [item["id"] for item in json.loads(tree[f"{stem}.json"])["items"]],
    ]
    assert by_format[0] == by_format[1] == by_format[2]
    return by_format[0]


@pytest.mark.parametrize("ending", [".atom", ".rss"])
def test_every_feed_of_the_example_city_parses(example_tree, ending):
    bad = [stem for stem, content in feeds(example_tree, ending).items() if parsed(content).bozo]

    assert bad == []


def test_every_feed_comes_in_every_format(example_tree):
    stems = [set(feeds(example_tree, ending)) for ending in FORMATS]

    assert stems[0] == stems[1] == stems[2]


def test_the_feed_of_a_list_tells_exactly_what_its_newest_page_shows(example_tree):
    """Lists say which feed is theirs; rows of a list carry the record's link first."""
    compared = 0
    for address, content in example_tree.items():
        if not re.fullmatch(
            r"(section|topic|year|kind)/[^/]+\.html|(organ|section)/[^/]+/(?!page-)[^/]+\.html", address
        ):
            continue
        page = LexborHTMLParser(content.decode())
        if "page-list" not in (page.body.attributes.get("class") or ""):
            continue
        up = "../" * address.count("/")
        named = page.css_first('link[rel=alternate][title$="（Atom）"]')
        if named is None:
            assert re.search(r"/(year-\d{4}|in-force|ended)\.html$", address), address
            continue  # a narrower list of what another list's feed tells
        link = named.attributes["href"].removeprefix(up)
        stem = link.removesuffix(".atom")
        told = [one.removeprefix("https://www.jichuan.example/xxgk/") for one in ids(example_tree, stem)]
        shown = [
            (node.attributes["href"] or "").removeprefix(up)
            for node in page.css("main .content a")
            if (node.attributes["href"] or "").removeprefix(up) in set(told)
        ]
        assert list(dict.fromkeys(shown)) == told, address
        total = page.css_first(".total strong")
        assert len(told) <= int(total.text()), address
        compared += 1

    assert compared > 100


def test_every_feed_of_a_slice_is_the_newest_of_that_slice_by_the_data(example_tree):
    """Told from the open data alone: which records are of the slice, how many its newest page has, and which."""
    records = [
        json.loads(line)
        for address, content in example_tree.items()
        if address.startswith("data/") and address.endswith(".ndjson") and address != "data/organ.ndjson"
        for line in content.decode().splitlines()
    ]
    slices = {}
    for record in records:
        fields = record["fields"]
        issuer, section = fields["issuer"]["id"], record["section"]["id"]
        topics = [topic["id"] for topic in fields.get("topic", ())]
        chosen = [(key, one["id"]) for key, value in fields.items() for one in _terms(value)]
        for name in {
            f"feeds/section/{section}", f"feeds/organ/{issuer}", f"feeds/organ/{issuer}/{section}",
            f"feeds/kind/{record['kind']}", f"feeds/section/{section}/kind-{record['kind']}",
            f"feeds/year/{fields['published_on'][:4]}",
            *(f"feeds/section/{section}/{key}-{term}" for key, term in chosen),
            *(f"feeds/topic/{part}" for topic in topics for part in (topic, topic.partition("-")[0])),
        }:  # fmt: skip
            slices.setdefault(name, {})[record["address"]] = fields["published_on"]
    stems = {stem for stem in feeds(example_tree, ".json") if stem.count("/") > 1}
    slices = {stem: held for stem, held in slices.items() if stem in stems or "-" not in stem.split("/")[-1]}
    for stem, held in slices.items():
        told = [item["id"] for item in json.loads(example_tree[f"{stem}.json"])["items"]]
        size = len(held) if len(held) < 40 else 20 + len(held) % 20
        assert [held.get(one, stem) for one in told] == sorted(held.values(), reverse=True)[:size], stem

    branches = {stem for stem in stems - set(slices) if stem.startswith("feeds/section/")}
    empty = {stem for stem in stems - set(slices) if not json.loads(example_tree[f"{stem}.json"])["items"]}
    assert len(slices) > 500
    assert stems - set(slices) == branches | empty


def _terms(value):
    return [
        one
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, dict) and "id" in one
    ]


def test_every_alternate_link_leads_to_a_file(example_tree):
    broken = []
    for address, content in example_tree.items():
        if address.endswith(".html") and address != "404.html":
            up = "../" * address.count("/")
            links = re.findall(r'<link rel="alternate"[^>]* href="([^"]+)"', content.decode())
            assert links, address
            broken += [(address, link) for link in links if link.removeprefix(up) not in example_tree]

    assert broken == []


def test_the_directory_and_the_opml_name_every_feed(example_tree):
    stems = set(feeds(example_tree, ".atom"))
    listed = re.findall(r'href="(feeds/[^"]+)\.atom">Atom', example_tree["feeds.html"].decode())
    outlines = etree.fromstring(example_tree["feeds/all.opml"]).iterfind("body/outline/outline")
    named = [one.get("xmlUrl").removeprefix("https://www.jichuan.example/xxgk/") for one in outlines]

    assert set(listed) == stems
    assert {name.removesuffix(".atom") for name in named} == stems
    assert len(named) == len(stems)


def test_the_directory_folds_what_is_long_and_its_links_make_sense_alone(example_tree):
    page = LexborHTMLParser(example_tree["feeds.html"].decode())
    links = [(link.text(), link.attributes["href"]) for link in page.css("main .feed-list a")]
    seen = [link for link in page.css("main a") if not _inside(link, "details")]
    words = {}
    for text, address in links:
        words.setdefault(text, set()).add(address)

    assert len(links) > 1500
    assert len(seen) < 70
    assert {text: found for text, found in words.items() if len(found) > 1} == {}


def _inside(node, tag):
    while node is not None and node.tag != tag:
        node = node.parent
    return node is not None


def test_the_calendar_holds_days_to_come_each_once(example_tree):
    events = icalendar.Calendar.from_ical(example_tree["feeds/days.ics"]).walk("VEVENT")
    days = [event["DTSTART"].dt for event in events]

    assert len(days) > 10
    assert days == sorted(days)
    assert days[0] >= date(2026, 11, 22)
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_the_id_of_an_entry_survives_its_title_and_an_edit_does_not_move_updated(office):
    office.build()
    before = feedparser.parse(office.tree()["feeds/section/policy.atom"])
    office.policy(2, title="关于改了名的事的通知", body="换了一段正文。")
    office.build()
    after = feedparser.parse(office.tree()["feeds/section/policy.atom"])

    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
    assert [entry.updated for entry in after.entries] == [entry.updated for entry in before.entries]
    assert "关于改了名的事的通知" in [entry.title for entry in after.entries]


def test_a_repeal_moves_updated_and_stands_among_the_changes(office):
    office.policy(
        4, 废止文件="霁政办发〔2025〕2号", 发布日期="2026-01-05", 成文日期="2026-01-04", 审查日期="2026-01-04"
    )
    office.build()
    tree = office.tree()
    address = "https://www.jichuan.example/xxgk/policy/2025-0002.html"
    entries = {entry.id: entry for entry in feedparser.parse(tree["feeds/section/policy.atom"]).entries}
    changes = {entry.id: entry for entry in feedparser.parse(tree["feeds/changes.atom"]).entries}

    assert entries[address].updated == "2026-01-05T00:00:00+08:00"
    assert entries[address].published.startswith("2025-")
    assert changes[f"{address}#repeals-2025-0004"].title == "【废止】关于第2件事的通知"


def test_an_edit_touches_the_feeds_it_belongs_to_and_no_other(office):
    fields = "标题: 动态\n发布机构: 霁川市财政局\n发布日期: 2026-03-02\n公开方式: 主动公开\n"
    office.write("news/a.md", f"---\n{fields}审查人: 甲\n审查日期: 2026-03-02\n---\n动态的正文。\n")
    office.build()
    office.policy(2, title="关于新名称的通知")
    done = office.build()
    written = {a for a in done.written if a.startswith("feeds/")}
    holding = {
        a for a, c in office.tree().items() if a.startswith("feeds/") and "关于新名称的通知" in _text(c)
    }

    assert written == holding
    assert "feeds/section/news.atom" not in written


def _text(content):
    return content.decode().replace("&lt;", "<")


def test_a_site_may_have_whole_texts_in_its_feeds_and_name_a_hub(office):
    office.write("site.yaml", SITE + "feed_text: 全文\nwebsub_hub: https://hub.jichuan.example/\n")
    office.policy(1, body="## 一、甲\n\n见[办法](policy/2025-0002)、《关于第3件事的通知》和[附件](#a)。\n")
    office.build()
    tree = office.tree()
    address = "https://www.jichuan.example/xxgk/policy/2025-000"
    for ending in (".atom", ".rss"):
        read = feedparser.parse(tree[f"feeds/section/policy{ending}"])
        assert [link.href for link in read.feed.links if link.rel == "hub"] == [
            "https://hub.jichuan.example/"
        ]
        [entry] = [entry for entry in read.entries if entry.id == f"{address}1.html"]
        assert f'<a href="{address}2.html">办法</a>' in entry.content[0].value
        assert f'href="{address}3.html">《关于第3件事的通知》</a>' in entry.content[0].value
        assert f'<a href="{address}1.html#a">附件</a>' in entry.content[0].value
        assert entry.summary.startswith("见办法")
    office.write("site.yaml", SITE)
    assert all(a.startswith("feeds/") for a in office.build().written if not a.endswith("manifest.json"))


def test_what_closes_soon_is_told_until_its_last_day(office):
    office.write(
        "notice/a.md",
        "---\n标题: 关于公开征求意见的公告\n发布机构: 霁川市财政局\n发布日期: 2026-11-02\n截止日期: 2026-12-01\n"
        "公开方式: 主动公开\n审查人: 甲\n审查日期: 2026-11-02\n---\n征求意见。\n",
    )
    told = []
    for day in (date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 2)):
        office.build(today=day)
        told.append([e.title for e in feedparser.parse(office.tree()["feeds/closing.atom"]).entries])

    assert told == [["2026-12-01 截止：关于公开征求意见的公告"]] * 2 + [[]]
