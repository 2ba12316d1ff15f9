"""Templates render as Jinja alone renders them, whatever they use of it; misspelt names are refused."""

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, UndefinedError

from plugins.portal.quick_templates import hasten

MACRO = "{% macro m(a, b='<b>', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
PAGE = SimpleNamespace(title="甲&乙", cells={"day": "<1>", "items": "二"}, rows=("一", "<二>"), label="x")


def rendered(text: str, *, quick: bool) -> str:
    env = Environment(loader=DictLoader({"page.html": text, "parts.html": MACRO}), autoescape=True)
    if quick:
        hasten(env)
    return env.get_template("page.html").render(page=PAGE)


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }}{{ page.cells.day }}{{ page.title }}",
        "{% from 'parts.html' import m %}{{ m(page.title) }}{{ m(1, page.cells.day) }}{{ m('<', '>', 2) }}",
        "{% from 'parts.html' import m %}{{ m(page.title, c=3) }}{{ m(b=1, a=page.rows) }}",
        "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}{{ m(page.title) }}",
        "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(1) %}<{{ page.title }}>{% endcall %}",
        "{% for row in page.rows %}{{ loop.index }}{{ row.upper() }}{{ cycler('a', 'b').next() }}{% endfor %}",
        "{% set n = namespace(found=0) %}{% for r in page.rows %}{% set n.found = n.found + 1 %}{% endfor %}{{ n.found }}",
        "{{ dict(page.cells)['day'] }}{{ page.title.replace('甲', '<') }}{{ (page.title, 1).count(1) }}",
        "{% if page.nothing is defined %}1{% else %}2{% endif %}{{ page.nothing | default('<3>') }}",
    ],
    ids=["key", "macro", "named", "open", "caller", "loop", "namespace", "methods", "undefined"],
)
def test_a_template_renders_as_it_does_without_haste(text):
    assert rendered(text, quick=True) == rendered(text, quick=False)


@pytest.mark.parametrize("text", ["{{ page.titel }}", "{{ titel }}", "{{ page.title.lenght }}"])
def test_a_misspelt_name_is_refused(text):
    with pytest.raises(UndefinedError):
        rendered(text, quick=True)
