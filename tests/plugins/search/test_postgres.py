"""PostgreSQL as the engine: a real server loads the records and answers as the static index does."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from plugins.search.documents import documents
from plugins.search.index import make_index
from plugins.search.postgres import SCHEMA, NotReached, PostgresIndex, load
from plugins.search.searching import StaticIndex
from plugins.search.server_answer import ServerAnswer, read_asked
from tests.postgres_server import Server

from .conftest import entry, published

ENTRIES = [entry(number) for number in range(80)] + [
    entry(500, text="长文。" * 9000 + "末尾一句"),
    entry(501, text="引号'反斜杠\\和零\0字符以及😀"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> StaticIndex:
    work = tmp_path_factory.mktemp("work")
    return published(make_index(ENTRIES, work), work, tmp_path_factory.mktemp("site") / "search")


@pytest.fixture(scope="module")
def engine(postgres: Server, index: StaticIndex) -> Iterator[PostgresIndex]:
    assert load(postgres.address(), documents(index)) == len(ENTRIES)
    yield PostgresIndex(postgres.address())
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def asked(engine: PostgresIndex, address: str) -> ServerAnswer:
    return engine.answer(read_asked(address))


def test_every_number_title_and_phrase_finds_its_record_first(engine: PostgresIndex) -> None:
    for one in ENTRIES[:40]:
        number = one.number.replace("〔", "[").replace("〕", "]第")
        assert asked(engine, f"q={number}").hits[0].card.key == one.key
        assert asked(engine, f"q={one.title} {one.published_on}").hits[0].card.title == one.title
        phrase = one.text[40:54].replace("\n", "").replace(";", "；")
        assert one.key in {hit.card.key for hit in asked(engine, f"q={phrase}").hits}


def test_it_counts_as_the_static_index_does(engine: PostgresIndex, index: StaticIndex) -> None:
    for words in (
        "公租房",
        "低保",
        "松泠县",
        "霁川市财政局",
        "没有这样的话",
        "shuilian",
        "2020年",
        "末尾一句",
        '"末尾一句"',
    ):
        here = index.search(words, limit=50)
        there = asked(engine, f"q={words}&size=50")
        assert there.total == here.total, words
        assert {hit.card.key for hit in there.hits if hit.whole} == {
            hit.card.key for hit in here.hits if hit.whole
        }


def test_filters_days_order_and_counts(engine: PostgresIndex) -> None:
    answer = asked(engine, "q=通知&organ=霁川市教育局&from=2018-01-01&to=2022-12-31&sort=date&size=50")
    wanted = [
        one
        for one in ENTRIES
        if one.organ == "霁川市教育局" and "2018" <= one.published_on < "2023" and "通知" in one.title
    ]
    assert {hit.card.key for hit in answer.hits} == {one.key for one in wanted}
    days = [hit.card.published_on for hit in answer.hits]
    assert days == sorted(days, reverse=True)
    assert answer.counts["organ"] == [("霁川市教育局", len(wanted))]
    assert sum(count for _, count in answer.counts["year"]) == len(wanted)
    assert dict(answer.counts["topic"])["科技、教育"] == len(wanted)


def test_pages_follow_one_another(engine: PostgresIndex) -> None:
    first, second = (asked(engine, f"q=通知&size=10&page={page}").hits for page in (1, 2))
    assert len(first) == len(second) == 10
    assert not {hit.card.key for hit in first} & {hit.card.key for hit in second}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "q=",
        "q='; DROP TABLE record; --",
        "q=%00",
        "q=\\",
        "q=" + "税" * 9000,
        "page=-1&size=9999&from=x&organ='",
        "%ff",
    ],
)
def test_whatever_is_asked_gets_an_answer(engine: PostgresIndex, address: str) -> None:
    assert asked(engine, address).total >= 0


def test_loading_anew_takes_the_place_of_what_was_there(
    postgres: Server, engine: PostgresIndex, index: StaticIndex
) -> None:
    load(postgres.address(), list(documents(index))[:3])
    assert asked(engine, "size=50").total == 3
    load(postgres.address(), documents(index))
    assert asked(engine, "size=50").total == len(ENTRIES)


def test_a_database_that_is_not_there_is_told_without_its_address(tmp_path: Path) -> None:
    with pytest.raises(NotReached) as told:
        load(f"postgresql://user:secret@/none?host={tmp_path}", [])
    assert "secret" not in str(told.value)
