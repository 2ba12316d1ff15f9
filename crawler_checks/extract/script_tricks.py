"""What a script does behind a visitor's back: send those who come from a search engine elsewhere, show search engines
another page, load from elsewhere what is written in code.

A page for telephones, a font, a counter of visits are nothing of the kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

LONGEST_SCRIPT = 200_000
ASKS_REFERRER = re.compile(r"document\s*\.\s*referrer|document\s*\[\s*['\"]referrer", re.IGNORECASE)
ASKS_AGENT = re.compile(r"navigator\s*\.\s*userAgent", re.IGNORECASE)
ENGINES = re.compile(
    r"baidu|sogou|\bso\.com|360spider|haosou|google|bing\b|yahoo|sm\.cn|toutiao|bytespider|spider|slurp",
    re.IGNORECASE,
)
SENDS = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\(|window\.open\s*\()\s*["']((?:https?:)?//[^"'\s]{4,200})["']""",
    re.IGNORECASE,
)
RENAMES = re.compile(r"document\s*\.\s*title\s*=", re.IGNORECASE)
WRITTEN_IN_CODE = re.compile(
    r"""(?:unescape|decodeURIComponent|decodeURI)\s*\(\s*["']((?:[^"'%]*%[0-9a-f]{2}){4}[^"']*)["']"""
    r"""|((?:\\x[0-9a-f]{2}){12,})|String\.fromCharCode\s*\(\s*((?:\d{2,3}\s*,\s*){12,}\d{2,3})\s*\)""",
    re.IGNORECASE,
)
LOADS = re.compile(
    r"""<(?:script|iframe|frame)[^>]+src\s*=\s*["']?((?:https?:)?//[^"'\s>]+)|<a[^>]+href\s*=\s*["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|location(?:\.href)?\s*=\s*["']((?:https?:)?//[^"'\s]+)|location\.(?:replace|assign)\(\s*["']((?:https?:)?//[^"'\s]+)""",
    re.IGNORECASE,
)


class Deceit(StrEnum):
    """What a script does in secret."""

    SENDS_SEARCHERS = "sends_searchers"  # sends those who come from a search engine elsewhere
    SHOWS_ENGINES = "shows_engines"  # shows search engines another title or page
    ENCODED = "encoded"  # loads from elsewhere, or sends elsewhere, and hides it in code


@dataclass(frozen=True, slots=True)
class ScriptTrick:
    """One such thing; `to` is the address as it stands in the script, decoded; "" where there is none."""

    deceit: Deceit
    to: str


def tricks_of(script: str) -> tuple[ScriptTrick, ...]:
    """What one script does in secret."""
    text = script[:LONGEST_SCRIPT]
    found: list[ScriptTrick] = []
    sends = SENDS.search(text)
    to = sends[1] if sends else ""
    if ENGINES.search(text):
        if ASKS_REFERRER.search(text) and to:
            found.append(ScriptTrick(Deceit.SENDS_SEARCHERS, to))
        if ASKS_AGENT.search(text) and (to or RENAMES.search(text)):
            found.append(ScriptTrick(Deceit.SHOWS_ENGINES, to))
    for match in WRITTEN_IN_CODE.finditer(text):
        loads = LOADS.search(_decoded(match))
        if loads:
            found.append(ScriptTrick(Deceit.ENCODED, next(filter(None, loads.groups()), "")))
    return tuple(dict.fromkeys(found))


def _decoded(match: re.Match[str]) -> str:
    escaped, hexed, codes = match.groups()
    if escaped:
        return unquote(re.sub(r"%u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), escaped))
    if hexed:
        return re.sub(r"\\x([0-9a-fA-F]{2})", lambda one: chr(int(one[1], 16)), hexed)
    return "".join(chr(int(code)) for code in codes.split(",") if int(code) < 0x110000)
