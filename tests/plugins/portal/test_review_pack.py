"""The approver sees what changed, word by word, what got worse and what got better."""

import re

import pytest

from plugins.portal.review_pack import as_html, review_pack
from plugins.versions.git_versions import NoHistory
from tests.plugins.portal.test_histories import commit, git, office_today

TODAY = office_today()


@pytest.fixture
def branch(office):
    """A branch on which one policy was changed, one is new, one is a draft, and one reminder was mended."""
    git(office.content, "init", "-q", "-b", "main")
    office.policy(2, body="请于5月10日前报送。")
    office.policy(3, 成文日期="2025-13-01")
    commit(office, "2025-06-01")
    git(office.content, "checkout", "-q", "-b", "spring")
    office.policy(2, body="请于5月15日前报送。")
    office.policy(3)
    office.policy(4, title="关于新事项的通知", 文号="霁政办发[2025]4号")
    office.write("drafts/policy/2026-0009.md", "---\n标题: 关于草稿的通知\n---\n\n草稿。\n")
    commit(office, "2025-07-01")
    office.policy(5, title="还没有提交的通知")
    return office


def test_records_that_come_and_change_are_shown_word_by_word(branch) -> None:
    pack = review_pack(branch.content, "main", TODAY)

    assert [(one.what, one.key, one.draft) for one in pack.records] == [
        ("新增", "policy/2026-0009", True),
        ("修改", "policy/2025-0002", False),
        ("修改", "policy/2025-0003", False),
        ("新增", "policy/2025-0004", False),
        ("新增", "policy/2025-0005", False),
    ]
    page = " ".join(re.sub("<[^>]+>", "", as_html(pack)).split())
    assert "请于5月【删：10】【增：15】日前报送。" in page
    assert "新增（草稿）：关于草稿的通知" in page


def test_problems_that_come_and_that_are_mended_are_told_apart(branch) -> None:
    pack = review_pack(branch.content, "main", TODAY)

    mended = [(one.file, one.field) for one in pack.mended_problems]
    come = [(one.file, one.field) for one in pack.new_problems if one.field == "文号"]
    assert ("policy/2025-0003.md", "成文日期") in mended
    assert come == [("policy/2025-0004.md", "文号")]
    assert not [one for one in pack.new_problems if one.file == "policy/2025-0002.md"]
    assert f"还有 {pack.errors} 处错误，改好以前不能发布。" in as_html(pack)


def test_duties_are_counted_before_and_after(branch) -> None:
    git(branch.content, "rm", "-q", "-r", "--cached", ".")
    git(branch.content, "commit", "-q", "--allow-empty", "-m", "x")

    pack = review_pack(branch.content, "main", TODAY)

    counts = {label: (before, after) for label, before, after in pack.counts}
    assert set(counts) == {"已公开", "缺", "逾期", "不适用"}
    assert sum(before for before, _ in counts.values()) == sum(after for _, after in counts.values()) > 0


def test_what_others_wrote_is_text_and_no_code(branch) -> None:
    branch.policy(2, title="<script>alert(1)</script>")

    page = as_html(review_pack(branch.content, "main", TODAY))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_branch_that_is_not_there_is_told(branch) -> None:
    with pytest.raises(NoHistory, match="nowhere"):
        review_pack(branch.content, "nowhere", TODAY)
