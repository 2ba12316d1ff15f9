"""Menus that a script holds as data: names and addresses of columns, as trees in wide use are given them.

d.add(3, 0, '通知公告', '/tzgg/index.html')
{"id": 3, "pId": 0, "name": "通知公告", "url": "/tzgg/index.html"}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

SIGNS = re.compile(r"\.add\s*\(|[\"'\s{,](?:url|href|link|linkUrl)[\"']?\s*:")
"""What stands in a script that may hold one."""
_TEXT = (
    r"""(?P<q{0}>["'])(?P<{0}>(?:(?!(?P=q{0}))[^\\\n<>]|\\[\\/"']|\\u[0-9a-fA-F]{{4}}){{1,{1}}})(?P=q{0})"""
)
_NAME_KEY = r"""(?<![\w$])["']?(?:name|title|text|label|menuName|channelName|columnName)["']?\s*:\s*"""
_ADDRESS_KEY = r"""(?<![\w$])["']?(?:url|href|link|linkUrl)["']?\s*:\s*"""
_BETWEEN = r"[^{}\n]{0,300}?"
ADDED = re.compile(
    r"\.add\s*\(\s*[\w\"'.-]{1,40}\s*,\s*[\w\"'.-]{1,40}\s*,\s*"
    + _TEXT.format("name", 80)
    + r"\s*,\s*"
    + _TEXT.format("address", 300)
)
NAMED_FIRST = re.compile(
    _NAME_KEY + _TEXT.format("name", 80) + _BETWEEN + _ADDRESS_KEY + _TEXT.format("address", 300)
)
ADDRESS_FIRST = re.compile(
    _ADDRESS_KEY + _TEXT.format("address", 300) + _BETWEEN + _NAME_KEY + _TEXT.format("name", 80)
)
CHINESE = re.compile(r"[\u3400-\u9fff]")
ADDRESS = re.compile(
    r"(?:https?:/)?/[^/\s]|\.{1,2}/|[\w\-./]+(?:\.(?:s?html?|jspx?|aspx?|php)(?:[?#]|$)|/$)", re.IGNORECASE
)
ESCAPED = re.compile(r"\\u([3-9][0-9a-fA-F]{3})")
RUN = re.compile(r"[\u3400-\u9fff]{4,40}")
MOST = 2_000
"""So many entries of one script at most."""


def menu_entries(script: str) -> Iterator[tuple[str, str]]:
    """Each address with its name, once, in the order of the script. Names without a Chinese character are none."""
    if not SIGNS.search(script):
        return
    seen: set[tuple[str, str]] = set()
    for pattern in (ADDED, NAMED_FIRST, ADDRESS_FIRST):
        for found in pattern.finditer(script):
            entry = (_plain(found["address"], found["qaddress"]), _plain(found["name"], found["qname"]))
            if entry not in seen and CHINESE.search(entry[1]) and ADDRESS.match(entry[0]):
                seen.add(entry)
                yield entry
                if len(seen) == MOST:
                    return


def chinese_words(script: str) -> list[str]:
    """All runs of four Chinese characters or more, those written as \\uXXXX too."""
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), script)
    return RUN.findall(plain)


def _plain(written: str, quote: str) -> str:
    """A string of a script without its escapes."""
    if "\\" not in written:
        return written.strip()
    inside = written.replace("\\'", "'") if quote == "'" else written
    try:
        text = json.loads(f'"{inside}"')
    except ValueError:
        return ""
    return str(text).strip()
