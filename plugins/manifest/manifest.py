"""The manifest: every file of the site with its SHA-256, and one hash over all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps addresses to SHA-256 in hexadecimal; `today` is the day the site speaks of.

    `published` maps the key of each record to its version: the SHA-256 of its JSON.
    """

    site: str
    today: str
    profile: str
    records: int
    files: Mapping[str, str]
    published: Mapping[str, str]


def root_hash(files: Mapping[str, str]) -> str:
    """SHA-256 over the lines `<sha256>  <address>` in order of address, each ended by a newline: what
    `sha256sum` prints for the files, hashed once more."""
    lines = "".join(f"{digest}  {address}\n" for address, digest in sorted(files.items()))
    return sha256(lines.encode()).hexdigest()


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as JSON, one file a line so that two of them can be compared line by line."""
    head = {
        "version": VERSION,
        "site": manifest.site,
        "today": manifest.today,
        "profile": manifest.profile,
        "records": manifest.records,
        "root_sha256": root_hash(manifest.files),
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    parts = [
        f'  "{name}": {_lines(found)}'
        for name, found in (("published", manifest.published), ("files", manifest.files))
    ]
    return ("{\n" + "\n".join(lines) + "\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(found: Mapping[str, str]) -> str:
    inner = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(digest)}" for name, digest in sorted(found.items())
    )
    return "{\n" + inner + "\n  }"
