"""All records of a site, and the questions one may ask of them: by kind, organ, number; what relates to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from plugins.disclosure.document_number import normalise
from plugins.disclosure.kinds import Field, Kind, Kinds
from plugins.disclosure.profile import Profile, Regime, Section
from plugins.disclosure.record import Attachment, AttachmentFile, Record, Relation, Validity
from plugins.disclosure.site import Site
from plugins.disclosure.tombstone import Tombstone
from plugins.disclosure.vocabulary import Vocabularies

ACTS = (("repeals", "repealed"), ("amends", "amended"))
"""What an act does to a document, and what that makes of it."""


class TooWide(Exception):
    """More was asked for than looking up single records can tell."""


class Catalog:
    """Every record of a site, oldest first, with what they refer to.

    Made once by the readers and never changed. `today` decides which profile's sections are shown and which
    documents are in force.
    """

    def __init__(
        self,
        site: Site,
        kinds: Kinds,
        vocabularies: Vocabularies,
        regime: Regime,
        today: date,
        records: Iterable[Record],
        attachments: Mapping[str, AttachmentFile],
        not_applicable: Mapping[tuple[str, str], str],
        tombstones: Sequence[Tombstone] = (),
    ) -> None:
        self.site = site
        self.kinds = kinds
        self.vocabularies = vocabularies
        self.regime = regime
        self.today = today
        self.records = tuple(sorted(records, key=lambda record: record.order))
        self.attachments = attachments
        self.not_applicable = not_applicable
        self.tombstones = tombstones
        self._shelves: dict[str, str] = {}
        self._by_key = {record.key: record for record in self.records}
        self._by_kind = _grouped(self.records, lambda record: record.kind)
        self._by_reference = _references(self.records)
        self._by_issuer = _grouped(self.records, lambda record: record.issuer)
        self._by_section = _grouped(self.records, self.section_id)
        self._outgoing, self._incoming, self.unresolved = self._relate()

    APART = (
        "site",
        "kinds",
        "vocabularies",
        "regime",
        "today",
        "attachments",
        "not_applicable",
        "tombstones",
    )
    """What a catalog has beside its records."""

    @classmethod
    def of_lookups(
        cls,
        apart: Mapping[str, Any],
        records: Sequence[Record],
        organs: Sequence[Record],
        by_key: Mapping[str, Record],
        outgoing: Mapping[str, Sequence[Relation]],
        incoming: Mapping[str, Sequence[Relation]],
    ) -> Catalog:
        """One that looks records up one by one. Whoever asks for those of a kind, an organ or a section gets TooWide."""
        found: Any = cls.__new__(cls)
        for name in cls.APART:
            setattr(found, name, apart[name])
        found._shelves = {}
        found.records = records
        found._by_kind = _Only({"organ": organs})
        found._by_reference = found._by_issuer = found._by_section = _Only()
        found._by_key, found._outgoing, found._incoming = by_key, outgoing, incoming
        catalog: Catalog = found
        return catalog

    def sides(self, record: Record) -> tuple[Sequence[Relation], Sequence[Relation]]:
        """What the record says of others, and what others say of it."""
        return self._outgoing.get(record.key, ()), self._incoming.get(record.key, ())

    def narrowed(self, records: Sequence[Record]) -> Catalog:
        """The same catalog to whoever goes through `records`, which are only these; lookups find all there are."""
        found = copy(self)
        found.records = tuple(records)
        return found

    @cached_property
    def profile(self) -> Profile:
        """The rules in force today."""
        return self.regime.on(self.today)

    @property
    def organs(self) -> Sequence[Record]:
        """The organs in the order of organs.csv."""
        return sorted(self.of_kind("organ"), key=lambda organ: (organ.file, organ.line))

    def get(self, key: str) -> Record | None:
        """The record with this key (`policy/2025-0012`), or None."""
        return self._by_key.get(key)

    def organ(self, id_: str) -> Record | None:
        """The organ with this id, or None."""
        return self._by_key.get(f"organ/{id_}")

    def duties_as(self, organ: Record) -> str:
        """The category by whose duties an organ is judged: on its own portal a county owes what a city's government does."""
        category = str(organ.values.get("category", ""))
        if organ.id != self.site.government:
            return category
        terms = self.vocabularies["organ_category"].terms
        return next((term.at_the_head_as for term in terms if term.id == category), "") or category

    def kind(self, record: Record) -> Kind:
        """The record's kind."""
        return self.kinds[record.kind]

    def of_kind(self, kind: str) -> Sequence[Record]:
        """All records of a kind, oldest first."""
        return self._by_kind.get(kind, ())

    def of_issuer(self, organ: str) -> Sequence[Record]:
        """All records an organ published, oldest first."""
        return self._by_issuer.get(organ, ())

    def of_section(self, section: str) -> Sequence[Record]:
        """All records that stand in a section itself (not in those below it), oldest first."""
        return self._by_section.get(section, ())

    def section_id(self, record: Record) -> str:
        """The id of the section the record stands in: its own choice, or where the rules in force keep its kind."""
        chosen = record.values.get("section")
        if chosen:
            return str(chosen)
        shelf = self._shelves.get(record.kind)
        if shelf is None:
            shelf = self.profile.shelf(record.kind, self.kinds[record.kind].section)
            self._shelves[record.kind] = shelf
        return shelf

    def section(self, record: Record) -> Section | None:
        """The section the record stands in, under the rules in force today."""
        return self.profile.section(self.section_id(record))

    def find(self, reference: str, kinds: Sequence[str] = ()) -> Sequence[Record]:
        """Records that `reference` names, by key, 索引号 or 文号 in any way of writing it; none, one or several."""
        found = self._by_reference.get(_reference(reference), ())
        return [record for record in found if not kinds or record.kind in kinds]

    def relations(self, record: Record) -> Sequence[Relation]:
        """What the record says of others and what others say of it, each with the verb of its side."""
        return [*self._outgoing.get(record.key, ()), *self._incoming.get(record.key, ())]

    def related(self, record: Record, field: str, *, outgoing: bool) -> Sequence[Record]:
        """The records on the other side of one relation, oldest first."""
        side = self._outgoing if outgoing else self._incoming
        there = side.get(record.key)
        if not there:
            return ()
        others = [relation.other for relation in there if relation.field.key == field]
        return sorted(others, key=lambda other: other.order)

    def validity(self, record: Record) -> Validity | None:
        """Whether a document is in force today, derived from relations and dates; None for kinds that have none.

        Repeal counts before expiry, expiry before amendment. What an editor states is used only when nothing
        can be derived, for instance when the repealing document is not on this site.
        """
        if self.kinds[record.kind].field("validity") is None:
            return None
        return self._derived_validity(record) or self._stated_validity(record)

    def derived_validity(self, record: Record) -> Validity | None:
        """As `validity`, but None where only the editor's word or nothing speaks of it."""
        return self._derived_validity(record)

    def _derived_validity(self, record: Record) -> Validity | None:
        for field, state in ACTS:
            if state == "amended":
                expires_on = record.values.get("expires_on")
                if expires_on is not None and expires_on < self.today:
                    return Validity("expired", expires_on + timedelta(days=1))
            acts = [(_begins(act), act) for act in self.related(record, field, outgoing=False)]
            in_force = sorted(
                (pair for pair in acts if pair[0] <= self.today), key=lambda pair: (pair[0], pair[1].key)
            )
            if in_force:
                return Validity(state, *(in_force[0] if state == "repealed" else in_force[-1]))
        effective_on = record.values.get("effective_on")
        if effective_on is not None and effective_on > self.today:
            return Validity("pending", effective_on)
        return None

    def _stated_validity(self, record: Record) -> Validity:
        return Validity(str(record.values.get("validity", "in_force")))

    def attachments_of(self, record: Record) -> Sequence[Attachment]:
        """The files offered with a record, in the editor's order."""
        found: Sequence[Attachment] = record.values.get("attachments", ())
        return found

    def _relate(
        self,
    ) -> tuple[dict[str, list[Relation]], dict[str, list[Relation]], list[tuple[Record, Field, str, int]]]:
        """Outgoing and incoming relations by key; references that name none or several, with how many."""
        outgoing: dict[str, list[Relation]] = defaultdict(list)
        incoming: dict[str, list[Relation]] = defaultdict(list)
        unresolved: list[tuple[Record, Field, str, int]] = []
        for record in self.records:
            for field in self.kinds[record.kind].fields:
                if field.type != "record":
                    continue
                for reference in _as_tuple(record.values.get(field.key, ())):
                    found = self.find(reference, field.kinds)
                    if len(found) != 1:
                        unresolved.append((record, field, reference, len(found)))
                        continue
                    outgoing[record.key].append(Relation(field.verb, found[0], field, outgoing=True))
                    incoming[found[0].key].append(Relation(field.reverse, record, field, outgoing=False))
        return outgoing, incoming, unresolved


class _Only(dict[str, Sequence[Record]]):
    """Has no answer for what it does not hold, not even that there is none."""

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002 nothing stands in
        if key not in self:
            raise TooWide(key)
        return self[key]


def _begins(act: Record) -> date:
    """The day a document takes effect: as it says, else the day it was published."""
    found = act.values.get("effective_on")
    return found if isinstance(found, date) else act.published_on


def _as_tuple(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _reference(text: str) -> str:
    text = text.strip()
    return normalise(text) or text


def _references(records: Iterable[Record]) -> dict[str, Sequence[Record]]:
    """What each name means: in nearly all cases one record, so that there is no list for each."""
    found: dict[str, Sequence[Record]] = {}
    for record in records:
        names = {
            record.key,
            record.values.get("index_number"),
            _reference(record.values.get("document_number", "")),
        }
        for name in sorted(str(name) for name in names if name):
            there = found.get(name)
            if there is None:
                found[name] = (record,)
            elif isinstance(there, list):
                there.append(record)
            else:
                found[name] = [*there, record]
    return found


def _grouped(records: Iterable[Record], group: Any) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[group(record)].append(record)
    return found
