"""A round over many small sites on this computer: what a site and a page cost, how evenly hosts are paced, and what a
province would take.

    python -m tests.benchmarks.inspect_fleet --sites 1000 --pages 10 [--rate 2] [--rounds 2]

Each site is a host of its own, at an address 127.x.y.z, all of them answered by one process that notes when it is
asked. With `--rate` hosts are paced, and the share of the agreed rate that each was asked at is told; without, they
are asked as fast as it goes. The second round remembers the first. What 15,000 sites a day take follows from what a
page and a request took, at 150 pages and 300 addresses a site.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

from crawler_checks.fleet import Round, inspect_some
from crawler_checks.ledger.leases import Leases
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.targets import Target
from tests.benchmarks.inspect_sites import TODAY

PORT = 18_477
SITES_A_DAY, PAGES_A_SITE, ADDRESSES_A_SITE, NIGHT_HOURS = 15_000, 150, 300, 8
PARAGRAPH = "<p>居民对供水、供热和燃气有意见的，可以在十五日内来信来电，本局在五个工作日内答复。</p>\n"
MENU = "".join(f'<li><a href="/p{number}.html">栏目{number}</a></li>\n' for number in range(8))


def main() -> None:
    options = _options()
    result = measure(options.sites, options.pages, options.rate, options.rounds)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


def measure(sites: int, pages: int, rate: float | None, rounds: int) -> dict[str, object]:
    """Rounds over so many sites, and what each took."""
    hosts = [f"127.{1 + one // 62_500}.{one // 250 % 250}.{1 + one % 250}" for one in range(sites)]
    here, there = Pipe()
    server = Process(target=_serve, args=(hosts, pages, there), daemon=True)
    server.start()
    here.recv()
    targets = [Target(f"http://{host}:{PORT}/", rate=str(rate) if rate else "") for host in hosts]
    try:
        with tempfile.TemporaryDirectory() as folder:
            measured = [_round(Path(folder), number, targets, here, rate) for number in range(rounds)]
    finally:
        server.terminate()
    return {
        "sites": sites,
        "pages_a_site": pages,
        "rounds": measured,
        "province": _province(measured, sites, pages),
    }


def _round(
    folder: Path, number: int, targets: Sequence[Target], server: Connection, rate: float | None
) -> dict[str, float]:
    round_ = Round(f"r{number}", folder / "ledger.db", TODAY, driver="bench", memory=folder / "remembered")
    Ledger(round_.ledger).close()
    before = (folder / "ledger.db").stat().st_size
    leases = Leases(round_.ledger, round_.name, time.time)
    leases.plan(target.site for target in targets)
    mib: list[int] = []
    began, cpu = time.monotonic(), time.process_time()
    for start in range(0, len(targets), 200):
        inspect_some(round_, [(target,) for target in targets[start : start + 200]])
        mib.append(_mib_now())
    wall, cpu = time.monotonic() - began, time.process_time() - cpu
    done = sum(state == "done" for state, _ in leases.states().values())
    leases.close()
    server.send("times")
    times: dict[str, list[float]] = server.recv()
    requests = sum(map(len, times.values()))
    found: dict[str, float] = {
        "sites_done": done,
        "wall_seconds": round(wall, 1),
        "cpu_seconds": round(cpu, 2),
        "requests": requests,
        "cpu_ms_a_request": round(1000 * cpu / requests, 2),
        "mib_after_first_200": mib[0],
        "mib_at_end": mib[-1],
        "ledger_bytes_a_site": round(((folder / "ledger.db").stat().st_size - before) / len(targets)),
        "memory_bytes_a_site": round(
            sum(one.stat().st_size for one in (folder / "remembered").iterdir()) / len(targets)
        ),
    }
    if rate:
        shares = sorted((len(one) - 1) / (one[-1] - one[0]) / rate for one in times.values() if len(one) > 1)
        found |= {
            "share_of_rate_mean": round(statistics.mean(shares), 4),
            "share_of_rate_least": round(shares[0], 4),
            "share_of_rate_most": round(shares[-1], 5),
        }
    return found


def _province(measured: Sequence[dict[str, float]], sites: int, pages: int) -> dict[str, float]:
    """What 15,000 sites of 150 pages take a day, from what a request took here."""
    asked = SITES_A_DAY * ADDRESSES_A_SITE
    found = {
        f"cpu_hours_day_{day}": round(asked * one["cpu_ms_a_request"] / 3.6e6, 2)
        for day, one in enumerate(measured[:2], 1)
    }
    return found | {
        "requests_a_second_over_a_night": round(asked / NIGHT_HOURS / 3600),
        "hosts_at_once_at_2_a_second": round(asked / NIGHT_HOURS / 3600 / 2),
        "remembered_gib": round(
            SITES_A_DAY * measured[0]["memory_bytes_a_site"] / (pages + 1) * PAGES_A_SITE / 2**30, 1
        ),
        "ledger_gib_a_year": round(SITES_A_DAY * measured[-1]["ledger_bytes_a_site"] * 365 / 2**30, 1),
    }


def _mib_now() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)


# ---- the hosts ----


def _serve(hosts: Sequence[str], pages: int, told: Connection) -> None:
    asyncio.run(_answer(hosts, pages, told))


async def _answer(hosts: Sequence[str], pages: int, told: Connection) -> None:
    times: dict[str, list[float]] = {}

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                times.setdefault(host, []).append(time.monotonic())
                writer.write(_reply(head, host, pages))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    await asyncio.start_server(talk, list(hosts), PORT, backlog=64)
    told.send("ready")
    loop = asyncio.get_running_loop()
    while True:
        await loop.run_in_executor(None, told.recv)
        told.send(dict(times))
        times.clear()


def _reply(head: bytes, host: str, pages: int) -> bytes:
    path = head.split(b" ", 2)[1].decode()
    tag = f'ETag: "{path}"\r\n'
    number = (
        0 if path == "/" else int(path[2:-5]) if path.startswith("/p") and path[2:-5].isdecimal() else pages
    )
    if number >= pages:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if b"If-None-Match:" in head:
        return f"HTTP/1.1 304 Not Modified\r\n{tag}\r\n".encode()
    body = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{host} {number}</title></head>\n<body>\n'
        f'<ul>\n{MENU}</ul>\n<h1>第 {number} 页</h1>\n{PARAGRAPH * 30}<p><a href="/p{number + 1}.html">下一页</a>'
        f'<a href="/p{number + 2}.html">再下一页</a></p>\n</body>\n</html>\n'
    ).encode()
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{tag}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sites", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rate", type=float, help="requests a second of each host")
    parser.add_argument("--rounds", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
