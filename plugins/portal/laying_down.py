"""What a whole build lays down for later edits of texts, which look it up (narrow.py)."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MethodType
from typing import Any, BinaryIO

import msgspec

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.kinds import Field
from plugins.disclosure.readers.around import Around
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.files import TEMPORARY
from plugins.portal.narrow import FORMAT, HEAD, STATE, Site, method, named, path_of, usual_file
from plugins.portal.plan import Later, Output
from plugins.portal.record_outputs import in_sections
from plugins.portal.renderer import Renderer
from plugins.portal.settings import Settings
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.subscriptions import Newsstand


def lay_down(world: bytes, site: Settings, around: Around | None) -> None:
    """Keep what a build knows, for later edits of texts."""
    if site.desk is None or site.renderer is None or around is None:
        return
    shelf = _Laid(path_of(site.output))
    outputs = _of_others(site)
    shelf.put("site", _whole(world, around, site, site.desk, site.renderer, outputs))
    shelf.name(site.desk)
    shelf.put("citable", dict(site.desk.citable))
    for out, _ in outputs:
        shelf.put(f"> {out.address}", (out.maker, out.inputs.call, out.inputs.arguments, out.basis))
    for record in site.catalog.records:
        if not _is_remembered(record, site):
            shelf.put(record.key, tuple(getattr(record, name) for name in STATE))
        if any(relations := site.catalog.sides(record)):
            shelf.put(f"= {record.key}", relations)
    shelf.close()


def _whole(
    world: bytes, around: Around, site: Settings, desk: Desk, renderer: Renderer, outputs: Sequence[_Made]
) -> Site:
    records = site.catalog.records
    remembered = [record for record in records if _is_remembered(record, site)]
    made_of: dict[str, list[str]] = {}
    for out, bodies in outputs:
        for key in bodies:
            made_of.setdefault(key, []).append(out.address)
    return Site(
        world=world,
        around=around,
        catalog={name: getattr(site.catalog, name) for name in Catalog.APART},
        organs=tuple(record.key for record in site.catalog.of_kind("organ")),
        frame=renderer.frame,
        prefix=renderer.prefix,
        families=renderer.families,
        looked=site.looked,
        keys=tuple(record.key for record in records),
        sections={id_: [record.key for record in some] for id_, some in in_sections(desk).items()},
        files={record.key: record.file for record in remembered if record.file != usual_file(record.key)},
        made_of=made_of,
        asked=desk.asked,
    )


_Made = tuple[Output, tuple[str, ...]]
"""An output, and the keys of the records from whose texts it was made."""


def _of_others(site: Settings) -> list[_Made]:
    """What is made from texts, but for what belongs to a record whose own text is all it was made from."""
    found = []
    for out in site.written.plan:
        bodies = site.written.entries[out.address].bodies
        if bodies and isinstance(out.inputs, Later):
            own = len(bodies) == 1 and out.address in (
                addresses.record(bodies[0]),
                addresses.record_data(bodies[0]),
            )
            if not own:
                found.append((out, bodies))
    return found


def _is_remembered(record: Record, site: Settings) -> bool:
    """Whether what was read of its file is the record; in a preview it may have been filled up."""
    return not site.preview and record.file.endswith(".md")


class _Laid:
    """A file of pickles that can be read one by one; records, and what is one for all, are named in them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.with_name(f"{path.name}{TEMPORARY}").open("wb")
        self._file.write(bytes(HEAD))
        self._index: dict[str, tuple[int, int]] = {}
        self._named: dict[int, tuple[str, ...]] = {}

    def name(self, desk: Desk) -> None:
        """From now on name what all pickles have in common."""
        self._named = {id(desk): ("desk",), id(desk.catalog): ("catalog",)}
        for kind in desk.catalog.kinds.values():
            self._named |= {id(field): (kind.id, field.key) for field in kind.fields}

    def put(self, name: str, value: Any) -> None:
        """Add one."""
        start = self._file.tell()
        _Pickler(self._file, self._named).dump(value)
        self._index[name] = (start, self._file.tell() - start)

    def close(self) -> None:
        """Put the file in its place."""
        end = self._file.tell()
        self._file.write(msgspec.msgpack.encode(self._index))
        self._file.seek(0)
        self._file.write(FORMAT.to_bytes(8, "big") + end.to_bytes(8, "big"))
        self._file.close()
        Path(self._file.name).replace(self._path)


class _Pickler(pickle.Pickler):
    def __init__(self, file: BinaryIO, named: Mapping[int, tuple[str, ...]]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._named = named

    def reducer_override(self, obj: Any) -> Any:
        """What stands in the pickle for a value of ours; it is not asked for texts, numbers and tuples."""
        kind = type(obj)
        if kind is Record:
            return named, ("record", obj.key)
        if kind in _ONE_FOR_ALL:
            return named, (_ONE_FOR_ALL[kind],)
        if kind in (Field, Desk, Catalog) and id(obj) in self._named:
            return named, self._named[id(obj)]
        return (method, (obj.__self__, obj.__name__)) if kind is MethodType else NotImplemented


_ONE_FOR_ALL = {Board: "board", Newsstand: "stand"}
