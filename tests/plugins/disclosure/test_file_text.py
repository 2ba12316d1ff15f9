"""The text of attachments: rows of tables as lines, and nothing of what is damaged, locked or swells."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from plugins.disclosure import file_text
from plugins.disclosure.file_text import file_lines
from tests.crawler_checks.files import book, pdf, scanned_pdf, word


def packed(**parts: str) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return body.getvalue()


def test_a_row_of_a_table_is_a_line() -> None:
    rows = ("姓名", "身份证号"), ("甲某", "11010519491231002X")
    assert file_lines(book(*rows), ".xlsx") == ("姓名 身份证号", "甲某 11010519491231002X")
    assert file_lines(word("公示", table=rows), ".docx") == (
        "公示",
        "姓名 身份证号",
        "甲某 11010519491231002X",
    )


def test_numbers_in_cells_are_written_out_and_formulas_are_their_values() -> None:
    assert file_lines(book((13812345678, 0.5)), ".xlsx") == ("13812345678 0.5",)
    sheet = '<row r="1"><c r="A1"><v>1.1010519491231E+17</v></c><c r="B1" t="str"><f>A1</f><v>甲&amp;乙</v></c></row>'
    assert file_lines(packed(xl__worksheets__sheet1_xml=sheet), ".xlsx") == ("110105194912310000 甲&乙",)


def test_text_in_several_pieces_is_one_word() -> None:
    split = "<w:p><w:r><w:t>1101051949</w:t></w:r><w:r><w:t>1231002X</w:t></w:r></w:p>"
    assert file_lines(packed(word__document_xml=split), ".docx") == ("11010519491231002X",)


def test_a_pdf_gives_its_rows_and_a_scan_none() -> None:
    assert file_lines(pdf("ID 11010519491231002X", "second row"), ".pdf") == (
        "ID 11010519491231002X",
        "second row",
    )
    assert file_lines(scanned_pdf(), ".pdf") == ()


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".pdf"])
@pytest.mark.parametrize(
    "body",
    [b"", b"PK\x03\x04nothing", b"%PDF-1.7\n%%EOF", b"<html></html>"],
    ids=["empty", "zip", "pdf", "page"],
)
def test_what_is_damaged_has_no_text(body: bytes, ending: str) -> None:
    assert not file_lines(body, ending)


def test_a_part_that_swells_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_text, "LARGEST_PART", 1 << 20)
    lines = file_lines(packed(word__document_xml="<w:p>" + "x" * (8 << 20)), ".docx")
    assert lines is not None
    assert sum(map(len, lines)) <= 1 << 20


def test_rows_without_end_do_not_hold_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "<row><c " * 200_000
    assert (
        file_lines(
            packed(xl__worksheets__sheet1_xml=hostile, xl__sharedStrings_xml="<si><t " * 100_000), ".xlsx"
        )
        == ()
    )
