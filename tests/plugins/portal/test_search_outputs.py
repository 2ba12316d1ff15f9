"""What search is told of the site: only what changed is worked out again, and a foreign folder stays as it is."""

import pytest

from plugins.portal import search_outputs
from plugins.portal.build import BuildRefused
from plugins.portal.search_outputs import search_folder, searched_text
from plugins.portal.store import OutputNotOurs
from plugins.search.searching import StaticIndex


def test_a_second_build_works_out_nothing_for_search(office, monkeypatch):
    told = []
    entry = search_outputs.entry
    monkeypatch.setattr(
        search_outputs, "entry", lambda desk, record: told.append(record.key) or entry(desk, record)
    )
    office.build()
    assert "policy/2025-0002" in told
    told.clear()
    office.build()
    assert told == []
    office.policy(2, body="第2件事，改过了。")
    office.build()
    assert "policy/2025-0002" in told


def test_an_organ_with_another_name_is_told_anew_with_all_it_published(office):
    office.interpretation("《通知》解读", "policy/2025-0001")
    office.build()
    before = office.tree()["search/start.bin"]
    for path in (office.content / "organs.csv", office.content / "interpretation/2026-0001.md"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("市财政局", "市财政和国资局"), encoding="utf-8"
        )
    office.build()
    assert office.tree()["search/start.bin"] != before


@pytest.mark.parametrize("damage", [b"{", b'{"a": 3}', b""])
def test_what_was_kept_for_search_may_be_lost(office, damage):
    office.build()
    before = office.tree()
    (search_folder(office.output) / "known.json").write_bytes(damage)
    office.build()
    assert office.tree() == before


def test_nothing_is_laid_down_beside_a_folder_that_is_not_ours(office):
    office.output.mkdir()
    (office.output / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(OutputNotOurs):
        office.build()
    assert not search_folder(office.output).exists()
    assert [path.name for path in office.output.iterdir()] == ["thesis.docx"]


def test_the_search_page_asks_a_server_where_the_site_names_one(office):
    office.build()
    assert "data-server" not in office.tree()["search.html"].decode()
    site = (office.content / "site.yaml").read_text(encoding="utf-8")
    office.write("site.yaml", site + "search_server: /jiansuo/\n")
    office.build()
    assert 'data-server="/jiansuo/"' in office.tree()["search.html"].decode()


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "jiansuo", "/a?b"])
def test_a_server_must_be_a_path_on_the_same_host(office, path):
    site = (office.content / "site.yaml").read_text(encoding="utf-8")
    office.write("site.yaml", site + f"search_server: {path}\n")
    with pytest.raises(BuildRefused) as refused:
        office.build()
    assert any("检索服务路径" in str(problem) for problem in refused.value.problems)


def test_the_cells_of_a_table_stand_apart_in_what_is_searched() -> None:
    body = "说明：\n\n| 项目 | 金额 |\n|---|---:|\n| **道路** | 5 |\n"
    assert searched_text(body) == "说明：\n项目｜金额\n道路｜5"


def test_a_leader_is_found_with_the_post(example_site) -> None:
    index = StaticIndex(example_site.folder / "search")

    assert index.search("市长").hits[0].card.title == "闻景澄 市长"
    assert index.search("闻景澄").hits[0].card.title == "闻景澄 市长"
