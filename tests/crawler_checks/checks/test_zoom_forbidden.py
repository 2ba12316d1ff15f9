"""zoom_forbidden: pages that may be enlarged."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "zoom_forbidden"


def ask(content: str, pages: int = 1) -> list[tuple[str, str, str | None]]:
    page = html("<p>正文</p>", head=f'<meta name="viewport" content="{content}">')
    addresses = {f"/{n}.html": page for n in range(pages)}
    return outline(findings_of(CHECK, {"/": html(links(*addresses))} | addresses))


@pytest.mark.parametrize(
    "content",
    ["width=device-width", "width=device-width, initial-scale=1", "maximum-scale=5", "maximum-scale=10"],
)
def test_a_page_that_may_be_enlarged_is_well(content: str) -> None:
    assert ask(content) == []


@pytest.mark.parametrize(
    "content",
    ["user-scalable=no", "width=device-width, maximum-scale=1.0", "user-scalable=0"],
)
def test_a_page_that_forbids_it_is_not(content: str) -> None:
    assert ask(content) == [("fail", "/0.html", "viewport")]


def test_a_template_that_forbids_it_is_said_once() -> None:
    assert len(ask("user-scalable=no", pages=5)) == 1
