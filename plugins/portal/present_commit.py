"""Whether a site tells what its records were before, and from which commit: asked by every build, also by one with
nothing to do, so next to nothing is imported for the answer.
"""

from __future__ import annotations

import re
from pathlib import Path

_WANTED = re.compile(r"(?m)^(?:history|公开变更历史):[ \t]*(?:是|yes|true)[ \t]*\r?$")


def present_commit(content: Path) -> frozenset[str]:
    """What the site depends on besides its files, where it tells its history: the present commit.

    Raises ShallowClone and NoHistory.
    """
    path = content / "site.yaml"
    if not path.is_file() or not _WANTED.search(path.read_text(encoding="utf-8", errors="replace")):
        return frozenset()
    from plugins.versions.git_versions import Repository

    repository = Repository(content)
    repository.ask_whole()
    return frozenset([f"history:{repository.head}"])
