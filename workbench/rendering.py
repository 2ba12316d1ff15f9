"""Pages as a browser makes them, from what is handed in: the browser itself never touches a network.

Everything a page asks for is asked of a loader, which keeps to the site, its robots.txt and its pace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

from workbench.browser import browser_executable, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

WINDOW: ViewportSize = {"width": 1280, "height": 1600}
NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
LOAD_MILLISECONDS = 20_000
REST_MILLISECONDS = 5_000


class Loaded(Protocol):
    """What a loader answers."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def content_type(self) -> str:
        """The type with its charset."""

    @property
    def body(self) -> bytes:
        """All of it."""


Load = Callable[[str], Loaded | None]
Take = Callable[["Page"], bytes]


@contextmanager
def rendering() -> Iterator[Callable[[str, Load], bytes | None]]:
    """Gives what turns an address and a loader into the page after its scripts ran; None when it does not open.

    A browser is found or brought; it is ended when the block is. Raises CannotDo when there is none.
    """
    with _browser() as opened:
        yield lambda address, load: opened(address, load, lambda page: page.content().encode())


@contextmanager
def picturing() -> Iterator[Callable[[str, Load], bytes | None]]:
    """Gives what turns an address and a loader into a picture (PNG) of the page; None when it does not open.

    As `rendering` otherwise. Raises CannotDo.
    """
    with _browser() as opened:
        yield lambda address, load: opened(address, load, lambda page: page.screenshot())


@contextmanager
def _browser() -> Iterator[Callable[[str, Load, Take], bytes | None]]:
    """A browser in a thread of its own, whatever else this one has open."""
    with ThreadPoolExecutor(1) as thread, ExitStack() as ending:
        held = ExitStack()
        browser = thread.submit(
            held.enter_context, launched(browser_executable(bring=True), NO_NETWORK)
        ).result()
        ending.callback(lambda: thread.submit(held.close).result())
        yield lambda address, load, take: thread.submit(_opened, browser, address, load, take).result()


def _opened(browser: Browser, address: str, load: Load, take: Take) -> bytes | None:
    from playwright.sync_api import Error, Route

    def answer(route: Route) -> None:
        loaded = load(route.request.url) if route.request.method == "GET" else None
        if loaded is None:
            route.abort()
        else:
            headers = {"content-type": loaded.content_type}
            route.fulfill(status=loaded.status, headers=headers, body=loaded.body)

    context = browser.new_context(
        service_workers="block", accept_downloads=False, locale="zh-CN", viewport=WINDOW
    )
    try:
        page = context.new_page()
        page.route("**/*", answer)
        page.route_web_socket("**/*", lambda socket: socket.close())
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(address, wait_until="load", timeout=LOAD_MILLISECONDS)
        try:
            page.wait_for_load_state("networkidle", timeout=REST_MILLISECONDS)
        except Error:
            """Some pages never rest; what there is by now is what a visitor sees."""
        return take(page)
    except Error:
        return None
    finally:
        context.close()
