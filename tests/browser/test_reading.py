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


def test_a_chart_grows_with_large_text(page: Page, site_address: str) -> None:
    page.goto(site_address + "ledger/counts.html")
    chart = page.locator("svg.bars")
    before = chart.bounding_box()
    page.get_by_role("button", name="大字").click()
    after = chart.bounding_box()

    assert before is not None
    assert after is not None
    assert after["width"] > 1.2 * before["width"]
    assert after["height"] / after["width"] == pytest.approx(before["height"] / before["width"], rel=0.01)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_text_of_a_document_and_its_files_are_one_step_from_its_head(
    page: Page, site_address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(site_address + "policy/mzj-2024-007.html")
    page.get_by_role("link", name="直接看正文").press("Enter")
    expect(page.get_by_role("heading", name="正文", exact=True)).to_be_focused()
    expect(page.get_by_text("各县（区）民政局、财政局：")).to_be_in_viewport()
    page.get_by_role("link", name="看附件（1 个）").press("Enter")
    expect(page.get_by_role("heading", name="附件（1 个）")).to_be_in_viewport()


def test_a_section_of_sections_begins_with_the_ways_to_them(page: Page, site_address: str) -> None:
    page.goto(site_address + "section/statutory.html")
    ways = page.get_by_role("navigation", name="下设栏目").get_by_role("link")

    assert ways.all_text_contents() == page.locator("main h2 > a").all_text_contents()
    ways.get_by_text("财政预决算").press("Enter")
    expect(page.locator("h1")).to_have_text("财政预决算")


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
