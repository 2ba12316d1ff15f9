"""Our settings among Pelican's, read once into a typed value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.portal.store import Far, Written

if TYPE_CHECKING:
    from plugins.disclosure.catalog import Catalog
    from plugins.portal.histories import History
    from plugins.portal.renderer import Renderer
    from plugins.portal.views.desk import Desk

PARTS = frozenset(["pages", "feeds", "data", "search", "sitemap", "service"])
"""What a site consists of; `service` is what programs and web servers look for, the manifest included."""


@dataclass(slots=True)
class Settings:
    """What one build is given; `written`, `desk` and `renderer` are for what it does and what it does it with.

    `certain` is asked before anything is written, and raises where nothing may be.
    """

    content: Path
    theme: Path
    output: Path
    catalog: Catalog
    workers: int
    progress: Callable[[str, int, int], None] | None
    stages: dict[str, float]
    written: Written
    compact: bool = False
    preview: bool = False
    texts: frozenset[str] | None = None
    parts: frozenset[str] = PARTS
    histories: Mapping[str, History] = field(default_factory=dict)
    desk: Desk | None = None
    renderer: Renderer | None = None
    far: Far | None = None
    only_plan: bool = False
    certain: Callable[[], None] = lambda: None
    looked: frozenset[str] = frozenset()


KEY = "GONGKAI"


def read_settings(settings: Mapping[str, Any]) -> Settings:
    """Our part of Pelican's settings. Raises RuntimeError when the build was not begun by `plugins.portal.build`."""
    found = settings.get(KEY)
    if not isinstance(found, Settings):
        raise RuntimeError(
            "请用 python3 tasks.py build 生成网站，不要直接运行 pelican：内容要先核对。"
            " / Build with `python3 tasks.py build`, not with pelican itself: content is validated first."
        )
    return found
