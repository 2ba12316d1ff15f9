"""A folder or a site held against its manifest: what differs, what is missing, what does not belong there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPMessage
from pathlib import Path
from typing import IO, Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from plugins.manifest.compressing import ENDINGS, expanded
from plugins.manifest.manifest import root_hash
from plugins.manifest.signing import SIGNATURE

MANIFEST = "manifest.json"
REDIRECTS = "_redirects"
PATIENCE_SECONDS = 30
AT_ONCE = 8
MOST_BYTES = 200 * 1024 * 1024

Read = Callable[[str], bytes | None]
"""The bytes at an address below the site's root, or None when there is no such file."""
IsSigned = Callable[[bytes, bytes | None], bool]
"""Whether a manifest, and the signature beside it, belong together."""
Fault = Literal["changed", "missing", "extra", "root", "signature"]


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


def verify_folder(folder: Path, is_signed: IsSigned | None = None) -> Verdict:
    """Every file of a folder held against the manifest in it. A compressed copy beside a file must stand for that
    very file. With `is_signed` the manifest must have its signature. Raises NoManifest."""

    def read(address: str) -> bytes | None:
        path = folder / address
        return path.read_bytes() if path.is_file() else None

    there = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    data = read_manifest(read(MANIFEST))
    files: Mapping[str, str] = data["files"]
    found = [Difference(name, fault) for name in files if (fault := _fault(read(name), files[name]))]
    found += _signature(read, is_signed)
    return _verdict(data, [*found, *_beside(files, there, read)])


def verify_site(address: str, is_signed: IsSigned | None = None) -> Verdict:
    """Every file that the manifest of a site names, fetched and compared. `address` ends in a slash.

    In the place of a page that was taken down, the site may lead to the page that its `_redirects` names. Raises
    NoManifest, and OSError when the site does not answer.
    """

    def faults(name: str) -> Fault | None:
        answer = _fetch(address + quote(name))
        if isinstance(answer, _Elsewhere):
            return None if moved.get(urlsplit(address).path + name) == answer.path else "changed"
        return _fault(answer, files[name])

    data = read_manifest(_content(address + MANIFEST))
    files: Mapping[str, str] = data["files"]
    moved = _moved(_content(address + REDIRECTS)) if REDIRECTS in files else {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = zip(files, pool.map(faults, files), strict=True)
        differences = [Difference(name, fault) for name, fault in found if fault]
    return _verdict(data, [*differences, *_signature(lambda name: _content(address + name), is_signed)])


def _verdict(data: Mapping[str, Any], found: Sequence[Difference]) -> Verdict:
    files: Mapping[str, str] = data["files"]
    if root_hash(files) != data.get("root_sha256"):
        found = [*found, Difference(MANIFEST, "root")]
    ordered = tuple(sorted(found, key=lambda one: (one.address, one.fault)))
    return Verdict(str(data.get("root_sha256", "")), len(files), ordered)


def _fault(content: bytes | None, digest: str) -> Fault | None:
    if content is None:
        return "missing"
    return None if sha256(content).hexdigest() == digest else "changed"


def _signature(read: Read, is_signed: IsSigned | None) -> list[Difference]:
    fits = is_signed is None or is_signed(read(MANIFEST) or b"", read(SIGNATURE))
    return [] if fits else [Difference(SIGNATURE, "signature")]


def _beside(files: Mapping[str, str], there: Iterable[str], read: Read) -> Iterator[Difference]:
    """What is there and is no file of the manifest: neither its own nor the compressed copy of one."""
    for name in there:
        whole, dot, ending = name.rpartition(".")
        if name in files or name in (MANIFEST, SIGNATURE):
            continue
        if dot + ending not in ENDINGS or whole not in {*files, MANIFEST}:
            yield Difference(name, "extra")
        elif expanded(name, read(name) or b"") != read(whole):
            yield Difference(name, "changed")


def _moved(content: bytes) -> Mapping[str, str]:
    """Old paths and new ones, as `_redirects` has them."""
    lines = [line.split() for line in content.decode("utf-8", "replace").splitlines()]
    return {line[0]: line[1] for line in lines if len(line) == 3 and line[0] != "#"}


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """An answer that leads to another page."""

    path: str


class _SamePathOnly(HTTPRedirectHandler):
    """Follows to another host or scheme, as from http to https, but to no other page."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).path != urlsplit(req.full_url).path:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_open = build_opener(_SamePathOnly).open


def _content(address: str) -> bytes:
    answer = _fetch(address)
    return answer if isinstance(answer, bytes) else b""


def _fetch(address: str) -> bytes | _Elsewhere | None:
    """The bytes at an address, the page it leads to, or None where it leads nowhere."""
    if not address.startswith(("http://", "https://")):
        raise ValueError(address)
    try:
        with _open(Request(address), timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 http(s) alone, see above
            content: bytes = answer.read(MOST_BYTES)
            return content
    except HTTPError as refusal:
        with refusal:
            if refusal.code in (301, 302, 303, 307, 308):
                return _Elsewhere(urlsplit(urljoin(address, refusal.headers.get("Location", ""))).path)
            if refusal.code in (404, 410):
                return (refusal.read(MOST_BYTES) if refusal.code == 410 else b"") or None
        raise
