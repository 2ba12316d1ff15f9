"""Preview a site on this computer only: build on every change, reload the page, show what stands in the way.

The files in the output folder are served as they are; the reloading script is added on the way out.
"""

import html
import json
import mimetypes
import queue
import secrets
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from workbench import editing
from workbench.editing import Editor
from workbench.outcome import CannotDo

LOOPBACK = "127.0.0.1"
OWN = "/-preview/"
SCRIPT = Path(__file__).with_name("preview.js")
PORTS_TO_TRY = 20
KEEP_ALIVE_SECONDS = 15.0
QUIET_SECONDS = 1.0
"""How long nothing must change before all of the site is built; until then pages that were edited are shown at once."""
WATCH_STEP_MS = 20
TYPES = {".atom": "application/atom+xml", ".js": "text/javascript", ".json": "application/json"}


@dataclass(frozen=True, slots=True)
class Built:
    """How one build went: what to say of it in the terminal, and what to show above every page, if anything."""

    summary: str
    problems: str = ""
    """Shown above every page; empty when nothing stands in the way."""
    found: Sequence[Mapping[str, Any]] = ()
    """Every problem there is, as `check --json` tells it, shown at its field; and notes, shown above the page."""
    is_new: bool = True
    """Whether any page is another one than before."""


class Builder(Protocol):
    """Whoever builds the site for the preview."""

    def quick(self, changed: Sequence[Path]) -> Built | None:
        """Show what was edited at once; None where only the whole build can."""

    def whole(self) -> Built | None:
        """Bring everything up to date; None when it was interrupted."""

    def interrupt(self) -> None:
        """Let a whole build be, from another thread."""

    def close(self) -> None:
        """Build no more."""


def notes_on_drafts(content: Path) -> list[Mapping[str, Any]]:
    """A note for every draft, so that its page says what it is."""
    return [
        {
            "file": path.relative_to(content).as_posix(),
            "severity": "note",
            "message_zh": "这是草稿，只在预览里看得到。",
            "message_en": "A draft: to be seen in the preview alone.",
        }
        for path in sorted(content.glob("drafts/*/*.md"))
    ]


class State:
    """What the pages wait for: which build is shown, and the problems of the last attempt.

    Every attempt judges anew, though it may change no page: `judged` counts them.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._run = secrets.token_hex(4)
        self._count = 0
        self._judged = 0
        self._problems = ""
        self._found: Sequence[Mapping[str, Any]] = ()

    @property
    def found(self) -> Sequence[Mapping[str, Any]]:
        """Every problem that the last build met."""
        return self._found

    @property
    def build(self) -> str:
        """The build that the files on disk come from; another preview server's builds have other names."""
        return f"{self._run}-{self._count}"

    @property
    def problems(self) -> str:
        """What stood in the way of the last build, or nothing."""
        return self._problems

    def take(self, built: Built) -> None:
        """Note how a build went and wake the pages; a refused build leaves the files, and so the pages, alone."""
        with self._changed:
            self._problems = built.problems
            self._found = built.found
            if not built.problems and built.is_new:
                self._count += 1
            self._judged += 1
            self._changed.notify_all()

    def events(self) -> Iterator[str]:
        """The state now and after every build, as the text of server-sent events; a comment when it is quiet."""
        told = None
        while True:
            with self._changed:
                if told == (self.build, self.problems, self._judged):
                    self._changed.wait(KEEP_ALIVE_SECONDS)
                now = (self.build, self.problems, self._judged)
            if now == told:
                yield ": quiet\n\n"
                continue
            told = now
            state = {"build": now[0], "problems": now[1], "judged": now[2]}
            data = json.dumps(state, ensure_ascii=False)
            yield f"event: state\ndata: {data}\n\n"


