"""service_incomplete: eight key elements, in whatever layout they stand."""

from collections.abc import Callable, Mapping

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "service_incomplete"
FIELDS = {
    "设定依据": "《食品安全法》第三十五条",
    "申请条件": "有与经营的食品相适应的场所",
    "申请材料": "申请书一份",
    "办理地点": "政务服务大厅3号窗口",
    "办理时间": "工作日9:00—17:30",
    "咨询电话": "0990-5550331",
    "办理流程": "申请、受理、审查、决定",
    "收费标准": "不收费",
}


def table(fields: Mapping[str, str]) -> str:
    return (
        "<table>"
        + "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in fields.items())
        + "</table>"
    )


def headings(fields: Mapping[str, str]) -> str:
    numbers = "一二三四五六七八九十"
    return "".join(
        f"<h3>{numbers[n]}、{name}</h3><p>{value}</p>" for n, (name, value) in enumerate(fields.items())
    )


def definitions(fields: Mapping[str, str]) -> str:
    return "<dl>" + "".join(f"<dt>{name}：</dt><dd>{value}</dd>" for name, value in fields.items()) + "</dl>"


def paragraphs(fields: Mapping[str, str]) -> str:
    return "".join(f"<p><strong>{name}：</strong>{value}</p>" for name, value in fields.items())


def tabs(fields: Mapping[str, str]) -> str:
    heads = "".join(f'<li role="tab">{name}</li>' for name in fields)
    return f"<ul>{heads}</ul>" + "".join(
        f"<div><h4>{name}</h4><p>{value}</p></div>" for name, value in fields.items()
    )


LAYOUTS: list[Callable[[Mapping[str, str]], str]] = [table, headings, definitions, paragraphs, tabs]


def ask(body: str, title: str = "食品经营许可") -> list[tuple[str, str, str | None]]:
    pages = {"/": html(links("/a.html")), "/a.html": html(body, title=title)}
    return [one for one in outline(findings_of(CHECK, pages)) if one[2] is None]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_guide_with_all_eight_is_complete_in_every_layout(
    layout: Callable[[Mapping[str, str]], str],
) -> None:
    assert ask(layout(FIELDS)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("element", ["设定依据", "申请材料", "办理地点", "办理流程"])
def test_an_element_that_is_nowhere_is_missing(
    layout: Callable[[Mapping[str, str]], str], element: str
) -> None:
    assert ask(layout({name: value for name, value in FIELDS.items() if name != element})) == [
        ("fail", "/a.html", None)
    ]


def test_other_names_in_use_will_do() -> None:
    names = {
        "设定依据": "法律依据",
        "申请材料": "所需材料",
        "办理流程": "办事程序",
        "咨询电话": "联系电话",
        "办理地点": "受理地点",
    }
    assert ask(table({names.get(name, name): value for name, value in FIELDS.items()})) == []


def test_an_empty_cell_is_missing_and_a_word_for_none_is_not() -> None:
    assert ask(table(FIELDS | {"办理地点": ""})) == [("fail", "/a.html", None)]
    assert ask(definitions(FIELDS | {"设定依据": ""})) == [("fail", "/a.html", None)]
    assert ask(table(FIELDS | {"设定依据": "无"})) == []


def test_what_may_stand_in_a_picture_or_a_file_is_not_judged() -> None:
    body = table({name: value for name, value in FIELDS.items() if name != "办理流程"})
    assert ask(body + '<img src="/flow.png" alt="流程图">') == [("unknown", "/a.html", None)]
    assert ask(body + '<p><a href="/f.docx">办事指南全文</a></p>') == [("unknown", "/a.html", None)]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (
            table(
                {
                    "设定依据": "某法",
                    "法定办结时限": "20日",
                    "实施机构": "某局",
                    "监督电话": "1",
                    "事项类型": "许可",
                }
            ),
            "权力清单",
        ),
        ("<ul>" + "".join(f"<li>{name}</li>" for name in FIELDS) + "</ul>", "标准目录"),
        (
            table(
                {name: FIELDS[name] for name in ("申请条件", "申请材料", "办理地点", "办理时间", "咨询电话")}
            ),
            "一次性告知书",
        ),
        ("<p>联系电话：0990-5550101</p><p>办公地址：某路1号</p>", "联系我们"),
    ],
)
def test_lists_of_powers_notices_and_contacts_are_no_guides(body: str, title: str) -> None:
    assert ask(body, title) == []


def test_one_citys_other_elements_are_only_shown() -> None:
    found = findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(table(FIELDS), title="许可")})
    assert outline(found) == [("unknown", "/a.html", "others")]
