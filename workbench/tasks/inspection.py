"""The tasks that inspect sites and follow what was found."""

from __future__ import annotations

import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.language import reads_chinese_only
from workbench.outcome import Exit
from workbench.progress import Progress
from workbench.tasks.places import Options
from workbench.tasks.telling import write_json

if TYPE_CHECKING:
    from crawler_checks.checks.check import Earlier
    from crawler_checks.reports.result import InspectionResult
    from crawler_checks.visit import Visit
    from workbench.rendering import Hands


def inspect(options: Options) -> int:
    """Inspect a folder or an address by the rules."""
    from crawler_checks.evidence import begin_evidence
    from crawler_checks.follow_up import prepare
    from crawler_checks.reports.json_report import as_data
    from crawler_checks.visit import visit_of
    from workbench.clock import time_of_day

    begin_evidence(options)
    visit = visit_of(options, options.target, time_of_day)
    with prepare(options, options.target, options.today) as follow_up, _browser(options) as hands:
        inspected = inspect_target(options.target, options, visit, follow_up.earlier, hands)
        result, told = follow_up.finish(inspected, hands.draw if hands else None)
        told += hands.told() if hands else ()
        print_findings(result, options.terms)
        if options.json:
            write_json(options.json, as_data(result))
        if options.report:
            print(f"巡检报告 / inspection report: {write_reports(result, options.report)}")
        print("".join(f"{line}\n" for line in told), end="")
        unreached = follow_up.tell(result)
    print("".join(f"{line}\n" for line in unreached), end="", file=sys.stderr)
    if unreached:
        return Exit.CANNOT
    return Exit.WELL if result.is_clean else Exit.PROBLEMS


def fleet(options: Options) -> int:
    """Inspect all sites of a list into one ledger."""
    from crawler_checks.fleet import Round, inspect_fleet, local_executor, stop_fleet
    from crawler_checks.fleet_report import is_whole, progress_line, round_report
    from crawler_checks.targets import read_targets
    from crawler_checks.visit import read_contact
    from plugins.disclosure.cluster import dask_executor
    from workbench.clock import time_of_day

    targets = read_targets(options.targets)
    round_ = Round(
        f"{options.targets.stem} {options.today}",
        options.save,
        options.today,
        time_of_day=time_of_day,
        driver=f"{os.getpid()}-{time.time_ns():x}",
        memory=options.memory,
        contact=read_contact(options.contact) if options.contact else "",
    )
    if options.stop:
        states = stop_fleet(round_)
    elif options.status:
        states = inspect_fleet((), round_, local_executor(1))
    else:
        executor = dask_executor(options.scheduler) if options.scheduler else local_executor(options.workers)
        states = inspect_fleet(
            targets, round_, executor, lambda states: print(progress_line(states), flush=True)
        )
    print("\n".join(round_report(targets, states, options.save, options.today)))
    return Exit.WELL if is_whole(states.values()) else Exit.PROBLEMS


def explain(options: Options) -> int:
    """What one check asks, and why."""
    from crawler_checks.explain import explain_check

    told = explain_check(options.check, options.today, options.profile, in_english_too=_in_english_too())
    print(told, end="")
    return Exit.WELL


def ledger(options: Options) -> int:
    """Ask the ledger of inspections, or write into it."""
    from crawler_checks.ledger_commands import ask_ledger

    told, is_late = ask_ledger(options.ledger, options, options.today)
    print("".join(f"{line}\n" for line in told), end="")
    return Exit.PROBLEMS if is_late else Exit.WELL


def recheck(options: Options) -> int:
    """Look again at one finding, and close it or keep it."""
    from crawler_checks.ledger_commands import recheck_finding

    told, is_fixed = recheck_finding(
        options.ledger,
        options.finding,
        options.by,
        options.today,
        notes=options.notes,
        in_english_too=_in_english_too(),
    )
    print("".join(f"{line}\n" for line in told), end="")
    return Exit.WELL if is_fixed else Exit.PROBLEMS


def watch(options: Options) -> int:
    """Try to open a site once, and remember whether it opened."""
    from crawler_checks.ledger_commands import watch_target

    told, is_open = watch_target(options.save, options.target, options.now, in_english_too=_in_english_too())
    print(told)
    return Exit.WELL if is_open else Exit.PROBLEMS


def _in_english_too() -> bool:
    return not reads_chinese_only(os.environ)


def inspect_target(
    target: str,
    options: Options,
    visit: Visit | None = None,
    earlier: Earlier | None = None,
    hands: Hands | None = None,
) -> InspectionResult:
    from crawler_checks.inspection import inspect_site

    progress = Progress()
    try:
        return inspect_site(
            target,
            today=options.today,
            profile=options.profile,
            visit=visit,
            render=hands.render if hands else None,
            look_at=hands.look_at if hands else None,
            earlier=earlier,
            notes=getattr(options, "notes", None),
            progress=lambda asked: progress.step("巡检 inspect", asked, 0, "个地址 addresses"),
        )
    finally:
        progress.end()


def _browser(options: Options) -> AbstractContextManager[Hands | None]:
    """A browser, where one was asked for: for pages that are empty without scripts, for a page of each template, and
    for the pictures of the evidence."""
    if not getattr(options, "browser", False):
        return nullcontext()
    from workbench.rendering import browser_at_hand

    return browser_at_hand()


def print_findings(result: InspectionResult, terms: Path | None = None) -> None:
    from crawler_checks.ledger.terms import SHIPPED, load_terms
    from crawler_checks.reports.text_report import text_report

    graded = load_terms(terms or SHIPPED)
    print(text_report(result, graded, in_english_too=_in_english_too()), end="")


def write_reports(result: InspectionResult, folder: Path) -> Path:
    """Write the reports into `folder`; the answer is the one for people."""
    from crawler_checks.reports.folder import write_reports

    return write_reports(result, folder)
