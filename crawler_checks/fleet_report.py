"""A round over many sites in words: how far it is, what became of each site, and the ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.standing import By, standings
from crawler_checks.targets import Target

States = dict[str, tuple[str, str]]
WORDS = {
    "waiting": ("未开始", "waiting"),
    "leased": ("进行中", "under way"),
    "done": ("做完", "done"),
    "failed": ("未能巡检", "could not be inspected"),
}


def progress_line(states: States) -> str:
    """How far the round is, in a line."""
    counted = Counter(state for state, _ in states.values())
    zh = "，".join(f"{WORDS[state][0]} {counted[state]}" for state in WORDS if counted[state])
    en = ", ".join(f"{counted[state]} {WORDS[state][1]}" for state in WORDS if counted[state])
    return f"共 {len(states)} 个网站：{zh} / {len(states)} sites: {en}"


def round_report(targets: Sequence[Target], states: States, ledger: Path | str, today: date) -> Iterator[str]:
    """Sites that could not be inspected with the reason, then the ranking of the day, then how far the round is."""
    by_site = {target.site: target for target in targets}
    for site, (state, told) in states.items():
        if state == "failed":
            yield f"{_named(by_site, site)}：{told}"
    with Ledger(ledger) as opened:
        targets_of = {name: opened.target(name)[0] for name in opened.sites()}
        found = standings(opened, today, today, By.SITE)
        for one in sorted(found, key=lambda one: (one.overdue, one.unmended, one.name)):
            rank = 1 + sum((other.overdue, other.unmended) < (one.overdue, one.unmended) for other in found)
            site = targets_of.get(one.name, one.name)
            told = states.get(site, ("", ""))[1]
            yield (
                f"{rank:4}  {_named(by_site, site)}：逾期 {one.overdue}，未整改 {one.unmended}"
                f"{'；' + told if told else ''}"
            )
    yield progress_line(states)


def is_whole(states: Iterable[tuple[str, str]]) -> bool:
    """Whether every site was inspected."""
    return all(state == "done" for state, _ in states)


def _named(by_site: dict[str, Target], site: str) -> str:
    target = by_site.get(site)
    said = "，".join(filter(None, (target.organ, target.category))) if target else ""
    return f"{site}（{said}）" if said else site
