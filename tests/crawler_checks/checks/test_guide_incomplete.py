"""guide_incomplete: the nine elements of Article 12, and seven more that one city asks for."""

import pytest

from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "guide_incomplete"
TEXT = {
    "classification": "政府信息分为机构职能、政策文件、规划计划、财政信息等类。",
    "arrangement": "信息按栏目和年份编排，每条信息有索引号。",
    "access": "可以登录政府信息公开栏目查阅，也可以到市档案馆、市图书馆获取。",
    "name": "本机关的政府信息公开工作机构是某局综合科。",
    "address": "通信地址：某市某路18号305室",
    "hours": "办公时间：9:00—12:00，14:00—17:30",
    "phone": "联系电话：0990-5550118",
    "fax": "传真号码：0990-5550119",
    "online": "电子邮箱：xxgk@site.example",
    "apply": "申请人可以当面提交书面申请，由综合科登记受理，自收到之日起二十个工作日内答复，不收取费用。",
    "remedies": "认为侵犯合法权益的，可以投诉、举报，也可以申请行政复议或者提起行政诉讼。",
}
FRAME = "<p>主办：某局</p><p>联系电话：0990-5550000</p>"


def guide(*without: str, more: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for name, text in TEXT.items() if name not in without)
    return html(f"<h1>某局政府信息公开指南</h1>{body}{more}{FRAME}", title="某局政府信息公开指南")


def ask(page: str) -> list[tuple[str, str, str | None]]:
    others = {f"/{n}.html": html(f"<p>第{n}页的内容在这里</p>{FRAME}") for n in range(4)}
    menu = '<a href="/guide.html">政府信息公开指南</a>' + "".join(
        f'<a href="{name}">栏目{name}</a>' for name in others
    )
    return outline(findings_of(CHECK, {"/": html(menu + FRAME), "/guide.html": page} | others))


def test_a_guide_that_speaks_of_everything_is_complete() -> None:
    assert ask(guide()) == []


@pytest.mark.parametrize("element", ["arrangement", "hours", "fax", "online", "phone", "address"])
def test_an_element_of_article_12_that_is_nowhere_is_missing(element: str) -> None:
    assert ask(guide(element)) == [("fail", "/guide.html", None)]


def test_what_only_one_city_asks_for_is_shown_and_not_accused() -> None:
    assert ask(guide("remedies")) == [("unknown", "/guide.html", "apply")]


def test_a_guide_with_a_file_beside_it_may_say_it_there() -> None:
    assert ask(guide("fax", more='<a href="/g.pdf">指南全文下载</a>')) == [("unknown", "/guide.html", None)]


@pytest.mark.parametrize(
    "page",
    [
        html('<h1>政府信息公开指南</h1><ul><li><a href="/1.html">某局指南</a></li></ul>'),
        html("<h1>政府信息公开指南</h1><img src='/g.png' alt='指南'>"),
        html("<h1>关于放假的通知</h1><p>" + "正文" * 200 + "</p>", title="通知"),
    ],
)
def test_entrances_pictures_and_other_pages_are_no_guides(page: str) -> None:
    assert ask(page) == []


def test_the_message_names_what_is_missing() -> None:
    pages = {"/": html('<a href="/guide.html">政府信息公开指南</a>'), "/guide.html": guide("fax", "hours")}
    [finding] = [one for one in findings_of(CHECK, pages) if one.object is None]
    assert finding.message_zh == "“某局政府信息公开指南”（/guide.html）没有写到办公时间、传真号码。请补充。"
    assert finding.basis == "政府信息公开条例（国务院令第711号，2019年修订）第十二条第二款"
