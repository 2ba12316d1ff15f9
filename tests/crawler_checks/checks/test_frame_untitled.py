"""frame_untitled: frames that say what is in them."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "frame_untitled"


def ask(*bodies: str) -> list[tuple[str, str, str | None]]:
    pages = {f"/{n}.html": html(body) for n, body in enumerate(bodies)}
    return outline(findings_of(CHECK, {"/": html(links(*pages))} | pages))


@pytest.mark.parametrize(
    "body",
    [
        '<iframe src="/m.html" title="地图"></iframe>',
        '<iframe src="/c" width="0" height="0"></iframe>',
        '<iframe src="/c" style="display: none"></iframe>',
        "<iframe></iframe>",
    ],
)
def test_frames_with_a_title_or_out_of_sight_are_well(body: str) -> None:
    assert ask(body) == []


@pytest.mark.parametrize(
    ("body", "thing"),
    [
        ('<iframe src="/m.html"></iframe>', "/m.html"),
        ('<iframe src="/m.html" title=""></iframe>', "/m.html"),
    ],
)
def test_a_frame_that_people_see_needs_a_title(body: str, thing: str) -> None:
    assert ask(body) == [("fail", "/0.html", thing)]


def test_what_stands_on_many_pages_is_said_once() -> None:
    body = '<iframe src="/m.html"></iframe>'
    assert len(ask(body, body, body)) == 1
    assert len(ask(body, body)) == 2
