"""The portal as a Pelican plugin: `PLUGINS = ["plugins.portal"]`. The only package that imports Pelican."""

from __future__ import annotations

from typing import Any


def get_generators(_pelican: object) -> Any:
    """The receiver: our one generator."""
    from plugins.portal.generator import PortalGenerator

    return PortalGenerator


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    from pelican import signals

    signals.get_generators.connect(
        get_generators, weak=False
    )  # held weakly, it complains when the program ends
