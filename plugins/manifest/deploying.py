"""Bringing a built site to the folder a web server reads: only what changed, in an order readers never notice.

Files that pages need come first, then pages, then the lists that lead to them and the front page; then what is
gone is removed, and last comes the manifest. So wherever it stops, every list leads to pages that are there, and
the next run, going by the old manifest, does all that is left.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from plugins.manifest.comparing import MANIFEST, Difference, NoManifest, read_manifest, verify_folder

Action = Literal["put", "remove"]

NEEDED = ("static/", "attachments/")
LEADING = ("section/", "topic/", "year/", "number/", "feeds/", "data/", "api/", "search/", "server/")
FRONT = ("index.html", "sitemap.xml")
TEXTS = (
    ".html",
    ".css",
    ".js",
    ".json",
    ".jsonld",
    ".ndjson",
    ".csv",
    ".xml",
    ".atom",
    ".rss",
    ".svg",
    ".txt",
    ".ttl",
)
LEAST_BYTES = 256
"""Smaller files gain nothing by compression."""
TEMPORARY = ".gongkai-part"


class NotAsBuilt(Exception):
    """The folder to deploy is not as its manifest says."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__(f"{len(differences)} differences")
        self.differences = differences


class TargetNotOurs(Exception):
    """The folder to deploy to holds files, but no manifest of ours."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with one file."""

    action: Action
    address: str


def deploy_plan(before: Mapping[str, str], after: Mapping[str, str]) -> list[Step]:
    """What to do, in order, so that `before` becomes `after`; both map addresses to SHA-256. The manifest is put
    last of all; nothing is to do when nothing changed."""
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    gone = sorted(set(before) - set(after))
    if not changed and not gone:
        return []
    puts = [Step("put", name) for name in sorted(changed, key=lambda name: (_rank(name), name))]
    return [*puts, *(Step("remove", name) for name in gone), Step("put", MANIFEST)]


def deploy_to_folder(output: Path, target: Path, *, compress: bool = True) -> list[Step]:
    """Bring `target` to the state of `output`, and say what was done.

    With `compress` a copy ending in `.gz` stands beside each text. Raises NotAsBuilt, NoManifest and
    TargetNotOurs before anything is touched.
    """
    if differences := verify_folder(output).differences:
        raise NotAsBuilt(differences)
    steps = deploy_plan(_files(target), read_manifest((output / MANIFEST).read_bytes())["files"])
    for step in steps:
        path = target / step.address
        copy = path.with_name(f"{path.name}.gz")
        if step.action == "remove":
            _remove(copy, target)
            _remove(path, target)
            continue
        content = (output / step.address).read_bytes()
        if compress and path.suffix in TEXTS and len(content) >= LEAST_BYTES:
            _put(copy, gzip.compress(content, mtime=0))
        else:
            copy.unlink(missing_ok=True)
        _put(path, content)
    return steps


def _rank(name: str) -> int:
    """What must be there first has the lower rank."""
    if name.startswith(NEEDED):
        return 0
    if name in FRONT:
        return 3
    is_list = name.startswith(LEADING) or "/" not in name or name.startswith("organ/")
    return 2 if is_list else 1


def _files(target: Path) -> Mapping[str, str]:
    """What the folder holds by its own manifest; nothing when it is new."""
    if not target.is_dir() or not any(target.iterdir()):
        return {}
    try:
        files: Mapping[str, str] = read_manifest((target / MANIFEST).read_bytes())["files"]
    except (OSError, NoManifest) as reason:
        raise TargetNotOurs(str(target)) from reason
    return files


def _put(path: Path, content: bytes) -> None:
    """Write a file so that at every moment it is either the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}{TEMPORARY}{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def _remove(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == target or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
