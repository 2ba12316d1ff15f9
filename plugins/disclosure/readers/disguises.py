"""What bytes are that are no plain UTF-8 text: another program's file, a wide encoding, text that was decoded twice."""

from __future__ import annotations

import re

_FORMATS = (
    (b"%PDF-", " PDF 文件", "a PDF file"),
    (b"PK\x03\x04", " Word、Excel、WPS 文件或者压缩文件", "a Word, Excel or WPS file, or an archive"),
    (b"\xd0\xcf\x11\xe0", "旧版的 Word、Excel、WPS 文件", "an old Word, Excel or WPS file"),
    (b"{\\rtf", " RTF 文件", "an RTF file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"Rar!", "压缩文件", "an archive"),
    (b"7z\xbc\xaf", "压缩文件", "an archive"),
    (b"\x1f\x8b", "压缩文件", "an archive"),
)
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_COMMON_HAN = re.compile("[的一是在有和为人中国市政府公开通知机关工作关于年月日]")
_SAMPLE = 400
"""Characters that tell whether a text was decoded twice; reading all would cost every file."""

_BEGINNING = 160
_RARE = 30
"""Of Chinese as offices write it, more than one character in so many is common; garbled text has hardly any."""

_FEW = 100
"""Of so many bytes at most one is null where a null only slipped into a text."""


def format_of(data: bytes) -> tuple[str, str] | None:
    """The kind of file, in Chinese and English, that another program made; None for what may be text."""
    return next(((zh, en) for mark, zh, en in _FORMATS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """The encoding of text in two or four bytes a character, with its mark or without; None for all else."""
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data[: len(data) // 2 * 2].decode(encoding, "replace")
            if _COMMON_HAN.search(text) and "\x00" not in text and "\ufffd" not in text:
                return encoding
    return None


def is_binary(data: bytes) -> bool:
    """Whether null bytes say that this is no text: one that slipped in is a control character and no more."""
    return data.count(b"\x00") * _FEW > len(data)


def decoded_once(text: str) -> str | None:
    """The text as it was before somebody opened UTF-8 as another encoding and saved it; None where nobody did.

    Characters may have been lost on the way; enough is left to tell what the rest says.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or _reads_well(sample):
        return None
    for encoding in ("latin-1", "cp1252", "gb18030"):
        if _reads_well(_again(sample, encoding)):
            return _again(text, encoding)
    return None


def reads_well(text: str) -> bool:
    """Whether the beginning of a text has so many common characters that nobody need look at more of it."""
    return len(_COMMON_HAN.findall(text, 0, _BEGINNING)) * _RARE > _SAMPLE


def _again(text: str, encoding: str) -> str:
    return text.encode(encoding, "replace").decode("utf-8", "replace")


def _reads_well(text: str) -> bool:
    strange = len(text) - len(text.encode("ascii", "ignore"))
    return len(_COMMON_HAN.findall(text)) * _RARE > strange
