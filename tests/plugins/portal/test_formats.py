"""Every file for programs of the example city is held against the rules of its format, all of them each time.

The schemas under `formats/` are written from the texts of the formats (RFC 4287, RSS 2.0, JSON Feed 1.1, OPML 2.0,
sitemaps.org 0.9) and say no more than we write, so that a new element is a change to be looked at.
"""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path

import icalendar
import jsonschema
import pytest
from lxml import etree

FORMATS = Path(__file__).parent / "formats"
BASE = "https://www.jichuan.example/xxgk/"
ATOM = "{http://www.w3.org/2005/Atom}"


def files(tree, pattern):
    """The files of a format, at least one."""
    found = {address: content for address, content in tree.items() if re.fullmatch(pattern, address)}
    assert found
    return found


def faults_of(schema, found):
    """What a schema says of files."""
    wrong = []
    for address, content in found.items():
        if not schema.validate(etree.fromstring(content)):
            wrong += [f"{address}:{one.line} {one.message}" for one in schema.error_log][:3]
    return wrong[:10]


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_every_feed_is_as_its_format_asks(example_tree, ending):
    schema = etree.RelaxNG(etree.parse(FORMATS / f"{ending}.rng"))

    assert faults_of(schema, files(example_tree, rf"feeds/.+\.{ending}")) == []


BROKEN = {
    "atom": [
        (b"<updated>", b"<updated>x"), (b"<id>https:", b"<id>"), (b'rel="self"', b'rel="x"'), (b"+08:00", b""),
        (b"</feed>", b"<title>2</title></feed>"), (b"<name>", b"<name/><name>"),
    ],
    "rss": [
        (b"<pubDate>", b"<pubDate>x"), (b"</channel>", b"<title>2</title></channel>"), (b' +0800</pubDate>', b"</pubDate>"),
        (b"<guid ", b"<guid x='' "), (b"<language>zh-CN", b"<language>"), (b"<item>", b"<item><author>a</author>"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "old", "new"), [(e, *pair) for e, pairs in BROKEN.items() for pair in pairs]
)
def test_the_rules_see_a_feed_that_breaks_them(example_tree, ending, old, new):
    schema = etree.RelaxNG(etree.parse(FORMATS / f"{ending}.rng"))
    content = example_tree[f"feeds/site.{ending}"]

    assert old in content
    assert not schema.validate(etree.fromstring(content.replace(old, new, 1)))


def test_feeds_hold_what_no_schema_can_say(example_tree):
    """Ids once, entries newest first where they tell of the newest, own addresses that are files, media types."""
    wrong = []
    for address, content in files(example_tree, r"feeds/.+\.atom").items():
        root = etree.fromstring(content)
        entries = root.findall(f"{ATOM}entry")
        ids = [one.findtext(f"{ATOM}id") for one in entries]
        [own] = [one.get("href") for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]
        page = next(one.get("href") for one in root.findall(f"{ATOM}link") if one.get("rel") == "alternate")
        published = [datetime.fromisoformat(one.findtext(f"{ATOM}published")) for one in entries]
        is_sorted = all(later >= sooner for later, sooner in pairwise(published))
        files_named = [one.get("href") for one in root.iterfind(f".//{ATOM}link[@rel='enclosure']")]
        if len(set(ids)) != len(ids) or own != BASE + address or page.removeprefix(BASE) not in example_tree:
            wrong.append(address)
        if not is_sorted and address not in ("feeds/closing.atom", "feeds/due.atom"):
            wrong.append((address, "order"))
        wrong += [one for one in files_named if one.removeprefix(BASE) not in example_tree]
        wrong += [
            (address, one) for one in entries
            if one.findtext(f"{ATOM}updated") < one.findtext(f"{ATOM}published")
        ]  # fmt: skip

    assert wrong == []


def test_atom_and_rss_name_the_same_moments(example_tree):
    for address, content in files(example_tree, r"feeds/section/.+\.atom").items():
        atom = [
            datetime.fromisoformat(one.text) for one in etree.fromstring(content).iter(f"{ATOM}published")
        ]
        rss = etree.fromstring(example_tree[address.replace(".atom", ".rss")])
        assert [parsedate_to_datetime(one.text) for one in rss.iter("pubDate")] == atom


def test_every_json_feed_is_as_version_1_1_asks(example_tree):
    schema = json.loads((FORMATS / "json-feed.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = [
        (address, error.json_path, error.message)
        for address, content in files(example_tree, r"feeds/.+\.json").items()
        for error in validator.iter_errors(json.loads(content))
    ]

    assert wrong == []
    assert list(validator.iter_errors({"version": "https://jsonfeed.org/version/1"}))


def test_the_list_of_subscriptions_is_as_opml_asks(example_tree):
    schema = etree.RelaxNG(etree.parse(FORMATS / "opml.rng"))

    assert faults_of(schema, files(example_tree, r"feeds/all\.opml")) == []


def test_the_calendar_is_as_rfc_5545_asks(example_tree):
    content = example_tree["feeds/days.ics"]
    calendar = icalendar.Calendar.from_ical(content)
    events = calendar.walk("VEVENT")

    assert calendar.errors == []
    assert [event.errors for event in events if event.errors] == []
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(event["DTEND"].dt > event["DTSTART"].dt for event in events)
    assert {
        name for event in events for name in ("UID", "DTSTAMP", "SUMMARY", "URL") if name not in event
    } == set()


def test_the_sitemap_is_as_its_protocol_asks(example_tree):
    schema = etree.XMLSchema(etree.parse(FORMATS / "sitemap.xsd"))
    sitemaps = files(example_tree, r"sitemap[^/]*\.xml")

    assert faults_of(schema, sitemaps) == []
    twice = sitemaps["sitemap.xml"].replace(
        b"</urlset>", b"<url><loc>" + f"{BASE}index.html".encode() + b"</loc></url></urlset>"
    )
    assert faults_of(schema, {"twice": twice}) != []


def test_a_sitemap_that_grew_is_split_and_its_index_names_the_parts():
    from plugins.manifest.sitemap import Place, index, urlset

    schema = etree.XMLSchema(etree.parse(FORMATS / "sitemap.xsd"))
    parts = [
        Place("https://a.example/sitemap-1.xml", "2026-11-22"),
        Place("https://a.example/sitemap-2.xml", ""),
    ]

    assert faults_of(schema, {"index": index(parts), "set": urlset(parts)}) == []
