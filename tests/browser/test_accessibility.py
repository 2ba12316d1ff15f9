"""Every template stands up to axe in every state: wide and narrow, dark, high contrast, large text, printed, no script.

Whatever depends on how a page is drawn is judged in every state; what depends on its markup alone is judged once wide
and once narrow, where the menu is folded. Further kinds of record with the same template are judged wide and narrow.
`pytest --thorough` asks for every rule in every state of every page.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
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


def _wide(page: Page) -> None:
    page.set_viewport_size(WIDE)


def _narrow(page: Page) -> None:
    page.set_viewport_size(NARROW)


def _large(page: Page) -> None:
    page.evaluate(LARGE)


def _large_and_narrow(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.evaluate(LARGE)


Rules = tuple[str, ...]
STATES: dict[str, tuple[Callable[[Page], None], Rules]] = {
    "wide": (_wide, ()),
    "narrow": (_narrow, ()),
    "dark": (lambda page: page.emulate_media(color_scheme="dark"), COLOURS),
    "high contrast": (lambda page: page.emulate_media(contrast="more"), COLOURS),
    "dark, high contrast": (lambda page: page.emulate_media(color_scheme="dark", contrast="more"), COLOURS),
    "forced colours": (lambda page: page.emulate_media(forced_colors="active"), COLOURS),
    "reduced motion": (lambda page: page.emulate_media(reduced_motion="reduce"), COLOURS),
    "large text": (_large, DRAWN),
    "large text, narrow": (_large_and_narrow, DRAWN),
    "printed": (lambda page: page.emulate_media(media="print"), DRAWN),
}
"""How a page comes into each state, and the rules that are asked there; no rules means all of them."""


def _undo(page: Page) -> None:
    page.emulate_media(
        media="null", color_scheme="null", contrast="null", forced_colors="null", reduced_motion="null"
    )
    page.set_viewport_size(WIDE)
    page.evaluate("delete document.documentElement.dataset.text")


def _pages(example_site: Any, specimen: Path) -> dict[str, str]:
    return {**example_site.pages, "specimen.html": f"/specimen/{specimen.name}"}


def violations(page: Page, rules: Rules = ()) -> list[dict[str, Any]]:
    """What axe, which must be on the page, says of it; by these rules, or by all that are on by default."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(result => result.violations)", options
    )
    return found


@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing_wrong_with_any_template_in_any_state(
    part: int, browser: Browser, prefixed_site_address: str, example_site, specimen, request
) -> None:
    thorough = request.config.getoption("--thorough")
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    page = context.new_page()
    found = []
    every = _pages(example_site, specimen)
    first = {template.partition(" ")[0]: template for template in reversed(every)}.values()
    pages = list(every.items())[part::4]
    for template, address in pages:
        page.goto(_at(prefixed_site_address, address))
        page.evaluate(AXE_SCRIPT)
        for state, (bring, rules) in STATES.items():
            if rules and template not in first and not thorough:
                continue
            bring(page)
            told = violations(page, () if thorough else rules)
            found += [f"{template} ({address}), {state}: {_words(one)}" for one in told]
            _undo(page)
    context.close()

    assert len(pages) > 10
    assert found == []


def test_axe_finds_nothing_wrong_with_any_template_without_a_script(
    browser: Browser, prefixed_site_address: str, example_site, specimen
) -> None:
    """Axe is a script itself, so it is ours that are kept away."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE)
    context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    found = []
    for template, address in _pages(example_site, specimen).items():
        page.goto(_at(prefixed_site_address, address))
        assert page.locator("html.scripted").count() == 0
        page.evaluate(AXE_SCRIPT)
        found += [f"{template} ({address}): {_words(one)}" for one in violations(page, DRAWN)]
    context.close()

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


def test_axe_sees_pale_words_and_small_targets_where_only_drawing_is_asked(page: Page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><h1>试</h1><p style='color:#ccc;background:#fff'>淡字</p>"
        "<style>button { display: block; width: 8px; height: 8px; padding: 0; border: 0; overflow: hidden }</style>"
        "<button>甲</button><button>乙</button>"
    )

    page.evaluate(AXE_SCRIPT)

    assert [one["id"] for one in violations(page, DRAWN)] == ["color-contrast", "target-size"]


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("large", [False, True])
def test_no_page_scrolls_sideways_on_a_narrow_screen(
    width: int, large: bool, browser: Browser, prefixed_site_address: str, example_site, specimen
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    wide = {}
    for template, address in _pages(example_site, specimen).items():
        page.goto(_at(prefixed_site_address, address))
        if large:
            page.evaluate(LARGE)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide[f"{template} ({address})"] = over
    context.close()

    assert wide == {}


def _words(violation: dict) -> str:
    places = [
        f"{' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in violation["nodes"]
    ]
    return f"{violation['id']}: {violation['help']}\n" + "\n".join(places)
