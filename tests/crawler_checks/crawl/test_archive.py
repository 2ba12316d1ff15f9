"""The archive of a crawl: the same findings from it, and none lost by a crash at any point."""

import os
import signal
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler_checks.crawl.answer import NoAnswer, Request, Response, Trouble, Want
from crawler_checks.crawl.archive import Archive, NotAnArchive, Terms
from crawler_checks.crawl.certificate import Certificate, CertificateFault
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.reports.result import InspectionResult
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import HASTY, TODAY, html, links, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
TERMS = Terms("http://site.example/", "ignore", 4)
NUMBERS = range(1, 26)
KILLS, QUICK_KILLS = 20, 7


def behave(handler: BaseHTTPRequestHandler) -> None:
    """A site with all that may come: pages, a redirect, files, what is gone, what fails."""
    path = handler.path
    if path == "/":
        reply(
            handler,
            html(links(*(f"/a/{number}.html" for number in NUMBERS), "/old", "/gone.html", "/files/a.pdf")),
        )
    elif path.startswith("/a/"):
        number = int(path[3:-5])
        reply(
            handler,
            html(
                f"<h1>公告{number}</h1><p>{'正文内容。' * 20}</p>" + links(f"/b/{number % 7}.html", "#none")
            ),
        )
    elif path == "/old":
        reply(handler, status=302, Location="/a/1.html")
    elif path == "/files/a.pdf":
        reply(handler, b"%PDF-1.4 " + b"x" * 20_000, Content_Type="application/pdf")
    elif path == "/b/3.html":
        reply(handler, "broken", status=500)
    else:
        reply(handler, "<h1>404</h1>", status=404)


def inspected(target: str | Path, keep: Path | None = None) -> InspectionResult:
    return inspect_site(target, today=TODAY, visit=Visit(HASTY, keep))


def test_every_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    page = Response(
        "/", 200, "text/html; charset=gbk", "首页".encode("gbk"), 4, False, None, None, True, 0.0,
        {"content-type": "text/html; charset=GBK", "set-cookie": "a=b", "content-encoding": "gzip"},
    )  # fmt: skip
    moved = Response("/old?x=1", 302, location="/new", headers={"location": "/new"})
    silent = NoAnswer("/slow", Trouble.TIMEOUT)
    cut = Response("/a.pdf", 200, "", b"%PDF", 900, truncated=True)
    archive = Archive(path, TERMS)
    for number, answer in enumerate((page, moved, silent, cut), 1):
        archive.keep(
            f"http://site.example{answer.address}", Request(answer.address, Want.PAGE), answer, number
        )
    archive.end()
    again = Archive(path)
    assert (again.terms, again.is_ended) == (TERMS, True)
    found = []
    while (entry := again.next()) is not None:
        found.append(again.use(entry))
    again.close()
    assert found == [page, moved, silent, cut]


def test_a_certificate_is_kept(tmp_path: Path) -> None:
    seen = Certificate(CertificateFault.EXPIRED, TODAY, TODAY, "CN = a", "CN = b", "DNS:a")
    archive = Archive(tmp_path / "a.warc.gz", TERMS)
    archive.keep_certificate("https://a.example", seen)
    archive.end()
    again = Archive(tmp_path / "a.warc.gz")
    assert again.certificate("https://a.example") == seen
    again.close()


def test_the_file_is_a_warc_that_others_read(tmp_path: Path, serve: Serve) -> None:
    path = tmp_path / "crawl.warc.gz"
    origin = serve(behave)
    inspected(origin + "/", path)
    with path.open("rb") as file:
        records = [
            (one.rec_type, one.rec_headers.get_header("WARC-Target-URI")) for one in ArchiveIterator(file)
        ]
    assert records[0] == ("warcinfo", None)
    assert ("response", f"{origin}/a/1.html") in records
    assert ("response", f"{origin}/old") in records


