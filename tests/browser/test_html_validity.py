"""The Nu HTML checker has nothing to say of any page."""

from pathlib import Path

import pytest

from workbench.html_checker import complaints

ROOT = Path(__file__).parent.parent.parent


def test_the_checker_finds_nothing_wrong_with_any_page(example_site, specimen) -> None:
    files = [*sorted(example_site.folder.rglob("*.html")), specimen]

    found = [
        f"{Path(one.file).name}:{one.line}: {one.kind}: {one.message} {one.extract!r}"
        for one in complaints(ROOT, files)
    ]

    assert len(files) > 2000
    assert found == []


def test_the_checker_sees_a_paragraph_that_never_opened(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang='zh-CN'><title>试</title><p><div></div></p>", encoding="utf-8")

    assert [one.message for one in complaints(ROOT, [page])] == [
        "No “p” element in scope but a “p” end tag seen."
    ]


def test_nothing_to_check_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pages to check"):
        complaints(ROOT, [])
