"""Bytes to text, as the page really is and not as it says: mark, strict UTF-8, declared charset, GB18030."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

HEAD_BYTES = 4096
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,20})""", re.IGNORECASE)
IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,20})""", re.IGNORECASE)
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
MARKS_ALONE = tuple(mark for mark, _ in MARKS)
CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030",
    "gb_2312": "gb18030",
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "euc-jp": "euc_jp",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""The charsets a page may declare, by the codec that reads them as browsers do."""


class Decoded(Struct, frozen=True, gc=False):
    """The text of a page. `charset` is the codec that read it; `declared` what the page says, as written.

    `is_false`: the declaration that browsers go by names another charset than the bytes are in.
    """

    text: str
    charset: str
    declared: str | None
    is_false: bool


def decode(body: bytes, content_type: str, *, truncated: bool = False) -> Decoded:
    """The text of `body`. `truncated`: its last character may have been cut in two."""
    for mark, charset in MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(charset, "replace"), charset, None, is_false=False)
    names = _declared(body, content_type)
    text, charset = _read(
        body, [CHARSETS[name.lower()] for name in names if name.lower() in CHARSETS], truncated
    )
    in_force = CHARSETS.get(names[0].lower()) if names else None
    is_false = in_force is not None and in_force != charset and not body.isascii()
    return Decoded(text, charset, names[0] if names else None, is_false)


def is_plainly_utf8(body: bytes, content_type: str) -> bool:
    """Whether a page is in UTF-8 if its bytes can be read so, whatever else they look like."""
    if body.startswith(MARKS_ALONE):
        return False
    return all(CHARSETS.get(name.lower()) == "utf-8" for name in _declared(body, content_type))


def _declared(body: bytes, content_type: str) -> list[str]:
    """What the header and then the page itself declare; browsers go by the first."""
    header = IN_HEADER.search(content_type)
    meta = DECLARED.search(body, 0, HEAD_BYTES)
    return ([header[1]] if header else []) + ([meta[1].decode("ascii")] if meta else [])


def _read(body: bytes, declared: list[str], truncated: bool) -> tuple[str, str]:
    others = [charset for charset in declared if charset != "utf-8"]
    text = _utf8(body, truncated)
    if text is not None and not (others and _is_chance(text)):
        return text, "utf-8"
    if "utf-8" in declared and _is_nearly_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    for charset in others:
        try:
            return body.decode(charset), charset
        except UnicodeDecodeError:
            continue
    return body.decode("gb18030", "replace"), "gb18030"


def _utf8(body: bytes, truncated: bool) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        if truncated and fault.start >= len(body) - 3:
            return body[: fault.start].decode("utf-8")
        return None


def _is_chance(text: str) -> bool:
    """Whether this reads as UTF-8 by chance: a few GBK characters do, and then never give a Chinese one."""
    return not text.isascii() and max(text) < "\u0800"


def _is_nearly_utf8(body: bytes) -> bool:
    """Whether only single characters are damaged, not the whole page in another charset."""
    text = body.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 20 < foreign
