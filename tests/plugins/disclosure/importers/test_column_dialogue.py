"""Asking about columns: what is asked and what is not, what wrong answers are told, what is remembered."""

import csv
import io

import pytest
from openpyxl import Workbook

import tasks
from plugins.disclosure.importers import ask_columns, import_files

NOTICES = [
    ["市水务局公示一览"],
    ["编号", "标题", "挂网日", "经办科室", "说明文字"],
    ["gs-01", "关于拟入河排污口设置的公示", "2026-03-05", "水资源科", "公示期五个工作日。"],
    ["gs-02", "关于取水许可的公示", "2026-03-09", "水资源科", "公示期五个工作日。"],
]
COVER = [["说明"], ["填表请看第二张表"]]


@pytest.fixture
def office(tmp_path):
    """Writes a workbook and holds a dialogue about it with these answers; gives what was shown."""

    def hold(*answers, into="content", **sheets):
        book = Workbook()
        book.remove(book.active)
        for name, rows in (sheets or {"公示": NOTICES}).items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "gongshi.xlsx")
        shown, waiting = [], iter(answers)

        def ask(question):
            shown.append(question)
            answer = next(waiting, None)
            if answer is None:
                raise EOFError
            return answer

        ask_columns([tmp_path / "gongshi.xlsx"], tmp_path / into, ask, shown.append)
        assert next(waiting, None) is None, "an answer nobody asked for"
        return "\n".join(shown)

    return hold


def remembered(tmp_path):
    text = (tmp_path / "content/import-review/gongshi.xlsx.columns.csv").read_text(encoding="utf-8-sig")
    return [tuple(row.values()) for row in csv.DictReader(io.StringIO(text))]


def imported(tmp_path, into="content"):
    run = import_files([tmp_path / "gongshi.xlsx"], tmp_path / into)
    rows = []
    for outcome in run.outcomes:
        if outcome.file is not None:
            text = (tmp_path / "content" / outcome.file.name).read_text(encoding="utf-8-sig")
            rows += csv.DictReader(io.StringIO(text))
    return run, rows


def test_only_columns_that_could_not_be_told_are_asked_and_the_answers_are_obeyed(office, tmp_path):
    shown = office("发布日期", "", "正文", into="content/notice")
    run, rows = imported(tmp_path, "content/notice")

    assert "“标题” → 标题" in shown
    assert "“挂网日”一列（例如：2026-03-05、2026-03-09）放进哪个字段？" in shown
    assert shown.count("放进哪个字段？") == 3
    assert [row["发布日期"] for row in rows] == ["2026-03-05", "2026-03-09"]
    assert [row["编号"] for row in rows] == ["gs-01", "gs-02"]
    assert rows[0]["正文"] == "公示期五个工作日。"
    assert ("公示", "notice", "2", "经办科室", "不导入") in remembered(tmp_path)
    assert "“经办科室”一列没有导入" not in run.outcomes[0].review
    assert "经办科室" in run.outcomes[0].review


ORGANS = "编号,机构全称,机构简称\nwater,霁川市水务局,市水务局\nland,霁川市自然资源局,\n"
SENDERS = [
    ["编号", "标题", "经办"],
    ["gs-01", "关于拟入河排污口设置的公示", "市水务局"],
    ["gs-02", "关于取水许可的公示", "水务局"],
    ["gs-03", "关于用地的公示", "三科"],
    ["gs-04", "关于用地的又一个公示", "三科"],
]


def test_a_column_that_names_no_organs_is_doubted_with_the_near_ones_and_asked_again(office, tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "organs.csv").write_text(ORGANS, encoding="utf-8")

    shown = office("发布机构", "", "", into="content/notice", 公示=SENDERS)

    assert (
        "“经办”一列有 3 种写法，其中 2 种不是 organs.csv 里的机构：水务局（是不是“市水务局”？）、三科。"
        in shown
    )
    assert "--set 发布机构=机构编号" in shown
    assert shown.count("“经办”一列（例如：市水务局、水务局、三科）放进哪个字段？") == 2
    assert ("公示", "notice", "1", "经办", "不导入") in remembered(tmp_path)


def test_who_means_it_keeps_the_column_of_unknown_organs(office, tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "organs.csv").write_text(ORGANS, encoding="utf-8")

    office("发布机构", "是", into="content/notice", 公示=SENDERS)

    assert ("公示", "notice", "1", "经办", "发布机构") in remembered(tmp_path)


@pytest.mark.parametrize(
    "organs", [ORGANS + "three,三科,水务局\n", None], ids=["all known", "no list of organs"]
)
def test_organs_that_are_known_or_cannot_be_known_are_not_doubted(office, tmp_path, organs):
    (tmp_path / "content").mkdir()
    if organs:
        (tmp_path / "content" / "organs.csv").write_text(organs, encoding="utf-8")

    assert "不是 organs.csv 里的机构" not in office("发布机构", into="content/notice", 公示=SENDERS)


def test_a_column_known_by_its_name_is_doubted_without_a_question(office, tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "organs.csv").write_text(ORGANS, encoding="utf-8")

    shown = office(into="content/notice", 公示=[["编号", "标题", "发布机构"], *SENDERS[1:]])

    assert "“发布机构”一列有 3 种写法，其中 2 种不是 organs.csv 里的机构" in shown


