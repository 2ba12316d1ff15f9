"""The versions of content files that git keeps: read once for the whole folder, whatever the number of records."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

PATIENCE_SECONDS = 120
_MARK = "\x01"


class ShallowClone(Exception):
    """The history is cut off; what is left of it would be a false one."""

    def __init__(self, folder: Path) -> None:
        self.message_zh = (
            f"{folder} 是浅克隆，只有最近的提交，写不出完整的变更历史。请先运行 git fetch --unshallow，"
            "流水线里请把取代码的深度设为 0（fetch-depth: 0）；不要变更历史的，在 site.yaml 里把“公开变更历史”写成“否”。"
        )
        self.message_en = (
            f"{folder} is a shallow clone, from which no whole history can be told. Run git fetch --unshallow "
            "(fetch-depth: 0 in a pipeline), or set 公开变更历史 to 否 in site.yaml."
        )
        super().__init__(f"{self.message_zh} {self.message_en}")


class NoHistory(Exception):
    """There is no git, or the folder lies in no repository."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.message_zh = (
            f"{folder} 不在 git 仓库里，或者这台电脑没有 git（{reason}），写不出变更历史。"
            "请在仓库里生成，或在 site.yaml 里把“公开变更历史”写成“否”。"
        )
        self.message_en = (
            f"{folder} lies in no git repository, or git is missing ({reason}). Build in the repository, or set "
            "公开变更历史 to 否."
        )
        super().__init__(f"{self.message_zh} {self.message_en}")


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as one commit left it: when, with which message, and its bytes by name (`blob`)."""

    at: datetime
    subject: str
    blob: str


class Repository:
    """The git repository that a folder lies in, at its present commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.head = self._ask("rev-parse", "HEAD").strip()

    def ask_whole(self) -> None:
        """Raise ShallowClone where the history is cut off."""
        if self._ask("rev-parse", "--is-shallow-repository").strip() == "true":
            raise ShallowClone(self.folder)

    def versions(self) -> Mapping[str, Sequence[FileVersion]]:
        """Every version of every file below the folder, by its name there, oldest first; deletions left out."""
        told = self._ask(
            "log",
            "--reverse",
            "--first-parent",
            "-m",
            "--no-renames",
            "--raw",
            "--no-abbrev",
            "-z",
            f"--format={_MARK}%cI%x02%s%x02",
            "--relative",
            "--",
            ".",
        )
        found: dict[str, list[FileVersion]] = {}
        for commit in told.split(_MARK)[1:]:
            moment, subject, files = commit.split("\x02", 2)
            parts = [part for part in files.strip("\n").split("\0") if part.strip("\n")]
            for entry, name in zip(parts[::2], parts[1::2], strict=False):
                blob = entry.strip("\n").split(" ")[3]
                if set(blob) != {"0"}:
                    found.setdefault(name, []).append(
                        FileVersion(datetime.fromisoformat(moment), subject, blob)
                    )
        return found

    def texts(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """The bytes of many blobs at once."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        done = self._run(["cat-file", "--batch"], "".join(f"{blob}\n" for blob in wanted).encode())
        found: dict[str, bytes] = {}
        at = 0
        for blob in wanted:
            end = done.index(b"\n", at)
            size = int(done[at:end].split()[2])
            found[blob] = done[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        return found

    def files_at(self, commit: str) -> Mapping[str, str]:
        """The blobs of every file below the folder at a commit, by name."""
        listed = self._ask("ls-tree", "-r", "-z", commit, ".").split("\0")
        pairs = (entry.split("\t", 1) for entry in listed if entry)
        return {name: told.split(" ")[2] for told, name in pairs}

    def common_base(self, branch: str) -> str:
        """The commit where the present one and `branch` parted."""
        return self._ask("merge-base", "HEAD", branch).strip()

    def _ask(self, *words: str) -> str:
        return self._run(list(words)).decode("utf-8", "replace")

    def _run(self, words: Sequence[str], given: bytes = b"") -> bytes:
        command = ["git", "-c", "core.quotepath=off", "-C", str(self.folder), *words]
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, check=False, timeout=PATIENCE_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as reason:
            raise NoHistory(self.folder, str(reason)) from reason
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise NoHistory(self.folder, said[-1] if said else "git")
        return done.stdout
