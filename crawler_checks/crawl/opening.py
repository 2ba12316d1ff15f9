"""Open a target, a folder, an address or the archive of a crawl: where its site is, how to treat it, what its
robots.txt allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from crawler_checks.crawl.address import Scope, web_scope
from crawler_checks.crawl.answer import Source
from crawler_checks.crawl.archive import Archive, is_archive
from crawler_checks.crawl.certificate import Certificate
from crawler_checks.crawl.folder import FolderSource
from crawler_checks.crawl.limits import AT_HOME, POLITE, Limits, Manners, RobotsMode
from crawler_checks.crawl.pace import Reachable, is_loopback
from crawler_checks.crawl.robots import Robots

SCHEMES = ("http://", "https://")


class CrawlEnded(ValueError):
    """The file in which a crawl was to be kept already holds one that came to its end, or one of another target."""


if TYPE_CHECKING:
    from crawler_checks.crawl.live import Wire


@dataclass(frozen=True, slots=True)
class Means:
    """What a crawl may use besides its limits: manners (None: by whether the target is this computer), the time of
    day for manners that name hours, a file to keep what comes in, a wire shared with other crawls."""

    manners: Manners | None = None
    time_of_day: Callable[[], time] | None = None
    keep: Path | None = None
    wire: Wire | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A target ready to be walked. `start` is the address to begin with, from the root of its host. `once_more` gives
    the same source for another process; None where there may be but one."""

    scope: Scope
    start: str
    source: Source
    manners: Manners
    robots: Robots = field(default_factory=Robots)
    certificate: Certificate | None = None
    reachable: Reachable = field(default_factory=Reachable)
    archive: Archive | None = None
    once_more: Callable[[], Source] | None = None

    @property
    def is_obedient(self) -> bool:
        """Whether what robots.txt forbids is left out."""
        return self.manners.robots is RobotsMode.OBEY


def open_target(target: str, limits: Limits, means: Means) -> Opening:
    """Open a folder, an http(s) address, or the archive of an earlier crawl (.warc.gz).

    A host that sends visitors on to its own twin (https for http, with or without www) is opened there.
    Raises NotADirectoryError when there is no such folder, ValueError when an address cannot be read,
    NotAnArchive, CrawlEnded.
    """
    if target.lower().startswith(SCHEMES):
        from crawler_checks.crawl.hosts import open_address  # for a folder none of that is needed

        return open_address(target, limits, means)
    if is_archive(target) and Path(target).is_file():
        from crawler_checks.crawl.hosts import replay

        return replay(Archive(Path(target)), limits)
    if not Path(target).is_dir():
        raise NotADirectoryError(target)
    folder = FolderSource(Path(target), limits)
    return Opening(Scope(), "/", folder, means.manners or AT_HOME, once_more=lambda: folder)


def usual_manners(target: str) -> Manners:
    """How an address is treated unless told otherwise: as a guest, or as this computer."""
    return AT_HOME if is_loopback(web_scope(target)[0].host) else POLITE
