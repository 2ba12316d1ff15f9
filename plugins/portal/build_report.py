"""What a build says when it is done, and what of its last build a process that stays keeps."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.disclosure.problem import Problem, as_json

if TYPE_CHECKING:
    from plugins.portal.store import Written


@dataclass(frozen=True, slots=True)
class Why:
    """Why one file was made again: `state` is new, same, gone, changed or unknown; `changed` names its inputs that did.

    `sources` are the files that changed since the last build, whatever they had to do with it.
    """

    address: str
    state: str
    changed: tuple[str, ...]
    sources: tuple[str, ...]

    def found(self) -> dict[str, object]:
        """All but the address, for programs."""
        return {"state": self.state, "changed": list(self.changed), "sources": list(self.sources)}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `stages` are seconds of wall time."""

    records: int
    planned: int
    rendered: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    stages: dict[str, float]
    peak_memory_bytes: int
    problems: tuple[Problem, ...]
    why: Why | None = None

    def as_json(self) -> dict[str, object]:
        """The `build --json` contract (docs/contracts.md)."""
        return {
            "version": 1,
            "records": self.records,
            "planned": self.planned,
            "rendered": self.rendered,
            "written": len(self.written),
            "unchanged": self.unchanged,
            "removed": len(self.removed),
            "seconds": {name: round(seconds, 3) for name, seconds in self.stages.items()},
            "peak_memory_bytes": self.peak_memory_bytes,
            "problems": as_json(self.problems),
            **({"why": {"address": self.why.address, **self.why.found()}} if self.why else {}),
        }


def report_of(
    written: Written,
    records: int,
    problems: tuple[Problem, ...],
    stages: dict[str, float],
    why: Why | None = None,
) -> BuildReport:
    """The report of a build that wrote something."""
    return BuildReport(
        records=records,
        planned=len(written.entries),
        rendered=len(written.rendered),
        written=tuple(written.written),
        removed=tuple(written.removed),
        unchanged=written.unchanged,
        stages=stages,
        peak_memory_bytes=_peak_memory(),
        problems=problems,
        why=why,
    )


def nothing_done(
    records: int, problems: tuple[Problem, ...], count: int, stages: dict[str, float], why: str
) -> BuildReport:
    """The report of a build that found all `count` files as the last one left them."""
    return BuildReport(
        records=records,
        planned=count,
        rendered=0,
        written=(),
        removed=(),
        unchanged=count,
        stages=stages,
        peak_memory_bytes=_peak_memory(),
        problems=problems,
        why=Why(why, "same", (), ()) if why else None,
    )


def why_made(address: str, written: Written, sources: tuple[str, ...]) -> Why:
    """Why a build made one file."""
    found = written.why(address)
    if address not in written.entries:
        return Why(address, "gone" if address in written.before else "unknown", (), sources)
    if found is None:
        return Why(address, "new", (), sources)
    return Why(address, "changed" if address in written.rendered else "same", tuple(found), sources)


def _peak_memory() -> int:
    """Bytes, of this process or its largest worker; 0 where the system does not tell."""
    try:
        import resource
    except ModuleNotFoundError:
        return 0
    scale = 1 if sys.platform == "darwin" else 1024
    return scale * max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
