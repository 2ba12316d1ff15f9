"""The second day: what has not changed is neither sent nor read again, and the findings are those of a fresh look."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler_checks.crawl.archive import Archive, Terms
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.extract import page
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.result import InspectionResult
from crawler_checks.visit import Visit
from tests.crawler_checks.sites import HASTY, TODAY, html, links, reply

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
SITES = Path(__file__).parents[2] / "sites"


@pytest.fixture
def read_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that were read."""
    read: list[str] = []
    original = page.PageReader.read
    monkeypatch.setattr(
        page.PageReader,
        "read",
        lambda self, response: (read.append(response.address), original(self, response))[1],
    )
    return read


def inspected(target: str | Path, memory: Path | None = None) -> InspectionResult:
    """Without pages as others see them, which are asked for anew each time."""
    return inspect_site(
        target, today=TODAY, visit=Visit(HASTY, memory=memory), limits=replace(BOUNDS, compared_pages=0)
    )


@pytest.mark.parametrize("case", ["neglected", "tidy"])
def test_the_second_look_at_a_folder_reads_only_what_changed_and_finds_the_same(
    case: str, tmp_path: Path, read_pages: list[str]
) -> None:
    root = tmp_path / "www"
    shutil.copytree(SITES / case / "www", root)
    first = inspected(root, tmp_path / "memory")
    read_pages.clear()
    assert inspected(root, tmp_path / "memory").findings == first.findings
    assert read_pages == []
    changed = next(path for path in sorted(root.rglob("*.htm*")) if path.name.startswith("index"))
    changed.write_bytes(
        changed.read_bytes().replace(b"</body>", b'<a href="/new-and-gone.html">x</a></body>')
    )
    again = inspected(root, tmp_path / "memory")
    assert len(read_pages) <= 2  # by two addresses, it may be
    assert again.findings == inspected(root).findings


def pages(files: Mapping[str, str], sent: list[str]) -> Callable[[BaseHTTPRequestHandler], None]:
    """A server that knows what has changed; it notes what it sends in full."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        text = files.get(handler.path)
        if text is None:
            reply(handler, "none", 404)
            return
        etag = f'"{hashlib.md5(text.encode()).hexdigest()}"'
        if handler.headers["If-None-Match"] == etag:
            reply(handler, status=304, ETag=etag)
        else:
            sent.append(handler.path)
            reply(handler, text, ETag=etag)

    return behave


def test_a_server_sends_only_what_changed(serve: Serve, tmp_path: Path, read_pages: list[str]) -> None:
    sent: list[str] = []
    names = [f"/{number}.html" for number in range(8)]
    files = {"/": html(links(*names, "/gone.html"))} | dict.fromkeys(names, html("<p>一页</p>"))
    target = serve(pages(files, sent)) + "/"
    first = inspected(target, tmp_path / "memory")
    for _ in range(2):
        sent.clear()
        assert inspected(target, tmp_path / "memory") == first
        assert set(sent) <= {"/"}  # the start page is asked for once more to see where the host sends on to
    files["/3.html"] = html(links("/also-gone.html"))
    sent.clear()
    read_pages.clear()
    again = inspected(target, tmp_path / "memory")
    assert "/3.html" in sent
    assert read_pages == ["/3.html"]
    assert [one for one in again.findings if one.object == "/also-gone.html"]
    assert again == inspected(target)


def test_a_memory_of_another_site_or_make_is_none(tmp_path: Path, read_pages: list[str]) -> None:
    for case in ("tidy", "neglected"):
        read_pages.clear()
        inspected(SITES / case / "www", tmp_path / "memory")
        assert read_pages
    (tmp_path / "memory").write_bytes(b"nothing of ours")
    read_pages.clear()
    inspected(SITES / "tidy" / "www", tmp_path / "memory")
    assert read_pages


class Trap:
    """What a hostile file would run when it is opened."""

    def __init__(self, what: object, *given: object) -> None:
        self.what, self.given = what, given

    def __reduce__(self) -> object:
        return self.what, self.given


def test_a_memory_cannot_make_anything_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    victim = tmp_path / "victim"
    victim.write_bytes(b"kept")
    for trap in (
        Trap(os.mkdir, "run"),
        Trap(eval, "open('run', 'w')"),
        Trap(Archive, victim, Terms("", "", 0)),
    ):
        (tmp_path / "memory").write_bytes(pickle.dumps((trap, {})))
        inspected(SITES / "tidy" / "www", tmp_path / "memory")
    assert not (tmp_path / "run").exists()
    assert victim.read_bytes() == b"kept"
