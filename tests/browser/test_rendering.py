"""The browser pass: pages written by scripts are read as visitors see them, and the browser never leaves the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from crawler_checks.checks import Outcome
from crawler_checks.crawl.limits import RobotsMode
from crawler_checks.inspection import inspect_site
from crawler_checks.visit import Visit
from tests.browser.conftest import served
from tests.conftest import TODAY
from tests.crawler_checks.sites import HASTY
from workbench.rendering import rendering

pytestmark = pytest.mark.browser
MENU = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某县人民政府</title></head><body><div id="app">
</div><script>
fetch("menu.json").then((answer) => answer.json()).then((menu) => {
  document.getElementById("app").innerHTML = menu.map((one) => `<p><a href="${one.to}">${one.name}</a></p>`).join("");
});
fetch("http://other.invalid/track").catch(() => {});
new Image().src = "http://127.0.0.1:9/pixel.png";
</script></body></html>"""
FILES = {
    "index.html": MENU,
    "menu.json": '[{"to": "a.html", "name": "通知公告"}, {"to": "gone.html", "name": "政策文件"}]',
    "a.html": '<!doctype html><html lang="zh-CN"><head><title>通知公告</title></head><body><p>第一条通知</p></body></html>',
}
Render = Callable[..., bytes | None]


@pytest.fixture(scope="module")
def render() -> Iterator[Render]:
    with rendering() as opened:
        yield opened


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_what_a_script_shows_is_followed_and_judged(tmp_path: Path, render: Render) -> None:
    root = write(tmp_path, FILES)
    without = inspect_site(root, today=TODAY)
    assert without.pages == 1
    found = inspect_site(root, today=TODAY, render=render)
    assert found.pages == 2
    broken = [one for one in found.findings if one.check == "link_broken"]
    assert [(one.outcome, one.place, one.object) for one in broken] == [(Outcome.FAIL, "/", "/gone.html")]


def test_over_http_and_from_the_archive_it_is_the_same(tmp_path: Path, render: Render) -> None:
    (tmp_path / "www").mkdir()
    keep = tmp_path / "crawl.warc.gz"
    with served(write(tmp_path / "www", FILES)) as base:
        live = inspect_site(base, today=TODAY, visit=Visit(HASTY, keep), render=render)
    assert live.pages == 2
    assert inspect_site(keep, today=TODAY, render=render).findings == live.findings


def test_the_browser_is_given_nothing_but_what_the_site_gives(render: Render) -> None:
    asked: list[str] = []

    class Page:
        status, content_type, body = 200, "text/html; charset=utf-8", MENU.encode()

    def load(url: str) -> Page | None:
        asked.append(url)
        return Page() if url == "http://site.invalid/" else None

    html = render("http://site.invalid/", load)
    assert html is not None
    assert set(asked) >= {
        "http://site.invalid/",
        "http://other.invalid/track",
        "http://127.0.0.1:9/pixel.png",
    }


def test_a_page_that_never_loads_or_loops_is_left(render: Render) -> None:
    assert render("http://site.invalid/", lambda _: None) is None


def test_robots_are_obeyed_by_the_browser_too(tmp_path: Path, render: Render) -> None:
    files = FILES | {"robots.txt": "User-agent: *\nDisallow: /menu.json\n"}
    manners = replace(HASTY, robots=RobotsMode.OBEY)
    with served(write(tmp_path, files)) as base:
        found = inspect_site(base, today=TODAY, visit=Visit(manners), render=render)
    assert found.pages == 1
