"""What machines find on the pages and beside them leads somewhere and says what is true."""

import json
import re
from urllib.parse import unquote

import pytest
from lxml import etree
from pyld import jsonld
from rdflib import SDO

from plugins.manifest.finding import SearchAddress, opensearch
from plugins.portal.renderer import _data_block

BASE = "https://www.jichuan.example/xxgk/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture(scope="module")
def blocks(example_tree):
    """The JSON-LD of each page that has some."""
    found = {}
    for address, content in example_tree.items():
        if address.endswith(".html"):
            for block in BLOCK.findall(content.decode()):
                found[address] = json.loads(block)
    return found


def test_every_record_says_what_it_is_in_the_words_of_schema_org(example_tree, blocks):
    records = {key + ".html" for key in json.loads(example_tree["manifest.json"])["published"]}

    assert set(blocks) == records | {"data.html"}
    assert {"Legislation", "GovernmentService", "Report", "GovernmentOrganization", "NewsArticle"} <= {
        block["@type"] for block in blocks.values()
    }
    assert {address for address, block in blocks.items() if block["@id"] != BASE + address} == set()


SCHEMA_ORG = "https://schema.org/"
NEWER = {f"{SCHEMA_ORG}legislationRepeals", f"{SCHEMA_ORG}legislationDateOfApplicability"}
"""Words that schema.org has taken in since the list that comes with rdflib was made."""


def without_network(address, _options):
    """What schema.org's own context says of plain words, without fetching it."""
    assert address.rstrip("/") == "https://schema.org", address
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
            "document": {"@context": {"@vocab": SCHEMA_ORG}}}  # fmt: skip


def test_every_block_expands_as_json_ld_into_words_of_schema_org_and_ids_that_are_pages(example_tree, blocks):
    ids, words, lost = set(), set(), []

    def look(node):
        for key, value in node.items():
            if key == "@id":
                ids.add(value)
            elif key == "@type":
                words.update(value)
            elif not key.startswith("@"):
                words.add(key)
                for one in value:
                    look(one)

    for address, block in blocks.items():
        [node] = jsonld.expand(block, {"documentLoader": without_network})
        look(node)
        lost += [(address, key) for key in block if key[0] != "@" and SCHEMA_ORG + key not in node]
    named = {one.removeprefix(BASE).partition("#")[0] for one in ids if one.startswith(BASE)}

    assert lost == []
    assert {word for word in words if word.removeprefix(SCHEMA_ORG) not in SDO} <= NEWER
    assert len(named) > len(blocks) - 1
    assert named - set(example_tree) == set()
    assert {one.partition("#")[0] for one in ids} - {BASE + one for one in named} == set()


def test_the_catalogue_expands_as_json_ld_and_its_addresses_are_files(example_tree):
    nodes = jsonld.expand(json.loads(example_tree["data/catalogue.jsonld"]))
    addresses = {
        unquote(value["@id"].removeprefix(BASE).partition("#")[0])
        for node in nodes
        for key, values in node.items()
        if key not in ("@id", "@type")
        for value in values
        if value.get("@id", "").startswith(BASE)
    }

    assert len(nodes) > 100
    assert addresses - set(example_tree) == set()


