"""A whole site as it was found: its pages, each once, and what can only be said by looking at all of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TypeVar

from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.outcome import Arrived, Blocked, Outcome, Skipped, Unreached
from crawler_checks.crawl.walk import Snapshot, Trail, trail
from crawler_checks.extract.facts import Facts, FileFacts, Link, ListFacts, PageFacts, Part, Role, StyleFacts
from crawler_checks.extract.file_type import ATTACHMENTS, suffix
from crawler_checks.extract.lines import LONGEST, length, mark
from crawler_checks.extract.often import Often

INDEX = re.compile(r"(?:index|default)\.[a-z]{3,5}", re.IGNORECASE)
SMALL_SITE = 12
MOST_STUBS = 5
SHARE_OF_SMALL, SHARE_OF_LARGE = 0.67, 0.3
"""A line on more than this share of the pages belongs to the frame (menu, footer, side bar), not to the page."""


V = TypeVar("V")


@dataclass(eq=False)
class Site:
    """The pages of a snapshot by address, without the doubles: `/a/`, `/a/index.html` and `/a/?from=x` with
    the same bytes are one page, known by the shortest of its addresses."""

    snapshot: Snapshot[Facts]
    pages: Mapping[str, PageFacts] = field(init=False)
    styles: tuple[StyleFacts, ...] = field(init=False)
    _lists: Mapping[str, ListFacts] = field(init=False)
    _names: dict[str, str] = field(init=False)
    _trails: dict[str, Trail] = field(init=False, default_factory=dict)
    _marks: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        found = {
            address: facts
            for address, facts in self.snapshot.facts.items()
            if isinstance(facts, PageFacts) and address not in self.snapshot.probes
        }
        self._names = _same_pages(found)
        self.pages = {address: facts for address, facts in found.items() if self._names[address] == address}
        self.styles = tuple(facts for facts in self.snapshot.facts.values() if isinstance(facts, StyleFacts))
        self._lists = {
            address: facts for address, facts in self.snapshot.facts.items() if isinstance(facts, ListFacts)
        }

    @cached_property
    def _shared(self) -> frozenset[int]:
        """The lines that stand on so many pages that they belong to their frame."""
        return frozenset(self.often.lines(self._many))

    @cached_property
    def _shared_links(self) -> frozenset[str]:
        return frozenset(self.often.linked(Role.LINK, self._many))

    @cached_property
    def _shared_pictures(self) -> frozenset[str]:
        return frozenset(self.often.linked(Role.IMAGE, self._many))

    @cached_property
    def often(self) -> Often:
        """What stands on many of its pages."""
        return Often(tuple(self.pages.values()))

    def count(self) -> None:
        """Count what stands on many pages, which otherwise is done when it is first asked for."""
        _ = self._shared, self._shared_links, self._shared_pictures

    @property
    def _many(self) -> float:
        share = SHARE_OF_SMALL if len(self.pages) < SMALL_SITE else SHARE_OF_LARGE
        return max(3, share * len(self.pages))

    @cached_property
    def home(self) -> PageFacts | None:
        """The page the inspection began with, or the one that it sends visitors on to at once."""
        page = self.page_at(self.snapshot.start)
        for _ in range(MOST_STUBS):
            following = self._sent_on(page) if page else None
            if following is None:
                break
            page = following
        return page

    def _sent_on(self, page: PageFacts) -> PageFacts | None:
        """Where a page without links of its own sends its visitors by refresh or script."""
        if any(link.role in (Role.LINK, Role.FRAME) for link in page.links):
            return None
        targets = {link.address for link in page.links if link.role in (Role.REFRESH, Role.SCRIPTED)}
        pages = [
            found for address in sorted(targets) if (found := self.page_at(address)) and found is not page
        ]
        return pages[0] if len(pages) == 1 else None

    def trail(self, address: str) -> Trail:
        """Where an address leads in the end."""
        found = self._trails.get(address)
        if found is None:
            found = self._trails[address] = trail(self.snapshot.outcomes, address)
        return found

    def page_at(self, address: str) -> PageFacts | None:
        """The page that a visitor of `address` sees, redirects followed; None when it is none of this site's."""
        name = self._names.get(address) or self._names.get(self.trail(address).end)
        return self.pages.get(name) if name else None

    def probe_at(self, address: str) -> PageFacts | None:
        """The page that was given for an invented address."""
        facts = self.snapshot.facts.get(self.trail(address).end)
        return facts if isinstance(facts, PageFacts) else None

    def file_at(self, address: str) -> FileFacts | None:
        """The file that a visitor of `address` is given."""
        facts = self.snapshot.facts.get(self.trail(address).end)
        return facts if isinstance(facts, FileFacts) else None

    def name_of(self, address: str) -> str:
        """The address its page is known by; `address` itself when it is no page."""
        page = self.page_at(address)
        return page.address if page else address

    def outcome_of(self, address: str) -> Outcome | None:
        """What came of an address in the end; None when it was not for us to ask."""
        return self.trail(address).outcome

    def inside_links(self) -> Iterator[Link]:
        """Every link to an address of the target's host, once, however many places have it."""
        return (link for link in self.alike.values() if link.kind is Kind.INSIDE)

    def look_over_links(self) -> None:
        """Find out now what every question about links comes to ask."""
        _ = self._parts_with

    def links_where(
        self, is_meant: Callable[[Link], bool], kind: Kind = Kind.INSIDE
    ) -> Iterator[tuple[str, Link]]:
        """Every link of every page and stylesheet to an address of the target's host (or of another `kind`) that is
        meant, with the place it is on. `is_meant` is asked once for each of those that are alike, and not about those that
        lead straight to what is there, unless it is offered for download, or they mean a place on it."""
        meant = {key for key, link in self._in_question.items() if link.kind is kind and is_meant(link)}
        if not meant:
            return
        parts = {id(part): part for key in meant for part in self._parts_with[key]}
        links_of = {key: [link for link in part.links if id(link) in meant] for key, part in parts.items()}
        for place in self._places:
            for key in map(id, place.parts):
                if key in links_of:
                    shown_on = self._shown_on.get(place.address, place.address)
                    for link in links_of[key]:
                        yield shown_on, link

    @cached_property
    def _in_question(self) -> dict[int, Link]:
        """The links with which anything can be wrong, by their identity."""
        there = {
            address
            for address, facts in self.snapshot.facts.items()
            if not isinstance(facts, FileFacts) or suffix(address) not in ATTACHMENTS
        }
        return {
            key: link
            for key, link in self.alike.items()
            if link.address not in there or link.fragment is not None
        }

    @cached_property
    def _parts_with(self) -> dict[int, list[Part]]:
        """The parts that each link in question stands in, by its identity."""
        in_question = set(self._in_question)
        found: defaultdict[int, list[Part]] = defaultdict(list)
        for part in self._parts.values():
            for key in in_question.intersection(map(id, part.links)):
                found[key].append(part)
        return found

    @cached_property
    def _in_common(self) -> frozenset[int]:
        """The parts that several places have, by their identity."""
        often = Counter([key for place in self._places for key in map(id, place.parts)])
        return frozenset([key for key, count in often.items() if count > 1])

    @cached_property
    def _places(self) -> tuple[PageFacts | StyleFacts | ListFacts, ...]:
        return (*self.pages.values(), *self.styles, *self._lists.values())

    @cached_property
    def _shown_on(self) -> Mapping[str, str]:
        """The page that shows each further part of a list."""
        found: dict[str, str] = {}
        for page in self.pages.values() if self._lists else ():
            for one in self.lists_of(page):
                found.setdefault(one.address, page.address)
        return found

    @cached_property
    def alike(self) -> dict[int, Link]:
        """Every link of every place once, by its identity: pages share those that are alike."""
        return _by_identity(part.links for part in self._parts.values())

    @cached_property
    def _parts(self) -> dict[int, Part]:
        """Every part of every place once, by its identity: pages share those that they have in common."""
        return _by_identity(place.parts for place in self._places)

    def is_own(self, link: Link) -> bool:
        """Whether the link is the page's own, and not one that so many pages have that it belongs to their frame."""
        return link.address not in self._shared_links

    def has_one_of(self, page: PageFacts, lines: Iterable[str]) -> bool:
        """Whether one of these is a line of text on the page."""
        return not set(map(mark, lines)).isdisjoint(page.lines)

    def is_own_line(self, line: str) -> bool:
        """Whether so few pages have this line that it does not belong to their frame."""
        return mark(line) not in self._shared

    def own_marks(self, marks: Iterable[int]) -> bool:
        """Whether one of these lines does not belong to the frame of many pages."""
        return any(one not in self._shared for one in marks)

    def own_links(self, page: PageFacts | ListFacts) -> list[Link]:
        """The links with a text that the page does not share with most others."""
        return [link for part in page.parts for link in self._own_links(part)]

    def own_pictures(self, page: PageFacts) -> list[str]:
        """The pictures that the page does not share with most others."""
        return list(
            dict.fromkeys(
                address
                for part in page.parts
                for address in self._pictures(part)
                if address not in self._shared_pictures
            )
        )

    def has_own_text(self, page: PageFacts, least: int) -> bool:
        """Whether at least so many characters are the page's own. A line that is longer than any link, title or heading
        is none of them."""
        longest = max(least, self._longest_name, len(page.title), *map(len, page.headings))
        return (
            max(map(self._longest_line, page.parts), default=0) > longest
            or self.own_characters(page) >= least
        )

    def own_characters(self, page: PageFacts) -> int:
        """How much text is the page's own and not the text of a link, its title or its headings."""
        own: set[int] = set()
        own = own.union(*map(self._own_lines, page.parts))
        if own:
            own.difference_update(*map(self._marks_of_links, page.parts))
            own.difference_update(map(mark, (page.title, *page.headings)))
        return sum(map(length, own))

    @cached_property
    def _own_links(self) -> Callable[[Part], Sequence[Link]]:
        return self._once_a_part(
            lambda part: [
                link for link in part.links if link.role is Role.LINK and link.text and self.is_own(link)
            ]
        )

    @cached_property
    def _own_lines(self) -> Callable[[Part], frozenset[int]]:
        return self._once_a_part(lambda part: frozenset(part.lines) - self._shared)

    @cached_property
    def _longest_line(self) -> Callable[[Part], int]:
        """The length of the longest line that does not belong to the frame."""
        return self._once_a_part(
            lambda part: max([line & LONGEST for line in part.lines if line not in self._shared], default=0)
        )

    @cached_property
    def _marks_of_links(self) -> Callable[[Part], frozenset[int]]:
        return self._once_a_part(lambda part: frozenset(map(self._mark_of_text, part.links)))

    @cached_property
    def _pictures(self) -> Callable[[Part], frozenset[str]]:
        return self._once_a_part(
            lambda part: frozenset(
                [link.address for link in part.links if link.role is Role.IMAGE and link.address]
            )
        )

    def _once_a_part(self, tell: Callable[[Part], V]) -> Callable[[Part], V]:
        """The same, which works it out once for a part that several pages have in common."""
        known: dict[int, V] = {}

        def told(part: Part) -> V:
            found = known.get(id(part))
            if found is None:
                found = tell(part)
                if id(part) in self._in_common:
                    known[id(part)] = found
            return found

        return told

    @cached_property
    def _longest_name(self) -> int:
        return max((len(link.text) for link in self.alike.values()), default=0)

    def _mark_of_text(self, link: Link) -> int:
        found = self._marks.get(id(link))
        if found is None:
            found = self._marks[id(link)] = mark(link.text)
        return found

    def arrived(self, address: str) -> bool:
        """Whether the address itself, or where it leads, is there."""
        return isinstance(self.outcome_of(address), Arrived)

    def is_answered(self, address: str) -> bool:
        """Whether the server said what is there: a page, a file, or that there is none."""
        return not isinstance(self.outcome_of(address), Blocked | Unreached | Skipped)

    def lists_of(self, page: PageFacts) -> list[ListFacts]:
        """The further parts of the lists on this page, which its scripts ask for."""
        found: dict[str, ListFacts] = {}
        waiting: list[PageFacts | ListFacts] = [page] if self._lists else []
        while waiting:
            for link in waiting.pop().links:
                further = self._lists.get(link.address) if link.role is Role.SCRIPTED else None
                if further is not None and further.address not in found:
                    found[further.address] = further
                    waiting.append(further)
        return list(found.values())

    def frames_of(self, page: PageFacts) -> list[PageFacts]:
        """The pages shown inside this one."""
        inside = (self.page_at(link.address) for link in page.links if link.role is Role.FRAME)
        return [frame for frame in inside if frame is not None and frame is not page]


def _by_identity(groups: Iterable[Iterable[V]]) -> dict[int, V]:
    values = list(chain.from_iterable(groups))
    return dict(zip(map(id, values), values, strict=True))


def _same_pages(pages: Mapping[str, PageFacts]) -> dict[str, str]:
    """The name of each address: the simplest of those that gave the same bytes for the same path."""
    groups: dict[tuple[str, int], list[str]] = {}
    often = Counter([facts.digest for facts in pages.values()])
    names = {address: address for address, facts in pages.items() if often[facts.digest] == 1}
    for address, facts in pages.items():
        if address in names:
            continue
        folder, _, name = address.partition("?")[0].rpartition("/")
        path = f"{folder}/" if INDEX.fullmatch(name) else f"{folder}/{name}"
        groups.setdefault((path, facts.digest), []).append(address)
    for group in groups.values():
        name = min(group, key=lambda one: ("?" in one, len(one), one))
        names.update(dict.fromkeys(group, name))
    return names
