"""In the preview a page reloads by itself when it was built anew, and shows what stood in the way when not."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from workbench.preview import Built, PreviewServer, State

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    write(tmp_path, "第一稿")
    with PreviewServer(tmp_path, State(), 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def write(folder: Path, words: str) -> None:
    text = f"<!doctype html><html lang='zh-CN'><head><title>稿</title></head><body><h1>{words}</h1></body></html>"
    (folder / "index.html").write_text(text, encoding="utf-8")


def test_an_open_page_shows_the_next_build_by_itself(page: Page, server: PreviewServer) -> None:
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("第一稿")

    write(server.output, "第二稿")
    server.state.take(Built(""))

    expect(page.get_by_role("heading", level=1)).to_have_text("第二稿")


def test_an_open_page_shows_the_problems_until_a_build_succeeds(page: Page, server: PreviewServer) -> None:
    page.goto(server.address)

    server.state.take(Built("", problems="policy/a.md\n  第 3 行“发布日期”：没有填写。"))
    expect(page.get_by_role("alert")).to_contain_text("第 3 行“发布日期”：没有填写。")
    expect(page.get_by_role("heading", level=1)).to_have_text("第一稿")

    server.state.take(Built(""))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_page_opened_after_a_refused_build_shows_the_problems_too(
    page: Page, server: PreviewServer
) -> None:
    server.state.take(Built("", problems="policy/a.md"))

    page.goto(server.address)

    expect(page.get_by_role("alert")).to_have_text("policy/a.md")
