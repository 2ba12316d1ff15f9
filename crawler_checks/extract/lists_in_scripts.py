"""Lists that a page carries as data in a script element and its own scripts show: some content systems write every list
so, and nobody needs a browser to read it."""

from __future__ import annotations

import re

SIGN = b"<datastore"
LIST = re.compile(
    rb"<script\b[^>]*\btype\s*=\s*[\"']?(?:text|application)/xml\b[^>]*>(?P<inside>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
NO_ENTRY = re.compile(
    rb"<nextgroup\b.*?</nextgroup>|<total(?:record|page)\b.*?</total(?:record|page)>"
    rb"|</?(?:datastore|recordset|record)\b[^>]*>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
"""What stands around the entries: how to ask for more of them, how many there are, and the tags of the data."""


def with_lists_shown(body: bytes) -> bytes:
    """A page with the entries of such lists as plain HTML, of the same length, so that each line stays where it is."""
    return LIST.sub(_shown, body)


def _shown(found: re.Match[bytes]) -> bytes:
    inside = found["inside"]
    if SIGN not in inside:
        return found[0]
    before, after = found.start("inside") - found.start(), found.end() - found.end("inside")
    return b" " * before + NO_ENTRY.sub(_blank, inside) + b" " * after


def _blank(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^\n]", b" ", found[0])
