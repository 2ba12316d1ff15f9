"""What stands on many pages, counted a few pages at a time and part by part, as it is when pages are gone through one by one."""

import random
from array import array

import pytest

from crawler_checks.crawl.address import Kind
from crawler_checks.extract import often as module
from crawler_checks.extract.facts import Link, PageFacts, Part, Role
from crawler_checks.extract.often import Often

LEAST = [1, 3, 12.0, 19.5]


@pytest.mark.parametrize("least", LEAST)
@pytest.mark.parametrize("seed", range(3))
def test_it_counts_the_pages_with_a_line_however_their_parts_are_shared(
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
    assert Often(tuple(pages)).lines(least) == {
        line: count for line, count in one_by_one.items() if count >= least
    }


@pytest.mark.parametrize("least", LEAST)
@pytest.mark.parametrize("role", [Role.LINK, Role.IMAGE])
@pytest.mark.parametrize("seed", range(3))
def test_it_counts_the_pages_with_a_link_to_an_address_however_it_is_written(
    seed: int, role: Role, least: float
) -> None:
    chance = random.Random(seed)
    links = [
        Link(chance.choice([Role.LINK, Role.IMAGE]), f"{n}", Kind.INSIDE, f"/{n % 12}" if n % 12 else "")
        for n in range(50)
    ]
    shared = [Part(tuple(chance.choices(links, k=6))) for _ in range(8)]
    pages = [
        PageFacts(f"/{number}", parts=(*chance.choices(shared, k=3), Part(tuple(chance.choices(links, k=5)))))
        for number in range(40)
    ]
    one_by_one = {
        f"/{n}": sum(
            any(link.role is role and link.address == f"/{n}" for link in page.links) for page in pages
        )
        for n in range(1, 12)
    }
    assert Often(tuple(pages)).linked(role, least) == {
        address: count for address, count in one_by_one.items() if count >= least
    }


@pytest.mark.parametrize("seed", range(5))
def test_what_was_counted_on_other_days_is_corrected_to_what_is_counted_afresh(seed: int) -> None:
    chance = random.Random(seed)
    links = [Link(Role.LINK, f"{n}", Kind.INSIDE, f"/{n % 8}") for n in range(20)]

    def page(address: str) -> PageFacts:
        lines = array("Q", chance.choices(range(12), k=5))
        return PageFacts(address, parts=(Part(tuple(chance.choices(links, k=3)), lines=lines),))

    site = {f"/{number}": page(f"/{number}") for number in range(60)}
    counted, before, corrected = None, dict(site), 0
    for _ in range(8):
        for address in chance.sample(sorted(site), chance.choice([0, 1, 2, 25])):
            site[address] = page(address)
        site.pop(chance.choice(sorted(site)))
        site["/new"] = page("/new")
        often, fresh = Often(tuple(site.values())), Often(tuple(site.values()))
        if counted is not None:
            often.go_on_from(counted, before.values())
        assert often.lines(20) == fresh.lines(20)
        assert often.linked(Role.LINK, 20) == fresh.linked(Role.LINK, 20)
        corrected += "_parts" not in often.__dict__
        counted, before = often.counted(site), dict(site)
        assert counted is not None
    assert corrected


def test_what_is_not_remembered_is_counted_for_no_other_day() -> None:
    seen, rendered = PageFacts("/"), PageFacts("/")
    assert Often((seen,)).counted({"/": seen, "/probe": PageFacts("/probe")}).left_out == {"/probe"}
    assert Often((rendered,)).counted({"/": seen}) is None
