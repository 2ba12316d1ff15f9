"""The tasks that judge content, make the site and bring it out."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from workbench import environment
from workbench.outcome import CannotDo, Exit
from workbench.progress import Progress
from workbench.tasks.inspection import inspect_target, print_findings, write_reports
from workbench.tasks.places import COMMAND, EXTRAS, REPORTS, ROOT, Options
from workbench.tasks.telling import existing, existing_site, print_json, print_problems, said

if TYPE_CHECKING:
    from crawler_checks.reports.result import InspectionResult
    from plugins.disclosure.problem import Problem
    from plugins.portal.build_report import BuildReport, Why


MOST_SOURCES = 20
STAGES = {"render": "生成 make", "far": "其他机器生成 make elsewhere"}
"""What the stages of a build that take long are called."""


def site(options: Options) -> int:
    """Validate, build, inspect, and say where to look."""
    report = _build(options)
    if report is None:
        return Exit.PROBLEMS
    print_problems(report.problems)
    began = time.perf_counter()
    result = inspect_target(str(options.output), options)
    seconds = sum(report.stages.values()) + time.perf_counter() - began
    print_findings(result)
    _print_owed(result, options.output)
    _print_report(report, seconds)
    print(f"巡检报告 / inspection report: {write_reports(result, REPORTS)}")
    print(f"看网站 / see the site: {options.output / 'index.html'}，或运行 / or run {COMMAND} serve")
    return Exit.WELL


def check(options: Options) -> int:
    """Say everything that is wrong with the content."""
    content = existing(options.content)
    from plugins.disclosure.checking import check_content
    from plugins.disclosure.problem import as_json, has_errors
    from plugins.disclosure.problem_formats import FORMATS

    form = "json" if options.json else options.format
    result = check_content(content, options.today, options.profile, preview=options.drafts)
    if options.fix and _mend(content, result.problems, options):
        result = check_content(content, options.today, options.profile, preview=options.drafts)
    if form == "json":
        print_json(as_json(result.problems))
    elif form in FORMATS:
        print(FORMATS[form](result.problems, _in_repository(content)), end="")
    else:
        print_problems(result.problems)
        print(said(f"共核对 {result.records} 条信息", f"{result.records} records checked"))
    return Exit.PROBLEMS if has_errors(result.problems) else Exit.WELL


def build(options: Options) -> int:
    """Validate the content and bring the output folder up to date."""
    if options.stay:
        from workbench.tasks.previewing import stay

        return stay(options)
    report = _build(options)
    if report is None:
        return Exit.PROBLEMS
    if options.json:
        print_json(report.as_json())
    else:
        print_problems(report.problems)
        _print_report(report, sum(report.stages.values()))
        if report.why is not None:
            _print_why(report.why)
    return Exit.WELL


def deploy(options: Options) -> int:
    """Bring a built site to where it is read."""
    from plugins.manifest import destination
    from plugins.manifest.comparing import NoManifest
    from plugins.manifest.deploying import NotAsBuilt, TargetNotOurs, plan_for
    from plugins.manifest.deploying import deploy as bring
    from plugins.manifest.signing import signature
    from plugins.portal.one_at_a_time import alone

    output = existing_site(options.output)
    if destination.is_bucket(options.to):
        environment.enter(ROOT, EXTRAS, [str(ROOT / "tasks.py"), *sys.argv[1:]])
    target = destination.target_at(options.to, options.endpoint, bucket_in_host=options.bucket_in_host)
    sign = partial(signature, key=options.sign) if options.sign else None
    try:
        with alone(output, lambda: _say_waiting(output)):
            steps = plan_for(output, target) if options.plan else bring(output, target, sign)
    except (NoManifest, NotAsBuilt) as reason:
        raise CannotDo(
            f"{output} 里的网站和它的文件清单不一致，没有发布。请先重新生成：{COMMAND} build",
            f"The site in {output} is not as its manifest says; nothing was deployed. Build it again: {COMMAND} build",
        ) from reason
    except TargetNotOurs as reason:
        raise CannotDo(
            f"{options.to} 里有不是本程序放的文件，没有改动。请换一个空的地方",
            f"{options.to} holds files this program did not put there; nothing was changed. Name an empty place",
        ) from reason
    if options.plan:
        print("".join(f"{step.action}\t{step.address}\n" for step in steps), end="")
    put = sum(step.action == "put" for step in steps)
    words = (
        ("要放上", "要移走", "to put", "to remove")
        if options.plan
        else ("放上", "移走", "files put", "removed")
    )
    print(
        f"{words[0]} {put} 个文件，{words[1]} {len(steps) - put} 个"
        f" / {words[2]}: {put}, {words[3]}: {len(steps) - put}"
    )
    return Exit.WELL


def verify(options: Options) -> int:
    """Hold a folder or a site against its manifest."""
    from plugins.manifest.comparing import NoManifest, verify_folder, verify_site
    from plugins.manifest.signing import is_signed

    signed = partial(is_signed, key=options.key) if options.key else None
    is_site = options.target.startswith(("http://", "https://"))
    try:
        verdict = (
            verify_site(options.target.rstrip("/") + "/", signed)
            if is_site
            else verify_folder(existing_site(Path(options.target)), signed)
        )
    except NoManifest as reason:
        raise CannotDo(
            f"{options.target} 里没有 manifest.json，或者读不懂。请写明网站所在的文件夹或网址，例如 output",
            f"There is no readable manifest.json in {options.target}. Name the folder or the address of a site.",
        ) from reason
    words = {
        "changed": "内容不同 / changed",
        "missing": "缺少 / missing",
        "extra": "多余 / extra",
        "root": "总校验值不符 / the root hash does not fit",
        "signature": "没有签名，或签名不符 / no signature, or one that does not fit",
    }
    for one in verdict.differences:
        print(f"{one.address}  {words[one.fault]}")
    print(
        f"核对 {verdict.file_count} 个文件，不符 {len(verdict.differences)} 处"
        f" / files compared: {verdict.file_count}, differences: {len(verdict.differences)}"
    )
    print(f"总校验值 / root hash: {verdict.root_sha256}")
    return Exit.PROBLEMS if verdict.differences else Exit.WELL


def _build(options: Options) -> BuildReport | None:
    """Build the site; None, with the problems printed, when the content does not allow it."""
    content = existing(options.content)
    from plugins.disclosure.cluster import dask_executor
    from plugins.disclosure.collecting import collect_seldom
    from plugins.disclosure.problem import as_json
    from plugins.disclosure.record import ContentChanged
    from plugins.portal.build import BuildRefused, build_site
    from plugins.portal.store import OutputNotOurs

    collect_seldom()
    progress = Progress()
    try:
        return build_site(
            content,
            options.output,
            options.today,
            options.profile,
            workers=options.workers,
            compact=getattr(options, "compact", False),
            preview=getattr(options, "preview", False),
            progress=lambda stage, done, total: progress.step(STAGES[stage], done, total, "个文件 files"),
            why=getattr(options, "why", None) or "",
            new_executor=dask_executor(options.scheduler) if getattr(options, "scheduler", None) else None,
            waiting=lambda: _say_waiting(options.output),
        )
    except OutputNotOurs as reason:
        raise CannotDo(*str(reason).split(" / ", 1)) from reason
    except ContentChanged as reason:
        raise CannotDo(
            f"生成的同时有人改动了 {reason}，请再运行一次",
            f"{reason} was changed while the site was being built; run it once more",
        ) from reason
    except BuildRefused as refused:
        progress.end()
        if getattr(options, "json", False):
            print_json({"problems": as_json(refused.problems)})
        else:
            print_problems(refused.problems)
            print("内容有错误，网站没有改动 / the content has errors; the site was left as it was")
        return None
    finally:
        progress.end()


def _say_waiting(output: Path) -> None:
    print(
        f"另一次生成或者发布正在使用 {output}，等它结束就开始"
        f" / another build or deployment is using {output}; this one begins when it has ended",
        file=sys.stderr,
        flush=True,
    )


def _print_why(why: Why) -> None:
    """What one file of the site was made again for."""
    from plugins.portal.why import told

    states = {
        "new": "这次新生成 / made for the first time",
        "gone": "这次移除 / removed",
        "same": "没有变化 / nothing it is made from changed",
        "changed": "重新生成，因为下列各项变了 / made again, because these changed",
        "unknown": "网站里没有这个文件 / there is no such file in the site",
    }
    print(f"{why.address}：{states[why.state]}")
    for name in why.changed:
        print(f"  {told(name)}")
    if why.sources:
        print("上次生成以来改动的文件 / files changed since the last build:")
        print("".join(f"  {name}\n" for name in why.sources[:MOST_SOURCES]), end="")


def _in_repository(content: Path) -> str:
    """The content folder as a code host names it: from where the command runs."""
    folder, here = content.resolve(), Path.cwd()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.name


def _mend(content: Path, problems: Sequence[Problem], options: Options) -> bool:
    """Show what can be mended, ask, and mend it; whether anything was."""
    from plugins.disclosure.mending import plan_mends, write_mends

    planned = plan_mends(content, problems)
    out = sys.stdout if options.format == "text" and not options.json else sys.stderr
    if not planned:
        print("没有可以自动改正的写法 / nothing that can be mended without a person", file=out)
        return False
    count = sum(len(mended.problems) for mended in planned)
    print("\n".join(mended.difference() for mended in planned), file=out)
    print(f"可以自动改正 {count} 处，如上 / can be mended, as shown: {count}", file=out)
    if not options.yes and not _agreed(out):
        print("没有改动；加 --yes 就直接改 / nothing was changed; --yes mends without asking", file=out)
        return False
    written = write_mends(content, planned)
    print(f"已改正 {len(written)} 个文件 / files mended: {len(written)}\n", file=out)
    return bool(written)


def _agreed(out: TextIO) -> bool:
    """Whether whoever is there says yes, at the keyboard or through a pipe; where nobody is, it is no."""
    print("改吗？mend? [y/N] ", end="", file=out, flush=True)
    answer = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(answer.strip(), file=out)
    return answer.strip().lower() in ("y", "yes", "是")


def _print_report(report: BuildReport, seconds: float) -> None:
    written, removed = len(report.written), len(report.removed)
    same = report.planned - written  # those not looked at again, and those rendered to the bytes there were
    print(f"信息 {report.records} 条 / records: {report.records}")
    print(
        f"页面和文件 {report.planned} 个，其中新写 {written}，未变 {same}，删除 {removed}"
        f" / files: {report.planned} (written {written}, unchanged {same}, removed {removed})"
    )
    print(f"用时 {seconds:.1f} 秒 / seconds: {seconds:.1f}")


def _print_owed(result: InspectionResult, output: Path) -> None:
    """What the site says of itself on its completeness page, and how many findings that page explains."""
    cells = json.loads((output / "data" / "completeness.json").read_text(encoding="utf-8"))["cells"]
    missing, overdue = (
        [cell["section"] for cell in cells if cell["state"] == state] for state in ("missing", "overdue")
    )
    print(
        f"履职情况（completeness.html）：缺 {len(missing)} 项，逾期 {len(overdue)} 项"
        f" / duties: {len(missing)} missing, {len(overdue)} overdue"
    )
    failing = [finding for finding in result.findings if finding.outcome == "fail"]
    declared = sum(finding.section in {*missing, *overdue} for finding in failing)
    if declared:
        print(
            f"不合格的 {len(failing)} 项中，{declared} 项网站自己已在履职情况页列明"
            f" / of {len(failing)} failing, {declared} are listed there by the site itself"
        )
