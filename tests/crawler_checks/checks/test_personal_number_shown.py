"""personal_number_shown: whose number it is, and that the report does not show it again."""

from pathlib import Path
from random import Random

import pytest

from crawler_checks.crawl.answer import Response
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.extract.site import Site
from crawler_checks.inspection import inspect_site
from crawler_checks.recheck import Verdict, look_again
from crawler_checks.second_look import SecondLook
from tests.crawler_checks.files import book, pdf, scanned_pdf, word
from tests.crawler_checks.sites import (
    HASTY,
    TODAY,
    MemorySource,
    Page,
    findings_in,
    findings_of,
    html,
    links,
    outline,
    snapshot_of,
)

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


def in_a_file(name: str, body: bytes, link: str = "附件：名单") -> list[tuple[str, str, str | None]]:
    """What is said of a page that offers this file."""
    pages = {
        "/": html(f'<a href="/{name}">{link}</a>'),
        f"/{name}": Response(f"/{name}", 200, "", body, len(body)),
    }
    snapshot = snapshot_of(pages)
    SecondLook(Site(snapshot), MemorySource(pages), BOUNDS, HASTY).over_the_site()
    return outline(findings_in(CHECK, snapshot))


PHONES = ("甲某 13800000001", "乙某 13800000002")


@pytest.mark.parametrize(
    ("name", "body", "link", "outcome"),
    [
        ("a.docx", word("公示", table=(("甲某", IDENTITY),)), "附件", "fail"),
        ("a.xlsx", book(("甲某", IDENTITY)), "附件", "fail"),
        ("a.pdf", pdf(f"ID {IDENTITY}"), "附件", "fail"),
        ("b.docx", word("统一社会信用代码 91110105MA01234567", "订单号 6222021234567890128"), "附件", None),
        ("c.docx", word(*PHONES), "2026年低保对象名单", "fail"),
        ("d.docx", word(*PHONES), "村级代办点", "unknown"),
        ("e.docx", word("值班手机 13800000001"), "值班表", None),
        ("f.pdf", scanned_pdf(), "拟录用人员名单", "unknown"),
        ("g.pdf", scanned_pdf(), "办事流程", None),
        ("h.pdf", b"%PDF-1.4 damaged", "拟录用人员名单", None),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_what_stands_in_an_attachment_is_read_too(
    name: str, body: bytes, link: str, outcome: str | None
) -> None:
    assert in_a_file(name, body, link) == ([(outcome, "/", f"/{name}")] if outcome else [])


def test_an_attachment_that_did_not_come_whole_is_left_to_a_person() -> None:
    pages: dict[str, Page] = {
        "/": html('<a href="/a.pdf">名单</a>'),
        "/a.pdf": Response("/a.pdf", 200, "", b"%PDF-1.4", 90_000, truncated=True),
    }
    snapshot = snapshot_of(pages)
    SecondLook(Site(snapshot), MemorySource(pages), BOUNDS, HASTY).over_the_site()
    assert outline(findings_in(CHECK, snapshot)) == [("unknown", "/", "/a.pdf")]


def test_a_list_of_persons_that_is_a_picture_is_left_to_a_person() -> None:
    picture = '<img src="/list.png" alt="">'
    assert ask(picture, title="2026年低保对象名单") == [("unknown", "/a.html", "picture")]
    assert ask(picture, title="办事大厅实景") == []


def test_the_number_in_a_file_is_masked_and_mended_only_when_the_file_is_read_again(tmp_path: Path) -> None:
    root = tmp_path / "www"
    root.mkdir()
    (root / "index.html").write_text(html('<a href="a.xlsx">附件：名单</a>'), "utf-8")
    (root / "a.xlsx").write_bytes(book(("甲某", IDENTITY)))
    result = inspect_site(root, today=TODAY)
    [finding] = [one for one in result.findings if one.check == CHECK]
    assert "110*************2X" in finding.message_zh
    assert IDENTITY not in f"{finding.message_zh}{finding.message_en}"
    assert look_again(finding, str(root), result.site, "cn-2019", TODAY).verdict is Verdict.THERE
    (root / "a.xlsx").write_bytes(book(("甲某", "1101**********002X")))
    assert look_again(finding, str(root), result.site, "cn-2019", TODAY).verdict is Verdict.GONE


def harmless(chance: Random) -> str:
    """A line with figures that are nobody's: a telephone of an office, a credit code, an order, a case, a sum."""
    figures = "".join(chance.choice("0123456789") for _ in range(20))
    letters = "".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
    return chance.choice(
        (
            f"{chance.choice(('办公室', '财务科', '信访室'))} 0990-{figures[:7]}",
            f"统一社会信用代码：91{figures[:6]}{letters}{figures[6:8]}",
            f"订单编号 {figures[: chance.randrange(15, 20)]}",
            f"流水号：62{figures[:17]}",
            f"服务热线 12345、400-{figures[:3]}-{figures[3:7]}",
            f"身份证号 {figures[:3]}*************{figures[3:5]}",
            f"（2026）霁01民初{figures[:4]}号，标的 {figures[:9]}.{figures[9:11]} 元",
            f"索引号 {figures[:9]}/2026-{figures[9:14]}，条码 69{figures[:11]}",
        )
    )


def test_two_hundred_lines_with_figures_that_are_nobodys_accuse_nobody() -> None:
    chance = Random(20)
    lines = [harmless(chance) for _ in range(200)]
    assert ask("".join(f"<p>{line}</p>" for line in lines), title="通讯录和采购结果") == []
    assert in_a_file("a.docx", word(*lines), "通讯录") == []
