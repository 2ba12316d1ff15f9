"""Pages as a browser makes them, from what is handed in: the browser itself never touches a network.

Everything a page asks for is asked of a loader, which keeps to the site, its robots.txt and its pace.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import monotonic
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
PURPOSES = {
    "rendered": ("运行脚本", "rendered"),
    "judged": ("检查无障碍", "judged"),
    "drawn": ("画面", "drawn"),
}
JUDGE = """async () => {
  const result = await axe.run(document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    resultTypes: ["violations", "incomplete"],
    iframes: false,
  });
  const plain = (rules) => rules.map((rule) => ({
    rule: rule.id,
    asks: rule.help,
    selector: String(rule.nodes[0].target),
    source: rule.nodes[0].html.slice(0, 400),
    count: rule.nodes.length,
  }));
  return {broken: plain(result.violations), doubtful: plain(result.incomplete)};
}"""


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


Show = Callable[[str, Load], bytes | None]
"""Opens an address with a loader; None when it does not open."""


@dataclass(slots=True)
class Hands:
    """A browser that opens pages: to read what their scripts make of them, to draw them, to judge them with axe. It
    counts the pages it opened for each purpose, and the seconds that took."""

    _open: Callable[[str, Load, Take], bytes | None]
    opened: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def render(self, address: str, load: Load) -> bytes | None:
        """The page after its scripts ran, in UTF-8."""
        return self._at("rendered", address, load, lambda page: page.content().encode())

    def draw(self, address: str, load: Load) -> bytes | None:
        """A picture of the page (PNG)."""
        return self._at("drawn", address, load, lambda page: page.screenshot())

    def look_at(self, address: str, load: Load) -> bytes | None:
        """What axe says of the page, as JSON: `{"broken": [...], "doubtful": [...]}`."""
        return self._at("judged", address, load, _judged)

    def told(self) -> tuple[str, ...]:
        """What it cost, in a line."""
        if not self.opened:
            return ()
        done = "，".join(f"{PURPOSES[one][0]} {self.opened[one]} 页" for one in PURPOSES if self.opened[one])
        done_en = ", ".join(
            f"{self.opened[one]} pages {PURPOSES[one][1]}" for one in PURPOSES if self.opened[one]
        )
        return (f"浏览器：{done}，用时 {self.seconds:.1f} 秒 / browser: {done_en}, {self.seconds:.1f} s",)

    def _at(self, purpose: str, address: str, load: Load, take: Take) -> bytes | None:
        begun = monotonic()
        try:
            return self._open(address, load, take)
        finally:
            self.opened[purpose] += 1
            self.seconds += monotonic() - begun


@contextmanager
def browser_at_hand() -> Iterator[Hands]:
    """A browser in a thread of its own, whatever else this process has open; several may be open at once.

    It is found or brought, and ended when the block is. Raises CannotDo when there is none.
    """
    with ThreadPoolExecutor(1) as thread, ExitStack() as ending:
        held = ExitStack()
        browser = thread.submit(
            held.enter_context, launched(browser_executable(bring=True), NO_NETWORK)
        ).result()
        ending.callback(lambda: thread.submit(held.close).result())
        yield Hands(lambda address, load, take: thread.submit(_opened, browser, address, load, take).result())


def _judged(page: Page) -> bytes:
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    return json.dumps(page.evaluate(JUDGE)).encode()


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
