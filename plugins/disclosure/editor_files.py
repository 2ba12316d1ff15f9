"""What makes an editor's own programs know our content: schemas, spreadsheets to fill in, settings of VS Code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.disclosure.content import ORGANS_FILE
from plugins.disclosure.json_schema import record_schema, site_schema
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.csv_rows import ID_NAMES, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.review_gate import ORGAN
from plugins.disclosure.spreadsheet_templates import spreadsheet_template
from plugins.disclosure.vocabulary import load_vocabularies

SCHEMAS, SPREADSHEETS, SETTINGS = "schemas", "spreadsheets", ".vscode"


def editor_files(content: Path) -> Mapping[str, bytes]:
    """Every file by its name, for the organs of this content."""
    return dict(_files(content))


def write_editor_files(content: Path, folder: Path) -> tuple[list[str], list[str]]:
    """Write them below `folder`. The names written, and those kept: settings that somebody has changed stay."""
    written: list[str] = []
    kept: list[str] = []
    for name, data in editor_files(content).items():
        path = folder / name
        if name.startswith(SETTINGS) and path.exists() and path.read_bytes() != data:
            kept.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(name)
    return written, kept


def _files(content: Path) -> Iterator[tuple[str, bytes]]:
    vocabularies = load_vocabularies()
    ids, names = organs_of(content)
    yield f"{SCHEMAS}/site.schema.json", _json(site_schema(vocabularies, [*names, *ids]))
    for kind in load_kinds().values():
        yield f"{SCHEMAS}/{kind.id}.schema.json", _json(record_schema(kind, vocabularies, [*names, *ids]))
        if kind.id != ORGAN:
            yield f"{SPREADSHEETS}/{kind.id}.xlsx", spreadsheet_template(kind, vocabularies, names)
    yield f"{SETTINGS}/settings.json", _json(_settings(content.name))
    yield f"{SETTINGS}/tasks.json", _json(_TASKS)


def organs_of(content: Path) -> tuple[list[str], list[str]]:
    """The ids and the full names of the organs, in their order; none where there is no list of them."""
    path = content / ORGANS_FILE
    if not path.is_file():
        return [], []
    table = read_table(FoundFile(path, ORGANS_FILE))
    columns = [table.column(ID_NAMES), table.column(("机构全称", "name", "title"))]
    found = [
        [row.cells[column] for row in table.rows if len(row.cells) > column and row.cells[column]]
        if column is not None
        else []
        for column in columns
    ]
    return found[0], found[1]


def _settings(content: str) -> Mapping[str, Any]:
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[csv]": {"files.encoding": "utf8bom"},
        "[markdown]": {"editor.wordWrap": "on", "editor.unicodeHighlight.ambiguousCharacters": False},
        "yaml.schemas": {f"./{SCHEMAS}/site.schema.json": f"{content}/site.yaml"},
    }


_TASKS: Mapping[str, Any] = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "核对内容 check",
            "type": "shell",
            "command": "python3 tasks.py check --format github",
            "windows": {"command": "py tasks.py check --format github"},
            "group": {"kind": "test", "isDefault": True},
            "problemMatcher": {
                "owner": "gongkai",
                "fileLocation": ["relative", "${workspaceFolder}"],
                "pattern": {
                    "regexp": "^::(error|warning) file=([^,]+),(?:line=(\\d+),)?title=([^:]+)::(.*)$",
                    "severity": 1,
                    "file": 2,
                    "line": 3,
                    "code": 4,
                    "message": 5,
                },
            },
        }
    ],
}
"""The task whose problems VS Code shows beside their lines."""


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
