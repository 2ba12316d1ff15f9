"""What a first visit moves over the wire, compressed as servers do it, stays small."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

KIB = 1024
FIRST_VIEW = 60 * KIB
SCRIPT = 15.5 * KIB

LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src)="([^"]+)"')


@cache
def packed(content: bytes) -> int:
    """Bytes after gzip at the level servers use."""
    return len(gzip.compress(content, 6, mtime=0))


def first_view(folder: Path, page: Path) -> dict[str, int]:
    """The page and all it loads by itself, each with its compressed size."""
    text = page.read_text(encoding="utf-8")
    sources = [
        source.partition("/static/")[2] or source.removeprefix("static/") for source in LOADED.findall(text)
    ]
    files = {page, *((folder / "static" / source).resolve() for source in sources)}
    return {file.relative_to(folder.resolve()).as_posix(): packed(file.read_bytes()) for file in files}


def test_no_record_needs_more_than_sixty_kilobytes_at_first_sight(example_site) -> None:
    records = [
        p.resolve() for p in example_site.folder.glob("*/*.html") if b'class="record"' in p.read_bytes()
    ]
    views = {page.name: first_view(example_site.folder, page) for page in records}
    heavy = {name: view for name, view in views.items() if sum(view.values()) > FIRST_VIEW}

    assert len(records) > 500
    assert all(len(view) >= 4 for view in views.values())
    assert heavy == {}


def test_the_script_of_every_page_is_within_sixteen_kilobytes(example_site) -> None:
    heavy = {}
    for template, address in example_site.pages.items():
        view = first_view(example_site.folder, (example_site.folder / address).resolve())
        scripts = {name: size for name, size in view.items() if name.endswith(".js")}
        assert scripts, template
        if sum(scripts.values()) > SCRIPT:
            heavy[template] = scripts

    assert heavy == {}


@pytest.mark.parametrize("other_way", ["search_server.js", "search.js"])
def test_all_scripts_of_a_search_are_within_sixteen_kilobytes(other_way: str, example_site) -> None:
    """A search asks the site's own index or a server, never both."""
    scripts = {one.name: packed(one.read_bytes()) for one in (example_site.folder / "static").glob("*.js")}
    del scripts[other_way]

    assert len(scripts) >= 4
    assert sum(scripts.values()) <= SCRIPT, scripts
