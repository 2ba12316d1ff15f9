"""Pelican in this process: it brings the theme's templates and runs our generator (generator.py)."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from pelican import Pelican, log
from pelican.settings import read_settings

from plugins.portal import generator  # noqa: F401 which Pelican imports by name
from plugins.portal.settings import KEY, Settings

ROOT = Path(__file__).parents[2]


def run_pelican(settings: Settings) -> None:
    """Plan the site, and write it; whatever Pelican would only warn of stops the build."""
    log.init(level=logging.WARNING)
    log.console.quiet = True  # its summary counts articles, of which there are none
    override = {
        "PATH": str(settings.content),
        "OUTPUT_PATH": str(settings.output),
        "THEME": str(settings.theme),
        KEY: settings,
    }
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))  # Pelican imports `plugins.portal` by name
    stop, its_own = _Stop(logging.WARNING), logging.getLogger("pelican")
    its_own.addHandler(stop)
    try:
        Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=override)).run()
    finally:
        its_own.removeHandler(stop)


class _Stop(logging.Handler):
    """Makes what a library only warns of an error. Pelican can do so itself, but for every logger there is: a warning
    of the cluster's library would then end the thread that it comes from, and the build would wait for ever."""

    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError(record.getMessage())
