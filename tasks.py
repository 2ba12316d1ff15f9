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

import os
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler_checks.options import add_fleet_options, add_ledger_options, add_options, add_visit_options
from workbench import clock, environment, inspection_options, task_options
from workbench.command_line import CommandLine, both
from workbench.outcome import CannotDo, Exit
from workbench.tasks import development as development_tasks
from workbench.tasks import inspection as inspection_tasks
from workbench.tasks import previewing as previewing_tasks
from workbench.tasks import searching as searching_tasks
from workbench.tasks import site as site_tasks
from workbench.tasks import writing as writing_tasks
from workbench.tasks.places import COMMAND, EXTRAS, FAULT, MEASURING, ROOT, RUNTIME, TESTING, Options
from workbench.tasks.searching import is_database

FAULT_OF_OURS = (
    f"这是程序自身的毛病，不是您的内容有误。详情写在 {FAULT}，请把它交给维护人员。\n"
    f"This is a fault of the program, not of your content. The details are in {FAULT}; "
    "please hand them to whoever maintains it."
)


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
        site_tasks.site,
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
        previewing_tasks.serve,
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
        site_tasks.check,
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
        site_tasks.build,
        (
            task_options.content,
            task_options.output,
            task_options.profile,
            task_options.today,
            task_options.workers,
            task_options.compact,
            task_options.why,
            task_options.preview,
            task_options.stay,
            task_options.scheduler,
            task_options.json_output,
        ),
        "核对内容并生成网站",
        "validate the content and build the site",
    ),
    Task(
        "inspect",
        inspection_tasks.inspect,
        (
            inspection_options.target,
            task_options.profile,
            task_options.today,
            inspection_options.report,
            task_options.json_file,
            lambda parser: add_visit_options(parser.options),
            lambda parser: add_options(parser.options),
        ),
        "巡检一个网站：本机的文件夹，或任何公开的网址",
        "inspect a site: a folder on this computer, or any public address",
    ),
    Task(
        "fleet",
        inspection_tasks.fleet,
        (inspection_options.targets, task_options.today, lambda parser: add_fleet_options(parser.options)),
        "巡检一份清单上的全部网站，记入一本台账，排出位次；中断后再运行同一命令就接着做",
        "inspect all sites of a list into one ledger and rank them; the same command goes on after an interruption",
    ),
    Task(
        "explain",
        inspection_tasks.explain,
        (inspection_options.check_name, task_options.profile, task_options.today),
        "说明一个检查项：要求、依据、例子、现行参数、计入哪些评分标准",
        "explain a check: what it asks, its basis, examples, the limits in force, the rubrics that count it",
    ),
    Task(
        "ledger",
        inspection_tasks.ledger,
        (inspection_options.ledger, task_options.today, lambda parser: add_ledger_options(parser.options)),
        "看巡检台账：逾期的问题，整改台账导出和读回，按新标准重算",
        "ask the ledger of inspections: what is overdue; the rectification ledger out and back; scores anew",
    ),
    Task(
        "watch",
        inspection_tasks.watch,
        (inspection_options.target, inspection_options.save),
        "访问一次网站首页，把能否打开记入台账；每天访问 20 次以上，可判断“站点无法访问”",
        "open a site's start page once and note in the ledger whether it opened; run it 20 times a day or more",
    ),
    Task(
        "recheck",
        inspection_tasks.recheck,
        (
            inspection_options.ledger,
            inspection_options.finding,
            inspection_options.by,
            inspection_options.notes,
            task_options.today,
        ),
        "重新检查台账里的一个问题，最多访问三个地址：没有了就销号，还在就留着",
        "look again at one finding of the ledger, at three addresses at most: close it, or keep it",
    ),
    Task(
        "deploy",
        site_tasks.deploy,
        (task_options.deploy_to, task_options.output),
        "把生成好的网站放到网页服务器的文件夹、别的主机（rsync）或 S3 存储：只放改动的，先页面后列表",
        "bring a built site to a web server's folder, to another host (rsync) or to S3: only what changed, pages first",
    ),
    Task(
        "search",
        searching_tasks.search,
        (task_options.query, task_options.output, task_options.json_output),
        "从命令行检索生成好的网站，可以用检索式，例如 公租房 机构:霁川市民政局",
        "search a built site from the command line, with a query language, for example 公租房 organ:霁川市民政局",
    ),
    Task(
        "verify",
        site_tasks.verify,
        (inspection_options.target, task_options.public_key),
        "核对一个生成好的网站与它的文件清单（manifest.json）是否一致",
        "hold a built site against its own manifest.json: what was changed, is missing or does not belong there",
    ),
    Task(
        "start",
        writing_tasks.start,
        (task_options.beginning,),
        "开始一个单位自己的内容：写出待填的 site.yaml 和机构名录，各项都有说明和例子",
        "begin an office's own content: site.yaml and the list of organs to fill in, each value explained",
    ),
    Task(
        "new",
        writing_tasks.new,
        (task_options.new_record, task_options.content, task_options.today),
        "写一份待填的新信息，各项都有说明和例子",
        "write a new record to fill in, with help and an example for each field",
    ),
    Task(
        "import",
        writing_tasks.import_documents,
        (task_options.documents, task_options.json_file),
        "把公文（粘贴的文字、网页、Word、PDF）和表格变成内容文件，并写出核对报告",
        "turn documents (pasted text, web pages, Word, PDF) and tables into content files, with review reports",
    ),
    Task(
        "repost",
        writing_tasks.repost,
        (task_options.upstream, task_options.json_file),
        "读取上级网站的订阅（Atom、RSS、JSON Feed）或本程序的数据，写出待审查的转载信息",
        "read feeds of sites above (Atom, RSS, JSON Feed) or data of a site like this, and propose records of reposts",
    ),
    Task(
        "forms",
        writing_tasks.forms,
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
        writing_tasks.review,
        (task_options.review_pack, task_options.content, task_options.profile, task_options.today),
        "写出送审材料：与一个分支相比改了哪些信息、哪些问题新出现或改好、履职情况前后，可以打印签批",
        "write what changed since a branch, with new and mended problems and duties before and after, to print and sign",
    ),
    Task(
        "docs",
        development_tasks.docs,
        (),
        "按信息类别重新写出 docs/ 中的字段说明",
        "write anew the page of docs/ that explains every field",
    ),
    Task(
        "specimen",
        development_tasks.specimen,
        (task_options.content, task_options.today),
        "把网站外观的全部部件排在一页上，给改动外观的人看",
        "show every component of the theme on one page, for whoever works on it",
    ),
    Task(
        "bench",
        development_tasks.bench,
        (task_options.benchmark, task_options.json_output),
        "与其他工具并排测量，要取用对方，例如 bench build --records 1000",
        "measure side by side with others, which it fetches, for example bench build --records 1000",
        MEASURING,
    ),
    Task(
        "test",
        development_tasks.test,
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
        options.today = clock.today()
    options.now = clock.now()
    options.clock = lambda: time.strftime("%H:%M:%S")
    code = int(Exit.WELL)
    try:
        environment.enter(ROOT, _locks(options), [str(ROOT / "tasks.py"), *arguments])
        code = int(options.task.run(options))
        sys.stdout.flush()
        return code
    except CannotDo as reason:
        print(reason, file=sys.stderr)
        return Exit.CANNOT
    except KeyboardInterrupt:
        print("\n已中断 / interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code
    except Exception as reason:  # noqa: BLE001 - the last door: nobody should meet a traceback
        _note_fault(options.debug)
        told = _explained(reason)
        print(told or FAULT_OF_OURS, file=sys.stderr)
        return Exit.CANNOT if told else Exit.BUG


def _locks(options: Options) -> tuple[Path, ...]:
    """What a task needs installed; a ledger in a database needs more than one in a file."""
    in_a_database = any(
        isinstance(getattr(options, name, None), str) for name in ("save", "ledger", "scheduler")
    )
    in_a_database |= any(is_database(getattr(options, name, None)) for name in ("to", "serve"))
    if getattr(options, "browser", False):
        return TESTING
    return EXTRAS if in_a_database and options.task.locks == RUNTIME else options.task.locks


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
