"""What many pages have in common is said once: it stands in their template, and is mended there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.sections import is_article
from crawler_checks.extract.site import Site

LEAST_PAGES = 3
"""So many pages make a template."""
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that share a fault. `place` is the page, or the folder that all of them lie in; `name` tells groups of one
    place apart."""

    place: str
    name: str
    pages: tuple[PageFacts, ...]

    @property
    def is_one(self) -> bool:
        """Whether it is a single page."""
        return len(self.pages) == 1

    @property
    def others(self) -> tuple[str, str]:
        """How many more pages share it, to stand behind the first one's name; Chinese and English."""
        count = len(self.pages) - 1
        return (f"（另有 {count} 个页面相同）", f" (and {count} more pages)") if count else ("", "")

    @property
    def examples(self) -> str:
        """The first addresses."""
        return "、".join(page.address for page in self.pages[:MOST_SHOWN])


def by_template(faulty: Iterable[PageFacts], site: Site) -> Iterator[Group]:
    """Pages with a fault: all of the site together, or all articles (or all others) of a folder, else one by one."""
    left = {page.address: page for page in faulty}
    if len(left) == len(site.pages) >= LEAST_PAGES:
        yield Group(site.snapshot.start, "all", tuple(left.values()))
        return
    folders: dict[tuple[str, str], list[PageFacts]] = {}
    for page in site.pages.values():
        kind = "article" if is_article(page) else "other"
        folders.setdefault((_folder(page.address), kind), []).append(page)
    for (folder, kind), pages in folders.items():
        if len(pages) >= LEAST_PAGES and all(page.address in left for page in pages):
            yield Group(folder, kind, tuple(pages))
            for page in pages:
                del left[page.address]
    for page in left.values():
        yield Group(page.address, "", (page,))


def by_thing(site: Site, faulty: Callable[[PageFacts], Iterable[str]]) -> Iterator[tuple[str, Group]]:
    """What is faulty on each page, each thing with the pages it stands on: what stands on many is one group."""
    things: dict[str, list[PageFacts]] = {}
    for page in site.pages.values():
        for thing in faulty(page):
            things.setdefault(thing, []).append(page)
    for thing, pages in things.items():
        if len(pages) >= LEAST_PAGES:
            yield thing, Group(pages[0].address, "all", tuple(pages))
        else:
            yield from ((thing, Group(page.address, "", (page,))) for page in pages)


def _folder(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[0] + "/"
