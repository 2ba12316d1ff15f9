"""What the search page offers by name: every section and organ, by all they are called."""

from selectolax.lexbor import LexborHTMLParser


def known(example_tree: dict[str, bytes]) -> dict[str, list[str]]:
    """The names of each place by its address."""
    page = LexborHTMLParser(
        example_tree["search.html"].partition(b'<template id="search-known">')[2].decode()
    )
    rows = page.css("li[data-names]")
    return {row.css_first("a").attributes["href"]: row.attributes["data-names"].split() for row in rows}


def test_every_section_organ_and_page_is_known_by_its_names_and_leads_to_a_page(example_tree) -> None:
    places = known(example_tree)

    assert set(places) <= set(example_tree)
    assert {
        one for one in example_tree if one.startswith("organ/") and one.count("/") == 1 and "html" in one
    } <= set(places)
    assert "公开年报" in places["section/annual_report.html"]
    assert "信息公开申请" in places["section/apply.html"]
    assert "rss" in places["feeds.html"]


def test_an_organ_is_known_without_the_name_of_its_city_and_by_the_wordings_of_the_synonyms(
    example_tree,
) -> None:
    names = known(example_tree)["organ/human-resources.html"]

    assert {"霁川市人力资源和社会保障局", "人力资源和社会保障局", "市人力资源社会保障局", "人社局"} <= set(
        names
    )
