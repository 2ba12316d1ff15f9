"""A fleet: every site once in the ledger, with the findings that one process has, whoever dies on the way."""

import gc
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler_checks.extract.link_maker import LinkMaker
from crawler_checks.extract.memory import Memory
from crawler_checks.extract.site import Site
from crawler_checks.fleet import Round, inspect_fleet, inspect_some, stop_fleet
from crawler_checks.fleet_report import is_whole, progress_line, round_report
from crawler_checks.inspection import inspect_site
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.reports.result import InspectionResult
from crawler_checks.targets import Target
from plugins.disclosure.cluster import SchedulerGone, dask_executor
from tests.crawler_checks.sites import TODAY, html, links, reply

MARK = '"as-it-is"'
Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


class Hosts:
    """So many small sites; `on_request` is told how many requests were answered."""

    def __init__(self, serve: Serve, number: int, on_request: Callable[[int], None] = lambda _: None) -> None:
        self.count = self.unchanged = 0
        self.lock = threading.Lock()
        self.on_request = on_request
        self.targets = tuple(Target(serve(self.behave) + "/", organ=f"单位{one}") for one in range(number))

    def behave(self, handler: BaseHTTPRequestHandler) -> None:
        with self.lock:
            self.count += 1
            count = self.count
        self.on_request(count)
        if handler.path in ("/", "/a.html", "/b.html") and handler.headers["If-None-Match"] == MARK:
            with self.lock:
                self.unchanged += 1
            reply(handler, "", 304, ETag=MARK)
        elif handler.path == "/":
            gone = f"/gone-{handler.headers['Host']}.html"
            reply(handler, html(links("/a.html", "/b.html", gone)), ETag=MARK)
        elif handler.path in ("/a.html", "/b.html"):
            reply(handler, html(f"<p>{handler.path}</p>" + links("/")), ETag=MARK)
        else:
            reply(handler, "none", 404)


def in_threads() -> Executor:
    return ThreadPoolExecutor(2)


def findings_of(target: Target) -> set[str]:
    result = inspect_site(target.site, today=TODAY)
    return {one.fingerprint(result.site) for one in result.findings}


def found_in(ledger: Path) -> dict[str, list[set[str]]]:
    """For each target, the findings of each of its runs."""
    found: dict[str, list[set[str]]] = {}
    with Ledger(ledger) as opened:
        for run, site, _ in opened.runs():
            name, findings, _ = opened.replay(run)
            found.setdefault(opened.target(site)[0], []).append({one.fingerprint(name) for one in findings})
    return found


def test_every_site_is_once_in_the_ledger_with_the_findings_it_has(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 6)
    round_ = Round("r", tmp_path / "ledger.db", TODAY, driver="d")
    told: list[str] = []
    states = inspect_fleet(
        hosts.targets, round_, in_threads, lambda states: told.append(progress_line(states))
    )
    assert is_whole(states.values())
    assert found_in(tmp_path / "ledger.db") == {one.site: [findings_of(one)] for one in hosts.targets}
    assert told[-1].startswith("共 6 个网站：")
    asked = hosts.count
    assert inspect_fleet(hosts.targets, round_, in_threads) == states
    assert hosts.count == asked, "what is done is not done again"
    lines = list(round_report(hosts.targets, states, tmp_path / "ledger.db", TODAY))
    assert len(lines) == 7
    assert "单位0" in "".join(lines)


def test_the_next_round_reads_only_what_has_changed_and_finds_the_same(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 3)
    ledger = tmp_path / "ledger.db"
    for name in ("first", "second"):
        round_ = Round(name, ledger, TODAY, driver="d", memory=tmp_path / "remembered")
        assert is_whole(inspect_fleet(hosts.targets, round_, in_threads).values())
    assert len(list((tmp_path / "remembered").iterdir())) == 3
    assert hosts.unchanged == 9, "the three pages of each site"
    assert found_in(ledger) == {one.site: [findings_of(one)] * 2 for one in hosts.targets}


@pytest.mark.long
def test_a_worker_that_is_killed_loses_nothing(serve: Serve, tmp_path: Path) -> None:
    pools: list[ProcessPoolExecutor] = []

    def in_processes() -> Executor:
        pools.append(ProcessPoolExecutor(3))
        return pools[-1]

    def kill_one(count: int) -> None:
        if count == 60:
            os.kill(next(iter(pools[0]._processes)), signal.SIGKILL)

    hosts = Hosts(serve, 60, kill_one)
    states = inspect_fleet(hosts.targets, Round("r", tmp_path / "ledger.db", TODAY, driver="d"), in_processes)
    assert is_whole(states.values())
    assert len(pools) > 1
    assert found_in(tmp_path / "ledger.db") == {one.site: [findings_of(one)] for one in hosts.targets}


def test_a_task_that_is_run_twice_changes_nothing(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 3)
    round_ = Round("r", tmp_path / "ledger.db", TODAY, driver="d")
    inspect_fleet(hosts.targets, round_, in_threads)
    before = found_in(tmp_path / "ledger.db")
    inspect_some(round_, [(target,) for target in hosts.targets])
    assert found_in(tmp_path / "ledger.db") == before


