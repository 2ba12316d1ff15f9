"""What a file is, by its first bytes."""

import pytest

from crawler_checks.extract.file_type import FileType, file_type, suffix


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", FileType.EMPTY),
        (b"%PDF-1.7\n", FileType.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", FileType.OLE),
        (b"PK\x03\x04", FileType.ZIP),
        (b"Rar!\x1a\x07\x01", FileType.RAR),
        (b"7z\xbc\xaf\x27\x1c", FileType.SEVEN_ZIP),
        (b"\x89PNG\r\n", FileType.IMAGE),
        (b"<!DOCTYPE html><html>", FileType.HTML),
        (b"\xef\xbb\xbf\r\n<!-- 404 --><HTML><head>", FileType.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html>", FileType.HTML),
        (b"<h1>404 Not Found</h1>", FileType.HTML),
        (b'<html xmlns:o="urn:schemas-microsoft-com:office:office">', FileType.OFFICE_HTML),
        (b"<table><tr><td>1</td></tr></table>", FileType.OFFICE_HTML),
        (b"a,b,c\n1,2,3", FileType.TEXT),
        ("姓名,电话\n".encode("gb18030") * 40, FileType.TEXT),
        (b"\x00\x01\x02", FileType.OTHER),
        (b"{\\rtf1 x}", FileType.RTF),
        (b"MZ\x90\x00\x03", FileType.PROGRAM),
        (b"<?xml version='1.0'?><workbook/>", FileType.TEXT),
        (b"<!--" * 10_000, FileType.TEXT),
        (b"<!---->" * 10_000, FileType.TEXT),
    ],
)
def test_first_bytes_tell_what_a_file_is(head: bytes, expected: FileType) -> None:
    assert file_type(head) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/%E9%99%84.PDF?x=1.doc", ".pdf"),
        ("/a.b/c", ""),
        ("/.htaccess", ""),
        ("/a.tar.gz", ".gz"),
        ("/", ""),
        ("/a.", ""),
    ],
)
def test_the_suffix_is_that_of_the_paths_last_part(address: str, expected: str) -> None:
    assert suffix(address) == expected
