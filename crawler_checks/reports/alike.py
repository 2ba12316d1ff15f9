"""Findings that say the same of many sections or pages, brought together for readers; programs are given each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler_checks.checks.check import Finding, Outcome

LEAST = 3
"""So many are read as one."""

MOST_NAMED = 5
"""Pages that are named; the reports that programs read have all of them."""


def brought_together(
    findings: Sequence[Finding], labels: Mapping[str, str]
) -> list[tuple[Finding, tuple[str, ...]]]:
    """Each finding to be shown, with the names of the other sections of which the same is said.

    What fails is shown one by one, and so is what no section is meant by. `labels` are the sections' names by id.
    """
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for one in findings:
        if one.outcome is Outcome.UNKNOWN and one.section is not None and one.object is not None:
            groups.setdefault((one.check, one.place, one.object), []).append(one)
    large = {key: group for key, group in groups.items() if len(group) >= LEAST}
    shown: list[tuple[Finding, tuple[str, ...]]] = []
    for one in findings:
        group = large.get((one.check, one.place, one.object or ""))
        if one.outcome is not Outcome.UNKNOWN or one.section is None or group is None:
            shown.append((one, ()))
        elif one is group[0]:
            shown.append((one, tuple(labels.get(other.section or "", "") for other in group[1:])))
    return shown


def by_object(findings: Sequence[Finding]) -> list[tuple[Finding, tuple[str, ...]]]:
    """Failing findings of one check with the other places at which the same thing is at fault: one dead page that many
    pages link to is one thing to mend."""
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        if one.object is not None and one.section is None:
            groups.setdefault(one.object, []).append(one)
    shown: list[tuple[Finding, tuple[str, ...]]] = []
    for one in findings:
        group = groups.get(one.object or "", [])
        if one.section is not None or len(group) < LEAST:
            shown.append((one, ()))
        elif one is group[0]:
            shown.append((one, tuple(other.place for other in group[1:])))
    return shown


def places_in_words(places: Sequence[str]) -> str:
    """The other places, as a sentence."""
    more = " 等" if len(places) > MOST_NAMED else ""
    return f"另有 {len(places)} 处同样：{'、'.join(places[:MOST_NAMED])}{more}。" if places else ""


def others_in_words(others: Sequence[str]) -> str:
    """The other sections, as a sentence."""
    return f"另有 {len(others)} 个栏目同样情况：{'、'.join(others)}。" if others else ""
