"""Whole lists of an old site -> records, page by page, with a ledger that says what was done: it can stop anywhere.

The ledger (import-review/list-*.csv: 地址, 标题, 结果, 文件, 原因) is written after every page. A page that stands in it
as imported is not fetched again; one that could not be fetched is tried again next time.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from plugins.disclosure.importers.formats import read_bytes
from plugins.disclosure.importers.imported import ImportedDocument
from plugins.disclosure.importers.list_page import Listed, ListPage, read_list
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.run import (
    ImportRun,
    as_named_kind,
    folder_and_kind,
    plan_documents,
    write_import,
)
from plugins.disclosure.importers.run import write as write_file
from plugins.disclosure.readers.folder import IMPORT_REVIEWS

HEADING = ("地址", "标题", "结果", "文件", "原因")
DONE, REFUSED, UNREACHED = "已导入", "没有导入", "没有取到"
MOST_LISTS = 500

Fetch = Callable[[str], bytes]
"""The bytes at an address. Raises an exception with `message_zh` and `message_en` where they cannot be had."""


@dataclass(slots=True)
class Migration:
    """What one run did: how many pages were imported, known already, refused, and not reached."""

    ledger: Path
    rows: dict[str, list[str]] = field(default_factory=dict)
    imported: int = 0
    known: int = 0
    refused: int = 0
    unreached: int = 0
    listed: int = 0


def document_at(address: str, data: bytes) -> ImportedDocument:
    """The document at an address; its source is the address."""
    suffix = PurePosixPath(urlsplit(address).path).suffix.lower().removeprefix(".")
    known = suffix if suffix in ("pdf", "docx", "doc", "wps", "rtf", "txt") else "html"
    return read_bytes(data, known, address)


def import_addresses(
    addresses: Mapping[str, bytes], into: Path, settings: Mapping[str, str], id_: str = ""
) -> ImportRun:
    """As `import_files`, of pages that were fetched already."""
    content, kind = folder_and_kind(into)
    documents = [document_at(address, data) for address, data in addresses.items()]
    if kind:
        documents = [one if one.refused else as_named_kind(one, kind) for one in documents]
    run = plan_documents(documents, content, kind, settings, id_)
    write_import(run)
    return run


def migrate(
    address: str,
    into: Path,
    settings: Mapping[str, str],
    fetch: Fetch,
    limit: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Migration:
    """Import every page of the list at `address` and of the pages that follow it; at most `limit` new ones."""
    content, _ = folder_and_kind(into)
    ledger = content / IMPORT_REVIEWS / f"list-{hashlib.sha256(address.encode()).hexdigest()[:8]}.csv"
    done = Migration(ledger, _read_ledger(ledger))
    for listed in _all_listed(address, fetch, done):
        if done.rows.get(listed.address, ["", "", ""])[2] in (DONE, REFUSED):
            done.known += 1
            continue
        if limit is not None and done.imported + done.refused >= limit:
            break
        row = _import_one(listed, into, settings, fetch, done)
        done.rows[listed.address] = row
        write_file(ledger, _ledger_text(done.rows))
        told(f"{row[2]}  {listed.title}  {row[3] or row[4]}")
    return done


def _all_listed(address: str, fetch: Fetch, done: Migration) -> list[Listed]:
    """Every page listed, oldest lists last. A list that comes round again ends the walk."""
    waiting, met, found = address, set[str](), dict[str, Listed]()
    while waiting and waiting not in met and len(met) < MOST_LISTS:
        met.add(waiting)
        page: ListPage = read_list(fetch(waiting), waiting)
        found.update({one.address: one for one in page.entries if one.address not in found})
        waiting = page.following
    done.listed = len(found)
    if not found:
        raise Refusal(
            "这一页里没有找到指向同一网站的文件列表。请写列表页的网址，例如 https://www.example.gov.cn/zcwj/index.html。",
            "No list of pages of the same site was found. Give the address of a list page.",
        )
    return list(found.values())


def _import_one(
    listed: Listed, into: Path, settings: Mapping[str, str], fetch: Fetch, done: Migration
) -> list[str]:
    try:
        data = fetch(listed.address)
    except Exception as reason:
        if not hasattr(reason, "message_zh"):
            raise
        done.unreached += 1
        return [listed.address, listed.title, UNREACHED, "", str(reason.message_zh)]
    outcome = import_addresses({listed.address: data}, into, settings).outcomes[0]
    if outcome.file is None:
        done.refused += 1
        return [listed.address, listed.title, REFUSED, "", (outcome.document.refused or "").split(" / ")[0]]
    done.imported += 1
    return [listed.address, listed.title, DONE, outcome.file.name, "".join(outcome.document.not_public)]


def _read_ledger(path: Path) -> dict[str, list[str]]:
    if not path.is_file():
        return {}
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    return {row[0]: [*row, *[""] * len(HEADING)][: len(HEADING)] for row in rows[1:] if row}


def _ledger_text(rows: Mapping[str, list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADING)
    writer.writerows(rows.values())
    return "\ufeff" + text.getvalue()
