"""The browser pass: pages written by scripts are read as visitors see them, and the browser never leaves the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from crawler_checks.__main__ import main
from crawler_checks.checks.check import Outcome
from crawler_checks.crawl.limits import RobotsMode
from crawler_checks.inspection import inspect_site
from crawler_checks.reports.result import InspectionResult
from crawler_checks.visit import Visit
from tests.browser.conftest import served
from tests.conftest import TODAY
from tests.crawler_checks.sites import HASTY
from workbench.rendering import Hands, browser_at_hand

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
def hands() -> Iterator[Hands]:
    with browser_at_hand() as opened:
        yield opened


@pytest.fixture
def render(hands: Hands) -> Render:
    return hands.render


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


GREY = "<p class='info' style='color:#aaa;background:#fff'>第{n}条的说明文字</p>"
FRAME = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<div class="top"><a href="/">首页</a></div><main class="{kind}"><h1>{title}</h1>{inside}</main></body></html>'
)


def barred_site(folder: Path) -> Path:
    """A start page, two lists and sixty articles; the articles' template has grey text and a button without a name."""
    articles = [f"a{n}.html" for n in range(60)]
    listed = "".join(f'<p><a href="{name}">第{name}篇</a></p>' for name in articles)
    files = {
        "index.html": FRAME.format(
            title="首页", kind="home", inside='<a href="list.html">通知公告</a><a href="old.html">旧</a>'
        ),
        "list.html": FRAME.format(title="通知公告", kind="list", inside=listed),
        "old.html": FRAME.format(title="旧闻", kind="list", inside=listed),
    } | {
        name: FRAME.format(title=name, kind="article", inside=GREY.format(n=name) + "<button></button>")
        for name in articles
    }
    return write(folder, files)


def barriers(result: InspectionResult) -> list[tuple[str, str, str | None]]:
    return [
        (one.outcome.value, one.place, one.object) for one in result.findings if one.check == "access_barrier"
    ]


@pytest.mark.long
def test_a_page_of_each_template_is_judged_and_another_look_says_the_same(
    tmp_path: Path, hands: Hands
) -> None:
    root = barred_site(tmp_path)
    before = hands.opened["judged"]
    looks = [barriers(inspect_site(root, today=TODAY, look_at=hands.look_at)) for _ in range(2)]
    assert looks == [[("fail", "/a0.html", "button-name"), ("fail", "/a0.html", "color-contrast")]] * 2
    assert hands.opened["judged"] - before == 2 * 3  # start page, list, article: of 63 pages
    assert "检查无障碍" in hands.told()[0]
    assert "judged" in hands.told()[0]
    assert barriers(inspect_site(root, today=TODAY)) == []


def test_a_picture_behind_text_is_left_to_a_person(tmp_path: Path, hands: Hands) -> None:
    over = "<p style='background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=);color:#888'>图上的文字</p>"
    root = write(tmp_path, {"index.html": FRAME.format(title="首页", kind="home", inside=over)})
    assert barriers(inspect_site(root, today=TODAY, look_at=hands.look_at)) == [
        ("unknown", "/", "color-contrast")
    ]


def test_over_http_and_from_the_archive_barriers_are_the_same(tmp_path: Path, hands: Hands) -> None:
    (tmp_path / "www").mkdir()
    keep = tmp_path / "crawl.warc.gz"
    with served(barred_site(tmp_path / "www")) as base:
        live = inspect_site(base, today=TODAY, visit=Visit(HASTY, keep), look_at=hands.look_at)
    assert [rule for _, _, rule in barriers(live)] == ["button-name", "color-contrast"]
    assert inspect_site(keep, today=TODAY, look_at=hands.look_at).findings == live.findings


def test_two_browsers_in_one_process_do_not_disturb_each_other(hands: Hands) -> None:
    class Page:
        status, content_type = 200, "text/html; charset=utf-8"

        def __init__(self, text: str) -> None:
            self.body = f"<title>{text}</title><p>{text}</p>".encode()

    with browser_at_hand() as other:
        first = hands.render("http://a.invalid/", lambda _: Page("甲"))
        second = other.render("http://b.invalid/", lambda _: Page("乙"))
        judged = other.look_at("http://b.invalid/", lambda _: Page("乙"))
        again = hands.draw("http://a.invalid/", lambda _: Page("甲"))
    assert first is not None
    assert second is not None
    assert ("甲".encode() in first, "乙".encode() in second) == (True, True)
    assert judged is not None
    assert again is not None
    assert again.startswith(b"\x89PNG")


def test_the_inspectors_own_door_has_the_browser_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(
        tmp_path, {"index.html": FRAME.format(title="首页", kind="home", inside="<button></button>")}
    )
    assert main([str(root), "--browser", "--today", "2026-11-22"]) == 3
    said = capsys.readouterr().out
    assert "button-name" in said
    assert "浏览器：检查无障碍 1 页" in said
