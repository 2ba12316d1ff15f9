"""What a file really is, by its first bytes; and what its name says it is."""

from __future__ import annotations

import re
from enum import StrEnum

ATTACHMENTS = frozenset(
    {
        ".pdf",
        ".doc",
        ".docx",
        ".docm",
        ".dot",
        ".xls",
        ".xlsx",
        ".xlsm",
        ".ppt",
        ".pptx",
        ".pps",
        ".rtf",
        ".csv",
    }
    | {".wps", ".et", ".dps", ".ofd", ".ceb", ".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"}
)
MEDIA = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".svg", ".ico", ".tif", ".tiff", ".avif"}
    | {".mp4", ".mp3", ".m4a", ".wav", ".flv", ".wmv", ".avi", ".mov", ".webm", ".ogg", ".swf"}
    | {".js", ".mjs", ".json", ".xml", ".atom", ".rss", ".txt", ".woff", ".woff2", ".ttf", ".eot", ".otf"}
    | {".exe", ".apk", ".iso", ".dmg", ".map"}
)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script|div|p|h1|center)\b", re.IGNORECASE)
OFFICE_HTML = re.compile(rb"urn:schemas-microsoft-com|ProgId\b|content=.?Microsoft", re.IGNORECASE)
OFFICE_XML = re.compile(
    rb"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet|<w:wordDocument|<pkg:package"
)
TABLE = re.compile(rb"<table\b", re.IGNORECASE)


class FileType(StrEnum):
    """Families of files that first bytes tell apart."""

    EMPTY = "empty"
    HTML = "html"
    OFFICE_HTML = "office_html"  # a document or table saved as a web page: an office program opens it
    PDF = "pdf"
    OLE = "ole"  # doc, xls, ppt, wps, et
    ZIP = "zip"  # docx, xlsx, pptx, ofd, zip
    RAR = "rar"
    SEVEN_ZIP = "7z"
    RTF = "rtf"
    OFFICE_XML = "office_xml"  # a document saved as one file of XML
    IMAGE = "image"
    PROGRAM = "program"
    TEXT = "text"
    OTHER = "other"


MAGIC = (
    (b"%PDF-", FileType.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType.OLE),
    (b"PK\x03\x04", FileType.ZIP),
    (b"PK\x05\x06", FileType.ZIP),
    (b"Rar!\x1a\x07", FileType.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileType.SEVEN_ZIP),
    (b"\x89PNG", FileType.IMAGE),
    (b"\xff\xd8\xff", FileType.IMAGE),
    (b"GIF8", FileType.IMAGE),
    (b"{\\rtf", FileType.RTF),
    (b"MZ\x90\x00", FileType.PROGRAM),
    (b"\x7fELF", FileType.PROGRAM),
)


SIGNS = tuple(sign for sign, _ in MAGIC)
"""First bytes that no page begins with, whatever a server says it sends."""


def suffix(address: str) -> str:
    """The suffix of the last part of an address's path, in small letters, with its dot; "" without one."""
    name = address.partition("?")[0].rpartition("/")[2]
    stem, dot, end = name.rpartition(".")
    return "." + end.lower() if dot and stem and end.isalnum() else ""


def file_type(head: bytes) -> FileType:
    """The type of a file that begins with `head`."""
    if not head:
        return FileType.EMPTY
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if OFFICE_XML.search(head[:600]):
        return FileType.OFFICE_XML
    plain = _without_prologue(head)
    if TABLE.match(plain):
        return FileType.OFFICE_HTML
    if HTML.match(plain):
        return FileType.OFFICE_HTML if OFFICE_HTML.search(plain) else FileType.HTML
    return FileType.TEXT if _is_text(head) else FileType.OTHER


def _is_text(head: bytes) -> bool:
    """Whether these are letters, in UTF-8 or GBK, and nothing that only programs read."""
    sample = head[:512]
    if any(byte < 9 or 13 < byte < 32 for byte in sample):
        return False
    for charset in ("utf-8", "gb18030"):
        for cut in range(4):  # the last letter may have been cut in two
            try:
                sample[: len(sample) - cut].decode(charset)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _without_prologue(head: bytes) -> bytes:
    """The text behind a byte-order mark, blanks, comments and an XML declaration."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for opening, closing in ((b"<?xml", b"?>"), (b"<!--", b"-->")):
        while head.startswith(opening):
            head = head.partition(closing)[2].lstrip()
    return head
