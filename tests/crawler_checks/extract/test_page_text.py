"""What the lines of a page say: labelled values, documents named, numbers of persons, an apology."""

import pytest

from crawler_checks.extract.page_text import TextReader, plain_label
from plugins.disclosure.page_labels import load_page_labels


def labels(*lines: str) -> dict[str, str]:
    return dict(TextReader().read(lines).labels)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("文号：霁政发〔2015〕32号",), "霁政发〔2015〕32号"),
        (("文　号:", "霁政发〔2015〕32号"), "霁政发〔2015〕32号"),
        (("发文字号", "：", "霁政发〔2015〕32号"), "霁政发〔2015〕32号"),
        (("【文号】 霁政发〔2015〕32号",), "霁政发〔2015〕32号"),
        (("文号", "发布日期", "2015-04-23"), ""),
    ],
)
def test_a_value_stands_behind_its_label_or_below_it(lines: tuple[str, ...], value: str) -> None:
    assert labels(*lines)["document_number"] == value


def test_numbered_headings_and_spread_letters_are_labels() -> None:
    assert plain_label("（三）办 理 流 程：") == "办理流程"
    assert labels("一、申请条件", "年满十八岁")["conditions"] == "年满十八岁"


def test_a_sentence_that_begins_with_a_label_is_none() -> None:
    assert labels("联系电话请以当日公布的为准，其余事项另行通知。") == {}


@pytest.mark.parametrize(
    "line",
    [
        "对不起，您访问的页面不存在！",
        "抱歉，没有找到您要访问的页面",
        "您查看的文章已删除",
        "The page could not be found",
    ],
)
def test_a_page_may_say_that_it_is_not_there(line: str) -> None:
    assert TextReader().read([line]).apology == line


@pytest.mark.parametrize(
    "line",
    ["找不到回家的路", "信息不对称问题依然存在", "未找到符合条件的办理点，请拨打电话", "如链接失效，请告知"],
)
def test_other_sentences_are_no_apology(line: str) -> None:
    assert TextReader().read([line]).apology == ""


@pytest.mark.parametrize(
    "line",
    ["本局不具有制定规范性文件的职权，无此类信息。", "本单位不涉及行政处罚事项", "我办没有行政执法职权"],
)
def test_a_page_may_say_that_its_organ_has_nothing_of_the_kind(line: str) -> None:
    assert TextReader().read([line]).absence == line


@pytest.mark.parametrize("line", ["没有共产党就没有新中国", "材料不具备的不予受理", "无此要求", "不涉密"])
def test_other_sentences_say_no_such_thing(line: str) -> None:
    assert TextReader().read([line]).absence == ""


def test_documents_are_named_by_number_and_title() -> None:
    said = TextReader().read(["根据霁政发[2015]32号和《关于加强窗口管理的通知》，现就有关事项通知如下。"])
    assert said.numbers == {"霁政发〔2015〕32号"}
    assert said.titles == {"关于加强窗口管理的通知"}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("身份证号", "11010519491231002X"), [("identity-card", False)]),
        (("值班手机", "13800000000"), [("mobile", True)]),
        (("张某", "女", "13800000000"), [("mobile", False)]),
        (("开户银行：某行", "6222021234567890128"), [("bank-card", False)]),
        (("合同", "6222021234567890128"), []),
        (("统一社会信用代码", "11010519491231002X"), []),
        (("订单 6222021234567890128 已由银行扣款",), []),
    ],
)
def test_what_stands_around_a_number_tells_whose_it_is(
    lines: tuple[str, ...], found: list[tuple[str, bool]]
) -> None:
    assert [(one.kind, one.for_work) for one in TextReader().read(lines).persons] == found


APOLOGIES = (
    *(
        "网页不存在",
        "文件未找到",
        "内容找不到了",
        "文章已被删除",
        "信息已失效",
        "栏目被移除",
        "链接已移除",
        "页面已下线",
    ),
    *("网页走丢了", "页面飞走了", "地址丢失了", "没有找到您要访问的网页", "无法找到该页面", "不存在此网页"),
    *("PAGE NOT FOUND", "page has been removed", "HTTP 404", "404 Error", "404 - not found"),
)
ABSENCES = (
    "无此类信息",
    "我局没有此项",
    "不具有这一资格",
    "不涉及此项工作",
    "不承担此类业务",
    "没有这项权限",
)
NUMBERS = (
    *(
        "见霁政发[ 2015]32号",
        "霁政办【2019】3号",
        "市政府令第5号",
        "霁政发（ 19 99）1号",
        "公告2020年第3号",
        "国发﹝2008﹞5号",
    ),
    *("《关于公开的通知》", "身份证11010519491231002X", "手机１３８００００００００"),
)


def test_no_line_that_says_anything_is_passed_over_for_how_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = [
        form.format(label)
        for label in load_page_labels().by_word
        for form in ("{}", "{}：", "一、{}", "【{}】", "{}: 见附件", "（二）{}】")
    ]
    lines = [
        *labels,
        *APOLOGIES,
        *ABSENCES,
        *NUMBERS,
        *("，".join(pair) for pair in zip(NUMBERS, APOLOGIES, strict=False)),
    ]
    quick = TextReader().text(lines).says
    monkeypatch.setattr(TextReader, "_may_say", lambda *_: True)
    assert quick == TextReader().text(lines).says
    assert len(quick) > len(load_page_labels().by_word) * 4