def test_judging_the_archive_gives_the_findings_of_the_crawl(tmp_path: Path, serve: Serve) -> None:
    path = tmp_path / "crawl.warc.gz"
    first = inspected(serve(behave) + "/", path)
    again = inspected(path)
    assert (again.findings, again.sections, again.pages) == (first.findings, first.sections, first.pages)
    assert again.site == first.site


def test_a_firewall_that_closed_is_gone_through_again_to_the_same_end(tmp_path: Path, serve: Serve) -> None:
    asked: list[str] = []
    lock = threading.Lock()

    def guarded(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            asked.append(handler.path)
        if len(asked) > 10:
            reply(handler, "您的访问过于频繁", status=403)
        else:
            behave(handler)

    path = tmp_path / "crawl.warc.gz"
    first = inspected(serve(guarded) + "/", path)
    assert first.partial
    assert inspected(path).findings == first.findings


@pytest.mark.long
def test_broken_off_at_any_point_it_goes_on_to_the_same_findings(
    tmp_path: Path, serve: Serve, thorough: bool
) -> None:
    path, cut = tmp_path / "whole.warc.gz", tmp_path / "cut.warc.gz"
    asked: list[str] = []
    lock = threading.Lock()

    def counted(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            asked.append(handler.path)
        behave(handler)

    target = serve(counted) + "/"
    whole = inspected(target, path)
    of_all = len(asked)
    kept = path.read_bytes()
    chance = Random(20261122)
    for point in [0, 1, len(kept) - 1, *(chance.randrange(len(kept)) for _ in range(20 if thorough else 6))]:
        asked.clear()
        cut.write_bytes(kept[:point])
        resumed = inspected(target, cut)
        assert (resumed.findings, resumed.pages) == (whole.findings, whole.pages), f"cut at byte {point}"
        assert len(asked) <= of_all * (1 - point / len(kept)) + 40, "what is kept is not asked for again"


@pytest.mark.long
def test_killed_by_force_at_many_points_it_goes_on_to_the_same_findings(
    tmp_path: Path, serve: Serve, thorough: bool
) -> None:
    asked: list[str] = []
    lock = threading.Lock()
    reached, killed = threading.Event(), threading.Event()
    after = 0

    def stalling(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            asked.append(handler.path)
            is_last = len(asked) == after
        if is_last:
            reached.set()
            killed.wait(20)  # unanswered, so that nobody is done before
            return
        behave(handler)

    target = serve(stalling) + "/"
    whole = inspected(target)
    points = Random(6).sample(range(1, len(asked)), KILLS if thorough else QUICK_KILLS)
    for number, after in enumerate(points):  # noqa: B007 the server looks at it
        asked.clear()
        reached.clear()
        killed.clear()
        path = tmp_path / f"{number}.warc.gz"
        child = os.fork()
        if child == 0:
            inspected(target, path)
            os._exit(0)
        assert reached.wait(20)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed.set()
        resumed = inspected(target, path)
        assert resumed.findings == whole.findings, f"killed after request {points[number]}"
        assert resumed.pages == whole.pages


def test_a_finished_crawl_is_not_written_over_nor_another_file(tmp_path: Path, serve: Serve) -> None:
    path = tmp_path / "crawl.warc.gz"
    target = serve(behave) + "/"
    inspected(target, path)
    kept = path.read_bytes()
    with pytest.raises(CannotInspect, match="换一个文件名"):
        inspected(target, path)
    assert path.read_bytes() == kept
    foreign = tmp_path / "other.warc.gz"
    foreign.write_bytes(b"PK\x03\x04" + b"x" * (2 << 20))
    with pytest.raises(CannotInspect, match="不是本程序存下的"):
        inspected(target, foreign)
    with pytest.raises(CannotInspect, match="不是本程序存下的"):
        inspected(foreign)
    assert foreign.read_bytes().startswith(b"PK")


def test_an_archive_of_another_make_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"")
    with pytest.raises(NotAnArchive):
        Archive(path)
