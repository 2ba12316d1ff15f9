"""The form that leads to a code host, in a browser: its page for each, and a record's way through Gitee's interface."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from plugins.disclosure.checking import check_content
from plugins.disclosure.editing import CodeHost, form_config
from plugins.disclosure.editing.form_config import Offered
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies
from tests.conftest import TODAY
from workbench import npm_packages
from workbench.editing import write_form

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "examples" / "_base"
OFFERED = Offered(["霁川市财政局", "霁川市人民政府办公室"], ["政策文件"])
TOKEN = "t-123"
API = {"gitee": "/api/v5", "gitea": "/api/v1"}


@dataclass
class Repository:
    """A repository as Gitee (v5) or Gitea (v1) shows it: `files` by path, and what each commit did."""

    service: str
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[tuple[str, str]] = field(default_factory=list)
    may_write: bool = True
    meanwhile: Callable[[], None] = lambda: None

    def answer(self, method: str, path: str, given: dict[str, str], token: str) -> tuple[int, object]:
        if token != TOKEN:
            return 401, {"message": "401 Unauthorized"}
        place = unquote(path).removeprefix(API[self.service])
        if place == "/user":
            return 200, {"login": "lin", "name": "林", "avatar_url": ""}
        assert place.startswith("/repos/jichuan/xxgk")
        place = place.removeprefix("/repos/jichuan/xxgk")
        if not place:
            return 200, {
                {"gitee": "permission", "gitea": "permissions"}[self.service]: {"push": self.may_write}
            }
        if place == "/git/trees/master":
            told = self._tree(given)
            self.meanwhile()
            return 200, told
        if place.startswith("/git/blobs/"):
            found = {sha(data): data for data in self.files.values()}[place.removeprefix("/git/blobs/")]
            return 200, {"encoding": "base64", "content": base64.encodebytes(found).decode()}
        assert given["branch"] == "master"
        return self._commit(method, place.removeprefix("/contents/"), given)

    def _tree(self, given: dict[str, str]) -> object:
        """Gitea gives it in pages, here of three."""
        entries = [{"path": "content", "type": "tree", "sha": "t"}]
        files = sorted(self.files.items())
        entries += [
            {"path": name, "type": "blob", "sha": sha(data), "size": len(data)} for name, data in files
        ]
        if self.service == "gitee":
            assert given["recursive"] == "1"
            return {"tree": entries, "truncated": False}
        assert given["recursive"] == "true"
        end = 3 * int(given["page"])
        return {"tree": entries[end - 3 : end], "truncated": end < len(entries)}

    def _commit(self, method: str, name: str, given: dict[str, str]) -> tuple[int, object]:
        refused = {"gitee": 400, "gitea": 422}[self.service]
        if (method == "POST") == (name in self.files):
            return refused, {"message": "文件名已存在"}
        if method != "POST" and given["sha"] != sha(self.files[name]):
            return refused, {"message": f"sha does not match [given: {given['sha']}]"}
        if method == "DELETE":
            del self.files[name]
        else:
            self.files[name] = base64.b64decode(given["content"], validate=True)
        self.commits.append((method, name))
        return 200, {"commit": {"message": given["message"]}}


def sha(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class Interface(BaseHTTPRequestHandler):
    """The repository over HTTP, for pages of any origin, each service as its own manual has it."""

    repository: Repository

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        parts = urlsplit(self.path)
        if body and self.headers["Content-Type"] == "application/json":
            assert self.repository.service == "gitea"
            given = json.loads(body)
        else:
            given = {
                key: one[0] for key, one in parse_qs(body or parts.query, keep_blank_values=True).items()
            }
        sent = self.headers.get("Authorization", "").removeprefix("token ")
        token = given.pop("access_token", "") if self.repository.service == "gitee" else sent
        status, told = self.repository.answer(self.command, parts.path, given, token)
        self._send(status, json.dumps(told).encode())

    def _may_i(self) -> None:
        self._send(204, b"")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


for _method in ("GET", "POST", "PUT", "DELETE"):
    setattr(Interface, f"do_{_method}", Interface._do)
setattr(Interface, "do_OPTIONS", Interface._may_i)  # noqa: B010 the name is the protocol's


class Files(SimpleHTTPRequestHandler):
    """The written form."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[Callable[[object], str]]:
    """Starts a server on loopback for a handler; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(handler: object) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def form(tmp_path: Path, serve: Callable[[object], str]) -> Callable[[CodeHost], str]:
    """Writes the form for a host and serves it."""

    def write(host: CodeHost) -> str:
        config = form_config(load_kinds(), load_vocabularies(), OFFERED, host)
        write_form(tmp_path / "editing", config, npm_packages.bring(ROOT, "decap-cms"))
        return serve(partial(Files, directory=str(tmp_path / "editing")))

    return write


@pytest.mark.parametrize(
    ("host", "button"),
    [
        (CodeHost("github", "jichuan/xxgk"), "使用 GitHub 登录"),
        (CodeHost("gitlab", "jichuan/xxgk", app_id="a1"), "使用 GitLab 登录"),
        pytest.param(
            CodeHost("gitea", "jichuan/xxgk", app_id="a1", address="https://git.jichuan.example"),
            "登录",
            marks=pytest.mark.thorough,  # as all other tests of Gitea and Gitee do
        ),
        pytest.param(CodeHost("gitee", "jichuan/xxgk", "master"), "登录", marks=pytest.mark.thorough),
    ],
    ids=lambda one: one.service if isinstance(one, CodeHost) else "",
)
def test_the_form_of_every_host_takes_its_configuration_and_asks_to_log_in(
    page: Page, form: Callable[[CodeHost], str], host: CodeHost, button: str
) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda fault: wrong.append(str(fault)))

    page.goto(form(host))

    expect(page.get_by_role("button", name=button)).to_be_visible(timeout=20_000)
    assert wrong == []
    expect(page.get_by_text("Error loading the CMS configuration")).to_have_count(0)


@pytest.fixture(params=["gitee", "gitea"])
def repository(request: pytest.FixtureRequest) -> Repository:
    files = {
        path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()
    }
    return Repository(request.param, {f"content/{name}": data for name, data in files.items()})


@pytest.fixture
def desk(
    page: Page, repository: Repository, serve: Callable[[object], str], form: Callable[[CodeHost], str]
) -> str:
    """The form of a repository at a code host, at the way in."""
    interface = type("OneInterface", (Interface,), {"repository": repository})
    host = CodeHost(repository.service, "jichuan/xxgk", "master", address=serve(interface))
    address = form(host)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    return address


def log_in(page: Page, token: str) -> None:
    page.get_by_label("访问令牌").fill(token)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("repository", ["gitee"], indirect=True)
def test_a_wrong_token_or_one_that_may_not_write_is_told_what_to_do(
    page: Page, desk: str, repository: Repository
) -> None:
    log_in(page, "wrong")
    expect(page.locator(".gk-wrong")).to_contain_text("令牌不对或者已经过期", timeout=20_000)

    repository.may_write = False
    log_in(page, TOKEN)
    expect(page.locator(".gk-wrong")).to_contain_text("没有写这个仓库的权限")


@pytest.mark.long
def test_a_record_is_saved_as_a_draft_made_ready_and_published_in_the_repository(
    page: Page, desk: str, repository: Repository, tmp_path: Path, picture: Callable[[Page, str], None]
) -> None:
    picture(page, "code-host-login")
    log_in(page, TOKEN)
    page.get_by_role("link", name="政策文件", exact=True).first.wait_for()
    page.goto(f"{desk}/#/collections/policy/new")
    for label, text in {
        "标题": "霁川市财政局关于做好冬季清雪经费保障的通知",
        "索引号": "010000019/2026-00031",
        "发布日期": "2026-11-20",
        "文号": "霁财办发〔2026〕31号",
        "成文日期": "2026-11-19",
        "审查人": "办公室 林",
        "审查日期": "2026-11-20",
    }.items():
        page.locator(f'[id^="{label}-field-"]').fill(text)
    page.locator('label[for^="发布机构-field-"]').click()
    page.keyboard.insert_text("霁川市财政局")
    page.get_by_role("option", name="霁川市财政局", exact=True).click()
    page.locator("[data-slate-editor=true]").click()
    page.keyboard.insert_text("清雪经费由各县区统筹安排。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_disabled(timeout=20_000)
    expect(page.get_by_text("草稿已保存").last).to_be_visible()
    page.wait_for_url("**/entries/*")

    key = page.url.rpartition("/")[2]
    assert repository.commits == [("POST", f"content/drafts/policy/{key}.md")]

    page.get_by_role("button", name="状态: 草稿").click()
    page.get_by_role("menuitem", name="就绪").click()
    page.get_by_role("button", name="状态: 就绪").wait_for()
    states = repository.files["content/drafts/states.csv"].decode("utf-8-sig")
    assert states == f"草稿,进度\npolicy/{key},待发布\n"

    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("menuitem", name="立即发布").click()
    expect(page.get_by_role("button", name="已发布")).to_be_visible(timeout=20_000)

    assert [one for one in repository.commits if one[1].endswith(".md")] == [
        ("POST", f"content/drafts/policy/{key}.md"),
        ("POST", f"content/policy/{key}.md"),
        ("DELETE", f"content/drafts/policy/{key}.md"),
    ]
    for name, data in repository.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = check_content(tmp_path / "content", TODAY)
    assert [one.message_zh for one in found.problems if one.severity == "error"] == []
    assert found.catalog is not None
    assert found.catalog.get(f"policy/{key}") is not None


@pytest.mark.parametrize("repository", ["gitea"], indirect=True)
def test_a_file_that_somebody_else_changed_meanwhile_is_not_written_over(
    page: Page, desk: str, repository: Repository
) -> None:
    name = "content/policy/2025-0012.md"
    repository.files["content/drafts/policy/2025-0012.md"] = repository.files[name]
    log_in(page, TOKEN)
    page.get_by_role("link", name="政策文件", exact=True).first.wait_for()
    page.goto(f"{desk}/#/collections/policy/entries/2025-0012")
    title = page.locator('[id^="标题-field-"]')
    expect(title).to_be_visible(timeout=20_000)
    title.fill("改过的标题")
    theirs = repository.files[name] + "\n同事加的一段。\n".encode()
    repository.files["content/drafts/policy/2025-0012.md"] = theirs

    def again() -> None:  # between the form's look and its writing
        repository.files["content/drafts/policy/2025-0012.md"] = theirs + b"\n"

    repository.meanwhile = again
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_text("刚刚有人改过这个文件")).to_be_visible(timeout=20_000)
    assert repository.commits == []
