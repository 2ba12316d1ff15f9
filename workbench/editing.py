"""The form in the preview: its page, its scripts out of our own files, and the way to the working tree.

Only pages of this very server may write: another site's page in the same browser is refused by its Origin.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from workbench.outcome import CannotDo

HERE = Path(__file__).parent
OWN = "/-edit/"
LARGEST_REQUEST = 80_000_000
_OWN_SCRIPTS = ("form_words.js", "editing.js")
_SCRIPT = re.compile(r"[\w.-]+\.(?:js|wasm)")
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>编辑 edit</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="editing.css">
{scripts}<script src="decap-cms.js" defer></script>
</head>
<body></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the browser."""

    status: HTTPStatus
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Editor:
    """`config` is the form's configuration, `answer` what the working tree says to a request with its status.

    `bring` gives the folder of the form's scripts, and may fetch them first.
    """

    config: Callable[[], Mapping[str, Any]]
    answer: Callable[[Mapping[str, Any]], tuple[int, Any]]
    bring: Callable[[], Path]

    def get(self, path: str) -> Answer | None:
        """What lies under a path of ours, or None."""
        name = path.removeprefix(OWN)
        if name in ("", "index.html"):
            return self._page()
        if name == "config.json":
            return _json(HTTPStatus.OK, self.config())
        if name in _OWN_SCRIPTS:
            return Answer(HTTPStatus.OK, "text/javascript", (HERE / name).read_bytes())
        if name == "editing.css":
            return Answer(HTTPStatus.OK, "text/css", (HERE / name).read_bytes())
        if _SCRIPT.fullmatch(name) and (file := self.bring() / name).is_file():
            type_ = "text/javascript" if name.endswith(".js") else "application/wasm"
            return Answer(HTTPStatus.OK, type_, file.read_bytes())
        return None

    def post(self, body: bytes) -> Answer:
        """What the working tree answers to a request of the form."""
        try:
            request = json.loads(body)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            return _json(HTTPStatus.BAD_REQUEST, {"error": "请求读不懂 / not understood"})
        status, told = self.answer(request)
        return _json(HTTPStatus(status), told)

    def _page(self) -> Answer:
        try:
            self.bring()
        except CannotDo as reason:
            text = f"{reason.message_zh}\n\n{reason.message_en}\n"
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", text.encode())
        return Answer(HTTPStatus.OK, "text/html", _page(*_OWN_SCRIPTS).encode())


def write_form(folder: Path, config: Mapping[str, Any], scripts: Path) -> list[Path]:
    """Write the form as plain files, for a server of the office that leads to a code host; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    own = [*_OWN_SCRIPTS, *(["code_host.js"] if config["backend"]["name"] == "by-file" else [])]
    texts = {
        "index.html": _page(*own),
        "config.json": json.dumps(config, ensure_ascii=False, indent=1) + "\n",
        **{name: (HERE / name).read_text(encoding="utf-8") for name in ("editing.css", *own)},
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for script in sorted(scripts.iterdir()):
        (folder / script.name).write_bytes(script.read_bytes())
    return sorted(folder.iterdir())


def _page(*scripts: str) -> str:
    return _PAGE.replace("{scripts}", "".join(f'<script src="{name}"></script>\n' for name in scripts))


def _json(status: HTTPStatus, value: object) -> Answer:
    return Answer(status, "application/json", json.dumps(value, ensure_ascii=False).encode())
