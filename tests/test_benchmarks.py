"""What the benchmarks measured is told: in words, and as data for programs."""

import json
import sys
from typing import Any

import pytest

from tests.benchmarks import inspect as inspectors

RUN = {
    "tool": "ours links", "over": "files", "wall": 0.5, "cpu": 0.6, "mib": 60, "recall": 1.0, "false": 0,
}  # fmt: skip
MEASURED: dict[str, Any] = {
    "pages": 60,
    "seed": 5,
    "cores": 2,
    "faults": 7,
    "runs": [RUN],
    "ratio": {"links, files, cpu": 0.31},
    "second_day": {"wall": 0.4},
}


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    monkeypatch.setattr(inspectors, "measure", lambda *_: MEASURED)
    monkeypatch.setattr(sys, "argv", ["inspect", "--records", "60", *options])
    inspectors.main()
    return capsys.readouterr().out


def test_the_inspectors_comparison_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = told(monkeypatch, capsys)
    assert "60 pages, 7 faults, 2 cores" in words
    assert "ours links" in words
    assert "links, files, cpu" in words
    assert "0.31" in words


def test_the_inspectors_comparison_is_told_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert json.loads(told(monkeypatch, capsys, "--json")) == MEASURED
