"""How grave a finding is, by when it is to be mended, and which runs are trusted: `terms.yaml`, or an office's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler_checks.faulty_file import Fault, FaultyFile, fault_at
from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml, yaml_lines

if TYPE_CHECKING:
    from plugins.disclosure.workdays import Calendar

SHIPPED = Path(__file__).parent / "terms.yaml"


class FaultyTerms(FaultyFile):
    """A file of terms that cannot be used."""


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave a finding is, and the 工作日 there are to mend it."""

    id: str
    label: str
    label_en: str
    workdays: int


@dataclass(frozen=True, slots=True)
class Guard:
    """What a run must have seen to be trusted; shares from 0 to 1."""

    fewest_pages: float
    of_the_last_runs: int
    most_unseen: float

    def reason(
        self, pages: int, addresses: int, unseen: int, earlier_pages: Sequence[int], was_cut: bool
    ) -> tuple[str, str] | None:
        """Why a run is partial, in Chinese and English; None when it is whole.

        `earlier_pages` are the numbers of pages read by the last runs that saw what they asked for.
        """
        if was_cut:
            return "没有看到整个网站", "the site was not seen whole"
        if addresses and unseen / addresses > self.most_unseen:
            return (
                f"{addresses} 个地址中有 {unseen} 个未能查看",
                f"{unseen} of {addresses} addresses were not seen",
            )
        from statistics import median  # few runs have earlier ones, and much comes with it

        usual = median(earlier_pages) if earlier_pages else 0
        if pages < self.fewest_pages * usual:
            return (
                f"只读到 {pages} 页，近几次通常有 {usual:g} 页",
                f"only {pages} pages were read, of {usual:g} that are usual",
            )
        return None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for mending. `is_estimated`: the holidays of a year it reaches into are not known."""

    on: date
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """Severities, which check is how grave, and the guard."""

    severities: Mapping[str, Severity]
    of_checks: Mapping[str, str]
    otherwise: str
    guard: Guard
    source: Source

    def severity(self, check: str) -> Severity:
        """How grave findings of a check are."""
        return self.severities[self.of_checks.get(check, self.otherwise)]

    def due(self, check: str, opened_on: date) -> Due:
        """By when a finding that was opened on a day is to be mended; the day after it is 工作日 1."""
        count = _calendar().explain(opened_on, self.severity(check).workdays, estimate=True)
        return Due(count.end, count.estimated)


def load_terms(path: Path = SHIPPED) -> Terms:
    """The terms of a file. Raises FaultyTerms with file and line."""
    try:
        data = read_yaml(path)
    except ValueError as fault:
        raise FaultyTerms(
            [Fault(path.name, 1, f"不是规范的 YAML（{fault}）。", f"not well-formed YAML ({fault}).")]
        ) from fault

    def refuse(zh: str, en: str, *place: str | int) -> FaultyTerms:
        return FaultyTerms([fault_at(path, yaml_lines(path), place, zh, en)])

    keys = {"severities", "otherwise", "checks", "guard", "source"}
    if not isinstance(data, dict) or set(data) != keys:
        raise refuse(
            f"要有且只有 {'、'.join(sorted(keys))}。", f"it has {', '.join(sorted(keys))} and nothing else."
        )
    severities = {}
    for id_, entry in _mapping(data["severities"]).items():
        if not _is_severity(entry):
            raise refuse(
                f"“{id_}”要写 label、label_en 和 workdays（1 到 250 的整数）。",
                f"{id_!r} has label, label_en and workdays (a whole number from 1 to 250).",
                "severities", id_,
            )  # fmt: skip
        severities[id_] = Severity(id_, entry["label"], entry["label_en"], entry["workdays"])
    of_checks = _mapping(data["checks"])
    known = None if path == SHIPPED else _names_of_checks()
    for check, severity in of_checks.items():
        if known is not None and check not in known:
            raise refuse(f"没有检查项“{check}”。", f"there is no check {check!r}.", "checks", check)
        if severity not in severities:
            raise refuse(f"没有等级“{severity}”。", f"there is no severity {severity!r}.", "checks", check)
    if data["otherwise"] not in severities:
        raise refuse(
            f"没有等级“{data['otherwise']}”。", f"there is no severity {data['otherwise']!r}.", "otherwise"
        )
    try:
        guard = Guard(**{key: _share(key, value) for key, value in _mapping(data["guard"]).items()})
        source = read_source(_mapping(data["source"]), "source")
    except (TypeError, ValueError) as fault:
        raise refuse(f"没有写全（{fault}）。", f"not whole ({fault}).", "guard") from fault
    return Terms(severities, of_checks, data["otherwise"], guard, source)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_severity(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"label", "label_en", "workdays"}
        and type(entry["workdays"]) is int
        and 1 <= entry["workdays"] <= 250
    )


def _share(key: str, value: Any) -> Any:
    whole = key == "of_the_last_runs"
    if type(value) not in ((int,) if whole else (int, float)) or not 0 <= value <= (100 if whole else 1):
        raise ValueError(f"{key}: {value}")
    return value


def _names_of_checks() -> set[str]:
    from crawler_checks.checks.registry import CHECKS  # much comes with them

    return {check.id for check in CHECKS}


@cache
def _calendar() -> Calendar:
    from plugins.disclosure.workdays import default_calendar

    return default_calendar()
