"""What many pages are made from: rows, links, values as readers see them. Each is made once and kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.document_number import normalise
from plugins.disclosure.kinds import Field, Kind
from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Entry, Frame, Head, Link, Row, Shown

if TYPE_CHECKING:
    from plugins.portal.histories import History

_LOOKED_UP = frozenset(("choice", "date", "moment", "organ", "section", "topic", "yes_no"))
"""Types whose values are shown in other words; the same few come again and again."""


_REACHED = frozenset(("phone", "email", "link"))
_EMAIL = re.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,120}")
_PHONE = re.compile("(0[0-9]+-[0-9]{7,8})-([0-9]{1,6})|[0-9-]{3,}")
"""One number; what stands behind the second hyphen is dialled when the first has answered."""


def way_out(field: Field, value: str) -> str:
    """What is called, written to or opened by a value; nothing where it is not that alone, or a fax."""
    if field.type == "link":
        return value
    if _EMAIL.fullmatch(value):
        return f"mailto:{value}"
    number = _PHONE.fullmatch(value) if field.type == "phone" and not field.key.endswith("fax") else None
    if number is None:
        return ""
    return f"tel:{number[1]},{number[2]}" if number[1] else f"tel:{value}"


@cache
def _iso(day: date) -> str:
    """A day in figures, one text for all that show it."""
    return day.isoformat()


class Desk:
    """The catalog with the small things every page needs of it."""

    def __init__(self, catalog: Catalog, histories: Mapping[str, History] | None = None) -> None:
        self.catalog = catalog
        self.histories = histories or {}
        self.asked: Mapping[str, frozenset[str] | None] = {}
        self.site = catalog.site
        self.profile = catalog.profile
        self._rows: dict[str, Row] = {}
        self._shown_fields: dict[tuple[str, str], tuple[Field, ...]] = {}
        self._shown: dict[tuple[str, str | None, Any], Shown] = {}
        self._organ_links: dict[str, Link] = {}
        self._trails: dict[str, tuple[Link, ...]] = {}
        vocabularies = catalog.vocabularies
        self._labels = {
            (name, term.id): term.label for name, one in vocabularies.items() for term in one.terms
        }
        self._topic_paths = {
            term.id: vocabularies["topics"].path(term) for term in vocabularies["topics"].terms
        }

    def asks(self, kind: str, name: str) -> bool:
        """Whether the template of a kind's pages reads this of a page, as far as it is known (`Renderer.asked`)."""
        asked = self.asked.get(kind)
        return asked is None or name in asked

    @cached_property
    def listed(self) -> list[Record]:
        """Every record that lists show, oldest first."""
        return [record for record in self.catalog.records if record.kind != "organ"]

    def frame(self) -> Frame:
        """What all pages share."""
        site = self.site
        outside = [s for s in self.profile.sections if s.place == "site" and s.parent is None]
        apply = self.profile.section("apply")
        return Frame(
            site_name=site.name,
            city=site.city,
            sponsor=site.sponsor,
            organizer=site.organizer,
            base_address=site.base_address,
            domain=site.domain,
            id_code=site.id_code,
            icp_number=site.icp_number,
            police_number=site.police_number,
            contact_phone=site.contact_phone,
            contact_email=site.contact_email,
            contact_address=site.contact_address,
            hotline=site.hotline,
            report_error_address=site.report_error_address,
            portal_address=site.portal_address,
            columns=tuple(self.section_link(section) for section in self.profile.columns),
            apply=self.section_link(apply) if apply else Link("依申请公开", addresses.HOME),
            more=tuple(self.section_link(section) for section in outside),
        )

    def section_link(self, section: Section, count: int | None = None) -> Link:
        """To a section of the whole portal."""
        return Link(section.label, addresses.section(section.id), count)

    def organ_link(self, organ_id: str) -> Link:
        """To an organ's portal, by its full name."""
        found = self._organ_links.get(organ_id)
        if found is None:
            organ = self.catalog.organ(organ_id)
            found = Link(organ.title if organ else organ_id, addresses.record(f"organ/{organ_id}"))
            self._organ_links[organ_id] = found
        return found

    def record_link(self, record: Record) -> Link:
        """To a record, by its title."""
        return Link(record.title, addresses.record(record.key))

    def label(self, vocabulary: str, term_id: str) -> str:
        """A term as people write it."""
        return self._labels.get((vocabulary, term_id), term_id)

    def row(self, record: Record) -> Row:
        """A record as lists show it."""
        found = self._rows.get(record.key)
        if found is None:
            found = self._rows[record.key] = self._row(record)
        return found

    def forget(self, record: Record) -> None:
        """Look at a record anew."""
        self._rows.pop(record.key, None)

    def rows(self, records: Sequence[Record]) -> tuple[Row, ...]:
        """Records as lists show them, in the order given."""
        return tuple(self.row(record) for record in records)

    def newest(self, records: Sequence[Record], count: int) -> tuple[Row, ...]:
        """The last `count` of records that stand oldest first, newest first."""
        return self.rows(records[: -count - 1 : -1])

    def entry(self, record: Record, field: Field) -> Entry | None:
        """A field's value with its label, or None where it is empty."""
        value = record.values.get(field.key)
        if value is None or value == () or value == "":
            return None
        values = value if isinstance(value, tuple) else (value,)
        return Entry(field.key, field.label, tuple(self.shown(field, part) for part in values))

    def fields_shown(self, kind: Kind, show: str) -> tuple[Field, ...]:
        """The public fields of a kind that are shown in one place."""
        found = self._shown_fields.get((kind.id, show))
        if found is None:
            found = tuple(field for field in kind.fields if field.public and field.show == show)
            self._shown_fields[kind.id, show] = found
        return found

    def column_text(self, record: Record, field: Field) -> str:
        """A field's value as one line of text."""
        entry = self.entry(record, field)
        return "；".join(shown.text for shown in entry.values) if entry else ""

    def metas(
        self, section: Section | None = None, article: Mapping[str, str] | None = None
    ) -> tuple[tuple[str, str], ...]:
        """The government marks of a page: 3 on any page, 7 on a section's, more on a record's."""
        marks = [
            ("SiteName", self.site.name),
            ("SiteDomain", self.site.domain),
            *([("SiteIDCode", self.site.id_code)] if self.site.id_code else []),
        ]
        if section is not None:
            marks += [
                ("ColumnName", section.label),
                ("ColumnDescription", section.description),
                ("ColumnKeywords", "，".join(section.keywords)),
                ("ColumnType", section.column_type),
            ]
        return (*marks, *((name, text) for name, text in (article or {}).items() if text))

    def head(
        self,
        address: str,
        heading: str,
        description: str,
        trail: Sequence[Link] = (),
        *,
        metas: tuple[tuple[str, str], ...] | None = None,
        within: str = "",
        current: str = "",
    ) -> Head:
        """A page's head. `within` is put between heading and site name in the title."""
        parts = [heading, *([within] if within else []), self.site.name]
        return Head(
            address=address,
            title=" - ".join(dict.fromkeys(parts)),
            heading=heading,
            description=description,
            trail=(Link("首页", addresses.HOME), *trail),
            metas=self.metas() if metas is None else metas,
            current=current,
        )

    def section_trail(self, section: Section | None) -> tuple[Link, ...]:
        """The sections above this one and this one itself, outermost first."""
        if section is None:
            return ()
        found = self._trails.get(section.id)
        if found is None:
            above = self.profile.section(section.parent) if section.parent else None
            found = self._trails[section.id] = (*self.section_trail(above), self.section_link(section))
        return found

    def top_of(self, section: Section | None) -> str:
        """The address of the menu entry a section belongs to."""
        trail = self.section_trail(section)
        return trail[0].address if trail else ""

    def links_in(self, record: Record, cited: Sequence[str]) -> dict[str, str]:
        """Which of the things a body cites are on this site: the cited text and the address. Never itself."""
        found = {name: self.citable[name] for name in cited if name in self.citable}
        return {name: addresses.record(key) for name, key in sorted(found.items()) if key != record.key}

    def shown(self, field: Field, value: Any) -> Shown:
        """One value of a field as readers see it."""
        if field.type not in _LOOKED_UP:
            if value == 0 and field.zero:
                return Shown(field.zero)
            plain = type(value) is str and not field.unit  # then it is the record's own, and not one like it
            if plain and (field.type in _REACHED or "@" in value):
                return Shown(value, href=way_out(field, value))
            return Shown(value if plain else f"{value}{field.unit}")
        what = (field.type, field.vocabulary, value)
        found = self._shown.get(what)
        if found is None:
            found = self._shown[what] = self._looked_up(field, value)
        return found

    def _looked_up(self, field: Field, value: Any) -> Shown:
        match field.type:
            case "organ":
                link = self.organ_link(value)
                return Shown(link.label, link.address)
            case "section":
                section = self.profile.section(value)
                return Shown(section.label, addresses.section(section.id)) if section else Shown(value)
            case "topic":
                return Shown(self._topic_paths.get(value, value), addresses.topic(value))
            case "choice":
                return Shown(self.label(field.vocabulary or "", value))
            case "yes_no":
                return Shown("是" if value else "否")
            case "date":
                return Shown(value.isoformat(), datetime=value.isoformat())
            case "moment":
                return Shown(f"{value:%Y-%m-%d %H:%M}", datetime=f"{value:%Y-%m-%dT%H:%M}")
        raise ValueError(f"nothing to look up for {field.type}")

    def _row(self, record: Record) -> Row:
        kind = self.catalog.kind(record)
        validity = self.catalog.validity(record)
        fields = [field for key in kind.columns if (field := kind.field(key)) is not None]
        return Row(
            key=record.key,
            address=addresses.record(record.key),
            title=record.title,
            kind=kind.id,
            kind_label=kind.label,
            issuer=self.organ_link(record.issuer).label,
            document_number=str(record.values.get("document_number", "")),
            published_on="" if record.published_on == date.min else _iso(record.published_on),
            validity=validity.state if validity else "",
            validity_label=self.label("validity", validity.state) if validity else "",
            cells={field.key: self.column_text(record, field) for field in fields},
        )

    @cached_property
    def place_of_organ(self) -> dict[str, int]:
        """The place of each organ, by category and then as organs.csv has them."""
        terms = self.catalog.vocabularies["organ_category"].terms
        order = {term.id: number for number, term in enumerate(terms)}
        organs = sorted(
            self.catalog.organs, key=lambda organ: order.get(str(organ.values.get("category")), len(order))
        )
        return {organ.id: number for number, organ in enumerate(organs)}

    @cached_property
    def by_organ_and_section(self) -> dict[tuple[str, str], list[Record]]:
        """What each organ has in each section."""
        found: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in self.listed:
            found[record.issuer, self.catalog.section_id(record)].append(record)
        return found

    @cached_property
    def by_year(self) -> dict[int, list[Record]]:
        """What lists show by the year in which it was published, oldest first."""
        found: dict[int, list[Record]] = defaultdict(list)
        for record in self.listed:
            found[record.published_on.year].append(record)
        return found

    @cached_property
    def citable(self) -> dict[str, str]:
        """Names that mean one record alone: canonical 文号 and full titles, each with the record's key."""
        found: dict[str, str] = {}
        of_many = set()
        for record in self.listed:
            key = record.key
            number = record.values.get("document_number")
            for name in (record.title, normalise(number) if number else None, key):
                if name and found.setdefault(name, key) != key:
                    of_many.add(name)
        for name in of_many:
            del found[name]
        return found
