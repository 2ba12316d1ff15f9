"""Which page is which section of the profile, and what is in it.

Zero configuration: a section is found by its name or an alias of it, as the text of a link (or its hover text
or image text), and best where the page calls itself so. The home page's own links come before all others,
for the same name may lead to an organ's section elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain, pairwise

from crawler_checks.crawl.address import Joiner, Kind
from crawler_checks.crawl.outcome import Arrived, Barrier, Blocked, Gone, Moved, Skipped, Unreached
from crawler_checks.extract.facts import DateSource, Item, Link, ListFacts, Meaning, PageFacts, Role
from crawler_checks.extract.file_type import ATTACHMENTS, suffix
from crawler_checks.extract.names import plain_name, title_parts
from crawler_checks.extract.site import INDEX, Site
from plugins.disclosure.profile import Profile, Section

PAGER = re.compile(
    r"\[?\d{1,4}\]?|第?\s*\d+\s*页|[上下前后]一?页|尾页|末页|首页|最后一?页|next|prev|[<>»«›‹]{1,2}|较[早新]的?|更早.{0,6}",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"_\d{1,5}\.[a-z]+", re.IGNORECASE)
"""The end of the address of a list's further page."""
NUMBER = re.compile(r"\d{1,4}")
FEW_ITEMS = 5
"""Dated links from which on a page is rather a list than an article with files and neighbours."""
RELATIVE = re.compile("[今昨前刚]")
"""A date that is told from today."""
LEAST_LINKS = 5
"""A start page with fewer links and with scripts has probably not shown its menu."""
NAMING = (Role.LINK, Role.SCRIPTED)
"""The text of these may name a section; a script's has one where it is a menu."""
LEAST_PART = 4
"""A name at least this long counts when it is only a part of a link's text."""


NAME, ALIAS, IN_PART = 0, 1, 2
LEAST_SHARING = 5
"""So many sections must have a link before it is taken for no section's own."""
BY_NOTE = "站点说明"
"""The proof of a section whose place was told us."""


class State(StrEnum):
    """How a section was found."""

    FOUND = "found"
    ALIAS = "alias"  # under another name that is known for it
    AMBIGUOUS = "ambiguous"  # several pages have equal claim
    HIDDEN = "hidden"  # only by links that visitors do not see
    ELSEWHERE = "elsewhere"  # it leads to another site
    MISSING = "missing"
    UNVERIFIABLE = "unverifiable"  # it may be there: unseen, or only half named


