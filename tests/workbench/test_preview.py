"""The preview serves the files as they are, to this computer only, and adds nothing but its script."""

import http.client
import json
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workbench.outcome import CannotDo
from workbench.preview import Built, PreviewServer, State, _server, follow

PAGE = "<!DOCTYPE html><html lang='zh-CN'><head><title>首页</title></head><body><p>正文</p></body></html>"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "section").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "404.html").write_text(PAGE.replace("正文", "没有这个页面"), encoding="utf-8")
    (folder / "section" / "年报.html").write_text(PAGE.replace("正文", "年报"), encoding="utf-8")
    (folder / "site.atom").write_text("<feed/>", encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    return folder


@pytest.fixture
def server(output: Path) -> Iterator[PreviewServer]:
    with PreviewServer(output, State(), 0, "/xxgk/") as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def get(server: PreviewServer, path: str, host: str | None = None) -> tuple[int, str | None, str]:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.server_address[1]}"})
    answer = connection.getresponse()
    result = (answer.status, answer.headers["Content-Type"], answer.read().decode())
    connection.close()
    return result


def test_it_listens_on_loopback_only(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_address[1]}/xxgk/"


def test_a_page_gets_the_script_and_the_file_does_not(server: PreviewServer, output: Path) -> None:
    script = f'<script src="/-preview/preview.js?build={server.state.build}"></script>'

    assert get(server, "/index.html") == (
        200,
        "text/html; charset=utf-8",
        PAGE.replace("</body>", f"{script}</body>"),
    )
    assert (output / "index.html").read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("path", ["/", "/index.html", "/xxgk/", "/xxgk/index.html", "/?a=b"])
def test_the_home_page_is_found_with_and_without_the_prefix(server: PreviewServer, path: str) -> None:
    assert get(server, path)[0] == 200


def test_a_chinese_address_is_found(server: PreviewServer) -> None:
    assert "<p>年报</p>" in get(server, "/section/%E5%B9%B4%E6%8A%A5.html")[2]


def test_what_is_no_page_is_served_byte_for_byte(server: PreviewServer) -> None:
    assert get(server, "/site.atom") == (200, "application/atom+xml", "<feed/>")


def test_an_unknown_address_shows_the_sites_own_404_page(server: PreviewServer) -> None:
    status, _, body = get(server, "/nowhere.html")

    assert (status, "没有这个页面" in body) == (404, True)


@pytest.mark.parametrize("path", ["/../secret.html", "/%2e%2e/secret.html", "/section/../../secret.html"])
def test_nothing_outside_the_output_folder_is_served(server: PreviewServer, path: str) -> None:
    status, _, body = get(server, path)

    assert (status, "secret" in body) == (404, False)


def test_a_request_that_names_another_host_is_refused(server: PreviewServer) -> None:
    assert get(server, "/index.html", "www.jichuan.example")[0] == 403


def test_without_any_site_the_problems_themselves_are_the_page(tmp_path: Path) -> None:
    state = State()
    state.take(Built("", problems="policy/a.md 第 3 行 <b>"))
    with PreviewServer(tmp_path / "none", state, 0) as server:
        threading.Thread(target=server.handle_request).start()
        status, _, body = get(server, "/")

    assert (status, "policy/a.md 第 3 行 &lt;b&gt;" in body) == (404, True)


def test_a_good_build_is_a_new_build_and_a_refused_one_is_not() -> None:
    state = State()
    first = state.build

    state.take(Built("", problems="policy/a.md"))
    refused = (state.build, state.problems)
    state.take(Built(""))

    assert refused == (first, "policy/a.md")
    assert (state.build == first, state.problems) == (False, "")


def test_an_open_page_is_told_of_the_state_at_once_and_of_every_change() -> None:
    state = State()
    events = state.events()
    told = [_data(next(events))]
    state.take(Built("", problems="policy/a.md"))
    told.append(_data(next(events)))
    state.take(Built(""))
    told.append(_data(next(events)))

    assert [one["problems"] for one in told] == ["", "policy/a.md", ""]
    assert told[0]["build"] == told[1]["build"] != told[2]["build"]


def test_an_open_page_is_told_of_a_judgement_that_changed_no_page() -> None:
    state = State()
    events = state.events()
    before = _data(next(events))
    state.take(Built("", found=[{"code": "date.reviewed-late"}], is_new=False))
    after = _data(next(events))

    assert (after["build"], after["problems"]) == (before["build"], before["problems"])
    assert after["judged"] != before["judged"]


def _data(event: str) -> dict[str, str]:
    name, data = event.strip().split("\n")
    assert name == "event: state"
    return dict(json.loads(data.removeprefix("data: ")))


def test_a_port_that_is_taken_leads_to_the_next_one(output: Path, server: PreviewServer) -> None:
    taken = server.server_address[1]

    with _server(output, State(), taken, "") as other:
        assert other.server_address[1] > taken


def test_when_no_port_is_free_it_says_which_were_tried(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("workbench.preview.PreviewServer", refuse)

    with pytest.raises(CannotDo, match="8000 to 8019"):
        _server(output, State(), 8000, "")


class _Builder:
    """Notes what it is asked; a quick look comes to something for Markdown alone."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.wholes: list[Built | None] = []

    def quick(self, changed: Sequence[Path]) -> Built | None:
        self.asked.append(f"quick {changed[0].name}")
        return Built("shown") if changed[0].suffix == ".md" else None

    def whole(self) -> Built | None:
        self.asked.append("whole")
        return self.wholes.pop(0) if self.wholes else Built("built", is_new=False)

    def interrupt(self) -> None:
        pass

    def close(self) -> None:
        pass


def _followed(builder: _Builder, changes: Sequence[Path], quiet: float) -> State:
    """What the pages see after these changes, one after the other."""
    state, waiting = State(), queue.Queue()
    for change in changes:
        waiting.put([change])
    thread = threading.Thread(target=follow, args=(builder, state, waiting, quiet))
    thread.start()
    while not builder.asked or builder.asked[-1] != "whole" or builder.wholes:
        time.sleep(0.01)
    waiting.put([])
    thread.join()
    return state


def test_edits_are_shown_one_by_one_and_all_is_built_once_when_it_is_quiet(capsys) -> None:
    builder = _Builder()
    state = _followed(builder, [Path("a.md"), Path("b.md")], quiet=0.05)

    assert builder.asked == ["quick a.md", "quick b.md", "whole"]
    assert state.build.endswith("-2")  # the whole build changed no page, so none is loaded again
    assert capsys.readouterr().out.splitlines() == ["shown", "shown", "built"]


def test_what_cannot_be_shown_at_once_is_built_at_once() -> None:
    builder = _Builder()
    _followed(builder, [Path("site.yaml")], quiet=60)

    assert builder.asked == ["quick site.yaml", "whole"]


def test_an_interrupted_build_is_taken_up_again() -> None:
    builder = _Builder()
    builder.wholes = [None, Built("built")]
    _followed(builder, [Path("a.md")], quiet=0.01)

    assert builder.asked == ["quick a.md", "whole", "whole"]
