"""The ledger's file: whole after a crash at any moment, and in words when it cannot be written."""

import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger import store
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import State, Waiver
from crawler_checks.ledger.store import LedgerRefused
from crawler_checks.ledger.values import Inspected

TODAY = date(2026, 3, 2)
TARGET = "https://www.example.gov.cn/"


def fault(number: int) -> Finding:
    return Finding(
        "link_broken", Outcome.FAIL, f"/{number}.html", "/x.html", None, "断链\ud800", "broken", "依据"
    )


def seen(*findings: Finding, today: date = TODAY, pages: int = 10) -> Inspected:
    addresses = tuple(f"/{number}.html" for number in range(pages))
    return Inspected("www.example.gov.cn/", today, "cn-2019", addresses, pages, False, findings, ())


def saved(path: Path | str, *findings: Finding, today: date = TODAY) -> None:
    with Ledger(path) as ledger:
        ledger.save(ledger.begin(TARGET, today), seen(*findings, today=today))


def integrity(ledger: Ledger) -> str:
    [row] = ledger._store.rows("PRAGMA integrity_check")
    return str(row[0])


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected
ledger = Ledger(Path(sys.argv[1]))
run = ledger.begin("https://www.example.gov.cn/", date(2026, 3, 3))
found = tuple(Finding("link_broken", Outcome.FAIL, f"/{n}.html", "/y.html", None, "断链", "b", "") for n in range(200))
pages = tuple(f"/{n}.html" for n in range(200))
told = []
def kill(statement):
    told.append(statement)
    if len(told) == int(sys.argv[2]) or statement == "COMMIT":
        os.kill(os.getpid(), signal.SIGKILL)
ledger._store.connection.set_trace_callback(kill)
ledger.save(run, Inspected("www.example.gov.cn/", date(2026, 3, 3), "cn-2019", pages, 200, False, found, ()))
"""


@pytest.mark.parametrize("after_statements", [2, 5, 100, 300, 500, 100_000])
def test_killed_while_it_writes_the_ledger_is_as_it_was_and_says_what_happened(
    tmp_path: Path, after_statements: int
) -> None:
    path = tmp_path / "ledger.db"
    saved(path, fault(1))

    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(after_statements)], check=False)

    assert ended.returncode == -signal.SIGKILL
    with Ledger(path) as ledger:
        assert ledger.interrupted == ((TARGET, date(2026, 3, 3)),)
        [only] = ledger.remembered("www.example.gov.cn/").values()
        assert (only.finding, only.state) == (fault(1), State.NEW)
        assert ledger.runs() == [(1, "www.example.gov.cn/", TODAY)]
        assert integrity(ledger) == "ok"
    with Ledger(path) as ledger:
        assert ledger.interrupted == ()  # it is said once


def test_a_run_that_is_still_going_on_is_not_called_broken(place: Path | str) -> None:
    with Ledger(place) as ledger:
        ledger.begin(TARGET, TODAY)
        with Ledger(place) as other:
            assert other.interrupted == ()


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    saved(path, fault(1))
    with Ledger(path) as ledger:
        run = ledger.begin(TARGET, TODAY)
        [size] = ledger._store.rows("PRAGMA page_count")
        ledger._store.change(f"PRAGMA max_page_count = {size[0]}")

        with pytest.raises(LedgerRefused, match="磁盘已满"):
            ledger.save(run, seen(*(fault(number) for number in range(500))))

        assert len(ledger.remembered("www.example.gov.cn/")) == 1


FULL = """
import resource, sys
from datetime import date
from pathlib import Path
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.store import LedgerRefused
from tests.crawler_checks.ledger.test_store import TARGET, fault, seen
ledger = Ledger(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
day = date(2026, 3, 3)
try:
    ledger.save(ledger.begin(TARGET, day), seen(*(fault(n) for n in range(2000)), today=day, pages=2000))
except LedgerRefused as reason:
    print(reason.message_zh)
"""


@pytest.mark.parametrize("room", [0, 4096, 100_000, 300_000])
def test_a_disk_that_is_full_at_any_point_leaves_the_ledger_whole(tmp_path: Path, room: int) -> None:
    path = tmp_path / "ledger.db"
    saved(path, fault(1))

    command = [sys.executable, "-X", "utf8", "-c", FULL, str(path), str(room)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")

    assert "磁盘已满" in done.stdout
    with Ledger(path) as ledger:
        assert [one.finding for one in ledger.remembered("www.example.gov.cn/").values()] == [fault(1)]
        assert integrity(ledger) == "ok"
    saved(path, fault(1), fault(2), today=date(2026, 3, 3))  # there is room again


def test_a_ledger_in_use_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    saved(path)
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with Ledger(path) as ledger, pytest.raises(LedgerRefused, match="正被另一个程序占用"):
        ledger.begin(TARGET, TODAY)
    holder.close()


@pytest.mark.parametrize(
    "content", [b"not a database, but text that is long enough" * 40, b"SQLite format 3\0" + b"x" * 4000]
)
def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)

    with pytest.raises(LedgerRefused, match=r"ledger\.db"):
        Ledger(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE things (id)")
    other.close()

    with pytest.raises(LedgerRefused, match="别的程序的数据库"):
        Ledger(path)


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    saved(path)
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()

    with pytest.raises(LedgerRefused, match="由更新的版本写成"):
        Ledger(path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerRefused, match="打不开或不能写入"):
        Ledger(tmp_path / "none" / "ledger.db")


def test_an_older_day_cannot_follow_a_newer_one(place: Path | str) -> None:
    saved(place, fault(1))

    with pytest.raises(LedgerRefused, match="已有 2026-03-02 的巡检"):
        saved(place, today=date(2026, 3, 1))


def test_two_sites_in_one_ledger_do_not_touch_each_other(place: Path | str) -> None:
    saved(place, fault(1))
    other = Inspected("other.example/", TODAY, "cn-2019", ("/",), 1, False, (), ())
    with Ledger(place) as ledger:
        ledger.save(ledger.begin("https://other.example/", TODAY), other)

        assert ledger.sites() == ["other.example/", "www.example.gov.cn/"]
        assert ledger.day("other.example/", TODAY).findings == {}
        assert len(ledger.day("www.example.gov.cn/", TODAY).findings) == 1


def test_a_saved_run_is_replayed_finding_by_finding(place: Path | str) -> None:
    saved(place, fault(1), fault(2))

    with Ledger(place) as ledger:
        assert ledger.replay(1) == ("www.example.gov.cn/", (fault(1), fault(2)), False)
        with pytest.raises(LedgerRefused, match="没有第 9 次巡检"):
            ledger.replay(9)


def test_a_waiver_shows_at_once_and_until_it_is_taken_back(place: Path | str) -> None:
    saved(place, fault(1))
    key = fault(1).fingerprint("www.example.gov.cn/")

    with Ledger(place) as ledger:
        waiver = Waiver("等待升级", "何晓岚", date(2026, 4, 1), TODAY)
        ledger.write(TODAY, {}, {key: waiver})
        waived = ledger.day("www.example.gov.cn/", TODAY).findings[key].state
        ledger.write(TODAY, {}, {key: None})
        open_again = ledger.day("www.example.gov.cn/", TODAY).findings[key].state

    assert (waived, open_again) == (State.WAIVED, State.NEW)