def test_what_was_answered_is_not_asked_again(office, tmp_path):
    office("发布日期", "", "正文", into="content/notice")
    before = remembered(tmp_path)

    shown = office(into="content/notice")

    assert "放进哪个字段" not in shown
    assert remembered(tmp_path) == before


def test_a_column_that_came_later_is_the_only_one_asked(office, tmp_path):
    office("发布日期", "", "正文", into="content/notice")
    longer = [NOTICES[0], [*NOTICES[1], "联络人电话"], *([*row, "0455-000"] for row in NOTICES[2:])]

    shown = office("", into="content/notice", 公示=longer)

    assert shown.count("放进哪个字段？") == 1
    assert ("公示", "notice", "2", "联络人电话", "不导入") in remembered(tmp_path)


def test_a_number_stands_for_what_is_offered(office, tmp_path):
    shown = office("2", "", "正文", into="content/notice")
    offered = next(line for line in shown.splitlines() if line.startswith("    1 "))
    second = offered.split("  ")[3].removeprefix("2 ")

    assert [row[4] for row in remembered(tmp_path) if row[3] == "挂网日"] == [second]


def test_days_are_offered_dates_first_and_a_name_like_no_field_is_offered_nothing(office):
    shown = office("", "", "", into="content/notice").splitlines()
    days = shown[next(place for place, line in enumerate(shown) if "“挂网日”一列" in line) + 1]
    nothing = shown[next(place for place, line in enumerate(shown) if "“经办科室”一列" in line) + 1]

    assert days.startswith("    1 发布日期  2 审查日期")
    assert nothing.startswith("写序号或字段名")


def test_a_table_of_which_no_column_is_wanted_is_left_out(office, tmp_path):
    office("", "", "", 台账=[["甲", "乙"], ["关于取水许可的公示", "2026-03-09"]], into="content/notice")
    run, _ = imported(tmp_path, "content/notice")

    assert "按列对照表 gongshi.xlsx.columns.csv，这个文件的表都不导入" in run.outcomes[0].document.refused


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("发布日其", "没有“发布日其”这个字段。是不是“发布日期”？"),
        ("标题", "“标题”已经有一列了，请换一个。"),
        ("99", "没有“99”这个字段。"),
        ("正 文 啊", "没有“正 文 啊”这个字段。"),
    ],
)
def test_an_answer_that_names_no_free_field_is_told_why_and_asked_again(office, answer, told):
    assert told in office(answer, "发布日期", "", "", into="content/notice")


def test_a_sheet_that_fits_no_kind_is_asked_for_its_heading_and_its_kind(office, tmp_path):
    strange = [["内部台账"], ["甲", "乙"], ["关于取水许可的公示", "2026-03-09"]]

    shown = office("7", "2", "公吿", "notice", "标题", "发布日期", 台账=strange)
    _, rows = imported(tmp_path)

    assert "没有第“7”行" in shown
    assert "没有“公吿”这一类" in shown
    assert [(row["标题"], row["发布日期"]) for row in rows] == [("关于取水许可的公示", "2026-03-09")]


def test_a_sheet_that_is_not_wanted_is_left_out_and_said_so_every_time(office, tmp_path):
    office("", "", "", "notice", "发布日期", "", "正文", 封面=COVER, 公示=NOTICES)
    run, rows = imported(tmp_path)

    assert ("封面", "不导入", "1", "说明", "不导入") in remembered(tmp_path)
    assert len(rows) == 2
    assert "工作表“封面”按列对照表不导入。" in run.outcomes[0].review
    assert run.refused == ()


def test_where_no_sheet_is_wanted_the_import_says_which_file_says_so(office, tmp_path):
    office("", "", 封面=COVER)
    run, _ = imported(tmp_path)

    assert "按列对照表 gongshi.xlsx.columns.csv，这个文件的表都不导入" in run.outcomes[0].document.refused


def test_answers_that_end_early_leave_no_file(office, tmp_path):
    with pytest.raises(EOFError):
        office("发布日期", into="content/notice")

    assert not (tmp_path / "content").exists()


def test_the_file_we_wrote_for_an_editor_to_fill_in_is_no_answer_yet(office, tmp_path):
    strange = [["甲", "乙"], ["关于取水许可的公示", "2026-03-09"]]
    with pytest.raises(EOFError):
        office(台账=strange)
    run, _ = imported(tmp_path)
    assert "认不出" in run.outcomes[0].document.refused
    assert {row[1] for row in remembered(tmp_path)} == {""}

    office("", "notice", "标题", "发布日期", 台账=strange)

    assert len(imported(tmp_path)[1]) == 1


def test_the_command_asks_imports_and_says_when_answers_are_missing(tmp_path, monkeypatch, capsys):
    source = tmp_path / "gongshi.csv"
    source.write_text("\n".join(",".join(row) for row in NOTICES[1:]), encoding="utf-8")
    (tmp_path / "content").mkdir()
    command = ["import", str(source), "--into", str(tmp_path / "content" / "notice"), "--ask"]

    monkeypatch.setattr("sys.stdin", io.StringIO("发布日期\n"))
    assert tasks.main(command) == 4
    assert "没有回答完，一份也没有导入" in capsys.readouterr().err
    assert [*(tmp_path / "content").iterdir()] == []

    monkeypatch.setattr("sys.stdin", io.StringIO("发布日期\n\n正文\n"))
    assert tasks.main(command) == 0
    assert (tmp_path / "content" / "notice" / "gongshi.csv").exists()
