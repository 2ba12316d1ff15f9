"""Pelican's generator of the portal: catalog to plan, plan to files."""

from __future__ import annotations

import time
from typing import Any

from pelican.generators import Generator

from plugins.portal.data_outputs import table_outputs
from plugins.portal.outputs import all_outputs, manifest_output
from plugins.portal.plan import planned
from plugins.portal.renderer import Renderer
from plugins.portal.search_outputs import search_folder, search_outputs
from plugins.portal.settings import read_settings
from plugins.portal.store import claim, write_outputs
from plugins.portal.views.desk import Desk


class PortalGenerator(Generator):  # type: ignore[misc]
    """The only generator with anything to do; Pelican's own have empty paths."""

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 Pelican hands over its writer; the store writes
        ours = read_settings(self.settings)
        begun = time.perf_counter()
        claim(ours.output)
        desk = Desk(ours.catalog)
        renderer = Renderer(self.env, desk.frame(), desk.site.prefix)
        index = search_outputs(desk, search_folder(ours.output), compact=ours.compact, workers=ours.workers)
        plan = planned([*all_outputs(desk, renderer, ours.content, ours.theme), *index])
        ours.stages["plan"] = time.perf_counter() - begun
        begun = time.perf_counter()
        ours.written = write_outputs(
            plan,
            ours.output,
            renderer.render,
            (
                lambda entries: planned(table_outputs(desk, ours.output, entries)),
                lambda entries: [manifest_output(desk, entries)],
            ),
            workers=ours.workers,
            progress=ours.progress,
        )
        ours.stages["write"] = time.perf_counter() - begun
