"""Lists that a page carries as data in a script element and its own scripts show: some content systems write every list
so, and nobody needs a browser to read it. How they ask for the rest of a long list stands there too."""

from __future__ import annotations

import re

SIGN = b"<datastore"
LIST = re.compile(
    rb"<script\b[^>]*\btype\s*=\s*[\"']?(?:text|application)/xml\b[^>]*>(?P<inside>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
DATA = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^>]{0,200}\?>\s*)?<datastore\b", re.IGNORECASE)
"""The beginning of what a program answers when it is asked for more."""
PROLOG = re.compile(rb"\A[^<]*<\?xml\b[^>]*\?>", re.IGNORECASE)
NO_ENTRY = re.compile(
    rb"<nextgroup\b.*?</nextgroup>|<total(?:record|page)\b.*?</total(?:record|page)>"
    rb"|</?(?:datastore|recordset|record)\b[^>]*>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
"""What stands around the entries: how to ask for more of them, how many there are, and the tags of the data."""
MORE = re.compile(
    rb"<nextgroup\b.*?\bhref\s*=\s*([\"'])(?P<address>[^\"'<>\s\\]{1,300})\1", re.IGNORECASE | re.DOTALL
)
ENTRY = re.compile(rb"<record\b", re.IGNORECASE)


def with_lists_shown(body: bytes) -> bytes:
    """A page with the entries of such lists as plain HTML, each in the line where it was; where the list goes on, a script
    of that name sends on to it."""
    return LIST.sub(_shown, body)


def is_data(body: bytes) -> bool:
    """Whether this is no page, but a further part of such a list."""
    return DATA.match(body) is not None


def data_shown(body: bytes) -> bytes:
    """The same of a further part of a list."""
    return _inside(PROLOG.sub(_blank, body, count=1))


def _shown(found: re.Match[bytes]) -> bytes:
    inside = found["inside"]
    if SIGN not in inside:
        return found[0]
    before, after = found.start("inside") - found.start(), found.end() - found.end("inside")
    return b" " * before + _inside(inside) + b" " * after


def _inside(data: bytes) -> bytes:
    goes_on = ENTRY.search(data) is not None  # behind the last there is one without entries

    def shown(found: re.Match[bytes]) -> bytes:
        more = MORE.match(found[0]) if goes_on else None
        if more is None:
            return _blank(found)
        address = more["address"].replace(b"&amp;", b"&")
        return b'<script>location="' + address + b'"</script>' + b"\n" * found[0].count(b"\n")

    return NO_ENTRY.sub(shown, data)


def _blank(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^\n]", b" ", found[0])
