"""JSON and lines of JSON, in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import msgspec


def as_json(data: Any) -> bytes:
    """One document, indented so that a person can read it and two of them can be compared."""
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"


def as_ndjson(documents: Iterable[bytes]) -> bytes:
    """Documents as `as_json` writes them, one a line (ndjson.org). Of a large site they fill memory once and not twice."""
    lines = BytesIO()
    for document in documents:
        lines.write(msgspec.json.format(document, indent=-1))
        lines.write(b"\n")
    return lines.getvalue()
