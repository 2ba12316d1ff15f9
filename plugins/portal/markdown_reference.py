"""Markdown by Python-Markdown, with our structure: the reference for what is quick, and for all that is not plain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from plugins.portal.markdown_structure import structure


def convert(text: str, links: Mapping[str, str], root: str, part: int) -> str:
    """The HTML of one body, not yet cleaned; the arguments are those of `to_html`."""
    return _converter().convert_page(text, links, root, part)


@cache
def _converter() -> _Converter:
    return _Converter()


class _Converter(Markdown):
    """Python-Markdown with our structure; `links`, `root` and `part` are of the body in hand."""

    def __init__(self) -> None:
        self.links: Mapping[str, str] = {}
        self.root = ""
        self.part = 0
        self.notes = _Notes(BACKLINK_TITLE="返回正文的注 {}")
        super().__init__(extensions=["tables", self.notes, "sane_lists", "def_list"], output_format="html")
        self.preprocessors.deregister("html_block")  # raw HTML stays text
        self.inlinePatterns.deregister("html")
        self.treeprocessors.register(_Structure(self), "structure", 4)

    def convert_page(self, text: str, links: Mapping[str, str], root: str, part: int) -> str:
        """The HTML of one page, not yet cleaned."""
        self.reset()
        self.links, self.root, self.part = links, root, part
        self.notes.part = part
        return self.convert(text)


class _Notes(FootnoteExtension):
    """Notes whose ids differ from part to part of a page."""

    part = 0

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 the library's names
        """The id of a note."""
        return str(super().makeFootnoteId(self._within(id)))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802 the library's names
        """The id of the place a note is called from."""
        return str(super().makeFootnoteRefId(self._within(id), found))

    def _within(self, name: str) -> str:
        return f"{self.part}-{name}" if self.part else name


class _Structure(Treeprocessor):
    """Hands the library's tree to our own module."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__(converter)
        self.page = converter

    def run(self, root: Element) -> None:
        """Called by the library with the whole tree."""
        structure(root, self.page.links, self.page.root, self.page.part)
