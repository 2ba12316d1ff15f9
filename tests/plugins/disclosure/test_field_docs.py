"""The page of fields is made from the kinds and stands in docs/ as it would be made today."""

from pathlib import Path

from plugins.disclosure.field_docs import fields_page
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies

PAGE = Path(__file__).parents[3] / "docs" / "fields.zh-CN.md"


def test_the_page_in_docs_is_the_one_made_from_the_kinds():
    """Mend with `python3 tasks.py docs`."""
    assert PAGE.read_text(encoding="utf-8") == fields_page(load_kinds(), load_vocabularies())


def test_every_field_of_every_kind_is_explained():
    page = fields_page(load_kinds(), load_vocabularies())
    names = [f"{field.label}（`{field.key}`）" for kind in load_kinds().values() for field in kind.fields]

    assert len(names) > 100
    assert [name for name in names if name not in page] == []
