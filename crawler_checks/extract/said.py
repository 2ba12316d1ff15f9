"""What the visible text of a page says, as values; `page_text.py` reads it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Person(Struct, frozen=True, gc=False):
    """A number of a person as it may be shown. `for_work`: what stands around it speaks of an office's contact."""

    kind: str
    name: str
    name_en: str
    masked: str
    for_work: bool = False


class Said(Struct, frozen=True, gc=False):
    """What a page's text says.

    `labels` leads from the id of a label to the value behind it, "" when none could be read. `apology` is the first
    line in which the page says that it is not there, `absence` the first in which it says that its organ has nothing
    of the kind. `numbers` are the 文号 it names, written the one right way,
    `titles` the names in 《》.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    apology: str = ""
    absence: str = ""
    numbers: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    persons: tuple[Person, ...] = ()


NOTHING_SAID = Said()
