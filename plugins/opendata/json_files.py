"""JSON and lines of JSON, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def as_json(data: Any) -> bytes:
    """One document, indented so that a person can read it and two of them can be compared."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_ndjson(records: Iterable[Mapping[str, Any]]) -> bytes:
    """One record a line (ndjson.org)."""
    lines = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
    return "".join(f"{line}\n" for line in lines).encode()
