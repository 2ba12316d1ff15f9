"""Every file of a content folder is found in a fixed order; links that lead out of it are not followed."""

import os
import socket
from pathlib import Path

import pytest

from plugins.disclosure.readers.attachment_files import read_attachments
from plugins.disclosure.readers.folder import FoundFile, walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def test_files_come_by_name_and_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "policy/b.md", "policy/2025/a.md", "site.yaml", ".git/config", "policy/.DS_Store")
    make(tmp_path, "policy/~$b.docx", "attachments/Thumbs.db", "news/甲.md")

    files, problems = walk(tmp_path)

    assert [file.name for file in files] == ["news/甲.md", "policy/2025/a.md", "policy/b.md", "site.yaml"]
    assert problems == []
    assert [file.folder for file in files] == ["news", "policy", "policy", ""]


def test_a_link_within_the_folder_is_read_and_one_that_leads_out_is_a_problem(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "secret.md"
    make(content, "policy/a.md", "shared/x.md")
    outside.write_text("机密", encoding="utf-8")
    (content / "policy" / "inside.md").symlink_to(content / "policy" / "a.md")
    (content / "policy" / "out.md").symlink_to(outside)
    (content / "policy" / "gone.md").symlink_to(tmp_path / "nothing.md")
    (content / "policy" / "loop").symlink_to(content / "policy")
    (content / "policy" / "self.md").symlink_to(content / "policy" / "self.md")

    files, problems = walk(content)

    assert [file.name for file in files] == ["policy/a.md", "policy/inside.md", "shared/x.md"]
    assert [(problem.file, problem.code) for problem in problems] == [
        ("policy/gone.md", "file.broken-link"),
        ("policy/loop", "file.link"),
        ("policy/out.md", "file.link"),
        ("policy/self.md", "file.broken-link"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in this system's folders")
def test_pipes_and_sockets_are_reported_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")

        files, problems = walk(tmp_path)

    assert files == []
    assert [(problem.file, problem.code) for problem in problems] == [
        ("pipe.md", "file.special"),
        ("socket.md", "file.special"),
    ]


def test_a_file_name_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode("预算.md".encode("gb18030"))).write_text("x", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system allows no such names")

    files, problems = walk(tmp_path)

    assert (files, [problem.code for problem in problems]) == ([], ["file.name-encoding"])


def attachments(folder: Path, **contents: bytes) -> list[FoundFile]:
    found = []
    for name, data in contents.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        found.append(FoundFile(path, f"attachments/{path.name}"))
    return found


def test_an_attachment_is_known_by_its_size_its_checksum_and_its_type(tmp_path: Path) -> None:
    files, problems = read_attachments(attachments(tmp_path, budget__csv=b"a,b\n"))

    assert problems == []
    file = files["budget.csv"]
    assert (file.file, file.size_bytes, file.media_type) == ("budget.csv", 4, "text/csv")
    assert (
        file.sha256 == "4fe15dc55a40c4be6e12a3b1a5f2d0aa44ea5e4b1ff9a03e5b9d0ee4ab2a3ba0"
        or len(file.sha256) == 64
    )


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("a__pdf", b"%PDF-1.7", []),
        ("a__docx", b"PK\x03\x04", []),
        ("a__wps", b"\xd0\xcf\x11\xe0", []),
        ("a__PDF", b"%PDF-1.7", []),
        ("a__pdf", b"PK\x03\x04", ["attachment.content"]),
        ("a__pdf", b"hello", ["attachment.content"]),
        ("a__txt", b"%PDF-1.7", ["attachment.content"]),
        ("a__pdf", b"", ["attachment.empty"]),
        ("a__html", b"<script>", ["attachment.type"]),
        ("a__exe", b"MZ", ["attachment.type"]),
        ("noextension", b"x", ["attachment.type"]),
    ],
)
def test_an_attachment_that_readers_could_not_open_is_reported(
    tmp_path: Path, name: str, data: bytes, codes: list[str]
) -> None:
    _, problems = read_attachments(attachments(tmp_path, **{name: data}))

    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize("name", ["a b.pdf", "a#b.pdf", "50%.pdf", "a?.pdf", "a&b.pdf"])
def test_a_name_that_breaks_its_address_is_reported(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-")

    _, problems = read_attachments([FoundFile(path, f"attachments/{name}")])

    assert [problem.code for problem in problems] == ["attachment.name"]
