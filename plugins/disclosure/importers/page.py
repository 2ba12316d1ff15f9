"""What every reader of a file hands on: its lines in reading order, and what the file says beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.disclosure.importers.imported import LeftOut, SourceLine
from plugins.disclosure.importers.page_facts import Fact
from plugins.disclosure.importers.page_lines import Line


@dataclass(frozen=True, slots=True)
class Page:
    """An outside document, whatever its format.

    `facts` are stated beside the text (a page's metas). `dropped` are lines that the format itself shows to be
    no text (navigation, hidden, deleted). `doubts` are for the editor, in Chinese; `counted` is what the
    numbers of the lines count.
    """

    lines: Sequence[Line]
    facts: Sequence[Fact] = ()
    dropped: Sequence[SourceLine] = ()
    left_out: Sequence[LeftOut] = ()
    doubts: Sequence[str] = ()
    counted: str = "行"


FACTS_BESIDE = 0
"""The line of a fact that stands in no line."""
