"""The text of a PDF, row by row, for those who look for something in it; `pdf_file` reads it as a document."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from pypdf import PdfReader

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what a file has wrong is told in our words
MOST_PAGES = 50


def pdf_lines(data: bytes, most_pages: int = MOST_PAGES) -> Iterator[str]:
    """The rows of the first pages; none for a scan. Raises what the library raises for what it cannot read, and
    ValueError for a locked one."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked")
    for number, page in enumerate(reader.pages):
        if number >= most_pages:
            return
        yield from (line.strip() for line in page.extract_text().splitlines() if line.strip())
