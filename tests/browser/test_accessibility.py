"""Every template stands up to axe in every state: wide and narrow, dark, high contrast, large text, printed, no script.

The front page and a record are judged in every state, every other template and the page of all components in the four
that differ most. Whatever depends on how a page is drawn is judged in every state; what depends on its markup alone is
judged once wide and, with the front page, once narrow, where the menu is folded. What is around the text is the same on
all pages: in other colours it is judged with the front page alone. Of further kinds of record with the same template
those that show something no other page shows have their text judged wide, by all rules. `pytest --thorough` asks for
every rule in every state of every page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LARGE = "document.documentElement.dataset.text = 'large'"
DRAWN = (
    "aria-hidden-focus",
    "color-contrast",
    "link-in-text-block",
    "page-has-heading-one",
    "scrollable-region-focusable",
    "skip-link",
    "target-size",
)
"""The rules whose answer depends on how a page is drawn, not only on its markup."""
COLOURS = ("color-contrast", "link-in-text-block")
"""Those whose answer depends on its colours."""


Rules = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How a page is shown, and the rules that are asked there; no rules means all of them."""

    rules: Rules = COLOURS
    narrow: bool = False
    large: bool = False
    media: Mapping[str, str] = field(default_factory=dict)

    def bring(self, page: Page) -> None:
        """Show the page so, however it was shown before."""
        page.emulate_media(**{**AS_USUAL, **self.media})
        page.set_viewport_size(NARROW if self.narrow else WIDE)
        page.evaluate(LARGE if self.large else "delete document.documentElement.dataset.text")


AS_USUAL = dict.fromkeys(("media", "color_scheme", "contrast", "forced_colors", "reduced_motion"), "null")
STATES = {
    "wide": State(rules=()),
    "narrow": State(rules=(), narrow=True),
    "dark": State(media={"color_scheme": "dark"}),
    "high contrast": State(media={"contrast": "more"}),
    "dark, high contrast": State(media={"color_scheme": "dark", "contrast": "more"}),
    "forced colours": State(media={"forced_colors": "active"}),
    "reduced motion": State(media={"reduced_motion": "reduce"}),
    "large text": State(DRAWN, large=True),
    "large text, narrow": State(DRAWN, narrow=True, large=True),
    "printed": State(DRAWN, media={"media": "print"}),
}
FRONT, SPECIMEN = "home.html", "specimen.html"
STAND_FOR_ALL = (FRONT, "record.html policy")
CHANGED = "main :is(form, button, details)"
"""What scripts lay hands on."""
MOST_UNLIKE = ("wide", "narrow", "dark", "large text, narrow")


def asked(template: str, first: bool) -> dict[str, tuple[State, Rules, str]]:
    """For each state a page is judged in, the state, the rules, and the part of the page that is judged.

    `first` says whether it is the page by which its template is judged, and not a further kind of record.
    """
    if not first:
        return {"wide": (STATES["wide"], (), "main")}
    states = STATES if template in STAND_FOR_ALL else {name: STATES[name] for name in MOST_UNLIKE}
    if template == FRONT:
        return {name: (one, one.rules, "html") for name, one in states.items()}
    inner = {
        name: (one, one.rules, "main" if one.rules == COLOURS else "html") for name, one in states.items()
    }
    return {**inner, "narrow": (STATES["narrow"], DRAWN, "html")}


@pytest.fixture
def judged(telling_pages, specimen: Path) -> dict[str, str]:
    """The pages that are looked at; the specimen lies beside the site, at the root of the host."""
    return {**telling_pages, SPECIMEN: f"/specimen/{specimen.name}"}


