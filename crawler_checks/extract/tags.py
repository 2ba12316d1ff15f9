"""The tags of a piece of HTML, without a tree: all at one look where they are plainly written, else one by one.

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
BLANK = r"[ \t\n\r\f]"
MUTE_NAME = "(?:li|p|ul|ol|div|span|h[1-6]|em|strong|b|i|u|font|center|dl|dd|dt|table|tbody|thead|tr|td|th|br|hr|section|article)"
MUTE_ATTRIBUTE = rf'{BLANK}+(?:class|title|align|width|height|data-[a-z]+)="[^"<>]*"'
MUTE = rf"{MUTE_NAME}(?:>|(?:{MUTE_ATTRIBUTE})*{BLANK}*/?>)"
"""What asks for nothing, whatever it says."""
META = rf'meta(?:{BLANK}+(?:charset|name|property|content)="[^"<>]*")*{BLANK}*/?>'
ATTRIBUTES = rf"""(?:{BLANK}+[a-zA-Z:_-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>`=]+))?)*"""
SILENT = "title>[^<]*</title>"
"""An element whose content is text, and as it is written where no tag can be in it. So is `SCRIPT`."""
SCRIPT = rf"script{ATTRIBUTES}(?={BLANK}*></script>)"
OTHER = rf"(?!script|title)[a-zA-Z][a-zA-Z0-9]*{ATTRIBUTES}(?={BLANK}*/?>)"
BESIDE = rf'(?:{BLANK}+(?:title|target|class|rel)="[^"<>]*")*'
ADDRESS = r'''"(?:/|[a-z0-9_]+[./]|\.\.?/)[^"&<>]*(?<!#)"'''
"""What is certainly an address, in its quotes."""
PLAIN_TAG = re.compile(
    rf"""<(?=[a-zA-Z])(?:{MUTE}|{META}|{SILENT}"""
    rf"""|(?:a{BESIDE}{BLANK}+href=)?({ADDRESS}(?={BESIDE}{BLANK}*>)|{SCRIPT}|{OTHER}))"""
)
"""The first look ahead, and the `>` where it mostly stands, only make it quicker."""
DOCTYPE = re.compile(r"\s*<!doctype [^<>]*>", re.IGNORECASE)
NAME = re.compile("[a-zA-Z0-9]+")

Attributes = Mapping[str, str | None]


class Incomplete(Exception):
    """The piece ends within a tag, a comment, or an element whose content is text."""


class NeedsTree(Exception):
    """The piece cannot be read without a tree."""


def plain_tags(html: str) -> list[str] | None:
    """What stands between `<` and `>` of each tag that opens an element, once where it stands several times, most of those
    that ask for nothing left out; of one that is nothing but a link only the address, in quotes. None where not all can
    be told at one look."""
    found = PLAIN_TAG.findall(html)
    openings = html.count("<") - html.count("</")
    if openings != len(found) and not (openings == len(found) + 1 and DOCTYPE.match(html)):
        return None
    if ((last := html.rfind("<")) >= 0 and html.find(">", last) < 0) or len(html) > LONGEST_PIECE:
        return None
    return list(dict.fromkeys(filter(None, found)))


def read_plain_tag(tag: str) -> tuple[str, Attributes] | None:
    """The name, in small letters, and the attributes of a tag that `plain_tags` gave; none of them where it asks for
    nothing and is no place on the page. None for an element that must be looked at with its content."""
    written = NAME.match(tag)
    name = written[0].lower() if written else ""
    if (name in TEXT_ONLY or name == "plaintext") and not tag.startswith("script"):
        return None
    rest = tag[len(name) :]
    return name, _attributes(rest) if _tells(name, rest) else {}


def _tells(name: str, rest: str) -> bool:
    """Whether a tag with that behind its name asks for something or is a place on the page."""
    return bool(TELLING.search(rest)) and (name != "meta" or "http-equiv" in rest.lower())


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
        elif name == "plaintext":
            raise NeedsTree
        elif not _tells(name, tag[2]):
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
