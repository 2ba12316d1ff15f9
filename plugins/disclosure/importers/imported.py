"""What was read out of one outside document, and how: the values the importers hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from plugins.disclosure.importers.assignments import Assignment
from plugins.disclosure.importers.headings import Heading

LABELS = {
    "kind": "类别",
    "title": "标题",
    "document_number": "文号",
    "index_number": "索引号",
    "issuer": "发布机构",
    "cosigners": "联合发文机关",
    "written_on": "成文日期",
    "published_on": "发布日期",
    "published_time": "发布时间",
    "addressees": "主送机关",
    "genre": "体裁",
    "topic": "主题分类",
    "keywords": "主题词",
    "content_source": "信息来源",
    "validity": "有效性",
    "effective_on": "施行日期",
    "expires_on": "失效日期",
    "repeals": "废止文件",
    "disclosure": "公开方式",
    "summary": "内容概述",
    "body": "正文",
}
"""Everything an importer decides on, as editors call it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One value, where it was found (`how`, Chinese), on which line, and whether it is inferred."""

    field: str
    value: str
    how: str
    line: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more places that disagree on one field; `note` says, in Chinese, which was taken and why."""

    field: str
    values: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that does not stand in the body: as it is in the source, and why, in Chinese."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that is no line of its text: an attachment, a picture, a note, a name of its author.

    `what` is said in Chinese; `address` is where a link leads.
    """

    what: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """The facts of one outside document.

    What is not known is None or empty. `dropped` are the lines that are no part of the document, `taken` those
    that went into fields (the title, the page's table); every other line is in `body`, which is Markdown.
    `extras` are further fields of the record, by key, as text. `doubts` are remarks for the editor, in Chinese.
    `not_public` says, in Chinese, by which lines the document is not for the public: that comes before all else.
    `counted` is what the numbers of its lines count: 行 of a text, 段 of a page or a Word file.
    With `refused` (a reason in Chinese and in English) nothing else is filled in but `source`.
    """

    source: str
    kind: str | None = None
    title: str = ""
    document_number: str | None = None
    index_number: str | None = None
    issuer: str | None = None
    cosigners: tuple[str, ...] = ()
    written_on: date | None = None
    published_on: date | None = None
    published_time: time | None = None
    addressees: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    tasks: tuple[Assignment, ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    dropped: tuple[SourceLine, ...] = ()
    taken: tuple[SourceLine, ...] = ()
    doubts: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_public: tuple[str, ...] = ()
    counted: str = "行"
    refused: str | None = None

    @property
    def inferred(self) -> tuple[str, ...]:
        """The fields whose values are concluded from something else than a place that states them."""
        return tuple(dict.fromkeys(decision.field for decision in self.decisions if decision.inferred))
