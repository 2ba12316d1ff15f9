"""What a build was made from: when none of it changed, nothing is read and nothing is made."""

import os
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure import content as reading
from plugins.disclosure.readers import again
from plugins.portal import inputs
from plugins.portal.build import BuildRefused, build_site
from plugins.portal.settings import PARTS

THEME = Path(__file__).parents[3] / "theme"
TODAY = date(2026, 11, 20)


@pytest.fixture
def sources_read(monkeypatch):
    """The names of the records' files that are read."""
    found = []
    really = reading.read_markdown_file

    def noted(file, kind, around):
        found.append(file.name)
        return really(file, kind, around)

    monkeypatch.setattr(reading, "read_markdown_file", noted)
    monkeypatch.setattr(again, "read_markdown_file", noted)
    return found


def test_where_nothing_changed_no_source_is_read_and_no_file_is_written(office, sources_read):
    first = office.build()
    sources_read.clear()
    second = office.build()

    assert sources_read == []
    assert (second.records, second.planned, second.unchanged) == (first.records, first.planned, first.planned)
    assert (second.rendered, second.written, second.removed) == (0, (), ())


def test_a_first_build_notes_the_digest_of_every_file_though_it_reads_records_once(office):
    (office.content / "README.md").write_text("给同事看。\n", encoding="utf-8")
    office.build()

    note = inputs.read_note(office.output)
    now = inputs.look({"content": office.content}, {})
    assert {name: seen for name, seen in note.files.items() if name.startswith("content/")} == now
    assert "content/README.md" in now


def test_new_times_alone_read_no_source_either(office, sources_read):
    office.build()
    sources_read.clear()
    for path in office.content.rglob("*.*"):
        os.utime(path, ns=(10**18, 10**18))

    assert office.build().rendered == 0
    assert sources_read == []


def test_reminders_are_told_again_when_there_is_nothing_to_do(office):
    office.write("policy/notes.xyz", "?")
    first = office.build()
    second = office.build()

    assert [problem.code for problem in first.problems] == ["file.stray"]
    assert second.problems == first.problems


@pytest.mark.parametrize("harm", ["change", "delete", "add"])
def test_a_site_somebody_touched_is_put_right_though_no_input_changed(office, harm):
    office.build()
    before = office.tree()
    page = office.output / "policy/2025-0001.html"
    match harm:
        case "change":
            page.write_bytes(b"hacked")
        case "delete":
            page.unlink()
        case "add":
            page.with_name("more.html").write_bytes(b"?")
    office.build()

    assert office.tree() == before


def test_content_that_goes_back_after_a_killed_build_is_built_again(office, monkeypatch):
    office.policy(1, body="甲。")
    office.build()
    before = office.tree()
    office.policy(1, body="乙。")
    with monkeypatch.context() as patch:
        patch.setattr(inputs, "write_note", _killed)
        with pytest.raises(KeyboardInterrupt):
            office.build()
    assert office.tree() != before
    office.policy(1, body="甲。")
    office.build()

    assert office.tree() == before


def _killed(*_):
    raise KeyboardInterrupt


def test_a_refused_build_leaves_the_site_current_for_the_content_it_was_made_from(office):
    office.build()
    office.policy(2, 发布日期="2025年13月1日")
    with pytest.raises(BuildRefused):
        office.build()
    office.policy(2)

    assert office.build().rendered == 0


def test_another_day_another_rule_set_and_another_theme_are_looked_at_again(office, tmp_path):
    office.build()
    base = inputs.read_note(office.output).basis

    assert base == inputs.basis(TODAY, None, PARTS)
    assert base != inputs.basis(date(2026, 11, 21), None, PARTS)
    assert base != inputs.basis(TODAY, "cn-2008", PARTS)
    (tmp_path / "theme").symlink_to(THEME)
    assert build_site(office.content, office.output, TODAY, theme=tmp_path / "theme", workers=1).rendered == 0
