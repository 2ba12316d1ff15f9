"""The front door explains itself, ends with the codes that are promised, and never shows a traceback."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

import tasks
from workbench.outcome import CannotDo, Exit

ROOT = Path(tasks.__file__).parent
TODAY = "2026-11-22"
NAMES = [task.name for task in tasks.TASKS]
SMALL = ROOT / "tests" / "examples" / "_base"
"""An office with ten records."""


def run(*arguments: str, python: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Run the front door in a process of its own."""
    command = [sys.executable, *python, str(ROOT / "tasks.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def in_both_languages(text: str) -> bool:
    return bool(re.search(r"[一-龥]", text) and re.search(r"[A-Za-z]{3} [a-z]{2}", text))


def test_help_needs_no_package_and_names_every_task() -> None:
    answer = run("--help", python=("-S",))

    assert (answer.returncode, answer.stderr) == (0, "")
    assert [name for name in NAMES if not re.search(rf"(?m)^    {name} ", answer.stdout)] == []
    assert in_both_languages(answer.stdout)


@pytest.mark.parametrize("task", tasks.TASKS, ids=lambda task: task.name)
def test_every_task_explains_itself_and_each_of_its_options_in_both_languages(
    task: tasks.Task, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        tasks.main([task.name, "--help"])

    told = capsys.readouterr().out
    options = re.split(r"\n  (?=-)", told.partition("选项 options:")[2].partition("\n\n")[0])[1:]
    assert ended.value.code == 0
    assert f"\n{task.help_zh}\n{task.help_en}\n" in told
    assert len(options) > 1
    assert [option for option in options if not in_both_languages(option)] == []


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["biuld"], "“TASK”写作 'biuld'，可用的是：'site'", "invalid choice: 'biuld'"),
        ([], "还缺：TASK", "are required: TASK"),
        (
            ["build", "--contant", "x"],
            "看不懂：--contant x。是不是 --content？用法见 python3 tasks.py build --help",
            "arguments: --contant x (did you mean --content?). See python3 tasks.py build",
        ),
        (
            ["build", "--today", "2026-2-30"],
            "写作“2026-2-30”，请写成 2026-01-31 的样子",
            "write it like 2026-01-31",
        ),
        (["build", "--today", "2026-02-30"], "写作“2026-02-30”，请写成", "the date is '2026-02-30'"),
        (["build", "--workers", "two"], "写作 'two'，应当是整数", "invalid int value: 'two'"),
        (["build", "--output"], "“--output”后面要写一个值", "expected one argument"),
    ],
)
def test_a_mistyped_command_ends_with_2_and_says_what_is_wrong_in_both_languages(
    arguments: list[str], chinese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        tasks.main(arguments)

    said = capsys.readouterr().err
    assert ended.value.code == Exit.MISTYPED
    assert chinese in said.splitlines()[0]
    assert english in said.splitlines()[1]
    assert f"{tasks.COMMAND}" in said


def test_a_python_that_is_too_old_can_read_the_file_and_is_told_so() -> None:
    source = (ROOT / "tasks.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    pretend = "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path(sys.argv[1], run_name='__main__')"

    answer = subprocess.run(
        [sys.executable, "-c", pretend, str(ROOT / "tasks.py")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert answer.returncode == Exit.CANNOT
    assert "需要 Python 3.11 或更新的版本，这里是 3.9" in answer.stderr
    assert "needs Python 3.11 or newer, and this is 3.9" in answer.stderr


@pytest.fixture
def door(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Exception | type[KeyboardInterrupt]], int]:
    """The front door with one task, which ends in the given way."""
    monkeypatch.setattr(tasks, "FAULT", tmp_path / ".gongkai" / "last-fault.txt")
    monkeypatch.setattr(tasks.environment, "enter", lambda *_: None)

    def open_it(ending: Exception | type[KeyboardInterrupt], *arguments: str) -> int:
        def end(_: object) -> int:
            raise ending

        monkeypatch.setattr(tasks, "TASKS", (tasks.Task("end", end, (), "结束", "end it"),))
        return tasks.main(["end", *arguments])

    return open_it


def test_a_fault_of_the_program_ends_with_1_a_short_message_and_the_details_in_a_file(
    door: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = door(KeyError("published_on"))

    said = capsys.readouterr().err
    assert code == Exit.BUG
    assert said.startswith("这是程序自身的毛病，不是您的内容有误。")
    assert "This is a fault of the program, not of your content." in said
    assert "Traceback" not in said
    assert "KeyError: 'published_on'" in (tmp_path / ".gongkai" / "last-fault.txt").read_text(
        encoding="utf-8"
    )


def test_debug_shows_the_details(door: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    door(KeyError("published_on"), "--debug")

    assert "KeyError: 'published_on'" in capsys.readouterr().err


def test_what_cannot_be_done_ends_with_4_and_says_why(
    door: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(CannotDo("没有网络。", "No network.")) == Exit.CANNOT
    assert capsys.readouterr().err == "没有网络。\nNo network.\n"


def test_a_refusal_of_the_system_ends_with_4_in_the_systems_words(
    door: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(PermissionError(13, "Permission denied", "output/index.html")) == Exit.CANNOT
    assert "系统的回答是“output/index.html: Permission denied”" in capsys.readouterr().err


def test_a_librarys_own_error_is_a_fault_of_the_program_though_it_looks_like_the_systems(
    door: Callable[..., int],
) -> None:
    assert door(TemplateNotFound("search.html")) == Exit.BUG


def test_a_task_whose_output_nobody_reads_ends_quietly_with_its_own_code(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("不是站点信息", encoding="utf-8")
    for content, code in ((SMALL, 0), (tmp_path, 3)):
        ours, theirs = os.pipe()
        os.close(ours)
        ended = subprocess.run(
            [sys.executable, str(ROOT / "tasks.py"), "check", "--content", str(content)],
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            stdout=theirs, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        os.close(theirs)
        assert (ended.returncode, ended.stderr) == (code, "")


def test_ctrl_c_ends_without_a_traceback(
    door: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(KeyboardInterrupt) == Exit.INTERRUPTED
    assert capsys.readouterr().err == "\n已中断 / interrupted\n"


@pytest.mark.parametrize("name", ["check", "build"])
def test_a_content_folder_that_is_not_there_ends_with_4(name: str, tmp_path: Path) -> None:
    answer = run(name, "--content", str(tmp_path / "none"))

    assert answer.returncode == Exit.CANNOT
    assert f"没有“{tmp_path / 'none'}”这个文件夹" in answer.stderr
    assert f"There is no folder '{tmp_path / 'none'}'" in answer.stderr
    assert "python3 tasks.py start none --organ" in answer.stderr


def test_a_build_says_in_chinese_and_english_how_far_it_has_come(tmp_path: Path) -> None:
    answer = run("build", "--content", str(SMALL), "--output", str(tmp_path / "o"), "--today", TODAY)

    told = answer.stderr.splitlines()
    assert answer.returncode == Exit.WELL
    assert told
    assert [line for line in told if not re.fullmatch(r"生成 make \d+/\d+ 个文件 files", line)] == []


def test_a_new_record_is_written_to_be_filled_in(tmp_path: Path) -> None:
    answer = run("new", "policy", "--content", str(tmp_path), "--today", "2026-01-31")

    file = tmp_path / "policy" / "2026-0001.md"
    assert (answer.returncode, answer.stderr) == (Exit.WELL, "")
    assert str(file) in answer.stdout
    assert "发布日期: 2026-01-31\n" in file.read_text(encoding="utf-8")


def test_a_kind_that_is_not_there_ends_with_4_and_names_those_there_are(tmp_path: Path) -> None:
    answer = run("new", "polcy", "--content", str(tmp_path))

    assert answer.returncode == Exit.CANNOT
    assert answer.stderr.startswith("没有“polcy”这一类信息。是不是“policy”？")


def test_a_document_that_cannot_be_imported_ends_with_3_and_the_report_says_why(tmp_path: Path) -> None:
    report = tmp_path / "report" / "import.json"

    answer = run("import", str(tmp_path / "none.txt"), "--into", str(tmp_path), "--json", str(report))

    assert (answer.returncode, answer.stderr) == (Exit.PROBLEMS, "")
    assert json.loads(report.read_text(encoding="utf-8"))[0]["refused"] is not None


def test_a_name_with_a_star_means_the_files_though_the_command_line_left_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"霁川市民政局关于{name[0]}的通知\n\n现通知如下。\n", encoding="utf-8")
    report = tmp_path / "import.json"

    run("import", str(tmp_path / "*.txt"), "--into", str(tmp_path), "--json", str(report))

    sources = [one["source"] for one in json.loads(report.read_text(encoding="utf-8"))]
    assert [Path(source).name for source in sources] == ["a.txt", "b.txt"]


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("霁川市民政局关于甲的通知\n\n现通知如下。\n", encoding="utf-8")

    answer = run("import", str(document), "--into", str(tmp_path / "contnet" / "policy"))

    assert answer.returncode == Exit.CANNOT
    assert f"没有“{tmp_path / 'contnet'}”这个文件夹。内容在别处的，用 --into 写明" in answer.stderr
    assert not (tmp_path / "contnet").exists()


def test_a_site_that_was_not_built_is_told_with_how_to_build_it(tmp_path: Path) -> None:
    answer = run("deploy", str(tmp_path / "www"), "--output", str(tmp_path / "none"))

    assert answer.returncode == Exit.CANNOT
    assert f"没有“{tmp_path / 'none'}”这个文件夹。请写明生成好的网站在哪里" in answer.stderr


def test_a_setting_without_a_value_is_a_mistyped_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        tasks.main(["import", "a.txt", "--into", "content", "--set", "审查人"])

    assert ended.value.code == Exit.MISTYPED
    assert "请写成 审查人=办公室 的样子" in capsys.readouterr().err


@pytest.fixture
def broken_content(tmp_path: Path) -> Path:
    """A content folder with one date broken."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    file = sorted((content / "policy").glob("*.md"))[0]
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^发布日期: .*$", "发布日期: 2026年", text), encoding="utf-8")
    return content


def test_errors_in_the_content_end_with_3_and_leave_the_output_as_it_was(
    broken_content: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    given = ("--content", str(broken_content), "--output", str(output), "--today", TODAY)

    built, checked = run("build", *given), run("check", "--json", *given[:2], "--today", TODAY)

    assert (built.returncode, checked.returncode) == (Exit.PROBLEMS, Exit.PROBLEMS)
    assert "内容有错误，网站没有改动" in built.stdout
    assert "“发布日期”：写作“2026年”，缺少月和日" in built.stdout
    assert not output.exists()
    assert "field.bad-date" in [problem["code"] for problem in json.loads(checked.stdout)]


def test_a_build_says_in_json_what_it_did_and_the_second_time_that_nothing_changed(tmp_path: Path) -> None:
    given = (
        "build",
        "--json",
        "--content",
        str(SMALL),
        "--output",
        str(tmp_path / "output"),
        "--today",
        TODAY,
    )

    first, second = (run(*given) for _ in range(2))

    assert (first.returncode, second.returncode) == (Exit.WELL, Exit.WELL)
    assert "Traceback" not in first.stderr + second.stderr
    did, did_again = json.loads(first.stdout), json.loads(second.stdout)
    assert did["written"] == did["planned"] > 300
    assert (did_again["written"], did_again["unchanged"]) == (0, did["planned"])


def test_an_output_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    answer = run("build", "--content", str(SMALL), "--output", str(tmp_path), "--today", TODAY)

    assert answer.returncode == Exit.CANNOT
    assert "里有不是本程序生成的文件，未改动" in answer.stderr.splitlines()[-2]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["thesis.txt"]


def test_rules_that_are_not_there_end_with_4_and_name_those_there_are() -> None:
    answer = run("check", "--profile", "cn-1999")

    assert answer.returncode == Exit.CANNOT
    assert "没有规则集“cn-1999”" in answer.stderr
    assert "cn-2019" in answer.stderr


def test_site_does_the_whole_job_and_tells_what_the_site_says_of_itself(tmp_path: Path) -> None:
    output = tmp_path / "output"

    answer = run("site", "--content", str(SMALL), "--output", str(output), "--today", TODAY)

    said = answer.stdout
    assert answer.returncode == Exit.WELL, answer.stderr
    failing = re.search(r"不合格 (\d+) 项（[^）]+），无法判断", said)
    assert failing is not None
    assert re.search(rf"不合格的 {failing[1]} 项中，[1-9]\d* 项网站自己已在履职情况页列明", said)
    assert re.search(r"(?m)^履职情况（completeness.html）：缺 [1-9]\d* 项，逾期 \d+ 项", said)
    assert re.search(r"(?m)^信息 [1-9]\d+ 条 / records: [1-9]\d+$", said)
    assert re.search(r"(?m)^页面和文件 ([1-9]\d+) 个，其中新写 \1，未变 0，删除 0 / files: \1 ", said)
    assert re.search(r"(?m)^用时 \d+\.\d 秒 / seconds: \d+\.\d$", said)
    assert f"{output / 'index.html'}，或运行 / or run {tasks.COMMAND} serve" in said.splitlines()[-1]


def test_inspecting_a_faulty_site_lists_the_findings_ends_with_3_and_writes_the_reports(
    tmp_path: Path,
) -> None:
    site, into = tmp_path / "site", tmp_path / "reports"
    site.mkdir()
    page = "<!doctype html><html lang='zh-CN'><title>站</title><h1>站</h1><a href='gone.html'>去向不明的文件</a></html>"
    (site / "index.html").write_text(page, encoding="utf-8")
    told = tmp_path / "told.json"

    answer = run("inspect", str(site), "--today", TODAY, "--report", str(into), "--json", str(told))

    found = json.loads(told.read_text(encoding="utf-8"))
    assert answer.returncode == Exit.PROBLEMS, answer.stderr
    assert "gone.html" in answer.stdout
    assert ("link_broken", "fail") in [(one["check"], one["outcome"]) for one in found["findings"]]
    assert (found["today"], found["pages"]) == (TODAY, 1)
    assert sorted(path.name for path in into.iterdir()) == [
        "findings.csv",
        "findings.json",
        "findings.sarif",
        "findings.xlsx",
        "index.html",
        "junit.xml",
    ]


def test_the_ledger_lists_what_is_overdue_and_writes_the_spreadsheet(tmp_path: Path) -> None:
    site, kept, sheet = tmp_path / "site", tmp_path / "ledger.db", tmp_path / "sheet.xlsx"
    site.mkdir()
    page = "<!doctype html><html lang='zh-CN'><title>站</title><h1>站</h1><a href='gone.html'>去向不明的文件</a></html>"
    (site / "index.html").write_text(page, encoding="utf-8")

    saved = run("inspect", str(site), "--today", "2026-03-02", "--save", str(kept))
    asked = run("ledger", str(kept), "--today", "2026-06-01", "--out", str(sheet))

    assert saved.returncode == Exit.PROBLEMS, saved.stderr
    assert "台账：新发现" in saved.stdout
    assert asked.returncode == Exit.PROBLEMS, asked.stderr
    assert "gone.html" in asked.stdout
    assert sheet.read_bytes().startswith(b"PK")


def test_a_site_with_nothing_to_inspect_ends_with_4(tmp_path: Path) -> None:
    answer = run("inspect", str(tmp_path), "--today", TODAY)

    assert answer.returncode == Exit.CANNOT
    assert "没有可以巡检的页面" in answer.stderr


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """A content folder with one date that is only written wrongly."""
    shutil.copytree(SMALL, tmp_path / "content")
    file = sorted((tmp_path / "content" / "policy").glob("*.md"))[0]
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^(发布日期: [0-9]+)-([0-9]+)-", r"\1/\2/", text), encoding="utf-8")
    return file


def test_check_shows_what_it_would_mend_and_mends_nothing_unasked(careless: Path) -> None:
    before = careless.read_bytes()
    answer = run("check", "--content", str(careless.parents[1]), "--today", TODAY, "--fix")

    assert answer.returncode == Exit.PROBLEMS
    assert "改后 after:  发布日期: " in answer.stdout
    assert careless.read_bytes() == before


def test_check_mends_when_told_to_and_checks_again(careless: Path) -> None:
    given = ("--content", str(careless.parents[1]), "--today", TODAY)
    answer = run("check", *given, "--fix", "--yes", "--format", "json")

    assert "field.bad-date" not in [problem["code"] for problem in json.loads(answer.stdout)]
    assert "改后 after:  发布日期: " in answer.stderr
    assert "没有可以自动改正的写法" in run("check", *given, "--fix").stdout


def test_check_tells_code_hosts_where_the_problem_stands(careless: Path) -> None:
    given = ("check", "--content", str(careless.parents[1]), "--today", TODAY)
    sarif, github = run(*given, "--format", "sarif"), run(*given, "--format", "github")

    assert (sarif.returncode, github.returncode) == (Exit.PROBLEMS, Exit.PROBLEMS)
    assert json.loads(sarif.stdout)["version"] == "2.1.0"
    assert f"::error file=content/policy/{careless.name},line=" in github.stdout


def test_forms_are_written_for_editors(tmp_path: Path) -> None:
    answer = run("forms", str(tmp_path), "--content", str(SMALL))

    assert answer.returncode == Exit.WELL
    assert (tmp_path / "schemas" / "policy.schema.json").is_file()
    assert (tmp_path / "spreadsheets" / "policy.xlsx").is_file()
