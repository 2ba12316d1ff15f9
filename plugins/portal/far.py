"""Pages made by other machines: the plan is split by organ, and each part is made by whichever worker is free.

Every worker has the same content, theme and program in the same places (a shared folder, or checkouts of one commit);
it makes the plan anew from them and keeps it for the next part. What it sends back is bytes with their fingerprint,
and the asking process writes them, so that the site is the one a single process would have made. A part whose worker
is lost is made by another, or in the end by the asking process itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from plugins.disclosure.record import noting_bodies
from plugins.portal.plan import Output
from plugins.portal.store import Asked, Far, Made

if TYPE_CHECKING:
    from plugins.disclosure.catalog import Catalog
    from plugins.portal.settings import Settings

CHUNK = 256
"""So many files at most are one part."""


class NotTheSame(Exception):
    """A worker has other content, another theme or another program than whoever asks it."""

    def __init__(self, content: str) -> None:
        super().__init__(content)
        self.message_zh = (
            f"集群里有的机器上“{content}”、外观或程序和这里的不一样，没有生成。请让各台用同一份（共享文件夹，或同一提交），"
            "再运行一次。"
        )
        self.message_en = (
            f"A machine of the cluster has another {content!r}, theme or program than this one; nothing was built. "
            "Give all of them the same (a shared folder, or one commit) and run it again."
        )


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker makes the plan from. `made_of` changes with every file and library that goes into the site."""

    content: Path
    theme: Path
    today: date
    profile: str | None
    parts: frozenset[str]
    preview: bool
    made_of: bytes


def by_organ(new_executor: Callable[[], Executor], order: Order, catalog: Catalog) -> Far:
    """Workers that make parts of the plan, an organ's pages together."""

    def far(asked: Sequence[Asked]) -> Iterator[Made]:
        executor = new_executor()
        try:
            futures = [executor.submit(make, order, part) for part in _parts(asked, catalog)]
            for future in as_completed(futures):
                fault = future.exception()
                if isinstance(fault, NotTheSame):
                    raise fault
                if fault is None:  # else this part is made by whoever asked
                    yield from future.result()
        finally:
            executor.shutdown(wait=False)

    return far


def _parts(asked: Sequence[Asked], catalog: Catalog) -> Iterator[tuple[Asked, ...]]:
    of_organ: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        of_organ[_organ(one[0], catalog)].append(one)
    for some in of_organ.values():
        yield from (tuple(some[start : start + CHUNK]) for start in range(0, len(some), CHUNK))


def _organ(address: str, catalog: Catalog) -> str:
    """The organ whose page or data it is; nothing for what is the whole site's."""
    record = catalog.get(address.rpartition(".")[0])
    if record is not None:
        return record.issuer
    folder, _, rest = address.partition("/")
    return rest.partition("/")[0].partition(".")[0] if folder == "organ" else ""


# ---- in a worker ----


_turn = Lock()
"""A worker may run tasks in threads; bodies are noted, and plans made, for one at a time."""

_sites: dict[Order, tuple[Settings, Mapping[str, Output]]] = {}


def make(order: Order, asked: Sequence[Asked]) -> list[Made]:
    """Some files of the site. Raises NotTheSame."""
    with _turn:
        site, plan = _site(order)
        return [_made(site, plan[address], known) for address, known in asked if address in plan]


def _site(order: Order) -> tuple[Settings, Mapping[str, Output]]:
    """The plan; the last one is kept."""
    if order not in _sites:
        from plugins.portal.build import planned_site

        site = planned_site(order)
        if site is None:
            raise NotTheSame(str(order.content))
        _sites.clear()
        _sites[order] = (site, {out.address: out for out in site.written.plan})
    return _sites[order]


def _made(site: Settings, out: Output, known: bytes) -> Made:
    with noting_bodies() as bodies:
        settled = out.settled()
    same = settled.fingerprint == known or site.renderer is None
    content = None if same or site.renderer is None else site.renderer.render(settled)
    return Made(out.address, settled.fingerprint, tuple(sorted(bodies)), settled.parts, content)
