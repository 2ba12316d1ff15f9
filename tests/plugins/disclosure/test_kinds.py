"""What the files of kinds say, held over all of them."""

from plugins.disclosure.kinds import load_kinds


def test_every_relation_says_in_full_who_does_what_to_whom() -> None:
    """废止 alone, above the records, leaves open which of the two is repealed."""
    relations = [field for kind in load_kinds().values() for field in kind.fields if field.verb]

    assert len(relations) > 30
    for field in relations:
        said = (field.heading, field.reverse_heading)
        assert all(len(heading) >= 5 for heading in said), field
        assert len(set(said) | {field.verb, field.reverse}) == 2 + len({field.verb, field.reverse}), field
