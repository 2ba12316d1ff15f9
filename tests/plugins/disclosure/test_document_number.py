"""文号: parsed, normalised and sorted; the look-alikes stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure import document_number
from plugins.disclosure.document_number import (
    AnnouncementNumber,
    CaseNumber,
    OrderNumber,
    OrdinaryNumber,
    TelegramNumber,
    is_right,
    normalise,
    parse,
    sort_key,
)


@pytest.mark.parametrize(
    "written",
    [
        "霁政办发〔2015〕32号",
        "霁政办发[2015]32号",
        "霁政办发【2015】32号",
        "霁政办发（2015）32号",
        "霁政办发(2015)32号",
        "霁政办发﹝2015﹞32号",
        "霁政办发〔2015]32号",
        "霁政办发〔２０１５〕３２号",
        "霁政办发〔2015〕第32号",
        "霁政办发〔2015〕032号",
        "霁政办发〔2015〕32",
        "霁政办发〔2015年〕32号",
        " 霁政办发 〔2015〕 32 号\u3000",
        "霁政办发 2015 32",
        "霁政办发2015 32号",
    ],
)
def test_every_careless_way_of_writing_a_number_is_the_same_number(written):
    assert parse(written) == OrdinaryNumber("霁政办发", 2015, 32)
    assert normalise(written) == "霁政办发〔2015〕32号"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("国务院令第711号", OrderNumber("国务院", None, 711)),
        ("国令 第711号", OrderNumber("国务院", None, 711)),
        ("国务院第711号令", OrderNumber("国务院", None, 711)),
        ("中华人民共和国国务院令第711号", OrderNumber("国务院", None, 711)),
        ("市政府令39号", OrderNumber("市政府", None, 39)),
        ("霁川市人民政府令（第39号）", OrderNumber("霁川市人民政府", None, 39)),
        ("中华人民共和国主席令第四十九号", OrderNumber("主席", None, 49)),
        ("交通运输部令2021年第6号", OrderNumber("交通运输部", 2021, 6)),
        ("国办发明电〔2021〕11号", TelegramNumber("国办发明电", 2021, 11)),
        ("霁政发电〔2021〕3号", TelegramNumber("霁政发电", 2021, 3)),
        ("2024年第12号公告", AnnouncementNumber("", "公告", 2024, 12)),
        ("2015年第32号公告", AnnouncementNumber("", "公告", 2015, 32)),
        ("2024年第3号通告", AnnouncementNumber("", "通告", 2024, 3)),
        ("2024年第12号", AnnouncementNumber("", "", 2024, 12)),
        ("国家税务总局公告2024年第12号", AnnouncementNumber("国家税务总局", "公告", 2024, 12)),
        ("国家税务总局2024年第12号公告", AnnouncementNumber("国家税务总局", "公告", 2024, 12)),
        ("财政部 税务总局公告2023年第12号", AnnouncementNumber("财政部 税务总局", "公告", 2023, 12)),
        ("农业农村部公告第250号", AnnouncementNumber("农业农村部", "公告", None, 250)),
        ("（2024）霁01行初5号", CaseNumber(2024, "霁01行初", 5)),
        ("(2024)最高法行申12号", CaseNumber(2024, "最高法行申", 12)),
    ],
)
def test_each_look_alike_keeps_its_own_class(written, number):
    assert parse(written) == number
    assert parse(number.canonical) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "霁政办发",
        "32号",
        "〔2015〕32号",
        "霁政办发〔15〕32号",
        "霁政办发〔2015〕0号",
        "霁政办发〔2015〕32号、33号",
        "霁政办发〔1815〕32号",
        "根据霁发〔2017〕8号",
        "关于印发方案的通知〔2017〕8号",
        "命令第3号",
        "公告第5号",
        "口令第7号",
        "2015年第32号楼",
        "GB/T 9704-2012",
        "000014349/2017-00110",
        "霁ICP备13000766号-2",
        "霁公网安备 62070202000150号",
        "霁政办发〔2015〕32号" * 40,
    ],
)
def test_what_is_no_document_number_is_none(text):
    assert parse(text) is None
    assert normalise(text) is None


def test_numbers_sort_by_code_year_and_serial_as_a_number():
    written = ["霁财发〔2024〕10号", "霁财发〔2024〕9号", "霁财发〔2023〕11号", "国务院令第711号"]
    numbers = sorted((parse(text) for text in [*written, "2024年第2号公告"]), key=sort_key)
    assert [number.canonical for number in numbers] == [
        "国务院令第711号",
        "2024年第2号公告",
        "霁财发〔2023〕11号",
        "霁财发〔2024〕9号",
        "霁财发〔2024〕10号",
    ]


CODES = st.text(alphabet="霁政办发财函字市建教规审", min_size=1, max_size=8)
YEARS = st.integers(1900, 2099)
SERIALS = st.integers(1, 99999)


PAIRS = st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "﹝﹞"])


@given(CODES, YEARS, SERIALS, PAIRS, st.sampled_from(["", "第"]), st.sampled_from(["", "号"]))
def test_normalising_is_one_answer_for_all_spellings_and_then_stays(code, year, serial, pair, ordinal, hao):
    written = f"{code}{pair[0]}{year}{pair[1]}{ordinal}{serial}{hao}"
    canonical = f"{code}〔{year}〕{serial}号"
    assert normalise(written) == canonical
    assert normalise(canonical) == canonical


@given(st.text(alphabet="霁政令第公告通号年〔2015〕[]() 0１。", max_size=40))
def test_what_any_text_is_read_as_is_read_as_the_same_again(text):
    number = parse(text)
    assert number is None or parse(number.canonical) == number


@given(
    st.text(alphabet="霁政发第文件按·", max_size=6),
    st.text(alphabet="〔〕（[ 2015", max_size=7),
    st.text(alphabet="01０第号 ", max_size=5),
)
def test_a_number_that_is_right_is_found_so_at_once_and_by_all_the_rules(code, year, serial):
    for text in (f"{code}〔2015〕{serial}号", f"{code}{year}{serial}"):
        assert parse(text) == document_number._parsed(text.strip())
        if is_right(text):
            assert parse(text).canonical == text
