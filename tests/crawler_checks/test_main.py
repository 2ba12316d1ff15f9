"""The command: its exit codes and the files it writes."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from crawler_checks import follow_up
from crawler_checks.__main__ import main
from crawler_checks.follow_up import Missing, inspected
from crawler_checks.ledger import store
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected
from crawler_checks.ledger_commands import ask_ledger
from crawler_checks.reports.result import InspectionResult
from tasks import command_line

SITES = Path(__file__).parent.parent / "sites"
Folder = Callable[[Mapping[str, str | bytes]], Path]


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--today", "2026-11-22"])


def test_a_clean_site_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SITES / "tidy" / "www") == 0
    assert "没有发现不合格" in capsys.readouterr().out


def test_a_site_with_faults_ends_with_3_and_the_reports_are_written(tmp_path: Path) -> None:
    report, data = tmp_path / "new" / "report", tmp_path / "result.json"
    assert run(SITES / "neglected" / "www", "--report", report, "--json", data, "--profile", "cn-2019") == 3
    assert (report / "index.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(data.read_text(encoding="utf-8")) == json.loads(
        (report / "findings.json").read_text(encoding="utf-8")
    )


def command(*arguments: object, stdout: int) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, whose output goes there."""
    words = [sys.executable, "-m", "crawler_checks", *map(str, arguments), "--today", "2026-11-22"]
    return subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


def test_what_is_written_is_written_though_nobody_reads_the_screen_any_more(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    data = tmp_path / "result.json"
    ended = command(SITES / "neglected" / "www", "--json", data, stdout=theirs)
    os.close(theirs)
    assert (ended.returncode, ended.stderr) == (3, "")
    assert json.loads(data.read_text(encoding="utf-8"))["findings"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full, which takes nothing")
@pytest.mark.parametrize("site", ["tidy", "neglected"])
def test_a_screen_that_takes_nothing_is_said_and_ends_with_4(site: str) -> None:
    with Path("/dev/full").open("w") as full:
        ended = command(SITES / site / "www", stdout=full.fileno())
    assert ended.returncode == 4
    assert "没能写入或读取" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_cannot_be_inspected_ends_with_4_and_says_why(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder({"x.txt": "x"})) == 4
    said = capsys.readouterr()
    assert "首页没有打开" in said.err
    assert "There is nothing to inspect" in said.err
    assert "Traceback" not in said.err


def test_a_mistyped_command_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--today", "22.11.2026", "x"])
    assert ended.value.code == 2
    assert "--today" in capsys.readouterr().err


def test_a_rubric_gives_a_score_and_its_worksheet_can_be_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, data = tmp_path / "sheet.yaml", tmp_path / "result.json"
    site = SITES / "neglected" / "www"

    run(site, "--rubric", "yueyang-2017-departments", "--worksheet", sheet)
    assert "填写表在" in capsys.readouterr().out
    text = sheet.read_text(encoding="utf-8")
    answered = text.replace('- id: "B14.1"\n    answer:', '- id: "B14.1"\n    answer: 是')
    sheet.write_text(answered, encoding="utf-8")
    run(site, "--rubric", "yueyang-2017-departments", "--answers", sheet, "--json", data)

    score = json.loads(data.read_text(encoding="utf-8"))["score"]
    assert (score["rubric"], score["deducted"]["person"]) == ("yueyang-2017-departments", 4)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rubric", "weekly"), "没有评分标准“weekly”"),
        (("--answers", "sheet.yaml"), "填写表要和评分标准一起用"),
        (("--rubric", "daily", "--answers", "no-such-sheet.yaml"), "no-such-sheet.yaml"),
    ],
)
def test_what_cannot_be_scored_ends_with_4_and_says_why(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SITES / "tidy" / "www", *arguments) == 4
    assert said in capsys.readouterr().err


def test_a_ledger_tells_what_is_new_and_knows_it_the_next_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, data = tmp_path / "ledger.db", tmp_path / "result.json"
    site = SITES / "neglected" / "www"

    main([str(site), "--today", "2026-11-22", "--save", str(ledger)])
    first = capsys.readouterr().out
    main([str(site), "--today", "2026-11-23", "--save", str(ledger), "--json", str(data)])
    second = capsys.readouterr().out

    assert re.search(r"台账：新发现 [1-9]\d*，再次出现 0，已整改 0，未整改 0", first)
    assert re.search(r"台账：新发现 0，再次出现 0，已整改 0，未整改 [1-9]\d*", second)
    found = json.loads(data.read_text(encoding="utf-8"))
    failing = [one for one in found["findings"] if one["outcome"] == "fail"]
    assert {(one["state"], one["first_seen"]) for one in failing} == {("known", "2026-11-22")}
    assert all(one["due"] > "2026-11-23" for one in failing)
    assert found["ledger"]["counts"]["known"] == len({one["fingerprint"] for one in failing})


