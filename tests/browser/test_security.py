"""Under the headers that the site asks its server for, no page breaks and nothing strange runs."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.manifest.security import HEADERS

pytestmark = pytest.mark.browser


def headers_in(folder: Path) -> dict[str, str]:
    """The headers as the file for nginx has them."""
    text = (folder / "server" / "nginx-server.conf").read_text(encoding="utf-8")
    return dict(re.findall(r'^add_header (\S+) "([^"]*)" always;$', text, re.M))


@pytest.fixture(scope="module")
def guarded_address(example_site, quiet_handler) -> Iterator[str]:
    """The example site, where it lies below the portal, from a server that sends those headers."""
    headers = headers_in(example_site.folder)

    class Guarded(quiet_handler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Guarded, directory=str(example_site.parent))
    ) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{example_site.prefix}"
        server.shutdown()
        thread.join()


def violations_on(page: Page) -> list[str]:
    """What the browser says of the policy from now on."""
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(message.text) if "Content Security Policy" in message.text else None,
    )
    return said


def test_the_files_for_nginx_and_for_static_hosts_hold_every_header(example_site) -> None:
    written = (example_site.folder / "_headers").read_text(encoding="utf-8")

    assert headers_in(example_site.folder) == dict(HEADERS)
    assert written.startswith(
        f"{example_site.prefix}*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS)
    )


def test_no_page_of_any_template_breaks_the_policy(
    browser: Browser, guarded_address: str, telling_pages
) -> None:
    page = browser.new_page()
    said = violations_on(page)
    found = {}
    for template, address in telling_pages.items():
        page.goto(guarded_address + address)
        expect(page.locator("html.scripted")).to_be_attached()
        if said:
            found[template] = said.copy()
            said.clear()
    page.close()

    assert len(telling_pages) > 10
    assert found == {}


def test_searching_breaks_no_policy(browser: Browser, guarded_address: str) -> None:
    page = browser.new_page()
    said = violations_on(page)

    page.goto(f"{guarded_address}search.html?q=低保")
    expect(page.locator("#search-results li").first).to_be_visible()
    page.close()

    assert said == []


def test_a_script_that_was_smuggled_into_a_page_does_not_run(browser: Browser, guarded_address: str) -> None:
    page = browser.new_page()
    said = violations_on(page)
    page.goto(f"{guarded_address}index.html")

    page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = 'window.ran = true';"
        " document.body.append(one); }"
    )
    ran = page.evaluate("window.ran === true")
    page.close()

    assert not ran
    assert len(said) == 1
