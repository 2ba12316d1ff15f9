"""The index over time: what an edit touches, and that additions answer as a clean index does."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.search import index as index_module
from plugins.search.entry import Entry
from plugins.search.index import Index, make_index, update_index
from plugins.search.query import read_query
from plugins.search.searching import StaticIndex

from .conftest import edited, entry, published

QUERIES = (
    "公租房",
    "低保 松泠县",
    "霁财发〔2020〕3号",
    "霁川市教育局 义务教育招生",
    "认真执行",
    "税",
    "改过的话",
    "部门决算的通知",
    "2020年",
    "zhongzhi",
    '"落实责任"',
)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments are merged at numbers a test can reach."""
    monkeypatch.setattr(index_module, "WHOLE_BELOW", 20)
    monkeypatch.setattr(index_module, "NEWEST", 3)
    monkeypatch.setattr(index_module, "MIDDLE", 8)


def contents(index: Index, work: Path) -> dict[str, bytes]:
    return {**{file.address: file.read(work) for file in index.slices}, **index.small}


def segments(index: Index) -> set[str]:
    return {file.address.partition("/")[0] for file in index.slices}


def test_the_same_records_give_the_same_bytes_in_any_order(tmp_path: Path, work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    other = tmp_path / "other"
    other.mkdir()
    one = make_index(entries, work)
    two = make_index(random.Random(1).sample(entries, len(entries)), other, workers=2)
    assert contents(one, work) == contents(two, other)


def test_nothing_is_made_again_for_unchanged_records(work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    make_index(entries, work)
    before = {path: path.stat().st_mtime_ns for path in work.rglob("*.pack")}
    make_index(entries, work)
    assert {path: path.stat().st_mtime_ns for path in work.rglob("*.pack")} == before


def test_an_edit_adds_a_small_segment_and_leaves_the_others(work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    first = contents(make_index(entries, work), work)
    entries[7] = edited(entries[7], "改过的话")
    second = contents(make_index(entries, work), work)
    assert {address for address in first if second.get(address) != first[address]} == {"start.bin"}
    assert 0 < len(second) - len(first) <= 30


def test_only_what_an_edit_needs_is_read(work: Path) -> None:
    entries = {one.key: one for one in map(entry, range(60))}
    asked: list[str] = []

    def read(keys: Sequence[str]) -> list[Entry]:
        asked.extend(keys)
        return [entries[key] for key in keys]

    def update() -> set[str]:
        asked.clear()
        update_index([one.version for one in entries.values()], read, work)
        return set(asked)

    assert update() == set(entries)
    assert update() == set()
    first, second = list(entries)[7], list(entries)[9]
    entries[first] = edited(entries[first], "改过的话")
    assert update() == {first}
    entries[second] = edited(entries[second], "也改了")
    assert update() == {first, second}, "the newest segment is written anew with what it held"


def test_a_removed_record_is_marked_dead_and_nothing_else_is_written(work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    first = contents(make_index(entries, work), work)
    second = contents(make_index(entries[1:], work), work)
    assert {address for address in first if second.get(address) != first[address]} == {"start.bin"}
    assert len(second) == len(first)


def test_many_additions_are_merged(work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    make_index(entries, work)
    sizes = []
    for number in range(100, 120):
        entries.append(entry(number))
        sizes.append(len(segments(make_index(entries, work))))
    assert max(sizes) == 3
    assert sizes.count(1) >= 1, "never merged into one"


@pytest.mark.parametrize("damage", ["cut", "gone", "state"])
def test_what_is_lost_between_builds_is_made_again(work: Path, damage: str) -> None:
    entries = [entry(number) for number in range(60)]
    whole = contents(make_index(entries, work), work)
    pack = next(work.rglob("hot-0.pack"))
    match damage:
        case "cut":
            pack.write_bytes(pack.read_bytes()[:-1])
        case "gone":
            pack.unlink()
        case "state":
            (work / "state.json").write_text("{", encoding="utf-8")
    assert contents(make_index(entries, work), work) == whole


def test_merging_on_demand_gives_what_a_first_build_gives(tmp_path: Path, work: Path) -> None:
    entries = [entry(number) for number in range(60)]
    make_index(entries, work)
    entries[3] = edited(entries[3], "改过的话")
    make_index(entries, work)
    other = tmp_path / "other"
    other.mkdir()
    merged = make_index(entries, work, compact=True)
    assert contents(merged, work) == contents(make_index(entries, other), other)


@pytest.mark.parametrize("seed", range(6))
def test_additions_answer_as_a_clean_index_does(tmp_path: Path, work: Path, seed: int) -> None:
    rng = random.Random(seed)
    entries: dict[str, Entry] = {one.key: one for one in (entry(number) for number in range(50))}
    for step in range(12):
        for _ in range(rng.randint(1, 3)):
            key = rng.choice(sorted(entries))
            match rng.choice(["edit", "retitle", "remove", "add"]):
                case "edit":
                    entries[key] = edited(entries[key], f"改过的话，第{step}回。" + entry(step, seed).text)
                case "retitle":
                    entries[key] = replace(entries[key], title=entries[key].title.replace("的通知", "的公告"))
                case "remove":
                    del entries[key]
                case "add":
                    new = entry(1000 + 100 * seed + step, seed)
                    entries[new.key] = new
        grown = published(make_index(entries.values(), work), work, tmp_path / f"grown-{step}")
    clean = tmp_path / "clean-work"
    clean.mkdir()
    alone = published(make_index(entries.values(), clean), clean, tmp_path / "clean")
    for words in QUERIES:
        assert whole(grown, words) == whole(alone, words), words
        if read_query(words, grown.often) == read_query(
            words, alone.often
        ):  # else other terms were looked up
            assert scores(grown, words) == scores(alone, words), words


def whole(index: StaticIndex, words: str) -> tuple[set[str], int]:
    """The records that have all that was asked, and how many there are said to be."""
    found = index.search(words, limit=100)
    return {hit.card.key for hit in found.hits if hit.whole}, found.total


def scores(index: StaticIndex, words: str) -> list[float]:
    """The scores, best first; which of several with one score come first is left open."""
    return [round(hit.score, 6) for hit in index.search(words, limit=100).hits]
