"""The tags of a piece of HTML that bear attributes, by one look at each and without a tree.

For passes that want addresses and anchors only. What cannot be read for certain without a tree is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

NOTABLE = re.compile(
    r"<(?:!--|(?:script|style|title|textarea|iframe|noframes|noembed|xmp|plaintext)\b|[a-z][^\s/>]*[\s/][^>])",
    re.IGNORECASE,
)
"""A comment, an element whose content is text, or a tag with attributes."""
OPENING = re.compile(
    r"""<([a-zA-Z][^\s/>]*)([^>=]*(?:=(?:\s*"[^"]*"|\s*'[^']*')?[^>=]*)*)>""",
)
TELLING = re.compile(
    r"href|src|\bid\s*=|\bname\s*=|\bdata\s*=|background|poster|style|\bon(?:click|change)|http-equiv",
    re.IGNORECASE,
)
"""What stands in a tag that asks for something, or is a place on the page."""
ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
ENTITY = re.compile(r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;)")
TEXT_ONLY = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp")
}
LONGEST_PIECE = 256 << 10

Attributes = Mapping[str, str | None]


class Incomplete(Exception):
    """The piece ends within a tag, a comment, or an element whose content is text."""


class NeedsTree(Exception):
    """The piece cannot be read without a tree."""


def notable_tags(html: str) -> Iterator[tuple[str, Attributes, str]]:
    """Each tag that may ask for something: its name in small letters, its attributes, and the text inside a script
    or style.

    Raises Incomplete, NeedsTree.
    """
    if len(html) > LONGEST_PIECE:
        raise NeedsTree
    if html.rfind("<") > html.rfind(">"):
        raise Incomplete
    at = 0
    while (found := NOTABLE.search(html, at)) is not None:
        start = found.start()
        if found[0] == "<!--":
            at = _end_of_comment(html, start)
            continue
        tag = OPENING.match(html, start)
        if tag is None:
            raise Incomplete
        at = tag.end()
        name, inside = tag[1].lower(), ""
        if name in TEXT_ONLY:
            end = TEXT_ONLY[name].search(html, at)
            if end is None:
                raise Incomplete
            inside = html[at : end.start()]
            at = end.start()
        elif name in ("plaintext", "base"):
            raise NeedsTree
        elif not TELLING.search(tag[2]) or (name == "meta" and "http-equiv" not in tag[2].lower()):
            continue
        yield name, _attributes(tag[2]), inside


def _end_of_comment(html: str, start: int) -> int:
    if html.startswith(("<!-->", "<!--->"), start):
        return html.index(">", start) + 1
    end = html.find("-->", start + 4)
    if end < 0:
        raise Incomplete
    return end + 3


def _attributes(text: str) -> dict[str, str | None]:
    """The first of each name counts."""
    found: dict[str, str | None] = {}
    for one in ATTRIBUTE.finditer(text):
        name = one[1].lower()
        if name not in found:
            value = one[2] if one[2] is not None else one[3] if one[3] is not None else one[4]
            found[name] = ENTITY.sub(_sign, value) if value and "&" in value else value
    return found


def _sign(entity: re.Match[str]) -> str:
    return unescape(entity[0])
