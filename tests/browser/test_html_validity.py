"""The Nu HTML checker has nothing to say of any page.

Every construct of the site is shown to it: each element with its attributes, classes and role, inside each element that
holds it, on some page; and no page has two places of one name. `pytest --thorough` shows it every page.
"""

from pathlib import Path

import pytest

from tests.browser.constructs import constructs, showing_all
from workbench.html_checker import complaints

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.long
def test_the_checker_finds_nothing_wrong_with_any_page(example_site, specimen, thorough) -> None:
    files = [*sorted(example_site.folder.rglob("*.html")), specimen]
    pages = {str(path): constructs(path.read_bytes()) for path in files}
    shown = files if thorough else [Path(name) for name in showing_all(pages)]

    found = [
        f"{Path(one.file).name}:{one.line}: {one.kind}: {one.message} {one.extract!r}"
        for one in complaints(ROOT, shown)
    ]

    assert len(files) > 2000
    assert len(shown) > 40
    assert found == []
    assert [(path, one) for path, has in pages.items() for one in has if one[0] == "twice"] == []


def test_a_page_with_a_construct_that_no_other_has_is_shown() -> None:
    usual = b"<html><body><p class='a'>x</p><ul><li>y</li></ul></body></html>"
    odd = b"<html><body><p class='a' hidden>x</p></body></html>"
    nested = b"<html><body><ul><li><p class='a'>x</p></li></ul></body></html>"
    named = b"<html><body><p id='b'></p><p id='b'></p></body></html>"
    pages = {"a": constructs(usual), "b": constructs(usual), "c": constructs(odd), "d": constructs(nested)}

    assert sorted(showing_all(pages)) == ["a", "c", "d"]
    assert showing_all(pages, "b") == ["b", "d", "c"]
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
