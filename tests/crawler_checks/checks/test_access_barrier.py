"""access_barrier: what a browser was sure of is a fault, what it was not sure of is left to a person."""

from __future__ import annotations

from crawler_checks.crawl.later import Audit, Barred
from tests.crawler_checks.sites import findings_in, html, outline, snapshot_of

CHECK = "access_barrier"
GREY = Barred(
    "color-contrast",
    "Elements must meet minimum color contrast ratio thresholds",
    "p.info",
    "<p class=info>",
    3,
)
BUTTON = Barred("button-name", "Buttons must have discernible text", "#go", "<button id=go>", 1)
IMAGE = Barred("image-alt", "Images must have alternative text", "img", "<img src=a.png>", 1)


def ask(**audits: Audit) -> list[tuple[str, str, str | None]]:
    snapshot = snapshot_of({"/": html("<a href='/a.html'>甲</a>"), "/a.html": html("<p>乙</p>")})
    snapshot.later.audits = {f"/{name}.html": audit for name, audit in audits.items()}
    return outline(findings_in(CHECK, snapshot))


def test_without_a_browser_and_without_barriers_nothing_is_said() -> None:
    assert ask() == []
    assert ask(a=Audit()) == []


def test_a_rule_that_is_surely_broken_is_told_once_for_all_templates() -> None:
    assert ask(a=Audit((GREY,)), b=Audit((GREY, BUTTON), (GREY,))) == [
        ("fail", "/a.html", "color-contrast"),
        ("fail", "/b.html", "button-name"),
    ]


def test_what_is_incomplete_is_never_a_fault() -> None:
    assert ask(a=Audit((), (GREY, BUTTON))) == [
        ("unknown", "/a.html", "button-name"),
        ("unknown", "/a.html", "color-contrast"),
    ]


def test_what_other_checks_ask_of_every_page_is_left_to_them() -> None:
    assert ask(a=Audit((IMAGE,), (IMAGE,))) == []


def test_the_finding_says_what_where_and_how_often() -> None:
    snapshot = snapshot_of({"/": html("<p>甲</p>")})
    snapshot.later.audits = {"/": Audit((GREY,), alike=40)}
    [found] = findings_in(CHECK, snapshot)
    assert found.message_zh == (
        "文字与背景的对比度不足［color-contrast］：/，同样做法的页面约 40 个；看到 3 处，"
        "第一处是 p.info（<p class=info>）。请修改模板。"
    )
    assert "color-contrast" in found.message_en
