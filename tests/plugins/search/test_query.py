"""What is made of a reader's words: questions, everyday names of offices, pinyin."""

import re

import pytest

from plugins.search.query import question_lists, read_query, spellings


def words(text: str) -> list[str]:
    return [word.bare for word in read_query(text).words]


@pytest.mark.parametrize(
    ("asked", "looked_for"),
    [
        ("公积金怎么提取", ["公积金", "提取"]),
        ("请问生育津贴需要什么材料", ["生育津贴", "材料"]),
        ("低保在哪里办理？", ["低保", "办理"]),
        ("低保怎么办", ["低保"]),
        ("我要查财政局的预算", ["财政局", "预算"]),
        ("税怎么交", ["税", "交"]),
        ("马上办 网上办 一次办", ["马上办", "网上办", "一次办"]),
    ],
)
def test_the_words_of_a_question_are_not_looked_for(asked: str, looked_for: list[str]) -> None:
    assert words(asked) == looked_for


@pytest.mark.parametrize("asked", ["怎么样", "什么", "的"])
def test_a_question_of_nothing_else_is_looked_for_as_it_is(asked: str) -> None:
    assert words(asked) == [asked]


def test_in_quotation_marks_a_question_stays_whole() -> None:
    (word,) = read_query('"公租房怎么申请"').words
    assert (word.bare, word.exact) == ("公租房怎么申请", True)


def test_question_words_are_chinese_characters_and_nothing_else() -> None:
    for words_ in question_lists():
        assert words_
        assert all(re.fullmatch("[\u4e00-\u9fff]+", word) for word in words_)


@pytest.mark.parametrize(
    ("everyday", "formal"),
    [
        ("人社局", "霁川市人力资源和社会保障局"),
        ("住建局", "霁川市住房和城乡建设局"),
        ("发改委", "霁川市发展和改革委员会"),
        ("卫健委", "霁川市卫生健康委员会"),
        ("工商局", "霁川市市场监督管理局"),
        ("国土局", "霁川市自然资源和规划局"),
        ("环保局", "霁川市生态环境局"),
        ("公积金中心", "霁川市住房公积金管理中心"),
        ("公积金", "住房公积金"),
        ("低保", "最低生活保障"),
        ("社保", "社会保险"),
        ("驾照", "机动车驾驶证"),
        ("落户", "户口迁移"),
        ("水费", "居民用水价格"),
    ],
)
def test_an_everyday_name_and_the_formal_one_are_one_concept(everyday: str, formal: str) -> None:
    def named(text: str) -> list[str]:
        return [look.term for look in read_query(text).lookups if look.term[0] == "§"]

    assert named(everyday)
    assert named(everyday) == named(formal)


def test_figures_leave_lookups_to_the_words_around_them() -> None:
    looked_up = [look.term for look in read_query("金店村2实23年永久基本农田名单公示").lookups]
    assert len(looked_up) == 10
    assert sum(not re.search("[0-9]", term) for term in looked_up) >= 4


@pytest.mark.parametrize(
    ("letters", "ways"),
    [
        ("dibao", ["di bao"]),
        ("shengao", ["sheng ao", "shen gao"]),
        ("danganguan", ["dang an guan", "dan gan guan"]),
        ("zfg", []),
    ],
)
def test_pinyin_is_read_in_every_way_it_can_be_read(letters: str, ways: list[str]) -> None:
    assert [" ".join(way) for way in spellings(letters)] == ways


def test_letters_that_are_nearly_pinyin_are_read_in_no_time() -> None:
    assert spellings("na" * 100 + "v") == []


@pytest.mark.parametrize(
    ("asked", "quoted"),
    [
        ("增长5%。为进一步", "增长5%。为进一步"),
        ("《预算管理办法》", ""),
        ("“三公”经费", ""),
        ("公积金怎么提取？", ""),
        ("市教育局 “三公”经费", ""),
        ("霁政办发〔2015〕32号", ""),
        ("预算管理办法", ""),
    ],
)
def test_signs_of_a_sentence_say_that_a_piece_of_a_text_is_asked_for(asked: str, quoted: str) -> None:
    assert read_query(asked).quoted == quoted
