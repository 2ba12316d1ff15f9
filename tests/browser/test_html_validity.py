"""The Nu HTML checker has nothing to say of any template."""

from pathlib import Path

import pytest

from workbench.html_checker import complaints

ROOT = Path(__file__).parent.parent.parent


def largest_by_template(example_site) -> list[Path]:
    """For each template its first page, and the largest page of each folder: the one with most to go wrong."""
    first = {example_site.folder / address for address in example_site.pages.values()}
    folders = {page.parent for page in example_site.folder.rglob("*.html")}
    largest = {
        max(folder.glob("*.html"), key=lambda page: (page.stat().st_size, page.name)) for folder in folders
    }
    return sorted(first | largest)


def test_the_checker_finds_nothing_wrong_with_any_template(example_site) -> None:
    files = largest_by_template(example_site)

    found = [
        f"{Path(one.file).name}:{one.line}: {one.kind}: {one.message} {one.extract!r}"
        for one in complaints(ROOT, files)
    ]

    assert len(files) >= len(example_site.pages)
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
