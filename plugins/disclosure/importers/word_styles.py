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
        named = value_at(properties, "pStyle") if properties is not None else None
        met: set[str] = set()
        while named and named in self._styles and named not in met:
            met.add(named)
            style = self._styles[named]
            yield style
            named = value_at(style, "basedOn")

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


def value_at(parent: Element, path: str) -> str | None:
    """The w:val of an element below, given by names without their prefix."""
    found = parent.find("/".join(f"{W}{name}" for name in path.split("/")))
    return found.get(f"{W}val") if found is not None else None
