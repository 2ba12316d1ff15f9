"""Outside documents -> content files. Start with `import_files`; `read_notice` reads one pasted text.

What is named here is loaded when it is asked for: whoever reads a PDF needs no spreadsheets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.disclosure.importers.defaults import BadDefault
    from plugins.disclosure.importers.imported import Conflict, Decision, ImportedDocument, SourceLine
    from plugins.disclosure.importers.notice_text import read_notice
    from plugins.disclosure.importers.run import (
        BadId,
        ImportRun,
        Outcome,
        as_json,
        as_text,
        ask_columns,
        import_files,
        plan_import,
        write_import,
    )

__all__ = [
    "BadDefault",
    "BadId",
    "Conflict",
    "Decision",
    "ImportRun",
    "ImportedDocument",
    "Outcome",
    "SourceLine",
    "as_json",
    "as_text",
    "ask_columns",
    "import_files",
    "plan_import",
    "read_notice",
    "write_import",
]
ELSEWHERE = {
    "BadDefault": "defaults",
    "Conflict": "imported",
    "Decision": "imported",
    "ImportedDocument": "imported",
    "SourceLine": "imported",
    "read_notice": "notice_text",
}
"""What does not stand in `run`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{ELSEWHERE.get(name, 'run')}"), name)
