"""One outside file -> a document: which reader its name asks for, and whether its bytes are what the name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from plugins.disclosure.importers.html_page import read_html
from plugins.disclosure.importers.imported import ImportedDocument
from plugins.disclosure.importers.notice_text import read_notice, read_page
from plugins.disclosure.importers.office_program import SUFFIXES, as_docx, program
from plugins.disclosure.importers.page import Page
from plugins.disclosure.importers.pdf_file import read_pdf
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.word_file import read_docx
from plugins.disclosure.readers.text_file import LARGEST_TEXT_BYTES, decode

TABLES = ("xlsx", "csv")
"""Read row by row as records, not as one document."""


@dataclass(frozen=True, slots=True)
class _Format:
    name: str
    largest: int
    read: Callable[[bytes], Page]


_HTML = _Format("网页", 10_000_000, read_html)
_WORD = _Format("Word 文件", 50_000_000, read_docx)
_PDF = _Format("PDF", 50_000_000, read_pdf)
_FORMATS = {
    "html": _HTML,
    "htm": _HTML,
    "shtml": _HTML,
    "xhtml": _HTML,
    "docx": _WORD,
    "docm": _WORD,
    "pdf": _PDF,
}
_BEGINNINGS = (
    (b"%PDF-", "PDF", ("pdf",)),
    (b"PK\x03\x04", "压缩包（.docx、.xlsx 也是）", ("docx", "docm", "xlsx")),
    (b"\xd0\xcf\x11\xe0", "旧版或加了密码的 Word、Excel、WPS 文件", ("doc", "wps")),
    (b"{\\rtf", "RTF 文件", ("rtf", "doc")),
    (b"\xff\xd8\xff", "图片", ()),
    (b"\x89PNG", "图片", ()),
)
_INSTEAD = {
    "doc": (
        "旧版 Word 文件",
        "请用 Word 或 WPS 打开，另存为 .docx 再导入；装了 LibreOffice 的电脑可以直接导入",
        "Save it as .docx, or install LibreOffice",
    ),
    "wps": ("WPS 文字文件", "请用 WPS 打开，另存为 .docx 再导入", "Save it as .docx"),
    "rtf": ("RTF 文件", "请用 Word 或 WPS 打开，另存为 .docx 再导入", "Save it as .docx"),
    "ofd": (
        "OFD 版式文件",
        "请用阅读软件打开，复制文字存成 .txt，或转换成带文字的 PDF 再导入",
        "Copy its text to a .txt file",
    ),
    "xls": ("旧版 Excel 文件", "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入", "Save it as .xlsx"),
    "et": ("WPS 表格文件", "请用 WPS 打开，另存为 .xlsx 再导入", "Save it as .xlsx"),
    **dict.fromkeys(
        ("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif"),
        (
            "图片",
            "请先识别成文字、对照原件改正，存成 .txt 再导入",
            "Recognise its text, correct it and save it as .txt",
        ),
    ),
    **dict.fromkeys(
        ("zip", "rar", "7z"), ("压缩包", "请先解压，再导入里面的文件", "Unpack it and import the files in it")
    ),
}


def read_file(path: Path) -> ImportedDocument:
    """The document in a file, whatever its format. What cannot be read comes back `refused` with the reason."""
    source = path.as_posix()
    suffix = suffix_of(path)
    format_ = _FORMATS.get(suffix)
    largest = format_.largest if format_ else _WORD.largest if suffix in SUFFIXES else LARGEST_TEXT_BYTES
    try:
        return _read(bytes_of(path, largest), suffix, path.name, source)
    except Refusal as refusal:
        return ImportedDocument(source, refused=refusal.reason)


def read_bytes(data: bytes, suffix: str, source: str) -> ImportedDocument:
    """As `read_file`, of bytes that are taken to be of a format."""
    try:
        _ask_beginning(data, suffix)
        return _read(data, suffix, source, source)
    except Refusal as refusal:
        return ImportedDocument(source, refused=refusal.reason)


def _read(data: bytes, suffix: str, name: str, source: str) -> ImportedDocument:
    format_ = _FORMATS.get(suffix)
    if suffix in SUFFIXES and (office := program()):
        page = read_docx(as_docx(data, suffix, office))
        doubt = f"由 LibreOffice 从 .{suffix} 转换而来，版式可能有变，请与原件核对。"
        return read_page(replace(page, doubts=[*page.doubts, doubt]), source)
    return read_page(format_.read(data), source) if format_ else _read_text(data, name, source)


def suffix_of(path: Path) -> str:
    """The extension in small letters, without its dot."""
    return path.suffix.lower().removeprefix(".")


def bytes_of(path: Path, largest: int) -> bytes:
    """The bytes of a file whose beginning is what its extension says. Raises Refusal."""
    if path.is_dir():
        raise Refusal(
            "这是文件夹。请写里面的文件，例如 文件夹/*.txt。", "This is a folder. Name the files in it."
        )
    suffix = suffix_of(path)
    if suffix in _INSTEAD and not (suffix in SUFFIXES and program()):
        what, zh, en = _INSTEAD[suffix]
        raise Refusal(
            f"这是{what}，不能直接导入。{zh}。", f"A .{suffix} file cannot be imported as it is. {en}."
        )
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= largest else b""
    except FileNotFoundError as fault:
        raise Refusal(
            "没有这个文件。请检查文件夹和文件名，名称里有空格的加上引号。",
            "There is no such file. Look at its folder and name; quote a name with spaces.",
        ) from fault
    except OSError as fault:
        raise Refusal(
            f"文件打不开：{fault.strerror}。请检查文件名、文件是否被占用、是否有读取权限。",
            f"The file cannot be opened: {fault.strerror}.",
        ) from fault
    if size > largest:
        raise Refusal(
            f"文件有 {size:,} 字节，超过上限 {largest:,} 字节，没有读取。请去掉图片，或分成几个文件。",
            f"The file has {size:,} bytes, above the limit of {largest:,}. Take out its pictures, or divide it.",
        )
    _ask_beginning(data, suffix)
    return data


def _ask_beginning(data: bytes, suffix: str) -> None:
    """Refuse bytes that are of another format than the extension says."""
    for beginning, what, suffixes in _BEGINNINGS:
        if data.startswith(beginning) and suffix not in suffixes:
            raise Refusal(
                f"扩展名是 .{suffix}，内容却是{what}。请改成本来的扩展名，或用原来的软件打开后另存为 .docx 或 .xlsx 再导入。",
                f"The extension is .{suffix}, and the bytes are of another format. Give it its own extension, "
                "or save it as .docx or .xlsx from its program.",
            )
    if suffix in ("docx", "docm", "xlsx", "pdf"):
        wanted = next(beginning for beginning, _, suffixes in _BEGINNINGS if suffix in suffixes)
        if wanted not in data[:1024] or (suffix != "pdf" and not data.startswith(wanted)):
            is_page = b"<html" in data[:2000].lower()
            zh = "内容是网页，请改名为 .html 再导入" if is_page else "文件是空的或者已经损坏，请重新取得原件"
            en = (
                "It holds a web page: rename it to .html"
                if is_page
                else "It is empty or damaged: get it again"
            )
            raise Refusal(f"扩展名是 .{suffix}，内容却不是。{zh}。", f"This is no .{suffix} file. {en}.")


def _read_text(data: bytes, name: str, source: str) -> ImportedDocument:
    """UTF-8, with or without a byte-order mark, or GB18030."""
    found = decode(data, name, gb18030=True)
    unread = [problem for problem in found.problems if found.text is None or problem.code == "file.encoding"]
    if found.text is None or unread:
        reason = " ".join(f"{problem.message_zh}{problem.hint} / {problem.message_en}" for problem in unread)
        return ImportedDocument(source, refused=reason)
    document = read_notice(found.text, source)
    remarks = tuple(f"第 {problem.line} 行：{problem.message_zh}{problem.hint}" for problem in found.problems)
    return document if document.refused else replace(document, doubts=(*document.doubts, *remarks))
