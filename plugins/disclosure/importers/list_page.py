"""A list page of an old site -> the pages it leads to, and the list's next page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.disclosure.importers.html_page import decode_page

_DAY = re.compile(
    r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}|[\[（(]\s*\d{1,2}-\d{1,2}\s*[\]）)]"
)
_NEXT = re.compile("下一?页|后一?页|next|[›»>]", re.IGNORECASE)
_PAGER = re.compile(
    r"createPageHTML\(\s*['\"]?(\d+)['\"]?\s*,\s*['\"]?(\d+)['\"]?\s*,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]"
)
"""How a widespread program for government sites writes the number of pages, the place, and the pages' name."""

_SHORTEST_TITLE = 6
_ROWS = ("li", "tr", "dd", "p", "div")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that the list leads to, and what the list calls it."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The pages listed, in their order, and the address of the next page of the list, if there is one."""

    entries: tuple[Listed, ...]
    following: str


def read_list(data: bytes, address: str) -> ListPage:
    """What the list at `address` leads to, on the same host. Raises Refusal for what is no page."""
    soup = BeautifulSoup(decode_page(data), "html.parser")
    base = soup.find("base", href=True)
    start = urljoin(address, str(base["href"])) if isinstance(base, Tag) else address
    found = [(link, _absolute(start, link)) for link in soup.find_all("a", href=True)]
    links = [(link, target) for link, target in found if target and _same_host(target, address)]
    dated = [
        (link, target) for link, target in links if _is_row(link) and len(_title(link)) >= _SHORTEST_TITLE
    ]
    chosen = dated or list(_most_alike([(a, b) for a, b in links if len(_title(a)) >= _SHORTEST_TITLE]))
    entries = {target: Listed(target, _title(link)) for link, target in reversed(chosen) if target != address}
    return ListPage(tuple(reversed(entries.values())), _following(soup, start, links, address))


def _absolute(base: str, link: Tag) -> str:
    href = str(link["href"]).strip()
    if href.lower().startswith(("javascript:", "mailto:", "tel:", "#")):
        return ""
    try:
        return urldefrag(urljoin(base, href)).url
    except ValueError:
        return ""


def _same_host(target: str, address: str) -> bool:
    parts = urlsplit(target)
    return parts.scheme in ("http", "https") and parts.netloc == urlsplit(address).netloc


def _title(link: Tag) -> str:
    words = link.get_text(" ", strip=True)
    title = str(link.get("title") or "").strip()
    return title if len(title) > len(words) or words.endswith(("...", "…")) else words


def _is_row(link: Tag) -> bool:
    """Whether the link stands in a row of its own with a day beside it."""
    row = link.find_parent(_ROWS)
    if (
        row is None
        or len([one for one in row.find_all("a", href=True) if len(_title(one)) >= _SHORTEST_TITLE]) != 1
    ):
        return False
    beside = row.get_text(" ").replace(link.get_text(" "), "")
    return bool(_DAY.search(beside))


def _most_alike(links: list[tuple[Tag, str]]) -> Iterator[tuple[Tag, str]]:
    """Without days: the links that stand in one place of the page, where most do."""
    paths = [" ".join(parent.name for parent in link.parents if parent.name) for link, _ in links]
    if paths:
        path, _ = Counter(paths).most_common(1)[0]
        yield from (pair for pair, one in zip(links, paths, strict=True) if one == path)


def _following(soup: BeautifulSoup, base: str, links: list[tuple[Tag, str]], address: str) -> str:
    for link, target in links:
        if "next" in (link.get("rel") or []) or _NEXT.fullmatch(link.get_text(" ", strip=True)):
            return target if target != address else ""
    pager = _PAGER.search(str(soup))
    if pager:
        pages, place, name, ending = int(pager[1]), int(pager[2]), pager[3], pager[4]
        return urljoin(base, f"{name}_{place + 1}.{ending}") if place + 1 < pages else ""
    return ""
