"""consultation_expired: closed, and still called open."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "consultation_expired"


def ask(body: str, title: str = "关于某办法的意见征集") -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(body, title=title)}))


@pytest.mark.parametrize(
    ("closes", "state", "found"),
    [
        ("2026-11-21", "征集中", [("fail", "/a.html", None)]),
        ("2026-11-22", "征集中", []),
        ("2026-11-23", "征集中", []),
        ("2026-11-21", "已结束", []),
        ("2026-11-21", "已截止", []),
        ("2026年11月21日 18:00", "进行中", [("fail", "/a.html", None)]),
    ],
)
def test_the_last_day_itself_is_open(
    closes: str, state: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert (
        ask(f"<table><tr><td>截止时间</td><td>{closes}</td><td>状态</td><td>{state}</td></tr></table>")
        == found
    )


def test_the_end_of_a_span_is_the_last_day() -> None:
    assert ask("<p>征集时间：2026-10-01 至 2026-11-01</p><p>征集状态：正在征集</p>") == [
        ("fail", "/a.html", None)
    ]


def test_a_title_that_says_open_is_to_be_looked_at() -> None:
    body = "<p>征集结束时间：2026-11-01</p><p>正文</p>"
    assert ask(body, "正在征集：关于某办法的意见") == [("unknown", "/a.html", None)]
    assert ask(body) == []
