"""What was read and judged before is used as long as it holds, and never longer."""

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure import content as reading
from plugins.disclosure.content import read_content
from plugins.disclosure.memory import Memory
from plugins.disclosure.readers.markdown_file import body_in_file
from plugins.disclosure.readers.text_file import read_text_file
from plugins.disclosure.record import ContentChanged, digest_of, forget_texts
from plugins.disclosure.validate import validate

EXAMPLE = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 22)


def _digests(content):
    return {p.relative_to(content).as_posix(): digest_of(p.read_bytes()) for p in content.rglob("*.md")}


def _told(content, memory=None, workers=1):
    found = read_content(content, TODAY, memory=memory, workers=workers)
    facts = [(r.key, r.values, r.body, r.lines, r.file, r.line, r.body_line) for r in found.catalog.records]
    return facts, [*found.problems, *validate(found.catalog, TODAY, memory, workers)]


@pytest.fixture
def content(tmp_path):
    """Some of the example city, to be edited."""
    for name in ("site.yaml", "organs.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    for path in sorted((EXAMPLE / "policy").glob("*.md"))[:40]:
        (tmp_path / "policy").mkdir(exist_ok=True)
        (tmp_path / "policy" / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_remembered_is_what_would_be_read(content, tmp_path_factory, workers):
    plain = _told(content)
    file = tmp_path_factory.mktemp("work") / "read"
    first = Memory(file, b"context", _digests(content))
    assert _told(content, first, workers) == plain
    with file.open("wb") as opened:
        first.write(opened)
    second = Memory(file, b"context", _digests(content))

    assert _told(content, second, workers) == plain
    assert not second.changed


def test_what_remembered_records_have_alike_is_held_once(content):
    memory = Memory(content / "none", b"", _digests(content))
    read = read_content(content, TODAY, memory=memory).catalog.of_kind("policy")
    alike = [one for one in read if tuple(one.lines.items()) == tuple(read[0].lines.items())]

    assert len(alike) > 1
    assert len({id(one.lines) for one in alike}) == 1
    assert len({id(key) for one in read for key in one.values}) == len(
        {key for one in read for key in one.values}
    )


def test_only_changed_files_are_read_again_and_another_context_forgets_all(
    content, tmp_path_factory, monkeypatch
):
    file = tmp_path_factory.mktemp("work") / "read"
    first = Memory(file, b"context", _digests(content))
    _told(content, first)
    with file.open("wb") as opened:
        first.write(opened)
    edited = sorted((content / "policy").glob("*.md"))[3]
    edited.write_text(edited.read_text(encoding="utf-8") + "\n加一段。\n", encoding="utf-8")
    read = []
    really = reading.read_markdown_file
    monkeypatch.setattr(
        reading, "read_markdown_file", lambda file, *rest: read.append(file.name) or really(file, *rest)
    )

    assert _told(content, Memory(file, b"context", _digests(content))) == _told(content)
    assert read[:1] == [f"policy/{edited.name}"]
    assert len(read) == 1 + 40
    read.clear()
    _told(content, Memory(file, b"another day", _digests(content)))
    assert len(read) == 40


def test_a_file_that_cannot_be_what_we_wrote_is_not_believed(tmp_path):
    class Stranger:
        def __reduce__(self):
            return (print, ("!",))

    file = tmp_path / "read"
    memory = Memory(file, b"", {})
    with pytest.raises(pickle.UnpicklingError):
        memory.keep(pickle.dumps(Stranger()))
    file.write_bytes(b"\x00 nothing of ours")
    assert Memory(file, b"", {"policy/a.md": b""}).recall("policy/a.md") is None


@pytest.fixture
def left(tmp_path):
    """A file, and its text as it was left there."""
    path = tmp_path / "a.md"
    path.write_bytes("---\n标题: 甲\n---\n\n第一段。\n\n第二段。\n\n".encode())
    return path, _body(path, "第一段。\n\n第二段。")


def _body(path, text):
    file = read_text_file(path, path.name)
    body = body_in_file(path, file, digest_of(file.data), text)
    forget_texts()
    return body


def test_a_body_left_in_its_file_is_told_as_it_was_or_not_at_all(left):
    path, body = left
    os.utime(path, ns=(1, 1))
    assert body.read() == "第一段。\n\n第二段。"
    forget_texts()
    path.write_bytes(path.read_bytes().replace("二".encode(), "三".encode()))

    with pytest.raises(ContentChanged):
        body.read()


def test_a_body_in_a_file_of_another_length_is_not_told(left):
    path, body = left
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(ContentChanged):
        body.read()


def test_a_body_that_stands_in_its_file_otherwise_is_kept(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes("第一行\r\n第二行".encode())
    assert _body(path, "第一行\n第二行") == "第一行\n第二行"


def test_what_was_left_by_many_edits_is_laid_down_anew(content, tmp_path_factory):
    file = tmp_path_factory.mktemp("work") / "read"
    memory = Memory(file, b"", _digests(content))
    plain = _told(content, memory)
    one = content / "policy" / sorted(p.name for p in (content / "policy").glob("*.md"))[0]
    for number in range(30):
        one.write_text(one.read_text(encoding="utf-8") + f"\n第{number}句。\n", encoding="utf-8")
        memory = memory.renewed(b"", _digests(content))
        _told(content, memory)
    with file.open("wb") as opened:
        memory.write(opened)
    again = Memory(file, b"", _digests(content))

    assert _told(content, again) == _told(content)
    assert _told(content, again)[1] == plain[1]
    assert not again.changed
