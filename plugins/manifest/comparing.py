"""A folder or a site held against its manifest: what differs, what is missing, what does not belong there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from plugins.manifest.manifest import root_hash

MANIFEST = "manifest.json"
COMPRESSED = (".gz", ".br")
PATIENCE_SECONDS = 30
MOST_BYTES = 200 * 1024 * 1024

Read = Callable[[str], bytes | None]
"""The bytes at an address below the site's root, or None when there is no such file."""
Fault = Literal["changed", "missing", "extra", "root"]


class NoManifest(Exception):
    """There is no manifest to compare with, or it cannot be read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not as the manifest says."""

    address: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, and what differs, in order of address."""

    root_sha256: str
    file_count: int
    differences: tuple[Difference, ...]


def read_manifest(content: bytes | None) -> Mapping[str, Any]:
    """A manifest. Raises NoManifest when it is missing or is none."""
    try:
        data = json.loads(content or b"")
        files = data["files"]
    except (ValueError, KeyError, TypeError) as reason:
        raise NoManifest(MANIFEST) from reason
    if not isinstance(files, dict):
        raise NoManifest(MANIFEST)
    manifest: Mapping[str, Any] = data
    return manifest


def published_before(folder: Path) -> frozenset[str]:
    """The records the last build published into a folder; none when there was no build that told."""
    try:
        data = read_manifest((folder / MANIFEST).read_bytes())
    except (OSError, NoManifest):
        return frozenset()
    return frozenset(data.get("published", ()))


def verify_folder(folder: Path) -> Verdict:
    """Every file of a folder held against the manifest in it. Files beside a page that are its compressed form
    are passed over. Raises NoManifest."""

    def read(address: str) -> bytes | None:
        path = folder / address
        return path.read_bytes() if path.is_file() else None

    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return _verify(read, there)


def verify_site(address: str) -> Verdict:
    """Every file that the manifest of a site names, fetched and compared. `address` ends in a slash.

    Raises NoManifest, and OSError when the site does not answer.
    """
    return _verify(lambda name: _fetch(address + quote(name)), ())


def _verify(read: Read, there: Iterable[str]) -> Verdict:
    data = read_manifest(read(MANIFEST))
    files: Mapping[str, str] = data["files"]
    found = [Difference(MANIFEST, "root")] if root_hash(files) != data.get("root_sha256") else []
    for name, digest in files.items():
        content = read(name)
        if content is None:
            found.append(Difference(name, "missing"))
        elif sha256(content).hexdigest() != digest:
            found.append(Difference(name, "changed"))
    for name in there:
        whole = name.removesuffix(".gz").removesuffix(".br") if name.endswith(COMPRESSED) else name
        if name not in files and whole not in files and whole != MANIFEST:
            found.append(Difference(name, "extra"))
    ordered = tuple(sorted(found, key=lambda one: (one.address, one.fault)))
    return Verdict(str(data.get("root_sha256", "")), len(files), ordered)


def _fetch(address: str) -> bytes | None:
    """The bytes at an address, or None where it leads nowhere."""
    if not address.startswith(("http://", "https://")):
        raise ValueError(address)
    try:
        with urlopen(Request(address), timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 http(s) alone, see above
            content: bytes = answer.read(MOST_BYTES)
            return content
    except HTTPError as answer:
        if answer.code in (404, 410):
            with answer:
                content = answer.read(MOST_BYTES) if answer.code == 410 else b""
            return content or None
        raise
