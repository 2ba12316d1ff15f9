"""An edit of texts alone: what is made from them is made again, and nothing else is read, judged or planned.

After a whole build each record is laid down with what relates to it and with the outputs made from its text, so that
it can be looked up alone. Pages are then made by the same functions from a catalog that can be asked for single
records; whoever asks it for more raises an error, and the whole build is done instead. The same happens when anything
but a text changed, when the text has other faults than before, or when a rule or a front page looked at it.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MethodType
from typing import Any, BinaryIO

import msgspec

from plugins.disclosure.catalog import Catalog, TooWide
from plugins.disclosure.kinds import Field
from plugins.disclosure.memory import Memory, Unpickler
from plugins.disclosure.readers.around import Around
from plugins.disclosure.record import Record, Relation
from plugins.disclosure.spread import spread
from plugins.portal.files import TEMPORARY, work_path
from plugins.portal.plan import Later, Output
from plugins.portal.settings import Settings
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.subscriptions import Newsstand

FORMAT = 2
CHUNK = 512
"""So many are packed at a time by one process."""

_HEAD = 16
_OURS = ("plugins.portal.views.", "plugins.feeds.", "plugins.opendata.")
_MODULES = frozenset(
    f"plugins.portal.{name}"
    for name in ("data_outputs", "feed_outputs", "models", "narrow", "outputs", "plan")
)
_PLAIN = frozenset([("functools", "partial"), ("builtins", "frozenset"), ("pathlib", "PosixPath")])


@dataclass(frozen=True, slots=True)
class Site:
    """What of a whole build is needed whatever was edited. `looked` are records whose texts it looked at itself."""

    world: bytes
    around: Around
    catalog: Mapping[str, Any]
    organs: tuple[str, ...]
    frame: Any
    prefix: str
    looked: frozenset[str]
    keys: tuple[str, ...]
    asked: Mapping[str, frozenset[str] | None]


def lay_down(world: bytes, site: Settings, around: Around | None) -> None:
    """Keep what a build knows, for later edits of texts."""
    if site.desk is None or site.renderer is None or around is None:
        return
    shelf = _Laid(_path(site.output))
    catalog = site.catalog
    rest = {name: getattr(catalog, name) for name in Catalog.APART}
    organs = tuple(record.key for record in catalog.of_kind("organ"))
    keys = tuple(record.key for record in catalog.records)
    shared = (site.renderer.frame, site.renderer.prefix, site.looked)
    kept = Site(world, around, rest, organs, *shared, keys, site.desk.asked)
    shelf.put("site", kept)
    shelf.name(site.desk)
    shelf.put("citable", dict(site.desk.citable))
    made_of: dict[str, list[str]] = {}
    outputs = []
    for out in site.written.plan:
        bodies = site.written.entries[out.address].bodies
        if bodies and isinstance(out.inputs, Later):
            outputs.append(out)
        for key in bodies:
            made_of.setdefault(key, []).append(out.address)
    things: list[Output | Record] = [*outputs, *catalog.records]

    def packed(start: int) -> list[tuple[str, bytes]]:
        return [
            (name, shelf.packed(value))
            for thing in things[start : start + CHUNK]
            for name, value in (
                _of_record(catalog, made_of, thing) if isinstance(thing, Record) else _of_output(thing)
            )
        ]

    for some in spread(packed, range(0, len(things), CHUNK), site.workers):
        for name, data in some:
            shelf.add(name, data)
    shelf.close()


def _of_output(out: Output) -> Iterator[tuple[str, Any]]:
    yield f"> {out.address}", (out.maker, out.inputs.call, out.inputs.arguments, out.basis)


def _of_record(
    catalog: Catalog, made_of: Mapping[str, list[str]], record: Record
) -> Iterator[tuple[str, Any]]:
    relations = catalog.sides(record)
    state = (record.kind, record.id, record.values, record.text, record.file, record.line, record.lines)
    yield record.key, (*state, record.body_line, made_of.get(record.key, []))
    if any(relations):  # apart from the record: they lead back to it
        yield f"= {record.key}", relations


class _Laid:
    """A file of pickles that can be read one by one; records, and what is one for all, are named in them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.with_name(f"{path.name}{TEMPORARY}").open("wb")
        self._file.write(bytes(_HEAD))
        self._index: dict[str, tuple[int, int]] = {}
        self._named: dict[int, tuple[str, ...]] = {}

    def name(self, desk: Desk) -> None:
        """From now on name what all pickles have in common."""
        self._named = {id(desk): ("desk",), id(desk.catalog): ("catalog",)}
        for kind in desk.catalog.kinds.values():
            self._named |= {id(field): (kind.id, field.key) for field in kind.fields}

    def put(self, name: str, value: Any) -> None:
        """Add one."""
        self.add(name, self.packed(value))

    def packed(self, value: Any) -> bytes:
        """One as it is laid down."""
        file = io.BytesIO()
        _Pickler(file, self._named).dump(value)
        return file.getvalue()

    def add(self, name: str, data: bytes) -> None:
        """Add one that is packed."""
        self._index[name] = (self._file.tell(), len(data))
        self._file.write(data)

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


def named(*name: str) -> Any:
    """What a pickle names; whoever reads it looks it up."""
    raise LookupError(name)


