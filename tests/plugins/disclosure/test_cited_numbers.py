"""文号 in running text are found where they begin and end; what is none is left."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.disclosure.cited_numbers import find_all
from plugins.disclosure.document_number import parse

REAL_DOCUMENTS = Path(__file__).parents[4] / "shared" / "documents"


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


@given(st.text(alphabet="霁政令第公告通号年〔2015〕[]() 0１。", max_size=40))
def test_any_text_is_searched_without_failing_and_finds_never_overlap(text):
    spans = [(start, end) for start, end, _ in find_all(text)]
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


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
