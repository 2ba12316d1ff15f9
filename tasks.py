#!/usr/bin/env python3
"""The front door: `python3 tasks.py TASK` makes its own environment and then does one task.

Everything up to `environment.enter` runs on a bare Python; a task imports what it needs when it runs.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is an older one that must be told
    sys.stderr.write(
        "本程序需要 Python 3.11 或更新的版本，这里是 {0}.{1}。装好后再运行，例如：python3.11 tasks.py site\n"
        "This program needs Python 3.11 or newer, and this is {0}.{1}. Install it, then run for example: "
        "python3.11 tasks.py site\n".format(*sys.version_info)
    )
    raise SystemExit(4)

import argparse
import json
import os
import subprocess
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from crawler_checks.options import add_fleet_options, add_ledger_options, add_options, add_visit_options
from workbench import environment, task_options
from workbench.command_line import CommandLine, both
from workbench.outcome import CannotDo, Exit
from workbench.progress import Progress

if TYPE_CHECKING:
    from crawler_checks.checks.check import Earlier
    from crawler_checks.crawl.walk import Render
    from crawler_checks.evidence import Draw
    from crawler_checks.reports.result import InspectionResult
    from crawler_checks.visit import Visit
    from plugins.disclosure.problem import Problem
    from plugins.portal.build import BuildReport, Why
    from workbench.editing import Editor
    from workbench.preview import Built

ROOT = Path(__file__).resolve().parent
RUNTIME = (ROOT / "requirements.lock",)
EXTRAS = (*RUNTIME, ROOT / "requirements-extras.lock")
TESTING = (*EXTRAS, ROOT / "requirements-test.lock")
MEASURING = (*TESTING, ROOT / "requirements-bench.lock")
FAULT = ROOT / ".gongkai" / "last-fault.txt"
SPECIMEN = ROOT / ".gongkai" / "specimen"
REPORTS = ROOT / ".gongkai" / "inspection"
LARGEST_PAGE = 50_000_000
"""Bytes of one document that is fetched to be imported."""
FIELDS_PAGE = ROOT / "docs" / "fields.zh-CN.md"
FAULT_OF_OURS = (
    f"这是程序自身的毛病，不是您的内容有误。详情写在 {FAULT}，请把它交给维护人员。\n"
    f"This is a fault of the program, not of your content. The details are in {FAULT}; "
    "please hand them to whoever maintains it."
)
COMMAND = "python3 tasks.py"
MOST_SOURCES = 20

Options = argparse.Namespace


# ---- the tasks ----


def site(options: Options) -> int:
    """Validate, build, inspect, and say where to look."""
    report = _build(options)
    if report is None:
        return Exit.PROBLEMS
    _print_problems(report.problems)
    began = time.perf_counter()
    result = _inspect(str(options.output), options)
    seconds = sum(report.stages.values()) + time.perf_counter() - began
    _print_findings(result)
    _print_owed(result, options.output)
    _print_report(report, seconds)
    print(f"巡检报告 / inspection report: {_write_reports(result, REPORTS)}")
    print(f"看网站 / see the site: {options.output / 'index.html'}，或运行 / or run {COMMAND} serve")
    return Exit.WELL


def inspect(options: Options) -> int:
    """Inspect a folder or an address by the rules."""
    from crawler_checks.evidence import begin_evidence
    from crawler_checks.follow_up import prepare
    from crawler_checks.reports.json_report import as_data
    from crawler_checks.time_of_day import time_of_day
    from crawler_checks.visit import visit_of

    begin_evidence(options)
    visit = visit_of(options, options.target, time_of_day)
    with prepare(options, options.target, options.today) as follow_up:
        inspected = _inspect(options.target, options, visit, follow_up.earlier)
        with _camera(options) as draw:
            result, told = follow_up.finish(inspected, draw)
        _print_findings(result)
        if options.json:
            _write_json(options.json, as_data(result))
        if options.report:
            print(f"巡检报告 / inspection report: {_write_reports(result, options.report)}")
        print("".join(f"{line}\n" for line in told), end="")
        unreached = follow_up.tell(result)
    print("".join(f"{line}\n" for line in unreached), end="", file=sys.stderr)
    if unreached:
        return Exit.CANNOT
    return Exit.WELL if result.is_clean else Exit.PROBLEMS


def fleet(options: Options) -> int:
    """Inspect all sites of a list into one ledger."""
    from crawler_checks.fleet import Round, dask_executor, inspect_fleet, local_executor, stop_fleet
    from crawler_checks.fleet_report import is_whole, progress_line, round_report
    from crawler_checks.targets import read_targets
    from crawler_checks.time_of_day import time_of_day

    targets = read_targets(options.targets)
    round_ = Round(
        f"{options.targets.stem} {options.today}",
        options.save,
        options.today,
        time_of_day=time_of_day,
        driver=f"{os.getpid()}-{time.time_ns():x}",
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

    print(explain_check(options.check, options.today, options.profile), end="")
    return Exit.WELL


def ledger(options: Options) -> int:
    """Ask the ledger of inspections, or write into it."""
    from crawler_checks.follow_up import ask_ledger

    told, is_late = ask_ledger(options.ledger, options, options.today)
    print("".join(f"{line}\n" for line in told), end="")
    return Exit.PROBLEMS if is_late else Exit.WELL


def recheck(options: Options) -> int:
    """Look again at one finding, and close it or keep it."""
    from crawler_checks.follow_up import recheck_finding

    told, is_fixed = recheck_finding(options.ledger, options.finding, options.by, options.today)
    print("".join(f"{line}\n" for line in told), end="")
    return Exit.WELL if is_fixed else Exit.PROBLEMS


def watch(options: Options) -> int:
    """Try to open a site once, and remember whether it opened."""
    from crawler_checks.follow_up import watch_target

    told, is_open = watch_target(options.save, options.target, datetime.now(UTC).astimezone())
    print(told)
    return Exit.WELL if is_open else Exit.PROBLEMS


def serve(options: Options) -> int:
    """Preview on this computer, built anew at every change."""
    from workbench import preview

    _existing(options.content)
    watched = [options.content, ROOT / "theme", ROOT / "plugins"]
    editor = _editor(options)
    preview.serve(options.output, watched, lambda: _build_apart(options), options.port, editor=editor)
    return Exit.WELL


def check(options: Options) -> int:
    """Say everything that is wrong with the content."""
    content = _existing(options.content)
    from plugins.disclosure.problem import as_json, has_errors
    from plugins.disclosure.problem_formats import FORMATS
    from plugins.portal.build import check_content

    form = "json" if options.json else options.format
    result = check_content(content, options.today, options.profile, preview=options.drafts)
    if options.fix and _mend(content, result.problems, options):
        result = check_content(content, options.today, options.profile, preview=options.drafts)
    if form == "json":
        _print_json(as_json(result.problems))
    elif form in FORMATS:
        print(FORMATS[form](result.problems, _in_repository(content)), end="")
    else:
        _print_problems(result.problems)
        print(f"共核对 {result.records} 条信息 / {result.records} records checked")
    return Exit.PROBLEMS if has_errors(result.problems) else Exit.WELL


def build(options: Options) -> int:
    """Validate the content and bring the output folder up to date."""
    report = _build(options)
    if report is None:
        return Exit.PROBLEMS
    if options.json:
        _print_json(report.as_json())
    else:
        _print_problems(report.problems)
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

    output = _existing(options.output)
    if destination.is_bucket(options.to):
        environment.enter(ROOT, EXTRAS, [str(ROOT / "tasks.py"), *sys.argv[1:]])
    target = destination.target_at(options.to, options.endpoint, bucket_in_host=options.bucket_in_host)
    sign = partial(signature, key=options.sign) if options.sign else None
    try:
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


def search(options: Options) -> int:
    """Answer a query from the index of a built site."""
    from plugins.search.postings import ShardDamaged
    from plugins.search.searching import IndexMissing
    from plugins.search.whoosh_reader import QueryNotUnderstood
    from plugins.search.whoosh_reader import search as find

    if options.serve:
        return _answer_search_pages(options.serve, options.port)
    if not (options.words or options.export):
        raise CannotDo(
            f"没有写要找的词。例如：{COMMAND} search 公租房 2025",
            f"There are no words to search for. For example: {COMMAND} search 公租房 2025",
        )
    try:
        if options.export:
            return _hand_over(options)
        hits = find(options.output / "search", " ".join(options.words), options.limit)
    except (IndexMissing, ShardDamaged) as reason:
        raise CannotDo(
            f"{options.output} 里没有检索数据，或者不完整。请先生成网站：{COMMAND} build",
            f"There is no search index in {options.output}, or it is not whole. Build the site first: {COMMAND} build",
        ) from reason
    except QueryNotUnderstood as reason:
        raise CannotDo(*str(reason).split(" / ", 1)) from reason
    if options.json:
        _print_json([hit.as_json() for hit in hits])
        return Exit.WELL
    for hit in hits:
        print(f"{hit.title}（{hit.kind}）\n    {options.output / hit.address}")
    print(f"列出 {len(hits)} 条 / listed: {len(hits)}")
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
            else verify_folder(_existing(Path(options.target)), signed)
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


def new(options: Options) -> int:
    """Write a record for an editor to fill in."""
    content = _existing(options.content)
    from plugins.disclosure.templates_for_editors import write_new

    path = write_new(options.kind, content, options.today, options.id, options.issuer)
    print(f"已写好，请打开填写 / written, open it and fill it in: {path}")
    return Exit.WELL


def import_documents(options: Options) -> int:
    """Turn documents into content files, with a review report for each."""
    from plugins.disclosure import importers

    settings = dict(options.set)
    addresses = [name for name in options.files if name.startswith(("http://", "https://"))]
    if options.list:
        return _migrate(addresses or options.files, options)
    if addresses and len(addresses) < len(options.files):
        raise CannotDo(
            "网址和文件请分两次导入",
            "Import addresses and files in two runs",
        )
    if addresses:
        from plugins.disclosure.importers.migration import import_addresses
        from workbench.fetching import bytes_at

        pages = {address: bytes_at(address, LARGEST_PAGE) for address in addresses}
        run = import_addresses(pages, options.into, settings, options.id)
    else:
        run = importers.import_files(
            [Path(name) for name in options.files], options.into, settings, options.id
        )
    if options.json:
        _write_json(options.json, importers.as_json(run))
    print(importers.as_text(run))
    return Exit.PROBLEMS if run.refused else Exit.WELL


def repost(options: Options) -> int:
    """Propose records of what sites above published."""
    from plugins.disclosure import importers
    from plugins.disclosure.importers.refusal import Refusal
    from plugins.disclosure.importers.reposts import Wanted, import_reposts
    from plugins.disclosure.importers.upstream import LARGEST_BYTES, read_upstream
    from workbench.fetching import bytes_at

    content, zone = _existing(options.into), options.zone
    at = options.at.replace(tzinfo=zone) if options.at else datetime.now(zone)
    sources = []
    for place in options.sources:
        try:
            sources.append((place, read_upstream(bytes_at(place, LARGEST_BYTES), place, zone)))
        except Refusal as reason:
            raise CannotDo(*(f"{place}：{told}" for told in reason.reason.split(" / ", 1))) from reason
    since = options.since.isoformat() if options.since else ""
    wanted = Wanted(at, options.origin, since, options.limit)
    done = import_reposts(sources, content, wanted, dict(options.set))
    if options.json:
        _write_json(options.json, importers.as_json(done.run))
    print(importers.as_text(done.run))
    print(
        f"写出 {len(done.run.outcomes)} 条待审查，已转载过 {done.known} 条，早于起始日 {done.older} 条，超出条数 {done.left} 条"
        f" / proposed: {len(done.run.outcomes)}, known: {done.known}, older: {done.older}, left: {done.left}"
    )
    return Exit.WELL


def forms(options: Options) -> int:
    """Write what makes an editor's own programs know the content."""
    content = _existing(options.content)
    from plugins.disclosure.editor_files import write_editor_files

    written, kept = write_editor_files(content, options.folder)
    if options.host:
        written += _write_form(options)
    print(f"已写好 {len(written)} 个文件 / files written: {len(written)}: {options.folder}")
    for name in kept:
        print(f"有人改过，保留不动 / changed by somebody, left as it is: {options.folder / name}")
    return Exit.WELL


