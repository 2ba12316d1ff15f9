"""The second day: what has not changed is neither sent nor read again, and the findings are those of a fresh look."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from threading import Barrier
from zlib import crc32

import pytest

from crawler_checks.crawl.archive import Archive, Terms
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.extract import memory, page
from crawler_checks.extract.memory_file import HEAD
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


def test_a_file_whose_text_cannot_be_read_is_brought_whole_once(serve: Serve, tmp_path: Path) -> None:
    sent: list[str] = []
    files = {"/": html('<a href="/damaged.pdf">附件</a>'), "/damaged.pdf": "%PDF-1.4 damaged"}
    target = serve(pages(files, sent)) + "/"
    for body, times in (("%PDF-1.4 damaged", 2), ("%PDF-1.4 damaged", 0), ("%PDF-1.4 other", 2)):
        files["/damaged.pdf"] = body
        sent.clear()
        inspected(target, tmp_path / "memory")
        assert sent.count("/damaged.pdf") == times  # to see that it is there, and whole


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_from_day_to_day_the_findings_are_those_of_a_fresh_look(
    seed: int, tmp_path: Path
) -> None:
    chance, root, memory = Random(seed), tmp_path / "www", tmp_path / "memory"
    root.mkdir()
    names = [f"{number}.html" for number in range(40)]

    def write(name: str) -> None:
        """A page whose frame some pages have and others do not; its words may be few."""
        frame = "".join(f"<p>页面框架第 {one} 行</p>" for one in range(3) if chance.random() < 0.4)
        body = chance.choice(["", "<p>只有一句。</p>", "<p>这是正文，写得很长，各页不同。</p>" * 9 + name])
        (root / name).write_text(html(frame + body + links(*chance.sample(names, 3), *menu)), "utf-8")

    menu: list[str] = []
    for name in names:
        write(name)
    (root / "index.html").write_text(html(links(*names)), "utf-8")
    for _ in range(5):
        assert inspected(root, memory).findings == inspected(root).findings
        menu = chance.choice([[], ["0.html"], ["1.html", "2.html", "gone.html"]])
        for name in chance.sample(names, chance.choice([1, 3, 20])):
            write(name) if chance.random() < 0.7 else (root / name).unlink(missing_ok=True)


def test_a_memory_of_another_site_or_make_is_none(tmp_path: Path, read_pages: list[str]) -> None:
    for case in ("tidy", "neglected"):
        read_pages.clear()
        inspected(SITES / case / "www", tmp_path / "memory")
        assert read_pages
    (tmp_path / "memory").write_bytes(b"nothing of ours")
    read_pages.clear()
    inspected(SITES / "tidy" / "www", tmp_path / "memory")
    assert read_pages


def test_only_what_changed_is_written_and_what_was_never_finished_is_passed_over(
    tmp_path: Path, read_pages: list[str]
) -> None:
    root, memory = tmp_path / "www", tmp_path / "memory"
    root.mkdir()
    names = [f"{number}.html" for number in range(60)]
    (root / "index.html").write_text(html(links(*names, "gone.html")), "utf-8")
    for name in names:
        (root / name).write_text(html(f"<p>这是第 {name} 页的正文。</p>"), "utf-8")
    inspected(root, memory)
    whole = memory.read_bytes()
    for day, name in enumerate(names[:3]):
        (root / name).write_text(html(links(f"gone-{day}.html")), "utf-8")
        (root / names[-1 - day]).unlink()
        read_pages.clear()
        assert inspected(root, memory).findings == inspected(root).findings
        assert read_pages.count(f"/{name}") == 2  # each time once
        assert read_pages.count("/20.html") == 1  # by the fresh inspection alone
        assert memory.read_bytes().startswith(whole)
    memory.write_bytes(memory.read_bytes()[:-5])
    read_pages.clear()
    assert inspected(root, memory).findings == inspected(root).findings
    assert read_pages.count("/2.html") == 2  # what was added last is lost
    assert read_pages.count("/1.html") == 1


def test_a_memory_is_written_whole_when_much_is_other(tmp_path: Path) -> None:
    root, memory = tmp_path / "www", tmp_path / "memory"
    root.mkdir()
    names = [f"{number}.html" for number in range(6)]
    (root / "index.html").write_text(html(links(*names)), "utf-8")
    for text in ("一页", "另一页"):
        for name in names:
            (root / name).write_text(html(f"<p>{text}</p>"), "utf-8")
        inspected(root, memory)
    (length, checksum), body = HEAD.unpack_from(memory.read_bytes()), memory.read_bytes()[HEAD.size :]
    assert (length, checksum) == (len(body), crc32(body))


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
        body = pickle.dumps((trap, {}, {}))
        (tmp_path / "memory").write_bytes(HEAD.pack(len(body), crc32(body)) + body)
        inspected(SITES / "tidy" / "www", tmp_path / "memory")
    assert not (tmp_path / "run").exists()
    assert victim.read_bytes() == b"kept"


def test_of_many_sites_begun_at_once_one_asks_how_pages_are_read(tmp_path, monkeypatch):
    read: list[Path] = []
    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path), original(path))[1])
    memory._hash_of_code.cache_clear()
    together = Barrier(8)

    def begin(number: int) -> None:
        together.wait()
        memory.Memory(tmp_path / f"{number}.memory", f"https://{number}.example/")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))

    code = [path for path in read if path.suffix == ".py"]
    assert len(code) == len(set(code)) > 20
