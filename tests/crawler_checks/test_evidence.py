"""The evidence pack: every failing finding has its page, every hash fits, and the pack is judged as the site was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote

import pytest

from crawler_checks.__main__ import main
from crawler_checks.evidence import Load, Pack
from crawler_checks.inspection import inspect_site
from tests.crawler_checks.sites import html, reply

NEGLECTED = Path(__file__).parents[1] / "sites" / "neglected" / "www"
PAGES = {
    "/": html('<p><a href="/a.html">第一页的内容</a></p>'),
    "/a.html": html(
        "<p>本页介绍有关情况。</p>\n<p><a href='/x.pdf'>有关的文件</a><b><script>1</script></b></p>"
    ),
}


def run(target: str | Path, report: Path, *more: str) -> int:
    return main([str(target), "--today", "2026-11-22", "--report", str(report), *more])


def data_of(report: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        (report / "findings.json").read_text(encoding="utf-8")
    )
    return found


def sums_of(report: Path) -> dict[str, str]:
    lines = (report / "evidence" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "href"]


@pytest.fixture
def site(serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str]) -> str:
    def behaviour(handler: BaseHTTPRequestHandler) -> None:
        page = PAGES.get(handler.path)
        reply(handler, page or "", 200 if page else 404)

    return serve(behaviour) + "/"


def test_the_pack_of_a_live_site_is_judged_as_the_site_was(tmp_path: Path, site: str) -> None:
    assert run(site, tmp_path / "live", "--evidence") == 3

    assert run(tmp_path / "live" / "evidence" / "crawl.warc.gz", tmp_path / "again", "--evidence") == 3

    live, again = data_of(tmp_path / "live"), data_of(tmp_path / "again")
    assert live["findings"]
    assert again["findings"] == live["findings"]  # the evidence too
    assert again["sections"] == live["sections"]


def test_every_hash_fits_and_the_report_leads_to_every_page(tmp_path: Path, site: str) -> None:
    run(site, tmp_path, "--evidence")

    sums = sums_of(tmp_path)
    assert "crawl.warc.gz" in sums
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / "evidence" / name).read_bytes()).hexdigest() == digest
    failing = [one for one in data_of(tmp_path)["findings"] if one["outcome"] == "fail"]
    assert all(one["evidence"] for one in failing if one["place"] in PAGES)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    kept = [unquote(link) for link in Links(page).found if link.startswith("evidence/")]
    assert kept
    assert all((tmp_path / link).is_file() for link in kept)
    shown = "2  &lt;p&gt;&lt;a href=&#x27;/x.pdf&#x27;&gt;"
    assert shown in page
    assert "<script>" not in page


def test_a_folder_gives_its_pages(tmp_path: Path) -> None:
    assert run(NEGLECTED, tmp_path, "--evidence") == 3

    failing = [one for one in data_of(tmp_path)["findings"] if one["outcome"] == "fail"]
    without = {str(one["check"]) for one in failing if not one["evidence"]}
    assert without == set()
    assert len(sums_of(tmp_path)) > 3


def test_the_next_days_pack_replaces_a_whole_one_and_goes_on_with_one_that_was_cut(
    tmp_path: Path, site: str
) -> None:
    run(site, tmp_path, "--evidence")
    stale = tmp_path / "evidence" / "pages" / "0000.txt"
    stale.write_text("yesterday")

    assert run(site, tmp_path, "--evidence") == 3
    assert not stale.exists()

    (tmp_path / "evidence" / "SHA256SUMS").unlink()
    crawl = tmp_path / "evidence" / "crawl.warc.gz"
    crawl.write_bytes(crawl.read_bytes()[:-200])
    assert run(site, tmp_path, "--evidence") == 3
    assert set(sums_of(tmp_path)) >= {"crawl.warc.gz"}


def test_evidence_without_a_report_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Callable[[Mapping[str, str]], Path]
) -> None:
    assert main([str(folder({"index.html": PAGES["/"]})), "--evidence"]) == 4

    assert "--report" in capsys.readouterr().err


def test_pictures_are_drawn_from_what_was_kept_and_nothing_is_asked_of_the_site(
    tmp_path: Path, site: str
) -> None:
    drawn: dict[str, tuple[bool, bool]] = {}

    def draw(address: str, load: Load) -> bytes | None:
        page, elsewhere = load(address), load("http://other.example/")
        drawn[address] = (page is not None and b"<p>" in page.body, elsewhere is None)
        return b"picture"

    run(site, tmp_path, "--evidence")
    result = inspect_site(tmp_path / "evidence" / "crawl.warc.gz", today=date(2026, 11, 22))
    found = Pack(tmp_path / "evidence", tmp_path / "evidence" / "crawl.warc.gz").gather(result, draw)

    assert set(drawn) == {site, f"{site}a.html"}
    assert set(drawn.values()) == {(True, True)}
    pictures = {one.picture for one in found.values()}
    assert len(pictures) == 2
    assert all((tmp_path / picture).read_bytes() == b"picture" for picture in pictures)
    assert {name for name in sums_of(tmp_path) if name.startswith("pictures/")} == {
        picture.removeprefix("evidence/") for picture in pictures
    }


def test_what_only_memory_can_tell_is_found_again_from_the_pack(
    tmp_path: Path, serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
) -> None:
    """On the third day one page has another date than before, and a new one is dated three weeks ago."""
    days = {"/a.html": "2026-11-18", "/b.html": "2026-11-17"}

    def behaviour(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/":
            reply(handler, html("".join(f'<a href="{page}">第{page}篇通知</a>' for page in days)))
        elif day := days.get(handler.path):
            head = f'<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="{day}">'
            reply(handler, html(f"<p>发布时间：{day}</p><p>正文</p>", head=head))
        else:
            reply(handler, "none", 404)

    target, book = serve(behaviour) + "/", str(tmp_path / "book.db")
    for day in ("2026-11-20", "2026-11-21"):
        main([target, "--today", day, "--save", book])
    days |= {"/a.html": "2026-11-01", "/c.html": "2026-11-01"}
    run(target, tmp_path / "live", "--evidence", "--save", book)
    pack = tmp_path / "live" / "evidence"
    run(pack / "crawl.warc.gz", tmp_path / "again")

    live, again = data_of(tmp_path / "live")["findings"], data_of(tmp_path / "again")["findings"]
    found = [(one["outcome"], one["place"]) for one in live if one["check"] == "date_changed"]
    keys = ("check", "outcome", "place", "object", "message_zh", "source_line", "fingerprint")
    assert found == [("fail", "/a.html"), ("unknown", "/c.html")]
    assert [[one[key] for key in keys] for one in again] == [[one[key] for key in keys] for one in live]
    assert "earlier.json" in sums_of(tmp_path / "live")
    (pack / "earlier.json").write_text("{", encoding="utf-8")
    run(pack / "crawl.warc.gz", tmp_path / "damaged")
    assert "date_changed" not in {one["check"] for one in data_of(tmp_path / "damaged")["findings"]}
