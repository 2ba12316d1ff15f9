"""The open data of a site: complete, true to its own schemas, and without what is not for the public."""

import csv
import json
import re
import zipfile
from io import BytesIO, StringIO
from urllib.parse import unquote

import frictionless
import jsonschema
import openpyxl
import pyshacl
import pytest
import rdflib
from openapi_spec_validator import validate as validate_openapi
from rdflib.compare import isomorphic

from plugins.disclosure.kinds import load_kinds

BASE = "https://www.jichuan.example/xxgk/"
KINDS = sorted(load_kinds())

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path foaf:homepage ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ] ;
  sh:property [ sh:path dct:publisher ; sh:maxCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path dcat:contactPoint ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:downloadURL ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ] .
"""


def data(tree, address):
    return json.loads(tree[address])


def ndjson(tree, kind):
    return [json.loads(line) for line in tree[f"data/{kind}.ndjson"].decode().splitlines()]


def csv_rows(tree, kind):
    return list(csv.DictReader(StringIO(tree[f"data/{kind}.csv"].decode("utf-8-sig"), newline="")))


def pages_of(tree, kind):
    """The addresses of a kind's record pages; those of records taken down are left out."""
    pages = (a for a in tree if a.startswith(f"{kind}/") and a.endswith(".html") and a.count("/") == 1)
    return sorted(a for a in pages if b'"withdrawn_on"' not in tree[a.replace(".html", ".json")])


