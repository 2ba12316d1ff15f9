"""Every template stands up to axe, on a wide screen and a narrow one, in the dark, in high contrast."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

STATES = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"color_scheme": "dark"},
    "high contrast": {"contrast": "more"},
}

# Where only colours differ, only what judges colours is asked again. In forced colours the browser paints text in
# the reader's own colours, while axe reads the page's: there is nothing for it to judge.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
ASKED = {"dark": COLOURS, "high contrast": COLOURS}

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong_with_any_template(
    state: str, browser: Browser, prefixed_site_address: str, example_site
) -> None:
    context = browser.new_context(locale="zh-CN", **STATES[state])
    page = context.new_page()
    found = []
    for template, address in example_site.pages.items():
        page.goto(prefixed_site_address + address)
        violations = Axe().run(page, options=ASKED.get(state)).response["violations"]
        found += [f"{template} ({address}): {_words(violation)}" for violation in violations]
    context.close()

    assert len(example_site.pages) > 10
    assert found == []


def test_axe_sees_a_picture_without_words(page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><main><h1>试</h1><img src='data:,'></main>"
    )

    violations = Axe().run(page).response["violations"]

    assert [violation["id"] for violation in violations] == ["image-alt"]


@pytest.mark.parametrize("width", [320, 640])
def test_no_page_scrolls_sideways_on_a_narrow_screen(
    width: int, browser: Browser, site_address: str, example_site
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    wide = {}
    for template, address in example_site.pages.items():
        page.goto(site_address + address)
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


def test_axe_sees_pale_words_where_only_colours_are_asked(page) -> None:
    page.set_content(
        "<!doctype html><html lang='zh-CN'><title>试</title><p style='color:#ccc;background:#fff'>淡字</p>"
    )

    violations = Axe().run(page, options=COLOURS).response["violations"]

    assert [violation["id"] for violation in violations] == ["color-contrast"]
