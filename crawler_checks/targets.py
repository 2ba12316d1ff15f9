"""Lists of sites to inspect: a spreadsheet saved as CSV, or YAML. A line a site."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler_checks.crawl.limits import Manners, read_window
from crawler_checks.crawl.opening import SCHEMES, usual_manners
from crawler_checks.faulty_file import Fault, FaultyFile
from crawler_checks.identity import folder_name
from plugins.disclosure.yaml_data import read_yaml, yaml_lines

COLUMNS = {
    "网址": "site",
    "单位": "organ",
    "类别": "category",
    "规则集": "profile",
    "评分标准": "rubric",
    "时段": "hours",
    "速率": "rate",
    "站点说明": "notes",
}


class FaultyTargets(FaultyFile):
    """A list that cannot be used."""


@dataclass(frozen=True, slots=True)
class Target:
    """A site to inspect, whose it is, and by what rules. `notes` is the path of a file of notes on it."""

    site: str
    organ: str = ""
    category: str = ""
    profile: str = ""
    rubric: str = ""
    hours: str = ""
    rate: str = ""
    notes: str = ""

    @property
    def host(self) -> str:
        """Which host is asked; a folder is a host of its own."""
        return urlsplit(self.site).netloc.lower() if self.site.lower().startswith(SCHEMES) else self.site

    @property
    def folder(self) -> str:
        """What a ledger knows its folder by; nothing for an address."""
        return "" if self.site.lower().startswith(SCHEMES) else folder_name(self.site)

    def manners(self, contact: str = "") -> Manners | None:
        """How it is to be treated; None for the usual way. `contact` is whom it can ask about it. Raises ValueError."""
        if not self.site.lower().startswith(SCHEMES) or not (self.hours or self.rate or contact):
            return None
        manners = replace(usual_manners(self.site), contact=contact)
        if self.hours:
            manners = replace(manners, window=read_window(self.hours))
        if self.rate:
            manners = replace(manners, requests_a_second=_rate(self.rate))
        return manners


def read_targets(path: Path) -> tuple[Target, ...]:
    """The sites of a list. Raises FaultyTargets, FileNotFoundError."""
    rows = _yaml(path) if path.suffix.lower() in (".yaml", ".yml") else _csv(path)
    faults: list[Fault] = []
    targets: dict[str, Target] = {}
    for line, row in rows:
        unknown = sorted(set(row) - set(COLUMNS) - set(COLUMNS.values()))
        if unknown:
            faults.append(
                _fault(path, line, f"没有“{unknown[0]}”这一列", f"there is no column {unknown[0]!r}")
            )
            continue
        written = {COLUMNS.get(name, name): str(value or "").strip() for name, value in row.items()}
        target = Target(**{"site": ""} | written)
        if target.notes:
            target = replace(target, notes=str(path.parent / target.notes))
        fault = _wrong(path, line, target, targets)
        faults += fault
        if not fault:
            targets[target.site] = target
    if not rows:
        faults.append(_fault(path, 1, "一个网站也没有", "it names no site"))
    if faults:
        raise FaultyTargets(faults)
    return tuple(targets.values())


def _wrong(path: Path, line: int, target: Target, known: dict[str, Target]) -> list[Fault]:
    if not target.site:
        return [_fault(path, line, "“网址”没有填写", "“site” is empty")]
    if target.site in known:
        return [_fault(path, line, f"“{target.site}”已经写过", f"{target.site!r} stands there twice")]
    if target.folder and (same := [one.site for one in known.values() if one.folder == target.folder]):
        zh = (
            f"“{target.site}”和“{same[0]}”两个文件夹都叫“{target.folder}”，台账分不清是哪个网站。"
            "请把其中一个改名，例如改成网站的域名"
        )
        en = f"{target.site!r} and {same[0]!r} are folders of one name, which the ledger cannot tell apart; rename one"
        return [_fault(path, line, zh, en)]
    if target.notes and not Path(target.notes).is_file():
        zh = f"站点说明“{Path(target.notes).name}”不在清单旁边。请写以清单所在文件夹为起点的文件名"
        return [_fault(path, line, zh, f"there are no notes {target.notes!r}; name a file beside the list")]
    try:
        target.manners()
    except ValueError:
        zh = f"网址“{target.site}”、时段“{target.hours}”或速率“{target.rate}”看不懂，例如 22:00-06:00、0.5"
        en = f"site {target.site!r}, hours {target.hours!r} or rate {target.rate!r} cannot be read"
        return [_fault(path, line, zh, f"{en}, for example 22:00-06:00, 0.5")]
    return []


def _fault(path: Path, line: int, zh: str, en: str) -> Fault:
    return Fault(path.name, line, f"{zh}。", f"{en}.")


def _csv(path: Path) -> list[tuple[int, dict[str, Any]]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    read = []
    for row in rows:
        more = row.pop(None, None)  # cells beyond the headings
        line = rows.line_num - sum((value or "").count("\n") for value in row.values())
        if more and any(more):
            said = more[0]
            raise FaultyTargets(
                [
                    _fault(
                        path,
                        line,
                        f"“{said}”没有列名，请检查逗号和引号",
                        f"no heading is above {said!r}; check the commas",
                    )
                ]
            )
        if any(row.values()):
            read.append((line, {name.strip(): value for name, value in row.items()}))
    return read


def _yaml(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        data, lines = read_yaml(path), yaml_lines(path)
    except ValueError as fault:
        raise FaultyTargets(
            [_fault(path, 1, f"不是写得对的 YAML（{fault}）", f"no well-formed YAML ({fault})")]
        ) from None
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise FaultyTargets(
            [_fault(path, 1, "应当是一列网站，每项以 “- site:” 开头", "write a list, each with “- site:”")]
        )
    return [(lines[(number,)], row) for number, row in enumerate(data)]


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= 50:
        raise ValueError(text)
    return rate
