"""Where nothing but texts changed, the edited files are read and nothing is planned; else the whole build is done."""

from datetime import date

import pytest

from plugins.disclosure import checking
from plugins.portal import narrow
from plugins.portal.build import build_site
from plugins.portal.files import work_path
from plugins.portal.settings import PARTS

TODAY = date(2026, 11, 20)
LONG = "这是一段话，说的是同一件事。" * 30


@pytest.fixture
def office(office):
    """Twenty-four more policies, so that some are in no feed; one is interpreted, one cites others."""
    for number in range(4, 28):
        office.policy(number, body=LONG)
    office.interpretation("解读第二件事", "霁政办发〔2025〕2号")
    office.policy(28, body=f"{LONG}依照霁政办发〔2025〕2号办理，见[第三件事](policy/2025-0003)。")
    return office


@pytest.fixture
def build(office, monkeypatch):
    """Builds some parts of the office's site; says how many builds read and judged everything."""
    wholes = []
    really = checking.begin_check
    monkeypatch.setattr(checking, "begin_check", lambda *a, **n: wholes.append(1) or really(*a, **n))

    def build(*, preview=False, clean=False, parts=frozenset(["pages", "data", "feeds"])):
        output = office.output.parent / "clean" / "output" if clean else office.output
        build_site(office.content, output, TODAY, workers=1, parts=parts, preview=preview)
        return office.tree(output)

    build.wholes = wholes
    return build


@pytest.mark.parametrize("number", [2, 27], ids=["related and old", "new"])
def test_an_edited_text_is_all_that_is_read_and_the_site_is_the_clean_one(office, build, number):
    build()
    office.policy(number, body=f"{LONG}后面又添一句，见霁政办发〔2025〕3号。")
    edited = build()

    assert len(build.wholes) == 1
    assert "后面又添一句" in edited[f"policy/2025-{number:04d}.html"].decode()
    assert edited == build(clean=True)


def test_so_it_is_with_everything_a_site_has_and_with_edit_upon_edit(office, build):
    build(parts=PARTS)
    for number, words in ((26, "第一次。"), (27, "第二次。"), (26, "第三次，全文换过。")):
        office.policy(number, body=words)
        edited = build(parts=PARTS)

    assert len(build.wholes) == 1
    assert edited == build(clean=True, parts=PARTS)


def test_a_preview_shows_the_text_of_a_draft(office, build):
    office.write("drafts/policy/2026-0001.md", "---\n标题: 还没写完\n---\n初稿。\n")
    build(preview=True)
    office.write("drafts/policy/2026-0001.md", "---\n标题: 还没写完\n---\n二稿。\n")
    edited = build(preview=True)

    assert len(build.wholes) == 1
    assert "二稿。" in edited["policy/2026-0001.html"].decode()
    assert edited == build(preview=True, clean=True)


def _title(office):
    office.policy(5, title="换了标题的通知", body=LONG)


def _fault(office):
    office.policy(5, body=f"{LONG}\n\n请看&nbsp;这里。")


def _new_record(office):
    office.policy(40, body=LONG)


def _link(office):
    office.policy(5, body=f"{LONG}见[第三件事](policy/2025-0003)。")


def _setting(office):
    path = office.content / "site.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("办公室", "秘书处"), encoding="utf-8")


def _touched(office):
    office.policy(5, body=f"{LONG}又一句。")
    (office.output / "index.html").write_text("hacked", encoding="utf-8")


def _damaged(office):
    office.policy(5, body=f"{LONG}再一句。")
    path = work_path(office.output, "narrow")
    path.write_bytes(path.read_bytes()[:5000])


def test_anything_else_is_for_the_whole_build(office, build):
    edits = (_title, _fault, _new_record, _link, _setting, _touched, _damaged)
    build()
    whole = []
    for edit in edits:
        edit(office)
        before = len(build.wholes)
        edited = build()
        whole.append(len(build.wholes) - before)

    assert dict(zip(edits, whole, strict=True)) == dict.fromkeys(edits, 1)
    assert edited == build(clean=True)


def test_what_was_laid_down_names_no_function_that_writes(office, build):
    build()
    with pytest.raises(narrow.pickle.UnpicklingError):
        narrow._Unpickler(b"cplugins.portal.files\nreplace_whole\n.", None).load()
