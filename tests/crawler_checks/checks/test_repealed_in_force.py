"""repealed_in_force: what has ended is not in force."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "repealed_in_force"


def page(validity: str, ends: str = "", title: str = "关于加强管理的通知") -> str:
    rows = f"<tr><td>文号</td><td>霁政发〔2015〕3号</td></tr><tr><td>有效性</td><td>{validity}</td></tr>"
    rows += f"<tr><td>失效日期</td><td>{ends}</td></tr>" if ends else ""
    return html(f"<h1>{title}</h1><table>{rows}</table>", title=title)


def ask(document: str, **others: str) -> list[tuple[str, str, str | None]]:
    pages = {"/": html(links("/a.html", *others)), "/a.html": document} | others
    return outline(findings_of(CHECK, pages))


@pytest.mark.parametrize(
    ("validity", "ends", "found"),
    [
        ("有效", "2026-11-21", [("fail", "/a.html", None)]),
        ("有效", "2026-11-22", []),
        ("现行有效", "2020年1月1日", [("fail", "/a.html", None)]),
        ("有效", "", []),
        ("废止", "2020-01-01", []),
        ("已失效", "2020-01-01", []),
        ("无效", "2020-01-01", []),
        ("有效期五年", "2020-01-01", []),
    ],
)
def test_the_header_must_not_contradict_itself(
    validity: str, ends: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert ask(page(validity, ends)) == found


def test_a_notice_of_repeal_that_names_it_is_to_be_compared() -> None:
    repeal = html("<h1>x</h1><p>废止</p>", title="关于废止《关于加强管理的通知》的决定")
    assert ask(page("有效"), **{"/b.html": repeal}) == [("unknown", "/a.html", None)]
    other = html("<h1>x</h1>", title="关于废止《关于收费的通知》的决定")
    assert ask(page("有效"), **{"/b.html": other}) == []
