"""The site can be used from the keyboard alone, and shows where one is."""

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STOPS = 1000

# What has the focus: its words, and whether anything shows that it has it.
FOCUSED = """at => {
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {
    words: (at.innerText || at.getAttribute("aria-label") || at.title || at.tagName).trim(),
    shown: ring || style.boxShadow !== "none",
    onScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  };
}"""

# Every place Tab stops at, given the focus one after the other as Tab would.
EVERY_STOP = f"""() => {{
  const focused = {FOCUSED};
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const found = [];
  for (const one of document.querySelectorAll(stops)) {{
    one.focus();
    if (document.activeElement === one) found.push(focused(one));
  }}
  return found;
}}"""


def walk(page: Page) -> list[dict]:
    """Press Tab until the page is through; what had the focus, one after the other."""
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(f"({FOCUSED})(document.activeElement)")
        if stop is None:
            return stops
        stops.append(stop)
    pytest.fail(f"after {STOPS} presses of Tab the page was not through")


def test_the_first_stop_is_the_way_to_the_text_and_leads_there(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")

    page.keyboard.press("Tab")
    first = page.evaluate(f"({FOCUSED})(document.activeElement)")
    page.keyboard.press("Enter")

    assert (first["words"], first["shown"], first["onScreen"]) == ("跳到正文", True, True)
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_every_template_shows_that_it_has_the_focus(
    page: Page, site_address: str, telling_pages
) -> None:
    unseen = []
    for template, address in telling_pages.items():
        page.goto(site_address + address)
        page.keyboard.press("Tab")  # from now on the browser shows the focus as for somebody at the keyboard
        stops = page.evaluate(EVERY_STOP)
        assert stops, f"{address} has nothing to stop at"
        unseen += [
            f"{template} ({address}): {stop['words']}"
            for stop in stops
            if not (stop["shown"] and stop["onScreen"])
        ]

    assert unseen == []


def test_a_stop_that_shows_nothing_is_seen(page: Page) -> None:
    page.set_content("<style>.b { outline: none }</style><a href='#a'>甲</a><a class='b' href='#b'>乙</a>")
    page.keyboard.press("Tab")

    assert [(stop["words"], stop["shown"]) for stop in page.evaluate(EVERY_STOP)] == [
        ("甲", True),
        ("乙", False),
    ]


def test_the_four_columns_and_applying_come_in_their_order(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}index.html")

    words = [stop["words"] for stop in walk(page)]

    columns = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]
    places = [words.index(column) for column in columns]
    assert places == list(range(places[0], places[0] + len(columns)))


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_the_menu_opens_and_leads_on_by_keyboard(
    scripts: bool, browser: Browser, site_address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site_address}index.html")

    column = page.get_by_role("navigation", name="主栏目").get_by_role("link", name="政府信息公开年报")
    opener = page.get_by_role("link", name="栏目", exact=True)
    assert (opener.is_visible(), column.is_visible()) == (True, False)
    opener.focus()
    page.keyboard.press("Enter")
    column.wait_for(state="visible")
    column.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    heading = page.get_by_role("heading", level=1).inner_text()
    context.close()

    assert "年报" in heading


def test_the_page_that_is_not_there_leads_home_under_the_prefix(
    page: Page, prefixed_site_address: str
) -> None:
    answer = page.goto(f"{prefixed_site_address}policy/nowhere/at-all.html")
    assert answer is not None
    assert answer.status == 404

    page.locator("main").get_by_role("link").first.click()
    page.wait_for_load_state()

    assert page.url.startswith(prefixed_site_address)
    assert page.get_by_role("heading", level=1).is_visible()
