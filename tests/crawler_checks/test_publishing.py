"""What inspections found in a period becomes a record that the portal's own check accepts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.follow_up import Missing
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected, Task
from crawler_checks.ledger_commands import ask_ledger
from plugins.disclosure.checking import check_content
from tasks import command_line

CONTENT = Path(__file__).parents[2] / "content"
SITE = "www.jichuan.example/"
TODAY = date(2026, 11, 20)
ORGANS = ("霁川市财政局", "霁川市水利局", "")
INDEX = "010000011/2026-19001"


def fault(number: int) -> Finding:
    return Finding("link_broken", Outcome.FAIL, f"/{number}.html", "/x", None, "断链", "broken", "依据")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Two quarters: the first organ mends two of three, the second none of three; three belong to nobody."""
    path = tmp_path / "ledger.db"
    with Ledger(path) as opened:
        for day, numbers in (
            (date(2026, 5, 6), range(9)),
            (date(2026, 8, 6), range(9)),
            (date(2026, 9, 6), (0, 1, 2, 5, 6, 7, 8)),
        ):
            found = tuple(fault(number) for number in numbers)
            run = opened.begin(f"https://{SITE}", day)
            opened.save(run, Inspected(SITE, day, "cn-2019", ("/",), 1, False, found, ()))
            tasks = {fault(number).fingerprint(SITE): Task(organ=ORGANS[number // 3]) for number in range(9)}
            opened.write(day, {key: task for key, task in tasks.items() if task.organ}, {})
    return path


def publish(ledger: Path, content: Path, period: str, *more: str) -> str:
    words = ["ledger", str(ledger), "--publish", str(content), "--period", period, "--site", SITE, *more]
    told, _ = ask_ledger(ledger, command_line().parse_args(words), TODAY)
    return told[0]


def test_the_record_of_a_period_is_one_the_portal_accepts(tmp_path: Path, ledger: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    said = ("--issuer", "office", "--reviewer", "政务公开科")
    before = {str(problem) for problem in check_content(content, TODAY).problems}

    publish(ledger, content, "2026Q2", *said, "--index-number", INDEX)
    publish(ledger, content, "2026Q3", *said, "--index-number", "010000011/2026-19002")

    text = (content / "assessment" / "xuncha-2026-q3.md").read_text(encoding="utf-8")
    assert "  霁川市水利局｜1｜｜66.7\n  霁川市财政局｜2｜｜0.0\n" in text
    assert "上一次: assessment/xuncha-2026-q2" in text
    result = check_content(content, TODAY)
    assert {str(problem) for problem in result.problems} - before == set()
    assert result.catalog is not None
    assert {"assessment/xuncha-2026-q2", "assessment/xuncha-2026-q3"} <= {
        record.key for record in result.catalog.records
    }


def test_what_only_the_office_knows_is_asked_for(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(Missing, match="--reviewer"):
        publish(ledger, tmp_path, "2026Q3", "--issuer", "office")


def test_without_organs_there_is_nothing_to_publish(tmp_path: Path, ledger: Path) -> None:
    with Ledger(ledger) as opened:
        opened.write(TODAY, {key: Task() for key in opened.tasks()}, {})

    with pytest.raises(Missing, match="责任单位"):
        publish(ledger, tmp_path, "2026Q3", "--issuer", "o", "--reviewer", "r", "--index-number", INDEX)


def test_what_people_wrote_stays_one_value(tmp_path: Path, ledger: Path) -> None:
    with Ledger(ledger) as opened:
        key = fault(0).fingerprint(SITE)
        opened.write(TODAY, {key: Task(organ="甲｜9｜优秀｜99\n标题: 假的\n---")}, {})

    publish(ledger, tmp_path, "2026Q3", "--issuer", "a\nb", "--reviewer", "r", "--index-number", INDEX)

    text = (tmp_path / "assessment" / "xuncha-2026-q3.md").read_text(encoding="utf-8")
    assert text.count("标题:") == 2
    assert "\n标题: 假的" not in text
    assert "  甲 9 优秀 99 标题: 假的 ---｜" in text
