"""The files under attachments/: size, checksum and media type; names and types a public site should not offer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from plugins.disclosure.file_text import file_lines
from plugins.disclosure.personal_numbers import PersonalNumber, find_numbers
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.text_file import unreadable
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.record import AttachmentFile

FOLDER = "attachments"

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "et": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_BEGINNINGS = (
    (b"%PDF-", "PDF", ("pdf",)),
    (_OLE, "Word/Excel 97—2003", ("doc", "xls", "ppt", "wps", "et")),
    (b"\x89PNG", "PNG", ("png",)),
    (b"\xff\xd8\xff", "JPEG", ("jpg", "jpeg")),
    (b"GIF8", "GIF", ("gif",)),
    (_ZIP, "Office/ZIP", ("docx", "xlsx", "pptx", "ofd", "zip", "wps", "et")),
)
LISTS = frozenset(("csv", "txt", "docx", "xlsx"))
"""What is looked into for numbers of persons, up to so many bytes; pictures and PDF are not."""
LARGEST_READ = 8 << 20
OF_PERSONS = re.compile(
    "名单|名册|公示|花名册|申请人|录用|拟聘|低保|特困|救助|补贴|补助|考生|学生|困难|残疾|中签|保障对象"
)
LEAST_MOBILES = 2
"""So many mobile numbers in a file so named are no office's."""
_RECOGNISED = frozenset(extension for _, _, extensions in _BEGINNINGS for extension in extensions)
_TO_REPLACE = re.compile('[\\s#?%\\\\:*"<>|&;`$()\x00-\x1f]+')
_UNSAFE_IN_ADDRESS = re.compile('[\\s#?%\\\\:*"<>|&;`$\x00-\x1f]')


def read_attachments(files: Sequence[FoundFile]) -> tuple[dict[str, AttachmentFile], list[Problem]]:
    """The attachments by their path below `attachments/`, and what is wrong with them.

    A file with a fault is left out only when it could not be read or must not be offered.
    """
    found: dict[str, AttachmentFile] = {}
    problems: list[Problem] = []
    for file in files:
        inside = file.name.removeprefix(f"{FOLDER}/")
        extension = inside.rpartition(".")[2].lower() if "." in inside else ""
        try:
            data = file.path.read_bytes()
        except OSError as fault:
            problems.append(unreadable(file.name, fault))
            continue
        problems.extend(_problems_of(file.name, inside, extension, data))
        if extension in MEDIA_TYPES:
            checksum = hashlib.sha256(data).hexdigest()
            found[inside] = AttachmentFile(inside, len(data), checksum, MEDIA_TYPES[extension])
    return found, problems


def _problems_of(name: str, inside: str, extension: str, data: bytes) -> Iterator[Problem]:
    strange = _UNSAFE_IN_ADDRESS.search(inside)
    if strange:
        yield _unsafe_name(name, inside, strange.group())
    if extension not in MEDIA_TYPES:
        yield _unknown_type(name, extension)
    elif not data:
        yield _empty(name)
    else:
        yield from _other_content(name, extension, data)
        yield from _persons(name, extension, data)


def _other_content(name: str, extension: str, data: bytes) -> Iterator[Problem]:
    kind, extensions = next(
        ((label, fitting) for start, label, fitting in _BEGINNINGS if data.startswith(start)), ("", ())
    )
    if extension not in extensions and (kind or extension in _RECOGNISED):
        yield _not_what_it_says(name, extension, kind)


def _persons(name: str, extension: str, data: bytes) -> Iterator[Problem]:
    """Numbers of persons in a list that is offered as a file; of mobile telephones, where it is not the office's."""
    if extension not in LISTS or len(data) > LARGEST_READ:
        return
    found: dict[str, list[PersonalNumber]] = {}
    for line in file_lines(data, f".{extension}") or ():
        for number in find_numbers(line):
            found.setdefault(number.kind, []).append(number)
    for kind, numbers in found.items():
        first, count = numbers[0], len(numbers)
        if kind == "mobile" and (count < LEAST_MOBILES or not OF_PERSONS.search(name)):
            continue
        tell = error if kind == "identity-card" else warning
        yield tell(
            name,
            None,
            None,
            f"privacy.{kind}",
            f"文件里有{first.name} {count} 个，例如 {first.masked}，公开前要处理。",
            f"The file holds {first.name_en} ({count} in all, such as {first.masked}). Mask them before it is public.",
            "请在文件里遮去中间几位，或者删去这一列，再放到这里；不是个人号码的，写进 waivers.csv。",
        )


def renamed(file: str) -> str:
    """What an attachment may be called instead, where its name breaks an address: 申请表 (2026).pdf, 申请表-2026.pdf."""
    stem, dot, extension = file.rpartition(".")
    parts = [_TO_REPLACE.sub("-", part).strip("-") for part in stem.split("/")]
    return "/".join(parts) + dot + extension.strip()


def _unsafe_name(name: str, inside: str, character: str) -> Problem:
    shown = "空格" if character.isspace() else quoted(character)
    shown_en = "a space" if character.isspace() else quoted_en(character)
    return error(
        name,
        None,
        None,
        "attachment.name",
        f"文件名里有{shown}，放进网址后打不开。",
        f"The file name contains {shown_en}, which breaks its web address. Rename it to {renamed(inside)}, in links too.",
        f"请改名为“{renamed(inside)}”；文件名只用汉字、字母、数字、短横和点。写到它的附件项和链接一起改。",
    )


def _unknown_type(name: str, extension: str) -> Problem:
    shown = f"扩展名 .{extension} " if extension else "没有扩展名，"
    kinds = "、".join(sorted(MEDIA_TYPES))
    return error(
        name,
        None,
        None,
        "attachment.type",
        f"{shown}不在可以公开的文件类型里。",
        f"Files of type {extension or 'unknown'} are not offered. Convert it to one of: {', '.join(sorted(MEDIA_TYPES))}.",
        f"请转成这些类型之一：{kinds}。",
    )


def _empty(name: str) -> Problem:
    return error(
        name,
        None,
        None,
        "attachment.empty",
        "文件是空的（0 字节）。",
        "The file is empty (0 bytes). Put the right one here.",
        "请换成正确的文件。",
    )


def _not_what_it_says(name: str, extension: str, kind: str) -> Problem:
    zh = f"内容是 {kind} 文件" if kind else "内容不是这种文件"
    en = f"its content is {kind}" if kind else "its content is something else"
    return warning(
        name,
        None,
        None,
        "attachment.content",
        f"扩展名是 .{extension}，{zh}，读者可能打不开。",
        f"The extension is .{extension}, but {en}; readers may not be able to open it. "
        "Save it again from the program it came from.",
        "请用原来的软件重新另存一次。",
    )
