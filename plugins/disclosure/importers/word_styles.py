"""What the styles of a Word document say of its paragraphs: headings, a table of contents, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOWEST_HEADING = 6


class Styles:
    """Paragraph styles by id, each with those it is based on."""

    def __init__(self, part: Element | None) -> None:
        styles = part.findall(f"{W}style") if part is not None else []
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}

    def of(self, properties: Element | None) -> Iterator[Element]:
        """The style of a paragraph and those below it, the nearest first."""
        yield from self._based_on(_named(properties, "pStyle"))

    def _based_on(self, named: str | None) -> Iterator[Element]:
        met: set[str] = set()
        while named and named in self._styles and named not in met:
            met.add(named)
            style = self._styles[named]
            yield style
            named = value_at(style, "basedOn")

    def mark(self, run: Element, paragraph: Element | None, name: str) -> str | None:
        """What a run is marked with (`strike`, `vertAlign`): by itself, by its style, by that of its paragraph.

        The value as it stands there; None where nothing marks it.
        """
        own = run.find(f"{W}rPr")
        places = [own, *(style.find(f"{W}rPr") for style in self._based_on(_named(own, "rStyle")))]
        places += [style.find(f"{W}rPr") for style in self.of(paragraph)]
        found = (place.find(f"{W}{name}") for place in places if place is not None)
        return next((mark.get(f"{W}val", "1") for mark in found if mark is not None), None)

    def heading(self, properties: Element | None) -> int:
        """1 for the highest heading; 0 for a paragraph of text. A document's title is no heading of its text."""
        for style in self.of(properties):
            name = (value_at(style, "name") or "").lower()
            level = name.removeprefix("heading ").removeprefix("标题 ")
            if name != level and level.isdigit():
                return min(int(level), _LOWEST_HEADING)
        return 0

    def is_contents(self, properties: Element | None) -> bool:
        """Whether the paragraph is a line of the table of contents that Word makes."""
        names = [(value_at(style, "name") or "").lower() for style in self.of(properties)]
        return any(name.startswith("toc ") for name in names)


def _named(properties: Element | None, name: str) -> str | None:
    return value_at(properties, name) if properties is not None else None


def value_at(parent: Element, path: str) -> str | None:
    """The w:val of an element below, given by names without their prefix."""
    found = parent.find("/".join(f"{W}{name}" for name in path.split("/")))
    return found.get(f"{W}val") if found is not None else None
