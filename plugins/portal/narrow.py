"""An edit of texts alone: what is made from them is made again, and nothing else is read, judged or planned.

After a whole build it is laid down what relates to each record, which of them stand side by side, and what else than
its own pages is made from a record's text; the record itself is in the memory of what was read. Pages are then made by
the same functions from a catalog that can be asked for single records; whoever asks it for more raises an error, and
the whole build is done instead. The same happens when anything but a text changed, when the text has other faults than
before, or when a rule or a front page looked at it.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from plugins.disclosure.catalog import Catalog, TooWide
from plugins.disclosure.memory import Memory, Unpickler
from plugins.disclosure.readers.around import Around
from plugins.disclosure.record import Record, Relation
from plugins.portal.files import work_path
from plugins.portal.plan import Later, Output
from plugins.portal.record_outputs import outputs_of
from plugins.portal.renderer import Renderer
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.records import Neighbours, neighbours_of

if TYPE_CHECKING:
    from plugins.portal.views.subscriptions import Newsstand

FORMAT = 3
HEAD = 16
STATE = ("kind", "id", "values", "text", "file", "line", "lines", "body_line")
"""What a record consists of."""

_OURS = ("plugins.portal.views.", "plugins.feeds.", "plugins.opendata.")
_MODULES = frozenset(
    f"plugins.portal.{name}" for name in ("data_outputs", "feed_outputs", "models", "narrow", "plan")
)
_PLAIN = frozenset([("functools", "partial"), ("builtins", "frozenset"), ("pathlib", "PosixPath")])


@dataclass(frozen=True, slots=True)
class Site:
    """What of a whole build is needed whatever was edited. `looked` are records whose texts it looked at itself.

    `sections` has the keys of the records in each in their order, `files` the files of records that are not called as
    their keys are, and `made_of` the addresses of what is made from a record's text beside its own pages.
    """

    world: bytes
    around: Around
    catalog: Mapping[str, Any]
    organs: tuple[str, ...]
    frame: Any
    prefix: str
    families: Mapping[str, bytes]
    looked: frozenset[str]
    keys: tuple[str, ...]
    sections: Mapping[str, Sequence[str]]
    files: Mapping[str, str]
    made_of: Mapping[str, Sequence[str]]
    asked: Mapping[str, frozenset[str] | None]


def usual_file(key: str) -> str:
    """What the file of a record is called in most cases."""
    return f"{key}.md"


def named(*name: str) -> Any:
    """What a pickle names; whoever reads it looks it up."""
    raise LookupError(name)


def method(holder: Any, name: str) -> Any:
    """A method of a view; of nothing else."""
    from plugins.portal.views.subscriptions import Newsstand  # which few edits need

    if type(holder) not in (Newsstand, Board) or name.startswith("__"):
        raise pickle.UnpicklingError(name)
    return getattr(holder, name)


class Narrow:
    """A site that was built, as far as single records can be looked up."""

    def __init__(self, file: BinaryIO, memory: Memory) -> None:
        self._file = file
        head = file.read(HEAD)
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
    def _there(self) -> frozenset[str]:
        return frozenset(self.site.keys)

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
        from plugins.portal.views.subscriptions import Newsstand

        return Newsstand(self.desk, self.board)

    def record(self, key: str) -> Record | None:
        """One record, with its text as it is now."""
        if key not in self._there:
            return None
        if key not in self._records:
            self._records[key] = self._laid(key) if key in self._index else self._remembered(key)
        return self._records[key]

    def _laid(self, key: str) -> Record:
        kind, id_, values, text, file, *places = self._load(key)
        read = self._memory.recall(file) if file.endswith(".md") else None
        text = read.records[0].text if read is not None and len(read.records) == 1 else text
        return Record(kind, id_, values, text, file, *places)

    def _remembered(self, key: str) -> Record:
        before = self._memory.before(self.site.files.get(key, usual_file(key)))
        if before is None or before[0].records[0].key != key:
            raise TooWide(key)
        return before[0].records[0]

    def outputs(self, records: Iterable[Record], renderer: Renderer, parts: frozenset[str]) -> list[Output]:
        """What is made from the texts of these records. Raises LookupError where that is not known."""
        found: dict[str, Output] = {}
        for record in records:
            own = outputs_of(self.desk, renderer, self.board, record, self._neighbours(record), parts)
            found |= {out.address: out for out in own}
            for address in self.site.made_of.get(record.key, ()):
                found[address] = self._output(address)
        return [*found.values()]

    def _neighbours(self, record: Record) -> Neighbours:
        keys = self.site.sections[self.catalog.section_id(record)]
        place = keys.index(record.key)
        some = [self.catalog.get(key) for key in keys[max(place - 1, 0) : place + 2]]
        return neighbours_of([one for one in some if one is not None])[record.key]

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
        file = path_of(output).open("rb")
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
    path_of(output).unlink(missing_ok=True)


def path_of(output: Path) -> Path:
    return work_path(output, "narrow")
