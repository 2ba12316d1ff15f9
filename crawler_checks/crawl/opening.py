"""Open a target, a folder or an address: where its site is, how to treat it, and what its robots.txt allows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler_checks.crawl.address import Scope, web_scope
from crawler_checks.crawl.answer import Answer, Request, Response, Source, Want, fetch_one
from crawler_checks.crawl.folder import FolderSource
from crawler_checks.crawl.limits import AT_HOME, POLITE, Limits, Manners
from crawler_checks.crawl.live import CRAWLER, CurlSource, leads_to_private
from crawler_checks.crawl.pace import is_loopback
from crawler_checks.crawl.robots import Robots, read_robots

SCHEMES = ("http://", "https://")
ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True)
class Opening:
    """A target ready to be walked. `start` is the address to begin with, from the root of its host."""

    scope: Scope
    start: str
    source: Source
    manners: Manners
    robots: Robots


def open_target(target: str, limits: Limits, manners: Manners | None) -> Opening:
    """Open a folder or an http(s) address; `manners` are chosen by whether it is this computer, unless given.

    A host that sends visitors on to its own twin (https for http, with or without www) is opened there.
    Raises NotADirectoryError when there is no such folder, ValueError when an address cannot be read.
    """
    if not target.lower().startswith(SCHEMES):
        return _folder(Path(target), limits, manners or AT_HOME)
    for _ in range(limits.redirects):
        scope, start = web_scope(target)
        kept = manners or (AT_HOME if is_loopback(scope.host) else POLITE)
        source = CurlSource(scope.origin, limits, kept, private_allowed=leads_to_private(scope.host))
        first = Request(ROBOTS, Want.STYLE) if kept.obey_robots else Request(start, Want.PAGE)
        answer = fetch_one(source, first)
        twin = _twin(scope, answer)
        if twin is None:
            break
        target = twin + start
    robots = _robots(answer) if kept.obey_robots else Robots()
    if robots.delay_seconds:
        source.slow_to(robots.delay_seconds)
    return Opening(scope, start, source, kept, robots)


def _folder(path: Path, limits: Limits, manners: Manners) -> Opening:
    if not path.is_dir():
        raise NotADirectoryError(str(path))
    return Opening(Scope(), "/", FolderSource(path, limits), manners, Robots())


def _twin(scope: Scope, answer: Answer) -> str | None:
    """The origin that a host sends on to, where that is the same host by another name or scheme."""
    if not isinstance(answer, Response) or not 300 <= answer.status < 400 or answer.location is None:
        return None
    if not answer.location.lower().startswith(SCHEMES):
        return None
    try:
        other, _ = web_scope(answer.location)
    except ValueError:
        return None
    is_own = bool(other.own_hosts & scope.own_hosts)
    return other.origin if is_own and other.origin != scope.origin else None


def _robots(answer: Answer) -> Robots:
    """The rules of a robots.txt; one that is not there or is no text rules nothing."""
    if not isinstance(answer, Response) or answer.status != 200 or "html" in answer.content_type:
        return Robots()
    return read_robots(answer.body, CRAWLER)
