"""References to drafts, to what waits for its day, and to files with faults of their own."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.absent import told_of_the_absent
from plugins.disclosure.content import read_content
from plugins.disclosure.problem import Problem, in_order
from plugins.disclosure.validate import validate

TODAY = date(2026, 3, 31)
CITED = {
    "标题": "霁川市财政局会议费管理办法",
    "文号": "霁财发〔2026〕5号",
    "索引号": "010000019/2026-00005",
    "发布机构": "霁川市财政局",
    "成文日期": "2026-01-19",
    "发布日期": "2026-01-20",
    "公开方式": "主动公开",
    "审查人": "办公室",
    "审查日期": "2026-01-19",
}
CITING = CITED | {
    "标题": "关于废止会议费管理办法的通知",
    "文号": "霁财发〔2026〕6号",
    "索引号": "010000019/2026-00006",
}


def write(content: Path, name: str, values: Mapping[str, str], body: str = "正文。") -> None:
    lines = [f"{label}: {value}" for label, value in values.items() if value]
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["---", *lines, "---", body]), encoding="utf-8")


def judged(content: Path) -> list[Problem]:
    read = read_content(content, TODAY)
    assert read.whole is not None
    assert read.catalog is not None
    problems = [*read.problems, *validate(read.whole, TODAY)]
    if read.whole is not read.catalog:
        problems += validate(read.catalog, TODAY)
    return in_order(told_of_the_absent(problems, content, read.whole, read.catalog))


def about(problems: list[Problem], file: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.message_zh) for problem in problems if problem.file == file]


@pytest.mark.parametrize(
    "reference", ["霁财发〔2026〕5号", "霁财发[2026]5号", "010000019/2026-00005", "policy/cited"]
)
def test_a_reference_to_a_draft_says_that_it_is_one_and_where(content: Path, reference: str) -> None:
    write(content, "drafts/policy/cited.md", CITED)
    write(content, "policy/citing.md", CITING | {"废止文件": reference})

    [(code, message)] = about(judged(content), "policy/citing.md")

    assert code == "relation.to-nothing"
    assert message.startswith(
        f"写作“{reference}”，它是草稿《霁川市财政局会议费管理办法》（drafts/policy/cited.md），"
    )


def test_a_draft_in_a_row_of_a_spreadsheet_is_named_with_its_row(content: Path) -> None:
    (content / "drafts" / "policy").mkdir(parents=True)
    rows = "编号,标题,文号\nzero,别的,霁财发〔2026〕4号\ncited,会议费办法,霁财发〔2026〕5号\n"
    (content / "drafts" / "policy" / "new.csv").write_text(rows, encoding="utf-8")
    write(content, "policy/citing.md", CITING | {"废止文件": "霁财发〔2026〕5号"})

    [(_, message)] = about(judged(content), "policy/citing.md")

    assert "草稿《会议费办法》（drafts/policy/new.csv 第 3 行）" in message


def test_a_link_in_a_text_to_a_draft_says_so_too(content: Path) -> None:
    write(content, "drafts/policy/cited.md", CITED)
    write(content, "policy/citing.md", CITING, "见[原办法](policy/cited)。")

    [(code, message)] = about(judged(content), "policy/citing.md")

    assert code == "link.no-such-record"
    assert "它是草稿《霁川市财政局会议费管理办法》" in message


def test_a_reference_to_what_waits_for_its_day_says_which_day(content: Path) -> None:
    write(content, "policy/cited.md", CITED | {"发布日期": "2026-04-01"})
    write(content, "policy/citing.md", CITING | {"废止文件": "霁财发〔2026〕5号"})

    messages = [
        message
        for code, message in about(judged(content), "policy/citing.md")
        if code == "relation.to-nothing"
    ]

    [message] = messages
    assert message == (
        "写作“霁财发〔2026〕5号”，它是《霁川市财政局会议费管理办法》（policy/cited.md），"
        "发布日期 2026-04-01 还没有到，网站上还没有它。"
    )


@pytest.mark.parametrize(
    "fault",
    [{"文号": "霁财发[2026]5"}, {"成文日期": "2026年"}, {"发布机构": "没有这个局"}],
    ids=["number", "day", "organ"],
)
def test_a_document_with_faults_of_its_own_is_reported_and_whoever_cites_it_is_not(
    content: Path, fault: dict[str, str]
) -> None:
    write(content, "policy/cited.md", CITED | fault)
    write(content, "policy/citing.md", CITING | {"废止文件": "霁财发〔2026〕5号"})

    problems = judged(content)

    assert about(problems, "policy/citing.md") == []
    assert [problem.severity for problem in problems if problem.file == "policy/cited.md"].count("error") >= 1


def test_a_document_that_cannot_be_read_at_all_is_the_only_one_reported(content: Path) -> None:
    (content / "policy").mkdir(exist_ok=True)
    (content / "policy" / "cited.md").write_bytes(b"---\n\x00\x01\x02\xff\n---\n")
    write(content, "policy/citing.md", CITING | {"废止文件": "policy/cited"})

    problems = judged(content)

    assert about(problems, "policy/citing.md") == []
    assert about(problems, "policy/cited.md")


def test_what_is_nowhere_is_nothing_as_before(content: Path) -> None:
    write(content, "drafts/policy/other.md", CITED | {"文号": "霁财发〔2026〕9号", "索引号": ""})
    write(content, "policy/citing.md", CITING | {"废止文件": "霁民发〔2019〕5号"})

    assert about(judged(content), "policy/citing.md") == [
        ("relation.to-nothing", "写作“霁民发〔2019〕5号”，本站没有这份文件。")
    ]


def test_a_name_is_proposed_once(content: Path) -> None:
    for name in ("a", "b"):
        write(content, f"policy/{name}.md", CITED | {"索引号": "", "标题": f"会议费办法{name}"})
    write(content, "policy/citing.md", CITING | {"废止文件": "霁财发〔2026〕7号"})

    [hint] = [problem.hint for problem in judged(content) if problem.code == "relation.to-nothing"]

    assert hint.count("“霁财发〔2026〕5号”") == 1
