"""Front pages: home, an organ's portal, the directory of organs, applying for information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import (
    ApplyPage,
    ColumnEntry,
    Counts,
    Duty,
    Entry,
    File,
    Group,
    HomePage,
    Link,
    OrganEntry,
    OrganPage,
    OrgansPage,
    Shown,
)
from plugins.portal.views.desk import Desk
from plugins.portal.views.facets import organ_facets
from plugins.portal.views.files import files_of
from plugins.portal.views.ledgers import has_tasks
from plugins.portal.views.structured import structured

NEWEST = 6
FORM = "申请表"
"""What the name of a form to apply with has in it."""
NO_GUIDE = "指南尚未公布，请电话询问"
WITHOUT_GUIDE = ("public_unit",)
"""Categories of bodies that are not applied to as organs are."""


def home_page(
    desk: Desk, topics: Sequence[Link], years: Sequence[Link], counts: Counts, overdue: Sequence[Duty]
) -> HomePage:
    """What is new, what must be here, where to look."""
    profile = desk.profile
    shown = [s for s in profile.sections if s.id in ("policy", "interpretation", "notice", "news")]
    return HomePage(
        head=desk.head(addresses.HOME, desk.site.name, desk.site.description, current=addresses.HOME),
        columns=tuple(_column(desk, section) for section in profile.columns),
        newest=tuple(
            Group(s.label, desk.newest(desk.catalog.of_section(s.id), NEWEST), desk.section_link(s))
            for s in shown
        ),
        organs=tuple(
            (label, tuple(desk.organ_link(organ.id) for organ in organs))
            for label, organs in organs_by_category(desk)
        ),
        topics=tuple(topics),
        years=tuple(years),
        counts=counts,
        overdue=tuple(overdue),
        total=len(desk.listed),
    )


def organ_page(desk: Desk, organ: Record, counts: Counts, open_duties: Mapping[str, Duty]) -> OrganPage:
    """An organ's portal. `open_duties` are its duties missing or overdue, by section."""
    functions = desk.profile.section("functions")
    head = desk.head(
        addresses.record(organ.key),
        f"{organ.title}政府信息公开",
        f"{organ.title}的政府信息公开指南、制度、法定主动公开内容和年报，以及机构职能与联系方式。",
        (Link("机构职能", addresses.section("functions")),),
        metas=desk.metas(functions),
        current=desk.top_of(functions),
    )
    head = replace(
        head,
        feed=addresses.feed_of(head.address),
        data=addresses.record_data(organ.key),
        structured=structured(desk, organ),
    )
    newest = desk.catalog.of_issuer(organ.id)
    listed = [record for record in newest if record.kind != "organ"]
    kind = desk.catalog.kinds["organ"]
    entries = [desk.entry(organ, field) for field in kind.fields if field.public and field.key != "name"]
    return OrganPage(
        head=head,
        name=organ.title,
        category=desk.label("organ_category", str(organ.values.get("category", ""))),
        details=tuple(entry for entry in entries if entry is not None),
        columns=tuple(_organ_column(desk, organ, section, open_duties) for section in desk.profile.columns),
        apply=apply_link(desk, organ),
        sections=organ_sections(desk, organ),
        newest=desk.newest(listed, NEWEST * 2),
        counts=counts,
        completeness=Link("履职情况", addresses.organ_completeness(organ.id)),
        facets=organ_facets(desk, organ),
    )


def organs_page(desk: Desk, section: Section) -> OrgansPage:
    """The directory of organs: the page of the section 机构职能."""
    head = desk.head(
        addresses.section(section.id),
        section.label,
        section.description,
        desk.section_trail(section)[:-1],
        metas=desk.metas(section),
        current=desk.top_of(section),
    )
    groups = tuple(
        (label, tuple(_organ_entry(desk, organ) for organ in organs))
        for label, organs in organs_by_category(desk)
    )
    return OrgansPage(head, section.description, groups)


def organs_by_category(desk: Desk) -> list[tuple[str, list[Record]]]:
    """The organs under the labels of their categories, both in the order people are used to."""
    terms = desk.catalog.vocabularies["organ_category"].terms
    found = [
        (term.label, [o for o in desk.catalog.organs if o.values.get("category") == term.id])
        for term in terms
    ]
    return [(label, organs) for label, organs in found if organs]


def organ_sections(desk: Desk, organ: Record) -> tuple[Link, ...]:
    """The organ's own sections that hold something, or whose sections below them do, in the profile's order."""
    links = []
    for section in desk.profile.sections:
        below = (section, *desk.profile.children(section.id))
        if any(desk.by_organ_and_section.get((organ.id, one.id)) for one in below):
            links.append(Link(section.label, addresses.organ_section(organ.id, section.id)))
    if has_tasks(desk, organ.id):
        links.append(Link("任务和期限", addresses.organ_tasks(organ.id)))
    return tuple(links)


