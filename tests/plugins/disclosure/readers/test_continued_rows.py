"""A row that continues the one above is told once, not field by field."""

from datetime import date
from pathlib import Path

from plugins.disclosure.content import read_content

HEADING = "编号,标题,发布机构,发布日期,公开方式,审查人,审查日期,索引号,正文\n"
GOOD = "n1,关于防汛的通知,霁川市财政局,2026-01-31,主动公开,办公室,2026-01-30,010000019/2026-00051,第一行\n"


def told(content: Path, row: str) -> list[tuple[int | None, str]]:
    (content / "news").mkdir(exist_ok=True)
    (content / "news" / "list.csv").write_text(HEADING + GOOD + row, encoding="utf-8")
    return [(one.line, one.code) for one in read_content(content, date(2026, 3, 31)).problems]


def test_a_row_that_continues_the_text_above_is_one_problem(content: Path) -> None:
    assert told(content, ",,,,,,,,第二行接着写\n") == [(3, "csv.continuation")]


def test_a_record_that_only_lacks_its_id_is_told_so(content: Path) -> None:
    assert told(content, GOOD.replace("n1,", ",").replace("00051", "00052")) == [(3, "csv.bad-id")]


def test_a_text_file_called_md_txt_is_to_be_renamed(content: Path) -> None:
    (content / "news").mkdir(exist_ok=True)
    (content / "news" / "2026-0001.md.txt").write_text("x", encoding="utf-8")

    (problem,) = read_content(content, date(2026, 3, 31)).problems

    assert (
        problem.hint == "请改名为 2026-0001.md；看不到“.txt”的，请先在资源管理器的“查看”里勾选“文件扩展名”。"
    )
