"""What records say of each other: references that lead nowhere, circles, validity that contradicts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.cited_numbers import find_all
from plugins.disclosure.document_number import OrdinaryNumber, TelegramNumber, parse
from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.rules.wording import at_field, basis, named, named_en

ACTS = ("repeals", "amends")
MOST_PROPOSED = 3
OTHER_SEPARATORS = re.compile("[、，,]+")
"""What people part values by and this does not, for titles have it too."""


def reference_to_nothing(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A reference names no record of this site, several, or one of a kind it cannot be about."""
    for record, field, reference, count in catalog.unresolved:
        if count:
            yield _ambiguous(catalog, record, field, reference)
        elif elsewhere := catalog.find(reference):
            yield _wrong_kind(catalog, record, field, reference, elsewhere[0])
        else:
            yield _nothing(catalog, record, field, reference)


def named_elsewhere(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """What is on this site stands among what is not: then nothing is known of it there (废止的其他文件)."""
    for kind in catalog.kinds.values():
        pairs = [
            (field, other) for field in kind.fields if (other := kind.field(field.elsewhere)) is not None
        ]
        for record in catalog.of_kind(kind.id) if pairs else ():
            for field, other in pairs:
                for value in record.values.get(other.key, ()):
                    numbers = (number.canonical for _, _, number in find_all(value))
                    found = [one for number in numbers for one in catalog.find(number, field.kinds)]
                    if found and found[0] is not record:
                        yield _is_here(catalog, record, field, other, value, found[0])


def _is_here(
    catalog: Catalog, record: Record, field: Field, other: Field, value: str, found: Record
) -> Problem:
    return at_field(
        catalog,
        record,
        other.key,
        "error",
        "relation.on-this-site",
        f"写作{quoted(value)}，这份文件在本站：{named(found)}。",
        f'{quoted_en(value)} is on this site: {named_en(found)}. Name it under "{field.label_en}", so that both pages say so.',
        f"请移到“{field.label}”一项，写 {found.values.get('document_number', found.key)}，两份文件的网页才会写明。",
    )


def self_reference(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A document cannot repeal, amend, interpret or rest on itself."""
    for record in catalog.records:
        for relation in catalog.relations(record):
            if relation.outgoing and relation.other.key == record.key:
                yield at_field(
                    catalog,
                    record,
                    relation.field.key,
                    "error",
                    "relation.to-itself",
                    f"写的是这份文件自己，不能{relation.verb}自己。",
                    "This names the document itself. Write the number of the other document, or delete the entry.",
                    "请写另一份文件的文号，或者删去这一项。",
                )


def circle_of_acts(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """Documents that repeal or amend each other in a circle; each circle is reported once, at its oldest member."""
    acts = {record.key: _acted_on(catalog, record) for record in catalog.records if _acts(record)}
    for circle in _circles(acts):
        members = [catalog.get(key) for key in circle]
        records = [member for member in members if member is not None]
        oldest = min(records, key=lambda record: record.order)
        start = records.index(oldest)
        path = [*records[start:], *records[:start], oldest]
        key = next(
            relation.field.key
            for relation in catalog.relations(oldest)
            if relation.outgoing and relation.field.key in ACTS and relation.other.key == path[1].key
        )
        yield at_field(
            catalog,
            oldest,
            key,
            "error",
            "relation.circle",
            f"废止、修改的关系绕成了一圈：{' → '.join(_short(record) for record in path)}。",
            f"Repeals and amendments run in a circle: {' → '.join(_short(record) for record in path)}. "
            "A document cannot repeal or amend one that repeals or amends it: delete the entry that is wrong.",
            "先有的文件不会废止、修改后来的文件，请删去写错的一项。",
        )


def acts_on_a_later_document(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A document repeals or amends one that was published after it."""
    for record in catalog.records:
        for relation in catalog.relations(record):
            later = relation.other
            if not relation.outgoing or relation.field.key not in ACTS or later.key == record.key:
                continue
            if (
                date.min < record.published_on < later.published_on
            ):  # where no day could be read, that is the fault
                yield at_field(
                    catalog,
                    record,
                    relation.field.key,
                    "warning",
                    "relation.later-document",
                    f"{named(later)}发布于 {later.published_on}，晚于这份文件的 {record.published_on}，不会被它{relation.verb}。",
                    f"{named_en(later)} was published on {later.published_on}, after this document "
                    f"({record.published_on}). Check the number and both dates.",
                    "请核对文号和两个发布日期。",
                )


def stated_validity_contradicted(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """What an editor states as 有效性 is not what relations and dates say."""
    words = catalog.vocabularies["validity"]
    for record in catalog.records:
        stated = record.values.get("validity")
        derived = catalog.derived_validity(record) if stated is not None else None
        if derived is None or derived.state == stated:
            continue
        terms = [words.find(str(state)) for state in (stated, derived.state)]
        said, found = (term.label if term else "" for term in terms)
        why = (
            f"已被{named(derived.by)}{'废止' if derived.state == 'repealed' else '修改'}"
            if derived.by
            else ""
        )
        why_en = f" by {named_en(derived.by)}" if derived.by else ""
        if not derived.by:
            dated = "expires_on" if derived.state == "expired" else "effective_on"
            field = catalog.kinds[record.kind].field(dated)
            why = f"{field.label if field else dated}是 {record.values[dated]}"
        yield at_field(
            catalog,
            record,
            "validity",
            "error",
            "record.validity-contradicted",
            f"写作“{said}”，但{why}，应当是“{found}”。",
            f'"{said}" is stated, but it is "{found}"{why_en} since {derived.since}. Delete this entry: validity is worked '
            "out from relations and dates.",
            "请删去这一项，网站会自动推算；推算不对的，请核对日期和“废止文件”“修改文件”两项。",
            basis("marked_validity"),
        )


def _several(catalog: Catalog, record: Record, field: Field, reference: str) -> Problem | None:
    """Several references between which stands what parts none."""
    names = [name for name in OTHER_SEPARATORS.split(reference) if name]
    if len(names) < 2 or not field.many or not all(catalog.find(name, field.kinds) for name in names):
        return None
    mended = "；".join(names)
    several = at_field(
        catalog,
        record,
        field.key,
        "error",
        "relation.not-parted",
        f"写作{quoted(reference)}，这是 {len(names)} 份文件，几项之间要用分号。",
        f"{quoted_en(reference)} names {len(names)} documents. Part them by a semicolon: {mended}",
        f"请写成 {mended}",
    )
    return replace(several, written=reference, mended=mended)


def _nothing(catalog: Catalog, record: Record, field: Field, reference: str) -> Problem:
    if several := _several(catalog, record, field, reference):
        return several
    proposed = _proposals(catalog, field, reference)
    listed = "、".join(f"“{_name(other)}”{other.marked_title}" for other in proposed)
    listed_en = ", ".join(f'"{_name(other)}"' for other in proposed)
    hint = (
        f"是不是{listed}？请写文号、索引号或“类别/编号”。"
        if listed
        else "请写本站一份文件的文号、索引号或“类别/编号”。"
    )
    other_field = catalog.kind(record).field(field.elsewhere)
    where = f"写在“{other_field.label}”一项" if other_field else "写在正文里，不写在这一项"
    where_en = f' What is not on this site goes under "{other_field.label_en}".' if other_field else ""
    did_you = f" Did you mean {listed_en}?" if listed_en else ""
    nothing = at_field(
        catalog,
        record,
        field.key,
        "error",
        "relation.to-nothing",
        f"写作{quoted(reference)}，本站没有这份文件。",
        f"{quoted_en(reference)} names nothing on this site.{did_you} Write a document number, an index number or "
        f"kind/id.{where_en}",
        f"{hint}不在本站的文件，请{where}。",
    )
    return replace(nothing, written=reference)


def _wrong_kind(catalog: Catalog, record: Record, field: Field, reference: str, found: Record) -> Problem:
    wanted = "、".join(catalog.kinds[kind].label for kind in field.kinds)
    wanted_en = ", ".join(catalog.kinds[kind].label_en.lower() for kind in field.kinds)
    return at_field(
        catalog,
        record,
        field.key,
        "error",
        "relation.wrong-kind",
        f"写作{quoted(reference)}，它是{catalog.kind(found).label}{named(found)}，这里只能写{wanted}。",
        f"{quoted_en(reference)} is a {catalog.kind(found).label_en.lower()}, {named_en(found)}; only a {wanted_en} can "
        "stand here.",
        f"请写{wanted}的文号、索引号或“类别/编号”。",
    )


def _ambiguous(catalog: Catalog, record: Record, field: Field, reference: str) -> Problem:
    found = catalog.find(reference, field.kinds)
    keys = "、".join(other.key for other in found)
    return at_field(
        catalog,
        record,
        field.key,
        "error",
        "relation.ambiguous",
        f"写作{quoted(reference)}，本站有 {len(found)} 份文件都是这个号。",
        f"{quoted_en(reference)} names {len(found)} documents of this site. Write one of: {', '.join(o.key for o in found)}.",
        f"请写“类别/编号”，可以是：{keys}。",
    )


def _proposals(catalog: Catalog, field: Field, reference: str) -> Sequence[Record]:
    """What the editor may have meant, each name once: the title quoted, a number with one part different, a like key."""
    named_so = {
        _name(record): record for record in catalog.records if not field.kinds or record.kind in field.kinds
    }
    candidates = list(named_so.values())
    title = reference.strip("《》 ")
    same_title = [record for record in candidates if record.title == title]
    if same_title:
        return same_title[:MOST_PROPOSED]
    number = parse(reference)
    if isinstance(number, OrdinaryNumber | TelegramNumber):
        parts = (number.organ_code, number.year, number.serial)
        return [record for record in candidates if _parts_shared(record, parts) == 2][:MOST_PROPOSED]
    keys = {record.key: record for record in candidates}
    keys |= {str(n): record for record in candidates if (n := record.values.get("index_number"))}
    near = nearest(reference, keys)
    return [keys[near]] if near else []


def _parts_shared(record: Record, parts: tuple[str, int, int]) -> int:
    number = parse(record.values.get("document_number", ""))
    if not isinstance(number, OrdinaryNumber | TelegramNumber):
        return 0
    own = (number.organ_code, number.year, number.serial)
    return sum(one == other for one, other in zip(own, parts, strict=True))


def _name(record: Record) -> str:
    """The shortest unambiguous way to name a record."""
    return str(record.values.get("document_number") or record.key)


def _short(record: Record) -> str:
    return str(record.values.get("document_number") or record.marked_title)


def _acts(record: Record) -> bool:
    return any(record.values.get(key) for key in ACTS)


def _acted_on(catalog: Catalog, record: Record) -> list[str]:
    """The keys of the documents it repeals or amends, itself left out: `self_reference` reports that."""
    return [
        other.key
        for field in ACTS
        for other in catalog.related(record, field, outgoing=True)
        if other.key != record.key
    ]


def _circles(acts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Circles in a graph, each once: found by walking from every node, without going deeper by recursion."""
    done: set[str] = set()
    for start in sorted(acts):
        path: list[str] = []
        waiting = [(start, iter(acts.get(start, ())))] if start not in done else []
        while waiting:
            node, others = waiting[-1]
            if len(path) < len(waiting):
                path.append(node)
            following = next(others, None)
            if following is None:
                done.add(node)
                waiting.pop()
                path.pop()
            elif following in path:
                yield tuple(path[path.index(following) :])
            elif following not in done:
                waiting.append((following, iter(acts.get(following, ()))))