def guide_of(desk: Desk, organ_id: str) -> Record | None:
    """The organ's guide; the newest, if it has several."""
    guides = desk.by_organ_and_section.get((organ_id, "guide"), [])
    return guides[-1] if guides else None


def apply_link(desk: Desk, organ: Record) -> Link | None:
    """Where to apply to this organ, if its guide says."""
    if guide_of(desk, organ.id) is None:
        return None
    return Link("依申请公开", addresses.organ_section(organ.id, "apply"))


def apply_page(desk: Desk, section: Section) -> ApplyPage:
    """依申请公开 for the whole portal: how it is done, and every organ's own way."""
    rows = []
    for organ in desk.catalog.organs:
        guide = guide_of(desk, organ.id)
        if guide is not None:
            where = str(guide.values.get("apply_organ") or guide.values.get("office_name", ""))
            link = Link(organ.title, addresses.organ_section(organ.id, "apply"))
            rows.append((link, where, _phone(desk, guide)))
        elif organ.values.get("category") not in WITHOUT_GUIDE:
            rows.append((desk.organ_link(organ.id), NO_GUIDE, _phone(desk, organ)))
    guide = guide_of(desk, desk.site.government)
    head = desk.head(
        addresses.section(section.id),
        section.label,
        section.description,
        metas=desk.metas(section),
        current=addresses.section(section.id),
    )
    return ApplyPage(
        head,
        section.description,
        _apply_entries(desk, guide),
        _guide_link(desk, guide),
        tuple(rows),
        _forms(desk, guide),
    )


def _forms(desk: Desk, guide: Record | None) -> tuple[File, ...]:
    """The forms to apply with, which a guide has among its files."""
    files = files_of(desk, guide) if guide else ()
    return tuple(file for file in files if FORM in file.title)


def organ_apply_page(desk: Desk, organ: Record, guide: Record, section: Section) -> ApplyPage:
    """依申请公开 for one organ, from its guide."""
    link = desk.organ_link(organ.id)
    head = desk.head(
        addresses.organ_section(organ.id, "apply"),
        section.label,
        f"向{organ.title}申请公开政府信息的受理部门、渠道、程序、时限、收费和救济。",
        (Link("机构职能", addresses.section("functions")), link),
        metas=desk.metas(section),
        within=organ.title,
    )
    entries = _apply_entries(desk, guide)
    return ApplyPage(
        head,
        section.description,
        entries,
        _guide_link(desk, guide),
        (),
        _forms(desk, guide),
        link,
        organ_sections(desk, organ),
    )


def _column(desk: Desk, section: Section) -> ColumnEntry:
    children = desk.profile.children(section.id)
    records = [
        record
        for s in (section, *children)
        for record in desk.catalog.of_section(s.id)
        if record.kind != "organ"
    ]
    newest = desk.newest(sorted(records, key=lambda record: record.order), 3)
    links = tuple(desk.section_link(child) for child in children)
    return ColumnEntry(desk.section_link(section, len(records)), newest, children=links)


def _organ_column(
    desk: Desk, organ: Record, section: Section, open_duties: Mapping[str, Duty]
) -> ColumnEntry:
    """One of the four columns of an organ; a guide that stands alone is opened at once."""
    children = desk.profile.children(section.id)
    own = [r for s in (section, *children) for r in desk.by_organ_and_section.get((organ.id, s.id), ())]
    own.sort(key=lambda record: record.order)
    duty = open_duties.get(section.id)
    missing = f"{duty.state_label}：{duty.reason}（依据：{duty.basis}）" if duty else ""
    if section.id == "guide" and len(own) == 1:
        address = addresses.record(own[0].key)
    else:
        address = addresses.organ_section(organ.id, section.id) if own else ""
    links = tuple(
        Link(child.label, addresses.organ_section(organ.id, child.id))
        for child in children
        if desk.by_organ_and_section.get((organ.id, child.id))
    )
    return ColumnEntry(Link(section.label, address, len(own)), desk.newest(own, 3), missing, links)


def _organ_entry(desk: Desk, organ: Record) -> OrganEntry:
    text = {key: str(organ.values.get(key, "")) for key in ("office_address", "office_hours")}
    return OrganEntry(
        desk.organ_link(organ.id), _phone(desk, organ), text["office_address"], text["office_hours"]
    )


def _phone(desk: Desk, record: Record) -> Shown | None:
    """The telephone of an organ or of its guide, to be called."""
    field, phone = desk.catalog.kind(record).field("office_phone"), record.values.get("office_phone")
    return desk.shown(field, phone) if field and phone else None


def _apply_entries(desk: Desk, guide: Record | None) -> tuple[Entry, ...]:
    if guide is None:
        return ()
    wanted = ("apply_", "complaint_", "remedies", "office_")
    fields = [f for f in desk.catalog.kinds["guide"].fields if f.key.startswith(wanted)]
    return tuple(entry for field in fields if (entry := desk.entry(guide, field)) is not None)


def _guide_link(desk: Desk, guide: Record | None) -> Link | None:
    return desk.record_link(guide) if guide is not None else None