class Doubt(StrEnum):
    """Why it cannot be told whether a section is there."""

    SIMILAR = "similar"  # only a link that has its name as a part
    ENTRY_UNSEEN = "entry_unseen"  # its entry was found, the page behind it was not seen
    NOT_WHOLE = "not_whole"  # parts of the site were not seen
    SCRIPTED_MENU = "scripted_menu"
    IN_SCRIPT = "in_script"  # its name stands in a script of the start page
    NAMED_ONLY = "named_only"  # its name stands on the start page, with no link


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of information in a section. `is_vague`: its date names no certain day.

    `is_known`: its page was read, or it is a file, so that no date means there is none.
    """

    address: str
    title: str
    day: date | None
    is_vague: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class FoundSection:
    """A section of the profile on this site. `proof` are the words that led to it; `doubt` is there when it is
    unverifiable; `days_beside` are those of entries in boxes that most columns have, which may be news of this one too."""

    section: Section
    state: State
    address: str | None = None
    proof: str = ""
    pages: tuple[PageFacts, ...] = ()
    entries: tuple[Entry, ...] = ()
    doubt: Doubt | None = None
    days_beside: tuple[date, ...] = ()

    @property
    def page(self) -> PageFacts | None:
        """Its first page."""
        return self.pages[0] if self.pages else None

    def newest(self, today: date) -> date | None:
        """The day of its newest entry, or of its page when it is a single one; what is dated after `today` is
        no news yet."""
        days = (
            [entry.day for entry in self.entries] if self.entries else [page_day(page) for page in self.pages]
        )
        return max((day for day in days if day and day <= today), default=None)


def find_sections(
    profile: Profile, site: Site, noted: Mapping[str, str] | None = None
) -> dict[str, FoundSection]:
    """Every section of the profile, by id, in the profile's order.

    `noted` says by id where a section is: an address from the root of the host, or a whole one of another site. It
    stands above all that was found.
    """
    candidates = _candidates(profile, site)
    for id_, address in (noted or {}).items():
        candidates[id_] = [_noted(address, site)]
    places = {section.id: _find(section, candidates[section.id], site) for section in profile.sections}
    frame = frame_of_columns((one.pages[0] for one in places.values() if one.pages), site)
    found = {
        id_: replace(
            one,
            entries=read_entries(one.pages, site, frame),
            days_beside=days_beside(one.pages, site, frame),
        )
        for id_, one in places.items()
    }
    menu = {(one.address, one.proof) for one in found.values()}
    found = {id_: _without_menu(one, menu) for id_, one in found.items()}
    return {id_: _with_children(one, profile, found) for id_, one in found.items()}


def page_day(page: PageFacts) -> date | None:
    """The day a page was published, or failing that written, as far as it says."""
    return next(_days(page), None)


def _days(page: PageFacts) -> Iterator[date]:
    """The days that a page gives, those of its publication first."""
    by_worth = sorted(
        page.dates, key=lambda one: (one.source is DateSource.SIGNATURE, one.meaning is Meaning.WRITTEN)
    )
    return (one.day for one in by_worth)


def is_article(page: PageFacts) -> bool:
    """Whether a page says of itself that it is a single piece of information."""
    say = page.metas.get
    return bool(say("articletitle") or say("pubdate") or say("contentsource"))


@dataclass(slots=True)
class _Candidate:
    """A page that may be a section, with what speaks for it."""

    address: str
    proof: str
    rank: int  # NAME, ALIAS, or IN_PART: only a part of a link's text
    names_itself: bool = False
    from_home: bool = False
    visible: bool = False
    inside: bool = True
    links: int = 0

    @property
    def worth(self) -> tuple[int, bool, bool]:
        return (self.rank, not self.names_itself, not self.from_home)

    @property
    def order(self) -> tuple[tuple[int, bool, bool], int, int, str]:
        return (self.worth, -self.links, len(self.address), self.address)


def _candidates(profile: Profile, site: Site) -> dict[str, list[_Candidate]]:
    names = _names(profile)
    found: dict[str, dict[str, _Candidate]] = {section.id: {} for section in profile.sections}
    home = _home_addresses(site)
    claims = _Claims(names)
    of_link = {key: claimed for key, link in site.alike.items() if (claimed := claims.of(link))}
    noted: dict[int, list[_Candidate]] = {}
    for page in site.pages.values():
        for part in page.parts:
            if id(part) not in noted:
                noted[id(part)] = [
                    _note(found[id_], site.alike[key], rank, proof, site)
                    for key in filter(of_link.__contains__, map(id, part.links))
                    for id_, rank, proof in of_link[key]
                ]
            for candidate in noted[id(part)]:
                candidate.links += 1
                candidate.from_home = candidate.from_home or page.address in home
        for id_, rank in _own_names(page, names):
            _note_page(found[id_], page, rank)
    return {id_: sorted(each.values(), key=lambda one: one.order) for id_, each in found.items()}


def _noted(address: str, site: Site) -> _Candidate:
    reference = Joiner(site.snapshot.scope).join(site.snapshot.start, address)
    inside = reference.kind is Kind.INSIDE
    name = site.name_of(reference.address) if inside else reference.address
    return _Candidate(name, BY_NOTE, NAME, names_itself=True, from_home=True, visible=True, inside=inside)


def _names(profile: Profile) -> dict[str, list[tuple[str, int]]]:
    """Plain name -> the sections it may mean, each as NAME or ALIAS."""
    names: dict[str, list[tuple[str, int]]] = {}
    for section in profile.sections:
        names.setdefault(plain_name(section.label), []).append((section.id, NAME))
        for alias in section.aliases:
            names.setdefault(plain_name(alias), []).append((section.id, ALIAS))
    return names


class _Claims:
    """Which sections the words of a link name. The same words stand on many links."""

    def __init__(self, names: Mapping[str, list[tuple[str, int]]]) -> None:
        self._names = names
        self._parts = {
            name: ids
            for name, meant in names.items()
            if len(name) >= LEAST_PART and (ids := [id_ for id_, rank in meant if rank == NAME])
        }
        self._any_part = re.compile("|".join(map(re.escape, self._parts)) or r"(?!)")
        self._known: dict[tuple[str, str], list[tuple[str, int, str]]] = {}

    def of(self, link: Link) -> list[tuple[str, int, str]]:
        """Each section, how well it is named, and the words that do."""
        if link.role not in NAMING or link.kind not in (Kind.INSIDE, Kind.OUTSIDE):
            return []
        words = (link.text, link.hint)
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = self._read(words)
        return found

    def _read(self, words: tuple[str, str]) -> list[tuple[str, int, str]]:
        plains = {text: plain_name(text) for text in words}
        for text, plain in plains.items():
            if plain in self._names:
                return [(id_, rank, text) for id_, rank in self._names[plain]]
        plain = plains[words[0]]
        if not self._any_part.search(plain):
            return []
        return [(id_, IN_PART, words[0]) for name, ids in self._parts.items() if name in plain for id_ in ids]


def _own_names(page: PageFacts, names: Mapping[str, list[tuple[str, int]]]) -> Iterator[tuple[str, int]]:
    if is_article(page):
        return
    texts = [page.metas.get("columnname", ""), *page.headings[:2], *title_parts(page.title)[:1]]
    for plain in dict.fromkeys(map(plain_name, texts)):
        yield from names.get(plain, ())


def _note(found: dict[str, _Candidate], link: Link, rank: int, proof: str, site: Site) -> _Candidate:
    inside = link.kind is Kind.INSIDE and site.trail(link.address).outcome is not None
    address = site.name_of(link.address) if inside else link.address
    candidate = found.get(address)
    if candidate is None:
        candidate = found[address] = _Candidate(address, proof, rank, inside=inside)
    if rank < candidate.rank:
        candidate.rank, candidate.proof = rank, proof
    candidate.visible = candidate.visible or not link.hidden
    return candidate


def _note_page(found: dict[str, _Candidate], page: PageFacts, rank: int) -> None:
    candidate = found.get(page.address)
    if candidate is None:
        candidate = found[page.address] = _Candidate(page.address, page.title, rank)
        candidate.visible = True
    candidate.rank = min(candidate.rank, rank)
    candidate.names_itself = True


def _home_addresses(site: Site) -> set[str]:
    home = site.home
    return {home.address, *(frame.address for frame in site.frames_of(home))} if home else set()


def _find(section: Section, candidates: list[_Candidate], site: Site) -> FoundSection:
    inside = [one for one in candidates if one.inside and site.page_at(one.address)]
    if not inside:
        return _not_inside(section, candidates, site)
    best, *others = inside
    if best.rank == IN_PART:
        return FoundSection(section, State.UNVERIFIABLE, best.address, best.proof, doubt=Doubt.SIMILAR)
    rivals = [
        one for one in others if one.worth == best.worth and (one.links == best.links or best.from_home)
    ]
    pages: list[PageFacts] = []
    for one in (best, *rivals):
        page = site.page_at(one.address)
        pages += _continued(page, site) if page else []
    if not best.visible:
        state = State.HIDDEN
    elif rivals:
        state = State.AMBIGUOUS
    else:
        state = State.FOUND if best.rank == NAME else State.ALIAS
    unique = tuple({page.address: page for page in pages}.values())
    return FoundSection(section, state, best.address, best.proof, unique)


def _not_inside(section: Section, candidates: list[_Candidate], site: Site) -> FoundSection:
    for one in candidates:
        outcome = site.outcome_of(one.address) if one.inside else None
        if one.proof == BY_NOTE and one.inside and outcome is None:
            return FoundSection(section, State.UNVERIFIABLE, one.address, one.proof, doubt=Doubt.ENTRY_UNSEEN)
        if not one.inside or outcome is None or isinstance(outcome, Moved):
            return FoundSection(section, State.ELSEWHERE, one.address, one.proof)
        if isinstance(outcome, Blocked | Unreached | Skipped | Arrived):
            why = Doubt.SIMILAR if one.rank == IN_PART else Doubt.ENTRY_UNSEEN
            return FoundSection(section, State.UNVERIFIABLE, one.address, one.proof, doubt=why)
    broken = next((one for one in candidates if isinstance(site.outcome_of(one.address), Gone)), None)
    if broken:
        return FoundSection(section, State.MISSING, broken.address, broken.proof)
    doubt = _doubt(section, site)
    return FoundSection(section, State.UNVERIFIABLE if doubt else State.MISSING, doubt=doubt)


def _doubt(section: Section, site: Site) -> Doubt | None:
    """Why the section may be there though no link to it was read."""
    home = site.home
    if home is None or site.snapshot.cut_short:
        return Doubt.NOT_WHOLE
    if home.has_scripts and _has_few_links(home):
        return Doubt.SCRIPTED_MENU
    if any(frame.writes_by_script and _has_few_links(frame) for frame in site.frames_of(home)):
        return Doubt.SCRIPTED_MENU
    if site.has_one_of(home, (section.label, *section.aliases)):
        return Doubt.NAMED_ONLY
    if any(name in site.snapshot.later.script_words for name in (section.label, *section.aliases)):
        return Doubt.IN_SCRIPT
    hidden = any(_hides(site, link) for link in home.links if link.role in (Role.LINK, Role.FRAME))
    return Doubt.NOT_WHOLE if hidden else None


def _has_few_links(page: PageFacts) -> bool:
    named = (
        link for link in page.links if link.role is Role.LINK or (link.role is Role.SCRIPTED and link.text)
    )
    return sum(1 for _ in named) < LEAST_LINKS


def _hides(site: Site, link: Link) -> bool:
    match site.outcome_of(link.address) if link.kind is Kind.INSIDE else None:
        case Unreached() | Skipped():
            return True
        case Blocked(barrier=barrier):
            return barrier is not Barrier.LOGIN
    return False


def leads_on(link: Link) -> bool:
    """Whether a link leads to a further page of the list it stands on."""
    if link.kind is not Kind.INSIDE:
        return False
    if link.role is Role.SCRIPTED:
        return NUMBERED.fullmatch(link.address, link.address.rfind("_")) is not None
    return link.role is Role.LINK and PAGER.fullmatch(link.text) is not None


def _continued(first: PageFacts, site: Site) -> list[PageFacts]:
    """A list page with the pages that its pager leads to."""
    stem = re.sub(r"(?:index|default)?\.[a-z]+$", "", first.address.partition("?")[0], flags=re.IGNORECASE)
    found = {first.address: first}
    waiting = [first]
    while waiting:
        page = waiting.pop()
        for link in filter(leads_on, page.links):
            following = site.page_at(link.address)
            if following and following.address.startswith(stem) and following.address not in found:
                found[following.address] = following
                waiting.append(following)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class ColumnFrame:
    """What more than half of the columns of a site have around their lists: the addresses in their menus, and those in
    boxes (of what is newest anywhere), with the times that these are met on a page whose list has them not."""

    menu: frozenset[str] = frozenset()
    boxes: Mapping[str, int] = field(default_factory=dict)

    def around(self, page: PageFacts | ListFacts) -> frozenset[str]:
        """The addresses that are no entries of this page: but for columns below it, those of the menu and of boxes."""
        below = _folder_below(page.address)
        others = {address for address in self.menu if below is None or not address.startswith(below)}
        return self.beside(page).union(others)

    def beside(self, page: PageFacts | ListFacts) -> frozenset[str]:
        """The addresses that this page has in boxes alone."""
        if not self.boxes:
            return frozenset()
        times = _times_of_links(page)
        return frozenset(
            address for address, usual in self.boxes.items() if 0 < times.get(address, 0) <= usual
        )


def frame_of_columns(pages: Iterable[PageFacts], site: Site) -> ColumnFrame:
    """What is around the lists of these pages, each of another column; articles need not have it."""
    by_address = {page.address: page for page in pages}
    if len(by_address) < LEAST_SHARING:
        return ColumnFrame()
    times_of = [_times_of_links(page) for page in by_address.values()]
    counts = Counter(chain.from_iterable(times_of))
    frame = {
        address for address, count in counts.items() if count >= LEAST_SHARING and 2 * count > len(times_of)
    }
    menu = {address for address in frame if _has_most_of(frame, site.page_at(address))}
    boxes = {
        address: min(times[address] for times in times_of if address in times) for address in frame - menu
    }
    return ColumnFrame(frozenset(menu), boxes)


def _folder_below(address: str) -> str | None:
    """Where the columns below a page lie by their addresses, if it is not the whole site: `/a/`, `/a/index.html` and
    `/a.html` have them below `/a/`."""
    folder, _, name = address.rpartition("/")
    own = "" if not name or INDEX.fullmatch(name) else f"{name.partition('.')[0]}/"
    below = f"{folder}/{own}"
    return None if "?" in address or below == "/" else below


def _times_of_links(page: PageFacts | ListFacts) -> Counter[str]:
    return Counter([link.address for link in page.links if link.role is Role.LINK])


def _has_most_of(frame: set[str], page: PageFacts | None) -> bool:
    """Whether a page is one of those that have this around their lists."""
    return page is not None and 2 * len(frame.intersection(link.address for link in page.links)) > len(frame)


def read_entries(pages: Sequence[PageFacts], site: Site, frame: ColumnFrame) -> tuple[Entry, ...]:
    """What the pages of a section list: links with dates, and other links of their own."""
    found: dict[str, Entry] = {}
    shown = _shown(pages, site)
    not_its_own = [frame.around(one) for one in shown]
    own = {one.address for one in shown}
    for one, around in zip(shown, not_its_own, strict=True):
        for item in one.items:
            address = site.name_of(item.link.address)
            is_own = site.is_own(item.link) and item.link.address not in around
            if address not in own and is_own and (address not in found or item.day):
                day = day_of(item, site)
                found[address] = Entry(address, item.link.text, day, is_vague=day is None)
    for one, around in zip(shown, not_its_own, strict=True):
        for link in site.own_links(one):
            entry = _undated(link, site) if link.address not in around else None
            if entry and entry.address not in found and entry.address not in own:
                found[entry.address] = entry
    return tuple(found.values())


def days_beside(pages: Sequence[PageFacts], site: Site, frame: ColumnFrame) -> tuple[date, ...]:
    """The days of entries in boxes that most columns have."""
    items = (item for one in _shown(pages, site) for item in _in_boxes(one, frame))
    return tuple(day for item in items if (day := day_of(item, site)) is not None)


def _in_boxes(page: PageFacts | ListFacts, frame: ColumnFrame) -> Iterator[Item]:
    beside = frame.beside(page)
    return (item for item in page.items if item.link.address in beside)


def _shown(pages: Iterable[PageFacts], site: Site) -> list[PageFacts | ListFacts]:
    """The pages with what they show inside themselves."""
    shown: list[PageFacts | ListFacts] = []
    for page in chain.from_iterable((page, *site.frames_of(page)) for page in pages):
        shown += (page, *site.lists_of(page))
    return shown


def day_of(item: Item, site: Site) -> date | None:
    """The day of an entry; where its list leaves out the year (11-20), the day of that month that its article gives."""
    if item.day is not None or RELATIVE.search(item.text):
        return item.day
    page = site.page_at(item.link.address) if item.link.kind is Kind.INSIDE else None
    if page is None or (len(page.items) > FEW_ITEMS and not is_article(page)):
        return None
    meant = set(pairwise(map(int, NUMBER.findall(item.text))))
    return next((day for day in _days(page) if (day.month, day.day) in meant), None)


def _undated(link: Link, site: Site) -> Entry | None:
    """The entry that a link without a date beside it makes; its own page may know the day."""
    if PAGER.fullmatch(link.text) or link.kind not in (Kind.INSIDE, Kind.OUTSIDE) or link.fragment == "":
        return None
    page = site.page_at(link.address) if link.kind is Kind.INSIDE else None
    if page is None:
        is_file = suffix(link.address) in ATTACHMENTS
        return Entry(link.address, link.text, None, is_known=is_file)
    if page is site.home:
        return None
    day = page_day(page) or max((item.day for item in page.items if item.day), default=None)
    vague = day is None and any(item.found is None for item in page.items)
    return Entry(page.address, link.text, day, is_vague=vague)


def _without_menu(one: FoundSection, menu: set[tuple[str | None, str]]) -> FoundSection:
    """A section without those links that lead to other sections by their names: a menu, on a small site."""
    kept = tuple(entry for entry in one.entries if entry.day or (entry.address, entry.title) not in menu)
    return replace(one, entries=kept)


def _with_children(one: FoundSection, profile: Profile, found: Mapping[str, FoundSection]) -> FoundSection:
    """A section with the entries of the sections below it."""
    children = [found[child.id] for child in profile.children(one.section.id)]
    if not children or not one.pages:
        return one
    entries = {entry.address: entry for each in (*children, one) for entry in each.entries}
    return replace(one, entries=tuple(entries.values()))
