"""What is looked at again when the walk has ended: slow pages, pages as others see them, attachments, pages in a browser.

All of it is asked of the same source, at the same pace and within small bounds; what was not seen says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from msgspec import structs

from crawler_checks.crawl.address import Kind
from crawler_checks.crawl.answer import Answer, Guise, Request, Response, Source, Want, fetch_one
from crawler_checks.crawl.later import Face
from crawler_checks.crawl.limits import Limits, Manners
from crawler_checks.crawl.loading import FOLDER_ORIGIN
from crawler_checks.crawl.outcome import Reason
from crawler_checks.crawl.walk import Load, Snapshot
from crawler_checks.extract.audit import audit_of
from crawler_checks.extract.decode import decode
from crawler_checks.extract.face import face_of
from crawler_checks.extract.facts import Facts, FileFacts, PageFacts, Role
from crawler_checks.extract.file_type import suffix
from crawler_checks.extract.memory import Memory
from crawler_checks.extract.menus_in_scripts import chinese_words
from crawler_checks.extract.page_text import TextReader
from crawler_checks.extract.site import Site
from crawler_checks.extract.templates import Shape, shape_of, templates_of
from plugins.disclosure.file_text import READ, file_lines
from plugins.disclosure.page_marks import load_page_marks

LookAt = Callable[[str, Load], bytes | None]
"""Judges the page at a full address in a browser, see `extract/audit.py`; None when it does not open."""
TextAt = Callable[[str], str | None]
LIBRARY = re.compile(
    r"jquery|swiper|bootstrap|vue|react|layui|layer|echarts|laydate|superslide|polyfill|require|axios|lodash|moment",
    re.IGNORECASE,
)
"""Scripts that many sites load and that hold no menu of theirs, by their addresses."""
MOSTLY = 0.3
"""What this share of the pages links to stands in their frame."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A site that was walked, and what it can be asked by. A page is slow after `page_seconds`, or the usual ones."""

    site: Site
    source: Source
    limits: Limits
    manners: Manners
    memory: Memory | None = None
    page_seconds: float | None = None

    @property
    def snapshot(self) -> Snapshot[Facts]:
        """What was walked; what is seen later is noted in it."""
        return self.site.snapshot

    def over_the_site(self) -> None:
        """All later looks that need no browser. A host that stopped answering is left alone."""
        if Reason.GIVEN_UP in self.snapshot.cut_short:
            return
        self._at_slow_pages()
        self.at_attachments()
        self._at_scripts()
        if self.snapshot.scope.origin:
            self._as_others()

    def in_a_browser(self, look_at: LookAt, load: Load, text_at: TextAt) -> None:
        """One page of each template, as the browser sees it."""
        origin = self.snapshot.scope.origin or FOLDER_ORIGIN
        for template in templates_of(self._shapes(text_at), self.limits.audited_pages):
            said = look_at(origin + template.example, load)
            audit = audit_of(said) if said is not None else None
            if audit is not None:
                self.snapshot.later.audits[template.example] = replace(audit, alike=len(template.pages))

    def _pages(self) -> Iterable[PageFacts]:
        probes = self.snapshot.probes
        for address, facts in self.snapshot.facts.items():
            if isinstance(facts, PageFacts) and address not in probes and not 300 <= facts.status < 400:
                yield facts

    def _shapes(self, text_at: TextAt) -> Iterable[tuple[str, Shape]]:
        for page in self._pages():
            text = text_at(page.address)
            if text is not None:
                yield page.address, shape_of(text)

    def _at_slow_pages(self) -> None:
        limit = self.page_seconds or load_page_marks().page_seconds
        slow = sorted(
            (page for page in self._pages() if page.seconds > limit),
            key=lambda page: (-page.seconds, page.address),
        )[: self.limits.slow_pages]
        for time in range(1, self.limits.slow_looks + 1):
            if slow and len(self.manners.pauses) >= time:
                self.source.wait(self.manners.pauses[time - 1])
            for page in slow:
                answer = fetch_one(self.source, Request(page.address, Want.PAGE, time=time))
                if isinstance(answer, Response) and answer.status < 400:
                    seen = self.snapshot.later.seconds
                    seen[page.address] = (*seen.get(page.address, (page.seconds,)), answer.seconds)

    def _as_others(self) -> None:
        """The start page, those that most pages link to, and then those that it links to: as ourselves, as a search
        engine, as sent by one; and all of that once more where they differ."""
        for address in self._most_linked():
            self.snapshot.later.compared += 1
            faces = [self._face(address, guise, 1) for guise in (None, *Guise)]
            if any(_differ(faces[0], face) for face in faces[1:]):
                faces += [self._face(address, guise, 2) for guise in (None, *Guise)]
                self.snapshot.later.faces[address] = tuple(faces)

    def _face(self, address: str, guise: Guise | None, time: int) -> Face:
        answer: Answer = fetch_one(self.source, Request(address, Want.PAGE, guise=guise, time=time))
        return face_of(answer, guise, self.snapshot.scope.own_hosts)

    def _most_linked(self) -> list[str]:
        pages = {page.address: page for page in self._pages()}
        counted = self.site.often.linked(Role.LINK, MOSTLY * len(self.site.pages))
        home = self.site.home
        by_home = [link.address for link in home.links if link.role is Role.LINK] if home else []
        ranked = sorted(counted, key=lambda address: (-counted[address], address))
        found = [one for one in dict.fromkeys([self.snapshot.start, *ranked, *by_home]) if one in pages]
        return found[: self.limits.compared_pages]

    def at_attachments(self) -> None:
        """Bring attachments whole and read their text."""
        reader = TextReader()
        for facts in islice(self._files(), self.limits.read_files):
            if facts.is_opened:
                continue  # remembered
            answer = fetch_one(self.source, Request(facts.address, Want.WHOLE))
            if not isinstance(answer, Response) or answer.status != 200 or answer.truncated:
                self.snapshot.later.unread.add(facts.address)
                continue
            lines = file_lines(answer.body, suffix(facts.address))
            persons = None if lines is None else reader.read(lines).persons
            opened = structs.replace(facts, persons=persons, is_opened=True, is_silent=lines == ())
            self.snapshot.facts[facts.address] = opened
            if self.memory:
                self.memory.note_again(opened)

    def _at_scripts(self) -> None:
        """Note the words of the scripts that the start page loads: its menu may be made of them."""
        home = self.site.home
        pages = [home, *self.site.frames_of(home)] if home else []
        own = {
            link.address: None
            for page in pages
            for link in page.links
            if link.role is Role.SCRIPT and link.kind is Kind.INSIDE and not LIBRARY.search(link.address)
        }
        words: list[str] = []
        for address in islice((one for one in own if self.site.arrived(one)), self.limits.read_scripts):
            answer = fetch_one(self.source, Request(address, Want.WHOLE))
            if isinstance(answer, Response) and answer.status == 200:
                words += chinese_words(decode(answer.body, answer.content_type, truncated=True).text)
        self.snapshot.later.script_words = "\n".join(dict.fromkeys(words))

    def _files(self) -> Iterable[FileFacts]:
        for facts in list(self.snapshot.facts.values()):
            if not isinstance(facts, FileFacts) or suffix(facts.address) not in READ:
                continue
            if 0 < (facts.size or 0) <= self.limits.read_file_bytes:
                yield facts


def _differ(plain: Face, other: Face) -> bool:
    if not (plain.is_seen and other.is_seen):
        return False
    return (plain.title, plain.words, plain.sent_to) != (other.title, other.words, other.sent_to)
