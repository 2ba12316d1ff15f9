"""The search page where a server answers it: a real database, a real server, a real browser, under the site's policy."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Route, expect

from plugins.manifest.security import CONTENT_SECURITY_POLICY
from plugins.search.answering import HOST, server
from plugins.search.documents import documents
from plugins.search.postgres import PostgresIndex, load
from plugins.search.searching import StaticIndex

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def index(example_site: Any) -> StaticIndex:
    return StaticIndex(example_site.folder / "search")


@pytest.fixture(scope="module")
def answering(postgres: Any, index: StaticIndex) -> Iterator[str]:
    """The address of a server that answers out of the database."""
    load(postgres.address(), documents(index))
    with server(PostgresIndex(postgres.address()).answer, 0, pytest.fail) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{running.server_address[1]}/"
        running.shutdown()


@pytest.fixture
def page_with_server(page: Page, prefixed_site_address: str, answering: str) -> Page:
    """The search page of a site whose host hands /jiansuo/ on to the server, as its web server would."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Policy" in message.text else None)

    def with_server(route: Route) -> None:
        answer = route.fetch()
        html = answer.text().replace("data-root=", 'data-server="/jiansuo/" data-root=', 1)
        headers = {**answer.headers, "content-security-policy": CONTENT_SECURITY_POLICY}
        route.fulfill(response=answer, body=html, headers=headers)

    def handed_on(route: Route) -> None:
        with suppress(Error):  # the test may have ended, and its page gone, while the server was asked
            route.fulfill(response=route.fetch(url=answering + "?" + route.request.url.partition("?")[2]))

    page.route("**/search.html*", with_server)
    page.route("**/jiansuo/*", handed_on)
    page.route("**/search/**", lambda _: pytest.fail("the index was asked"))
    page.goto(prefixed_site_address + "search.html")
    page.refused = refused  # type: ignore[attr-defined]
    return page


def ask(page: Page, words: str) -> Any:
    page.locator("#search-words").fill(words)
    page.keyboard.press("Enter")
    return expect(page.locator("#search-status"))


def test_a_number_finds_its_document_and_the_link_leads_there(
    page_with_server: Page, index: StaticIndex
) -> None:
    page = page_with_server
    card = next(one for one in map(index.segments[0].card, range(index.segments[0].count)) if one.number)
    ask(page, card.number.replace("〔", "[").replace("〕", "]")).to_contain_text("找到")
    first = page.locator("#search-results a").first
    expect(first).to_have_text(card.title)
    first.click()
    expect(page.locator("h1")).to_contain_text(card.title)
    assert page.refused == []  # type: ignore[attr-defined]


def test_filters_pages_and_axe(page_with_server: Page) -> None:
    page = page_with_server
    ask(page, "政府信息公开").to_contain_text("找到")
    page.locator("#search-filters summary").click()
    organ = page.locator("[data-facet=organ] label").first
    expect(organ).to_be_visible()
    organ.locator("input").check()
    expect(page.locator("#search-chosen button")).to_have_count(1)
    expect(page.locator("#search-years button").first).to_be_visible()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.locator("#search-chosen button").click()
    page.locator("#search-pages a", has_text="下一页").click()
    expect(page.locator("#search-pages")).to_contain_text("第 2 页")
    assert page.locator("#search-results li").count() > 0


@pytest.mark.parametrize(
    "told",
    [
        {"status": 503, "body": "{}"},
        {"status": 404, "body": "nothing"},
        {"status": 200, "body": "<html>"},
        {"status": 200, "body": '{"total": 1, "hits": [{"address": "javascript:alert(1)"}]}'},
        {"status": 200, "body": '{"total": "many", "hits": []}'},
    ],
)
def test_a_server_that_does_not_answer_is_told(page_with_server: Page, told: Any) -> None:
    page_with_server.route("**/jiansuo/*", lambda route: route.fulfill(**told))
    ask(page_with_server, "公租房").to_contain_text("检索服务没有回答")
    assert page_with_server.locator("#search-results a").count() == 0
    page_with_server.unroute("**/jiansuo/*")


def test_without_a_network_that_is_what_is_told(page_with_server: Page) -> None:
    ask(page_with_server, "公租房").to_contain_text("找到")
    page_with_server.route("**/jiansuo/*", lambda route: route.abort())
    ask(page_with_server, "低保").to_contain_text("没有连上网站")
