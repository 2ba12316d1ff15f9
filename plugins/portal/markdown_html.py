"""Markdown of the records to safe HTML: whoever wants it converted asks here.

Content is not trusted: raw HTML is shown as text, addresses other than http, https, mailto and tel are dropped,
and the result is cleaned once more by a library made for that. Headings get ids, tables captions and column
scopes, cited documents become links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3

from plugins.disclosure.cited_numbers import find_all
from plugins.portal.markdown_fast import fast_html
from plugins.portal.markdown_structure import QUOTED_TITLE

_RECORD_LINK = re.compile(r"\]\(\s*([a-z_]+/[a-z0-9-]+(?:\.html)?)\s*[)\s]")
_CODE = re.compile(r"```.*?```", re.S)
_ASIDE = re.compile(r"\s*\||#{1,6}(?:\s|$)|\[\^[^\]]*\]:")
"""How lines of tables begin, headings, and notes."""
_SHOWN_ELSEWHERE = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]*\]")
"""Pictures, and where notes are called from."""
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"\s*(?:[-+]|\d+\.)\s+")
_QUOTE = re.compile(r"(?:\s*>)+ ?")
_STARS = re.compile(r"(?<![*\\])(\*{1,3})(?![\s*])(.+?)(?<![\s*\\])\1(?!\*)", re.S)
_UNDERLINES = re.compile(r"(?<![\w\\])(_{1,3})(?![\s_])(.+?)(?<![\s_\\])\1(?!\w)", re.S)
"""Marks around words; an underline within a word or an address is none."""
_CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WIDE_GAP = re.compile(r"[ \t\u3000]{2,}")
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "section",
    ]
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "title"},
    "a": {"href", "role"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "div": {"role", "tabindex", "aria-labelledby", "aria-label"},
    "sup": {"role"},
}


def to_html(text: str, links: Mapping[str, str], root: str, part: int = 0) -> str:
    """HTML of a record's body, safe to insert as it is.

    `links` maps what may be cited (a canonical 文号, a full title, a record's key) to addresses from the
    site's root; `root` is the way there from the page. Headings begin at level 2: the page has its own h1. On a page
    of several bodies each is a `part`, counted from 1, below an h2 of its own.
    """
    fast = fast_html(text, links, root, part)
    return fast if fast is not None else reference_html(text, links, root, part)


def reference_html(text: str, links: Mapping[str, str], root: str, part: int = 0) -> str:
    """As `to_html`, by Python-Markdown whatever the text: what the fast way is held to."""
    from plugins.portal.markdown_reference import convert  # most builds need it for no body

    return clean(convert(text, links, root, part))


def clean(html: str) -> str:
    """Nothing but the tags, attributes and schemes a record may use."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def citations(text: str) -> set[str]:
    """What a body may cite: canonical document numbers, and the titles it quotes in 《》."""
    numbers = {found.canonical for _, _, found in find_all(text)}
    return numbers | {match[1] for match in QUOTED_TITLE.finditer(text)}


def linked_keys(text: str) -> set[str]:
    """The records a body links to by their keys, as in `[办法](policy/2025-0012)`."""
    return {match[1].removesuffix(".html") for match in _RECORD_LINK.finditer(text)}


def plain_text(text: str, limit: int) -> str:
    """The first `limit` characters of a body without marks, cut at the end of a sentence where one is near."""
    beginning = _without_marks(_beginning(text, limit))
    text = beginning if len(beginning) > limit else _without_marks(text)
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark, 0, limit) for mark in "。！？；")
    return text[: end + 1] if end >= limit // 2 else text[:limit].rstrip("，、；：") + "……"


def _beginning(text: str, limit: int) -> str:
    """Some whole paragraphs of a long text, which usually hold `limit` characters without marks."""
    end = text.find("\n\n", 4 * limit)
    return text if end < 0 or "```" in text else text[:end]


def _without_marks(text: str) -> str:
    if "```" in text:
        text = _CODE.sub(" ", text)
    text = "\n".join([line for line in text.split("\n") if not _ASIDE.match(line)])
    if "[" in text:
        text = _LINK.sub(r"\1", _SHOWN_ELSEWHERE.sub("", text))
    text = "\n".join([_item(line) for line in text.split("\n")])
    if "*" in text:
        text = _STARS.sub(r"\2", _STARS.sub(r"\2", text))  # one may stand within another
    if "_" in text:
        text = _UNDERLINES.sub(r"\2", text)
    if "`" in text:
        text = _CODE_SPAN.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _WIDE_GAP.sub(" ", "".join([line.strip() for line in text.split("\n")])).strip()


def _item(line: str) -> str:
    """A line without what begins a quotation, or an item of a list."""
    if ">" in line and (quoted := _QUOTE.match(line)):
        line = line[quoted.end() :]
    found = _ITEM.match(line)
    return line[found.end() :] if found else line
