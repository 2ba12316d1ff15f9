"""PDFs: rows put together again, margins taken away, scans and fonts without text refused."""

import pytest

from plugins.disclosure.importers.imported import LeftOut
from plugins.disclosure.importers.pdf_file import read_pdf
from plugins.disclosure.importers.refusal import Refusal

LONG = (
    "各机构要对照清单逐项自查，如实记录发现的问题，能够立即整改的立即整改，"
    "一时难以整改的要明确责任人和完成时限，并采取措施防止发生事故。"
)


def broken(text, width=28):
    """A paragraph as rows: the first two characters in."""
    return [
        (2, text[: width - 2]),
        *((0, text[at : at + width]) for at in range(width - 2, len(text), width)),
    ]


def texts(page):
    return [line.text for line in page.lines]


def test_rows_are_put_together_to_paragraphs(pdf):
    page = read_pdf(pdf([(0, "各县（区）民政局："), *broken(LONG), *broken(LONG[:40]), (20, "霁川市民政局")]))

    assert texts(page) == ["各县（区）民政局：", LONG, LONG[:40], "霁川市民政局"]


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_dropped(pdf):
    rows = broken(LONG * 12)
    with_numbers = [*rows[:29], (13, "— 1 —"), *rows[29:]]
    page = read_pdf(pdf(with_numbers))

    assert texts(page) == [LONG * 12]
    assert [(line.text, line.reason) for line in page.dropped] == [("— 1 —", "装饰符号、页码")]


def test_what_stands_on_every_page_is_dropped_and_listed(pdf):
    rows = []
    for page in "甲乙丙丁":
        rows += [(0, "霁川市民政局文件汇编"), *broken(page * 808)]
    page = read_pdf(pdf(rows))

    assert "霁川市民政局文件汇编" not in "".join(texts(page))
    assert {line.reason for line in page.dropped} == {"页眉页脚"}
    assert len(page.dropped) == 4


def test_the_author_is_reported(pdf):
    assert LeftOut("作者", "Wang") in read_pdf(pdf(broken(LONG), author="Wang")).left_out


@pytest.mark.parametrize("rows", [[], [(0, "12")], [(0, "— 1 —")]])
def test_a_scan_is_refused(pdf, rows):
    with pytest.raises(Refusal, match="扫描件"):
        read_pdf(pdf(rows))


def test_a_font_that_does_not_say_what_it_shows_is_refused(pdf):
    with pytest.raises(Refusal, match="乱码"):
        read_pdf(pdf([(0, "".join(chr(0xE000 + place) for place in range(60)))]))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\nxref\n0 99999999\ntrailer << /Root 1 0 R >>", b"%PDF-" * 99]
)
def test_a_damaged_pdf_is_refused(data):
    with pytest.raises(Refusal, match="损坏"):
        read_pdf(data)


def test_objects_that_hold_themselves_are_refused():
    data = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    data += b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
    end = b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    with pytest.raises(Refusal):
        read_pdf(data + table + end)


def test_raised_and_lowered_characters_stay_in_their_line(pdf):
    rows = [
        (0, "霁川市民政局关于开展检查的通知"),
        (2, "总额为1.2×10"),
        (8.5, "4", 7),
        (8.8, "万元，碳排放为CO", 0),
        (16.8, "2", -4),
        (17.1, "的一半，请核对", 0),
        (24.1, "注", 7),
    ]
    page = read_pdf(pdf(rows))

    assert [line.text for line in page.lines][1] == "总额为1.2×10⁴万元，碳排放为CO₂的一半，请核对（上标：注）"
    assert "有 1 处上标、下标没有对应的字符" in page.doubts[1]
