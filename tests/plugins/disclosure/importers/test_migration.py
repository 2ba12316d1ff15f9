"""A list of an old site is brought over page by page; where it stopped, it goes on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import tasks
from plugins.disclosure.importers.list_page import read_list
from plugins.disclosure.importers.migration import import_addresses, migrate
from plugins.disclosure.importers.refusal import Refusal

LIST = "https://old.jichuan.example/zcwj/"
SETTINGS = {"审查人": "办公室 林", "审查日期": "成文日期"}


class NotThere(Exception):
    """As the front door's own: an address that cannot be read."""

    message_zh = "打不开，回答是“HTTP 503”"
    message_en = "not there"


def notice(number: int) -> str:
    return (
        "<html><head><title>通知</title></head><body><div class='nav'>首页 &gt; 政策文件</div>"
        f"<h1>霁川市民政局关于第{number}件事的通知</h1>"
        f"<p>霁民发〔2023〕{number}号</p><p>各县（区）民政局：</p><p>现就开展养老机构安全检查有关事项第{number}条通知如下，请认真落实。</p>"
        "<p>霁川市民政局</p><p>2023年4月6日</p></body></html>"
    )


def row(number: int) -> str:
    title = f"霁川市民政局关于第{number}件事的通知"
    return f"<li><a href='t{number}.html' title='{title}'>霁川市民政局关于第…</a><span>2023-04-06</span></li>"


class Site:
    """An old site in memory, which notes what it was asked for and can be down for some pages."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.down: set[str] = set()

    def fetch(self, address: str) -> bytes:
        self.asked.append(address)
        if address in self.down or address not in self.pages:
            raise NotThere
        return self.pages[address].encode()


@pytest.fixture
def site() -> Site:
    menu = (
        "<a href='/'>网站首页首页首页</a><a href='https://elsewhere.example/a.html'>另一个网站的文件标题</a>"
    )
    pages = {
        LIST: f"<html><body>{menu}<ul>{row(1)}{row(2)}</ul><a href='index_1.html'>下一页</a></body></html>",
        f"{LIST}index_1.html": f"<html><body>{menu}<ul>{row(3)}</ul><a href='{LIST}'>首页</a></body></html>",
    }
    return Site(pages | {f"{LIST}t{number}.html": notice(number) for number in (1, 2, 3)})


def files(into: Path) -> dict[str, bytes]:
    return {
        path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()
    }


def test_every_page_of_every_list_page_becomes_a_record(site: Site, tmp_path: Path) -> None:
    done = migrate(LIST, tmp_path, SETTINGS, site.fetch)

    assert (done.listed, done.imported, done.known, done.refused, done.unreached) == (3, 3, 0, 0, 0)
    assert len(list((tmp_path / "policy").glob("*.md"))) == 3
    ledger = done.ledger.read_text(encoding="utf-8-sig").splitlines()
    assert ledger[0] == "地址,标题,结果,文件,原因"
    assert ledger[1].startswith(f"{LIST}t1.html,霁川市民政局关于第1件事的通知,已导入,policy/2023-0001-")


def test_a_second_run_fetches_only_the_lists_and_changes_nothing(site: Site, tmp_path: Path) -> None:
    migrate(LIST, tmp_path, SETTINGS, site.fetch)
    before, site.asked = files(tmp_path), []

    done = migrate(LIST, tmp_path, SETTINGS, site.fetch)

    assert (done.imported, done.known) == (0, 3)
    assert site.asked == [LIST, f"{LIST}index_1.html"]
    assert files(tmp_path) == before


def test_where_it_stopped_it_goes_on(site: Site, tmp_path: Path) -> None:
    first = migrate(LIST, tmp_path, SETTINGS, site.fetch, limit=1)
    second = migrate(LIST, tmp_path, SETTINGS, site.fetch)

    assert (first.imported, second.imported, second.known) == (1, 2, 1)
    assert site.asked.count(f"{LIST}t1.html") == 1


def test_a_page_that_is_down_is_noted_and_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.down = {f"{LIST}t2.html"}
    first = migrate(LIST, tmp_path, SETTINGS, site.fetch)
    assert (first.imported, first.unreached) == (2, 1)
    assert (
        f"{LIST}t2.html,霁川市民政局关于第2件事的通知,没有取到,,打不开，回答是“HTTP 503”"
        in first.ledger.read_text(encoding="utf-8-sig")
    )

    site.down = set()
    second = migrate(LIST, tmp_path, SETTINGS, site.fetch)

    assert (second.imported, second.known, second.unreached) == (1, 2, 0)


def test_a_list_that_leads_back_to_itself_ends(site: Site, tmp_path: Path) -> None:
    site.pages[f"{LIST}index_1.html"] = (
        f"<html><body><ul>{row(3)}</ul><a href='{LIST}'>下一页</a></body></html>"
    )

    assert migrate(LIST, tmp_path, SETTINGS, site.fetch).listed == 3


def test_a_page_without_a_list_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    site = Site({LIST: "<html><body><p>没有列表</p></body></html>"})

    with pytest.raises(Refusal, match="没有找到指向同一网站的文件列表"):
        migrate(LIST, tmp_path, SETTINGS, site.fetch)

    assert files(tmp_path) == {}


def test_the_pager_that_a_script_writes_is_followed() -> None:
    page = (
        f'<html><body><ul>{row(1)}</ul><script>createPageHTML(3, 0, "index", "html");</script></body></html>'
    )

    assert read_list(page.encode(), LIST).following == f"{LIST}index_1.html"
    last = page.replace("3, 0", "3, 2")
    assert read_list(last.encode(), LIST).following == ""


def test_menus_and_other_hosts_are_no_entries(site: Site) -> None:
    entries = read_list(site.pages[LIST].encode(), LIST).entries

    assert [one.address for one in entries] == [f"{LIST}t1.html", f"{LIST}t2.html"]
    assert entries[0].title == "霁川市民政局关于第1件事的通知"


def test_a_page_by_its_address_is_imported_like_a_saved_one(tmp_path: Path) -> None:
    address = f"{LIST}t8.html"
    run = import_addresses({address: notice(8).encode("gb18030")}, tmp_path, SETTINGS, "2026-0008")

    assert [(one.state, one.document.source, one.file and one.file.name) for one in run.outcomes] == [
        ("new", address, "policy/2026-0008.md")
    ]


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The old site on this computer; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(f"{LIST.removesuffix('zcwj/')}{self.path.lstrip('/')}")
            body = (
                (page or "没有")
                .replace(LIST, f"http://127.0.0.1:{self.server.server_address[1]}/zcwj/")
                .encode()
            )
            self.send_response(200 if page else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the test's output for the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/zcwj/"
        server.shutdown()
        thread.join()


def test_the_front_door_brings_a_page_and_a_list_from_their_addresses(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    content = tmp_path / "content"
    content.mkdir()

    assert tasks.main(["import", f"{served}t1.html", "--into", str(content)]) == 0
    assert tasks.main(["import", f"{served}t9.html", "--into", str(content)]) == 4
    assert tasks.main(["import", "--list", served, "--into", str(content)]) == 0
    assert tasks.main(["import", "--list", served, "--into", str(content)]) == 0

    told = capsys.readouterr()
    assert "t9.html”打不开，回答是“HTTP 404”" in told.err
    assert "列表上有 3 件：本次导入 3，以前已处理 0，不能导入 0，没有取到 0" in told.out
    assert "列表上有 3 件：本次导入 0，以前已处理 3，不能导入 0，没有取到 0" in told.out
    assert len(list((content / "policy").glob("*.md"))) == 3
