"""Why a file of the site was made again: which of the things it is made from are not what they were.

Of each thing a short digest is kept in the store; the values themselves are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from zlib import crc32

import msgspec

_encode = msgspec.msgpack.Encoder(order="deterministic").encode

MAKER = "maker"
WHOLE = "values"
NAMES = {
    MAKER: (
        "模板、程序、类库或全站共有的部分",
        "the template, the program, a library or what all pages share",
    ),
    WHOLE: ("内容", "its content"),
    "head": ("标题、说明、导航或标记", "title, description, way or marks"),
    "header": ("信息头", "the header table"),
    "details": ("其他各项", "the other entries"),
    "body": ("正文", "the text"),
    "links": ("正文所引的本站信息", "what the text cites on this site"),
    "banner": ("有效性", "whether it is in force"),
    "relations": ("相关信息", "related records"),
    "files": ("附件", "attachments"),
    "clocks": ("时限", "time limits"),
    "citation": ("引用格式", "how to cite it"),
    "previous": ("上一篇", "the record before"),
    "next": ("下一篇", "the record after"),
    "rows": ("列出的信息", "the records listed"),
    "total": ("总数", "the total"),
    "pages": ("页数", "the number of pages"),
    "facets": ("筛选项", "the facets"),
    "older": ("较早的一页", "the older page"),
    "newer": ("较新的一页", "the newer page"),
    "older_pages": ("更早的页", "the older pages"),
    "siblings": ("同一机构的栏目", "sections of the same organ"),
    "duty": ("更新期限", "the period of renewal"),
    "entries": ("订阅条目", "entries of the feed"),
    "updated_at": ("更新时间", "the time of the last entry"),
    "fields": ("各字段", "the fields"),
    "columns": ("栏目或列", "columns"),
}
"""What editors call them; anything else goes by its own name."""


def parts_of(basis: bytes, inputs: Any) -> bytes:
    """A short digest of each thing that goes into a file, four bytes each, in the order of `part_names`."""
    digests = [crc32(basis), *(crc32(_encode(value)) for _, value in _values(inputs))]
    return b"".join(digest.to_bytes(4, "big") for digest in digests)


def part_names(inputs: Any) -> list[str]:
    """The names of the things that go into a file."""
    return [MAKER, *(name for name, _ in _values(inputs))]


def changed(names: Sequence[str], before: bytes, now: bytes) -> list[str]:
    """The names of what is not as it was; where it cannot be told apart, that it is the content."""
    if len(before) != len(now) or len(now) != 4 * len(names):
        return [WHOLE] if before != now else []
    places = range(0, len(now), 4)
    return [name for name, at in zip(names, places, strict=True) if before[at : at + 4] != now[at : at + 4]]


def told(name: str) -> str:
    """The name of one of them for readers, in both languages."""
    zh, en = NAMES.get(name, (name, name.replace("_", " ")))
    return f"{zh} / {en}"


def _values(inputs: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(inputs):
        yield from ((field.name, getattr(inputs, field.name)) for field in fields(inputs))
    elif isinstance(inputs, dict):
        yield from inputs.items()
    else:
        yield WHOLE, inputs
