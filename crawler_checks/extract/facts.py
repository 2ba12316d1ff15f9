"""What stands on a page, in a stylesheet or in a file: values, as the site says them, without judgment."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct, field

from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.answer import Want
from crawler_checks.extract.barriers import NO_BARRIERS, Barriers
from crawler_checks.extract.file_type import ATTACHMENTS, MEDIA, FileType, suffix
from crawler_checks.extract.lines import length
from crawler_checks.extract.said import NOTHING_SAID, Person, Said

if TYPE_CHECKING:
    from crawler_checks.extract.annual_report import ReportFacts
    from crawler_checks.extract.script_tricks import ScriptTrick

FILES = ATTACHMENTS | MEDIA
LEAST_SAID = 50
"""Characters below which a page says next to nothing: that it is loading, or wants scripts."""
NO_LINES = array("Q")


class Role(StrEnum):
    """What a link is for."""

    __hash__ = str.__hash__  # asked for with every link

    LINK = "link"
    FRAME = "frame"
    REFRESH = "refresh"
    SCRIPTED = "scripted"  # where a script sends visitors; perhaps not all of them
    IMAGE = "image"
    STYLE = "style"
    SCRIPT = "script"
    MEDIA = "media"
    OTHER = "other"  # feeds, manifests, previews


PAGES = frozenset((Role.LINK, Role.FRAME, Role.REFRESH, Role.SCRIPTED))


class Link(Struct, frozen=True, gc=False):
    """One link of a page. `href` is as written; `hint` is its title, aria-label or image text.

    `scripted`: a script or a widget handles it, so that its fragment need not be an anchor.
    """

    role: Role
    href: str
    kind: Kind
    address: str
    fragment: str | None = None
    text: str = ""
    hint: str = ""
    hidden: bool = False
    scripted: bool = False

    @property
    def want(self) -> Want:
        """How much of what it leads to is worth asking for."""
        if self.role is Role.STYLE:
            return Want.STYLE
        return Want.PAGE if self.role in PAGES and suffix(self.address) not in FILES else Want.FILE

    def leads_to_one_of(self, suffixes: Container[str]) -> bool:
        """Whether it leads to a file with one of these suffixes, which are some of `FILES`."""
        return self.want is Want.FILE and suffix(self.address) in suffixes


class DateSource(StrEnum):
    """Where on a page a date was read, from the surest to the least sure."""

    META = "meta"
    LABEL = "label"
    CELL = "cell"
    ADDRESS = "address"
    SIGNATURE = "signature"


class Meaning(StrEnum):
    """What a date is of."""

    PUBLISHED = "published"  # 发布
    WRITTEN = "written"  # 成文


class Confidence(StrEnum):
    """How sure a date is."""

    CERTAIN = "certain"  # the page says what date it is
    LIKELY = "likely"  # it stands where such a date stands


class FoundDate(Struct, frozen=True, gc=False):
    """A date of a page or of an item in a list, with the words it was read from."""

    day: date
    meaning: Meaning
    source: DateSource
    confidence: Confidence
    text: str


class Item(Struct, frozen=True, gc=False):
    """An entry of a list: a link with a date beside it.

    `found` is None when what stands there looks like a date but names no certain day (04-23, 3天前).
    """

    link: Link
    found: FoundDate | None
    text: str

    @property
    def day(self) -> date | None:
        """The day of the entry."""
        return self.found.day if self.found else None


class Encoding(Struct, frozen=True, gc=False):
    """The charset a page is in, the one it declares (as written), and whether that is false."""

    charset: str = "utf-8"
    declared: str | None = None
    is_false: bool = False


class Concealed(Struct, frozen=True, gc=False):
    """A link to another host that visitors do not see; `trick` says how it is hidden (see `concealment.py`)."""

    link: Link
    trick: str


class Part(Struct, frozen=True, gc=False):
    """Links, anchors and lines of text of a part of a page. Pages that have the part in common share it.

    Each line is its checksum and length (see `lines.py`): enough to know which are the page's own and which it shares
    with others.
    """

    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    lines: array[int] = NO_LINES


class PageFacts(Struct, frozen=True, eq=False, gc=False):
    """What stands on one page.

    `parts` are its links, anchors and lines. `metas` has the names in small letters. `marks` are the footer marks found
    (None: not looked for). `empty_lists` and `entry_lists` are the marks (tag and class) of lists with nothing in them
    and of lists with dated entries. `controls` are the fields to fill in. `has_dates`: something on the page looks like
    a date, whatever of. `said` is what its text says. `cell_labels` are the labels in cells of tables and definitions,
    `empty_labels` those whose cell is empty. `guide` are the elements of a guide to disclosure, each with the lines that
    speak of it (None: it is no guide). `headers` have their names in small letters; `seconds` is how long it took.
    """

    address: str
    title: str = ""
    language: str | None = None
    encoding: Encoding = Encoding()
    metas: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    headings: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    images_without_text: tuple[str, ...] = ()
    empty_lists: frozenset[str] = frozenset()
    entry_lists: frozenset[str] = frozenset()
    controls: int = 0
    has_dates: bool = True
    marks: frozenset[str] | None = None
    has_scripts: bool = False
    writes_by_script: bool = False
    truncated: bool = False
    digest: int = 0
    status: int = 200
    said: Said = NOTHING_SAID
    cell_labels: frozenset[str] = frozenset()
    empty_labels: frozenset[str] = frozenset()
    barriers: Barriers = NO_BARRIERS
    concealed: tuple[Concealed, ...] = ()
    tricks: tuple[ScriptTrick, ...] = ()
    report: ReportFacts | None = None
    guide: Mapping[str, frozenset[int]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def is_shell(self) -> bool:
        """Whether it leads nowhere and says next to nothing until its scripts run: then they may write all that it lacks."""
        leads_on = any(link.role in (Role.LINK, Role.FRAME) for link in self.links)
        return self.has_scripts and not leads_on and sum(map(length, self.lines)) < LEAST_SAID

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links."""
        parts = self.parts
        return parts[0].links if len(parts) == 1 else tuple([link for part in parts for link in part.links])

    @property
    def anchors(self) -> frozenset[str]:
        """The places on it that links may lead to."""
        return frozenset([anchor for part in self.parts for anchor in part.anchors])

    @property
    def lines(self) -> Iterable[int]:
        """Its lines of text."""
        return [line for part in self.parts for line in part.lines]

    @property
    def leads_to(self) -> Iterable[tuple[Link, ...]]:
        """Its links, part by part."""
        return [part.links for part in self.parts]


