"""A build that stays: an edit is on its own page at once, and the whole build after it is that of a clean start."""

from datetime import date

import pytest

from plugins.disclosure import checking
from plugins.disclosure.readers import again as reading
from plugins.portal import build as building
from plugins.portal import resident as staying
from plugins.portal.build import BuildRefused, build_site
from plugins.portal.resident import Resident

TODAY = date(2026, 11, 20)
PARTS = frozenset(["pages", "data"])


@pytest.fixture
def resident(office):
    """The office's preview, built once, in a process that stays."""
    found = Resident(
        lambda warm: build_site(
            office.content, office.output, TODAY, workers=1, preview=True, parts=PARTS, warm=warm
        )
    )
    found.whole()
    return found


def page(office, number):
    """The page of one policy, as it is on disk."""
    return (office.output / f"policy/2025-{number:04d}.html").read_text(encoding="utf-8")


def clean(office):
    """The preview built from nothing."""
    other = office.output.parent / "clean" / "output"
    build_site(office.content, other, TODAY, workers=1, preview=True, parts=PARTS)
    return office.tree(other)


def test_an_edited_text_is_on_its_page_and_in_its_data_at_once(office, resident):
    office.policy(2, body="刚刚写下的一段话。")

    assert set(resident.quick(["policy/2025-0002.md"])) == {
        "policy/2025-0002.html",
        "policy/2025-0002.json",
    }
    assert "刚刚写下的一段话。" in page(office, 2)


def test_an_edited_title_is_on_its_page_at_once_and_elsewhere_after_the_whole_build(office, resident):
    office.policy(2, title="换了标题的通知")
    resident.quick(["policy/2025-0002.md"])
    before = "换了标题的通知" in (office.output / "index.html").read_text(encoding="utf-8")
    resident.whole()

    assert "换了标题的通知" in page(office, 2)
    assert (before, "换了标题的通知" in (office.output / "index.html").read_text(encoding="utf-8")) == (
        False,
        True,
    )


def test_after_the_whole_build_the_preview_is_the_one_built_from_nothing(office, resident):
    office.policy(1, title="甲", body="第一次。")
    resident.quick(["policy/2025-0001.md"])
    office.policy(1, title="甲", body="第二次。")
    office.policy(3, body="另一条。")
    resident.quick(["policy/2025-0001.md", "policy/2025-0003.md"])
    quick = page(office, 1)
    resident.whole()

    assert office.tree() == clean(office)
    assert "第二次。" in quick


def test_an_edit_that_is_taken_back_is_taken_back_at_once(office, resident):
    before = page(office, 2)
    office.policy(2, body="不对。")
    resident.quick(["policy/2025-0002.md"])
    office.policy(2)
    resident.quick(["policy/2025-0002.md"])

    assert page(office, 2) == before


def test_an_edit_before_the_whole_build_is_still_shown_beside_the_next(office, resident):
    office.policy(1, body="第一处。")
    resident.quick(["policy/2025-0001.md"])
    office.policy(2, body="第二处。")

    assert set(resident.quick(["policy/2025-0002.md"])) == {
        "policy/2025-0002.html",
        "policy/2025-0002.json",
    }
    assert "第一处。" in page(office, 1)


def test_one_edit_reads_one_source_and_plans_nothing(office, resident, monkeypatch):
    read = []
    really = reading.read_markdown_file
    monkeypatch.setattr(
        reading, "read_markdown_file", lambda file, *more: read.append(file.name) or really(file, *more)
    )
    monkeypatch.setattr(staying.Resident, "whole", None)
    monkeypatch.setattr(checking, "begin_check", None)
    office.policy(2, body="换了。")
    resident.quick(["policy/2025-0002.md"])

    assert read == ["policy/2025-0002.md"]


def test_what_is_new_or_gone_or_no_record_waits_for_the_whole_build(office, resident):
    office.policy(4)
    office.write("nowhere/a.md", "---\n标题: 没有这一类\n---\n")
    names = [
        "policy/2025-0099.md",
        "policy/2025-0004.md",
        "site.yaml",
        "organs.csv",
        "nowhere/a.md",
        "README.md",
    ]

    assert {name: resident.quick([name]) for name in names} == dict.fromkeys(names)


def test_a_file_that_cannot_be_read_as_a_record_waits_for_the_whole_build(office, resident):
    office.write("policy/2025-0002.md", "没有开头\n")

    assert resident.quick(["policy/2025-0002.md"]) is None


def test_a_link_out_of_the_folder_is_not_followed(office, resident, tmp_path):
    (tmp_path / "secret.md").write_bytes((office.content / "policy/2025-0002.md").read_bytes())
    (office.content / "policy/2025-0002.md").unlink()
    (office.content / "policy/2025-0002.md").symlink_to(tmp_path / "secret.md")

    assert resident.quick(["policy/2025-0002.md"]) is None


def test_before_anything_was_built_there_is_nothing_to_show_it_in(office):
    assert Resident(lambda warm: pytest.fail(f"{warm}")).quick(["policy/2025-0001.md"]) is None


def test_where_a_process_cannot_go_on_in_two_all_waits_for_the_whole_build(office, resident, monkeypatch):
    monkeypatch.setattr(staying, "can_fork", lambda: False)

    assert resident.quick(["policy/2025-0001.md"]) is None


def test_a_whole_build_that_is_broken_off_leaves_quick_looks_as_they_were(office, resident, monkeypatch):
    office.policy(2, title="还没有生成的标题")
    with monkeypatch.context() as patch:
        patch.setattr(building, "_run_pelican", _broken_off)
        with pytest.raises(KeyboardInterrupt):
            resident.whole()
    office.policy(3, body="又一处。")
    shown = resident.quick(["policy/2025-0003.md"])
    resident.whole()

    assert shown
    assert office.tree() == clean(office)


def _broken_off(_):
    raise KeyboardInterrupt


def test_a_refused_build_leaves_the_last_one_in_memory(office):
    resident = Resident(
        lambda warm: build_site(office.content, office.output, TODAY, workers=1, parts=PARTS, warm=warm)
    )
    resident.whole()
    office.policy(3, 发布日期="2025年13月1日")
    with pytest.raises(BuildRefused):
        resident.whole()
    office.policy(2, body="照样看得到。")
    resident.quick(["policy/2025-0002.md"])

    assert "照样看得到。" in page(office, 2)
