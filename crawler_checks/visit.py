"""How a live site is to be visited, as it was asked for on the command line."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from crawler_checks.crawl.archive import is_archive
from crawler_checks.crawl.limits import Manners, RobotsMode, read_window
from crawler_checks.crawl.opening import SCHEMES, usual_manners
from crawler_checks.refusal import Refusal

FASTEST = 50.0
CONTACT = re.compile(r"(?:https?://|mailto:)?[A-Za-z0-9._~%+/@:?=&#-]{3,200}")


class CannotVisit(Refusal, ValueError):
    """What was asked for makes no sense; says what to write."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh}\n{message_en}")
        self.message_zh, self.message_en = message_zh, message_en


@dataclass(frozen=True, slots=True)
class Visit:
    """Manners (None: by whether the target is this computer), the time of day where they name hours, the file in
    which to keep what comes (.warc.gz), whether links to other sites are asked for too, whether links are all that is
    asked about, the file in which to remember what was read, for the next time, and whether a second process may read
    pages aside (only where nothing else runs in this one)."""

    manners: Manners | None = None
    keep: Path | None = None
    time_of_day: Callable[[], time] | None = None
    outside: bool = False
    only_links: bool = False
    memory: Path | None = None
    aside: bool = False


def visit_of(options: Namespace, target: str, time_of_day: Callable[[], time]) -> Visit:
    """What was asked for. Raises CannotVisit."""
    only_links = options.checks == "links"
    if only_links and (options.save or options.rubric):
        raise CannotVisit(
            "--checks links 只看链接，不能记入台账或评分。请去掉 --save、--rubric，或去掉 --checks。",
            "--checks links looks at links only and can be neither saved nor scored. Leave out --save and --rubric, "
            "or --checks.",
        )
    if not target.lower().startswith(SCHEMES):
        asked = (options.keep, options.hours, options.rate is not None, options.robots, options.outside)
        if any((*asked, options.contact)):
            raise CannotVisit(
                "--keep、--hours、--rate、--robots、--outside、--contact 只用于网址，不用于文件夹或存档。",
                "--keep, --hours, --rate, --robots, --outside and --contact are for addresses, not for folders or "
                "archives.",
            )
        return Visit(only_links=only_links, memory=options.memory, aside=True)
    return Visit(
        _manners(options, target),
        _keep(options.keep),
        time_of_day,
        options.outside,
        only_links,
        options.memory,
        aside=True,
    )


def _manners(options: Namespace, target: str) -> Manners | None:
    if not (options.hours or options.rate is not None or options.robots or options.contact):
        return None
    try:
        manners = usual_manners(target)
    except ValueError:
        return None  # opening the target says what is wrong with it
    if options.contact:
        manners = replace(manners, contact=read_contact(options.contact))
    if options.robots:
        manners = replace(manners, robots=RobotsMode(options.robots))
    if options.rate is not None:
        manners = replace(manners, requests_a_second=_rate(options.rate))
    if options.hours:
        manners = _within(manners, options.hours)
    return manners


def read_contact(text: str) -> str:
    """How the inspected can reach us, as it stands in the user agent. Raises CannotVisit."""
    if not CONTACT.fullmatch(text):
        raise CannotVisit(
            f"--contact {text}：请写网址或邮箱，只用英文字母、数字和符号，例如 --contact jiancha@example.gov.cn。",
            f"--contact {text}: write a web or mail address in ASCII, for example --contact office@example.gov.cn.",
        )
    return text


def _rate(rate: float) -> float:
    if not 0 < rate <= FASTEST:
        raise CannotVisit(
            f"--rate {rate:g}：请写每秒请求的次数，大于 0，不超过 {FASTEST:g}，例如 --rate 2。",
            f"--rate {rate:g}: write requests a second, above 0 and up to {FASTEST:g}, for example --rate 2.",
        )
    return rate


def _within(manners: Manners, hours: str) -> Manners:
    try:
        return replace(manners, window=read_window(hours))
    except ValueError:
        raise CannotVisit(
            f"--hours {hours}：看不懂。请写成 22:00-06:00 的样子。",
            f"--hours {hours} cannot be read. Write it like 22:00-06:00.",
        ) from None


def _keep(path: Path | None) -> Path | None:
    if path is not None and not (is_archive(path.name) and path.name.endswith(".gz")):
        raise CannotVisit(
            f"--keep {path}：存档的文件名要以 .warc.gz 结尾，例如 抓取.warc.gz。",
            f"--keep {path}: the name of an archive ends in .warc.gz, for example crawl.warc.gz.",
        )
    return path
