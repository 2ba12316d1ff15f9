"""What a theme's templates ask of their pages: only that is made."""

from datetime import date
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from plugins.disclosure.checking import check_content
from plugins.portal.models import Frame, Head
from plugins.portal.outputs import record_outputs
from plugins.portal.renderer import Renderer, environment
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board

ROOT = Path(__file__).parents[3]
BASE = "<title>{{ page.head.title }}</title>{% block main %}{% endblock %}"


def asked(**templates: str) -> frozenset[str] | None:
    """What `record.html` reads with its family. Two underscores stand for a slash."""
    named = {f"{name.replace('__', '/')}.html": text for name, text in templates.items()}
    frame = Frame(*[""] * (len(Frame.__struct_fields__) - 3), (), "", ())
    return Renderer(Environment(loader=DictLoader(named)), frame, "").asked("record.html")


def test_what_a_template_and_those_it_extends_and_includes_read_is_asked():
    found = asked(
        base=BASE,
        record='{% extends "base.html" %}{% block main %}{{ page.body }}{% include "parts__files.html" %}'
        "{% endblock %}".replace("__", "/"),
        parts__files="{% for file in page.files %}{{ file.title }}{% endfor %}",
    )

    assert found == {"head.title", "body", "files"}


def test_a_head_handed_on_is_asked_as_a_whole():
    found = asked(record="{{ page.head.title }}{% set head = page.head %}{{ head.structured }}")

    assert found == {"head"} | {f"head.{name}" for name in Head.__struct_fields__}


@pytest.mark.parametrize(
    "text",
    [
        "{% macro of(it) %}{{ it.clocks }}{% endmacro %}{{ of(page) }}",
        "{% set it = page %}{{ it.clocks }}",
        "{{ page['clocks'] }}",
        "{{ page | string }}",
        "{% include frame.city %}",
    ],
    ids=["macro", "name", "subscript", "filter", "dynamic include"],
)
def test_of_a_page_handed_on_anything_may_be_asked(text):
    assert asked(record=text) is None


def test_what_no_template_asks_for_is_not_made():
    catalog = check_content(ROOT / "content", date(2026, 11, 22)).catalog
    desk = Desk(catalog)
    renderer = Renderer(environment(ROOT / "theme"), desk.frame(), desk.site.prefix)
    plan = {out.address: out for out in record_outputs(desk, renderer, Board(desk))}
    out = next(plan[f"{record.key}.html"] for record in catalog.of_kind("policy") if catalog.validity(record))
    desk.asked = {"policy": renderer.asked("kinds/policy.html")}
    whole = out.settled().inputs
    desk.asked = {"policy": frozenset({"head.title", "body"})}
    small = out.settled().inputs

    assert whole.clocks
    assert whole.banner
    assert whole.head.structured
    assert (small.clocks, small.banner, small.head.structured) == ((), None, "")
    assert (small.head.title, small.body) == (whole.head.title, whole.body)
