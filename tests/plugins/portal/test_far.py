"""A plan that other machines make: the same bytes as one process makes, whoever is lost on the way."""

import os
import signal
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date

import pytest

from plugins.disclosure.cluster import SchedulerGone, dask_executor
from plugins.portal import far
from plugins.portal.build import build_site
from plugins.portal.far import NotTheSame
from plugins.portal.settings import PARTS

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """So few files a part that every worker has several."""
    monkeypatch.setattr(far, "CHUNK", 8)
    monkeypatch.setattr(far, "_sites", {})


@pytest.fixture
def office(office):
    """One with a record that other records' pages name, and another organ's."""
    office.interpretation("解读第一件事", "霁政办发〔2025〕1号")
    return office


class Noted(Executor):
    """Workers in threads of this process; what they were asked for is noted."""

    def __init__(self, refuse: int = 0):
        self.asked: list[tuple[str, ...]] = []
        self.refuse = refuse
        self.threads = ThreadPoolExecutor(2)

    def submit(self, call, order, part):
        self.asked.append(tuple(address for address, _ in part))
        if len(self.asked) <= self.refuse:
            lost: Future = Future()
            lost.set_exception(RuntimeError("the worker is gone for good"))
            return lost
        return self.threads.submit(call, order, part)

    def shutdown(self, **_):
        self.threads.shutdown(wait=True)


def built(office, executor=None, parts=PARTS):
    """The office's site made by these workers, in a folder of its own."""
    output = office.output.parent / ("far" if executor else "near") / "output"
    new_executor = (lambda: executor) if executor else None
    done = build_site(office.content, output, TODAY, workers=1, parts=parts, new_executor=new_executor)
    return done, office.tree(output)


def test_others_make_the_same_bytes_and_an_organs_pages_are_one_part(office):
    workers = Noted()
    _, far_tree = built(office, workers)
    _, near_tree = built(office)

    assert far_tree == near_tree
    assert any({"policy/2025-0001.html", "policy/2025-0001.json"} <= set(part) for part in workers.asked)
    assert not any(
        {"policy/2025-0001.html", "interpretation/2026-0001.html"} <= set(part) for part in workers.asked
    )


def test_what_no_worker_brings_back_is_made_here(office):
    _, far_tree = built(office, Noted(refuse=3), frozenset(["pages"]))
    _, near_tree = built(office, parts=frozenset(["pages"]))

    assert far_tree == near_tree


def test_only_what_may_have_changed_is_asked_for_and_what_is_the_same_is_not_sent(office, monkeypatch):
    pages = frozenset(["pages"])
    built(office, Noted(), pages)
    office.policy(2, title="换了标题的通知")
    sent = []
    really = far.make
    monkeypatch.setattr(far, "make", lambda *asked: sent.extend(made := really(*asked)) or made)
    done, far_tree = built(office, Noted(), pages)

    rendered = {one.address for one in sent if one.content is not None}
    assert "policy/2025-0002.html" in rendered
    assert len(rendered) < len(sent) < done.planned
    assert far_tree["policy/2025-0002.html"].decode().count("换了标题的通知") > 1


def test_a_worker_with_other_content_stops_the_build(office, monkeypatch, tmp_path):
    monkeypatch.setattr(far, "make", _elsewhere)

    with pytest.raises(NotTheSame) as refused:
        built(office, Noted(), frozenset(["pages"]))
    assert "各台用同一份" in refused.value.message_zh


def _elsewhere(order, part):
    (order.content / "policy" / "2025-0009.md").write_text("只有这台机器有", encoding="utf-8")
    return far.__dict__["_site"](order) and []


def test_a_scheduler_that_does_not_answer_is_named(office, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("plugins.disclosure.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(SchedulerGone) as refused:
        build_site(
            office.content, office.output, TODAY, workers=1, new_executor=dask_executor("tcp://127.0.0.1:9")
        )

    assert "tcp://127.0.0.1:9" in refused.value.message_zh


@pytest.mark.long
def test_three_workers_of_a_cluster_of_which_one_is_killed_make_the_bytes_of_one_process(office):
    distributed = pytest.importorskip("distributed")
    for number in range(4, 30):
        office.policy(number)
    parts = frozenset(["pages", "feeds", "sitemap"])
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", worker_dashboard_address=None,
    ) as cluster:  # fmt: skip
        killed, brought = [], []

        class Killing(Executor):
            """Kills the worker that was the first to finish something, which it had not brought back yet."""

            def __init__(self):
                self.workers = dask_executor(cluster.scheduler_address)()

            def submit(self, call, *arguments):
                future = self.workers.submit(call, *arguments)
                future.add_done_callback(self._kill)
                return future

            def _kill(self, future):
                brought.append(future.exception() is None)
                if not killed:
                    killed.append(next(iter(cluster.workers.values())).pid)
                    os.kill(killed[0], signal.SIGKILL)

            def shutdown(self, **_):
                self.workers.shutdown(wait=True)

        _, far_tree = built(office, Killing(), parts)
    _, near_tree = built(office, parts=parts)

    assert len(killed) == 1
    assert len(brought) > 10
    assert all(brought)
    assert far_tree == near_tree