def test_another_folder_of_the_same_name_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "portal").mkdir(parents=True)
        (tmp_path / name / "portal" / "index.html").write_text("<title>局</title>", encoding="utf-8")
    said = []
    for name in ("a", "a", "b"):
        run(tmp_path / name / "portal", "--save", tmp_path / "ledger.db")
        said.append(capsys.readouterr().out)

    told = f"上次巡检的是“{tmp_path / 'a' / 'portal'}”，这次是“{tmp_path / 'b' / 'portal'}”"
    assert [told in one for one in said] == [False, False, True]


def test_a_site_that_is_down_closes_nothing_in_the_ledger(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "ledger.db"
    site = folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"})
    assert main([str(site), "--today", "2026-11-22", "--save", str(ledger)]) == 3
    (site / "index.html").rename(site / "other.txt")
    assert main([str(site), "--today", "2026-11-23", "--save", str(ledger)]) == 4
    capsys.readouterr()

    options = command_line().parse_args(["ledger", str(ledger), "--rubric", "daily"])
    told, is_late = ask_ledger(ledger, options, date(2026, 11, 23))

    assert not is_late
    assert re.search(r"新发现 0，再次出现 0，已整改 0，未整改 0，今日无法判断 [1-9]", "\n".join(told))
    assert "2026-11-22 [daily]" in "\n".join(told)
    assert ask_ledger(ledger, options, date(2027, 3, 1))[1]  # by then all is overdue


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="没有台账"):
        ask_ledger(tmp_path / "none.db", Namespace(), date(2026, 11, 23))


def test_telling_needs_a_ledger_and_receivers_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receivers = tmp_path / "receivers.yaml"
    receivers.write_text("webhooks:\n  - {form: plain, url_env: GONGKAI_NOT_SET}\n", encoding="utf-8")

    assert run(SITES / "tidy" / "www", "--tell", receivers) == 4
    assert "要有台账才知道哪些是新的" in capsys.readouterr().err
    assert run(SITES / "tidy" / "www", "--tell", receivers, "--save", tmp_path / "ledger.db") == 4
    assert "没有设置环境变量 GONGKAI_NOT_SET" in capsys.readouterr().err


