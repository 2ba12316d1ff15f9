"""Outside documents -> content files. Start with `import_files`; `read_notice` reads one pasted text."""

from plugins.disclosure.importers.content_file import UnknownDefault
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
    "BadId",
    "Conflict",
    "Decision",
    "ImportRun",
    "ImportedDocument",
    "Outcome",
    "SourceLine",
    "UnknownDefault",
    "as_json",
    "as_text",
    "ask_columns",
    "import_files",
    "plan_import",
    "read_notice",
    "write_import",
]
