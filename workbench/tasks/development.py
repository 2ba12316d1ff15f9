"""The tasks of whoever works on the program: tests, measurements, pages made from the code."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from workbench.outcome import CannotDo, Exit
from workbench.tasks.places import ROOT, SPECIMEN, Options
from workbench.tasks.telling import existing

FIELDS_PAGE = ROOT / "docs" / "fields.zh-CN.md"
WAITING = 2
"""How many more tests than cores run at once: at any time some wait for a browser, a server or a time-out."""
COMPILED = ROOT / "tests" / "__pycache__"


def specimen(options: Options) -> int:
    """Show every component of the theme on one page."""
    from plugins.disclosure.checking import check_content
    from plugins.portal.specimen import write_specimen
    from plugins.portal.views.desk import Desk

    catalog = check_content(existing(options.content), options.today).catalog
    if catalog is None:
        raise CannotDo(
            "内容文件夹中的网站设置读不出来。请先运行 check，改好后再试。",
            "The settings of the site cannot be read. Run `check` first, mend what it says, and try again.",
        )
    page = write_specimen(ROOT / "theme", Desk(catalog).frame(), SPECIMEN)
    print(f"看部件样例 / see the components: {page}")
    return Exit.WELL


def docs(_: Options) -> int:
    """Write anew the pages that are made from the kinds and from the checks."""
    from crawler_checks.reports.method_text import method_text
    from plugins.disclosure.field_docs import fields_page
    from plugins.disclosure.kinds import load_kinds
    from plugins.disclosure.vocabulary import load_vocabularies
    from plugins.portal.views.indexes import INSPECTION_TEXT

    pages = {
        FIELDS_PAGE: fields_page(load_kinds(), load_vocabularies()),
        INSPECTION_TEXT: method_text(),
    }
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写好 / written: {path}")
    return Exit.WELL


def bench(options: Options) -> int:
    """Measure ours and others' side by side on this machine."""
    from workbench import browser

    if options.name in ("search", "lighthouse"):
        browser.browser_executable(bring=True)
    command = [
        sys.executable,
        "-m",
        f"tests.benchmarks.{options.name}",
        *(["--json"] if options.json else []),
    ]
    if options.name != "lighthouse":  # which judges the example site
        command += ["--records", str(options.records), "--seed", str(options.seed)]
    if options.name == "build" and options.sides:
        command += ["--sides", options.sides]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def test(options: Options) -> int:
    """Everything: style, types, and all tests, the browser's included."""
    # A few that were asked for run in this process, where a debugger works.
    chosen = options.pytest or ["-n", str((os.cpu_count() or 1) + WAITING), "--dist", "worksteal"]
    steps = {
        "代码风格 style": ["-m", "ruff", "check", "."],
        "代码排版 format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "测试 tests": ["-m", "pytest", *chosen],
    }
    with _begun(["-m", "mypy"]) as types:  # one core's work, beside all else
        try:
            _bring()
        except BaseException:
            types.terminate()
            raise
        failed = [name for name, command in steps.items() if not _step(name, command)]
        print(f"== 类型 types\n{types.communicate()[0]}", end="", flush=True)
    if types.returncode:
        failed.append("类型 types")
    if failed:
        print(f"没有通过 / failed: {'、'.join(failed)}", file=sys.stderr)
        return Exit.PROBLEMS
    return Exit.WELL


def _bring() -> None:
    """What the tests need beside packages: a browser and the HTML checker, fetched at the same time."""
    from workbench import browser, html_checker

    with ThreadPoolExecutor() as fetching:
        chromium = fetching.submit(browser.browser_executable, bring=True)
        checker = fetching.submit(html_checker.bring, ROOT)
        if not COMPILED.exists():  # the first run: compiled once now, and not by every worker for itself
            with _begun(["-m", "pytest", "--collect-only", "-q"]) as compiling:
                compiling.communicate()
        chromium.result()
        checker.result()


def _begun(command: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=_compiling(),
    )


def _step(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=_compiling(), check=False).returncode == 0


def _compiling() -> dict[str, str]:
    """What is compiled is kept, whatever else is wished: workers, and programs that tests start, would do it again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
