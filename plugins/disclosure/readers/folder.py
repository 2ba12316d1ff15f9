"""Every file of a content folder, in a fixed order; what cannot be a file of ours is reported, never followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.text_file import unreadable

IGNORED_PREFIXES = (".", "~$")
IGNORED_NAMES = ("Thumbs.db", "desktop.ini")
"""What systems and office programs leave behind unasked; everything else is read or reported."""

IMPORT_REVIEWS = "import-review"
"""The importer's reports to the editor, in the content folder itself; no part of the content."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and its name in problems: relative to the content folder, with forward slashes."""

    at: Path | str
    name: str

    @property
    def path(self) -> Path:
        """Where it is; `at` is the same, and costs nothing."""
        return Path(self.at)

    @property
    def folder(self) -> str:
        """The first folder of its name; empty for a file in the content folder itself."""
        return self.name.partition("/")[0] if "/" in self.name else ""

    @property
    def stem(self) -> str:
        """Its own name without the ending."""
        return self.name[self.name.rfind("/") + 1 :].removesuffix(self.ending)

    @property
    def ending(self) -> str:
        """What stands behind its last dot, with the dot; empty where there is none."""
        name = self.name[self.name.rfind("/") + 1 :]
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""


def walk(content: Path) -> tuple[list[FoundFile], list[Problem]]:
    """All files below `content`, by name. A link that leads out of the folder is a problem and is not read."""
    files: list[FoundFile] = []
    problems: list[Problem] = []
    root = content.resolve()
    waiting = [content]
    while waiting:
        folder = waiting.pop()
        within = _readable(folder.relative_to(content).as_posix())
        try:
            with os.scandir(folder) as items:
                children = sorted(items, key=lambda item: item.name)
        except OSError as fault:
            problems.append(unreadable(within, fault))
            continue
        for item in children:
            if item.name.startswith(IGNORED_PREFIXES) or item.name in IGNORED_NAMES:
                continue
            if folder == content and item.name == IMPORT_REVIEWS:
                continue
            name = _readable(item.name) if folder == content else f"{within}/{_readable(item.name)}"
            if (
                item.is_file(follow_symlinks=False) and "\ufffd" not in name
            ):  # nearly all, and nothing to ask of it
                files.append(FoundFile(item.path, name))
                continue
            path = folder / item.name
            found = list(_problems_of(path, name, root))
            problems.extend(found)
            if not found and path.is_dir():
                waiting.append(path)
            elif not found:
                files.append(FoundFile(path, name))
    return sorted(files, key=lambda file: file.name), problems


def _readable(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "replace")


def _problems_of(path: Path, name: str, root: Path) -> Iterator[Problem]:
    if "\ufffd" in name:
        yield _unreadable_name(name)
        return
    try:
        mode = path.stat().st_mode
        leads_out = path.is_symlink() and not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        yield _broken_link(name)
        return
    if leads_out or (path.is_symlink() and stat.S_ISDIR(mode)):
        yield _link_out(name)
    elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        yield _no_file(name)


def _unreadable_name(name: str) -> Problem:
    return error(
        name,
        None,
        None,
        "file.name-encoding",
        "文件名的编码不对，显示成了“\ufffd”。",
        'The name of this file is in another encoding and shows "\ufffd". Rename it in letters, digits and hyphens.',
        "请改名，只用小写字母、数字和短横，例如 2026-0012.md。",
    )


def _broken_link(name: str) -> Problem:
    return error(
        name,
        None,
        None,
        "file.broken-link",
        "这是一个快捷方式（符号链接），它指向的文件不存在。",
        "This is a symbolic link to a file that does not exist. Put the file itself here.",
        "请把原文件放到这里。",
    )


def _link_out(name: str) -> Problem:
    return error(
        name,
        None,
        None,
        "file.link",
        "这是一个快捷方式（符号链接），指向内容文件夹以外，或者指向另一个文件夹，没有读取。",
        "This is a symbolic link that leads out of the content folder or to another folder; it was not read. "
        "Put the file itself here.",
        "请把原文件放到这里。",
    )


def _no_file(name: str) -> Problem:
    return error(
        name,
        None,
        None,
        "file.special",
        "这不是普通文件（可能是管道或设备），没有读取。",
        "This is no ordinary file (a pipe or a device, perhaps); it was not read. Delete it.",
        "请删去。",
    )
