"""Files offered with a record, as pages show them."""

from __future__ import annotations

from plugins.disclosure.record import Attachment, Record
from plugins.portal import addresses
from plugins.portal.models import File
from plugins.portal.views.desk import Desk

FILE_TYPES = {
    "pdf": "PDF 文档", "doc": "Word 文档", "docx": "Word 文档", "wps": "WPS 文字", "xls": "Excel 表格",
    "xlsx": "Excel 表格", "et": "WPS 表格", "csv": "CSV 表格", "ofd": "OFD 文档", "zip": "压缩包", "txt": "文本",
    "ppt": "演示文稿", "pptx": "演示文稿", "jpg": "图片", "jpeg": "图片", "png": "图片",
}  # fmt: skip


def files_of(desk: Desk, record: Record) -> tuple[File, ...]:
    """The files of a record, in the editor's order."""
    return tuple(_file(desk, file) for file in desk.catalog.attachments_of(record))


def _file(desk: Desk, file: Attachment) -> File:
    known = desk.catalog.attachments[file.file]
    ending = file.file.rpartition(".")[2].lower()
    label = FILE_TYPES.get(ending, ending.upper())
    return File(file.title, addresses.attachment(file.file), label, size_text(known.size_bytes), known.sha256)


def size_text(size_bytes: int) -> str:
    """A file's size for readers: 812 B, 35 KB, 1.2 MB."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    if size_bytes < 1024 * 1024:
        return f"{size_bytes / 1024:.0f} KB"
    return f"{size_bytes / 1024 / 1024:.1f} MB"
