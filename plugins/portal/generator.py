"""Pelican's generator of the portal: catalog to plan, plan to files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from pelican.generators import Generator

from plugins.disclosure.record import noting_bodies
from plugins.portal.data_outputs import keys_by_kind, table_outputs
from plugins.portal.outputs import manifest_output, other_outputs
from plugins.portal.plan import Output, planned
from plugins.portal.record_outputs import record_outputs
from plugins.portal.renderer import Renderer, function_output
from plugins.portal.settings import Settings, read_settings
from plugins.portal.store import Afterwards, InOrder, Written, claim, write_outputs
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board

PREVIEW_MARK = "PREVIEW.txt"
PREVIEW_TEXT = "只供预览，不要发布。\nFor a preview only; not to be deployed.\n"


class PortalGenerator(Generator):  # type: ignore[misc]
    """The only generator with anything to do; Pelican's own have empty paths."""

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 Pelican hands over its writer; the store writes
        ours = read_settings(self.settings)
        begun = time.perf_counter()
        desk = ours.desk = Desk(ours.catalog, ours.histories)
        renderer = ours.renderer = Renderer(self.env, desk.frame(), desk.site.prefix)
        desk.asked = {kind: renderer.asked(f"kinds/{kind}.html") for kind in ours.catalog.kinds}
        board = Board(desk)
        with noting_bodies() as looked:
            early = [*record_outputs(desk, renderer, board, ours.parts)]
        ours.looked |= looked
        _ = desk.citable  # which the processes that make pages would each make
        if not ours.only_plan:
            ours.certain()
            claim(ours.output)

        def rest() -> list[Output]:
            folders = (ours.content, ours.theme)
            with noting_bodies() as looked:
                if ours.texts is None:
                    desk.rows(desk.listed)  # which the processes that make lists would each make
                found = [*other_outputs(desk, renderer, board, folders, ours.parts, early)]
            ours.looked |= looked
            ours.stages["plan"] = time.perf_counter() - begun
            return found

        if ours.only_plan:
            ours.written = Written(plan=planned([*early, *rest()]))
            return
        ours.written = write_outputs(
            early,
            ours.output,
            renderer.render,
            [*self._afterwards(desk, ours)],
            rest=rest,
            workers=ours.workers,
            progress=ours.progress,
            texts=ours.texts,
            far=ours.far,
        )
        ours.stages["write"] = time.perf_counter() - begun

    def _search(self, desk: Desk, ours: Settings) -> Iterator[Output]:
        from plugins.portal.search_outputs import search_folder, search_outputs  # with numpy, which is large

        work = search_folder(ours.output)
        yield from search_outputs(desk, work, compact=ours.compact, workers=ours.workers)

    def _afterwards(self, desk: Desk, ours: Settings) -> Iterator[list[Afterwards]]:
        """What can be made only when all else is there, or is planned by processes of its own.

        Tables are the work of one process: they are made while others make the index.
        """
        kinds, output = desk.catalog.kinds, ours.output
        meanwhile: list[Afterwards] = []
        if "data" in ours.parts:
            keys = keys_by_kind(record.key for record in desk.catalog.records)
            meanwhile.append(lambda entries: InOrder(table_outputs(keys, kinds, output, entries)))
        if "search" in ours.parts:
            meanwhile.append(lambda _: planned(self._search(desk, ours)))
        yield meanwhile
        if "service" in ours.parts:
            every = [record.key for record in desk.catalog.records]
            yield [lambda entries: [manifest_output(desk, every, entries)]]
        if ours.preview:  # a file that the manifest does not name, so that no such folder can be deployed
            yield [lambda _: [function_output(PREVIEW_MARK, _in_utf8, PREVIEW_TEXT)]]


def _in_utf8(text: str) -> bytes:
    return text.encode()
