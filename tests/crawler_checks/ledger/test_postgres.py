"""A ledger in PostgreSQL: one writer at a time, whole after a crash of either side, and no secret in any message."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import date, timedelta

import psycopg
import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger import store
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.store import LedgerRefused
from crawler_checks.ledger.values import Inspected

TODAY = date(2026, 3, 2)
SITE = "www.example.gov.cn/"
SECRET = "geheim-7f3a"


def fault(number: int) -> Finding:
    return Finding("link_broken", Outcome.FAIL, f"/{number}.html", "/x.html\0", None, "断链\0\ud800", "b", "")


def seen(*findings: Finding, today: date = TODAY, site: str = SITE) -> Inspected:
    return Inspected(site, today, "cn-2019", ("/", "/\0"), 2, False, findings, ())


def save(address: str, *findings: Finding, today: date = TODAY, site: str = SITE) -> None:
    with Ledger(address) as ledger:
        ledger.save(ledger.begin(f"https://{site}", today), seen(*findings, today=today, site=site))


def faults_of(address: str) -> int:
    with Ledger(address) as ledger:
        return len(ledger.remembered(SITE))


KILLED = """
import os, signal, sys
from datetime import date
from crawler_checks.ledger import ledger as module
from tests.crawler_checks.ledger.test_postgres import fault, seen
ledger = module.Ledger(sys.argv[1])
run = ledger.begin("https://www.example.gov.cn/", date(2026, 3, 3))
count, change = 0, ledger._store.change_many
def counted(sql, rows):
    global count
    count += 1
    change(sql, rows)
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
ledger._store.change_many = counted
ledger.save(run, seen(*(fault(n) for n in range(9)), today=date(2026, 3, 3)))
"""


@pytest.mark.parametrize("after", [1, 3, 4])
def test_killed_while_it_writes_nothing_of_the_run_is_there_and_the_ledger_says_so(
    database: str, after: int
) -> None:
    save(database, fault(1))

    ended = subprocess.run([sys.executable, "-c", KILLED, database, str(after)], check=False)

    assert ended.returncode == -signal.SIGKILL
    with Ledger(database) as ledger:
        assert ledger.interrupted == ((f"https://{SITE}", date(2026, 3, 3)),)
        assert len(ledger.remembered(SITE)) == 1
        assert ledger.runs() == [(1, SITE, TODAY)]


def test_a_server_that_breaks_off_leaves_the_ledger_as_it_was(database: str) -> None:
    save(database, fault(1))
    with Ledger(database) as ledger:
        run = ledger.begin(f"https://{SITE}", TODAY)
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )

        with pytest.raises(LedgerRefused, match="连接中断"):
            ledger.save(run, seen(fault(1), fault(2)))

    assert faults_of(database) == 1


def test_one_writer_waits_for_another_and_says_so_when_it_takes_too_long(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(database)
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 1)
    with psycopg.connect(database) as holder, Ledger(database) as ledger:
        holder.execute("LOCK TABLE gongkai_ledger.ledger_version IN SHARE ROW EXCLUSIVE MODE")

        with pytest.raises(LedgerRefused, match="正被另一个程序占用"):
            ledger.begin(f"https://{SITE}", TODAY)


def test_many_programs_make_and_write_one_ledger_at_the_same_time(database: str) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for day in range(3):
                save(database, fault(1), today=TODAY + timedelta(days=day), site=f"{number}.example/")
        except BaseException as reason:  # noqa: BLE001 told to the test
            failures.append(reason)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with Ledger(database) as ledger:
        assert len(ledger.runs()) == 15
        assert len({number for number, _, _ in ledger.runs()}) == 15
        assert {len(ledger.remembered(f"{number}.example/")) for number in range(5)} == {1}


def test_a_ledger_of_a_newer_version_is_refused(database: str) -> None:
    save(database)
    with psycopg.connect(database) as other:
        other.execute("UPDATE gongkai_ledger.ledger_version SET version = 99")

    with pytest.raises(LedgerRefused, match="由更新的版本写成"):
        Ledger(database)


def test_who_may_not_write_is_told_what_right_is_missing(postgres, database: str) -> None:  # type: ignore[no-untyped-def]
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("DROP ROLE IF EXISTS guest")
        other.execute("CREATE ROLE guest LOGIN")

    with pytest.raises(LedgerRefused, match="权限"):
        Ledger(postgres.address(user="guest"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"postgresql://xunjian:{SECRET}@127.0.0.1:1/ledger", "127.0.0.1/ledger"),
        (f"postgresql://xunjian:{SECRET}@127.0.0.1:99999999/ledger", "127.0.0.1/ledger"),
        (f"mysql://xunjian:{SECRET}@127.0.0.1/ledger", "postgresql://用户@主机"),
        (f"postgresql://xunjian:{SECRET}@[::1/ledger", "postgresql://用户@主机"),
    ],
)
def test_an_address_that_cannot_be_reached_is_said_without_its_secrets(address: str, said: str) -> None:
    with pytest.raises(LedgerRefused) as caught:
        Ledger(address)

    shown = f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"
    assert said in caught.value.message_zh
    assert SECRET not in shown
