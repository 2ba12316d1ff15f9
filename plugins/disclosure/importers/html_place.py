"""Where on a page its text stands, and which parts of it are menus, footers and tools."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from plugins.disclosure.importers import boilerplate
from plugins.disclosure.importers.boilerplate import why_dropped_around
from plugins.disclosure.importers.html_look import BLOCKS, SILENT
from plugins.disclosure.importers.refusal import Refusal

DEEPEST = 500
"""So many elements in each other, and no more, are read."""

_SHORTEST_TEXT = 20
_SHORTEST_IN_A_HOLDER = 8
_MENUS = {"nav": boilerplate.NAVIGATION, "aside": boilerplate.NAVIGATION, "footer": boilerplate.FOOTER}
_MENUS |= dict.fromkeys(("select", "button", "textarea", "datalist"), boilerplate.NAVIGATION)
_ROLES = {"navigation": boilerplate.NAVIGATION, "search": boilerplate.NAVIGATION}
_ROLES |= {"contentinfo": boilerplate.FOOTER, "banner": boilerplate.NAVIGATION}
_NAMES = (
    (
        re.compile(
            "(?:^|[-_ ])(?:nav|navbar|menu|crumbs?|breadcrumbs?|sidebar|related|pagination)(?:$|[-_ ])"
        ),
        "nav",
    ),
    (re.compile("(?:^|[-_ ])(?:footer|foot|copyright)(?:$|[-_ ])"), "footer"),
)
_SHARES = re.compile("(?:^|[-_ ])(?:b?share|bdsharebuttonbox|toolbar|social)(?:$|[-_ ])")
_HOLDERS = re.compile("ucap-content|trs_editor|trs_ueditor|pages_content|^zoom$|article-?content")
"""How the programs that government sites are made with call the place of an article's text."""

_PERHAPS_HOLDERS = re.compile("view-?content")
"""What lists beside the text are called too: it is the place only where most sentences stand in it."""

_HAN = re.compile("[\u4e00-\u9fff]")


def place_of_text(soup: BeautifulSoup) -> Tag | None:
    """The element with a known name that has text of its own; else the innermost that holds nearly all sentences."""
    characters: dict[int, int] = {}
    sentences: dict[int, int] = {}
    elements: dict[int, Tag] = {}
    total = 0
    for string in soup.find_all(string=True):
        han = 0 if isinstance(string, PreformattedString) else len(_HAN.findall(string))
        if not han:
            continue
        own = 0 if why_dropped_around(string.strip()) else han
        above = list(string.parents)
        is_sentence = _is_sentence(string)
        if len(above) > DEEPEST and is_sentence:
            raise Refusal(
                "网页的标签嵌套太深，没有读取。请复制网页上显示的文字，存成 .txt 再导入。",
                "The tags of the page are nested too deeply. Copy the text it shows and save it as .txt.",
            )
        if any(tag.name in SILENT or tag.name == "a" or menu_of(tag) for tag in above):
            continue
        total += han if is_sentence else 0
        for tag in above:
            elements[id(tag)] = tag
            characters[id(tag)] = characters.get(id(tag), 0) + own
            sentences[id(tag)] = sentences.get(id(tag), 0) + (han if is_sentence else 0)
    named = _holder(elements, characters)
    if named is not None or total < _SHORTEST_TEXT:
        return named
    perhaps = [
        tag
        for key, tag in elements.items()
        if _is_called(tag, _PERHAPS_HOLDERS) and sentences[key] * 2 > total
    ]
    holding = perhaps or [tag for key, tag in elements.items() if sentences[key] * 100 >= total * 85]
    block = [tag for tag in holding if tag.name in BLOCKS and tag.name not in ("p", "td", "tr", "li")]
    return _innermost([tag for tag in block if tag.name not in ("body", "html")])


def _holder(elements: Mapping[int, Tag], characters: Mapping[int, int]) -> Tag | None:
    """Of the elements with a known name the one with most text, or the one in it that has most of that."""
    named = [
        tag
        for key, tag in elements.items()
        if characters[key] >= _SHORTEST_IN_A_HOLDER
        and tag.name not in ("body", "html")
        and _is_called(tag, _HOLDERS)
    ]
    if not named:
        return None
    fullest = max(named, key=lambda tag: characters[id(tag)])
    half = characters[id(fullest)] / 2
    within = [tag for tag in named if tag is fullest or any(above is fullest for above in tag.parents)]
    return _innermost([tag for tag in within if characters[id(tag)] > half])


def _innermost(tags: list[Tag]) -> Tag | None:
    return max(tags, key=lambda tag: sum(1 for _ in tag.parents), default=None)


def _is_sentence(string: NavigableString) -> bool:
    """Whether a piece of text is running text: that of a menu is none."""
    return re.search("[。；，！？：]", string) is not None


def _is_called(tag: Tag, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name.lower()) for name in _names(tag))


def _names(tag: Tag) -> list[str]:
    """The id and the classes of an element, whatever the page wrote there."""
    found: list[str] = []
    for key in ("id", "class"):
        value: object = tag.get(key) or []
        found += (
            value.split()
            if isinstance(value, str)
            else list(map(str, value))
            if isinstance(value, list)
            else []
        )
    return found


def menu_of(tag: Tag) -> str | None:
    """Why an element is no place for a document's text; None if it may be."""
    if tag.name in _MENUS:
        return _MENUS[tag.name]
    role = str(tag.get("role") or "")
    if role in _ROLES:
        return _ROLES[role]
    if tag.name in ("html", "body", "main", "article"):
        return None
    names = " ".join(_names(tag)).lower()
    for pattern, name in _NAMES:
        if names and pattern.search(names):
            return _MENUS[name]
    return boilerplate.SHARING if names and _SHARES.search(names) else None
