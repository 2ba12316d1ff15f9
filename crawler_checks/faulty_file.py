"""A file written for the inspector that cannot be used: every fault with its line, Chinese first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawler_checks.refusal import Refusal
from plugins.disclosure.yaml_data import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, and where. `line` is a line of text or a row of a spreadsheet, from 1."""

    file: str
    line: int
    message_zh: str
    message_en: str


class FaultyFile(Refusal, ValueError):
    """All that is wrong with a file; nothing of it was used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        self.message_zh = "\n".join(f"{one.file} 第 {one.line} 行：{one.message_zh}" for one in self.faults)
        self.message_en = "\n".join(f"{one.file} line {one.line}: {one.message_en}" for one in self.faults)
        super().__init__(f"{self.message_zh}\n{self.message_en}")


def fault_at(path: Path, lines: Mapping[Place, int], place: Place, zh: str, en: str) -> Fault:
    """The fault of a value in a YAML file; of what holds it, where the value itself is not there."""
    while place not in lines:
        place = place[:-1]
    return Fault(path.name, lines[place], zh, en)