class PreviewServer(ThreadingHTTPServer):
    """Serves one output folder to this computer; `prefix` is the path the site will have when published."""

    daemon_threads = True

    def __init__(
        self, output: Path, state: State, port: int, prefix: str = "", editor: Editor | None = None
    ) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.output = output.resolve()
        self.state = state
        self.prefix = prefix.rstrip("/")
        self.editor = editor

    @property
    def address(self) -> str:
        """Where a browser on this computer finds the site."""
        return f"http://{LOOPBACK}:{self.server_address[1]}{self.prefix}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away in the middle; that is what reloading does."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or every body waits 40 ms for word of its head

    def do_GET(self) -> None:
        if not self._is_local():
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "仅供本机预览 / for this computer only\n".encode())
            return
        path = unquote(urlsplit(self.path).path)
        if path == f"{OWN}events":
            self._send_events()
        elif path == f"{OWN}preview.js":
            self._send(HTTPStatus.OK, "text/javascript", SCRIPT.read_bytes())
        elif path == f"{OWN}problems.json":
            found = json.dumps(list(self.server.state.found), ensure_ascii=False)
            self._send(HTTPStatus.OK, "application/json", found.encode())
        elif path.startswith(editing.OWN) and self.server.editor and (told := self.server.editor.get(path)):
            self._send(told.status, told.content_type, told.body)
        else:
            self._send_file(path)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        is_ours = self.headers.get("Origin", "") == f"http://{self.headers.get('Host', '')}"
        if self.server.editor is None or not self._is_local() or not is_ours:
            self.close_connection = True
            self._send(
                HTTPStatus.FORBIDDEN,
                "text/plain",
                "仅供本机的编辑页 / for the form of this computer only\n".encode(),
            )
        elif (
            self.path != f"{editing.OWN}api" or not length.isdigit() or int(length) > editing.LARGEST_REQUEST
        ):
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "application/json", b'{"error": "too large"}')
        else:
            told = self.server.editor.post(self.rfile.read(int(length)))
            self._send(told.status, told.content_type, told.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Keep the terminal for what the editor wants to see."""

    def _is_local(self) -> bool:
        """Whether the browser asked for this computer by name; another site's page cannot."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        return host in (LOOPBACK, "localhost")

    def _send_file(self, path: str) -> None:
        file = self._file(path)
        status = HTTPStatus.OK
        if file is None:
            file, status = self._file("/404.html"), HTTPStatus.NOT_FOUND
        if file is None:
            self._send(status, "text/html", _with_script(_bare_page(self.server.state), self.server.state))
        elif file.suffix == ".html":
            self._send(status, "text/html", _with_script(file.read_bytes(), self.server.state))
        else:
            self._send(status, _type_of(file), file.read_bytes())

    def _file(self, path: str) -> Path | None:
        """The file behind an address, with or without the prefix; never one outside the output folder."""
        prefix = self.server.prefix
        inside = path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
        file = (self.server.output / inside.lstrip("/")).resolve()
        if file.is_dir():
            file = file / "index.html"
        return file if file.is_relative_to(self.server.output) and file.is_file() else None

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        charset = "; charset=utf-8" if content_type.startswith("text/") else ""
        self.send_response(status)
        self.send_header("Content-Type", f"{content_type}{charset}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_events(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        for event in self.server.state.events():
            try:
                self.wfile.write(event.encode())
                self.wfile.flush()
            except OSError:
                return  # the page was closed


def serve(
    output: Path,
    watched: Sequence[Path],
    builder: Builder,
    port: int,
    prefix: str = "",
    editor: Editor | None = None,
) -> None:
    """Build, serve and watch until Ctrl-C."""
    state = State()
    changes: queue.Queue[Sequence[Path]] = queue.Queue()
    with _server(output, state, port, prefix, editor) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            if (built := builder.whole()) is not None:
                _tell(built, state)
            if editor is not None:
                print(f"编辑 edit: http://{LOOPBACK}:{server.server_address[1]}{editing.OWN}", flush=True)
            print(f"预览 preview: {server.address}\n按 Ctrl-C 结束 / Ctrl-C ends it", flush=True)
            threading.Thread(target=follow, args=(builder, state, changes), daemon=True).start()
            for changed in _changes([folder for folder in watched if folder.exists()]):
                changes.put(changed)
                builder.interrupt()
        except KeyboardInterrupt:
            pass
        finally:
            builder.close()
            server.shutdown()
    print("\n预览已结束 / the preview has ended", flush=True)


def follow(
    builder: Builder, state: State, changes: "queue.Queue[Sequence[Path]]", quiet: float = QUIET_SECONDS
) -> None:
    """Show each edit at once, and build all of the site when it is quiet. An empty change ends it."""
    pause: float | None = None
    while True:
        try:
            changed = changes.get(timeout=pause)
        except queue.Empty:
            built = builder.whole()
            pause = quiet if built is None else None
        else:
            if not changed:
                return
            built = builder.quick(changed)
            pause = quiet if built is not None else 0.0
        if built is not None:
            _tell(built, state)


def _tell(built: Built, state: State) -> None:
    print(built.summary, flush=True)
    state.take(built)


def _changes(folders: Sequence[Path]) -> Iterator[Sequence[Path]]:
    from watchfiles import watch

    for changes in watch(*folders, step=WATCH_STEP_MS):
        yield sorted({Path(path) for _, path in changes})


def _server(
    output: Path, state: State, port: int, prefix: str, editor: Editor | None = None
) -> PreviewServer:
    """A server on `port`, or on the next one that is free."""
    for candidate in range(port, port + PORTS_TO_TRY):
        try:
            return PreviewServer(output, state, candidate, prefix, editor)
        except OSError:
            continue
    raise CannotDo(
        f"端口 {port} 到 {port + PORTS_TO_TRY - 1} 都被占用。请用 --port 换一个，例如 --port 9000",
        f"The ports {port} to {port + PORTS_TO_TRY - 1} are all taken. Choose another, for example --port 9000",
    )


def _with_script(page: bytes, state: State) -> bytes:
    """The page with the reloading script as the last thing in it."""
    script = f'<script src="{OWN}preview.js?build={state.build}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def _bare_page(state: State) -> bytes:
    """What to show while there is no site at all yet."""
    what = html.escape(state.problems) or "没有这个页面。<br>There is no such page."
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>预览 preview</title></head>'
        f'<body><h1>预览 preview</h1><div style="white-space: pre-wrap">{what}</div></body></html>'
    ).encode()


def _type_of(file: Path) -> str:
    return TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
