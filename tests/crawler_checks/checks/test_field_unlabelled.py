"""field_unlabelled: fields that say what belongs into them."""

import pytest

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "field_unlabelled"


def ask(*bodies: str) -> list[tuple[str, str, str | None]]:
    pages = {f"/{n}.html": html(body) for n, body in enumerate(bodies)}
    return outline(findings_of(CHECK, {"/": html(links(*pages))} | pages))


@pytest.mark.parametrize(
    "body",
    [
        '<label for="q">检索词</label><input id="q" name="q">',
        '<label>姓名 <input name="q"></label>',
        '<input name="q" placeholder="请输入检索词">',
        '<input name="q" aria-label="检索词">',
        '<input type="hidden" name="q"><input type="submit"><button>搜</button>',
        '<input name="q" style="display:none">',
    ],
)
def test_fields_with_a_label_of_any_kind_are_well(body: str) -> None:
    assert ask(body) == []


@pytest.mark.parametrize(
    ("body", "thing"),
    [
        ('<input name="q">', "q"),
        ('<select name="year"><option>2015</option></select>', "year"),
        ('<textarea id="t"></textarea>', "t"),
    ],
)
def test_a_field_without_any_has_no_label(body: str, thing: str) -> None:
    assert ask(body) == [("fail", "/0.html", thing)]


def test_what_stands_on_many_pages_is_said_once() -> None:
    body = '<input name="q">'
    assert len(ask(body, body, body)) == 1
    assert len(ask(body, body)) == 2
