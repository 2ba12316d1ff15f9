"""Find a Chromium for the browser tests, or bring one: Playwright's own, Debian's, or one on the PATH."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.outcome import CannotDo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHOICE = Path(sys.prefix) / "gongkai-browser.json"
ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOAD_SECONDS = 300
START_SECONDS = 60
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that was seen to start. No executable means the one Playwright keeps itself."""

    executable: Path | None

    @property
    def arguments(self) -> list[str]:
        """What it must be started with; Chromium refuses to run as root inside its sandbox."""
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        return [*QUIET, "--no-sandbox"] if as_root else list(QUIET)


@contextmanager
def launched(chromium: Chromium, more: tuple[str, ...] = ()) -> "Iterator[Browser]":
    """The browser, running without a window, with `more` arguments; it is ended when the block is."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable, args=[*chromium.arguments, *more]
        )
        yield browser
        browser.close()


def browser_executable(bring: bool = False) -> Chromium:
    """The browser to use; with `bring`, what is missing is downloaded or installed.

    The choice is remembered, so that a second run neither searches nor touches the network.
    Raises CannotDo, saying what to install, when there is none.
    """
    remembered = _remembered()
    if remembered is not None:
        return remembered
    for candidate in _candidates(bring):
        if _starts(candidate):
            _remember(candidate)
            return candidate
    raise CannotDo(
        "浏览器测试需要 Chromium，没有找到，也没能自动安装。"
        "请安装后再试，例如在 Debian 或 Ubuntu 上：sudo apt-get install chromium fonts-noto-cjk",
        "The browser tests need Chromium; none was found and none could be brought. "
        "Install one and try again, for example on Debian or Ubuntu: "
        "sudo apt-get install chromium fonts-noto-cjk",
    )


def _candidates(bring: bool) -> Iterator[Chromium]:
    """Browsers to try, best first; each is only looked for when the ones before would not start."""
    yield Chromium(None)
    yield from _on_path()
    if bring and _done(_download):
        yield Chromium(None)
    if bring and not _on_path() and _done(_install_debian):
        yield from _on_path()


def _on_path() -> list[Chromium]:
    found = (shutil.which(name) for name in ON_THE_PATH)
    return [Chromium(Path(path)) for path in found if path]


def _done(step: Callable[[], bool]) -> bool:
    try:
        return step()
    except (OSError, subprocess.TimeoutExpired):
        return False


def _download() -> bool:
    print("正在下载浏览器 / downloading a browser", file=sys.stderr)
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    return _run(command, DOWNLOAD_SECONDS)


def _install_debian() -> bool:
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (as_root and shutil.which("apt-get")):
        return False
    print("正在用 apt-get 安装 Chromium / installing Chromium with apt-get", file=sys.stderr)
    _run(["apt-get", "update"], DOWNLOAD_SECONDS)
    return _run(
        ["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES], 2 * DOWNLOAD_SECONDS
    )


def _run(command: list[str], seconds: int) -> bool:
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000",  # milliseconds; without a network, give up soon
    }
    done = subprocess.run(
        command, capture_output=True, check=False, timeout=seconds, env=environment, cwd=ROOT
    )
    return done.returncode == 0


def _starts(chromium: Chromium) -> bool:
    """Whether it shows a page; tried in a process of its own, so that a browser that hangs can be ended."""
    command = [
        sys.executable,
        "-m",
        "workbench.browser",
        *([str(chromium.executable)] if chromium.executable else []),
    ]
    return _done(lambda: _run(command, START_SECONDS))


def _remembered() -> Chromium | None:
    try:
        executable = json.loads(CHOICE.read_text(encoding="utf-8"))["executable"]
    except (OSError, ValueError, KeyError):
        return None
    if executable is None:  # Playwright clears its own away when it is upgraded, so look again
        return Chromium(None) if _starts(Chromium(None)) else None
    return Chromium(Path(executable)) if Path(executable).exists() else None


def _remember(chromium: Chromium) -> None:
    executable = str(chromium.executable) if chromium.executable else None
    CHOICE.write_text(json.dumps({"executable": executable}) + "\n", encoding="utf-8")


def _show_a_page(executable: Path | None) -> None:
    with launched(Chromium(executable)) as browser:
        page = browser.new_page()
        page.set_content("<title>ready</title>")
        if page.title() != "ready":
            raise SystemExit("the browser started but shows no page")


if __name__ == "__main__":
    _show_a_page(Path(sys.argv[1]) if sys.argv[1:] else None)
