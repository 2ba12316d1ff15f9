"""A folder answers as a plain file server would."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from crawler_checks.crawl.answer import Request, Response, Want, fetch_one
from crawler_checks.crawl.folder import FolderSource
from crawler_checks.crawl.limits import BOUNDS, Limits

Folder = Callable[[Mapping[str, str | bytes]], Path]
FILES = {
    "index.html": "<p>home</p>",
    "a/index.htm": "<p>a</p>",
    "a/附件 1.pdf": b"%PDF-1.4" + b"x" * 100,
    "empty/.keep": "",
    "zero.doc": "",
    "style.css": "p{}",
}


def ask(root: Path, address: str, want: Want = Want.PAGE, limits: Limits = BOUNDS) -> Response:
    answer = fetch_one(FolderSource(root, limits), Request(address, want))
    assert isinstance(answer, Response)
    return answer


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/", 200, "text/html"),
        ("/index.html", 200, "text/html"),
        ("/index.html?x=1", 200, "text/html"),
        ("/a/", 200, "text/html"),
        ("/a/%E9%99%84%E4%BB%B6%201.pdf", 200, "application/pdf"),
        ("/style.css", 200, "text/css"),
        ("/INDEX.html", 404, ""),
        ("/A/", 404, ""),
        ("/empty/", 404, ""),
        ("/index.html/", 404, ""),
        ("/%2e%2e/outside.html", 404, ""),
        ("/missing.html", 404, ""),
    ],
)
def test_addresses_are_files_by_their_exact_names(
    folder: Folder, address: str, status: int, kind: str
) -> None:
    answer = ask(folder(FILES), address)
    assert (answer.status, answer.content_type) == (status, kind)


def test_a_folder_without_its_slash_is_sent_on(folder: Folder) -> None:
    answer = ask(folder(FILES), "/a?x=1")
    assert (answer.status, answer.location) == (301, "/a/?x=1")


def test_of_a_file_only_the_beginning_is_read_and_its_size_is_known(folder: Folder) -> None:
    answer = ask(folder(FILES), "/a/%E9%99%84%E4%BB%B6%201.pdf", Want.FILE, Limits(file_bytes=10))
    assert (answer.body, answer.size, answer.truncated) == (b"%PDF-1.4xx", 108, True)
    assert ask(folder(FILES), "/zero.doc", Want.FILE).size == 0


def test_a_link_out_of_the_folder_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    root = folder(FILES)
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    (root / "out.html").symlink_to(tmp_path / "secret.html")
    (root / "again.html").symlink_to(root / "index.html")
    (root / "all").symlink_to(tmp_path)
    assert ask(root, "/out.html").status == 404
    assert ask(root, "/all/secret.html").status == 404
    assert ask(root, "/again.html").status == 200
