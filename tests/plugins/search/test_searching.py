"""What is found, and in which order; exact phrases against reading everything."""

import gzip
import random
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.disclosure.vocabulary import load_vocabularies
from plugins.search.folding import fold
from plugins.search.postings import ShardDamaged
from plugins.search.query import one_space
from plugins.search.searching import IndexMissing, StaticIndex
from plugins.search.second_look import ENDED

from .conftest import Make, entry

ENTRIES = [entry(number) for number in range(300)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> StaticIndex:
    from plugins.search.index import make_index

    from .conftest import published

    work = tmp_path_factory.mktemp("work")
    return published(make_index(ENTRIES, work), work, tmp_path_factory.mktemp("site") / "search")


def keys(index: StaticIndex, words: str) -> list[str]:
    return [hit.card.key for hit in index.search(words).hits]


@pytest.mark.parametrize(
    "form", ["{c}〔{y}〕{n}号", "{c}[{y}]{n}号", "{c}（{y}）第0{n}号", "{c} {y} {n}", "{c}{y}年{n}号"]
)
def test_a_number_finds_its_record_first_in_any_writing(index: StaticIndex, form: str) -> None:
    for one in random.Random(form).sample(ENTRIES, 20):
        code, _, rest = one.number.partition("〔")
        year, _, serial = rest.rstrip("号").partition("〕")
        assert keys(index, form.format(c=code, y=year, n=serial))[0] == one.key


def test_a_number_that_does_not_exist_leads_to_its_neighbours(index: StaticIndex) -> None:
    one = ENTRIES[0]
    answer = index.search(one.number.replace("〕0号", "〕99999号"))
    assert answer.total == 0
    assert {hit.card.organ for hit in answer.hits} == {one.organ}
    assert not any(hit.whole for hit in answer.hits)


def test_a_word_is_not_found_where_its_characters_stand_by_accident(make: Make) -> None:
    texts = ("县人民政府和市政协。", "县民政局和市政工程。", "市政务服务大厅。")
    found = make([replace(entry(at), organ="", title="通知", text=text) for at, text in enumerate(texts)])

    assert [hit.card.text for hit in found.search("民政").hits] == [texts[1]]
    assert [hit.card.text for hit in found.search("市政").hits] == [texts[1]]
    assert [hit.card.text for hit in found.search("民政府").hits if hit.whole] == [texts[0]]
    assert [hit.card.text for hit in found.search("市政务").hits if hit.whole] == [texts[2]]


@pytest.mark.parametrize("ended", ["废止", "失效"])
def test_what_is_in_force_comes_before_what_ended_unless_that_was_asked_for(make: Make, ended: str) -> None:
    old = replace(
        entry(1), title="市级机关会议费管理办法", number="霁财发〔2018〕6号", text="", validity=ended
    )
    new = replace(entry(2), title="市级党政机关会议费管理办法", number="霁财发〔2025〕3号", text="")
    found = make([old, new])

    assert keys(found, "会议费") == [new.key, old.key]
    assert keys(found, "霁财发〔2018〕6号")[0] == keys(found, "市级机关会议费管理办法")[0] == old.key


def test_letters_find_titles_that_have_all_of_their_syllables(make: Make) -> None:
    found = make(
        [replace(entry(at), title=title) for at, title in enumerate(("结婚登记须知", "不动产登记费"))]
    )

    assert [hit.whole for hit in found.search("jiehundengji").hits] == [True, False]
    assert found.search("lihundengji").total == 0


def test_what_has_ended_is_called_so_in_the_vocabulary() -> None:
    terms = load_vocabularies()["validity"].terms

    assert {term.id for term in terms if ENDED.match(term.label)} == {"expired", "repealed"}


def test_a_title_finds_its_record_whatever_the_signs(index: StaticIndex) -> None:
    titles = [one.title for one in ENTRIES]
    for one in ENTRIES[:40]:
        found = index.search(f"《{one.title}》").hits
        assert found[0].card.title == one.title
        assert found[0].whole
        assert titles.count(one.title) == 1 or found[1].card.title == one.title


def test_a_concept_finds_every_wording(index: StaticIndex) -> None:
    answer = index.search("公租房", limit=300)
    wanted = {one.key for one in ENTRIES if "公共租赁住房" in one.title + one.text}
    assert {hit.card.key for hit in answer.hits} == wanted
    assert answer.total == len(wanted)


def test_pinyin_finds_titles(index: StaticIndex) -> None:
    assert "部门决算" in index.search("bumen juesuan").hits[0].card.title
    assert "取水许可" in index.search("qsxk").hits[0].card.title


def test_facets_and_days_narrow_the_answer(index: StaticIndex) -> None:
    masks = [
        one.with_facet("organ", "霁川市水务局") & one.published("2020-01-01", "2020-12-31")
        for one in index.segments
    ]
    found = {hit.card.key for hit in index.search("通知", limit=300, masks=masks).hits}
    assert found == {
        one.key for one in ENTRIES if one.organ == "霁川市水务局" and one.published_on.startswith("2020")
    }


def test_a_higher_topic_counts_what_stands_below_it(index: StaticIndex) -> None:
    mask = index.segments[0].with_facet("topic", "财政、金融、审计")
    assert int(mask.sum()) == sum(one.organ == "霁川市财政局" for one in ENTRIES) > 0


def test_exact_phrases_are_what_reading_everything_finds(index: StaticIndex) -> None:
    rng = random.Random(4)
    texts = {
        one.key: [
            one_space(fold(field))
            for field in (
                one.title,
                "\n".join((one.number, one.organ, one.kind, one.published_on, *one.topics, one.facts)),
                one.text,
            )
        ]
        for one in ENTRIES
    }
    for _ in range(500):
        text = rng.choice(ENTRIES).text
        start = rng.randrange(len(text) - 8)
        phrase = one_space(text[start : start + rng.randint(2, 8)].replace('"', ""))
        wanted = {key for key, fields in texts.items() if any(fold(phrase) in field for field in fields)}
        if any(character.isalnum() for character in phrase):
            assert set(index.find_exactly(phrase)) == wanted, phrase


def test_a_phrase_in_a_later_part_of_a_long_text_is_found(make: Make) -> None:
    text = "甲乙丙丁。" * 5000 + "落在最后的一句话" + "戊己庚辛。" * 4000
    index = make([*ENTRIES[:5], entry(900, text=text)])
    assert index.find_exactly("落在最后的一句话") == [entry(900).key]
    assert keys(index, "落在最后的一句话")[0] == entry(900).key


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "！？。",
        "😀😀",
        "<script>",
        "<b>税</b>",
        "税" * 10000,
        "a" * 10000,
        '"',
        '""',
        "\x00",
        "的",
    ],
)
def test_odd_words_give_an_answer_and_no_fault(index: StaticIndex, words: str) -> None:
    assert index.search(words).total >= 0


