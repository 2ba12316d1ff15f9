"""The addresses a stylesheet asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

ADDRESS = re.compile(
    r"""(?P<import>@import\s+)?(?:url\(\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^"'()\s]*))\s*\)"""
    r"""|(?<=@import)\s*(?:"(?P<import_double>[^"]*)"|'(?P<import_single>[^']*)'))""",
    re.IGNORECASE,
)


def style_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Each address in the text of a stylesheet or style attribute, and whether another stylesheet is there."""
    for found in ADDRESS.finditer(_without_comments(text)):
        imported = found["import_double"] or found["import_single"]
        address = imported or found["double"] or found["single"] or found["bare"] or ""
        if address.strip():
            yield address, bool(imported or found["import"])


def _without_comments(text: str) -> str:
    kept = []
    at = 0
    while (start := text.find("/*", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(text)
    return " ".join((*kept, text[at:]))
