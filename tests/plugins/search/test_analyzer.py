"""What a text is found by, and that many texts at once are found by the same."""

import random

import pytest

from plugins.disclosure.document_number import parse
from plugins.search.analyzer import concepts, hash_term, pairs, pinyin_terms, skeleton, synonyms, terms
from plugins.search.arrays import hashes_of_characters
from plugins.search.extraction import extract, extract_pinyin
from plugins.search.folding import fold

ONE_NUMBER = "霁政办发〔2015〕32号"


@pytest.mark.parametrize(
    "written",
    [
        ONE_NUMBER,
        "霁政办发[2015]32号",
        "霁政办发［2015］32号",
        "霁政办发（2015）32号",
        "霁政办发(2015) 32 号",
        "霁政办发【2015】32号",
        "霁政办发﹝２０１５﹞３２号",
        "霁政办发〔2015〕第32号",
        "霁政办发〔2015〕032号",
        "霁政办发 2015 32号",
        "霁政办发2015年32号",
        "霁政办发〔2015〕32",
        "霁政辦發〔2015〕32號",
    ],
)
def test_a_number_is_one_term_in_any_brackets(written: str) -> None:
    assert "№霁政办发2015-32" in terms(written)
    assert "№2015-32" in terms(written)


def test_the_terms_of_a_number_are_those_of_the_number_the_kernel_reads() -> None:
    number = parse(ONE_NUMBER)
    assert number is not None
    assert f"№{number.organ_code}{number.year}-{number.serial}" in terms(ONE_NUMBER)


def test_a_year_and_a_house_are_no_number() -> None:
    assert [term for term in terms("2015年工作要点共32条，2015年度") if term.startswith("№")] == []


@pytest.mark.parametrize(
    "written",
    ["2015年4月3日", "2015-04-03", "2015.4.3", "2015/4/3", "二〇一五年四月三日", "二○一五年四月三日"],
)
def test_a_day_is_one_term_in_any_writing(written: str) -> None:
    assert {"@2015-04-03", "@2015-04"} <= set(terms(written))


@pytest.mark.parametrize("written", ["2015年13月3日", "2015-04-32", "0719-8202646"])
def test_what_no_calendar_has_is_no_day(written: str) -> None:
    assert [term for term in terms(written) if term.startswith("@")] == []


def test_signs_do_not_part_what_is_looked_for() -> None:
    assert {"三公", "公经", "经费"} <= set(terms("“三公”经费"))
    assert {"少审"} <= set(terms("审批项目最少、审批流程最优"))


def test_a_word_of_letters_is_found_whole_and_in_its_parts() -> None:
    assert {"=pm25", "=pm2", "=5"} <= set(terms("ＰＭ2.5"))


def test_traditional_characters_are_found_by_simplified_ones() -> None:
    assert fold("國務院關於環境保護的決定") == "国务院关于环境保护的决定"


def test_every_wording_of_a_concept_gives_its_term() -> None:
    for wording, concept in synonyms().items():
        assert concepts(wording), wording
        assert f"§{concept}" in terms(f"关于{wording}的"), wording


def test_a_title_is_found_in_pinyin_with_every_reading() -> None:
    found = pinyin_terms("市长会议")
    assert {"~shi zhang", "~shi chang", "~zhang hui", "~szh"} <= set(found)


def test_a_title_is_found_by_the_pinyin_of_a_short_name_of_what_it_says() -> None:
    assert "~di bao" in pinyin_terms("关于调整最低生活保障标准的通知")


def test_figures_that_are_cut_off_are_found_by_three_characters() -> None:
    assert {"资57", "571", "710", "102", "02万"} <= set(terms("投资57102万元"))
    assert "资5" in terms("投资5万元")
    assert "资5万" not in terms("投资5万元")


AWKWARD = (
    *"〔〕[]（）【】第号年月日令条款 (霁政办发０１９3十二廿卅元〇○零一三.-_/x\n，…℃①Ⅳß𠮷\u200b\U000e0041",
    *("第号令年月日", "2015", "1998", "12", "31", "32", "05", "000", "123456", "1234567"),
    *(
        "二〇一五",
        "一九九八",
        "二0一二",
        "元月",
        "二十一",
        "令第5号令第6号",
        "第三号 令",
        "第3条",
        ONE_NUMBER,
    ),
    *("人民政府", "民政", "市政", "政协", "市政务", "府"),
    *("低保", "三公经费", "三公", "最低生活保障", "双随机一公开", "双随机", "国務院", "pm2.5", "a-b_c"),
)


def test_two_characters_that_are_a_word_by_accident_are_no_term() -> None:
    assert [*pairs("人民政府")] == ["人民", "民政府", "政府"]
    assert [*pairs("市民政局")] == ["市民", "民政", "政局"]
    assert [*pairs("市政务")] == ["市政务", "政务"]


def test_many_texts_at_once_have_the_terms_of_each() -> None:
    rng = random.Random(20)
    texts = ["".join(rng.choice(AWKWARD) for _ in range(rng.randint(0, 25))) for _ in range(12000)]
    found = extract(texts)
    own: list[list[int]] = [[] for _ in texts]
    for hashes, owners in (
        (found.hashes, found.texts),
        (hashes_of_characters(found.characters), found.character_texts),
    ):
        for hash_, owner in zip(hashes.tolist(), owners.tolist(), strict=True):
            own[owner].append(hash_)
    for text, here in zip(texts, own, strict=True):
        assert sorted(here) == sorted(map(hash_term, terms(text))), text


def test_pinyin_of_many_titles_is_the_pinyin_of_each() -> None:
    titles = [
        "关于重庆银行行长调整的通知",
        "公租房ABC申请",
        "",
        "𠮷野家",
        "长",
        "最低生活保障标准",
        "双随机一公开",
    ]
    found = extract(titles)
    hashes, owners = extract_pinyin(found.characters, found.character_texts)
    for number, title in enumerate(titles):
        assert set(hashes[owners == number].tolist()) == set(map(hash_term, pinyin_terms(title))), title


def test_every_character_folds_alike_in_bulk_and_by_itself() -> None:
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    texts = ["".join(characters[start : start + 100]) for start in range(0, len(characters), 100)]
    found = extract(texts)
    for number, text in enumerate(texts):
        here = sorted(hashes_of_characters(found.characters[found.character_texts == number]).tolist())
        assert here == sorted(map(hash_term, skeleton(fold(text)))), text
