"""The tags in a page's head and the marks in its footer by which a government site says who it is, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).with_suffix(".yaml")
PageKind = Literal["home", "list", "article"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A `<meta name>` and the kinds of page that must carry it."""

    name: str
    label: str
    pages: tuple[PageKind, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class FooterMark:
    """Something every page's footer shows. `pattern` finds it in the page's text, image texts or addresses."""

    id: str
    label: str
    label_en: str
    pattern: re.Pattern[str]
    source: Source


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What pages of a government site carry. Something on the start page is new every `home_days` days, and a page opens
    within `page_seconds`; a visit of `opening_seconds` counts as one that failed."""

    home_days: int
    page_seconds: int
    opening_seconds: int
    tags: tuple[Tag, ...]
    footer: tuple[FooterMark, ...]


@cache
def load_page_marks(path: Path = HERE) -> PageMarks:
    """The tags and marks. Raises ValueError naming the entry at fault."""
    data = read_yaml(path)
    documents: Mapping[str, Mapping[str, Any]] = data["documents"]
    return PageMarks(
        home_days=data["home"]["days"],
        page_seconds=data["speed"]["seconds"],
        opening_seconds=data["opening"]["seconds"],
        tags=tuple(_tag(dict(entry), documents) for entry in data["tags"]),
        footer=tuple(_mark(dict(entry), documents) for entry in data["footer"]),
    )


def _tag(data: dict[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> Tag:
    where = f"tag {data.get('name')!r}"
    pages = tuple(data.pop("pages"))
    strange = [page for page in pages if page not in get_args(PageKind)]
    if strange:
        raise ValueError(f"{where}: no such kind of page: {', '.join(strange)}")
    return Tag(**data | {"pages": pages, "source": _source(data["source"], documents, where)})


def _mark(data: dict[str, Any], documents: Mapping[str, Mapping[str, Any]]) -> FooterMark:
    where = f"footer mark {data.get('id')!r}"
    pattern = re.compile("|".join(data.pop("patterns")), re.IGNORECASE)
    return FooterMark(**data | {"pattern": pattern, "source": _source(data["source"], documents, where)})


def _source(data: Mapping[str, Any], documents: Mapping[str, Mapping[str, Any]], where: str) -> Source:
    if data["of"] not in documents:
        raise ValueError(f"{where}: no such document {data['of']!r}; there are {', '.join(documents)}")
    return read_source({**documents[data["of"]], "clause": data["clause"]}, where)
