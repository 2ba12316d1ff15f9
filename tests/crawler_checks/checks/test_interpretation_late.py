"""interpretation_late: documents and their interpretations, three working days."""

import pytest

from crawler_checks.checks.policies import policies_of
from crawler_checks.extract.site import Site
from tests.crawler_checks.sites import findings_of, html, links, outline, snapshot_of

CHECK = "interpretation_late"


def document(published: str, more: str = "") -> str:
    title = "某市人民政府关于加强窗口服务的若干措施"
    table = f"<table><tr><td>文号</td><td>某政发〔2026〕3号</td></tr><tr><td>发布日期</td><td>{published}</td></tr></table>"
    return html(f"<h1>{title}</h1>{table}<p>正文</p>{more}", title=title)


def reading(published: str, text: str, title: str = "《关于加强窗口服务的若干措施》解读") -> str:
    return html(f"<h1>{title}</h1><p>发布日期：{published}</p>{text}", title=title)


def ask(document_on: str, read_on: str) -> list[tuple[str, str, str | None]]:
    pages = {
        "/": html(links("/d.html", "/i.html")),
        "/d.html": document(document_on),
        "/i.html": reading(read_on, "<p>x</p>"),
    }
    return outline(findings_of(CHECK, pages))


@pytest.mark.parametrize(
    ("document_on", "read_on", "found"),
    [
        ("2026-03-02", "2026-03-05", []),  # Monday to Thursday
        ("2026-03-02", "2026-03-06", [("unknown", "/d.html", None)]),
        ("2026-03-05", "2026-03-10", []),  # over a weekend
        ("2026-03-02", "2026-03-01", []),
    ],
)
def test_the_third_working_day_is_in_time(
    document_on: str, read_on: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert ask(document_on, read_on) == found


def test_a_year_without_holidays_is_marked_as_an_estimate() -> None:
    pages = {
        "/": html(links("/d.html", "/i.html")),
        "/d.html": document("2027-03-01"),
        "/i.html": reading("2027-03-20", ""),
    }
    [finding] = findings_of(CHECK, pages)
    assert "（预估）" in finding.message_zh


@pytest.mark.parametrize(
    ("page", "pairs"),
    [
        (reading("2026-03-03", ""), 1),  # by the title
        (
            reading("2026-03-03", '<p>某政发〔2026〕3号</p><a href="/d.html">看</a>', "窗口服务政策解读之一"),
            1,
        ),  # number and link
        (
            reading("2026-03-03", '<a href="/d.html">政策原文</a>', "一图读懂窗口服务"),
            1,
        ),  # a link that says so
        (
            reading("2026-03-03", "<p>依据某政发〔2026〕3号制定</p>", "关于另一件事的解读"),
            0,
        ),  # it is only cited
        (reading("2026-03-03", "", "政策解读"), 0),  # a list
    ],
)
def test_an_interpretation_is_known_by_title_number_and_link(page: str, pairs: int) -> None:
    pages = {
        "/": html(links("/d.html", "/i.html", "/x.html")),
        "/d.html": document("2026-03-02"),
        "/i.html": page,
    }
    site = Site(snapshot_of(pages | {"/x.html": html("<p>别的</p>")}))
    assert sum(len(policy.interpretations) for policy in policies_of(site)) == pairs