def test_a_document_that_was_repealed_is_not_in_force_for_machines(office):
    office.policy(4, 废止文件="霁政办发〔2025〕2号")
    office.build()
    pages = {n: office.tree()[f"policy/2025-000{n}.html"].decode() for n in (2, 4)}
    old, new = (json.loads(BLOCK.search(pages[n])[1]) for n in (2, 4))

    assert old["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert new["legislationLegalForce"] == "https://schema.org/InForce"
    assert new["legislationRepeals"] == [{"@id": f"{BASE}policy/2025-0002.html"}]
    assert new["legislationIdentifier"] == "霁政办发〔2025〕4号"


def test_nothing_in_a_block_can_end_it():
    data = json.dumps({"name": "</script><script>alert(1)</script><!-- & -->"})
    block = str(_data_block(data))

    assert block.count("<") == block.count(">") == 2
    assert json.loads(BLOCK.search(block)[1]) == json.loads(data)


NO_WORKS = {
    "Person": {"jobTitle", "worksFor"},
    "Place": {"address", "telephone", "description"},
    "Project": {"identifier", "location", "description"},
    "Organization": {"address", "telephone", "description", "faxNumber", "parentOrganization"},
    "GovernmentOrganization": {"address", "telephone", "description", "faxNumber", "parentOrganization"},
    "GovernmentService": {"provider", "areaServed"},
}
"""What may be said of things that are nobody's work and have no day of publication."""


def test_people_places_and_organs_are_said_nothing_of_that_only_works_have(blocks):
    everywhere = {"@context", "@type", "@id", "url", "name"}
    strange = {
        (block["@type"], key)
        for block in blocks.values()
        if block["@type"] in NO_WORKS
        for key in set(block) - everywhere - NO_WORKS[block["@type"]]
    }

    assert set(NO_WORKS) <= {block["@type"] for block in blocks.values()}
    assert strange == set()


def test_the_page_of_open_data_names_its_datasets_and_their_files(example_tree, blocks):
    block = blocks["data.html"]
    files = {
        file["contentUrl"].removeprefix(BASE)
        for dataset in block["dataset"]
        for file in dataset["distribution"]
    }

    assert block["@type"] == "DataCatalog"
    assert files == {a for a in example_tree if re.fullmatch(r"data/[a-z_]+\.(csv|xlsx|ndjson)", a)}
    for dataset in block["dataset"]:
        anchor = dataset["@id"].removeprefix(f"{BASE}data.html#")
        assert f'<h2 id="{anchor}"'.encode() in example_tree["data.html"]


def test_a_page_without_a_record_has_no_block(example_tree, blocks):
    assert "index.html" not in blocks
    assert b"ld+json" not in example_tree["index.html"]


def test_the_sitemap_names_every_page_once_with_the_day_of_its_last_major_change(office):
    office.policy(
        4, 废止文件="霁政办发〔2025〕2号", 发布日期="2026-01-05", 成文日期="2026-01-04", 审查日期="2026-01-04"
    )
    office.withdraw("policy/2025-0003")
    office.build()
    tree = office.tree()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = etree.fromstring(tree["sitemap.xml"])
    places = {
        url.findtext("s:loc", namespaces=space).removeprefix(BASE): url.findtext(
            "s:lastmod", namespaces=space
        )
        for url in root.iterfind("s:url", space)
    }

    pages = {a for a in tree if a.endswith(".html")} - {"404.html", "policy/2025-0003.html"}
    assert set(places) == pages
    assert len(places) == len(root)
    assert places["policy/2025-0002.html"] == "2026-01-05"
    assert places["policy/2025-0001.html"] == "2025-02-02"


def test_a_site_of_many_pages_has_several_sitemaps_that_hold_each_page_once(office, monkeypatch):
    monkeypatch.setattr("plugins.portal.outputs.MOST_ADDRESSES", 30)
    office.build()
    tree = office.tree()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = {
        one.findtext("s:loc", namespaces=space).removeprefix(BASE): one.findtext(
            "s:lastmod", namespaces=space
        )
        for one in etree.fromstring(tree["sitemap.xml"]).iterfind("s:sitemap", space)
    }
    held = [
        [
            (url.findtext("s:loc", namespaces=space), url.findtext("s:lastmod", namespaces=space) or "")
            for url in part
        ]
        for part in (etree.fromstring(tree[name]) for name in parts)
    ]
    places = [place.removeprefix(BASE) for part in held for place, _ in part]

    assert len(parts) > 1
    assert max(map(len, held)) == 30
    assert sorted(places) == sorted({a for a in tree if a.endswith(".html")} - {"404.html"})
    assert [day or "" for day in parts.values()] == [max(day for _, day in part) for part in held]


def test_the_guide_for_programs_leads_to_files(example_tree):
    links = re.findall(r"\]\((\S+?)\)", example_tree["llms.txt"].decode())

    assert len(links) > 8
    assert [link for link in links if link.removeprefix(BASE) not in example_tree] == []


def test_robots_names_the_sitemap(example_tree):
    assert f"Sitemap: {BASE}sitemap.xml\n" in example_tree["robots.txt"].decode()


def test_the_search_is_described_for_browsers(example_tree):
    root = etree.fromstring(example_tree["opensearch.xml"])
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}

    assert root.find("o:Url", space).get("template") == f"{BASE}search.html?q={{searchTerms}}"
    assert b'name="q"' in example_tree["search.html"]
    assert b'rel="search"' in example_tree["index.html"]


def test_a_short_name_is_as_short_as_opensearch_asks():
    content = opensearch(
        SearchAddress("一二三四五六七八九十" * 3, "<&>", "https://a.example/?q={searchTerms}", "i")
    )
    root = etree.fromstring(content)

    assert len(root.findtext("{*}ShortName")) == 16
    assert root.findtext("{*}Description") == "<&>"


def test_old_addresses_and_headers_are_told_to_static_hosts(office):
    office.policy(4)
    office.withdraw("policy/2025-0002", replaced_by="policy/2025-0003")
    office.withdraw("policy/2025-0004")
    office.build()
    redirects = office.tree()["_redirects"].decode().splitlines()[1:]

    assert redirects == ["/xxgk/policy/2025-0002.html /xxgk/policy/2025-0003.html 301"]
    assert "/xxgk/data/*\n  Access-Control-Allow-Origin: *\n" in office.tree()["_headers"].decode()
