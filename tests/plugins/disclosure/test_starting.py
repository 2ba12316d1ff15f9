"""Beginning an office's own content: asked for value by value, and built once it is filled in."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.readers.site_file import SITE_FIELDS
from plugins.disclosure.starting import write_start
from plugins.disclosure.templates_for_editors import NoTemplate

ORGAN = "临溪县人民政府"
TODAY = date(2026, 3, 31)


def errors(folder: Path) -> set[tuple[str, str | None, str]]:
    return {
        (one.file, one.field, one.code)
        for one in read_content(folder, TODAY).problems
        if one.severity == "error"
    }


def fill_in(site: Path) -> None:
    """Do what an editor does: write the example behind every label that is wanted and still empty."""
    text = site.read_text("utf-8")
    for field in SITE_FIELDS:
        if field.need != "optional":
            text = text.replace(f"\n{field.label}: \n", f"\n{field.label}: {field.example}\n")
    site.write_text(text, "utf-8")


def test_what_is_begun_asks_for_exactly_the_values_that_nobody_can_know(tmp_path: Path) -> None:
    write_start(tmp_path / "c", ORGAN, "县政府")
    known = {"网站名称", "城市", "负责机关", "适用规则"}
    assert errors(tmp_path / "c") == {
        ("site.yaml", field.label, "field.missing")
        for field in SITE_FIELDS
        if field.need == "required" and field.label not in known
    }


def test_filled_in_it_has_no_error_and_the_organ_answers_for_it(tmp_path: Path) -> None:
    site, _ = write_start(tmp_path / "c", ORGAN, "县政府")
    fill_in(site)
    assert errors(tmp_path / "c") == set()
    catalog = read_content(tmp_path / "c", TODAY).catalog
    assert catalog is not None
    assert (catalog.site.name, catalog.site.city) == ("临溪县政府信息公开", "临溪县")
    assert [organ.title for organ in catalog.organs] == [ORGAN]


def test_a_category_that_was_left_open_is_asked_for(tmp_path: Path) -> None:
    site, _ = write_start(tmp_path / "c", ORGAN)
    fill_in(site)
    assert errors(tmp_path / "c") == {("organs.csv", "机构类别", "field.missing")}


@pytest.mark.parametrize("written", ["county", "县市区人民政府", "县政府", "县级政府"])
def test_a_category_may_be_written_as_people_do(tmp_path: Path, written: str) -> None:
    _, organs = write_start(tmp_path / "c", ORGAN, written)
    [row] = csv.DictReader(io.StringIO(organs.read_text("utf-8-sig")))
    assert (row["编号"], row["机构全称"], row["机构类别"]) == ("government", ORGAN, "县人民政府")


def test_a_word_that_is_no_category_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(NoTemplate, match="县直部门"):
        write_start(tmp_path / "c", ORGAN, "直属部门")
    assert not (tmp_path / "c").exists()


def test_where_something_is_there_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(NoTemplate, match="新的或空的文件夹"):
        write_start(tmp_path, ORGAN)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("organ", "city", "department"),
    [
        ("平溪县林业局", "平溪县", "县直部门"),
        ("霁川市财政局", "霁川市", "市直部门"),
        ("霁川市望岫区教育局", "霁川市", "市直部门"),
    ],
)
def test_a_department_begins_with_the_words_of_its_place(
    tmp_path: Path, organ: str, city: str, department: str
) -> None:
    site, organs = write_start(tmp_path / "c", organ, "部门")
    [row] = csv.DictReader(io.StringIO(organs.read_text("utf-8-sig")))
    assert f"\n城市: {city}\n" in site.read_text("utf-8")
    assert row["机构类别"] == department


def test_a_county_has_a_countys_words_for_its_organs(tmp_path: Path) -> None:
    site, _ = write_start(tmp_path / "c", ORGAN, "县政府")
    fill_in(site)
    catalog = read_content(tmp_path / "c", TODAY).catalog
    assert catalog is not None
    labels = {term.id: term.label for term in catalog.vocabularies["organ_category"].terms}
    assert (labels["county"], labels["department"]) == ("县人民政府", "县直部门")
