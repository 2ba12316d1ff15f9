"""Make and keep the virtual environment: exactly the packages of the lock files, and nothing by hand.

A stamp inside the environment says which lock files it was made from, so that a second run
starts at once and needs no network. A mark left by an installation that never ended has the
environment made anew. Needs only the standard library: it runs before anything is installed.
"""

import hashlib
import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import NoReturn

from workbench.outcome import CannotDo
from workbench.progress import Progress

STAMP = "gongkai-environment.json"
UNFINISHED = "gongkai-unfinished"
ENTERED = "GONGKAI_ENTERED"
SHOWN_LINES = 12
PACKAGES_TESTS = r"site-packages[/\\](.*[/\\])?tests?[/\\]"

Held = tuple[int, ...]
"""File descriptors that hold the lock."""


class State(Enum):
    """What an environment is, compared with the lock files asked for."""

    READY = "ready"
    OUTDATED = "outdated"  # whole, but made from other lock files, or by hand
    BROKEN = "broken"  # absent, half made, or its Python is gone


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment was made from: its Python, and each lock file's name with its SHA-256."""

    python: str
    locks: dict[str, str]


def environment_folder(root: Path) -> Path:
    """Where the environment of the project in `root` lives."""
    return root / ".venv"


def python_of(environment: Path) -> Path:
    """The environment's own Python."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def state_of(environment: Path, locks: Sequence[Path]) -> State:
    """Compare the environment's stamp with the lock files, without starting its Python."""
    if (environment / UNFINISHED).exists() or not python_of(environment).exists():
        return State.BROKEN
    stamp = _read_stamp(environment)
    if stamp is None:
        return State.OUTDATED
    if stamp.python != _base_python(environment):
        return State.BROKEN
    return State.READY if _fingerprints(locks).items() <= stamp.locks.items() else State.OUTDATED


def is_inside(environment: Path) -> bool:
    """Whether this very process runs in the environment."""
    return Path(sys.prefix).resolve() == environment.resolve()


def make_ready(root: Path, locks: Sequence[Path]) -> None:
    """Bring the environment to the state the lock files ask for; does nothing when it is there."""
    environment = environment_folder(root)
    if state_of(environment, locks) is State.READY:
        return
    with _only_one(root) as held:
        state = state_of(environment, locks)
        if state is State.OUTDATED and not _pip_works(environment):
            state = State.BROKEN
        if state is State.BROKEN:
            _make(environment, held)
        if state is not State.READY:
            _install(environment, locks, held)


def enter(root: Path, locks: Sequence[Path], command: Sequence[str]) -> None:
    """Go on inside a ready environment: returns when this process is in it, else starts `command` there."""
    environment = environment_folder(root)
    make_ready(root, locks)
    started_by_us = os.environ.pop(ENTERED, None)
    if is_inside(environment):
        importlib.invalidate_caches()  # packages may just have arrived
        return
    if started_by_us:
        raise CannotDo(
            f"无法进入运行环境 {environment}。请删除这个文件夹后再试。",
            f"The environment {environment} cannot be entered. Delete this folder and try again.",
        )
    os.environ[ENTERED] = "yes"
    _start_anew([str(python_of(environment)), *command])


