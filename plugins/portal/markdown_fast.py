"""The fast way through plain bodies: comrak, where it is installed and the text is of the plain sort.

Most official documents are headings, paragraphs, simple lists, tables, emphasis and links. On that common part
comrak (with emphasis made for Chinese) and Python-Markdown agree; `is_plain` says whether a body keeps to it. Any
other body, and every body where comrak is missing, goes the reference way. A test holds both to the same document.

What we do to a converted body is done to the text of comrak's HTML where that is all headings, lists, paragraphs and
tables, and to its tree where something is cited, linked or signed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from plugins.portal.markdown_structure import DATE, structure
from plugins.portal.markdown_text import structured_text

_ODD = bytes([*range(10), *range(11, 32), 127, *b"<&\\`_~"])
"""Signs that no plain body has, as bytes, which are taken out quickly."""
_LINE_ENDS = "\u2028", "\u2029"
_MARK = "\ufeff"
_BLANK = re.compile(r"\n{2,}")
_ODD_BRACKETS = ("[^", "![", "][", "]:")
_HAN = re.compile(r"[\u4e00-\u9fff（《“]")
"""What most paragraphs begin with, and no other block does."""
_LONE_STAR = re.compile(r"\*(?!\*)(?<!\*\*)")
_STRONG = re.compile(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*")
_LINK = re.compile(
    r"\[([^\[\]\n*]+)\]\(((?:https?://|mailto:|tel:|attachments/|[a-z_]+/)[A-Za-z0-9.,/=?%#@:+-]*)\)"
)
_HEADING = re.compile(r"#{1,6} [^#\s](?:[^#]*[^#\s])?")
_BULLET = re.compile(r"- \S.*")
_NUMBERED = re.compile(r"(\d{1,3})\. \S.*")
_ROW = re.compile(r"\|(?:[^|]+\|)+")
_RULE = re.compile(r"\|(?: *:?-{3,}:? *\|)+")
_MAY_BEGIN = ("-", "|", *"0123456789")
"""How a line of a list or a table begins."""
_MOST_ITEMS = 4
_ITEM = r"[\u4e00-\u9fff（《“][^\n*\[\]]*+"


def _items(first: int = 1) -> str:
    """Items of a list in Chinese that are counted from `first` on."""
    others = rf"(?:\n{_items(first + 1)})?+" if first < _MOST_ITEMS else ""
    return rf"{first}\. {_ITEM}{others}"


_PLAINEST = re.compile(
    r"(?:(?:"
    r"[\u4e00-\u9fff（《“](?:[^\n*\[\]]++|(?<=[\u4e00-\u9fff，。、；：])\*\*[^\s*\[\]](?:[^\n*\[\]]*[^\s*\[\]])?"
    r"\*\*(?=[\u4e00-\u9fff，。、；：\n]|\Z))*+"
    r"|#{1,6} [^#\s*\[\]](?:[^#\n*\[\]]*[^#\s*\[\]])?"
    rf"|{_items()}(?!\n\n\d)"
    r")(?:\n\n|\Z))+"
)
"""Paragraphs of one line that begin in Chinese, with emphasis amid Chinese, headings, and short numbered lists of which
no other follows: most of most bodies."""
_MAY_BE_SIGNED = re.compile(rf"<p>(?:\s|<[^>]*>)*{DATE}")
_NOT_TEXT = re.compile(r"[#>+=|:-]|\s|\d+[.)]|\*(?!\*)|\*\*\s|\u3000")


def fast_html(text: str, links: Mapping[str, str], to_root: str, part: int = 0) -> str | None:
    """HTML of a plain body, safe by construction; None when it is not plain or comrak is not there."""
    convert = _comrak()
    if convert is None or not is_plain(text):
        return None
    html = convert(text)
    if not links and "<a " not in html and not _MAY_BE_SIGNED.search(html):
        return structured_text(html, part)
    from lxml import etree  # where a tree is needed at all: it takes as long to load as many texts to convert

    root = etree.fromstring(f"<div>{html}</div>")
    structure(root, links, to_root, part)
    parts = [root.text or "", *(etree.tostring(child, method="html", encoding="unicode") for child in root)]
    return "".join(parts).strip()


def is_plain(text: str) -> bool:
    """Whether a body keeps to the part of Markdown on which the two libraries agree."""
    data = text.encode()
    if len(data.translate(None, _ODD)) != len(data):
        return False
    if _MARK in text or _LINE_ENDS[0] in text or _LINE_ENDS[1] in text:
        return False
    if " \n" in text or text.endswith(" "):
        return False
    stars, brackets = "*" in text, "[" in text or "]" in text
    if stars and ("***" in text or _LONE_STAR.search(text)):
        return False
    if brackets and any(two in text for two in _ODD_BRACKETS):
        return False
    return _plain_blocks(text, bare=not stars and not brackets)


def _plain_blocks(text: str, *, bare: bool) -> bool:
    text = text.strip("\n")
    text = _BLANK.sub("\n\n", text) if "\n\n\n" in text else text
    before, at, end = "", 0, len(text)
    while True:
        plainest = _PLAINEST.match(text, at) if before != "numbers" else None  # which may begin with a list
        if plainest is not None and plainest.end() > at:
            before, at = "text", plainest.end()
        if at == end:
            return True
        till = text.find("\n\n", at)
        kind = _block_kind(text[at : till if till >= 0 else end], bare)
        if kind == "odd" or (kind == before and kind in ("bullets", "numbers")):
            return False
        if till < 0:
            return True
        before, at = kind, till + 2


def _block_kind(block: str, bare: bool) -> str:
    """What a block of lines between blank ones is: text, heading, bullets, numbers, table; odd if none or mixed.

    Where the whole body is `bare` there is neither emphasis nor a link in it.
    """
    bare = bare or ("*" not in block and "[" not in block and "]" not in block)
    if "\n" not in block and _HAN.match(block):
        return "text" if bare or _plain_inline(block) else "odd"
    lines = block.split("\n")
    if len(lines) == 1 and block.startswith("#") and _HEADING.fullmatch(block):
        return "heading" if bare or _plain_inline(block) else "odd"
    if not bare and not all(_plain_inline(line) for line in lines):
        return "odd"
    if _counted(lines):
        return "numbers"
    if not any(line.startswith(_MAY_BEGIN) for line in lines):
        return "text" if not any(_NOT_TEXT.match(line) for line in lines) else "odd"
    if all(_BULLET.fullmatch(line) for line in lines):
        return "bullets" if not any(_nested(line[2:]) for line in lines) else "odd"
    numbers = [_NUMBERED.fullmatch(line) for line in lines]
    if all(numbers):
        counted = [int(match[1]) for match in numbers if match]
        plain = not any(_nested(line.partition(". ")[2]) for line in lines)
        return "numbers" if plain and counted == list(range(1, len(lines) + 1)) else "odd"
    if len(lines) > 1 and _RULE.fullmatch(lines[1]):
        cells = {line.count("|") for line in lines}
        return "table" if len(cells) == 1 and all(_ROW.fullmatch(line) for line in lines) else "odd"
    return "text" if not any(_NOT_TEXT.match(line) for line in lines) else "odd"


def _counted(lines: Sequence[str]) -> bool:
    """Whether the lines are, in the plainest way, items 1., 2., 3. and so on that hold text."""
    if not lines[0].startswith("1. "):
        return False
    for number, line in enumerate(lines, 1):
        mark = f"{number}. "
        if not line.startswith(mark) or not _HAN.match(line, len(mark)):
            return False
    return True


def _plain_inline(line: str) -> bool:
    """Emphasis in whole pairs, links in one piece, no other brackets that might be one."""
    if "*" not in line and "[" not in line:
        return "](" not in line
    strong = [found.span() for found in _STRONG.finditer(line)]
    if any(_awkward(line, *span) for span in strong):
        return False
    if "[" not in line and "]" not in line:
        return line.count("*") == 4 * len(strong)
    rest = _STRONG.sub("", _LINK.sub("", line))
    return "*" not in rest and "](" not in rest and not re.search(r"\[[^\]]*\]\s*\(", rest)


def _awkward(line: str, start: int, end: int) -> bool:
    """Whether emphasis that begins or ends with a sign touches a letter or digit: `**“强”**2026年`."""
    before, after = line[max(start - 1, 0) : start], line[end : end + 1]
    return (not line[start + 2].isalnum() and _is_western(before)) or (
        not line[end - 3].isalnum() and _is_western(after)
    )


def _is_western(character: str) -> bool:
    return character.isalnum() and not "\u2e80" <= character <= "\u9fff"


def _nested(item: str) -> bool:
    """Whether a list item begins with something that is a block of its own."""
    return bool(_NOT_TEXT.match(item))


@cache
def _comrak() -> Any:
    """comrak's conversion with the extensions of the plain part; None where it is not installed."""
    try:
        import comrak
    except ImportError:
        return None
    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.cjk_friendly_emphasis = True
    options = comrak.RenderOptions()
    options.escape = True

    def convert(text: str) -> str:
        html: str = comrak.render_markdown(text, extension_options=extensions, render_options=options)
        return html

    return convert
