"""What the form is handed and hands back: nothing of a file changes but what an editor changed."""

from pathlib import Path

import pytest

from plugins.disclosure.editing.form_text import NotReadable, for_form, from_form, taken_apart
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies

EXAMPLES = Path(__file__).parents[3] / "examples"
KINDS, VOCABULARIES = load_kinds(), load_vocabularies()
FILES = [
    pytest.param(kind, path, id=f"{kind}/{path.parent.name}/{path.stem}")
    for kind in KINDS
    for path in sorted((EXAMPLES / kind).glob("*valid/*.md"))
]
POLICY = """---
# 给同事看的说明
标题: 关于防汛的通知
# 文号由办公室编
文号: 霁政办发〔2026〕8号
主题词: 防汛；抗旱
附件: plan.xlsx｜名额表；map.pdf
状况不明的一项: 留着
---

正文第一段。

正文第二段。
"""


def back(changes: dict[str, object], before: str = POLICY, kind: str = "policy") -> str:
    """The file after a form in which `changes` were made."""
    import json

    values = {
        label: value for label, _, value in taken_apart(before, KINDS[kind], VOCABULARIES).entries if value
    }
    values |= changes
    front = "".join(f"{label}: {json.dumps(value, ensure_ascii=False)}\n" for label, value in values.items())
    body = taken_apart(before, KINDS[kind], VOCABULARIES).body
    return from_form(f"---\n{front}---\n\n{body}\n", before, KINDS[kind], VOCABULARIES)


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_a_form_in_which_nothing_was_changed_gives_back_the_very_file(kind: str, path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
    if not taken_apart(text, KINDS[kind], VOCABULARIES).entries or (
        text.startswith("---\n"),
        text.count("\n---\n"),
    ) != (True, 1):
        pytest.skip("no front matter to hand out, or none that is closed")

    handed = for_form(text, KINDS[kind], VOCABULARIES)

    assert from_form(handed, text, KINDS[kind], VOCABULARIES) == text


def test_one_changed_field_changes_one_line() -> None:
    assert changed_lines(POLICY, back({"标题": "关于抗旱的通知"})) == (
        ["标题: 关于防汛的通知"],
        ["标题: 关于抗旱的通知"],
    )


def test_comments_order_and_what_the_form_does_not_know_stay() -> None:
    after = back({"文号": "霁政办发〔2026〕9号"})

    assert after == POLICY.replace("〔2026〕8号", "〔2026〕9号")


def test_a_field_that_was_not_there_is_put_below_the_others() -> None:
    assert "状况不明的一项: 留着\n审查人: 办公室 林\n---\n" in back({"审查人": "办公室 林"})


def test_a_field_that_was_emptied_keeps_its_label() -> None:
    assert changed_lines(POLICY, back({"文号": ""})) == (["文号: 霁政办发〔2026〕8号"], ["文号:"])


def test_several_values_and_attachments_are_written_as_an_editor_writes_them() -> None:
    after = back(
        {
            "主题词": ["防汛", "水库"],
            "附件": [{"文件": "attachments/a.pdf", "显示的名称": "名额"}, {"文件": "/b.pdf"}],
        }
    )

    assert changed_lines(POLICY, after)[1] == ["主题词: 防汛；水库", "附件: a.pdf｜名额；b.pdf"]


@pytest.mark.parametrize(
    "text", ["是: 否 # 号", "'引号'", "〔〕［］", "- 横", "a\nb", '"双引号"', "1.10", "no", "0012"]
)
def test_whatever_is_written_into_a_field_is_read_back_as_it_is(text: str) -> None:
    after = back({"标题": text})

    values = {label: value for label, _, value in taken_apart(after, KINDS["policy"], VOCABULARIES).entries}
    assert values["标题"] == text


def test_a_table_is_handed_out_row_by_row_and_comes_back_as_rows() -> None:
    before = "---\n标题: 办事指南\n申请材料: 申请书｜原件；营业执照｜复印件\n---\n\n正文。\n"
    handed = for_form(before, KINDS["service"], VOCABULARIES)
    assert '申请材料: [{"材料名称": "申请书", "材料形式": "原件"}' in handed

    after = back({"申请材料": [{"材料名称": "身份证", "材料形式": "原件"}]}, before, "service")

    assert "申请材料:\n  - 材料名称: 身份证\n    材料形式: 原件\n---" in after


def test_a_term_is_handed_out_by_the_name_the_form_offers() -> None:
    handed = for_form("---\n标题: 甲\n公开方式: proactive\n---\n", KINDS["policy"], VOCABULARIES)

    assert '公开方式: "主动公开"' in handed


def test_what_is_no_record_is_not_written() -> None:
    with pytest.raises(NotReadable):
        from_form("随便什么", POLICY, KINDS["policy"], VOCABULARIES)
