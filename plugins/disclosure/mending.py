"""Mending what an editor wrote where only its form is wrong and nobody can doubt what was meant.

A mend replaces one value in one place; every other byte of the file stays: line ends, byte-order mark, encoding.
Nothing is written before somebody has seen the difference.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plugins.disclosure.problem import Problem, in_order

_WHOLE_LINE = ("front-matter.colon", "front-matter.indent")
"""Mended with their whole line: what is wrong stands before the value."""

_MARK = b"\xef\xbb\xbf"
_NEEDS_QUOTES = re.compile("[,\"'\r\n#]|: ")
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A file of the content folder before and after; `problems` are those that are mended by it."""

    file: str
    before: bytes
    after: bytes
    problems: tuple[Problem, ...]

    def difference(self) -> str:
        """The lines that change, by number, before and after; no notation to be known."""
        old, new = (_text_of(data)[0].splitlines() for data in (self.before, self.after))
        told = [self.file]
        for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
            if before != after:
                told += [f"  第 {number} 行", f"    改前 before: {before}", f"    改后 after:  {after}"]
        return "\n".join(told)


def plan_mends(content: Path, problems: Iterable[Problem]) -> list[MendedFile]:
    """What each file would be with its problems mended. A problem whose place is not certain is left alone."""
    wanted = [
        problem
        for problem in in_order(problems)
        if problem.mended and (problem.code in _WHOLE_LINE or not _NEEDS_QUOTES.search(problem.mended))
    ]
    planned = []
    for file, held in groupby(wanted, key=lambda problem: problem.file):
        mended = _mended_file(content / file, file, list(held))
        if mended is not None:
            planned.append(mended)
    return planned


def write_mends(content: Path, planned: Sequence[MendedFile]) -> list[MendedFile]:
    """Write the files that are still as they were planned from; each appears whole or not at all."""
    written = []
    for mended in planned:
        path = content / mended.file
        if path.read_bytes() == mended.before:
            _write(path, mended.after)
            written.append(mended)
    return written


def _mended_file(path: Path, file: str, problems: list[Problem]) -> MendedFile | None:
    if path.is_symlink():
        return None
    before = path.read_bytes()
    text, encoding = _text_of(before)
    if _bytes_of(text, encoding, before) != before:
        return None
    done: list[Problem] = []
    edits: dict[tuple[int, int], str] = {}
    spans = _cells(text) if path.suffix.lower() == ".csv" else None
    for problem in problems:
        place = _place_in_cell(problem, spans, text) if spans is not None else _place_in_line(problem, text)
        if place is not None and edits.get(place, problem.mended) == problem.mended:
            edits[place] = problem.mended
            done.append(problem)
    after = text
    for (start, end), value in sorted(edits.items(), reverse=True):
        after = after[:start] + value + after[end:]
    data = _bytes_of(after, encoding, before)
    return MendedFile(file, before, data, tuple(done)) if data not in (None, before) and data else None


def _text_of(data: bytes) -> tuple[str, str]:
    """The text without its mark, and its encoding."""
    body = data.removeprefix(_MARK)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace"), "gb18030"


def _bytes_of(text: str, encoding: str, before: bytes) -> bytes | None:
    try:
        return (_MARK if before.startswith(_MARK) else b"") + text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _place_in_line(problem: Problem, text: str) -> tuple[int, int] | None:
    """Where the value stands in its line, behind the label; None unless it stands there once."""
    lines = list(_LINE.finditer(text))
    if problem.line is None or problem.line > len(lines):
        return None
    line = lines[problem.line - 1]
    if problem.code in _WHOLE_LINE:
        end = line.start() + len(line.group().rstrip())
        return (line.start(), end) if text[line.start() : end] == problem.written else None
    label = (problem.field or "").rpartition("·")[2]
    begin = re.match(f"[ \t-]*[\"']?{re.escape(label)}[\"']?[ \t]*[:：]|[ \t]*-[ \t]", line.group())
    return _once(text, problem.written, line.start() + begin.end(), line.end()) if begin else None


def _place_in_cell(
    problem: Problem, rows: Sequence[Sequence[tuple[int, int, str]]], text: str
) -> tuple[int, int] | None:
    """Where the value stands in its cell: in the row with this number, below its label."""
    label = (problem.field or "").partition("·")[0]
    heading = next((row for row in rows if any(value for _, _, value in row)), ())
    columns = [place for place, (_, _, value) in enumerate(heading) if value == label]
    if (
        problem.line is None
        or problem.line > len(rows)
        or not columns
        or len(rows[problem.line - 1]) <= columns[0]
    ):
        return None
    start, end, _ = rows[problem.line - 1][columns[0]]
    return _once(text, problem.written, start, end)


def _once(text: str, value: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of a value between two places; None unless it stands there once and is no part of a longer one."""
    if not value or text.count(value, start, end) != 1:
        return None
    at = text.index(value, start, end)
    around = text[max(start, at - 1) : at] + text[at + len(value) : min(end, at + len(value) + 1)]
    return (at, at + len(value)) if not re.search("[^\\s\"',;；|｜:：\\[\\]-]", around) else None


def _cells(text: str) -> list[list[tuple[int, int, str]]]:
    """The cells of a CSV text, row by row as a spreadsheet counts them: where each begins and ends, and what it says."""
    return list(_rows(text))


def _rows(text: str) -> Iterator[list[tuple[int, int, str]]]:
    row: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        end = _end_of_cell(text, at)
        row.append((at, end, text[at:end].strip().strip('"').replace('""', '"').strip()))
        if end < len(text) and text[end] == ",":
            at = end + 1
            if at == len(text):
                row.append((at, at, ""))
            continue
        yield row
        row = []
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
    if row:
        yield row


def _end_of_cell(text: str, at: int) -> int:
    if text[at : at + 1] == '"':
        closing = re.compile('"(?:[^"]|"")*"').match(text, at)
        at = closing.end() if closing else len(text)
    found = re.compile("[,\r\n]").search(text, at)
    return found.start() if found else len(text)


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