def _start_anew(command: list[str]) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # there exec returns to the shell before the program ends
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def _read_stamp(environment: Path) -> Stamp | None:
    try:
        return Stamp(**json.loads((environment / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_stamp(environment: Path, stamp: Stamp) -> None:
    text = json.dumps(asdict(stamp), indent=1, sort_keys=True)
    (environment / STAMP).write_text(f"{text}\n", encoding="utf-8")


def _base_python(environment: Path) -> str:
    """The Python that the environment leans on; another one after a system upgrade means making it anew."""
    return os.path.realpath(python_of(environment))


def _fingerprints(locks: Sequence[Path]) -> dict[str, str]:
    return {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}


def _pip_works(environment: Path) -> bool:
    command = [str(python_of(environment)), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _make(environment: Path, held: Held) -> None:
    print(f"正在建立运行环境 {environment} / making the environment", file=sys.stderr)
    environment.mkdir(exist_ok=True)
    command = [_maker(), "-m", "venv", "--clear", str(environment)]
    made = _run_venv(command, environment, held)
    if made.returncode and _on_debian_as_root():
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *words], capture_output=True, check=False)
        made = _run_venv(command, environment, held)
    if made.returncode:
        raise CannotDo(
            f"不能建立运行环境。系统的回答：\n{_last_lines(made.stdout)}\n"
            "在 Debian 或 Ubuntu 上请先安装 python3-venv：sudo apt-get install python3-venv",
            "The environment could not be made; the system's answer stands above. "
            "On Debian or Ubuntu, install python3-venv first: sudo apt-get install python3-venv",
        )
    (environment / UNFINISHED).touch()


def _maker() -> str:
    """The Python outside any environment, so that one is not built upon the one being replaced."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def _run_venv(command: list[str], environment: Path, held: Held) -> "subprocess.CompletedProcess[str]":
    environment.mkdir(exist_ok=True)
    (environment / UNFINISHED).touch()
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, pass_fds=held
    )


def _on_debian_as_root() -> bool:
    return Path("/etc/debian_version").exists() and hasattr(os, "geteuid") and os.geteuid() == 0


def _install(environment: Path, locks: Sequence[Path], held: Held) -> None:
    """Install the lock files, hashes checked; the stamp is written last."""
    before = _read_stamp(environment)
    (environment / UNFINISHED).touch()
    code, output = _run_pip(environment, locks, held)
    if code:
        if before is not None:  # pip puts back what it could not replace: the old environment still works
            (environment / UNFINISHED).unlink()
        raise CannotDo(
            f"安装所需的软件包没有成功。pip 的回答：\n{_complaints(output)}\n请检查网络（或 pip 的设置）后再试一次。",
            "The packages could not be installed; pip's answer stands above. "
            "Check the network (or pip's settings) and try again.",
        )
    _compile(environment, held)
    known = before.locks if before else {}
    _write_stamp(environment, Stamp(_base_python(environment), {**known, **_fingerprints(locks)}))
    (environment / UNFINISHED).unlink()


def _compile(environment: Path, held: Held) -> None:
    """Compile what was installed on all cores, where pip would take one; packages' own tests are left as they are."""
    folders = [*environment.glob("lib/python*/site-packages"), *environment.glob("Lib/site-packages")]
    command = [str(python_of(environment)), "-m", "compileall", "-q", "-q", "-j", "0", "-x", PACKAGES_TESTS]
    # A file in another version's language cannot be compiled, and nobody imports it.
    subprocess.run([*command, *map(str, folders)], capture_output=True, check=False, pass_fds=held)


def _run_pip(environment: Path, locks: Sequence[Path], held: Held) -> tuple[int, str]:
    command = [str(python_of(environment)), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--no-compile", "--progress-bar", "off", "--disable-pip-version-check"]
    for lock in locks:
        command += ["-r", str(lock)]
    total = sum(len(re.findall(r"(?m)^[\w.-]+==", lock.read_text(encoding="utf-8"))) for lock in locks)
    progress, lines, packages = Progress(), [], 0
    # A user-wide install, which pip may be set to, is refused inside an environment.
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        pass_fds=held,
        env={**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1"},
    )
    for line in process.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            packages += 1
            progress.step("正在下载 downloading", min(packages, total), total)
        elif line.startswith("Installing collected packages"):
            progress.step("正在安装 installing", 0, 0)
    progress.end()
    return process.wait(), "".join(lines)


def _complaints(output: str) -> str:
    """What pip says went wrong, without its retries and remarks."""
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return "\n".join(errors) or _last_lines(output)


def _last_lines(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-SHOWN_LINES:])


@contextmanager
def _only_one(root: Path) -> Iterator[Held]:
    """Hold back a second run while one is installing; where the system cannot lock files, go on.

    The lock is handed on to pip, which may outlive a front door that was killed.
    """
    folder = root / ".gongkai"
    folder.mkdir(exist_ok=True)
    with (folder / "environment.lock").open("a") as handle:
        try:
            import fcntl
        except ImportError:
            yield ()
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("另一个任务正在准备运行环境，请稍候 / waiting for another task", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield (handle.fileno(),)
