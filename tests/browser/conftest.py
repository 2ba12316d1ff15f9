"""A browser and a loopback server for the example site, at the root of a host and under a path prefix."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.constructs import constructs, showing_all
from workbench.browser import browser_executable, launched


class QuietHandler(SimpleHTTPRequestHandler):
    """A plain file server, as an office may have one; a missing page is answered with the site's own 404.html."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output for the tests."""

    def send_error(self, code: int, *_: object, **__: object) -> None:
        """Answer as a server set up with `error_page 404 404.html` does."""
        found = sorted(Path(self.directory).rglob("404.html"))
        body = found[0].read_bytes() if found else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address, ending in a slash, under which `folder` can be read while the block lasts."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site_address(example_site) -> Iterator[str]:
    """The example site at the root of a host."""
    with served(example_site.folder) as address:
        yield address


@pytest.fixture(scope="session")
def prefixed_site_address(example_site) -> Iterator[str]:
    """The example site under the path it has on the city's own portal, where 404.html is at home too."""
    with served(example_site.parent) as address:
        yield address.rstrip("/") + example_site.prefix


@pytest.fixture(scope="session")
def first_pages(example_site) -> dict[str, str]:
    """For each template the address of the page it is judged by; `example_site.pages` has further kinds of record."""
    found: dict[str, str] = {}
    for template, address in example_site.pages.items():
        if template.partition(" ")[0] not in {one.partition(" ")[0] for one in found}:
            found[template] = address
    return found


@pytest.fixture(scope="session")
def telling_pages(example_site, first_pages, thorough) -> dict[str, str]:
    """The first page of each template, and of further kinds those with something in their text that no other has.

    With --thorough every one.
    """
    if thorough:
        return example_site.pages
    made_of = {
        template: constructs((example_site.folder / address).read_bytes(), "main")
        for template, address in example_site.pages.items()
    }
    return {template: example_site.pages[template] for template in showing_all(made_of, *first_pages)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with launched(browser_executable()) as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor of their own for each test."""
    context = browser.new_context(locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page."""
    return context.new_page()


@pytest.fixture(scope="session")
def quiet_handler() -> type[QuietHandler]:
    """The plain file server, for tests that need one with habits of its own."""
    return QuietHandler


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[Page, str], None]:
    """Takes a picture of what is in the window: for the handbooks, where GONGKAI_PICTURES names their folder."""
    wanted = os.environ.get("GONGKAI_PICTURES")
    folder = Path(wanted) if wanted else tmp_path

    def take(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return take
