"""Rows become records under the numbers a spreadsheet shows, in whatever way the sheet was saved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_regime
from plugins.disclosure.readers.around import Around, OrganNames
from plugins.disclosure.readers.csv_rows import read_rows, read_table
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.markdown_file import Batch
from plugins.disclosure.vocabulary import load_vocabularies

HEADING = "编号,标题,索引号,发布机构,发布日期,公开方式,审查人,审查日期,正文"
ROW = "2026-000{0},第{0}条,010000019/2026-0000{0},市财政局,2026-03-02,主动公开,办公室,2026-03-02,{1}"
NEWS = load_kinds()["news"]

Read = Callable[[str | bytes], Batch]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the text of a spreadsheet of news."""
    around = Around(
        tmp_path,
        date(2026, 3, 31),
        load_vocabularies(),
        load_regime("cn"),
        OrganNames([("finance", ["霁川市财政局", "市财政局"])]),
        {},
    )

    def read_text(text: str | bytes) -> Batch:
        path = tmp_path / "x.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_rows(read_table(FoundFile(path, "news/x.csv")), NEWS, around)

    return read_text


def sheet(*rows: str) -> str:
    return "\n".join([HEADING, *rows]) + "\n"


def found(batch: Batch) -> list[tuple[int | None, str | None, str]]:
    """The place, field and code of each problem."""
    return [(problem.line, problem.field, problem.code) for problem in batch.problems]


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 with its mark", "gb18030", "gb18030 from Windows"],
)
def test_a_sheet_is_read_however_a_chinese_spreadsheet_saved_it(
    read: Read, save: Callable[[str], bytes]
) -> None:
    batch = read(save(sheet(ROW.format(1, "正文一"), ROW.format(2, "正文二"))))

    assert found(batch) == []
    assert [(record.id, record.line, record.body) for record in batch.records] == [
        ("2026-0001", 2, "正文一"),
        ("2026-0002", 3, "正文二"),
    ]
    assert batch.records[0].values["issuer"] == "finance"


def test_rows_keep_the_numbers_a_spreadsheet_shows_after_blank_rows_and_lines_within_cells(
    read: Read,
) -> None:
    batch = read(
        sheet(
            ROW.format(1, '"第一段。\n\n第二段，有“引号”和 ""双引号""。"'),
            ",,,,,,,,",
            "",
            ROW.format(2, "乙"),
        )
    )

    assert [(record.line, record.body) for record in batch.records] == [
        (2, '第一段。\n\n第二段，有“引号”和 "双引号"。'),
        (5, "乙"),
    ]
    assert batch.met_count == 2


def test_labels_and_keys_may_be_mixed_in_the_heading(read: Read) -> None:
    batch = read(
        sheet(ROW.format(1, "甲")).replace("标题", "title").replace("编号", "id").replace("正文", "body")
    )

    assert found(batch) == []
    assert (batch.records[0].title, batch.records[0].body) == ("第1条", "甲")


def test_every_row_that_was_met_is_a_record_or_a_problem(read: Read) -> None:
    batch = read(
        sheet(ROW.format(1, "甲"), ROW.format(2, "乙,丙"), "x", ROW.format(3, "丁").replace("2026-0003", ""))
    )

    assert found(batch) == [
        (3, None, "csv.ragged-row"),
        (4, None, "csv.ragged-row"),
        (5, "编号", "csv.bad-id"),
    ]
    assert (batch.met_count, len(batch.records)) == (4, 1)


def test_trailing_empty_cells_beyond_the_heading_do_no_harm(read: Read) -> None:
    assert found(read(sheet(ROW.format(1, "甲") + ",,,"))) == []


def test_an_empty_column_without_a_heading_does_no_harm(read: Read) -> None:
    assert found(read(f"{HEADING},\n{ROW.format(1, '甲')},\n")) == []


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        (HEADING + ",摘要", ["csv.unknown-column"]),
        (HEADING + ",浏览次数", ["csv.unknown-column"]),
        (HEADING + ",title", ["csv.column-twice"]),
        (HEADING + ",编号", ["csv.column-twice"]),
        (HEADING.replace("审查人", "备注一"), ["csv.unknown-column", "csv.missing-column"]),
        (HEADING.replace("发布日期", "发文日期"), ["csv.unknown-column"]),
        ("标题" + HEADING.removeprefix("编号,标题"), ["csv.no-id-column"]),
        ("甲,乙,丙", ["csv.no-heading"]),
        (HEADING.replace(",", "\t"), ["csv.separator"]),
        (HEADING.replace(",", "；"), ["csv.separator"]),
    ],
)
def test_a_heading_is_judged_once_and_not_in_every_row(read: Read, heading: str, codes: list[str]) -> None:
    batch = read(heading + "\n")

    assert [problem.code for problem in batch.problems] == codes
    assert {problem.line for problem in batch.problems} == {1}


def test_a_quotation_mark_without_its_partner_ends_the_reading_and_says_from_which_row(read: Read) -> None:
    batch = read(sheet(ROW.format(1, "甲"), ROW.format(2, '"乙'), ROW.format(3, "丙")))

    assert found(batch) == [(3, None, "csv.quotes")]
    assert [record.id for record in batch.records] == ["2026-0001"]


def test_text_behind_a_closing_quotation_mark_is_no_guesswork(read: Read) -> None:
    assert found(read(sheet(ROW.format(1, '"甲"乙')))) == [(2, None, "csv.quotes")]


def test_a_cell_with_far_too_much_text_is_a_problem_and_no_crash(read: Read) -> None:
    assert found(read(sheet(ROW.format(1, "甲" * 200_000)))) == [(2, None, "csv.quotes")]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_sheet_is_a_problem(read: Read, data: bytes) -> None:
    assert found(read(data)) == [(1, None, "csv.empty")]


def test_many_values_in_a_cell_are_parted_by_semicolons_or_lines(read: Read) -> None:
    batch = read(f'{HEADING},主题词\n{ROW.format(1, "甲")},"预算；决算; 三公经费\n采购；"\n')

    assert batch.records[0].values["keywords"] == ("预算", "决算", "三公经费", "采购")


@pytest.mark.parametrize(
    "row",
    [HEADING, "必填,必填,选填,必填,必填,必填,必填,必填,", ",,,,发布日期,,审查人,审查日期,"],
    ids=["the heading again", "what must be filled in", "the second line of a heading"],
)
def test_another_heading_is_one_problem_and_the_rows_below_are_read(read: Read, row: str) -> None:
    batch = read(sheet(row, ROW.format(1, "正文一")))

    assert found(batch) == [(2, None, "csv.second-heading")]
    assert [record.id for record in batch.records] == ["2026-0001"]


def test_an_id_in_full_width_letters_is_proposed_in_half_width_ones(read: Read) -> None:
    batch = read(sheet(ROW.format(1, "正文一").replace("2026-0001", "ｇｇ-０１", 1)))

    assert [problem.hint for problem in batch.problems] == ["请写成 gg-01 的样子，每行不重复。"]
