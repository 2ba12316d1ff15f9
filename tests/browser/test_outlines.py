"""What a screen reader's list of landmarks and headings says of each template, compared with what was agreed.

After a change that is meant: `pytest tests/browser/test_outlines.py --update-expected`, and read the difference.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "golden" / "outlines"
TOLD = re.compile(r"^\s*- (?:banner|navigation|main|contentinfo|search|region|form|heading)\b.*")


def outline(snapshot: str) -> str:
    """The landmarks and headings of a page with their names and depths, in the order they are read; numbers change daily."""
    lines = [line.rstrip(":") for line in snapshot.splitlines() if TOLD.match(line)]
    return re.sub(r"\d+(?![^\[]*\])", "0", "\n".join(lines)) + "\n"


@pytest.fixture(scope="module")
def outlines(browser: Browser, prefixed_site_address: str, example_site) -> dict[str, str]:
    """The outline of a page of each template, by the name of its file."""
    page = browser.new_page(locale="zh-CN")
    found = {}
    for template, address in example_site.pages.items():
        name = template.partition(" ")[0].removesuffix(".html").replace("/", "-") + ".txt"
        if name in found:
            continue  # the same template with another kind's words
        page.goto(prefixed_site_address + address)
        found[name] = outline(page.locator("body").aria_snapshot())
    page.close()
    return found


def test_the_outline_of_every_template_is_the_one_agreed(outlines, request) -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    if request.config.getoption("--update-expected"):
        for name, text in outlines.items():
            (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
    agreed = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.txt")}

    assert len(agreed) > 10
    assert outlines == agreed


def test_every_page_has_its_landmarks_once_and_one_first_heading(outlines) -> None:
    for name, text in outlines.items():
        roles = [line.strip().split()[1] for line in text.splitlines()]
        assert [roles.count(role) for role in ("banner", "main", "contentinfo")] == [1, 1, 1], name
        assert len(re.findall(r"heading .*\[level=1\]", text)) == 1, name


def test_headings_skip_no_level(outlines) -> None:
    for name, text in outlines.items():
        levels = [int(level) for level in re.findall(r"\[level=(\d)\]", text)]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_navigations_are_told_apart_by_name(outlines) -> None:
    for name, text in outlines.items():
        named = re.findall(r"- navigation(.*)", text)
        assert all(named), name
        assert len(set(named)) == len(named), name
