"""The text of an attachment, line by line: Word and Excel files, plain text, and PDF. Files come from strangers: whatever swells,
is locked or damaged has no text, and nothing is searched in a way that grows faster than the file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

READ = frozenset((".docx", ".xlsx", ".pdf"))
PLAIN = (".csv", ".txt")
LARGEST_PART = 16 << 20
MOST_SHEETS = 30
MOST_LINES = 200_000
PARAGRAPH = re.compile(r"</w:p>|<w:br\b[^<>]*>|</w:tr>")
CELL_END = re.compile(r"</w:tc>|<w:tab\b[^<>]*>")
TAG = re.compile(r"<[^<>]*>")
VALUE = re.compile(r"<v>([^<]*)</v>")
TEXT_OF_STRING = re.compile(r"<t\b[^<>]*>([^<]*)</t>")
EXPONENT = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|comments)\.xml")
SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")


def file_lines(body: bytes, ending: str) -> tuple[str, ...] | None:
    """The lines of text in a file so named; a row of a table is one line. None: its text cannot be read."""
    try:
        if ending == ".pdf":
            from plugins.disclosure.importers.pdf_text import pdf_lines  # its library is slow to load

            return tuple(pdf_lines(body))
        if ending in PLAIN:
            return tuple(_plain(body).splitlines()[:MOST_LINES])
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return tuple(_word(archive) if ending == ".docx" else _sheets(archive))[:MOST_LINES]
    except Exception:  # noqa: BLE001 a damaged file makes its reader fail in whatever way
        return None


def _plain(body: bytes) -> str:
    """In UTF-8, or as Chinese computers write it."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _word(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if WORD_PARTS.fullmatch(name):
            for paragraph in PARAGRAPH.split(_part(archive, name)):
                line = unescape(TAG.sub("", CELL_END.sub(" ", paragraph))).strip()
                if line:
                    yield line


def _sheets(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        shared = [_string(one) for one in _part(archive, "xl/sharedStrings.xml").split("<si>")[1:]]
    for name in [one for one in names if SHEETS.fullmatch(one)][:MOST_SHEETS]:
        for row in _part(archive, name).split("<row")[1:]:
            line = " ".join(cell for held in row.split("<c ")[1:] if (cell := _cell(held, shared)))
            if line:
                yield line


def _cell(held: str, shared: list[str]) -> str:
    kind = held[: held.find(">") + 1]
    if "inlineStr" in kind:
        return _string(held)
    value = VALUE.search(held)
    if value is None:
        return ""
    if 't="s"' in kind:
        at = int(value[1])
        return shared[at] if at < len(shared) else ""
    written = unescape(value[1])
    return f"{float(written):.0f}" if EXPONENT.fullmatch(written) else written


def _string(held: str) -> str:
    spoken_apart = held.partition("<rPh")[0] or held
    return unescape("".join(TEXT_OF_STRING.findall(spoken_apart))).strip()


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(LARGEST_PART).decode("utf-8", "replace")
