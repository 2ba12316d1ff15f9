"""Open an address, or the archive of an earlier crawl: what its robots.txt allows, its certificate, and how to treat it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from crawler_checks.crawl.address import Scope, web_scope
from crawler_checks.crawl.answer import Answer, Request, Response, Source, Want, fetch_one
from crawler_checks.crawl.archive import Archive, Terms
from crawler_checks.crawl.certificate import Certificate
from crawler_checks.crawl.kept import KeptSource
from crawler_checks.crawl.limits import Limits, Manners, RobotsMode
from crawler_checks.crawl.live import CurlSource, reachable_for
from crawler_checks.crawl.opening import SCHEMES, CrawlEnded, Means, Opening, usual_manners
from crawler_checks.crawl.pace import Reachable
from crawler_checks.crawl.robots import Robots, read_robots
from crawler_checks.crawl.transfer import CRAWLER, look_at_certificate

ROBOTS = "/robots.txt"


def open_address(target: str, limits: Limits, means: Means) -> Opening:
    """Open an http(s) address. Raises ValueError, NotAnArchive, CrawlEnded."""
    manners = means.manners or usual_manners(target)
    archive = None
    if means.keep:
        archive = Archive(means.keep, Terms(target, manners.robots, len(manners.pauses)))
        if archive.is_ended or archive.terms.target != target:
            archive.close()
            raise CrawlEnded(archive.terms.target)
    return _at_host(target, limits, manners, archive, means)


def replay(archive: Archive, limits: Limits) -> Opening:
    """As it was then: the same manners, but nobody to be waited for."""
    terms = archive.terms
    usual = usual_manners(terms.target)
    pauses = (usual.pauses * terms.tries)[: terms.tries]
    manners = replace(usual, robots=RobotsMode(terms.robots), pauses=pauses)
    return _at_host(terms.target, limits, manners, archive, None)


def _at_host(
    target: str, limits: Limits, manners: Manners, archive: Archive | None, means: Means | None
) -> Opening:
    """Open an address; without `means` nothing is asked of it, all comes from the archive."""
    reads_robots = manners.robots is not RobotsMode.IGNORE
    for _ in range(limits.redirects):
        scope, start = web_scope(target)
        reachable = reachable_for(scope.host) if means else Reachable()
        certificate = _certificate(scope.origin, limits, reachable, archive, is_live=means is not None)
        verified = certificate is None or certificate.fault is None
        host = (
            partial(_host, scope.origin, limits, manners, reachable, means, verified=verified)
            if means
            else None
        )
        live = host() if host else None
        if live and archive and archive.was_begun:
            live.rest()
        source = _kept(scope.origin, archive, live)
        answer = fetch_one(source, Request(ROBOTS, Want.STYLE) if reads_robots else Request(start, Want.PAGE))
        twin = _twin(scope, answer)
        if twin is None:
            break
        target = twin + start
    robots = _robots(answer) if reads_robots else Robots()
    if live and robots.delay_seconds:
        live.slow_to(robots.delay_seconds)
    is_spared = manners.requests_a_second is not None or archive is not None
    once_more = None if is_spared else host
    return Opening(scope, start, source, manners, robots, certificate, reachable, archive, once_more)


def _host(
    origin: str, limits: Limits, manners: Manners, reachable: Reachable, means: Means, *, verified: bool
) -> CurlSource:
    return CurlSource(
        origin,
        limits,
        manners,
        reachable=reachable,
        verified=verified,
        time_of_day=means.time_of_day,
        wire=means.wire,
    )


def _kept(origin: str, archive: Archive | None, live: CurlSource | None) -> Source:
    if archive is None and live is not None:
        return live
    if archive is None:
        raise ValueError("a site comes from its host or from an archive")
    return KeptSource(origin, archive, live)


def _certificate(
    origin: str, limits: Limits, reachable: Reachable, archive: Archive | None, *, is_live: bool
) -> Certificate | None:
    known = archive.certificate(origin) if archive else None
    if known is not None or not is_live:
        return known
    seen = look_at_certificate(origin, limits, reachable)
    if archive and seen:
        archive.keep_certificate(origin, seen)
    return seen


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
