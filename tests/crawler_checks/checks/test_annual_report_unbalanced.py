"""annual_report_unbalanced: the forty-two sums, and the year before."""

import pytest

from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "annual_report_unbalanced"


def ask(**pages: str) -> list[tuple[str, str, str | None]]:
    addresses = {f"/{name}.html": page for name, page in pages.items()}
    return outline(findings_of(CHECK, {"/": html(links(*addresses))} | addresses))


def test_figures_that_add_up_are_well() -> None:
    assert ask(a=report()) == []


@pytest.mark.parametrize(
    "figures",
    [
        {"new_received": (9, 0, 0, 0, 1, 0, 11)},
        {"granted": (6, 0, 0, 0, 1, 0, 7)},
        {"carried_forward": (1, 0, 0, 0, 0, 0, 1)},
        {"carried_over": (1, 0, 0, 0, 0, 0, 1)},
    ],
)
def test_figures_that_do_not_are_a_fault(figures: dict[str, tuple[object, ...]]) -> None:
    assert ask(a=report(figures=figures)) == [("fail", "/a.html", "sums")]


def test_a_figure_that_cannot_be_read_is_never_guessed() -> None:
    assert ask(a=report(figures={"new_received": (9, 0, 0, 0, 1, 0, "约11")})) == []


def test_thousands_may_be_separated() -> None:
    rows = dict.fromkeys(("new_received", "granted", "result_total"), (1000, 0, 0, 0, 0, 0, "1,000"))
    assert ask(a=report(figures=rows | {"carried_forward": (0,) * 7})) == []


def test_what_does_not_follow_on_from_last_year_is_only_shown() -> None:
    last = report(year=2023)  # carried forward: 2
    assert ask(a=report(), b=last) == [("unknown", "/a.html", "last_year")]


def test_the_message_names_the_cells() -> None:
    pages = {"/": html(links("/a.html")), "/a.html": report(figures={"new_received": (9, 0, 0, 0, 1, 0, 11)})}
    [finding] = findings_of(CHECK, pages)
    assert "“一、本年新收政府信息公开申请数量”行" in finding.message_zh
    assert "相差 1" in finding.message_zh
