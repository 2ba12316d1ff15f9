"""The Nu HTML checker has nothing to say of any page.

Every construct of the site is shown to it: each element with its attributes, classes and role, inside each element that
holds it, on some page; and no page has two places of one name. `pytest --thorough` shows it every page.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from workbench.html_checker import complaints

ROOT = Path(__file__).parent.parent.parent
SPOKEN = ("class", "role", "type", "rel", "scope", "lang")
"""The attributes of which the values matter and are few."""

Construct = tuple[str, ...]


def constructs(page: bytes) -> set[Construct]:
    """The elements of a page by what they are inside of and what they carry; a name that is there twice is one too."""
    found: set[Construct] = set()
    names: Counter[str | None] = Counter()
    root = LexborHTMLParser(page).root
    assert root is not None
    for node in root.traverse():
        above, attributes = node.parent, node.attributes
        says = (f"{name}={attributes[name]}" for name in SPOKEN if name in attributes)
        found.add((above.tag or "" if above else "", node.tag or "", *sorted(attributes), *says))
        names[attributes.get("id")] += 1
    found.update(("twice", name) for name, times in names.items() if name and times > 1)
    return found


def showing_all(pages: Mapping[Path, set[Construct]]) -> list[Path]:
    """A few pages on which every construct is to be seen: those with most first."""
    seen: set[Construct] = set()
    chosen = []
    for path, has in sorted(pages.items(), key=lambda one: (-len(one[1]), one[0])):
        if not has <= seen:
            chosen.append(path)
            seen |= has
    return chosen


@pytest.mark.long
def test_the_checker_finds_nothing_wrong_with_any_page(example_site, specimen, thorough) -> None:
    files = [*sorted(example_site.folder.rglob("*.html")), specimen]
    pages = {path: constructs(path.read_bytes()) for path in files}
    shown = files if thorough else showing_all(pages)

    found = [
        f"{Path(one.file).name}:{one.line}: {one.kind}: {one.message} {one.extract!r}"
        for one in complaints(ROOT, shown)
    ]

    assert len(files) > 2000
    assert len(shown) > 100
    assert found == []
    assert [(path, one) for path, has in pages.items() for one in has if one[0] == "twice"] == []


def test_a_page_with_a_construct_that_no_other_has_is_shown() -> None:
    usual = b"<html><body><p class='a'>x</p><ul><li>y</li></ul></body></html>"
    odd = b"<html><body><p class='a' hidden>x</p></body></html>"
    nested = b"<html><body><ul><li><p class='a'>x</p></li></ul></body></html>"
    named = b"<html><body><p id='b'></p><p id='b'></p></body></html>"
    pages = {
        Path(name): constructs(page) for name, page in {"a": usual, "b": usual, "c": odd, "d": nested}.items()
    }

    assert sorted(path.name for path in showing_all(pages)) == ["a", "c", "d"]
    assert ("twice", "b") in constructs(named)


def test_the_checker_sees_a_paragraph_that_never_opened(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang='zh-CN'><title>试</title><p><div></div></p>", encoding="utf-8")

    assert [one.message for one in complaints(ROOT, [page])] == [
        "No “p” element in scope but a “p” end tag seen."
    ]


def test_nothing_to_check_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pages to check"):
        complaints(ROOT, [])
