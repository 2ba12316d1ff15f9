"""robots.txt: which paths a crawler may ask for and how long it should wait between requests."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_BYTES = 512 << 10


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one crawler, as (allowed, path with * and $). `delay_seconds` is its Crawl-delay.
    `sitemaps` are the lists of addresses it names, as written."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay_seconds: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allow(self, address: str) -> bool:
        """Whether the longest rule that fits `address` allows it; of two equally long ones, the allowing."""
        fitting = [(len(path), allowed) for allowed, path in self.rules if _fits(path, address)]
        return max(fitting, default=(0, True))[1]


def read_robots(body: bytes, crawler: str) -> Robots:
    """The rules for `crawler` (its name, small letters): those of its own groups, else those for all."""
    groups: dict[str, tuple[list[tuple[bool, str]], list[float]]] = {}
    names: list[str] = []
    sitemaps: list[str] = []
    in_rules = False
    for line in body[:MOST_BYTES].decode("utf-8-sig", "replace").splitlines():
        key, mark, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not mark:
            continue
        if key == "sitemap":
            sitemaps.append(value)
            continue
        if key == "user-agent":
            names = ([] if in_rules else names) + [value.lower()]
            in_rules = False
            groups.setdefault(names[-1], ([], []))
            continue
        in_rules = True
        for name in names:
            _add(groups[name], key, value)
    rules, delays = next(
        (group for name, group in groups.items() if name != "*" and name and name in crawler),
        groups.get("*", ([], [])),
    )
    return Robots(tuple(rules), max(delays, default=None), tuple(sitemaps))


def _add(group: tuple[list[tuple[bool, str]], list[float]], key: str, value: str) -> None:
    rules, delays = group
    if key in ("allow", "disallow") and value:
        rules.append((key == "allow", value))
    elif key == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d+)?", value):
        delays.append(float(value))


def _fits(path: str, address: str) -> bool:
    """Whether `address` begins as `path` says; searched piece by piece, so that no pattern can be made slow."""
    to_the_end = path.endswith("$")
    first, *pieces = path.removesuffix("$").split("*")
    if not address.startswith(first):
        return False
    at = len(first)
    for piece in pieces[:-1]:
        found = address.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not pieces:
        return at == len(address) or not to_the_end
    if to_the_end:
        return address.endswith(pieces[-1]) and len(address) - len(pieces[-1]) >= at
    return address.find(pieces[-1], at) >= 0
