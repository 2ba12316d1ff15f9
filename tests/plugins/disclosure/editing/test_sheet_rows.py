"""Rows of spreadsheets as the form edits them: only the row changes, and it means what the form said."""

from pathlib import Path

import pytest

from plugins.disclosure.editing.form_text import for_form, from_form
from plugins.disclosure.editing.sheet_rows import NoPlaceInASheet, as_text, read_sheet, replaced
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies

KINDS, VOCABULARIES = load_kinds(), load_vocabularies()
CONTENT = Path(__file__).parents[4] / "content"
SHEETS = sorted(
    path for path in CONTENT.glob("*/*.csv") if path.parent.name in KINDS and path.parent.name != "drafts"
)

NEWS = (
    "编号,标题,发布机构,发布日期,公开方式,审查人,审查日期,主题词,正文\r\n"
    'n-1,"座谈会,第一次",finance,2024-03-08,主动公开,办公室,2024-03-07,会议；财政,"第一段。\r\n\r\n第二段。"\r\n'
    "\r\n"
    "n-2, 培训 ,finance,2024-03-09,主动公开,办公室,2024-03-08,,正文。\r\n"
)


@pytest.fixture
def news(tmp_path):
    """Writes a sheet of news; gives it read, with its bytes."""

    def write(text=NEWS, encoding="utf-8-sig"):
        path = tmp_path / "2024.csv"
        path.write_bytes(text.encode(encoding))
        return read_sheet(path), path.read_bytes()

    return write


def through_the_form(sheet, id_, kind, change):
    """The sheet after the form opened a row, had `change` made in what it was handed, and published."""
    text = as_text(sheet, id_, KINDS[kind])
    handed = for_form(text, KINDS[kind], VOCABULARIES)
    after = from_form(change(handed), text, KINDS[kind], VOCABULARIES, handed)
    return replaced(sheet, id_, after, KINDS[kind])


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_row_of_the_example_city_changes_when_it_is_opened_and_saved(path):
    sheet = read_sheet(path)
    assert sheet.rows

    for id_ in list(sheet.rows)[:10]:
        assert through_the_form(sheet, id_, path.parent.name, lambda text: text) == path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_changed_title_changes_its_row_alone(news, encoding):
    sheet, before = news(encoding=encoding)

    after = through_the_form(sheet, "n-2", "news", lambda text: text.replace("培训", "业务培训"))

    assert after == before.replace(
        " 培训 ".encode(encoding.removesuffix("-sig")), "业务培训".encode(encoding.removesuffix("-sig"))
    )


def test_a_text_of_several_lines_and_a_value_with_a_comma_stay_in_their_cells(news):
    sheet, before = news()

    after = through_the_form(sheet, "n-1", "news", lambda text: text.replace("第二段。", "第二段，改过。"))

    assert after == before.replace("第二段。".encode(), "第二段，改过。".encode()).replace(
        "第一段。\r\n\r\n".encode(), "第一段。\n\n".encode()
    )


def test_line_breaks_in_a_cell_are_paragraphs_in_the_form_and_stay_as_they_are_until_the_text_changes(news):
    sheet, before = news(NEWS.replace("第一段。\r\n\r\n第二段。", "第一段。\n第二段。"))

    assert as_text(sheet, "n-1", KINDS["news"]).endswith("---\n\n第一段。\n\n第二段。\n")
    titled = through_the_form(sheet, "n-1", "news", lambda text: text.replace("第一次", "第二次"))
    assert titled == before.replace("第一次".encode(), "第二次".encode())
    changed = through_the_form(sheet, "n-1", "news", lambda text: text.replace("第二段", "另一段"))
    assert changed == before.replace("第一段。\n第二段".encode(), "第一段。\n\n另一段".encode())


def test_a_value_without_a_column_gets_one_and_the_other_rows_an_empty_cell(news):
    sheet, _ = news()

    after = through_the_form(
        sheet, "n-2", "news", lambda text: text.replace("---\n", '---\n内容概述: "说明"\n', 1)
    )

    lines = after.decode("utf-8-sig").split("\r\n")
    assert lines[0].endswith(",正文,内容概述")
    assert lines[-2].endswith(",正文。,说明")
    assert '第二段。",' in after.decode("utf-8-sig")
    assert lines[-3] == ""


def test_an_emptied_field_empties_its_cell(news):
    sheet, before = news()

    after = through_the_form(
        sheet, "n-1", "news", lambda text: text.replace('主题词: ["会议", "财政"]\n', "")
    )

    assert after == before.replace("会议；财政".encode(), b"").replace(
        "第一段。\r\n\r\n".encode(), "第一段。\r\n\r\n".encode()
    )


def test_rows_with_one_id_are_left_to_a_person(news):
    sheet, _ = news(NEWS.replace("n-2", "n-1"))

    assert sheet.rows == {}


@pytest.mark.parametrize(
    "text",
    ["", "标题,正文\n甲,乙\n", '编号,标题\nn-1,"没有收尾\n'],
    ids=["empty", "no ids", "open quotation"],
)
def test_a_sheet_that_cannot_be_read_whole_is_none(news, text):
    assert news(text, "utf-8")[0] is None


def test_a_table_goes_into_its_cell_a_line_a_row(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("编号,事项名称,申请材料\ns-1,许可,申请书｜原件｜1\n", encoding="utf-8")
    sheet = read_sheet(path)

    def another(text):
        return text.replace("}]", '}, {"材料名称": "执照", "材料形式": "复印件"}]')

    after = through_the_form(sheet, "s-1", "service", another).decode()
    columns = [column.label for column in KINDS["service"].field("materials").columns]
    assert columns[:2] == ["材料名称", "材料形式"]
    assert after.endswith('"申请书｜原件｜1\n执照｜复印件"\n')


@pytest.mark.parametrize(
    ("cell", "reason"), [("甲｜乙", "有一格里面有竖线或换行"), ("甲\\n乙", "有一格里面有竖线或换行")]
)
def test_what_a_cell_cannot_hold_is_said_and_not_written(tmp_path, cell, reason):
    path = tmp_path / "s.csv"
    path.write_text("编号,事项名称,申请材料\ns-1,许可,申请书｜原件｜1\n", encoding="utf-8")
    sheet = read_sheet(path)

    with pytest.raises(NoPlaceInASheet, match=reason):
        through_the_form(
            sheet, "s-1", "service", lambda text: text.replace("}]", f'}}, {{"材料名称": "{cell}"}}]')
        )


def test_an_item_with_a_semicolon_cannot_stand_among_several_in_a_cell(news):
    sheet, _ = news()

    with pytest.raises(NoPlaceInASheet, match="“主题词”有一项里面有分号"):
        through_the_form(sheet, "n-1", "news", lambda text: text.replace('"财政"]', '"财政；预算"]'))