class StyleFacts(Struct, frozen=True, gc=False):
    """What a stylesheet asks for."""

    address: str
    parts: tuple[Part, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links."""
        return tuple([link for part in self.parts for link in part.links])

    @property
    def leads_to(self) -> Iterable[tuple[Link, ...]]:
        """What it asks for."""
        return [part.links for part in self.parts]


class ListFacts(Struct, frozen=True, gc=False):
    """A further part of a list, as a program gives it to the scripts of a page. It is no page of its own."""

    address: str
    parts: tuple[Part, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links."""
        return tuple([link for part in self.parts for link in part.links])

    @property
    def leads_to(self) -> Iterable[tuple[Link, ...]]:
        """Its links, part by part."""
        return [part.links for part in self.parts]


class FileFacts(Struct, frozen=True, gc=False):
    """A file that is neither page nor stylesheet: its size in bytes (None: not known) and what it really is.

    `persons` are the numbers of persons in its text (None: its text was not read); `is_opened`: it was looked for
    (its text cannot be read where there is none all the same); `is_silent`: there is no text in it, as in a scan.
    """

    address: str
    type: FileType
    size: int | None
    persons: tuple[Person, ...] | None = None
    is_opened: bool = False
    is_silent: bool = False

    @property
    def leads_to(self) -> Iterable[tuple[Link, ...]]:
        """Nowhere."""
        return ()


def digest_of(body: bytes) -> int:
    """By what it is known that two addresses give the same."""
    return crc32(body) << 32 | len(body)


Facts = PageFacts | StyleFacts | ListFacts | FileFacts
