"""Our side of `bench build`: one build of `FOLDER/content` with `FOLDER/theme`, all of it or some parts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from plugins.disclosure.collecting import collect_seldom
from plugins.portal.build import build_site

TODAY = date(2026, 11, 22)


def main(folder: Path, parts: str) -> None:
    """Build once, as the front door does."""
    collect_seldom()
    chosen = {"parts": frozenset(parts.split(","))} if parts else {}
    build_site(folder / "content", folder / "output", TODAY, theme=folder / "theme", **chosen)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
