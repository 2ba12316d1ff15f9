"""attachment_mistyped: what a file is, against what it is called."""

import pytest

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "attachment_mistyped"
OLE, ZIP, PDF = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99,
    b"PK\x03\x04" + b"x" * 99,
    b"%PDF-1.5\n" + b"x" * 99,
)
PNG, RTF, RAR, EXE = (
    b"\x89PNG\r\n\x1a\n" + b"x" * 99,
    b"{\\rtf1 x}",
    b"Rar!\x1a\x07\x00" + b"x" * 99,
    b"MZ\x90\x00" + b"x" * 99,
)
TEXT, TABLE = "数据库连接失败".encode(), b"<table><tr><td>1</td></tr></table>"


def ask(name: str, body: bytes) -> list[tuple[str, str, str | None]]:
    file = Response(name, 200, "application/octet-stream", body, len(body))
    return outline(findings_of(CHECK, {"/": html(links(name)), name: file}))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("/a.pdf", PDF),
        ("/a.doc", OLE),
        ("/a.doc", ZIP),
        ("/a.doc", RTF),
        ("/a.docx", ZIP),
        ("/a.docx", OLE),
        ("/a.xls", TABLE),
        ("/a.wps", OLE),
        ("/a.et", OLE),
        ("/a.ofd", ZIP),
        ("/a.rar", RAR),
        ("/a.zip", ZIP),
        ("/a.csv", TEXT),
        ("/a.xls", b"name\ttelephone\n"),
        ("/a.DOC", OLE),
        ("/a.tar", b"anything"),
        ("/a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'),
        ("/a.doc", b"<!DOCTYPE html><html>404</html>"),  # attachment_broken says it
    ],
)
def test_files_that_open_under_their_names_are_well(name: str, body: bytes) -> None:
    assert ask(name, body) == []


@pytest.mark.parametrize(
    ("name", "body"), [("/a.docx", PNG), ("/a.pdf", TEXT), ("/a.doc", EXE), ("/a.zip", TEXT), ("/a.pdf", PNG)]
)
def test_what_is_no_document_at_all_is_wrong(name: str, body: bytes) -> None:
    assert ask(name, body) == [("fail", "/", name)]


def test_documents_of_another_family_may_open_and_are_shown_once() -> None:
    files = {name: Response(name, 200, "", PDF, len(PDF)) for name in ("/a.doc", "/b.xls")}
    found = findings_of(CHECK, {"/": html(links(*files)), **files})
    assert outline(found) == [("unknown", "/", "other_family")]
    assert "2 个附件" in found[0].message_zh
