"""A record's history is told from git and the office's notes: what was public, word by word, and never half of it."""

import re
import subprocess
from pathlib import Path

import pytest

from plugins.disclosure.checking import check_content
from plugins.versions.git_versions import NoHistory, ShallowClone

BODY = "第一段，讲申请条件。\n\n请于5月10日前报送。\n\n第三段不变。"


def git(folder: Path, *words: str, day: str = "2025-06-01") -> str:
    """Run git in a folder, on a day."""
    moment = f"{day}T09:00:00+08:00"
    environment = {
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "霁川"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "x@jichuan.example"),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), moment),
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(office, day: str) -> None:
    git(office.content, "add", "-A")
    git(office.content, "commit", "-q", "-m", "改", day=day)


@pytest.fixture
def told(office):
    """An office in git that publishes its history: record 2 was changed twice, the second time by a note's word."""
    site = office.content / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + "公开变更历史: 是\n", encoding="utf-8")
    git(office.content, "init", "-q", "-b", "main")
    office.policy(2, body=BODY)
    commit(office, "2025-06-01")
    office.policy(2, body=BODY.replace("10日", "15日"))
    commit(office, "2025-07-01")
    office.policy(2, body=BODY.replace("10日", "20日"), title="关于第2件事的补充通知")
    office.write("changes.csv", "记录,日期,程度,说明\npolicy/2025-0002,2025-08-01,重大,报送期限改为5月20日\n")
    commit(office, "2025-08-01")
    return office


def page_of(office, key: str) -> str:
    return (office.output / "history" / f"{key}.html").read_text(encoding="utf-8")


def words_of(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", page).split())


def test_each_change_is_told_word_by_word_and_readable_without_colour(told) -> None:
    told.build()

    page = words_of(page_of(told, "policy/2025-0002"))
    assert "第 1 版（2025-06-01） → 第 2 版（2025-07-01）" in page
    assert "请于5月【删：10】【增：15】日前报送。" in page
    assert "关于第2件事的【增：补充】通知" in page
    assert "正文另有 2 段没有改动。" in page


def test_any_two_versions_can_be_compared(told) -> None:
    told.build()

    page = words_of(page_of(told, "policy/2025-0002"))
    assert "第 1 版（2025-06-01） → 第 3 版（2025-08-01）" in page
    assert "请于5月【删：10】【增：20】日前报送。" in page


def test_the_offices_own_words_stand_beside_the_version(told) -> None:
    told.build()

    assert "第 3 版2025-08-01重大报送期限改为5月20日。" in words_of(page_of(told, "policy/2025-0002"))
    assert 'href="../history/policy/2025-0002.html">历次变动（3 个版本）' in (
        told.output / "policy" / "2025-0002.html"
    ).read_text(encoding="utf-8")


def test_a_record_that_was_never_changed_has_no_history(told) -> None:
    told.build()

    assert not (told.output / "history" / "policy" / "2025-0001.html").exists()


def test_what_was_not_public_is_not_told(told) -> None:
    told.policy(5, body="保密的初稿甲乙丙。", 发布日期="2025-12-31")
    commit(told, "2025-09-01")
    told.policy(5, body="没有审查的丁戊己。", 审查人="")
    commit(told, "2025-09-02")
    told.policy(5, body="公开的第一版。")
    commit(told, "2025-09-03")
    told.policy(5, body="公开的第二版。", 审查人="办公室 林")
    commit(told, "2025-09-04")
    told.build()

    page = page_of(told, "policy/2025-0005")
    assert "公开的第<del>【删：一】</del><ins>【增：二】</ins>版。" in page
    assert not [word for word in ("初稿", "甲乙丙", "丁戊己", "办公室 林") if word in page]


def test_rows_of_a_spreadsheet_have_histories_too(told) -> None:
    heading = "编号,标题,发布机构,发布日期,公开方式,审查人,审查日期,索引号,正文\n"
    row = "n1,{},霁川市财政局,2025-05-01,主动公开,办公室,2025-05-01,010000019/2025-00051,正文。\n"
    told.write("news/list.csv", heading + row.format("旧的标题甲"))
    commit(told, "2025-09-01")
    told.write("news/list.csv", heading + row.format("新的标题甲"))
    commit(told, "2025-09-02")
    told.build()

    assert "【删：旧】【增：新】的标题甲" in words_of(page_of(told, "news/n1"))


def test_a_commit_is_a_reason_to_build_again_and_a_second_build_is_none(told) -> None:
    told.build()
    assert told.build().written == ()
    told.policy(2, body=BODY.replace("10日", "25日"))
    told.build()
    commit(told, "2025-10-01")

    written = told.build().written

    assert "history/policy/2025-0002.html" in written
    assert "第 4 版" in page_of(told, "policy/2025-0002")


def test_a_shallow_clone_is_an_error_and_no_empty_history(told, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", told.content.as_uri(), str(shallow))
    told.content = shallow

    with pytest.raises(ShallowClone) as refused:
        told.build()

    assert (
        "是浅克隆，只有最近的提交，写不出完整的变更历史。请先运行 git fetch --unshallow"
        in refused.value.message_zh
    )
    assert not told.output.exists()


def test_without_git_the_office_is_told_and_without_the_wish_it_is_not_asked(office) -> None:
    office.build()
    site = office.content / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + "公开变更历史: 是\n", encoding="utf-8")

    with pytest.raises(NoHistory, match="不在 git 仓库里"):
        office.build()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("policy/2025-0099,2025-08-01,重大,改了", "change.no-record"),
        ("policy/2025-0002,8月1日,重大,改了", "change.bad-date"),
        ("policy/2025-0002,2025-08-01,很大,改了", "change.degree"),
        ("policy/2025-0002,2025-08-01,重大,", "change.no-words"),
    ],
)
def test_a_note_that_is_wrong_is_reported(office, row: str, code: str) -> None:
    office.write("changes.csv", f"记录,日期,程度,说明\n{row}\n")

    found = [
        one for one in check_content(office.content, office_today()).problems if one.file == "changes.csv"
    ]

    assert [(one.code, one.line, one.severity) for one in found] == [(code, 2, "error")]


def office_today():
    from datetime import date

    return date(2026, 11, 20)
