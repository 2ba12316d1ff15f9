"""A build that stays: with the last site in memory, an edit is seen on its own page before all the rest follows.

A quick look is made in a process forked for it, from the site as it was last built, with the edited records in the
place of the old ones; when it is shown, that process is gone with all that was exchanged. What else an edit reaches,
and whether it is right at all, is for the whole build that follows, which looks at these files again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from plugins.disclosure.readers.again import read_again
from plugins.disclosure.record import Record
from plugins.disclosure.review_gate import bearable
from plugins.disclosure.spread import apart, can_fork
from plugins.portal import addresses
from plugins.portal.build import Warm
from plugins.portal.build_report import BuildReport
from plugins.portal.plan import Output
from plugins.portal.settings import Settings
from plugins.portal.store import write_at_once


class Resident:
    """One site that is built again and again. `build` builds all of it, keeping in `Warm` what is needed here."""

    def __init__(self, build: Callable[[Warm], BuildReport]) -> None:
        self._build = build
        self._warm = Warm()
        self._edited: dict[str, Record] = {}
        self._pages: dict[str, list[Output]] = {}

    def whole(self) -> BuildReport:
        """Bring everything up to date. Raises what the build does; then quick looks go on from the last good one."""
        report = self._build(self._warm)
        self._edited = {}
        site = self._warm.site
        if site is not None and site.renderer is not None:
            site.renderer.load_templates()
            self._pages = _pages_of_records(site)
        return report

    def quick(self, names: Iterable[str]) -> Sequence[str] | None:
        """Show the records in these files of the content folder as they are now; the addresses written.

        None where only the whole build can tell: nothing built yet, no Markdown file, a record that is new or gone.
        """
        site = self._warm.site
        if site is None or not can_fork():
            return None
        for name in names:
            record = self._read(name, site)
            if record is None:
                return None
            self._edited[record.key] = record
        try:
            return apart(partial(_show, site, [*self._edited.values()], self._pages))
        except ChildProcessError:  # not to be shown like this; the whole build says why
            return None

    def _read(self, name: str, site: Settings) -> Record | None:
        catalog, around = site.catalog, self._warm.around
        batch = read_again(name, around, catalog.kinds) if around is not None else None
        if batch is None or len(batch.records) != 1:
            return None
        record = batch.records[0]
        if site.preview:
            record = bearable(record, catalog.kinds[record.kind], catalog.today, catalog.site.government)
        shown = catalog.get(record.key)
        return record if shown is not None and shown.file == record.file else None


def _pages_of_records(site: Settings) -> dict[str, list[Output]]:
    """The pages and data that are made from each record's text, by its key."""
    found: dict[str, list[Output]] = defaultdict(list)
    for out in site.written.plan:
        for key in site.written.entries[out.address].bodies:
            if out.address.endswith(".html") or out.address == addresses.record_data(key):
                found[key].append(out)
    return found


def _show(site: Settings, edited: Sequence[Record], pages: dict[str, list[Output]]) -> list[str]:
    """Exchange the records and write their pages, in a process that ends with it."""
    if site.desk is None or site.renderer is None:
        return []
    for record in edited:
        shown = site.catalog.get(record.key)
        if shown is not None:
            shown.become(record)
            site.desk.forget(shown)
    wanted = {out.address: out for record in edited for out in pages.get(record.key, ())}
    return write_at_once([*wanted.values()], site.output, site.renderer.render, site.written.entries)
