"""Which browser is taken: Playwright's own, Debian's, one on the PATH; or what to install, in plain words."""

from pathlib import Path

import pytest

from workbench import browser
from workbench.browser import Chromium, browser_executable
from workbench.outcome import CannotDo


class Machine:
    """A machine as far as the choice of a browser goes; notes what was done to it."""

    def __init__(self) -> None:
        self.own = False
        self.on_path: list[Path] = []
        self.starting: set[Path | None] = set()
        self.downloads = False
        self.debian: Path | None = None
        self.done: list[str] = []

    def starts(self, chromium: Chromium) -> bool:
        self.done.append(f"try {chromium.executable or 'own'}")
        return self.own if chromium.executable is None else chromium.executable in self.starting

    def download(self) -> bool:
        self.done.append("download")
        self.own = self.downloads
        return self.downloads

    def install(self) -> bool:
        self.done.append("install")
        if self.debian is None:
            return False
        self.add(self.debian)
        return True

    def add(self, executable: Path, starts: bool = True) -> None:
        executable.touch()
        self.on_path.append(executable)
        if starts:
            self.starting.add(executable)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """A machine with no browser, no download and no Debian."""
    machine = Machine()
    monkeypatch.setattr(browser, "CHOICE", tmp_path / "gongkai-browser.json")
    monkeypatch.setattr(browser, "_starts", machine.starts)
    monkeypatch.setattr(browser, "_download", machine.download)
    monkeypatch.setattr(browser, "_install_debian", machine.install)
    monkeypatch.setattr(browser, "_on_path", lambda: [Chromium(path) for path in machine.on_path])
    return machine


def test_playwrights_own_is_taken_where_it_is_already_there(machine: Machine, tmp_path: Path) -> None:
    machine.own = True
    machine.add(tmp_path / "chromium")

    assert browser_executable(bring=True) == Chromium(None)
    assert machine.done == ["try own"]


def test_playwrights_own_is_downloaded_where_none_is_there(machine: Machine, tmp_path: Path) -> None:
    machine.downloads = True
    machine.add(tmp_path / "chromium", starts=False)

    assert browser_executable(bring=True) == Chromium(None)
    assert machine.done == ["try own", f"try {tmp_path / 'chromium'}", "download", "try own"]


def test_where_nothing_can_be_downloaded_debians_is_installed(machine: Machine, tmp_path: Path) -> None:
    machine.debian = tmp_path / "chromium"

    assert browser_executable(bring=True) == Chromium(tmp_path / "chromium")
    assert machine.done == ["try own", "download", "install", f"try {tmp_path / 'chromium'}"]


def test_one_on_the_path_makes_a_download_and_an_installation_needless(
    machine: Machine, tmp_path: Path
) -> None:
    machine.add(tmp_path / "chrome")

    assert browser_executable(bring=True) == Chromium(tmp_path / "chrome")
    assert machine.done == ["try own", f"try {tmp_path / 'chrome'}"]


def test_one_that_does_not_start_is_passed_over(machine: Machine, tmp_path: Path) -> None:
    machine.add(tmp_path / "broken", starts=False)
    machine.add(tmp_path / "chrome")

    assert browser_executable() == Chromium(tmp_path / "chrome")


def test_without_leave_to_bring_one_nothing_is_downloaded_or_installed(machine: Machine) -> None:
    machine.downloads = True

    with pytest.raises(CannotDo, match="apt-get install chromium"):
        browser_executable()
    assert machine.done == ["try own"]


def test_when_there_is_none_it_says_what_to_install_in_both_languages(machine: Machine) -> None:
    with pytest.raises(CannotDo) as told:
        browser_executable(bring=True)

    chinese, english = str(told.value).splitlines()
    assert chinese.startswith("浏览器测试需要 Chromium，没有找到")
    assert english.startswith("The browser tests need Chromium; none was found")


def test_a_second_run_neither_searches_nor_tries(machine: Machine, tmp_path: Path) -> None:
    machine.add(tmp_path / "chrome")
    first = browser_executable(bring=True)
    machine.done.clear()

    assert browser_executable(bring=True) == first
    assert machine.done == []


def test_a_remembered_browser_that_is_gone_is_looked_for_again(machine: Machine, tmp_path: Path) -> None:
    machine.add(tmp_path / "chrome")
    browser_executable()
    (tmp_path / "chrome").unlink()
    machine.on_path.clear()
    machine.add(tmp_path / "chromium")

    assert browser_executable() == Chromium(tmp_path / "chromium")


def test_root_may_start_it_only_outside_its_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0, raising=False)
    as_root = Chromium(None).arguments
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000, raising=False)

    assert ("--no-sandbox" in as_root, "--no-sandbox" in Chromium(None).arguments) == (True, False)
