"""What a reader comes for is done from the keyboard alone: read, search, narrow, open, print, enlarge, copy, go back."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MOST = 400
HERE = "() => (document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || '').trim()"


def tab_to(page: Page, words: str | re.Pattern[str]) -> None:
    """Press Tab until what has the focus says `words`; fails when nothing on the page does."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        said = page.evaluate(HERE)
        if re.fullmatch(words, said):
            return
    pytest.fail(f"Tab never came to {words!r}")


def test_from_the_front_page_by_the_menu_to_a_document_and_back(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")
    tab_to(page, "政策解读")
    page.keyboard.press("Enter")
    page.wait_for_url("**/section/interpretation.html")

    page.keyboard.press("Tab")  # the way past the menu
    page.keyboard.press("Enter")
    tab_to(page, re.compile(".*解读.*"))
    title = page.evaluate(HERE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/interpretation/*.html")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.go_back()

    assert page.url.startswith(f"{site_address}section/interpretation.html")
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_from_any_page_to_an_answer(page: Page, prefixed_site_address: str) -> None:
    page.goto(f"{prefixed_site_address}completeness.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the skip link and the name of the site
    page.keyboard.insert_text("霁川市住宅电梯安全管理办法")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#search-results .row-title a").first).to_have_text(
        re.compile("住宅电梯安全管理办法")
    )

    tab_to(page, re.compile(".*住宅电梯安全管理办法.*"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("住宅电梯安全管理办法"))


def test_a_list_is_narrowed_to_what_is_in_force(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}section/policy.html")
    tab_to(page, "按有效性")
    page.keyboard.press("Enter")
    tab_to(page, re.compile(r"现行.*|有效.*"))
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url != f"{site_address}section/policy.html"
    assert page.locator(".row-table tbody tr").count() > 0
    assert page.locator(".state-repealed, .state-expired").count() == 0


def test_text_is_enlarged_and_made_normal_again(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    tab_to(page, "大字")

    page.keyboard.press("Space")
    large = page.evaluate(size)
    page.keyboard.press("Space")

    assert (large > 18, page.evaluate(size)) == (True, before)


def test_a_citation_is_copied_by_keyboard_and_said(page: Page, site_address: str, example_site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site_address + example_site.pages["record.html policy"])
    tab_to(page, "复制")

    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-text").inner_text()


def test_an_open_page_prints_by_the_browsers_own_key(page: Page, site_address: str, example_site) -> None:
    """Nothing of ours takes the key away; what comes out of the printer is read in test_print.py."""
    page.add_init_script("addEventListener('keydown', (event) => { window.taken = event.defaultPrevented; })")
    page.goto(site_address + example_site.pages["record.html policy"])

    page.keyboard.press("Control+p")

    assert page.evaluate("window.taken") is False
