"""For OpenSearch and Elasticsearch: an index whose analyzers agree with ours, and the records for its bulk interface.

`pairs` folds characters as we do, drops signs, and cuts into pairs; `words` finds runs of letters and figures. What
only our analyzer knows (文号, days, concepts) comes along ready as `named`. Tests hold the analyzers to ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from plugins.search.analyzer import named, skeleton
from plugins.search.documents import Document, facets_of
from plugins.search.folding import HAN, LETTER, fold, fold_character, may_fold

INDEX = "gongkai"
MOST_BYTES = 8_000_000
"""So much goes into one file: servers refuse bodies that are too long."""

README = """\
导入 OpenSearch 或 Elasticsearch / Loading into OpenSearch or Elasticsearch

curl -X PUT  http://127.0.0.1:9200/gongkai -H 'Content-Type: application/json' --data-binary @index.json
for f in bulk-*.ndjson; do
  curl -X POST http://127.0.0.1:9200/gongkai/_bulk -H 'Content-Type: application/x-ndjson' --data-binary @$f
done

title、facts、text 按两字切分；title.words 等按字母数字词切分；named 是文号、日期、同义词概念，可作精确匹配。
title, facts and text are cut into pairs, their .words into words of letters and figures; named holds 文号, days and
concepts for exact matches.
"""


def write(folder: Path, all_: Iterable[Document]) -> list[Path]:
    """Write the files into a folder; the first is how to use them. Older files of an export are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("bulk-*.ndjson"):
        old.unlink()
    (folder / "README.txt").write_text(README, encoding="utf-8")
    body = json.dumps(index_body(), ensure_ascii=False, indent=1)
    (folder / "index.json").write_text(body + "\n", encoding="utf-8")
    written = [folder / "README.txt", folder / "index.json"]
    for number, data in enumerate(bulk_files(all_), 1):
        written.append(folder / f"bulk-{number:04}.ndjson")
        written[-1].write_bytes(data)
    return written


def index_body() -> dict[str, Any]:
    """Settings and mappings."""
    text = {"type": "text", "analyzer": "pairs", "fields": {"words": {"type": "text", "analyzer": "words"}}}
    exact = {"type": "keyword"}
    return {
        "settings": {"index": {"max_ngram_diff": 0}, "analysis": analysis()},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                **dict.fromkeys(("title", "facts", "text"), text),
                **dict.fromkeys(("named", "number", "organ", "kind", "topic", "validity"), exact),
                "address": {"type": "keyword", "index": False},
                "published_on": {"type": "date", "format": "yyyy-MM-dd"},
            },
        },
    }


def analysis() -> dict[str, Any]:
    """The analyzers, in the engines' words."""
    folding = sorted(f"{_escaped(one)} => {_escaped(fold_character(one))}" for one in set(may_fold()) - {" "})
    return {
        "char_filter": {
            "folding": {"type": "mapping", "mappings": folding},
            "signs": {
                "type": "pattern_replace",
                "pattern": f"[^{_java(HAN)}{_java(LETTER)}]+",
                "replacement": "",
            },
        },
        "tokenizer": {
            "two": {"type": "ngram", "min_gram": 2, "max_gram": 2},
            "letters": {"type": "pattern", "pattern": f"[{_java(LETTER)}]+", "group": 0},
        },
        "analyzer": {
            "pairs": {"type": "custom", "char_filter": ["folding", "signs"], "tokenizer": "two"},
            "words": {"type": "custom", "char_filter": ["folding"], "tokenizer": "letters"},
        },
    }


def bulk_files(all_: Iterable[Document]) -> Iterator[bytes]:
    """The records in the form of the bulk interface, in files that are not too long."""
    lines: list[bytes] = []
    size = 0
    for document in all_:
        action = {"index": {"_index": INDEX, "_id": document.card.key}}
        both = _line(action) + _line(_source(document))
        if lines and size + len(both) > MOST_BYTES:
            yield b"".join(lines)
            lines, size = [], 0
        lines.append(both)
        size += len(both)
    if lines:
        yield b"".join(lines)


def _source(document: Document) -> dict[str, Any]:
    card = document.card
    found = {
        name: value for name, value in asdict(card).items() if name not in ("key", "text", "later_parts")
    }
    found |= facets_of(document)
    found["text"] = document.text
    found["named"] = sorted({term for text in (*card.fields[:2], document.text) for term in _named(text)})
    if not card.published_on:
        del found["published_on"]
    return found


def _named(text: str) -> Iterator[str]:
    folded = fold(text)
    return named(folded, skeleton(folded))


def _line(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _escaped(characters: str) -> str:
    return "".join(f"\\u{ord(one):04x}" for one in characters)


def _java(class_: str) -> str:
    """The inside of a character class as Java writes it."""
    return "".join(f"\\x{{{ord(one):x}}}" if one != "-" else one for one in class_)
