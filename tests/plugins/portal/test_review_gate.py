"""What is a draft, unreviewed or waits for its day is in no file of the site: page, shard, feed, dump or archive."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest

from plugins.disclosure.checking import check_content
from plugins.manifest.deploying import NotAsBuilt, deploy
from plugins.manifest.targets import FolderTarget
from plugins.portal.build import BuildRefused, build_site
from plugins.search.whoosh_reader import search

TODAY = date(2026, 11, 20)

DRAFT, EMBARGOED = "雨燕档案", "鹭洲方案"
"""Words that stand nowhere else."""


@pytest.fixture
def office_with_secrets(office):
    """An office with a draft that was not reviewed, a record for tomorrow, and a file for each."""
    office.policy(
        7, title=f"关于{EMBARGOED}的通知", body=f"{EMBARGOED}的正文。", 发布日期="2026-11-21", 附件="lu.txt"
    )
    office.write("attachments/lu.txt", EMBARGOED)
    office.write("attachments/yan.txt", DRAFT)
    office.write(
        "drafts/policy/2025-0009.md",
        f"---\n标题: 关于{DRAFT}的通知\n发布机构: 霁川市人民政府\n附件: yan.txt\n---\n\n{DRAFT}的正文。\n",
    )
    return office


def unpacked(tree: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file, and every file in an archive."""
    for name, data in tree.items():
        yield name, data
        if data[:2] == b"PK":
            archive = zipfile.ZipFile(io.BytesIO(data))
            yield from ((f"{name}!{part}", archive.read(part)) for part in archive.namelist())


def hits(office, word: str) -> int:
    """How many records a reader finds by the word."""
    return len(list(search(office.output / "search", word, 10)))


def files_that_know(tree: dict[str, bytes], *words: str) -> set[str]:
    """The files that hold any of the words, plain or escaped as JSON and XML may have them."""
    wanted = {form for word in words for form in (word.encode(), word.encode("unicode_escape"))}
    wanted |= {"".join(f"&#{ord(letter)};" for letter in word).encode() for word in words}
    return {name for name, data in unpacked(tree) if any(form in data for form in wanted)}


def test_a_draft_and_a_record_for_tomorrow_are_in_no_file_of_the_site(office_with_secrets) -> None:
    report = office_with_secrets.build()
    tree = office_with_secrets.tree()

    assert files_that_know(tree, DRAFT, EMBARGOED) == set()
    assert [
        name for name in tree if "0009" in name or "0007" in name or name.endswith(("lu.txt", "yan.txt"))
    ] == []
    assert [hits(office_with_secrets, word) for word in (DRAFT, EMBARGOED)] == [0, 0]
    assert "date.in-future" in [problem.code for problem in report.problems]


def test_the_search_for_leaks_finds_what_is_public(office_with_secrets) -> None:
    office_with_secrets.build(today=date(2026, 11, 21))

    known = files_that_know(office_with_secrets.tree(), EMBARGOED)

    kinds = {name.partition("/")[0] for name in known}
    assert {"policy", "section", "feeds", "data", "api", "attachments", "index.html"} <= kinds
    assert any("!" in name for name in known)
    assert hits(office_with_secrets, EMBARGOED) == 1


def test_a_preview_shows_all_of_them_and_cannot_be_deployed(office_with_secrets) -> None:
    office = office_with_secrets
    output = office.output.with_name("preview")

    build_site(office.content, output, TODAY, workers=1, preview=True)

    with pytest.raises(NotAsBuilt):
        deploy(output, FolderTarget(output.with_name("public")))
    assert DRAFT in (output / "policy" / "2025-0009.html").read_text(encoding="utf-8")
    assert EMBARGOED in (output / "policy" / "2025-0007.html").read_text(encoding="utf-8")


def test_what_is_in_place_and_was_not_reviewed_stops_the_build(office) -> None:
    office.policy(7, title=f"关于{DRAFT}的通知", 审查人="")

    with pytest.raises(BuildRefused) as refused:
        office.build()

    assert [
        (problem.file, problem.field) for problem in refused.value.problems if problem.severity == "error"
    ] == [("policy/2025-0007.md", "审查人")]
    assert not office.output.exists() or files_that_know(office.tree(), DRAFT) == set()


def test_a_public_record_may_not_lean_on_one_that_is_not_public_yet(office_with_secrets) -> None:
    office_with_secrets.interpretation("《关于某事的通知》解读", "policy/2025-0007")

    problems = check_content(office_with_secrets.content, TODAY).problems

    assert [
        (problem.file, problem.severity) for problem in problems if problem.code == "relation.to-nothing"
    ] == [("interpretation/2026-0001.md", "error")]


def test_an_unfinished_draft_of_every_kind_has_a_page_in_the_preview(office) -> None:
    kinds = [
        kind.id for kind in check_content(office.content, TODAY).catalog.kinds.values() if kind.id != "organ"
    ]  # type: ignore[union-attr]
    for kind in kinds:
        office.write(f"drafts/{kind}/half.md", "---\n标题:\n---\n\n没有写完。\n")

    build_site(office.content, office.output, TODAY, workers=1, preview=True)

    assert [kind for kind in kinds if not (office.output / kind / "half.html").exists()] == []
