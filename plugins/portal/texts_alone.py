"""A build in which nothing but texts changed: the edited files are read, and what is made from their texts is made."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from plugins.disclosure.catalog import TooWide
from plugins.disclosure.memory import Memory, packed
from plugins.disclosure.readers.again import read_again
from plugins.disclosure.record import ContentChanged, Record
from plugins.disclosure.text_rules import judge_texts
from plugins.portal import addresses, inputs
from plugins.portal.files import replace_written
from plugins.portal.narrow import Narrow, forget, opened
from plugins.portal.plan import planned
from plugins.portal.renderer import Renderer, environment
from plugins.portal.store import Afterwards, Written, write_some


@dataclass(frozen=True, slots=True)
class Edit:
    """What a build looks at before it reads anything. `memory` is what the last one read, `left` asks the store;
    `changed` are the files of records that are not as they were.
    """

    output: Path
    theme: Path
    parts: frozenset[str]
    basis: str
    files: Mapping[str, inputs.Seen]
    changed: Sequence[str]
    note: inputs.Note
    memory: Memory
    left: Callable[[], int | None]


def texts_alone(edit: Edit) -> Written | None:
    """What was done; None where more than texts changed, or where more must be looked at: nothing was touched then."""
    names = [name.removeprefix("content/") for name in edit.changed]
    with opened(edit.output, edit.memory, edit.note.world) as narrow:
        try:
            return _made(edit, narrow, names) if narrow is not None else None
        except (TooWide, ContentChanged, pickle.UnpicklingError):
            return None


def _made(edit: Edit, narrow: Narrow, names: list[str]) -> Written | None:
    records = [record for name in names if (record := _read(edit, narrow, name)) is not None]
    if len(records) < len(names) or not narrow.site.looked.isdisjoint(record.key for record in records):
        return None
    if edit.left() is None:  # files of the site are not as they were left
        return None
    edited = [record.key for record in records]
    site = narrow.site
    renderer = Renderer(environment(edit.theme), site.frame, site.prefix, site.families)
    inputs.forget_note(edit.output)
    outputs = narrow.outputs(records, renderer, edit.parts)
    every = [*outputs]
    whole = ""
    if "search" in edit.parts:
        from plugins.portal.search_outputs import search_folder, search_outputs  # with numpy, which is large

        whole = f"{addresses.SEARCH_INDEX}/"
        every += search_outputs(narrow.desk, search_folder(edit.output), edited=records)
    after = [*_afterwards(edit, narrow, edited)]
    written = write_some(planned(every), edit.output, renderer.render, after, whole)
    made_of = {address: entry.bodies for address, entry in written.before.items()}
    if any(written.entries[out.address].bodies != made_of.get(out.address) for out in outputs):
        forget(edit.output)  # what is made from which text is not what was laid down
    replace_written(edit.memory.path, edit.memory.write)
    note = structs.replace(edit.note, files=dict(edit.files))
    inputs.write_note(edit.output, inputs.packed(note))
    return written


def _afterwards(edit: Edit, narrow: Narrow, edited: list[str]) -> Iterator[Afterwards]:
    """As in a whole build (generator.py), but for tables that have no texts."""
    keys, catalog = narrow.site.keys, narrow.catalog
    if "data" in edit.parts:
        from plugins.portal.data_outputs import keys_by_kind, line_outputs

        by_kind = keys_by_kind(keys)
        yield lambda entries: planned(line_outputs(by_kind, catalog.kinds, edit.output, entries, edited))
    if "service" in edit.parts:
        from plugins.portal.outputs import manifest_output

        yield lambda entries: [manifest_output(narrow.desk, keys, entries)]


def _read(edit: Edit, narrow: Narrow, name: str) -> Record | None:
    """The record of a file in which nothing but the text changed, and of which nothing else is wrong than before."""
    before = edit.memory.before(name)
    batch = read_again(name, narrow.site.around, narrow.site.catalog["kinds"])
    if before is None or batch is None or len(batch.records) != 1 or not batch.digest:
        return None
    read, judged = before
    if read.digest != edit.note.files[f"content/{name}"].digest:  # it is not what the site was made from
        return None
    edit.memory.keep(packed([batch]))
    if edit.memory.outer(name) != read.outer or batch.problems != read.problems or judged is None:
        return None
    record = narrow.record(batch.records[0].key)
    if record is None or record.file != name:  # a draft stands in its place, or its day has not come
        return None
    now = judge_texts(narrow.catalog.narrowed([record]), narrow.catalog.today, edit.memory, 1)
    return record if tuple(now) == tuple(judged) else None
