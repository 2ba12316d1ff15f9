"""What a request beyond reason costs: by items in a month or by pages, each band on top of the one below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plugins.disclosure.source import Source, read_source
from plugins.disclosure.yaml_data import read_yaml

HERE = Path(__file__).parent / "processing_fee.yaml"


@dataclass(frozen=True, slots=True)
class Step:
    """So many items or pages at one price: `first` to `last`, `count` of them, `yuan` each."""

    first: int
    last: int
    yuan: int

    @property
    def count(self) -> int:
        """How many stand in this step."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """What they cost together."""
        return self.count * self.yuan


@dataclass(frozen=True, slots=True)
class Tariff:
    """One way of charging. `bands` are (first, price each); `rising` is (first, every, yuan): further on, each
    `every` items cost `yuan` more than those before."""

    unit: str
    bands: tuple[tuple[int, int], ...]
    rising: tuple[int, int, int] | None
    examples: tuple[int, ...]

    def steps(self, count: int) -> tuple[Step, ...]:
        """The steps that `count` items or pages go through, the cheapest first."""
        starts = [*self.bands, *self._rising_to(count)]
        ends = [first - 1 for first, _ in starts[1:]] + [count]
        found = [Step(first, min(end, count), yuan) for (first, yuan), end in zip(starts, ends, strict=True)]
        return tuple(step for step in found if step.first <= count)

    def fee(self, count: int) -> int:
        """What `count` items or pages cost, in yuan."""
        return sum(step.amount for step in self.steps(count))

    def _rising_to(self, count: int) -> list[tuple[int, int]]:
        if self.rising is None:
            return []
        first, every, yuan = self.rising
        price = self.bands[-1][1]
        return [
            (start, price + yuan * number) for number, start in enumerate(range(first, count + 1, every), 1)
        ]


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Both ways of charging, of which an office chooses one for each request."""

    items: Tariff
    pages: Tariff
    source: Source


@cache
def load_tariffs(path: Path = HERE) -> Tariffs:
    """The tariffs in force."""
    data = read_yaml(path)
    return Tariffs(_tariff(data["items"]), _tariff(data["pages"]), read_source(data["source"], path.name))


def _tariff(data: Mapping[str, Any]) -> Tariff:
    bands = tuple((band["from"], band["yuan"]) for band in data["bands"])
    rising = data.get("rising")
    return Tariff(
        data["unit"],
        bands,
        (rising["from"], rising["every"], rising["yuan"]) if rising else None,
        tuple(data["examples"]),
    )
