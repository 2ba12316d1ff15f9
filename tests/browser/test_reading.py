"""How a reader wants to read is remembered without a server; without the script nothing is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def text_size(page: Page) -> float:
    """The size of the page's own text, in CSS pixels."""
    return float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def test_large_text_is_chosen_once_and_stays(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")
    before = text_size(page)

    page.get_by_role("button", name="大字").click()
    page.goto(f"{site_address}completeness.html")

    assert text_size(page) == pytest.approx(before * 1.375)
    assert text_size(page) >= 18
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


def test_what_was_chosen_can_be_undone(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")
    before = text_size(page)

    for _ in range(2):
        page.get_by_role("button", name="大字").click()

    assert text_size(page) == before


def test_a_reader_may_want_it_light_where_the_system_is_dark(browser: Browser, site_address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site_address}index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)

    page.get_by_role("button", name="深色").click()
    light = page.evaluate(ground)
    context.close()

    assert (dark, light) == ("rgb(17, 25, 29)", "rgb(255, 255, 255)")


def test_without_the_script_no_button_is_offered_that_does_nothing(
    browser: Browser, prefixed_site_address: str, telling_pages
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    offered = {}
    for template, address in telling_pages.items():
        page.goto(prefixed_site_address + address)
        offered[template] = page.locator("button:not([type=submit]):visible").count()
    context.close()

    assert offered == dict.fromkeys(telling_pages, 0)


def test_on_a_narrow_screen_the_menu_opens_without_a_script(browser: Browser, site_address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}index.html")
    menu = page.get_by_role("navigation", name="主栏目")
    expect(menu).not_to_be_visible()

    page.get_by_role("link", name="栏目", exact=True).click()

    expect(menu.get_by_role("link", name="依申请公开")).to_be_visible()
    context.close()


def test_a_printed_record_has_its_issuer_and_address_and_no_menu(
    page: Page, site_address: str, example_site
) -> None:
    policy = sorted(example_site.folder.glob("policy/*.html"))[0]
    page.goto(f"{site_address}policy/{policy.name}")

    page.emulate_media(media="print")

    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator(".record-foot")).to_contain_text(f"policy/{policy.name}")
    expect(page.get_by_role("navigation", name="主栏目")).not_to_be_visible()
