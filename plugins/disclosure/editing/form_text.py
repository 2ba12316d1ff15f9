"""A record's file as the form is handed it, and what the form hands back as a file: nothing else of it changes.

The form knows lists, tables and words to choose from; a file may say the same in one line. What comes back is held
against what was handed out, field by field: what is the same keeps its lines, comments and way of writing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.disclosure.editing.form_config import FILE, SHOWN_AS
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.readers.front_matter import is_plain, read_entries, split_front_matter
from plugins.disclosure.readers.table_text import table_of_text
from plugins.disclosure.readers.values import names_of
from plugins.disclosure.readers.written import Entry, Items, Node, Pairs, Place, Scalar
from plugins.disclosure.vocabulary import Vocabularies

Value = str | list[str] | list[dict[str, str]]

_BETWEEN = re.compile("[;；\n]+")
_BAR = re.compile("[|｜]")


class NotReadable(ValueError):
    """What came back from the form is no record."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file taken apart: each entry's lines, its value where the form can have it, and the text below.

    `tail` is everything below the second fence, as it stands.
    """

    head: tuple[str, ...]
    entries: tuple[tuple[str, tuple[str, ...], Value | None], ...]
    body: str
    tail: str = ""


def for_form(text: str, kind: Kind, vocabularies: Vocabularies) -> str:
    """The file with every value in the shape the form is best at. A file without front matter is all body."""
    found = taken_apart(text, kind, vocabularies)
    lines = [
        f"{label}: {json.dumps(value, ensure_ascii=False)}"
        for label, _, value in found.entries
        if value is not None and label in names_of(kind.fields)
    ]
    return "\n".join(["---", *lines, "---", "", found.body, ""])


def from_form(
    handed_back: str, before: str, kind: Kind, vocabularies: Vocabularies, handed_out: str = ""
) -> str:
    """The file after the form: `before` (empty for a new one) with what was changed. Raises NotReadable.

    Where `handed_out` says what the form began with, a field it left alone keeps what somebody else has written
    into the file meanwhile.
    """
    new = taken_apart(handed_back, kind, vocabularies)
    if not new.entries:
        raise NotReadable("no entries")
    values = {label: value for label, _, value in new.entries if value is not None}
    old = taken_apart(before, kind, vocabularies) if before.strip() else Written((), (), "")
    names = names_of(kind.fields)
    began = taken_apart(handed_out, kind, vocabularies) if handed_out else Written((), (), "")
    given = {label: value for label, _, value in began.entries if value is not None}
    lines = list(old.head)
    there: set[str] = set()
    for label, block, value in old.entries:
        there.add(label)
        is_untouched = bool(handed_out) and values.get(label) == given.get(label)
        if label not in names or value is None or values.get(label) == value or is_untouched:
            lines += block
        else:
            lines += [*_entry(label, values.get(label, ""), names[label]), *_remarks(block)]
    for field in kind.fields:
        is_new = values.get(field.label) != given.get(field.label) or not handed_out
        if field.label not in there and values.get(field.label) and is_new:
            lines += _entry(field.label, values[field.label], field)
    is_body_untouched = new.body == old.body or (bool(handed_out) and new.body == began.body)
    tail = old.tail if old.entries and is_body_untouched else f"\n{new.body}\n"
    return "\n".join(["---", *lines, "---", tail])


def taken_apart(text: str, kind: Kind, vocabularies: Vocabularies) -> Written:
    """The file's entries under the labels of their fields, with their lines."""
    names = names_of(kind.fields)
    parts = split_front_matter(text, "", names)
    if parts is None:
        return Written((), (), text.strip())
    entries, _ = read_entries(parts.front, 1, "", names)
    starts = [entry.line - 1 for entry in entries]
    ends = [*starts[1:], len(parts.front)][: len(starts)]
    found = []
    labels = [names[entry.name].label for entry in entries if entry.name in names]
    for entry, start, end in zip(entries, starts, ends, strict=True):
        field = names.get(entry.name)
        is_clear = (
            field is not None and labels.count(field.label) == 1
        )  # one that stands twice is for a person
        value = _value(entry, field, vocabularies) if field and is_clear else None
        found.append((field.label if field else entry.name, tuple(parts.front[start:end]), value))
    head = parts.front[: starts[0]] if starts else parts.front
    tail = text.split("\n")[parts.front_line + len(parts.front) :]
    return Written(tuple(head), tuple(found), parts.body, "\n".join(tail))


