"""What is seen of a site on later looks, when the walk has ended: how slow, by whom, in a browser, on other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler_checks.crawl.answer import Guise


@dataclass(frozen=True, slots=True)
class Face:
    """What an address shows at one look, to whoever asked in this guise (None: as ourselves): its title, the words in
    its title and description that planted pages have, and the address on another host to which it sends on.

    `is_seen` is False where nothing was shown: then nothing can be said.
    """

    guise: Guise | None = None
    is_seen: bool = True
    title: str = ""
    words: frozenset[str] = frozenset()
    sent_to: str = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """A rule of access that a page breaks, as a browser sees it: its id, what it asks (in English), the first element
    by its selector and its source, and how many elements there are."""

    rule: str
    asks: str
    selector: str
    source: str
    count: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What a browser says of one page, which stands for `alike` pages of one template: rules it surely breaks, and
    rules of which only a person can tell."""

    broken: tuple[Barred, ...] = ()
    doubtful: tuple[Barred, ...] = ()
    alike: int = 1


@dataclass(slots=True)
class Later:
    """By address: how many seconds slow pages took the other times, what pages show to whom, what a browser says of
    them; what the start pages of other hosts show; the files that did not arrive whole; and
    of how many pages faces were compared. `script_words` are the Chinese words in scripts of the start page, line by line."""

    seconds: dict[str, tuple[float, ...]] = field(default_factory=dict)
    faces: dict[str, tuple[Face, ...]] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    outside: dict[str, Face] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    compared: int = 0
    script_words: str = ""
