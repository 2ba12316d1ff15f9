"""The text of a record in one cell of a spreadsheet, where a line break (Alt+Enter) begins a new paragraph.

In Markdown it takes an empty line; the lines of a table, a list, a quotation or code stay together.
"""

from __future__ import annotations

import re

_LISTED = re.compile(r"[ \t]|: |[-*+>] |[0-9]+[.)] |\[\^[^\]]+\]:")
"""How a line begins that stands in a list, or below one of its items, or is quoted."""

_RULE = re.compile(r"-{2,}|={2,}")
_FENCE = re.compile("```|~~~")


def paragraphs_of(cell: str) -> str:
    """The text of a cell as Markdown with an empty line between paragraphs."""
    if "\n" not in cell or _FENCE.search(cell):
        return cell
    made: list[str] = []
    before = ""
    for line in cell.split("\n"):
        if before.strip() and line.strip() and not _belongs(before, line):
            made.append("")
        made.append(line)
        before = line
    return "\n".join(made)


def _belongs(before: str, line: str) -> bool:
    """Whether a line goes on with what the line above began."""
    if line[0] in " \t" or line.startswith(": ") or _RULE.fullmatch(line.strip()):
        return True
    if before.endswith(("  ", "\\")):  # a break that was asked for
        return True
    kind = _begins(line)
    return kind in ("table", "list") and kind == _begins(before)


def _begins(line: str) -> str:
    """What a line is of."""
    if "|" in line:
        return "table"
    return "list" if _LISTED.match(line) else "text"
