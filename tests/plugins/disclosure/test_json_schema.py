"""The schemas take what the readers take: every valid example; and mark what is wrong in it."""

from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from plugins.disclosure.json_schema import record_schema, site_schema
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.written import Items, Pairs, Scalar
from plugins.disclosure.templates_for_editors import markdown_template
from plugins.disclosure.vocabulary import load_vocabularies

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = load_kinds()
VALID = [
    pytest.param(kind, path, id=f"{kind}/{path.stem}")
    for kind in KINDS
    for path in sorted((EXAMPLES / kind / "valid").glob("*.md"))
]


def plain(node):
    match node:
        case Scalar(text=text):
            return text or None
        case Items(items=items):
            return [plain(item) for item in items]
        case Pairs(entries=entries):
            return {entry.name: plain(entry.node) for entry in entries}
    return None


def written(text):
    """Front matter as a program for YAML reads it."""
    entries, _ = read_entries(text.split("---\n")[1].split("\n"), 1, "")
    return {entry.name: plain(entry.node) for entry in entries}


def schema_of(kind, organs=()):
    return record_schema(KINDS[kind], load_vocabularies(), organs)


def faults(kind, record, organs=()):
    return [error.message for error in Draft7Validator(schema_of(kind, organs)).iter_errors(record)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_a_schema(kind):
    Draft7Validator.check_schema(schema_of(kind, ["霁川市财政局"]))


def test_the_schema_of_the_site_takes_the_example_city():
    Draft7Validator.check_schema(site_schema(load_vocabularies()))
    text = (EXAMPLES / "_base" / "site.yaml").read_text(encoding="utf-8")
    record = written(f"---\n{text}\n---\n")

    assert [
        error.message for error in Draft7Validator(site_schema(load_vocabularies())).iter_errors(record)
    ] == []


@pytest.mark.parametrize(("kind", "path"), VALID)
def test_every_valid_example_is_taken(kind, path):
    assert faults(kind, written(path.read_text(encoding="utf-8"))) == []


def test_there_are_examples_to_try():
    assert len(VALID) >= 10


@pytest.fixture
def record():
    """The fullest policy."""
    return written((EXAMPLES / "policy" / "valid" / "full.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"标题": None}, "None"),
        ({"发布日期": "2026/1/5"}, "does not match"),
        ({"体裁": "通 知"}, "通 知"),
        ({"发布机构": "没有的局"}, "没有的局"),
        ({"发文日期": "2026-01-05"}, "发文日期"),
        ({"title": "写了两次"}, "is valid under each of"),
        ({"发布时间": "25:00"}, "25:00"),
    ],
)
def test_what_is_wrong_is_marked(record, changed, says):
    organs = ["霁川市财政局", "finance", str(record["发布机构"])]

    assert faults("policy", record, organs) == []
    assert says in "".join(faults("policy", {**record, **changed}, organs))


def test_a_required_field_that_is_missing_is_marked(record):
    del record["标题"]

    assert faults("policy", record) != []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "organ"])
def test_a_new_record_is_marked_only_for_what_must_be_filled_in(kind):
    text = markdown_template(KINDS[kind], date(2026, 3, 31), "finance", "2026-0001")
    required = {
        name for field in KINDS[kind].fields if field.need == "required" for name in (field.label, field.key)
    }
    errors = Draft7Validator(schema_of(kind)).iter_errors(written(text))

    assert {str(error.path[0]) for error in errors if error.path} <= required


def test_each_field_explains_itself():
    title = schema_of("policy")["properties"]["标题"]

    assert title["description"]
    assert title["examples"]
    assert schema_of("policy")["properties"]["title"] == title
