"""What the theme promises and a glance does not show: no code in pages, addresses from the root, readable colours."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "theme" / "templates").rglob("*.html"))
STYLE = (ROOT / "theme" / "static" / "gongkai.css").read_text(encoding="utf-8")
# Where the class names of a page come from: templates, scripts, and what makes HTML of a record's text.
MAKERS = [
    *TEMPLATES,
    *(ROOT / "theme" / "static").glob("*.js"),
    *(ROOT / "plugins" / "portal").rglob("*.py"),
]

TEXT = 4.5  # WCAG 2.2, 1.4.3
SIGN = 3.0  # WCAG 2.2, 1.4.11
PAIRS = [
    ("--ink", "--paper", TEXT),
    ("--ink", "--ground", TEXT),
    ("--soft", "--paper", TEXT),
    ("--soft", "--ground", TEXT),
    ("--main", "--paper", TEXT),
    ("--main", "--ground", TEXT),
    ("--main", "--main-ground", TEXT),
    ("--red", "--paper", TEXT),
    ("--red", "--ground", TEXT),
    ("--red", "--red-ground", TEXT),
    ("--ochre", "--paper", TEXT),
    ("--ochre", "--ground", TEXT),
    ("--ochre", "--ochre-ground", TEXT),
    ("--on-band", "--band", TEXT),
    ("--on-band-soft", "--band", TEXT),
    ("--focus", "--paper", SIGN),
    ("--focus", "--ground", SIGN),
    ("--line-strong", "--paper", SIGN),
]


def plain_tokens() -> dict[str, str]:
    """The colours of a browser that knows no light-dark(): the first block of the stylesheet."""
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{3,6});", STYLE.partition("@supports")[0]))


def tokens() -> dict[str, dict[str, str]]:
    """The colours in light and in dark; one that is given once is the same in both."""
    both = re.findall(
        r"(--[a-z-]+): light-dark\((#\w+), (#\w+)\);", STYLE.partition("@supports")[2].partition("\n}")[0]
    )
    plain = plain_tokens()
    return {
        "light": plain | {name: light for name, light, _ in both},
        "dark": plain | {name: dark for name, _, dark in both},
    }


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_colour_can_be_read_on_its_ground(scheme: str, front: str, back: str, least: float) -> None:
    colours = tokens()[scheme]

    assert contrast(colours[front], colours[back]) >= least


def test_an_old_browser_gets_the_colours_of_the_light_scheme() -> None:
    assert plain_tokens() == tokens()["light"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_code_and_trusts_no_text(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    found = re.findall(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>|\|\s*safe\b|javascript:", text
    )

    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_an_address_in_a_template_begins_at_the_sites_root(template: Path) -> None:
    """The two registries of the footer's numbers are the only other sites; `#`, telephone and mail need no root."""
    text = template.read_text(encoding="utf-8")

    found = re.findall(r'(?:href|src)="(?!\{\{|#|tel:|mailto:|https://beian\.)[^"]*"', text)

    assert found == []


def test_the_stylesheet_dresses_nothing_that_is_not_made() -> None:
    selectors = re.sub(r"\{[^{}]*\}|/\*.*?\*/", " ", STYLE, flags=re.S)
    styled = set(re.findall(r"\.([a-z][a-z_-]*[a-z])(?![\w%])", selectors))
    made = "\n".join(path.read_text(encoding="utf-8") for path in MAKERS)
    # These are put together of a word and the state, look or kind of a value.
    joined = re.compile(r"(?:state|banner|count|kind|col|entry)-[a-z_-]+")

    unused = {name for name in styled if not joined.fullmatch(name) and name not in made}

    assert len(styled) > 50
    assert unused == set()


def test_every_component_is_used() -> None:
    named = re.findall(
        r'"components/([a-z_]+\.html)"', "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    )
    components = {path.name for path in TEMPLATES if path.parent.name == "components"}

    assert set(named) == components
