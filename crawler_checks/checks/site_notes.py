"""What an office knows of a site and no crawler can see: where its sections are, and how often its own are renewed.

A file of notes (站点说明) in YAML, with Chinese or English names:

    依据: 霁川市政府网站栏目维护责任表（2026年）
    栏目:
      政府信息公开年报: /zwgk/ndbg/
    更新期限:
      办事动态: 30
      其他栏目: 365
    打开时间: 3
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never
from urllib.parse import urlsplit

from crawler_checks.extract.names import plain_name
from crawler_checks.faulty_file import Fault, FaultyFile, fault_at
from plugins.disclosure.profile import MaxAge, Profile
from plugins.disclosure.source import Source
from plugins.disclosure.yaml_data import Place, read_yaml, yaml_lines

if TYPE_CHECKING:
    from crawler_checks.extract.sections import FoundSection

KEYS = {"依据": "basis", "栏目": "sections", "更新期限": "days", "打开时间": "page_seconds"}
OTHERS = ("其他栏目", "others")
LONGEST_DAYS, LONGEST_SECONDS = 3660, 600


class FaultyNotes(FaultyFile):
    """Notes that cannot be used."""


@dataclass(frozen=True, slots=True)
class SiteNotes:
    """`sections` are addresses by the section's id: from the root of the host, or whole ones of another site.

    `days` are the most days between two pieces of news, by the plain name of a column that the profile sets no period
    for, and `other_days` those of all such columns besides. They come from `basis`. A page that takes longer to open
    than `page_seconds` is slow.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    other_days: int | None = None
    basis: Source | None = None
    page_seconds: float | None = None

    def in_force(self, profile: Profile) -> Profile:
        """The profile with the periods that the notes set for its sections."""
        if self.basis is None:
            return profile
        sections = tuple(
            replace(section, freshness=MaxAge(days), freshness_source=self.basis)
            if (days := self.days.get(plain_name(section.label)))
            else section
            for section in profile.sections
        )
        return replace(profile, sections=sections)

    def with_periods(self, columns: Iterable[FoundSection]) -> Iterator[FoundSection]:
        """Columns that are none of the profile's, each with the period set for it: by its name, or, where it lists
        something, for all others."""
        for found in columns:
            others = self.other_days if found.entries else None
            days = self.days.get(plain_name(found.section.label), others)
            rule, source = (MaxAge(days), self.basis) if days else (None, None)
            yield replace(found, section=replace(found.section, freshness=rule, freshness_source=source))


NO_NOTES = SiteNotes()


def read_notes(path: Path, profile: Profile, today: date) -> SiteNotes:
    """The notes of a file, of which who inspects vouches today. Raises FaultyNotes, OSError."""
    try:
        data = read_yaml(path)
        lines = yaml_lines(path)
    except ValueError as fault:
        raise FaultyNotes(
            [Fault(path.name, 1, f"不是写得对的 YAML（{fault}）。", f"no well-formed YAML ({fault}).")]
        ) from None
    return _Reader(path, lines, profile, today).read(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    lines: Mapping[Place, int]
    profile: Profile
    today: date

    def read(self, data: Any) -> SiteNotes:
        if not isinstance(data, dict):
            self._fault((), "应当写成“栏目：……”“更新期限：……”的样子。", "write keys and values.")
        written = {KEYS.get(str(key), str(key)): (key, value) for key, value in data.items()}
        for name, (key, _) in written.items():
            if name not in KEYS.values():
                self._fault(
                    (key,),
                    f"没有“{key}”这一项；有{'、'.join(KEYS)}。",
                    f"there is no {key!r}; there are {', '.join(KEYS.values())}.",
                )
        sections = dict(self._sections(*written.get("sections", ("", {}))))
        days = dict(self._days(*written.get("days", ("", {}))))
        basis = str(written.get("basis", ("", ""))[1] or "").strip()
        if days and not basis:
            self._fault(
                (written["days"][0],),
                "写了更新期限，还要在“依据”里写明期限出自哪份文件，例如 依据: 市政府网站栏目维护责任表。",
                "periods need a basis: name the document that sets them.",
            )
        others = [days.pop(name) for name in map(plain_name, OTHERS) if name in days]
        return SiteNotes(
            sections,
            days,
            others[0] if others else None,
            Source(basis, "", self.today, "text") if basis else None,
            self._seconds(*written.get("page_seconds", ("", None))),
        )

    def _sections(self, key: str, value: Any) -> Iterator[tuple[str, str]]:
        for name, address in self._mapping(key, value):
            place = (key, name)
            parts = urlsplit(str(address))
            is_whole = parts.scheme in ("http", "https") and bool(parts.netloc)
            if not is_whole and not (str(address).startswith("/") and not parts.netloc):
                self._fault(
                    place,
                    f"“{name}”的位置“{address}”看不懂。请写以 / 开头的地址，例如 /zwgk/ndbg/；在别的网站的，写完整网址。",
                    f"the place {address!r} of {name!r} must begin with / or be a whole address.",
                )
            yield self._section(str(name), place), str(address)

    def _section(self, name: str, place: Place) -> str:
        plain = plain_name(name)
        by_name = [
            section.id
            for section in self.profile.sections
            if section.id == name or plain in map(plain_name, (section.label, *section.aliases))
        ]
        exact = [one.id for one in self.profile.sections if name == one.id or plain == plain_name(one.label)]
        if len(exact or by_name) == 1:
            return (exact or by_name)[0]
        labels = [section.label for section in self.profile.sections]
        near = get_close_matches(name, labels, 3, 0.3) or labels[:3]
        what = ("有几个栏目都叫", "several sections are") if by_name else ("没有栏目叫", "no section is")
        return self._fault(
            place,
            f"规则集里{what[0]}“{name}”。可以写：{'、'.join(near)}。",
            f"in the profile {what[1]} named {name!r}; for example {', '.join(near)}.",
        )

    def _days(self, key: str, value: Any) -> Iterator[tuple[str, int]]:
        for name, days in self._mapping(key, value):
            if not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= LONGEST_DAYS:
                self._fault(
                    (key, name),
                    f"“{name}”的期限“{days}”看不懂。请写天数，例如 14、180、365。",
                    f"the period {days!r} of {name!r} must be a number of days, for example 14, 180, 365.",
                )
            yield plain_name(str(name)), days

    def _seconds(self, key: str, value: Any) -> float | None:
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= LONGEST_SECONDS:
            self._fault(
                (key,),
                f"打开时间“{value}”看不懂。请写秒数，例如 3。",
                f"{value!r} must be a number of seconds, for example 3.",
            )
        return float(value)

    def _mapping(self, key: str, value: Any) -> Iterator[tuple[str, Any]]:
        if value is None:
            return
        if not isinstance(value, dict):
            self._fault(
                (key,),
                f"“{key}”下面应当一行一个栏目，写成“名称: 值”。",
                f"{key!r} must be a mapping, a column a line.",
            )
        yield from value.items()

    def _fault(self, place: Place, zh: str, en: str) -> Never:
        raise FaultyNotes([fault_at(self.path, self.lines, tuple(map(str, place)), zh, en)])
