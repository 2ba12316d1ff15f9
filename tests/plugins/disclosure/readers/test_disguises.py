"""What bytes are that are no plain UTF-8 text, and above all which are."""

import pytest

from plugins.disclosure.readers.disguises import decoded_once, format_of, is_binary, wide_encoding

NOTICE = "霁川市人民政府办公室关于做好政务公开工作的通知\n各县（区）人民政府：\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_two_or_four_bytes_a_character_is_recognised(encoding):
    found = wide_encoding(NOTICE.encode(encoding))
    assert found == encoding
    assert NOTICE.encode(encoding).decode(found).removeprefix("\ufeff") == NOTICE


@pytest.mark.parametrize("data", [b"", NOTICE.encode(), NOTICE.encode("gb18030"), b"PK\0\0\0\0", b"a\0b"])
def test_nothing_else_is_taken_for_it(data):
    assert wide_encoding(data) is None


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "gb18030"])
def test_text_decoded_twice_is_read_as_it_was(encoding):
    garbled = NOTICE.encode().decode(encoding, "replace")
    found = decoded_once(garbled)
    assert found is not None
    assert "人" in found  # some characters are lost for good


@pytest.mark.parametrize(
    "text", ["", "plain words", "café", "龘靐齉", "姓名：闻景澄", NOTICE, NOTICE * 50, "№ 5 — “A”"]
)
def test_text_that_was_decoded_once_is_left_alone(text):
    assert decoded_once(text) is None


def test_one_null_in_a_text_is_no_sign_of_another_format():
    assert not is_binary(NOTICE.encode() * 3 + b"\0")
    assert is_binary(b"ab\0c")


def test_files_of_other_programs_are_called_by_their_name():
    assert format_of(b"%PDF-1.7") == (" PDF 文件", "a PDF file")
    assert format_of(b"PKG-INFO") is None