def specimen(options: Options) -> int:
    """Show every component of the theme on one page."""
    from plugins.portal.build import check_content
    from plugins.portal.specimen import write_specimen
    from plugins.portal.views.desk import Desk

    catalog = check_content(_existing(options.content), options.today).catalog
    if catalog is None:
        raise CannotDo(
            "内容文件夹中的网站设置读不出来。请先运行 check，改好后再试。",
            "The settings of the site cannot be read. Run `check` first, mend what it says, and try again.",
        )
    page = write_specimen(ROOT / "theme", Desk(catalog).frame(), SPECIMEN)
    print(f"看部件样例 / see the components: {page}")
    return Exit.WELL


def review(options: Options) -> int:
    """Write what a branch would change, for whoever approves it."""
    content = _existing(options.content)
    from plugins.portal.review_pack import as_html, review_pack

    pack = review_pack(content.resolve(), options.base, options.today, options.profile)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_text(as_html(pack), encoding="utf-8", newline="\n")
    print(
        f"信息 {len(pack.records)} 条，新问题 {len(pack.new_problems)} 处，改好 {len(pack.mended_problems)} 处，"
        f"还有错误 {pack.errors} 处"
        f" / records {len(pack.records)}, new problems {len(pack.new_problems)}, mended {len(pack.mended_problems)}, "
        f"errors left {pack.errors}"
    )
    print(f"送审材料 / review pack: {options.to}")
    return Exit.PROBLEMS if pack.errors else Exit.WELL


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
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def test(options: Options) -> int:
    """Everything: style, types, and all tests, the browser's included."""
    from workbench import browser, html_checker

    browser.browser_executable(bring=True)
    html_checker.bring(ROOT)
    # All of them on every core; a few that were asked for in this one, where a debugger works.
    chosen = options.pytest or ["-n", "auto", "--dist", "worksteal"]
    steps = {
        "代码风格 style": ["-m", "ruff", "check", "."],
        "代码排版 format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "类型 types": ["-m", "mypy"],
        "测试 tests": ["-m", "pytest", *chosen],
    }
    failed = [name for name, command in steps.items() if not _step(name, command)]
    if failed:
        print(f"没有通过 / failed: {'、'.join(failed)}", file=sys.stderr)
        return Exit.PROBLEMS
    return Exit.WELL


