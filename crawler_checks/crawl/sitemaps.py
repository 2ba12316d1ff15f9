"""The lists of addresses that a site itself offers (sitemap.xml): a way to pages that no link leads to.

Read as leniently as search engines do, packed or not, lists of lists too. What is no such list, or names other hosts,
adds nothing; and that an address is listed accuses nobody when it is gone.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable
from html import unescape

from crawler_checks.crawl.address import Joiner, Kind, Scope
from crawler_checks.crawl.answer import Request, Response, Source, Want, fetch_one
from crawler_checks.crawl.limits import Limits

USUAL = "sitemap.xml"
LOCATION = re.compile(
    r"<(?:[\w-]+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<>\]]{1,2000}?)\s*(?:\]\]>)?\s*</", re.IGNORECASE
)
LIST_OF_LISTS = re.compile(r"<(?:[\w-]+:)?sitemapindex\b", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
HEAD = 1_000
PACKED = b"\x1f\x8b"


def listed_addresses(
    source: Source,
    scope: Scope,
    named: Iterable[str],
    limits: Limits,
    allowed: Callable[[str], bool] = lambda _: True,
) -> tuple[str, ...]:
    """The addresses of the target that its lists name; `named` are the lists that robots.txt speaks of, else the usual
    one is asked for. Only lists on the target's own host, and those that are `allowed`, are asked for."""
    joiner = Joiner(scope)
    waiting = deque(on_own_host(joiner, named) or [scope.prefix + USUAL])
    seen: set[str] = set()
    found: dict[str, None] = {}
    while waiting and len(seen) < limits.sitemaps and len(found) < limits.sitemap_addresses:
        address = waiting.popleft()
        if address in seen or not allowed(address):
            continue
        seen.add(address)
        answer = fetch_one(source, Request(address, Want.WHOLE))
        if not isinstance(answer, Response) or answer.status != 200:
            continue
        locations, is_list_of_lists = read_sitemap(answer.body, limits.page_bytes)
        own = on_own_host(joiner, locations)
        if is_list_of_lists:
            waiting.extend(own)
        else:
            found.update(dict.fromkeys(one for one in own if scope.holds(one)))
    return tuple(found)[: limits.sitemap_addresses]


def read_sitemap(body: bytes, most_bytes: int) -> tuple[list[str], bool]:
    """What a list names, and whether these are lists themselves. Of what is no list: nothing."""
    text = _unpacked(body, most_bytes).decode("utf-8-sig", "replace")
    head = text[:HEAD]
    if PAGE.search(head):
        return [], False
    if "<" not in head:
        lines = (line.strip() for line in text.splitlines())
        return [line for line in lines if line.startswith(("http://", "https://"))], False
    return [unescape(one) for one in LOCATION.findall(text)], bool(LIST_OF_LISTS.search(head))


def on_own_host(joiner: Joiner, written: Iterable[str]) -> list[str]:
    """Those on the target's own host, as addresses from its root, each once."""
    joined = (joiner.join("/", one) for one in written)
    return list(dict.fromkeys(one.address for one in joined if one.kind is Kind.INSIDE))


def _unpacked(body: bytes, most_bytes: int) -> bytes:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace").encode()
    if not body.startswith(PACKED):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, most_bytes)
    except zlib.error:
        return b""
