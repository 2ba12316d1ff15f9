"""What stands on many pages, counted a few pages at a time and part by part, as it is when pages are gone through one by one."""

import random
from array import array

import pytest

from crawler_checks.extract import often as module
from crawler_checks.extract.facts import PageFacts, Part
from crawler_checks.extract.often import often


@pytest.mark.parametrize("least", [1, 3, 12.0, 19.5])
@pytest.mark.parametrize("seed", range(3))
def test_it_counts_pages_however_their_parts_are_shared(
    seed: int, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(module, "AT_ONCE", 7)
    shared = [Part(lines=array("Q", chance.choices(range(30), k=6))) for _ in range(8)]
    pages = [
        PageFacts(
            f"/{number}",
            parts=(*chance.choices(shared, k=3), Part(lines=array("Q", chance.choices(range(60), k=5)))),
        )
        for number in range(40)
    ]
    one_by_one = {line: sum(line in page.lines for page in pages) for line in range(60)}
    assert often(pages, lambda part: part.lines, least) == {
        line: count for line, count in one_by_one.items() if count >= least
    }
