"""Bringing a built site to where it is read: only what changed, in an order readers never notice.

Files that pages need come first. Then what is new: pages, then lists; then what changed: pages, then lists, then the
front page. So nothing ever leads to a page that is not there. Then what is gone is removed, and last comes the
manifest. While this goes on, a journal at the target names every file that may be the old one or the new one;
wherever it stops, the next run puts these again, whatever site it brings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from plugins.manifest.comparing import MANIFEST, Difference, NoManifest, read_manifest, verify_folder
from plugins.manifest.compressing import ENDINGS, copies, is_text
from plugins.manifest.signing import SIGNATURE
from plugins.manifest.targets import Target

Action = Literal["put", "remove"]
Sign = Callable[[bytes], bytes]

JOURNAL = "deploying.json"
NEEDED = ("static/", "attachments/")
FRONT = ("index.html", "sitemap.xml")
PAGE_ENDINGS = (".html", ".json")
UNKNOWN = ""
"""In the place of a digest: nobody knows which state the file is in."""


class NotAsBuilt(Exception):
    """The folder to deploy is not as its manifest says."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__(f"{len(differences)} differences")
        self.differences = differences


class TargetNotOurs(Exception):
    """The target holds files, but neither a manifest of ours nor the journal of a deployment that stopped."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with one file. Steps of one `stage` may be done in any order, stages in theirs."""

    action: Action
    address: str
    stage: int


def deploy_plan(
    before: Mapping[str, str], after: Mapping[str, str], published: Sequence[str] | Mapping[str, str] = ()
) -> list[Step]:
    """What to do, in order, so that `before` becomes `after`; both map addresses to SHA-256.

    `published` are the keys of the records, whose pages lists lead to. The manifest is put last of all; nothing is
    to do when nothing changed.
    """
    records = frozenset(key for key in published if not key.startswith("organ/"))  # their pages are lists
    puts = [
        Step("put", name, _stage(name, records, is_new=name not in before))
        for name, digest in after.items()
        if before.get(name) != digest
    ]
    gone = sorted(set(before) - set(after))
    if not puts and not gone:
        return []
    ordered = sorted(puts, key=lambda step: (step.stage, step.address))
    return [*ordered, *(Step("remove", name, 6) for name in gone), Step("put", MANIFEST, 7)]


def plan_for(output: Path, target: Target) -> list[Step]:
    """What is to do at the target, by what it says of itself. Nothing is touched.

    Raises NotAsBuilt and NoManifest for the site in `output`, TargetNotOurs and TargetRefused for the target.
    """
    if differences := verify_folder(output).differences:
        raise NotAsBuilt(differences)
    manifest = read_manifest((output / MANIFEST).read_bytes())
    before, is_resumed = _there(target)
    steps = deploy_plan(before, manifest["files"], manifest.get("published", ()))
    return [Step("put", MANIFEST, 7)] if is_resumed and not steps else steps


def deploy(output: Path, target: Target, sign: Sign | None = None) -> list[Step]:
    """Bring the target to the state of `output`, and say what was done. Raises as `plan_for` does.

    With `sign` the manifest's signature comes after it; without, one that no longer fits is removed.
    """
    steps = plan_for(output, target)
    signed = sign((output / MANIFEST).read_bytes()) if sign else None
    was_signed = target.read(SIGNATURE)
    if not steps and signed in (None, was_signed):
        return []
    touched, _ = _journal(target)
    target.put([(JOURNAL, _as_journal({*touched, *(step.address for step in steps)}))])
    for (_, action), group in groupby(steps, key=lambda step: (step.stage, step.action)):
        names = [step.address for step in group]
        if action == "remove":
            target.remove([*names, *_copies_of(names, target)])
        else:
            _put(output, target, names)
    if signed:
        target.put([(SIGNATURE, signed)])
        steps.append(Step("put", SIGNATURE, 8))
    target.remove([JOURNAL, *([SIGNATURE] if was_signed and not signed else [])])
    return steps


def _put(output: Path, target: Target, names: Sequence[str]) -> None:
    without: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in names:
            content = (output / name).read_bytes()
            if target.compresses:
                beside = copies(name, content)
                yield from beside.items()
                if is_text(name) and not beside:
                    without.extend(_copies_of([name], target))
            yield name, content

    target.put(files())
    if without:
        target.remove(without)


def _copies_of(names: Sequence[str], target: Target) -> list[str]:
    if not target.compresses:
        return []
    return [name + ending for name in names if is_text(name) for ending in ENDINGS]


def _stage(name: str, records: frozenset[str], *, is_new: bool) -> int:
    """What must be there first has the lower stage."""
    if name.startswith(NEEDED):
        return 0
    if name in FRONT:
        return 5
    stem = next((name.removesuffix(ending) for ending in PAGE_ENDINGS if name.endswith(ending)), name)
    is_page = stem.removeprefix("checklist/") in records
    return {(True, True): 1, (True, False): 2, (False, True): 3, (False, False): 4}[is_new, is_page]


def _there(target: Target) -> tuple[Mapping[str, str], bool]:
    """What the target holds, by its own manifest and the journal of a deployment that stopped; and if one did."""
    touched, has_journal = _journal(target)
    try:
        files: Mapping[str, str] = read_manifest(target.read(MANIFEST))["files"]
    except NoManifest as reason:
        if not has_journal and not target.is_empty():
            raise TargetNotOurs from reason
        files = {}
    there = {**files, **dict.fromkeys(touched, UNKNOWN)}
    return {name: digest for name, digest in there.items() if _is_below(name)}, has_journal


def _journal(target: Target) -> tuple[Sequence[str], bool]:
    """The files that a deployment which stopped may have touched, and whether there was one."""
    content = target.read(JOURNAL)
    if content is None:
        return (), False
    try:
        data: Any = json.loads(content)
        return [str(name) for name in data["files"]], True
    except (ValueError, KeyError, TypeError):
        return (), False  # some other file of this name


def _is_below(name: str) -> bool:
    """Whether a name that the target tells stays below it; what it tells is not ours to trust with removals."""
    return (
        name not in (MANIFEST, SIGNATURE)
        and not name.startswith("/")
        and not {"..", ""} & set(name.split("/"))
        and "\\" not in name
    )


def _as_journal(names: set[str]) -> bytes:
    lines = ",\n".join(f"  {json.dumps(name)}" for name in sorted(names))
    return f'{{"version": 1, "files": [\n{lines}\n]}}\n'.encode()