@pytest.mark.parametrize("kind", KINDS)
def test_every_records_json_is_as_its_kinds_schema_says(example_tree, kind):
    schema = data(example_tree, f"data/schema/{kind}.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    records = [data(example_tree, page.replace(".html", ".json")) for page in pages_of(example_tree, kind)]
    wrong = [(record["key"], error.message) for record in records for error in validator.iter_errors(record)]

    assert records
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_pages_records_and_rows_are_equally_many(example_tree, kind):
    pages = pages_of(example_tree, kind)
    sheet = openpyxl.load_workbook(BytesIO(example_tree[f"data/{kind}.xlsx"]), read_only=True).active
    api = data(example_tree, f"api/kinds/{kind}.json")
    counts = {
        "ndjson": len(ndjson(example_tree, kind)),
        "csv": len(csv_rows(example_tree, kind)),
        "xlsx": sum(1 for _ in sheet.iter_rows()) - 1,
        "api": api["total"],
        "index": next(k["total"] for k in data(example_tree, "api/index.json")["kinds"] if k["id"] == kind),
    }

    assert set(counts.values()) == {len(pages)}, counts


def test_every_count_on_a_page_is_the_number_of_records_in_the_data(example_tree):
    """Lists of sections, organs' sections, subjects, years and kinds; the front page; the page of open data."""
    counts, organs = {}, 0
    for kind in KINDS:
        for record in ndjson(example_tree, kind):
            if kind == "organ":
                organs += 1
                continue
            fields = record["fields"]
            section, issuer, year = (
                record["section"]["id"],
                fields["issuer"]["id"],
                fields["published_on"][:4],
            )
            topics = [topic["id"] for topic in fields.get("topic", ())]
            for page in {
                "index", f"section/{section}", f"section/{section}/year-{year}", f"section/{section}/kind-{kind}",
                f"organ/{issuer}/{section}",
                f"organ/{issuer}/year-{year}", f"year/{year}", f"kind/{kind}",
                *(f"section/{section}/{key}-{one['id']}" for key, value in fields.items() for one in _terms(value)),
                *(f"topic/{part}" for topic in topics for part in (topic, topic.partition("-")[0])),
            }:  # fmt: skip
                counts[page] = counts.get(page, 0) + 1
    shown = {
        address.removesuffix(".html"): int(match[1])
        for address, content in example_tree.items()
        if address.endswith(".html")
        and (match := re.search(r'class="(?:hero-)?total">[^<]*<strong>(\d+)</strong>', content.decode()))
    }
    told = re.search(r"共 (\d+) 条信息，另有 (\d+) 个机构", example_tree["data.html"].decode())
    unlike = {
        page: (count, counts.get(page, 0))
        for page, count in shown.items()
        if count != counts.get(page, 0) and not page.endswith(("/in-force", "/ended"))
    }

    assert len(shown) > 500
    assert unlike == {}
    assert (int(told[1]), int(told[2])) == (counts["index"], organs)
    assert len(data(example_tree, "manifest.json")["published"]) == counts["index"] + organs
    for page in {name.rpartition("/")[0] for name in shown if name.endswith("/in-force")}:
        assert shown[f"{page}/in-force"] + shown[f"{page}/ended"] == counts[page]


def _terms(value):
    return [
        one
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, dict) and "id" in one
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_lines_of_a_dump_are_the_records_own_json(example_tree, kind):
    for record in ndjson(example_tree, kind):
        assert record == data(example_tree, f"{record['key']}.json")


def test_the_tables_are_valid_by_the_data_package(example_site, example_tree):
    package = frictionless.Package(str(example_site.folder / "data" / "datapackage.json"))
    report = package.validate()

    assert len(package.resources) == len(KINDS)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_catalogue_is_the_same_in_json_ld_and_turtle_and_has_the_shape_of_dcat(example_tree):
    graph = rdflib.Graph().parse(data=example_tree["data/catalogue.ttl"], format="turtle")
    other = rdflib.Graph().parse(data=example_tree["data/catalogue.jsonld"], format="json-ld")
    conforms, _, text = pyshacl.validate(
        graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle")
    )

    assert isomorphic(graph, other)
    assert conforms, text
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert len(list(graph.subjects(rdflib.RDF.type, dcat.Dataset))) == len(KINDS)
    files = {str(address).removeprefix(BASE) for address in graph.objects(None, dcat.downloadURL)}
    assert files <= set(example_tree)
    assert len(files) == 3 * len(KINDS)


def test_the_openapi_description_is_valid_and_every_path_of_it_is_a_file(example_tree):
    described = data(example_tree, "api/openapi.json")
    validate_openapi(described)

    assert described["servers"] == [{"url": BASE.rstrip("/")}]
    for path, item in described["paths"].items():
        parameters = item["get"].get("parameters", [])
        filled = path.format(**{one["name"]: one["example"] for one in parameters}).lstrip("/")
        assert filled in example_tree, path
    listed = {path.lstrip("/") for path in described["paths"]}
    assert {a for a in example_tree if a.startswith("api/") and "/page-" not in a} <= listed


def test_every_record_is_reached_from_the_index_of_the_interface(example_tree):
    found = set()
    for kind in data(example_tree, "api/index.json")["kinds"]:
        address = kind["list"]
        while address:
            page = data(example_tree, address.removeprefix(BASE))
            found |= {record["key"] for record in page["records"]}
            address = page["older"]

    assert found == {page.removesuffix(".html") for kind in KINDS for page in pages_of(example_tree, kind)}


def test_every_address_in_the_data_leads_to_a_file(example_tree):
    broken = set()
    for address, content in example_tree.items():
        if address.endswith((".json", ".jsonld", ".ttl", ".ndjson")) and address != "manifest.json":
            for found in re.findall(rf'{re.escape(BASE)}([^"#<>\s\\?]*)', content.decode()):
                place = unquote(found)
                if place and "{" not in place and place not in example_tree:
                    broken.add((address, place))

    assert {place for _, place in broken} - {place.removesuffix(".json") for _, place in broken} == set()
    assert {place for _, place in broken if not place.startswith("feeds/")} == set()


def test_what_is_kept_for_the_office_appears_nowhere(office):
    office.policy(2, 审查人="某不公开之人", 审查日期="2025-03-01")
    office.build()
    seen = 0
    for address, content in office.tree().items():
        texts = [content]
        if address.endswith(".xlsx"):
            book = zipfile.ZipFile(BytesIO(content))
            texts = [book.read(name) for name in book.namelist()]
        for text in texts:
            seen += 1
            assert "某不公开之人".encode() not in text, address
            if not address.startswith("static/"):
                assert b"reviewed_on" not in text, address
                assert b'"reviewer"' not in text, address

    assert seen > 100


def test_an_edit_touches_the_data_it_belongs_to_and_no_other(office):
    office.interpretation("解读一", "policy/2025-0003")
    office.build()
    office.policy(2, body="换了一段正文。" * 40)
    office.build()
    office.policy(2, body="换了一段正文。" * 40 + "末尾。")
    written = set(office.build().written)

    assert {"policy/2025-0002.json", "data/policy.ndjson"} <= written
    assert not any(
        a.startswith(("data/interpretation", "interpretation/", "data/schema", "api/")) for a in written
    )