def _value(entry: Entry, field: Field, vocabularies: Vocabularies) -> Value | None:
    """None for what the form cannot hold, which then stays as it is."""
    node = entry.node
    if node is None or field.type == "report_tables":
        return None
    if field.type == "table":
        return _rows(entry, field, node)
    texts = _texts(node, field)
    if texts is None:
        return None
    texts = [_usual(text, field, vocabularies) for text in texts]
    if field.type == "attachment":
        return [_attachment(text) for text in texts]
    return texts if field.many else "\n".join(texts)


def _texts(node: Node, field: Field) -> list[str] | None:
    if isinstance(node, Scalar):
        parts = _BETWEEN.split(node.text) if field.many else [node.text]
        return [part.strip() for part in parts if part.strip()]
    if not isinstance(node, Items):
        return None
    texts = []
    for item in node.items:
        if isinstance(item, Scalar):
            texts.append(item.text.strip())
        elif isinstance(item, Pairs) and field.type == "attachment":
            given = {one.name: one.node.text for one in item.entries if isinstance(one.node, Scalar)}
            texts.append("｜".join(filter(None, (given.get(FILE, ""), given.get(SHOWN_AS, "")))))
        else:
            return None
    return [text for text in texts if text]


def _usual(text: str, field: Field, vocabularies: Vocabularies) -> str:
    """A term by the name that the form offers, whatever it is called in the file."""
    if field.type in ("choice", "topic"):
        vocabulary = vocabularies[field.vocabulary or ("topics" if field.type == "topic" else field.key)]
        term = vocabulary.find(text)
        return vocabulary.path(term) if term else text
    if field.type == "attachment":
        return text.removeprefix("/").removeprefix("attachments/")
    return text


def _attachment(text: str) -> dict[str, str]:
    file, title = (part.strip() for part in [*_BAR.split(text, maxsplit=1), ""][:2])
    return {FILE: file, SHOWN_AS: title} if title else {FILE: file}


def _rows(entry: Entry, field: Field, node: Node) -> list[dict[str, str]] | None:
    if isinstance(node, Scalar):
        node, wrong = table_of_text(entry, field, node, Place("", entry.line))
        if wrong:
            return None
    if not isinstance(node, Items):
        return None
    names = names_of(field.columns)
    rows = []
    for item in node.items:
        if not isinstance(item, Pairs) or any(not isinstance(one.node, Scalar) for one in item.entries):
            return None
        cells = ((one.name, one.node) for one in item.entries)
        rows.append(
            {
                names[name].label if name in names else name: cell.text
                for name, cell in cells
                if isinstance(cell, Scalar) and cell.text
            }
        )
    return rows


def _entry(label: str, value: Value, field: Field) -> Iterator[str]:
    """The lines of an entry as an editor would write it."""
    if isinstance(value, str):
        yield from scalar_lines(f"{label}:", value, "  ")
    elif field.type == "table":
        yield f"{label}:"
        for row in value:
            yield from _row(row if isinstance(row, Mapping) else {})
    elif field.type == "attachment":
        yield from _several(label, [_attachment_text(one) for one in value])
    else:
        yield from _several(label, [str(one) for one in value])


def _several(label: str, texts: Sequence[str]) -> Iterator[str]:
    if any(_BETWEEN.search(text) for text in texts):
        yield f"{label}:"
        yield from (f"  - {_quoted(text)}" for text in texts)
    else:
        yield from scalar_lines(f"{label}:", "；".join(texts), "  ")


def _attachment_text(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    return "｜".join(filter(None, (one.get(FILE, ""), one.get(SHOWN_AS, ""))))


def _row(row: Mapping[str, str]) -> Iterator[str]:
    cells = [(name, text) for name, text in row.items() if text]
    for place, (name, text) in enumerate(cells):
        yield f"  {'-' if place == 0 else ' '} {name}: {_quoted(text)}"


def scalar_lines(begin: str, text: str, indent: str) -> Iterator[str]:
    """The lines of an entry with one value: in one line, or below a bar where it has several."""
    if "\n" in text.strip():
        yield f"{begin} |"
        yield from (f"{indent}{line}".rstrip() for line in text.strip().split("\n"))
    else:
        yield f"{begin} {_quoted(text.strip())}".rstrip()


def _quoted(text: str) -> str:
    """As it stands, where that is read back as it is; else in quotation marks, which YAML and JSON share."""
    return text if is_plain(text) and "\n" not in text else json.dumps(text, ensure_ascii=False)


def _remarks(block: Iterable[str]) -> list[str]:
    """The comments and blank lines below an entry, which belong to what follows."""
    kept: list[str] = []
    for line in reversed(list(block)[1:]):
        if line.strip() and not line.startswith("#"):
            break
        kept.insert(0, line)
    return kept
