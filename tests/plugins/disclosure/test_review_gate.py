"""What is a draft, or waits for its day, is in no catalog but a preview's."""

from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.validate import validate

TODAY = date(2026, 3, 31)
POLICY = Path(__file__).parent.parent.parent / "examples" / "policy" / "valid" / "minimal.md"


def put(content: Path, name: str, **changed: str) -> None:
    text = POLICY.read_text(encoding="utf-8")
    for label, value in changed.items():
        lines = [
            line if not line.startswith(f"{label}:") else f"{label}: {value}" for line in text.split("\n")
        ]
        text = "\n".join(
            lines
            if any(line.startswith(f"{label}:") for line in lines)
            else [lines[0], f"{label}: {value}", *lines[1:]]
        )
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def keys(content: Path, *, preview: bool) -> set[str]:
    catalog = read_content(content, TODAY, preview=preview).catalog
    assert catalog is not None
    return {record.key for record in catalog.records if record.kind == "policy"}


@pytest.mark.parametrize(
    ("day", "is_public"), [("2026-03-30", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_a_record_is_public_from_its_own_day_on(content: Path, day: str, is_public: bool) -> None:
    put(content, "policy/waiting.md", 发布日期=day)

    assert ("policy/waiting" in keys(content, preview=False)) == is_public
    assert "policy/waiting" in keys(content, preview=True)


def test_what_waits_for_its_day_is_judged_all_the_same(content: Path) -> None:
    put(content, "policy/waiting.md", 发布日期="2026-04-01", 废止文件="霁政发〔1999〕1号")

    read = read_content(content, TODAY)

    assert read.whole is not None
    found = [problem.code for problem in validate(read.whole, TODAY) if problem.file == "policy/waiting.md"]
    assert sorted(found) == ["date.in-future", "relation.to-nothing"]
    assert read.publishable


def test_a_build_does_not_even_read_a_draft(content: Path) -> None:
    put(content, "drafts/policy/half.md", 发布日期="尚未定")

    read = read_content(content, TODAY)

    assert [problem.file for problem in read.problems] == []
    assert "policy/half" not in keys(content, preview=False)


def test_a_preview_bears_an_unfinished_draft_and_says_what_is_missing(content: Path) -> None:
    path = content / "drafts" / "policy" / "half.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\n标题:\n---\n\n还没有写完。\n", encoding="utf-8")

    read = read_content(content, TODAY, preview=True)

    assert read.catalog is not None
    record = read.catalog.get("policy/half")
    assert record is not None
    assert (record.title, record.published_on) == ("（还没有标题）", TODAY)
    assert {problem.file for problem in read.problems} == {"drafts/policy/half.md"}
    assert "标题" in {problem.field for problem in read.problems}


def test_the_draft_of_a_published_record_takes_its_place_in_the_preview_alone(content: Path) -> None:
    put(content, "policy/one.md", 标题="关于第一稿的通知")
    put(content, "drafts/policy/one.md", 标题="关于第二稿的通知")

    titles = []
    for preview in (False, True):
        catalog = read_content(content, TODAY, preview=preview).catalog
        record = catalog.get("policy/one") if catalog else None
        titles.append(record.title if record else None)

    assert titles == ["关于第一稿的通知", "关于第二稿的通知"]


@pytest.mark.parametrize(
    "name", ["drafts/note.md", "drafts/polcy/a.md", "drafts/policy/a.docx", "drafts/policy/a.yaml"]
)
def test_a_file_among_the_drafts_that_is_none_is_reported_in_the_preview(content: Path, name: str) -> None:
    put(content, name)

    assert name.rpartition("/")[0] in read_content(content, TODAY, preview=True).problems[0].file


def test_how_far_drafts_are_is_no_record(content: Path) -> None:
    put(content, "drafts/states.csv")

    assert read_content(content, TODAY, preview=True).problems == ()