# ---- how they are called ----


@dataclass(frozen=True, slots=True)
class Task:
    """One task, and how its --help explains it."""

    name: str
    run: Callable[[Options], int]
    options: tuple[Callable[[CommandLine], None], ...]
    help_zh: str
    help_en: str
    locks: tuple[Path, ...] = RUNTIME


TASKS = (
    Task(
        "site",
        site,
        (
            task_options.content,
            task_options.output,
            task_options.profile,
            task_options.today,
            task_options.workers,
        ),
        "核对内容、生成网站、巡检网站，并告诉您到哪里看",
        "validate the content, build the site, inspect it, and say where to look",
    ),
    Task(
        "serve",
        serve,
        (
            task_options.content,
            task_options.preview_output,
            task_options.profile,
            task_options.today,
            task_options.port,
        ),
        "在本机预览，内容一改就重新生成并刷新页面",
        "preview on this computer; every change is built and the page reloads",
    ),
    Task(
        "check",
        check,
        (
            task_options.content,
            task_options.profile,
            task_options.today,
            task_options.json_output,
            task_options.problem_format,
            task_options.fix,
            task_options.drafts,
        ),
        "只核对内容，列出全部问题；--fix 改正只是写法不对的地方",
        "only validate the content, and list every problem; --fix mends what is only written wrongly",
    ),
    Task(
        "build",
        build,
        (
            task_options.content,
            task_options.output,
            task_options.profile,
            task_options.today,
            task_options.workers,
            task_options.compact,
            task_options.why,
            task_options.preview,
            task_options.json_output,
        ),
        "核对内容并生成网站",
        "validate the content and build the site",
    ),
    Task(
        "inspect",
        inspect,
        (
            task_options.target,
            task_options.profile,
            task_options.today,
            task_options.report,
            task_options.json_file,
            lambda parser: add_visit_options(parser.options),
            task_options.browser,
            lambda parser: add_options(parser.options),
        ),
        "巡检一个网站：本机的文件夹，或任何公开的网址",
        "inspect a site: a folder on this computer, or any public address",
    ),
    Task(
        "fleet",
        fleet,
        (task_options.targets, task_options.today, lambda parser: add_fleet_options(parser.options)),
        "巡检一份清单上的全部网站，记入一本台账，排出位次；中断后再运行同一命令就接着做",
        "inspect all sites of a list into one ledger and rank them; the same command goes on after an interruption",
    ),
    Task(
        "explain",
        explain,
        (task_options.check_name, task_options.profile, task_options.today),
        "说明一个检查项：要求、依据、例子、现行参数、计入哪些评分标准",
        "explain a check: what it asks, its basis, examples, the limits in force, the rubrics that count it",
    ),
    Task(
        "ledger",
        ledger,
        (task_options.ledger, task_options.today, lambda parser: add_ledger_options(parser.options)),
        "看巡检台账：逾期的问题，整改台账导出和读回，按新标准重算",
        "ask the ledger of inspections: what is overdue; the rectification ledger out and back; scores anew",
    ),
    Task(
        "watch",
        watch,
        (task_options.target, task_options.save),
        "访问一次网站首页，把能否打开记入台账；每天访问 20 次以上，可判断“站点无法访问”",
        "open a site's start page once and note in the ledger whether it opened; run it 20 times a day or more",
    ),
    Task(
        "recheck",
        recheck,
        (task_options.ledger, task_options.finding, task_options.by, task_options.today),
        "重新检查台账里的一个问题，最多访问三个地址：没有了就销号，还在就留着",
        "look again at one finding of the ledger, at three addresses at most: close it, or keep it",
    ),
    Task(
        "deploy",
        deploy,
        (task_options.deploy_to, task_options.output),
        "把生成好的网站放到网页服务器的文件夹、别的主机（rsync）或 S3 存储：只放改动的，先页面后列表",
        "bring a built site to a web server's folder, to another host (rsync) or to S3: only what changed, pages first",
    ),
    Task(
        "search",
        search,
        (task_options.query, task_options.output, task_options.json_output),
        "从命令行检索生成好的网站，可以用检索式，例如 公租房 机构:霁川市民政局",
        "search a built site from the command line, with a query language, for example 公租房 organ:霁川市民政局",
    ),
    Task(
        "verify",
        verify,
        (task_options.target, task_options.public_key),
        "核对一个生成好的网站与它的文件清单（manifest.json）是否一致",
        "hold a built site against its own manifest.json: what was changed, is missing or does not belong there",
    ),
    Task(
        "new",
        new,
        (task_options.new_record, task_options.content, task_options.today),
        "写一份待填的新信息，各项都有说明和例子",
        "write a new record to fill in, with help and an example for each field",
    ),
    Task(
        "import",
        import_documents,
        (task_options.documents, task_options.json_file),
        "把公文（粘贴的文字、网页、Word、PDF）和表格变成内容文件，并写出核对报告",
        "turn documents (pasted text, web pages, Word, PDF) and tables into content files, with review reports",
    ),
    Task(
        "repost",
        repost,
        (task_options.upstream, task_options.json_file),
        "读取上级网站的订阅（Atom、RSS、JSON Feed）或本程序的数据，写出待审查的转载信息",
        "read feeds of sites above (Atom, RSS, JSON Feed) or data of a site like this, and propose records of reposts",
    ),
    Task(
        "forms",
        forms,
        (
            task_options.templates_folder,
            task_options.content,
            task_options.today,
            task_options.code_host,
        ),
        "写出带下拉选项的表格模板、各类信息的 JSON Schema 和 VS Code 设置",
        "write spreadsheets with drop-down lists, JSON Schemas of all kinds, and settings of VS Code",
    ),
    Task(
        "review",
        review,
        (task_options.review_pack, task_options.content, task_options.profile, task_options.today),
        "写出送审材料：与一个分支相比改了哪些信息、哪些问题新出现或改好、履职情况前后，可以打印签批",
        "write what changed since a branch, with new and mended problems and duties before and after, to print and sign",
    ),
    Task(
        "docs",
        docs,
        (),
        "按信息类别重新写出 docs/ 中的字段说明",
        "write anew the page of docs/ that explains every field",
    ),
    Task(
        "specimen",
        specimen,
        (task_options.content, task_options.today),
        "把网站外观的全部部件排在一页上，给改动外观的人看",
        "show every component of the theme on one page, for whoever works on it",
    ),
    Task(
        "bench",
        bench,
        (task_options.benchmark, task_options.json_output),
        "与其他工具并排测量，要取用对方，例如 bench build --records 1000",
        "measure side by side with others, which it fetches, for example bench build --records 1000",
        MEASURING,
    ),
    Task(
        "test",
        test,
        (task_options.pytest,),
        "运行全部测试，缺什么装什么",
        "run every test, bringing what they need",
        TESTING,
    ),
)

