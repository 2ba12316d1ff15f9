"""Attachments made on the spot for the inspector's tests."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

import openpyxl

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:t>{cell}</w:t></w:tc>" for cell in row) + "</w:tr>" for row in table
    )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{SPACE}"><w:body>{body}<w:tbl>{rows}</w:tbl></w:body></w:document>',
        )
    return packed.getvalue()


def book(*rows: Sequence[object]) -> bytes:
    """An Excel workbook of one sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    packed = BytesIO()
    made.save(packed)
    return packed.getvalue()


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines, in ASCII."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return _pdf(f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode())


def scanned_pdf() -> bytes:
    """A PDF of one page on which there is no text."""
    return _pdf(b"0 0 1 rg 72 72 300 300 re f")


def _pdf(content: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 %s >> >> >>"
        % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )
