"""An office that has given no more of itself than it must: nothing is shown that is not there."""

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.disclosure.readers.site_file import SITE_FIELDS
from plugins.disclosure.starting import write_start
from plugins.portal.build import build_site

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the required values alone and not one record."""
    folder = tmp_path_factory.mktemp("bare")
    site, _ = write_start(folder / "content", "临溪县人民政府", "县政府")
    text = site.read_text("utf-8")
    for field in SITE_FIELDS:
        if field.need == "required":
            text = text.replace(f"\n{field.label}: \n", f"\n{field.label}: {field.example}\n")
    site.write_text(text, "utf-8")
    assert not [
        one
        for one in build_site(folder / "content", folder / "output", TODAY).problems
        if one.severity == "error"
    ]
    return folder / "output"


def test_no_page_has_a_link_to_nowhere_a_label_without_a_value_or_an_empty_mark(bare_site: Path) -> None:
    pages = sorted(bare_site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        page = BeautifulSoup(path.read_text("utf-8"), "lxml")
        assert not page.select('a[href=""], a[href="mailto:"], a[href="tel:"]'), path
        assert not [one for one in page.select("dd, h1, h2, h3, th") if not one.get_text(strip=True)], path
        assert not page.select('meta[content=""]'), path
        assert not re.search(r"写信到\s*[，。]|到当面提出", page.get_text()), path


def test_the_data_catalogue_names_no_empty_mail_address(bare_site: Path) -> None:
    files = [
        path for path in bare_site.rglob("*") if path.suffix in (".jsonld", ".ttl", ".json", ".xml", ".txt")
    ]
    assert any(path.suffix == ".ttl" for path in files)
    for path in files:
        assert not re.search(r"mailto:[\"'>\s]|<email></email>", path.read_text("utf-8")), path
