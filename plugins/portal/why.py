"""Why a file of the site was made again: which of the things it is made from are not what they were.

Of each thing a short digest is kept in the store; the values themselves are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from struct import pack
from typing import Any
from zlib import crc32

import msgspec

from plugins.disclosure.record import digest_of

_encode = msgspec.msgpack.Encoder(order="deterministic").encode

_LONG = 1024

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


def marks(basis: bytes, inputs: Any) -> tuple[bytes, bytes]:
    """The fingerprint of all that goes into a file, and a short digest of each thing in the order of `part_names`.

    Both are made of the same bytes: to put values into bytes is most of the work.
    """
    values = msgspec.structs.astuple(inputs) if isinstance(inputs, msgspec.Struct) else _values(inputs)
    encoded = [basis, *[one if len(one) < _LONG else _digest(one) for one in map(_encode, values)]]
    return _digest(b"".join(encoded)), pack(f">{len(encoded)}I", *map(crc32, encoded))


def part_names(inputs: Any) -> list[str]:
    """The names of the things that go into a file."""
    return [MAKER, *_names(inputs)]


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


def _digest(encoded: bytes) -> bytes:
    """What stands for a long value, so that all its bytes are gone through once."""
    return digest_of(encoded)


def _names(inputs: Any) -> Sequence[str]:
    if isinstance(inputs, msgspec.Struct):
        return inputs.__struct_fields__
    if is_dataclass(inputs):
        return [field.name for field in fields(inputs)]
    return list(inputs) if isinstance(inputs, dict) else [WHOLE]


def _values(inputs: Any) -> Iterator[Any]:
    if isinstance(inputs, dict):
        return iter(inputs.values())
    if is_dataclass(inputs):
        return (getattr(inputs, name) for name in _names(inputs))
    return iter([inputs])