def test_a_round_that_was_stopped_begins_nothing_and_goes_on_later(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 3)
    round_ = Round("r", tmp_path / "ledger.db", TODAY, driver="d")
    Ledger(tmp_path / "ledger.db").close()
    stop_fleet(round_)
    inspect_some(round_, [(target,) for target in hosts.targets])
    assert hosts.count == 0
    assert is_whole(inspect_fleet(hosts.targets, round_, in_threads).values())


def test_a_site_that_cannot_be_inspected_is_told_and_holds_up_nobody(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 1)
    targets = (*hosts.targets, Target(str(tmp_path / "no-such-folder"), organ="某局"))
    states = inspect_fleet(targets, Round("r", tmp_path / "ledger.db", TODAY, driver="d"), in_threads)
    assert not is_whole(states.values())
    lines = list(round_report(targets, states, tmp_path / "ledger.db", TODAY))
    assert "某局" in lines[0]
    assert "没有" in lines[0]


def test_each_site_is_inspected_with_its_own_notes(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 2)
    notes = tmp_path / "notes.yaml"
    notes.write_text("依据: 责任表\n更新期限: {办事动态: 30}\n", "utf-8")
    targets = (replace(hosts.targets[0], notes=str(notes)), hosts.targets[1])
    inspect_fleet(targets, Round("r", tmp_path / "ledger.db", TODAY, driver="d"), in_threads)
    found = found_in(tmp_path / "ledger.db")
    assert found[targets[1].site] == [findings_of(targets[1])]
    [with_notes] = found[targets[0].site]
    assert with_notes > findings_of(targets[0])
    notes.write_text("期限: 30\n", "utf-8")
    states = inspect_fleet(targets, Round("s", tmp_path / "ledger.db", TODAY, driver="d"), in_threads)
    assert [states[target.site][0] for target in targets] == ["failed", "done"]


def test_every_site_is_told_whom_it_can_ask(serve: Serve, tmp_path: Path) -> None:
    agents: set[str] = set()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        agents.add(handler.headers["User-Agent"])
        reply(handler, html("<p>一页</p>"))

    round_ = Round("r", tmp_path / "ledger.db", TODAY, driver="d", contact="jiancha@jichuan.example")
    inspect_fleet((Target(serve(behave) + "/"),), round_, in_threads)
    assert agents
    assert [agent for agent in agents if "jiancha@jichuan.example" not in agent] == []


def test_sites_of_one_host_are_inspected_one_after_the_other(serve: Serve, tmp_path: Path) -> None:
    at_work: set[str] = set()
    most = 0
    lock = threading.Lock()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        nonlocal most
        part = handler.path.split("/")[1]
        with lock:
            at_work.add(part)
            most = max(most, len(at_work))
        reply(
            handler,
            html("<p>x</p>") if handler.path.endswith("/") else "none",
            200 if handler.path.endswith("/") else 404,
        )
        with lock:
            at_work.discard(part)

    origin = serve(behave)
    targets = [Target(f"{origin}/{part}/") for part in ("a", "b", "c")]
    assert len({target.host for target in targets}) == 1
    states = inspect_fleet(targets, Round("r", tmp_path / "ledger.db", TODAY, driver="d"), in_threads)
    assert is_whole(states.values())
    assert most == 1


@pytest.mark.long
def test_workers_of_a_cluster_do_the_same_and_the_loss_of_one_and_of_the_scheduler_loses_nothing(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    round_ = Round("r", tmp_path / "ledger.db", TODAY, lease_seconds=2, driver="d")
    with distributed.LocalCluster(
        n_workers=3,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address=None,
    ) as cluster:

        def kill_one(count: int) -> None:
            if count == 20:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        hosts = Hosts(serve, 60, kill_one)
        states = inspect_fleet(hosts.targets[:20], round_, dask_executor(cluster.scheduler_address))
        assert is_whole(states.values())
        gone = cluster.scheduler_address
    monkeypatch.setattr("plugins.disclosure.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(SchedulerGone):
        inspect_fleet(hosts.targets, round_, dask_executor(gone))
    assert is_whole(inspect_fleet(hosts.targets, round_, in_threads).values())
    assert found_in(tmp_path / "ledger.db") == {one.site: [findings_of(one)] for one in hosts.targets}


def test_what_was_read_of_a_site_does_not_stay_in_memory(serve: Serve, tmp_path: Path) -> None:
    hosts = Hosts(serve, 12)
    round_ = Round("r", tmp_path / "ledger.db", TODAY, driver="d", memory=tmp_path / "remembered")
    assert is_whole(inspect_fleet(hosts.targets, round_, in_threads).values())
    gc.collect()
    left = [
        type(one).__name__
        for one in gc.get_objects()
        if isinstance(one, InspectionResult | Site | LinkMaker | Memory)
    ]
    assert left == []