ENDINGS = both(
    "结束代码：0 正常；3 有问题或不合格项，已列出；4 无法进行；1 程序自身的毛病；2 命令打错",
    "exit codes: 0 well; 3 problems or failing findings, listed; 4 could not be carried out; "
    "1 a fault of the program; 2 a mistyped command",
)


def command_line() -> CommandLine:
    """The parser of the whole command."""
    parser = CommandLine(
        prog=COMMAND,
        description=both("政府信息公开网站的生成与巡检", "build and inspect a disclosure site"),
        epilog=ENDINGS,
    )
    tasks = parser.add_subparsers(title="任务 tasks", metavar="TASK", required=True, parser_class=CommandLine)
    for task in TASKS:
        explained = both(task.help_zh, task.help_en)
        one = tasks.add_parser(
            task.name, prog=f"{COMMAND} {task.name}", help=explained, description=explained, epilog=ENDINGS
        )
        for add in task.options:
            add(one)
        one.options.add_argument(
            "--debug",
            action="store_true",
            help=both("出毛病时显示详情", "show the details of a fault of the program"),
        )
        one.set_defaults(task=task)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Do one task; the answer is the exit code."""
    options = command_line().parse_args(arguments)
    if "today" in options and options.today is None:
        options.today = date.today()
    try:
        environment.enter(ROOT, _locks(options), [str(ROOT / "tasks.py"), *arguments])
        return int(options.task.run(options))
    except CannotDo as reason:
        print(reason, file=sys.stderr)
        return Exit.CANNOT
    except KeyboardInterrupt:
        print("\n已中断 / interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.WELL
    except Exception as reason:  # noqa: BLE001 - the last door: nobody should meet a traceback
        _note_fault(options.debug)
        told = _explained(reason)
        print(told or FAULT_OF_OURS, file=sys.stderr)
        return Exit.CANNOT if told else Exit.BUG


# ---- what the tasks share ----


def _locks(options: Options) -> tuple[Path, ...]:
    """What a task needs installed; a ledger in a database needs more than one in a file."""
    in_a_database = any(
        isinstance(getattr(options, name, None), str) for name in ("save", "ledger", "scheduler")
    )
    in_a_database |= any(_is_database(getattr(options, name, None)) for name in ("to", "serve"))
    if getattr(options, "browser", False):
        return TESTING
    return EXTRAS if in_a_database and options.task.locks == RUNTIME else options.task.locks


def _hand_over(options: Options) -> int:
    """Hand the records of a built site to another search engine."""
    from plugins.search import opensearch, postgres
    from plugins.search.documents import documents
    from plugins.search.searching import StaticIndex

    all_ = documents(StaticIndex(options.output / "search"))
    in_a_database = options.export == "postgres"
    if not options.to or _is_database(options.to) != in_a_database:
        place = "postgresql://…" if in_a_database else ".gongkai/opensearch"
        raise CannotDo(
            f"没有写交到哪里。例如：{COMMAND} search --export {options.export} --to {place}",
            f"There is no place to hand it to. For example: {COMMAND} search --export {options.export} --to {place}",
        )
    if in_a_database:
        try:
            count = postgres.load(options.to, all_)
        except postgres.NotReached as reason:
            raise CannotDo(
                "数据库连不上或者不让写入，里面的检索数据没有改动。请检查网址、用户和权限",
                "The database cannot be reached or written to; its records are as before. Check address, user and rights",
            ) from reason
        print(f"装进数据库 {count} 条 / records loaded: {count}")
        return Exit.WELL
    files = opensearch.write(Path(options.to), all_)
    print(f"写出 {len(files)} 个文件，用法见 {files[0]} / files written: {len(files)}")
    return Exit.WELL


def _answer_search_pages(database: str, port: int) -> int:
    """Answer search pages until the user ends it."""
    from plugins.search import answering, postgres

    try:
        server = answering.server(
            postgres.PostgresIndex(database).answer, port, lambda fault: print(fault, file=sys.stderr)
        )
    except OSError as reason:
        raise CannotDo(
            f"端口 {port} 已被占用。请换一个，例如 --port {port + 1}",
            f"Port {port} is taken. Name another, for example --port {port + 1}",
        ) from reason
    print(
        f"检索服务在 / answering at http://{answering.HOST}:{server.server_address[1]}/，按 Ctrl+C 结束 / to end"
    )
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return Exit.WELL
    return Exit.WELL


def _is_database(place: object) -> bool:
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))


def _build(options: Options) -> "BuildReport | None":
    """Build the site; None, with the problems printed, when the content does not allow it."""
    content = _existing(options.content)
    from plugins.disclosure.problem import as_json
    from plugins.disclosure.record import ContentChanged
    from plugins.portal.build import BuildRefused, build_site
    from plugins.portal.store import OutputNotOurs

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
            progress=progress.step,
            why=getattr(options, "why", None) or "",
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
            _print_json({"problems": as_json(refused.problems)})
        else:
            _print_problems(refused.problems)
            print("内容有错误，网站没有改动 / the content has errors; the site was left as it was")
        return None
    finally:
        progress.end()


def _print_why(why: "Why") -> None:
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


def _mend(content: Path, problems: "Sequence[Problem]", options: Options) -> bool:
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


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise CannotDo(
            f"没有“{folder}”这个文件夹。请用 --content 写明内容所在的文件夹，例如 --content content",
            f"There is no folder {str(folder)!r}. Name the folder with the content, for example --content content",
        )
    return folder


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _write_json(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _print_problems(problems: "Sequence[Problem]") -> None:
    from plugins.disclosure.problem import as_text

    if not problems:
        return
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    print(as_text(problems))
    print(f"错误 {errors} 处，提醒 {warnings} 处 / errors: {errors}, warnings: {warnings}")


def _print_report(report: "BuildReport", seconds: float) -> None:
    written, removed = len(report.written), len(report.removed)
    same = report.planned - written  # those not looked at again, and those rendered to the bytes there were
    print(f"信息 {report.records} 条 / records: {report.records}")
    print(
        f"页面和文件 {report.planned} 个，其中新写 {written}，未变 {same}，删除 {removed}"
        f" / files: {report.planned} (written {written}, unchanged {same}, removed {removed})"
    )
    print(f"用时 {seconds:.1f} 秒 / seconds: {seconds:.1f}")


def _inspect(
    target: str, options: Options, visit: "Visit | None" = None, earlier: "Earlier | None" = None
) -> "InspectionResult":
    from crawler_checks.inspection import inspect_site

    progress = Progress()
    try:
        with _browser(options) as render:
            return inspect_site(
                target,
                today=options.today,
                profile=options.profile,
                visit=visit,
                render=render,
                earlier=earlier,
                progress=lambda asked: progress.step("巡检 inspect", asked, 0, "个地址 addresses"),
            )
    finally:
        progress.end()


def _browser(options: Options) -> "AbstractContextManager[Render | None]":
    """What opens pages that are empty without scripts, where that was asked for."""
    if not getattr(options, "browser", False):
        return nullcontext()
    from workbench.rendering import rendering

    return rendering()


def _camera(options: Options) -> "AbstractContextManager[Draw | None]":
    """What makes pictures for the evidence, where a browser was asked for."""
    if not (options.evidence and getattr(options, "browser", False)):
        return nullcontext()
    from workbench.rendering import picturing

    return picturing()


def _print_findings(result: "InspectionResult") -> None:
    from crawler_checks.reports.text_report import reads_chinese_only, text_report

    print(text_report(result, in_english_too=not reads_chinese_only(os.environ)), end="")


def _write_reports(result: "InspectionResult", folder: Path) -> Path:
    """Write the reports into `folder`; the answer is the one for people."""
    from crawler_checks.reports.folder import write_reports

    return write_reports(result, folder)


def _print_owed(result: "InspectionResult", output: Path) -> None:
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


def _migrate(addresses: Sequence[str], options: Options) -> int:
    """Import every page of the list at an address; what was imported before is left alone."""
    from plugins.disclosure.importers.migration import migrate
    from plugins.disclosure.importers.refusal import Refusal
    from workbench.fetching import bytes_at

    if len(addresses) != 1 or not addresses[0].startswith(("http://", "https://")):
        raise CannotDo(
            "--list 请写一个列表页的网址，例如 import --list https://www.example.gov.cn/zcwj/ --into content",
            "--list wants the address of one list page: import --list https://www.example.gov.cn/zcwj/ --into content",
        )
    try:
        done = migrate(
            addresses[0],
            options.into,
            dict(options.set),
            lambda address: bytes_at(address, LARGEST_PAGE),
            options.limit,
            lambda line: print(line, flush=True),
        )
    except Refusal as reason:
        raise CannotDo(*reason.reason.split(" / ", 1)) from reason
    print(
        f"列表上有 {done.listed} 件：本次导入 {done.imported}，以前已处理 {done.known}，"
        f"不能导入 {done.refused}，没有取到 {done.unreached}"
        f" / listed {done.listed}: imported {done.imported}, known {done.known}, refused {done.refused}, "
        f"not reached {done.unreached}"
    )
    print(f"台账 / ledger: {done.ledger}")
    return Exit.PROBLEMS if done.refused or done.unreached else Exit.WELL


def _write_form(options: Options) -> list[str]:
    """The form for a code host, as files beside the spreadsheets."""
    from plugins.disclosure.editing import CodeHost, form_config
    from plugins.disclosure.editing.offered import offered_by
    from plugins.disclosure.kinds import load_kinds
    from plugins.disclosure.vocabulary import load_vocabularies
    from workbench import npm_packages
    from workbench.editing import write_form

    if not options.repository:
        raise CannotDo(
            "请用 --repository 写明内容所在的仓库，例如 --repository jichuan/xxgk",
            "Name the repository with the content, for example --repository jichuan/xxgk",
        )
    host = CodeHost(
        options.host,
        options.repository,
        options.branch or "main",
        options.content.name,
        options.app_id,
        options.host_address,
    )
    offered = offered_by(options.content, options.today)
    config = form_config(load_kinds(), load_vocabularies(), offered, host)
    files = write_form(options.folder / "editing", config, npm_packages.bring(ROOT, "decap-cms"))
    return [str(file) for file in files]


def _editor(options: Options) -> "Editor":
    """The form in the preview: made from the kinds, writing the working tree."""
    from plugins.disclosure.editing import Refused, WorkingTree, form_config
    from plugins.disclosure.editing.offered import offered_by
    from plugins.disclosure.kinds import load_kinds
    from plugins.disclosure.vocabulary import load_vocabularies
    from plugins.portal.build import check_content
    from workbench import npm_packages
    from workbench.editing import Editor

    kinds, vocabularies, content = load_kinds(), load_vocabularies(), options.content

    def judge() -> "Sequence[Problem]":
        return check_content(content, options.today, options.profile, preview=True).problems

    tree = WorkingTree(content, kinds, vocabularies, judge)

    def answer(request: Mapping[str, Any]) -> tuple[int, Any]:
        try:
            return 200, tree.answer(request)
        except Refused as reason:
            return reason.status, {"error": str(reason), "message": str(reason)}

    return Editor(
        lambda: form_config(kinds, vocabularies, offered_by(content, options.today)),
        answer,
        lambda: npm_packages.bring(ROOT, "decap-cms"),
    )


def _build_apart(options: Options) -> "Built":
    """Build in a process of its own, so that changed code and rules count and nothing is left over."""
    from workbench.preview import Built, notes_on_drafts

    command = [
        sys.executable,
        str(ROOT / "tasks.py"),
        "build",
        "--json",
        "--today",
        options.today.isoformat(),
        "--preview",
    ]
    command += ["--content", str(options.content), "--output", str(options.output)]
    command += ["--profile", options.profile] if options.profile else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    clock = time.strftime("%H:%M:%S")
    if done.returncode == Exit.WELL:
        report = json.loads(done.stdout)
        return Built(
            f"{clock} 已生成，新写 {report['written']} 个文件 / built, {report['written']} files written",
            found=[*report["problems"], *notes_on_drafts(options.content)],
        )
    if done.returncode == Exit.PROBLEMS:
        text = _errors_in(json.loads(done.stdout)["problems"])
        return Built(
            f"{text}\n{clock} 内容有错误，网站没有改动 / errors in the content; the site was left as it was",
            text,
        )
    text = "网站没能生成，原因见终端。\nThe site could not be built; the terminal says why."
    return Built(f"{clock} {text}", text)


def _errors_in(problems: "list[dict[str, Any]]") -> str:
    from plugins.disclosure.problem import Problem, as_text

    found = (Problem(**problem) for problem in problems)
    return as_text(problem for problem in found if problem.severity == "error")


def _step(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode == 0


def _note_fault(show: bool) -> None:
    details = traceback.format_exc()
    FAULT.parent.mkdir(exist_ok=True)
    FAULT.write_text(details, encoding="utf-8")
    if show:
        sys.stderr.write(details)


def _explained(reason: Exception) -> str | None:
    """What stood in the way, where it is no fault of the program: an exception that says so, or the system's refusal."""
    if hasattr(reason, "message_zh") and hasattr(reason, "message_en"):
        return both(reason.message_zh, reason.message_en)
    if not isinstance(reason, OSError):
        return None
    if reason.errno is None:  # ours, with a sentence in both languages; a library's would be a fault
        return str(reason) if type(reason) is FileNotFoundError else None
    what = f"{reason.filename}: {reason.strerror}" if reason.filename else str(reason.strerror)
    return both(
        f"没能完成，系统的回答是“{what}”。详情写在 {FAULT}",
        f"Not done; the system answered {what!r}. The details are in {FAULT}",
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