def method(holder: Any, name: str) -> Any:
    """A method of a view; of nothing else."""
    if type(holder) not in (Newsstand, Board) or name.startswith("__"):
        raise pickle.UnpicklingError(name)
    return getattr(holder, name)


class Narrow:
    """A site that was built, as far as single records can be looked up."""

    def __init__(self, file: BinaryIO, memory: Memory) -> None:
        self._file = file
        head = file.read(_HEAD)
        if int.from_bytes(head[:8], "big") != FORMAT:
            raise ValueError
        file.seek(int.from_bytes(head[8:], "big"))
        self._index = msgspec.msgpack.decode(file.read(), type=dict[str, tuple[int, int]])
        self._memory = memory
        self._records: dict[str, Record] = {}

    @cached_property
    def site(self) -> Site:
        """What is needed whatever was edited."""
        found: Site = self._load("site")
        return found

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog, for whoever looks records up."""
        organs = [organ for key in self.site.organs if (organ := self.record(key)) is not None]
        outgoing, incoming = (_Lookups(partial(self._side, place)) for place in (0, 1))
        every = _Records(self.site.keys, self.record)
        return Catalog.of_lookups(self.site.catalog, every, organs, _Lookups(self.record), outgoing, incoming)

    @cached_property
    def desk(self) -> Desk:
        """The desk of that catalog."""
        desk = Desk(self.catalog)
        desk.asked = self.site.asked
        desk.citable = _Mapping(partial(self._load, "citable"))
        return desk

    @cached_property
    def board(self) -> Board:
        """Time limits of single records."""
        return Board(self.desk)

    @cached_property
    def stand(self) -> Newsstand:
        """Feeds of single records."""
        return Newsstand(self.desk, self.board)

    def record(self, key: str) -> Record | None:
        """One record, with its text as it is now."""
        if key not in self._index:
            return None
        if key not in self._records:
            kind, id_, values, text, file, line, lines, body_line, *_ = self._load(key)
            read = self._memory.recall(file) if file.endswith(".md") else None
            text = read.records[0].text if read is not None and len(read.records) == 1 else text
            self._records[key] = Record(kind, id_, values, text, file, line, lines, body_line)
        return self._records[key]

    def outputs(self, keys: Iterable[str]) -> list[Output]:
        """What is made from the texts of these records. Raises LookupError where that is not known."""
        wanted = dict.fromkeys(address for key in keys for address in self._load(key)[-1])
        return [self._output(address) for address in wanted]

    def _output(self, address: str) -> Output:
        maker, call, arguments, basis = self._load(f"> {address}")
        return Output(address, maker, Later(call, arguments), basis=basis)

    def _side(self, place: int, key: str) -> Sequence[Relation] | None:
        return self._load(f"= {key}")[place] if f"= {key}" in self._index else None

    def _load(self, name: str) -> Any:
        start, length = self._index[name]
        self._file.seek(start)
        return _Unpickler(self._file.read(length), self).load()

    def named(self, *name: str) -> Any:
        """What a pickle names."""
        match name:
            case ("record", key):
                return self.record(key)
            case (kind, field):
                return self.site.catalog["kinds"][kind].field(field)
        return getattr(self, name[0])


class _Unpickler(Unpickler):
    """Takes values and functions of ours, and the names of what is looked up."""

    def __init__(self, data: bytes, narrow: Narrow) -> None:
        super().__init__(io.BytesIO(data))
        self._narrow = narrow

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, named.__name__):
            return self._narrow.named
        ours = module.startswith(_OURS) or module in _MODULES or (module, name) in _PLAIN
        if ours and "." not in name:
            return pickle.Unpickler.find_class(self, module, name)
        return super().find_class(module, name)


class _Lookups(Mapping[str, Any]):
    """Answers for single keys; has no end that one could go through."""

    def __init__(self, look: Any) -> None:
        self._look = look

    def __getitem__(self, key: str) -> Any:
        try:
            found = self._look(key)
        except LookupError as fault:  # not to be taken for nothing being there
            raise TooWide(key) from fault
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TooWide

    def __len__(self) -> int:
        raise TooWide


class _Records(Sequence[Record]):
    """All records in their order, each looked up when its turn comes."""

    def __init__(self, keys: Sequence[str], look: Any) -> None:
        self._keys = keys
        self._look = look

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._look(key) for key in self._keys[place]]
        return self._look(self._keys[place])


class _Mapping(dict[str, str]):
    """Names and addresses, read when the first is asked for."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read

    def __contains__(self, name: object) -> bool:
        if self._read is not None:
            self.update(self._read())
            self._read = None
        return super().__contains__(name)


@contextmanager
def opened(output: Path, memory: Memory, world: bytes) -> Iterator[Narrow | None]:
    """What the last whole build laid down, if it was of this world."""
    try:
        file = _path(output).open("rb")
    except OSError:
        yield None
        return
    with file:
        try:
            narrow = Narrow(file, memory)
            fits = narrow.site.world == world
        except (LookupError, msgspec.MsgspecError, pickle.UnpicklingError, EOFError, TypeError, ValueError):
            fits = False
        yield narrow if fits else None


def forget(output: Path) -> None:
    """Look nothing up any more, until the next whole build."""
    _path(output).unlink(missing_ok=True)


def _path(output: Path) -> Path:
    return work_path(output, "narrow")
