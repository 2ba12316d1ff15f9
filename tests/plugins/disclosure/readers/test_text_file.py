"""Bytes become text, or a problem that says what they look like and what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.readers import text_file
from plugins.disclosure.readers.text_file import decode, read_text_file

CHINESE = "标题: 关于公布2025年部门决算的通知\n"


@pytest.mark.parametrize(
    "data",
    [
        CHINESE.encode(),
        b"\xef\xbb\xbf" + CHINESE.encode(),
        CHINESE.replace("\n", "\r\n").encode(),
        CHINESE.replace("\n", "\r").encode(),
        ("\u200b" + CHINESE + "\u00ad").encode(),
    ],
)
def test_utf_8_is_read_with_or_without_its_mark_and_with_any_line_ends(data: bytes) -> None:
    assert decode(data, "x.md") == text_file.TextFile(CHINESE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (CHINESE.encode("gb18030"), "看起来是 GB18030（GBK、GB2312）编码"),
        (CHINESE.encode("utf-16"), "文件编码是 UTF-16"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "文件编码是 UTF-16"),
    ],
)
def test_a_wrong_encoding_is_named_and_the_text_is_read_all_the_same(data: bytes, said: str) -> None:
    read = decode(data, "x.md")

    assert read.text == CHINESE
    assert [problem.code for problem in read.problems] == ["file.encoding"]
    assert said in read.problems[0].message_zh
    assert "UTF-8" in read.problems[0].hint


def test_a_spreadsheet_may_be_gb18030() -> None:
    assert decode(CHINESE.encode("gb18030"), "x.csv", gb18030=True) == text_file.TextFile(CHINESE)


@pytest.mark.parametrize("data", [b"\xff\xff\xff", b"ab\n\xc3\x28\n", "é à ü".encode("latin-1")])
def test_bytes_of_no_known_encoding_are_reported_with_their_line_and_not_read(data: bytes) -> None:
    read = decode(data, "x.csv", gb18030=True)

    assert read.text is None
    assert [problem.code for problem in read.problems] == ["file.encoding"]
    assert (
        read.problems[0].line
        == data[: data.index(next(byte for byte in data if byte > 127))].count(b"\n") + 1
    )


def test_a_null_byte_means_that_this_is_no_text() -> None:
    read = decode(b"\x01\x02\nab\x00c", "x.md")

    assert read.text is None
    assert [(problem.code, problem.line) for problem in read.problems] == [("file.not-text", 2)]


@pytest.mark.parametrize(
    ("character", "code", "severity", "left"),
    [
        ("\x07", "control-character", "error", ""),
        ("\x85", "control-character", "error", ""),
        ("\u2028", "control-character", "error", ""),
        ("\ufffd", "damaged-character", "error", "\ufffd"),
        ("\ue123", "private-character", "warning", "\ue123"),
    ],
)
def test_characters_that_are_no_text_are_reported_with_their_line(
    character: str, code: str, severity: str, left: str
) -> None:
    read = decode(f"一\n二{character}三\n".encode(), "x.md")

    assert read.text == f"一\n二{left}三\n"
    found = [(problem.code, problem.line, problem.severity) for problem in read.problems]
    assert found == [(f"file.{code}", 2, severity)]


def test_a_file_full_of_strange_characters_is_reported_by_its_first_lines() -> None:
    read = decode(b"\x07\n" * 1000, "x.md")

    assert [problem.line for problem in read.problems] == list(range(1, text_file.MOST_LINES + 1))


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "LARGEST_TEXT_BYTES", 9)
    path = tmp_path / "x.md"

    path.write_bytes(b"123456789")
    assert read_text_file(path, "x.md").text == "123456789"
    path.write_bytes(b"1234567890")
    assert [problem.code for problem in read_text_file(path, "x.md").problems] == ["file.too-large"]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    read = read_text_file(tmp_path / "gone.md", "gone.md")

    assert (read.text, [problem.code for problem in read.problems]) == (None, ["file.unreadable"])


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_bring_the_reader_down_and_none_are_dropped_unsaid(data: bytes, gb18030: bool) -> None:
    read = decode(data, "x", gb18030=gb18030)

    assert read.text is not None or read.problems


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from(
                "，。·“”《》\t\n\r\x00\x1f\x7f\x85\xad\u200b\u2028\u2060\ue000\uefff\uf000\uf8ff\ufeff\ufffd\uffff"
            ),
            st.characters(codec="utf-8"),
        ),
        max_size=12,
    )
)
def test_the_quick_look_passes_nothing_that_is_dropped_or_reported(text: str) -> None:
    strange = text_file.INVISIBLE.search(text) or text_file._STRANGERS.search(text)

    assert not (strange and text_file._has_no_strangers(text))