def violations(page: Page, rules: Rules = (), part: str = "html") -> list[dict[str, Any]]:
    """What axe, which must be on the page, says of a part; by these rules, or by all that are on by default."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: list[dict[str, Any]] = page.evaluate(
        "([part, options]) => axe.run(part, options).then(result => result.violations)", [part, options]
    )
    return found


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing_wrong_with_any_template_in_any_state(
    part: int, browser: Browser, prefixed_site_address: str, judged, first_pages, thorough
) -> None:
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    page = context.new_page()
    found = []
    pages = list(judged.items())[part::4]
    for template, address in pages:
        page.goto(_at(prefixed_site_address, address))
        page.evaluate(AXE_SCRIPT)
        wanted = asked(template, template in {*first_pages, SPECIMEN})
        if thorough:
            wanted = {name: (state, (), "html") for name, state in STATES.items()}
        for name, (state, rules, where) in wanted.items():
            state.bring(page)
            told = violations(page, rules, where)
            found += [f"{template} ({address}), {name}: {_words(one)}" for one in told]
    context.close()

    assert len(pages) > 4
    assert found == []


def test_two_pages_are_asked_in_every_state_and_the_front_page_whole() -> None:
    whole = asked(FRONT, True)
    record = asked("record.html policy", True)

    assert list(whole) == list(record) == list(STATES)
    assert {where for _, _, where in whole.values()} == {"html"}
    assert whole["narrow"][1] == ()
    assert {name for name, (_, _, where) in record.items() if where == "main"} == {
        "dark",
        "high contrast",
        "dark, high contrast",
        "forced colours",
        "reduced motion",
    }
    assert (
        list(asked("list.html", True))
        == list(asked(SPECIMEN, True))
        == ["wide", "narrow", "dark", "large text, narrow"]
    )
    assert asked("record.html plan", False) == {"wide": (STATES["wide"], (), "main")}


def test_axe_finds_nothing_wrong_with_what_a_script_would_have_changed_where_it_does_not_run(
    browser: Browser, prefixed_site_address: str, example_site, first_pages, judged, thorough
) -> None:
    """Axe is a script itself, so it is ours that are kept away."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    found = []
    changed = {
        template: address
        for template, address in first_pages.items()
        if LexborHTMLParser((example_site.folder / address).read_bytes()).css_first(CHANGED)
    }
    for template, address in (judged if thorough else changed).items():
        page.goto(_at(prefixed_site_address, address))
        assert page.locator("html.scripted").count() == 0
        page.evaluate(AXE_SCRIPT)
        part = "html" if thorough or template == FRONT else "main"
        found += [f"{template} ({address}): {_words(one)}" for one in violations(page, DRAWN, part)]
    context.close()

    assert {FRONT, "search.html", "list.html"} <= set(changed)
    assert found == []


def _at(site: str, address: str) -> str:
    """The specimen lies beside the site, at the root of the host."""
    root = "/".join(site.split("/", 3)[:3])
    return root + address if address.startswith("/") else site + address


def test_axe_sees_a_picture_without_words(page: Page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><main><h1>试</h1><img src='data:,'></main>"
    )

    page.evaluate(AXE_SCRIPT)

    assert [one["id"] for one in violations(page)] == ["image-alt"]


def test_axe_sees_pale_words_in_the_dark_where_only_the_text_is_asked(page: Page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><main><p class='a'>淡字</p></main><style>"
        "@media (prefers-color-scheme: dark) { .a { color: #ccc; background: #fff } }</style>"
    )
    page.evaluate(AXE_SCRIPT)
    seen = {}
    for name in ("wide", "dark", "large text", "high contrast"):
        STATES[name].bring(page)
        seen[name] = [one["id"] for one in violations(page, COLOURS, "main")]

    assert seen == {"wide": [], "dark": ["color-contrast"], "large text": [], "high contrast": []}


def test_axe_sees_pale_words_and_small_targets_where_only_drawing_is_asked(page: Page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><h1>试</h1><p style='color:#ccc;background:#fff'>淡字</p>"
        "<style>button { display: block; width: 8px; height: 8px; padding: 0; border: 0; overflow: hidden }</style>"
        "<button>甲</button><button>乙</button>"
    )

    page.evaluate(AXE_SCRIPT)

    assert [one["id"] for one in violations(page, DRAWN)] == ["color-contrast", "target-size"]


def test_no_page_scrolls_sideways_on_a_narrow_screen(
    browser: Browser, prefixed_site_address: str, judged
) -> None:
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    wide = {}
    for template, address in judged.items():
        page.goto(_at(prefixed_site_address, address))
        for width, large in product((320, 640), (False, True)):
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate("delete document.documentElement.dataset.text")
            if large:
                page.evaluate(LARGE)
            over = page.evaluate(OVER)
            if over > 0:
                wide[f"{template} ({address}), {width}, {'large' if large else 'standard'}"] = over
    context.close()

    assert wide == {}


def test_what_is_too_wide_is_seen(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.set_content("<p style='width: 400px'>宽</p>")

    assert page.evaluate(OVER) > 0


def _words(violation: dict) -> str:
    places = [
        f"{' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in violation["nodes"]
    ]
    return f"{violation['id']}: {violation['help']}\n" + "\n".join(places)
