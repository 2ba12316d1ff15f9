"""disclosure_late: twenty working days from the making of a document."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "disclosure_late"


def ask(made: str, published: str, number: str = "某政发〔2026〕3号") -> list[tuple[str, str, str | None]]:
    rows = (
        f"<p>文号：{number}</p>" if number else ""
    ) + f"<p>成文日期：{made}</p><p>发布日期：{published}</p>"
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(rows)}))


@pytest.mark.parametrize(
    ("made", "published", "found"),
    [
        ("2026-03-02", "2026-03-30", []),  # the twentieth working day
        ("2026-03-02", "2026-03-31", [("fail", "/a.html", None)]),
        ("2026-03-02", "2026-03-02", []),
        ("2026-03-02", "2026-03-01", []),
        ("2015-03-02", "2026-03-31", []),  # moved from an older site
    ],
)
def test_the_twentieth_working_day_is_in_time(
    made: str, published: str, found: list[tuple[str, str, str | None]]
) -> None:
    assert ask(made, published) == found


def test_what_is_no_document_is_not_asked() -> None:
    assert ask("2026-03-02", "2026-06-30", number="") == []
