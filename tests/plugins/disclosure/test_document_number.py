"""文号: parsed, normalised, linted, sorted, found in prose; the look-alikes stay apart."""

from datetime import date
from itertools import pairwise
from pathlib import Path

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
    find_all,
    is_right,
    lint,
    normalise,
    parse,
    sort_key,
)

REAL_DOCUMENTS = Path(__file__).parents[4] / "shared" / "documents"


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


def codes_of(text, signed_on=None):
    return [fault.code.removeprefix("document-number.") for fault in lint(text, signed_on)]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("霁政办发〔2015〕32号", []),
        ("国务院令第711号", []),
        ("市政府令39号", []),
        ("国办发明电〔2021〕11号", []),
        ("2024年第12号", []),
        ("财政部 税务总局公告2023年第12号", []),
        ("（2024）霁01行初5号", []),
        ("霁政办发[2015]32号", ["bracket"]),
        ("霁政办发〔２０１５〕32号", ["full-width"]),
        ("霁政办发〔2015〕第32号", ["ordinal"]),
        ("霁政办发〔2015〕032号", ["leading-zero"]),
        ("霁政办发〔2015〕０３２号", ["full-width", "leading-zero"]),
        ("霁政办发〔2015〕32", ["missing-hao"]),
        ("霁政办发〔2015年〕32号", ["year-word"]),
        ("霁政办发〔2015〕 32号", ["space"]),
        ("霁政办发(2015)第05", ["bracket", "ordinal", "leading-zero", "missing-hao"]),
        ("霁政办发〔15〕32号", ["malformed"]),
        ("2026年第03号公告", ["leading-zero"]),
    ],
)
def test_every_fault_of_a_number_is_told_at_once(written, codes):
    assert codes_of(written) == codes


def test_a_fault_says_what_to_write_in_chinese_and_in_english():
    (fault,) = lint("霁政办发[2015]32号")
    assert fault.message_zh == (
        "文号写作“霁政办发[2015]32号”：年份要放在六角括号〔〕里。请写成“霁政办发〔2015〕32号”。"
    )
    assert fault.message_en == (
        'Document number "霁政办发[2015]32号": the year stands in the brackets 〔〕. '
        'Write "霁政办发〔2015〕32号".'
    )
    assert fault.suggestion == "霁政办发〔2015〕32号"


def test_a_number_of_another_year_than_the_document_is_reported_without_a_guess():
    assert codes_of("霁政办发〔2015〕32号", date(2015, 1, 1)) == []
    assert codes_of("霁政办发〔2015〕32号", date(2015, 12, 31)) == []
    (fault,) = lint("霁政办发〔2015〕32号", date(2016, 1, 1))
    assert (fault.code, fault.suggestion) == ("document-number.other-year", None)
    assert codes_of("国务院令第711号", date(2019, 4, 3)) == []


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