def test_no_records_are_an_index_too(make: Make) -> None:
    assert make([]).search("税").hits == ()


def test_a_missing_index_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        StaticIndex(tmp_path)
    (tmp_path / "start.bin").write_bytes(gzip.compress(b"{}")[:-3])
    with pytest.raises(ShardDamaged):
        StaticIndex(tmp_path)


def test_pinyin_that_can_be_read_in_two_ways_finds_titles_of_both(make: Make) -> None:
    index = make(
        [
            replace(entry(1), title="关于审稿工作的通知"),
            replace(entry(2), title="关于省澳合作的通知"),
            entry(3),
        ]
    )
    assert set(keys(index, "shengao")) == {entry(1).key, entry(2).key}
    assert keys(index, "shengaogongzuo") == [entry(1).key]


def test_a_pasted_piece_leads_to_the_text_that_has_its_signs_too(make: Make) -> None:
    without = replace(entry(1), text="同比增长5。为进一步规范养老服务，制定本办法。")
    with_signs = replace(without, key="policy/b", text=f"同比增长5%。为进一步规范养老服务，{'无' * 500}。")
    assert keys(make([without, with_signs]), "5%。为进一步规范养老服务")[0] == with_signs.key


def test_a_title_in_brackets_finds_the_record_before_those_that_cite_it(make: Make) -> None:
    wanted = replace(entry(1), title="霁川市预算管理办法", text="无" * 900)
    citing = [
        replace(entry(n), title="关于预算管理的通知", text="根据《霁川市预算管理办法》。")
        for n in range(2, 9)
    ]
    assert keys(make([*citing, wanted]), "《霁川市预算管理办法》")[0] == wanted.key


def test_words_that_all_stand_in_the_title_come_before_words_side_by_side_in_a_text(make: Make) -> None:
    bare = replace(entry(1), number="", facts="", organ="", text="无")
    in_text = replace(
        bare, title="基本医疗保险管理办法", text="医保2011，2011医保", published_on="2023-01-01"
    )
    in_title = replace(
        bare, key="policy/b", title="关于万静等五名同志基本医疗保险的公示", published_on="2011-04-20"
    )
    assert keys(make([in_text, in_title]), "医保 2011")[0] == in_title.key
