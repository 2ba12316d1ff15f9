"""What scripts do with links and pages: onclick, javascript: addresses, jump menus of `<option>`, the pages of a list.

Only a fixed address is a link: one that a script puts together from pieces is left alone, but for the further pages of a
list where a content system in wide use writes their number and name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from crawler_checks.extract.page_links import Attributes

if TYPE_CHECKING:  # a tree is made of few pages, and much comes with it
    from selectolax.lexbor import LexborHTMLParser, LexborNode

OPENS = re.compile(
    r"""(?:window\.open|\bopen|location\.(?:replace|assign))\s*\(\s*(?P<one>["'])(?P<opened>[^"'<>\s]{1,300})(?P=one)\s*[,)]"""
    r"""|(?<![\w.])(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?\s*=\s*(?P<two>["'])(?P<set>[^"'<>\s]{1,300})(?P=two)\s*(?:[;}"']|$)"""
)
"""What surely opens an address."""
CALLS = re.compile(
    r"""^\s*(?:javascript:)?\s*(?:return\s+)?[\w.$]{2,40}\s*\(\s*(["'])([^"'<>\s]{2,300})\1\s*[,)]""",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:https?:/)?/[^/]|\.{1,2}/|[\w\-./]+\.(?:s?html?|jspx?|aspx?|php)(?:[?#]|$)", re.IGNORECASE
)
JUMPS = re.compile(r"location|open|jump|go|url|href", re.IGNORECASE)
FOR_CLICKS = "[onclick]"
WRITING = re.compile(
    r"\.(?:append|appendChild|insertAdjacentHTML|html|load|ajax|getJSON|post)\s*\(|\.innerHTML\s*\+?=|document\.write"
    r"|\bfetch\s*\(|XMLHttpRequest|new\s+Vue|createApp|ReactDOM|createPageHTML"
)
"""What a script says when it puts things on the page."""
SENDING = re.compile(
    r"""\blocation(?:\.href)?\s*=\s*(["'])(?P<address>[^"'<>\s]{1,300})\1\s*(?=[;}\n]|$)"""
    r"""|\blocation\.(?:replace|assign)\(\s*(["'])(?P<replacing>[^"'<>\s]{1,300})\3\s*\)"""
)
"""What a script says when it sends visitors to a fixed address."""
PAGES_OF_LIST = re.compile(
    r"""\bcreatePageHTML\s*\(\s*(?:(?P<one>["'])[\w\-]*(?P=one)\s*,\s*)?["']?(?P<count>\d{1,5})["']?\s*,\s*["']?(?P<here>\d{1,5})["']?"""
    r"""\s*,\s*["'](?P<name>[\w\-]{1,60})["']\s*,\s*["'](?P<ending>s?html?|jsp|aspx?|php)["']\s*(?:,[^();]{0,80})?\)\s*;?"""
)
"""How a list says of how many pages it is, which one this is, counted from 0, and what they are called: a page 3 of `index`
is index_3.html."""
NUMBER_OF_PAGES = re.compile(r"\bvar\s+countPage\s*=\s*(\d{1,5})\b")
THIS_PAGE = re.compile(r"\bvar\s+currentPage\s*=\s*(\d{1,5})\b")
WRITTEN_PAGE = re.compile(
    r"""(?<![\w\-/])([\w\-]{1,60}?)["'+\s]*_["']\s*\+\s*\(?\w+(?:\s*[+-]\s*1)?\)?\s*\+\s*["']\.["'+\s]*(s?html?|jsp|aspx?|php)\b"""
)
"""How pages of the same system say it that have the whole script in them: `"index_" + nextPage + ".html"`."""
MOST_AHEAD = 50
"""So many further pages of a list are named at a time; those name the next."""


def opened_by(script: str) -> tuple[str, bool] | None:
    """The address that an onclick or a `javascript:` address opens; and whether that is sure, or only likely because
    some function is given what looks like an address. None when there is none."""
    found = OPENS.search(script)
    if found:
        return found["opened"] or found["set"], True
    called = CALLS.match(script)
    if called and ADDRESS.match(called[2]):
        return called[2], False
    return None


def sent_to(script: str) -> Iterator[str]:
    """The addresses to which the script of a page sends its visitors, or by which it lets them turn pages."""
    for one in SENDING.finditer(script):
        yield one["address"] or one["replacing"]
    for pages in PAGES_OF_LIST.finditer(script):
        yield from _pages(int(pages["count"]), int(pages["here"]), pages["name"], pages["ending"])
    count = NUMBER_OF_PAGES.search(script)
    if count and (page := WRITTEN_PAGE.search(script)):
        here = THIS_PAGE.search(script)
        yield from _pages(int(count[1]), int(here[1]) if here else 0, page[1], page[2])


def _pages(count: int, here: int, name: str, ending: str) -> Iterator[str]:
    for number in range(max(1, here - 1), min(count, here + MOST_AHEAD + 1)):
        yield f"{name}_{number}.{ending}"


def writes(script: str) -> bool:
    """Whether a script puts things on its page, more than a way to turn pages that `sent_to` knows."""
    return WRITING.search(PAGES_OF_LIST.sub("", script) if "createPageHTML" in script else script) is not None


def jump_menus(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Address and text of each option of the menus that go where one chooses."""
    for menu in tree.css("select[onchange]"):
        if not JUMPS.search(menu.attributes.get("onchange") or ""):
            continue
        for option in menu.css("option[value]"):
            address = (option.attributes.get("value") or "").strip()
            if ADDRESS.match(address):
                yield address, " ".join(option.text().split())


def clickable(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """Elements other than links that are clicked, each with its script."""
    for node in tree.css(FOR_CLICKS):
        if node.tag not in ("a", "body", "html", "input", "button", "select", "form"):
            yield node, node.attributes.get("onclick") or ""


def is_scripted(attributes: Attributes) -> bool:
    """Whether a script or a widget handles a link."""
    return (
        "onclick" in attributes
        or attributes.get("role") in ("tab", "button", "menuitem")
        or any(name.startswith("data-") and ("toggle" in name or "target" in name) for name in attributes)
    )
