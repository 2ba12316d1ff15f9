"""A built site in a folder, answered as a plain file server would: case matters, folders need their slash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote_to_bytes

from crawler_checks.crawl.answer import Answer, Queue, Request, Response, Want
from crawler_checks.crawl.limits import Limits

BINARY = getattr(os, "O_BINARY", 0)
INDEXES = ("index.html", "index.htm", "index.shtml", "default.html", "default.htm")
TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".txt": "text/plain",
    ".xml": "text/xml",
    ".json": "application/json",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
}


class FolderSource:
    """Answers from the files below `root`. Links that lead out of it are not followed.

    The files are listed once, so a disk that takes `A.HTML` for `a.html` does not hide a broken link.
    """

    def __init__(self, root: Path, limits: Limits) -> None:
        self._root = root.resolve()
        self._path = str(self._root)
        self._limits = limits
        self._files, self._folders = _listing(self._root)

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """Answer requests in the order they are taken."""
        while (request := queue.take()) is not None:
            yield request, self._answer(request)

    def wait(self, pause: timedelta) -> None:
        """Nothing changes in a folder by waiting."""

    def _answer(self, request: Request) -> Response:
        path, mark, query = request.address.partition("?")
        name = (os.fsdecode(unquote_to_bytes(path)) if "%" in path else path).lstrip("/")
        if name in self._folders:
            return Response(request.address, 301, location=path + "/" + mark + query)
        if name == "" or name.endswith("/"):
            name = next((name + index for index in INDEXES if name + index in self._files), name)
        if name not in self._files:
            return Response(request.address, 404)
        return self._file(request, name)

    def _file(self, request: Request, name: str) -> Response:
        kind = TYPES.get(name[name.rfind(".") :].lower(), "application/octet-stream")
        whole = (
            (request.want is Want.PAGE and "html" in kind)
            or request.want >= Want.WHOLE
            or request.want is Want.STYLE
        )
        most = self._limits.page_bytes if whole else self._limits.file_bytes
        try:
            file = os.open(f"{self._path}/{name}", os.O_RDONLY | BINARY)
            try:
                size = os.fstat(file).st_size
                body = os.read(file, min(most, size)) if size else b""
            finally:
                os.close(file)
        except PermissionError:
            return Response(request.address, 403)
        return Response(request.address, 200, kind, body, size, truncated=size > len(body), want=request.want)


def _listing(root: Path) -> tuple[frozenset[str], frozenset[str]]:
    """All files and all folders below `root`, as paths from it with `/`."""
    files: set[str] = set()
    folders: set[str] = set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                name = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(name)
                    waiting.append(name + "/")
                elif entry.is_file() and _stays(root, entry):
                    files.add(name)
    return frozenset(files), frozenset(folders)


def _stays(root: Path, entry: os.DirEntry[str]) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