def test_who_is_told_hears_of_new_findings_once_and_of_a_dead_site_once(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    receivers = tmp_path / "receivers.yaml"
    receivers.write_text("webhooks:\n  - {form: plain, url_env: GONGKAI_HOOK}\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_HOOK", "https://hook.example/geheim")
    told: list[str] = []
    monkeypatch.setattr(follow_up, "deliver", lambda news, _: told.append(news.data["event"]) or ())
    site = folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"})
    rest = ["--save", str(tmp_path / "ledger.db"), "--tell", str(receivers)]

    assert [main([str(site), "--today", f"2026-11-{day}", *rest]) for day in (22, 23)] == [3, 3]
    (site / "index.html").rename(site / "other.txt")
    assert [main([str(site), "--today", f"2026-11-{day}", *rest]) for day in (24, 25)] == [4, 4]

    assert told == ["findings", "not_inspected"]
    said = capsys.readouterr()
    assert "geheim" not in said.out + said.err


def test_news_that_reaches_nobody_ends_with_4_and_the_reports_are_written(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    receivers, report = tmp_path / "receivers.yaml", tmp_path / "report"
    receivers.write_text("webhooks:\n  - {form: plain, url_env: GONGKAI_HOOK}\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_HOOK", "https://hook.example/geheim")
    monkeypatch.setattr(follow_up, "deliver", lambda *_: ("没有送达 hook.example",))
    site = folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"})

    code = run(site, "--save", tmp_path / "ledger.db", "--tell", receivers, "--report", report)

    assert code == 4
    assert "没有送达 hook.example" in capsys.readouterr().err
    assert (report / "index.html").is_file()


KILLED = """
import os, signal, sys
from crawler_checks.__main__ import main
calls, last = 0, int(sys.argv[1])
def count(frame, event, arg):
    global calls
    if event == "call" and "crawler_checks" in frame.f_code.co_filename:
        calls += 1
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.settrace(count)  # told of calls alone, as it asks for nothing further
main(sys.argv[2:])
sys.settrace(None)
print(calls, file=sys.stderr)
"""


@pytest.mark.long
def test_killed_anywhere_the_ledger_opens_again_and_the_next_inspection_is_as_if_nothing_had_been(
    folder: Folder, tmp_path: Path
) -> None:
    site = folder(
        {
            "index.html": "<a href='a.html'>第一页的内容</a><a href='b.html'>第二页的内容</a>",
            "a.html": "<p>本页介绍情况</p><a href='gone.html'>去向不明的文件</a>",
            "b.html": "<p>本页介绍别的情况</p>",
        }
    )

    def ended(last: int, ledger: Path) -> subprocess.CompletedProcess[str]:
        words = [
            str(site),
            "--today",
            "2026-11-22",
            "--save",
            str(ledger),
            "--report",
            str(tmp_path / "report"),
        ]
        command = [sys.executable, "-X", "utf8", "-c", KILLED, str(last), *words]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    whole = ended(0, tmp_path / "whole.db")
    calls = int(whole.stderr.split()[-1])
    with Ledger(tmp_path / "whole.db") as ledger:
        [name] = ledger.sites()
        expected = ledger.remembered(name)
    assert expected
    for share in (0.3, 0.6, 0.85, 0.97):
        path = tmp_path / f"{share}.db"
        assert ended(int(calls * share), path).returncode == -signal.SIGKILL

        with Ledger(path) as ledger:
            was_saved = bool(ledger.runs())
            assert ledger.interrupted == (() if was_saved else ((str(site), date(2026, 11, 22)),))
            assert ledger.remembered(name) == (expected if was_saved else {})
        assert main([str(site), "--today", "2026-11-22", "--save", str(path)]) == 3
        with Ledger(path) as ledger:
            assert set(ledger.remembered(name)) == set(expected)


def test_a_report_that_cannot_be_written_is_said_and_the_ledger_has_the_run(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"})
    (tmp_path / "file").write_text("in the way")
    ledger = tmp_path / "ledger.db"

    code = main(
        [str(site), "--today", "2026-11-22", "--save", str(ledger), "--report", str(tmp_path / "file" / "x")]
    )

    said = capsys.readouterr().err
    assert code == 4
    assert said.startswith("没能写入")
    assert "Traceback" not in said
    with Ledger(ledger) as opened:
        assert len(opened.runs()) == 1


def test_a_ledger_that_is_held_when_the_inspection_ends_costs_no_report(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"})
    ledger = tmp_path / "ledger.db"
    words = [str(site), "--today", "2026-11-22", "--save", str(ledger), "--report", str(tmp_path / "report")]
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.05)
    holders: list[sqlite3.Connection] = []

    def held(result: InspectionResult) -> Inspected:
        holders.append(sqlite3.connect(ledger, isolation_level=None))
        holders[0].execute("BEGIN IMMEDIATE")
        return inspected(result)

    monkeypatch.setattr(follow_up, "inspected", held)
    code = main(words)
    holders[0].close()

    said = capsys.readouterr()
    assert code == 4
    assert "正被另一个程序占用" in said.out
    assert "没有记入台账" in said.err
    assert (tmp_path / "report" / "index.html").is_file()
    monkeypatch.undo()
    assert main(words) == 3
    with Ledger(ledger) as opened:
        assert len(opened.runs()) == 1


def test_saved_runs_are_scored_anew_by_a_rubric_that_was_changed(folder: Folder, tmp_path: Path) -> None:
    ledger, rubric = tmp_path / "ledger.db", tmp_path / "own.yaml"
    run(folder({"index.html": "<a href='gone.html'>去向不明的文件</a>"}), "--save", ledger)

    def points(each: str) -> str:
        rubric.write_text(
            "id: own\nlabel: 自定标准\nlabel_en: Our own\nbase: 100\n"
            "documents: {d: {document: 考评办法, checked_on: 2026-01-05, evidence: text}}\n"
            "source: {of: d, clause: 全文}\n"
            "groups:\n  - id: g\n    label: 组\n    items:\n      - id: i\n        label: 项\n        lines:\n"
            f"          - {{id: l, label: 断链, judge: machine, each: {each}, checks: [link_broken]}}\n",
            encoding="utf-8",
        )
        options = command_line().parse_args(["ledger", str(ledger), "--rubric", str(rubric)])
        return ask_ledger(ledger, options, date(2026, 11, 22))[0][-1]

    assert points("2") == "2026-11-22 [own]：98（1）"
    assert points("7.25") == "2026-11-22 [own]：92.75（1）"
    assert points("2") == "2026-11-22 [own]：98（1）"
