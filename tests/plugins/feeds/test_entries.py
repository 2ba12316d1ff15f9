"""A feed put together from kept entries is, byte for byte, the one feedgen makes of it."""

from datetime import datetime
from typing import Any

import lxml.etree  # noqa: F401 feedgen needs it and does not import it
import pytest
from feedgen.ext.base import BaseEntryExtension
from feedgen.util import xml_elem

from plugins.feeds import atom as ours
from plugins.feeds.atom import atom, rss
from plugins.feeds.feed import Enclosure, Feed, FeedEntry

FILES = (
    Enclosure('https://x.example/f.pdf?a=1&b="2"', '办事"指南"\n<一>', "application/pdf", 1024),
    Enclosure("https://x.example/g.csv", "名单", "text/csv", 7),
)


def entry(number: int, **values: Any) -> FeedEntry:
    given = {
        "id": f"https://x.example/{number}.html",
        "title": f"关于<印发>&“办法”的通知 '{number}'",
        "address": f"https://x.example/{number}.html",
        "author": "霁川市财政局",
        "summary": "第一行\r\n第二行\t> 其他 & 全部",
        "published_at": "2026-01-31T09:30:00+08:00",
        "updated_at": "2026-02-01T00:00:00+08:00",
    }
    return FeedEntry(**(given | values))


def feed(*entries: FeedEntry, hub: str = "") -> Feed:
    return Feed(
        id="https://x.example/feeds/a",
        title='政策"文件" & 其他',
        subtitle="栏目<一>",
        address="https://x.example/section/policy.html",
        own_address="https://x.example/feeds/section/policy",
        root="../../",
        author="霁川市人民政府",
        updated_at="2026-02-01T00:00:00+08:00",
        entries=entries,
        hub=hub,
    )


FEEDS = {
    "none": feed(),
    "one": feed(entry(1)),
    "a notice of a change": feed(entry(1, id="https://x.example/1.html#expired")),
    "categories and files": feed(entry(1, categories=("甲&乙", '"丙"'), enclosures=FILES), entry(2)),
    "whole texts and a hub": feed(entry(1, content="<p>全文 & 附件</p>"), hub="https://hub.example/?a=1&b=2"),
}


class _Links(BaseEntryExtension):
    """An entry's links with what they are: feedgen writes the links of entries by their address alone."""

    enclosures: tuple[Enclosure, ...] = ()

    def extend_atom(self, element):
        page = element.find("link")
        page.set("rel", "alternate")
        page.set("type", "text/html")
        for file in self.enclosures:
            facts = {"rel": "enclosure", "type": file.media_type, "title": file.title}
            xml_elem("link", element, href=file.address, length=str(file.size_bytes), **facts)
        return element


def _added(generator, item: FeedEntry):
    added = generator.add_entry(order="append")
    added.guid(item.id, permalink=item.id == item.address)
    added.title(item.title)
    added.link(href=item.address, rel="alternate", type="text/html")
    added.summary(item.summary)
    added.published(datetime.fromisoformat(item.published_at))
    added.updated(datetime.fromisoformat(item.updated_at))
    for category in item.categories:
        added.category(term=category)
    return added


def _atom_by_feedgen(made: Feed) -> bytes:
    generator = ours._generator(made, "application/atom+xml", ".atom")
    for item in made.entries:
        added = _added(generator, item)
        added.author({"name": item.author})
        added.register_extension("links", _Links, atom=True, rss=False)
        added.links.enclosures = item.enclosures
        if item.content:
            added.content(item.content, type="html")
    return generator.atom_str(pretty=True)


def _rss_by_feedgen(made: Feed) -> bytes:
    generator = ours._generator(made, "application/rss+xml", ".rss")
    generator.load_extension("dc", atom=False, rss=True)
    generator.register_extension("hub", ours._Hub, atom=False, rss=True)
    generator.hub.address = made.hub
    for item in made.entries:
        added = _added(generator, item)
        added.dc.dc_creator(item.author)
        for file in item.enclosures[:1]:
            added.enclosure(file.address, str(file.size_bytes), file.media_type)
        if item.content:
            added.content(item.content)
    return generator.rss_str(pretty=True)


def _without_style(content: bytes) -> bytes:
    declaration, _, rest = content.split(b"\n", 2)
    return declaration + b"\n" + rest


@pytest.mark.parametrize("name", FEEDS)
def test_atom_is_what_feedgen_makes_of_it(name):
    assert _without_style(atom(FEEDS[name])) == _atom_by_feedgen(FEEDS[name])


@pytest.mark.parametrize("name", FEEDS)
def test_rss_is_what_feedgen_makes_of_it(name):
    assert _without_style(rss(FEEDS[name])) == _rss_by_feedgen(FEEDS[name])


def test_a_sign_that_xml_cannot_hold_is_refused_as_feedgen_refuses_it():
    with pytest.raises(ValueError, match="no XML"):
        atom(feed(entry(1, title="题\x0b目")))
