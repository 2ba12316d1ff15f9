"""The file of receivers is read strictly, secrets come from the environment, and the files for daily use hold together."""

import configparser
import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import pytest
import yaml

from crawler_checks.delivery.receivers import FaultyReceivers, load_receivers
from crawler_checks.options import add_options

DAILY = Path(__file__).parents[3] / "docs" / "daily"
ENVIRONMENT = {
    "GONGKAI_MAIL_PASSWORD": "p", "GONGKAI_WECOM_URL": "https://robot.example/send?key=k",
    "GONGKAI_DINGTALK_URL": "https://robot.example/send?access_token=t", "GONGKAI_DINGTALK_SECRET": "s",
    "GONGKAI_HOOK_URL": "https://hook.example/",
}  # fmt: skip
MAIL = "mail: {host: h, port: 465, security: tls, from: a@b.cn, to: [c@d.cn], user: u, password_env: P}\n"
HOOK = "webhooks:\n  - {form: wecom, url_env: U}\n"


def test_the_example_is_a_file_of_receivers() -> None:
    receivers = load_receivers(DAILY / "receivers.yaml", ENVIRONMENT)

    assert receivers.mail is not None
    assert (receivers.mail.host, receivers.mail.password) == ("smtp.example.gov.cn", "p")
    assert [(one.form, one.host) for one in receivers.webhooks] == [
        ("wecom", "robot.example"), ("dingtalk", "robot.example"), ("plain", "hook.example"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        (MAIL, {}, "没有设置环境变量 P"),
        (MAIL.replace("465", "many"), {"P": "x"}, "port 写端口号"),
        (MAIL.replace("tls", "ssl3"), {"P": "x"}, "security 写 tls、starttls、none 之一"),
        (MAIL.replace("security: tls", "security: none"), {"P": "x"}, "有密码时不能不加密"),
        (MAIL.replace("c@d.cn", "someone"), {"P": "x"}, "写邮箱地址"),
        (MAIL.replace("c@d.cn", ""), {"P": "x"}, "写邮箱地址"),
        (MAIL.replace("host: h, ", ""), {"P": "x"}, "要有 from, host"),
        (HOOK, {"U": "http://robot.example/secret"}, "里要是 https:// 开头的网址"),
        (HOOK, {"U": "file:///etc/secret"}, "里要是 https:// 开头的网址"),
        (
            HOOK.replace("wecom", "smoke"),
            {"U": "https://robot.example/secret"},
            "form 写 plain、wecom、dingtalk 之一",
        ),
        ("", {}, "要有 mail 或 webhooks"),
        ("telegraph: {}\n", {}, "要有 mail 或 webhooks"),
        ("mail: [\n", {}, "读不懂"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line_and_no_secret(
    tmp_path: Path, text: str, environment: dict[str, str], said: str
) -> None:
    path = tmp_path / "receivers.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FaultyReceivers) as caught:
        load_receivers(path, environment)

    assert said in caught.value.message_zh
    assert re.match(r"receivers\.yaml 第 \d+ 行：", caught.value.message_zh)
    assert "secret" not in str(caught.value)


# ---- the files for daily use ----


def commands() -> list[tuple[str, str]]:
    """Every call of the inspector in the files, with the file's name."""
    found = [
        (path.name, call)
        for path in sorted(DAILY.iterdir())
        for call in re.findall(r"tasks\.py inspect ([^|>\n}]*)", path.read_text(encoding="utf-8"))
    ]
    assert len(found) == 5
    return found


@pytest.mark.parametrize(("name", "call"), commands())
def test_the_commands_of_the_daily_files_are_understood(name: str, call: str) -> None:
    parser = ArgumentParser(exit_on_error=False)
    parser.add_argument("target")
    parser.add_argument("--report", type=Path)
    add_options(parser.add_argument_group())

    options = parser.parse_args(shlex.split(call))

    assert options.target == "https://www.example.gov.cn/", name


@pytest.mark.parametrize("path", sorted(DAILY.glob("*.yml")), ids=lambda path: path.name)
def test_the_pipelines_are_yaml_and_let_failing_findings_pass(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert isinstance(yaml.safe_load(text), dict)
    assert "|| test $? -eq 3" in text


def test_the_units_of_systemd_are_whole() -> None:
    sections = {}
    for name in ("gongkai-inspect.service", "gongkai-inspect.timer"):
        unit = configparser.ConfigParser(interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string((DAILY / name).read_text(encoding="utf-8"))
        sections[name] = unit
    assert sections["gongkai-inspect.service"]["Service"]["SuccessExitStatus"] == "3"
    assert sections["gongkai-inspect.timer"]["Timer"]["OnCalendar"] == "*-*-* 06:20:00"


def test_the_crontab_has_one_line_that_runs_daily() -> None:
    lines = [
        line for line in (DAILY / "crontab").read_text(encoding="utf-8").splitlines() if line[:1].isdigit()
    ]

    [line] = lines
    assert line.split()[:5] == ["20", "6", "*", "*", "*"]
    assert "%" not in line  # cron would end the line there


def test_every_secret_of_the_example_is_handed_over_by_the_workflow() -> None:
    wanted = set(re.findall(r"_env: (\w+)", (DAILY / "receivers.yaml").read_text(encoding="utf-8")))
    workflow = (DAILY / "github-actions.yml").read_text(encoding="utf-8")

    assert wanted == set(re.findall(r"secrets\.(\w+)", workflow))
