"""docs/coverage.md names what there is: every kind, field, check, page and duty in it exists, and every demand has a row."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

import tasks
from crawler_checks.checks.registry import CHECKS
from plugins.disclosure.checking import check_content
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_profile, profile_ids
from plugins.disclosure.validate import RULES
from plugins.portal.outputs import all_outputs
from plugins.portal.renderer import Renderer
from plugins.portal.views.desk import Desk

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
ROWS = re.findall(r"(?m)^\| ([a-z0-9-]+\.[a-z0-9]+) \| ([^|]+) \| (.+) \|$", TEXT)
NAMES = sorted(set(re.findall(r"`((?:[a-z]+):[^`\s]+)`", "\n".join(row[2] for row in ROWS))))
DEMANDS = {
    "shiyan-2015": 26,
    "guangzhou-2012": 14,
    "zhangye-2013": 10,
    "bazhong-2017": 13,
    "yueyang-2017": 5,
    "art20": 15,
    "art21": 2,
}


@cache
def addresses_planned() -> frozenset[str]:
    """Every file of the example site, without rendering any."""
    catalog = check_content(ROOT / "content", date(2026, 11, 22)).catalog
    assert catalog is not None
    desk = Desk(catalog)
    env = Environment(loader=FileSystemLoader(ROOT / "theme" / "templates"), autoescape=True)
    renderer = Renderer(env, desk.frame(), desk.site.prefix)
    planned = all_outputs(desk, renderer, ROOT / "content", ROOT / "theme")
    return frozenset({output.address for output in planned} | {"manifest.json"})


def named(name: str) -> tuple[str, str]:
    """`service.steps` in its two halves."""
    first, _, rest = name.partition(".")
    return first, rest


def has_check(name: str) -> bool:
    kind, check = named(name)
    return check in {one.id for one in load_kinds()[kind].checks}


def has_derived(name: str) -> bool:
    kind, key = named(name)
    return key in {one.key for one in load_kinds()[kind].derived}


def has_field(name: str) -> bool:
    kind, key = named(name)
    return load_kinds()[kind].field(key) is not None


def in_profile(part: str) -> Callable[[str], bool]:
    def there_is(name: str) -> bool:
        profile, _, id_ = name.partition("/")
        return id_ in {one.id for one in getattr(load_profile(profile), part)}

    return there_is


THERE_IS: dict[str, Callable[[str], bool]] = {
    "kind": lambda name: name in load_kinds(),
    "field": has_field,
    "check": has_check,
    "derived": has_derived,
    "clock": in_profile("clocks"),
    "section": in_profile("sections"),
    "duty": in_profile("obligations"),
    "profile": lambda name: name in profile_ids(),
    "rule": lambda name: name in {f"{r.__module__.rpartition('.')[2]}.{r.__name__}" for r in RULES},
    "page": lambda name: name in addresses_planned(),
    "inspector": lambda name: name in {check.id for check in CHECKS},
    "task": lambda name: name in {task.name for task in tasks.TASKS},
    "file": lambda name: (ROOT / name).is_file(),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_the_page_names_exists(name: str) -> None:
    sort, _, rest = name.partition(":")
    assert THERE_IS[sort](rest), f"docs/coverage.md names {name}, which is not there"


def test_every_demand_has_one_row() -> None:
    counted = Counter(id_.rpartition(".")[0] for id_, _, _ in ROWS)
    assert counted == DEMANDS
    assert len({id_ for id_, _, _ in ROWS}) == len(ROWS)


def test_every_row_names_what_serves_it_or_says_why_nothing_can() -> None:
    empty = [id_ for id_, _, served in ROWS if not re.search(r"`[a-z]+:", served) and "不做：" not in served]
    assert empty == []


def test_every_kind_of_record_is_named_by_some_demand() -> None:
    asked = {name.partition(":")[2] for name in NAMES if name.startswith("kind:")}
    asked |= {
        name.partition(":")[2].partition(".")[0] for name in NAMES if name.startswith(("field:", "check:"))
    }
    beside = {
        "annual_report",
        "gazette",
        "news",
        "notice",
        "website_report",
    }  # asked for by the rules themselves

    assert set(load_kinds()) - asked == beside
