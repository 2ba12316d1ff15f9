"""document_number_faulty: how the field 文号 is written."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "document_number_faulty"


def ask(written: str, more: str = "") -> list[tuple[str, str, str | None]]:
    body = f"<table><tr><td>文号</td><td>{written}</td></tr></table>{more}"
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(body)}))


@pytest.mark.parametrize(
    "written",
    [
        "霁政发〔2015〕32号",
        "市政府令第39号",
        "2024年第12号",
        "国办发明电〔2021〕11号",
        "无",
        "——",
        "",
        "号外",
    ],
)
def test_right_numbers_and_none_at_all_are_well(written: str) -> None:
    assert ask(written) == []


@pytest.mark.parametrize(
    "written",
    [
        "霁政发[2015]32号",
        "霁政发（2015）32号",
        "霁政发〔2015〕032号",
        "霁政发〔2015〕第32号",
        "霁政发〔２０１５〕32号",
        "霁政发〔2015〕32",
        "霁政发【2015】32号",
    ],
)
def test_what_the_format_does_not_allow_is_a_fault(written: str) -> None:
    assert ask(written) == [("fail", "/a.html", "document_number")]


def test_what_cannot_be_read_or_is_of_another_year_is_to_be_checked() -> None:
    assert ask("A-2015-32/7") == [("unknown", "/a.html", "document_number")]
    assert ask("霁政发〔2015〕32号", "<p>成文日期：2019年3月1日</p>") == [
        ("unknown", "/a.html", "document_number")
    ]
    assert ask("霁政发〔2015〕32号", "<p>成文日期：2016年1月4日</p>") == []


def test_the_message_says_how_to_write_it() -> None:
    body = "<p>发文字号：霁政发[2015]32号</p>"
    [finding] = findings_of(CHECK, {"/": html(body)})
    assert "请写成“霁政发〔2015〕32号”" in finding.message_zh
