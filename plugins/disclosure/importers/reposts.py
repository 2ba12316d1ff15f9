"""转载: what sites above published -> content files of the kind repost, with a review report for each.

What a site tells is proposed, never published: 审查人 and 审查日期 stay empty until a person has read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from plugins.disclosure.importers.html_page import read_html
from plugins.disclosure.importers.imported import Decision, ImportedDocument, LeftOut
from plugins.disclosure.importers.markdown_body import escaped, markdown_of
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.run import ImportRun, plan_documents, write_import
from plugins.disclosure.importers.upstream import LONGEST_TITLE, Upstream, UpstreamItem

KIND = "repost"
FOLLOWS = "原文见原发布网站。"
_SHOWN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the entries are proposed, and as of when: `at` is the moment of reposting, with a zone.

    `origin` names the upstream organ; where it is empty, its own entries and its title do.
    """

    at: datetime
    origin: str = ""
    since: str = ""  # a day, YYYY-MM-DD
    limit: int = 50


@dataclass(frozen=True, slots=True)
class RepostRun:
    """The plan of the files, and how many entries were there already, were too old, or were too many."""

    run: ImportRun
    known: int
    older: int
    left: int


def import_reposts(
    sources: Iterable[tuple[str, Upstream]], into: Path, wanted: Wanted, settings: Mapping[str, str]
) -> RepostRun:
    """Propose records for what is new, write them below `into`, and say what became of each. Each source has the
    name or address it came from. Raises BadDefault, and OSError where the folder cannot be written."""
    known, older, documents = 0, 0, []
    there, seen = _written(into), set[str]()
    for source, upstream in sources:
        for item in upstream.items:
            if item.address in there or item.address in seen:
                known += 1
            elif wanted.since and _day(item) < wanted.since:
                older += 1
            else:
                seen.add(item.address)
                documents.append((_day(item), repost_of(item, upstream, source, wanted)))
    documents.sort(key=lambda pair: pair[0], reverse=True)
    chosen = [document for _, document in documents[: wanted.limit]]
    run = plan_documents(chosen, into, KIND, settings)
    write_import(run)
    return RepostRun(run, known, older, len(documents) - len(chosen))


def repost_of(item: UpstreamItem, upstream: Upstream, source: str, wanted: Wanted) -> ImportedDocument:
    """The entry as a record of the kind repost."""
    origin, how = _origin(item, upstream, wanted)
    at = item.published_at
    values = {
        "disclosure": "主动公开",
        "origin": origin,
        "origin_address": item.address,
        "origin_at": f"{at:{_SHOWN}}" if at else "",
        "reposted_at": f"{wanted.at:{_SHOWN}}",
    }
    digest = sha256(item.id.encode()).hexdigest()[:8]
    body, doubts, left_out = _body(item)
    return ImportedDocument(
        source=f"{(_day(item) or 'undated').replace('-', '')}-{digest}.feed",
        kind=KIND,
        title=item.title[:LONGEST_TITLE],
        published_on=wanted.at.date(),
        extras={key: value for key, value in values.items() if value},
        body=body,
        decisions=(
            Decision("title", item.title[:LONGEST_TITLE], f"来源 {source} 的条目"),
            Decision("origin", origin, how),
            Decision("origin_address", item.address, "条目的网址"),
            *([Decision("origin_at", values["origin_at"], "条目的发布时间")] if at else []),
            Decision("reposted_at", values["reposted_at"], "运行本命令的时间"),
            Decision("published_on", str(wanted.at.date()), "转载的日期"),
        ),
        doubts=(*_about_the_delay(item, wanted), *doubts),
        left_out=tuple(left_out),
        counted="段",
    )


def _origin(item: UpstreamItem, upstream: Upstream, wanted: Wanted) -> tuple[str, str]:
    if wanted.origin:
        return wanted.origin, "--origin 写明"
    return (item.author, "条目的作者") if item.author else (upstream.title, "订阅的名称")


def _about_the_delay(item: UpstreamItem, wanted: Wanted) -> Iterator[str]:
    at = item.published_at
    if at is None:
        yield "来源没有写明原文发布的时刻，请打开原文核对后补填“原文发布时间”。"
    elif at > wanted.at:
        yield f"来源写的发布时间 {at:{_SHOWN}} 比现在还晚，请打开原文核对。"
    else:
        hours = (wanted.at - at) // timedelta(hours=1)
        yield f"从原文发布到转载已过 {hours} 小时；是否超过时限，核对内容时会提醒。"


def _body(item: UpstreamItem) -> tuple[str, Sequence[str], Sequence[LeftOut]]:
    """The text, what to look after in it, and what did not come with it."""
    if item.markdown.strip():
        return item.markdown.strip() + "\n", ["正文取自来源的记录，里面的相对链接请改成完整网址。"], ()
    if item.html.strip():
        try:
            page = read_html(f"<!doctype html><html><body>{item.html}</body></html>".encode())
        except Refusal:
            page = None
        if page is not None and page.lines:
            return markdown_of(page.lines, None), page.doubts, page.left_out
    summary = f"{escaped(item.summary)}\n\n" if item.summary and item.summary != item.title else ""
    return f"{summary}{FOLLOWS}\n", ["来源只有摘要。要全文转载，请从原文复制。"], ()


def _day(item: UpstreamItem) -> str:
    return item.published_at.date().isoformat() if item.published_at else item.day


def _written(into: Path) -> str:
    """Everything reposted so far, as text: an address in it was reposted already."""
    files = sorted((into / KIND).glob("*")) if (into / KIND).is_dir() else []
    texts = [file.read_bytes().decode("utf-8", "replace") for file in files if file.suffix in (".md", ".csv")]
    return "\n".join(texts)
