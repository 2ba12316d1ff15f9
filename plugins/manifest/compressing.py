"""Compressed copies beside a site's texts, for servers that hand them out as they are (`gzip_static`, `brotli_static`)."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

import brotli

ENDINGS = (".gz", ".br")
TEXTS = frozenset(
    (
        ".html", ".css", ".js", ".svg", ".txt",
        ".json", ".jsonld", ".ndjson", ".csv", ".ttl", ".xml",
        ".atom", ".rss", ".opml", ".ics",
    )
)  # fmt: skip
LEAST_BYTES = 256
"""Smaller files gain nothing by compression."""
BROTLI_QUALITY = 9
"""The last step before each further percent costs several times the work."""


def is_text(name: str) -> bool:
    """Whether files of this name are worth compressing."""
    return PurePosixPath(name).suffix in TEXTS


def copies(name: str, content: bytes) -> Mapping[str, bytes]:
    """The compressed copies of a file by their names; none where they are not worth having."""
    if not is_text(name) or len(content) < LEAST_BYTES:
        return {}
    return {
        f"{name}.gz": gzip.compress(content, mtime=0),
        f"{name}.br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
    }


def expanded(name: str, content: bytes) -> bytes | None:
    """What a compressed copy stands for; None when it is damaged."""
    try:
        whole: bytes = gzip.decompress(content) if name.endswith(".gz") else brotli.decompress(content)
    except (OSError, EOFError, zlib.error, brotli.error):
        return None
    return whole
