"""personal_number_shown: whose number it is, and that the report does not show it again."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "personal_number_shown"
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


def ask(body: str, title: str = "标题") -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(body, title=title)}))


@pytest.mark.parametrize(
    "body",
    [
        "<p>联系电话：0990-5550101</p>",
        "<p>统一社会信用代码：91110105MA01234567</p>",
        "<p>身份证号：1101**********002X</p>",
        "<p>身份证号：110105194912310021</p>",
        f"<p>订单号 {CARD}</p>",
        "<table><tr><td>办公室</td><td>5550101</td></tr><tr><td>财务科</td><td>5550102</td></tr></table>",
    ],
)
def test_offices_codes_and_masked_numbers_are_well(body: str) -> None:
    assert ask(body) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<td>{IDENTITY}</td>", "identity-card"),
        (f"<p>开户行：某银行</p><p>{CARD}</p>", "bank-card"),
    ],
)
def test_a_persons_number_is_shown(body: str, kind: str) -> None:
    assert ask(body) == [("fail", "/a.html", kind)]


def test_mobiles_in_a_list_of_persons_are_theirs_and_elsewhere_perhaps_an_offices() -> None:
    rows = "<tr><td>甲某</td><td>13800000001</td></tr><tr><td>乙某</td><td>13800000002</td></tr>"
    assert ask(f"<table>{rows}</table>", title="2026年低保对象名单") == [("fail", "/a.html", "mobile")]
    assert ask(f"<table>{rows}</table>", title="各村联系人") == [("unknown", "/a.html", "mobile")]
    assert ask("<p>值班手机：13800000001</p>") == [("unknown", "/a.html", "mobile")]


def test_no_report_shows_the_number_again() -> None:
    body = f"<p>身份证号：{IDENTITY}</p><p>手机 13812345678</p>"
    found = findings_of(CHECK, {"/": html(body)})
    said = " ".join(f"{one.message_zh} {one.message_en} {one.object}" for one in found)
    assert "110*************2X" in said
    assert IDENTITY not in said
    assert "13812345678" not in said
