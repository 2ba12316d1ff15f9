"""The inspector on the command line: python -m crawler_checks TARGET."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from crawler_checks.crawl.archive import is_archive
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.ledger.terms import SHIPPED, load_terms
from crawler_checks.options import add_options, add_visit_options
from crawler_checks.refusal import Refusal
from crawler_checks.reports.result import InspectionResult
from crawler_checks.reports.text_report import text_report
from crawler_checks.visit import visit_of
from plugins.disclosure.collecting import collect_seldom, end_errand
from workbench import clock
from workbench.language import reads_chinese_only
from workbench.outcome import CannotDo

if TYPE_CHECKING:
    from crawler_checks.follow_up import FollowUp
    from workbench.rendering import Hands

WELL, PROBLEMS, CANNOT = 0, 3, 4
REFUSED = (CannotDo, Refusal, OSError)
"""What stands in the way without being a fault of the program: each says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Inspect one target; the answer is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        today = options.today or clock.today()
        followed_up = _followed_up(options, today)
        visit = visit_of(options, options.target, clock.time_of_day)
        with followed_up as follow_up, _browser(options) as hands:
            result = inspect_site(
                options.target,
                today=today,
                profile=options.profile,
                visit=visit,
                render=hands.render if hands else None,
                look_at=hands.look_at if hands else None,
                earlier=follow_up.earlier if follow_up else None,
                notes=options.notes,
            )
            told: tuple[str, ...] = ()
            if follow_up:
                result, told = follow_up.finish(result, hands.draw if hands else None)
            told += hands.told() if hands else ()
            _show(result, told, options)
            unreached = follow_up.tell(result) if follow_up else ()
    except REFUSED as reason:
        print(_in_words(reason), file=sys.stderr)
        return CANNOT
    if unreached:
        print("\n".join(unreached), file=sys.stderr)
        return CANNOT
    return WELL if result.is_clean else PROBLEMS


def _followed_up(options: argparse.Namespace, today: date) -> AbstractContextManager[FollowUp | None]:
    """What is to be done besides the report; None, and nothing loaded, where nothing is."""
    besides = (
        options.rubric, options.worksheet, options.answers, options.terms, options.tell, options.save, options.evidence,
    )  # fmt: skip
    if not (any(besides) or is_archive(options.target)):
        return nullcontext()
    from crawler_checks.evidence import begin_evidence
    from crawler_checks.follow_up import prepare

    begin_evidence(options)
    return prepare(options, options.target, today)


def _browser(options: argparse.Namespace) -> AbstractContextManager[Hands | None]:
    """The workbench's browser, where one was asked for. Raises CannotInspect where it is not installed."""
    if not options.browser:
        return nullcontext()
    if find_spec("playwright") is None or find_spec("axe_playwright_python") is None:
        raise CannotInspect(
            "--browser 要用的浏览器还没有准备好。请先运行一次 python3 tasks.py inspect 目标 --browser，它会自己安装。",
            "What --browser needs is not installed. Run python3 tasks.py inspect TARGET --browser once; it installs it.",
        )
    from workbench.rendering import browser_at_hand

    return browser_at_hand()


def _in_words(reason: Exception) -> str:
    if not isinstance(reason, OSError) or reason.errno is None:
        return str(reason)
    what = f"{reason.filename}: {reason.strerror}" if reason.filename else str(reason.strerror)
    return f"没能写入或读取，系统的回答是“{what}”。请检查路径、权限和剩余空间。\nNot done; the system answered {what!r}."


def _show(result: InspectionResult, told: tuple[str, ...], options: argparse.Namespace) -> None:
    terms = load_terms(options.terms or SHIPPED)
    _say(text_report(result, terms, in_english_too=not reads_chinese_only(os.environ)))
    if options.report:
        from crawler_checks.reports.folder import write_reports

        _say(f"报告在 / the report is in: {write_reports(result, options.report)}\n")
    if options.json:
        from crawler_checks.reports.json_report import json_report

        options.json.write_text(json_report(result), encoding="utf-8", errors="replace")
    _say("".join(f"{line}\n" for line in told))


def _say(text: str) -> None:
    """Print at once what there is to read, if somebody still reads."""
    with suppress(BrokenPipeError):
        print(text, end="", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m crawler_checks",
        description="巡检一个网站：文件夹或网址 / inspect a site: a folder or an address",
        epilog="结束代码：0 正常；3 有不合格项或没有看全；4 无法进行；2 命令打错 / "
        "exit codes: 0 well; 3 failing findings, or not seen whole; 4 could not be carried out; 2 a mistyped command",
    )
    parser.add_argument(
        "target", metavar="TARGET", help="文件夹，或 https:// 开头的网址 / a folder or an address"
    )
    parser.add_argument(
        "--profile", metavar="ID", help="规则集，默认按日期选用 / the rules; by the date unless given"
    )
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="把哪一天当作今天 / the day to take as today",
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="报告写到哪个文件夹 / the folder for the reports"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="结果另存为 JSON / write the result as JSON"
    )
    add_visit_options(parser.add_argument_group("访问 visit"))
    add_options(parser.add_argument_group("评分和台账 scoring and ledger"))
    return parser


if __name__ == "__main__":
    collect_seldom()
    gc.disable()  # a run makes values that stay until it ends
    end_errand(main())
