"""A place that rsync reaches: over ssh (`deploy@www.example:/srv/xxgk`) or a daemon (`rsync://www.example/xxgk`)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.manifest.targets import TargetRefused

NOT_ALL_FOUND = 23
"""rsync's answer when a file that was asked for is not there."""


class RsyncTarget:
    """A folder of another computer. Each call to `put` or `remove` is one run of rsync, which moves files one by one
    into their places when they have arrived whole."""

    compresses = True

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") + "/"

    def read(self, name: str) -> bytes | None:
        """A file, or None when there is no such file."""
        with TemporaryDirectory() as folder:
            found = self._run((), (self.place + name, f"{folder}/"), may_miss=True)
            return Path(folder, name).read_bytes() if found is not None else None

    def is_empty(self) -> bool:
        """Whether the folder is new or holds nothing."""
        listed = self._run(("--list-only",), (self.place,), may_miss=True)
        return listed is None or len(listed.splitlines()) <= 1  # the folder itself is one line

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put files, by way of a folder that holds nothing else."""
        with TemporaryDirectory() as staged:
            for name, content in files:
                path = Path(staged, "site", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if any(Path(staged).iterdir()):
                self._run(("--recursive", "--ignore-times"), (f"{staged}/site/", self.place))

    def remove(self, names: Sequence[str]) -> None:
        """Remove files: rsync removes what its filter lets it see and the staged folders do not hold."""
        with TemporaryDirectory() as staged:
            site = Path(staged, "site")
            site.mkdir()
            folders = {parent.as_posix() for name in names for parent in Path(name).parents} - {"."}
            for folder in folders:
                (site / folder).mkdir(parents=True, exist_ok=True)
            seen = [f"/{_literal(folder)}/" for folder in sorted(folders)]
            seen += [f"/{_literal(name)}" for name in names]
            wanted = Path(staged, "seen")
            wanted.write_text("\0".join(seen), encoding="utf-8")
            options = ("--recursive", "--delete", "--from0", f"--include-from={wanted}", "--exclude=*")
            self._run(options, (f"{site}/", self.place))

    def _run(self, options: Sequence[str], places: Sequence[str], *, may_miss: bool = False) -> str | None:
        """What rsync prints; None when what was asked for is not there."""
        command = ["rsync", "--protect-args", *options, "--", *places]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", check=False,
                stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"},
            )  # fmt: skip
        except FileNotFoundError as reason:
            raise TargetRefused(
                "这台电脑上没有 rsync。请先安装，例如：sudo apt-get install rsync",
                "There is no rsync on this computer. Install it first, for example: sudo apt-get install rsync",
            ) from reason
        if may_miss and done.returncode == NOT_ALL_FOUND and "No such file" in done.stderr:
            return None
        if done.returncode:
            said = "\n".join(done.stderr.strip().splitlines()[-3:])
            raise TargetRefused(
                f"rsync 没能完成，代码 {done.returncode}，它的回答是：\n{said}\n"
                "请检查地址、登录方式和写入权限，然后再运行一次，会接着做完。",
                f"rsync ended with {done.returncode}; its answer stands above. Check the address, the login and the "
                "right to write there, then run this again: it goes on where it stopped.",
            )
        return done.stdout


def _literal(name: str) -> str:
    """A name as rsync's filters take it: a backslash counts only where there are signs to be held back."""
    if not any(sign in name for sign in "*?["):
        return name
    for sign in "\\*?[":
        name = name.replace(sign, f"\\{sign}")
    return name