def cited(text, known_codes=()):
    return [number.canonical for _, _, number in find_all(text, known_codes)]


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("《通知》（霁政办发〔2014〕85号）要求", ["霁政办发〔2014〕85号"]),
        ("根据霁发〔2017〕8号文件", ["霁发〔2017〕8号"]),
        ("具体名单以霁发〔2017〕8号文件确定的对象为准", ["霁发〔2017〕8号"]),
        ("我局印发的霁财发[2024]3号", ["霁财发〔2024〕3号"]),
        ("执行霁财发【2024】第03号、霁财函(2024)4号", ["霁财发〔2024〕3号", "霁财函〔2024〕4号"]),
        ("霁财发﹝2024﹞3号和霁财函（２０２４）４号", ["霁财发〔2024〕3号", "霁财函〔2024〕4号"]),
        ("《办法》和霁财函〔2024〕4号", ["霁财函〔2024〕4号"]),
        ("自2024年霁财发〔2024〕3号施行起", ["霁财发〔2024〕3号"]),
        ("将霁政发〔2010〕1号废止", ["霁政发〔2010〕1号"]),
        ("《规定》(市政府令39号)确立", ["市政府令第39号"]),
        ("依照《条例》（中华人民共和国国务院令第711号公布）", ["国务院令第711号"]),
        ("根据国务院令第711号", ["国务院令第711号"]),
        ("财政部 税务总局公告2023年第12号规定", ["财政部 税务总局公告2023年第12号"]),
        ("按照国家税务总局2024年第12号公告", ["国家税务总局公告2024年第12号"]),
        ("详见2015年第32号公告。", ["2015年第32号公告"]),
        ("国办发明电〔2021〕11号", ["国办发明电〔2021〕11号"]),
        ("本院（2024）霁01行初5号判决", ["（2024）霁01行初5号"]),
        ("请到市民中心(2015)12号楼", []),
        ("市中心（2015）12号线", []),
        ("本公告第5号附件", []),
        ("下达第3号命令，嘉奖令第2号", []),
        ("电话0719-8651234，霁ICP备13000766号-2", []),
        ("GB/T 9704-2012，2019年修订，2014版", []),
        ("标准第〔2015〕32号", []),
        ("一串太长而不可能当作机关代字又没有停顿可循〔2015〕32号", []),
        ("ABC政发〔2015〕32号", []),
        ("2024年第12期简报", []),
    ],
)
def test_numbers_cited_in_prose_are_found_and_nothing_else(prose, numbers):
    assert cited(prose) == numbers


def test_a_find_says_where_the_number_stands():
    text = "根据霁发[2017]8号文件和市政府令39号。"
    assert [text[start:end] for start, end, _ in find_all(text)] == ["霁发[2017]8号", "市政府令39号"]


def test_codes_of_the_catalog_settle_a_doubtful_beginning():
    assert cited("原霁政发〔2010〕1号") == ["原霁政发〔2010〕1号"]
    assert cited("原霁政发〔2010〕1号", {"霁政发", "政发"}) == ["霁政发〔2010〕1号"]


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
    assert lint(canonical) == []


@given(st.text(alphabet="霁政令第公告通号年〔2015〕[]() 0１。", max_size=40))
def test_any_text_is_read_without_failing_and_finds_never_overlap(text):
    parse(text)
    lint(text)
    spans = [(start, end) for start, end, _ in find_all(text)]
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(
    st.text(alphabet="霁政发第文件按·", max_size=6),
    st.text(alphabet="〔〕（[ 2015", max_size=7),
    st.text(alphabet="01０第号 ", max_size=5),
)
def test_a_number_that_is_right_is_found_so_at_once_and_by_all_the_rules(code, year, serial):
    for text in (f"{code}〔2015〕{serial}号", f"{code}{year}{serial}"):
        assert parse(text) == document_number._parsed(text.strip())
        if is_right(text):
            assert list(document_number._slips(text, parse(text))) == []
            assert parse(text).canonical == text


REAL_CITATIONS = {
    "bazhong-2017": ["巴府办发〔2017〕61号"],
    "guangzhou-2012": [
        *("穗府办〔2012〕16号", "穗字〔2011〕14号", "市政府令第39号", "穗办〔2009〕6号", "穗办〔2009〕22号"),
        *("国办函〔2011〕99号", "工信部联信〔2011〕455号", "穗府办函〔2011〕111号"),
    ],
    "shiyan-2015": [
        *("十政办发〔2015〕32号", "国办发〔2014〕57号", "十政办发〔2014〕85号", "中办发〔2015〕21号"),
        *("十政办发〔2015〕14号", "十政发〔2015〕5号", "国办发〔2014〕59号"),
    ],
    "yueyang-2017": ["岳发〔2017〕8号", "岳政发〔2017〕5号", "岳政办函〔2017〕17号", "岳发〔2017〕8号"],
    "zhangye-2013": [],
}


@pytest.mark.skipif(not REAL_DOCUMENTS.is_dir(), reason="the five real documents are not here")
@pytest.mark.parametrize("name", REAL_CITATIONS)
def test_every_number_cited_in_the_real_documents_is_found_and_parses(name):
    numbers = cited((REAL_DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8"))
    assert numbers == REAL_CITATIONS[name]
    assert all(parse(number) for number in numbers)
