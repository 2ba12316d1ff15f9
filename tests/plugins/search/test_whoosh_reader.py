"""Whoosh's query language over the static index, held against the records themselves."""

import ast
import contextlib
from pathlib import Path

import pytest

from plugins.search import whoosh_reader
from plugins.search.entry import Entry
from plugins.search.index import make_index
from plugins.search.searching import IndexMissing, StaticIndex
from plugins.search.whoosh_reader import QueryNotUnderstood, search

from .conftest import entry, published

ENTRIES = [entry(number) for number in range(250)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work, folder = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("site") / "search"
    published(make_index(ENTRIES, work), work, folder)
    return folder


def found(folder: Path, words: str) -> set[str]:
    return {hit.id for hit in search(folder, words, limit=1000)}


def wanted(condition: object) -> set[str]:
    assert callable(condition)
    return {one.key for one in ENTRIES if condition(one)}


def mentions(one: Entry, *words: str) -> bool:
    return any(word in one.title + one.text for word in words)


def test_words_alone_are_what_the_browser_finds(folder: Path) -> None:
    index = StaticIndex(folder)
    for words in ("公租房", "霁川市财政局 部门决算", ENTRIES[3].title, ENTRIES[5].number, "zhengfu xinxi"):
        assert [hit.id for hit in search(folder, words)] == [hit.card.key for hit in index.search(words).hits]


def test_a_field_narrows(folder: Path) -> None:
    expected = wanted(lambda one: mentions(one, "公共租赁住房") and one.organ == "霁川市民政局")
    assert found(folder, "公租房 机构:霁川市民政局") == expected
    assert found(folder, '公租房 organ:"霁川市民政局"') == expected
    assert expected


def test_words_are_joined_by_and_or_and_not(folder: Path) -> None:
    expected = wanted(lambda one: mentions(one, "公共租赁住房", "最低生活保障") and one.kind != "政策解读")
    assert found(folder, "(公租房 OR 低保) NOT 类别:政策解读") == expected


def test_a_span_of_days_holds_both_its_ends(folder: Path) -> None:
    days = sorted(one.published_on for one in ENTRIES)
    first, last = days[50], days[90]
    assert found(folder, f"日期:[{first} TO {last}]") == wanted(lambda one: first <= one.published_on <= last)
    assert found(folder, f"日期:[{last} TO]") == wanted(lambda one: one.published_on >= last)


def test_signs_stand_for_any_characters_in_titles(folder: Path) -> None:
    expected = wanted(lambda one: "望岫区" in one.title and one.title.endswith("取水许可的通知"))
    assert found(folder, "标题:*望岫区*取水许可?通知") == expected


def test_a_phrase_is_found_sign_by_sign(folder: Path) -> None:
    phrase = ENTRIES[9].text[30:36]
    expected = wanted(lambda one: phrase in one.text)
    assert found(folder, f'"{phrase}" 类别:*') == set()
    assert found(folder, f'"{phrase}" 日期:[2000-01-01 TO]') == expected


def test_the_best_come_first(folder: Path) -> None:
    hits = search(folder, "公租房 日期:[2000-01-01 TO]", limit=20)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert "公共租赁住房" in hits[0].title


def test_an_unknown_field_is_told_with_those_there_are(folder: Path) -> None:
    with pytest.raises(QueryNotUnderstood, match=r"“部门:”.*机构.*organ"):
        search(folder, "部门:财政局 AND 决算")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "AND",
        "OR OR",
        "NOT",
        "(",
        "()",
        "((公租房",
        "日期:[",
        "日期:[x TO y]",
        "标题:*",
        '"',
        "机构:",
        "a:b:c*",
    ],
)
def test_odd_queries_give_an_answer_or_say_what_is_odd(folder: Path, words: str) -> None:
    with contextlib.suppress(QueryNotUnderstood):
        assert search(folder, words, limit=3)[3:] == []


def test_no_index_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        search(tmp_path, "公租房 AND 低保")


SHARED = {
    *("fields.ID", "fields.Schema", "fields.TEXT", "matching.ListMatcher", "matching.NullMatcher"),
    *("qparser.AndGroup", "qparser.QueryParser", "query.And", "query.AndMaybe", "query.AndNot", "query.Not"),
    *(
        "query.Or",
        "query.Query",
        "query.Require",
        "reading.IndexReader",
        "scoring.Frequency",
        "searching.Searcher",
    ),
}
"""What Whoosh 2.7.4, Whoosh-Reloaded 2.7.5 and whoosh3 3.54.0 all have; `tests.benchmarks.whoosh_forks` tries them."""


def test_only_what_whoosh_and_its_forks_share_is_used() -> None:
    tree = ast.parse(Path(whoosh_reader.__file__).read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    whole = {name.name for node in imported if node.module == "whoosh" for name in node.names}
    used = {
        f"{node.module}.{name.name}".removeprefix("whoosh.")
        for node in imported
        for name in node.names
        if str(node.module).startswith("whoosh.")
    }
    used |= {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in whole
    }
    assert used <= SHARED
