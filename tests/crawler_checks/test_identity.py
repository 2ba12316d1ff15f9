"""What a site is known by from day to day."""

from pathlib import Path

import pytest

from crawler_checks.crawl.address import Scope
from crawler_checks.identity import folder_name, known_by


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("mirror/tingyu", "tingyu"),
        ("mirror/tingyu/www", "tingyu/www"),
        ("mirror/tingyu/HTML/", "tingyu/HTML"),
        ("mirror/tingyu/www.tingyu.example", "www.tingyu.example"),
        ("/www", "www"),
    ],
)
def test_a_folder_is_known_by_a_name_that_says_whose_it_is(folder, name):
    assert folder_name(folder) == name


def test_the_folder_one_stands_in_is_known_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tingyu" / "output").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "tingyu" / "output")
    assert folder_name(".") == "tingyu/output"


@pytest.mark.parametrize("address", ["http://www.a.example", "https://a.example"])
def test_a_site_that_moves_to_https_stays_the_same(address):
    assert known_by(address + "/xxgk/", Scope(address, "/xxgk/")) == "a.example/xxgk/"
