"""The standard catalogue of grassroots disclosure: what stands in the sections it names, and its own sections by domain.

Source: 国办发〔2019〕54号: the catalogue says what is public, by when and by whom, domain by domain; readers look for a
matter in its domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.disclosure.workdays import default_calendar
from plugins.portal import addresses
from plugins.portal.models import FieldTable, LedgerPage, Link, Shown
from plugins.portal.views.desk import Desk

PROMISES = "standard_item"
MISSING = "缺"
PROMISES_LABEL = "标准目录各事项公开情况"
MOST_SHOWN = 50
"""Records of one item on the page of its domain; the section has all."""


def promises_links(desk: Desk) -> tuple[Link, ...]:
    """To the page of all items and to those of the domains, where the site has such a catalogue."""
    domains = [_domain_link(desk, organ, domain) for organ, domain in _by_domain(desk)]
    return (Link(PROMISES_LABEL, addresses.ledger(PROMISES)), *domains) if domains else ()


def promises_pages(desk: Desk) -> Iterator[LedgerPage]:
    """What the standard catalogue promises: all of it held against its sections, and each domain with its records."""
    by_domain = _by_domain(desk)
    if by_domain:
        yield _all_items(desk)
    for (organ, domain), items in by_domain.items():
        yield _domain_page(desk, organ, domain, items, by_domain)


def _by_domain(desk: Desk) -> Mapping[tuple[str, str], Sequence[Record]]:
    """The items by the organ whose catalogue it is and by domain, in the order of their numbers."""
    found: dict[tuple[str, str], list[Record]] = {}
    for item in _in_order(desk):
        found.setdefault((item.issuer, str(item.values.get("domain", ""))), []).append(item)
    return found


def _in_order(desk: Desk) -> list[Record]:
    return sorted(desk.catalog.of_kind(PROMISES), key=lambda item: (str(item.values.get("number")), item.key))


def _domain_link(desk: Desk, organ: str, domain: str) -> Link:
    label = desk.label("grassroots_domain", domain)
    return Link(f"{label}（{desk.organ_link(organ).label}）", addresses.organ_domain(organ, domain))


def _domain_page(
    desk: Desk,
    organ: str,
    domain: str,
    items: Sequence[Record],
    by_domain: Mapping[tuple[str, str], Sequence[Record]],
) -> LedgerPage:
    label, name = desk.label("grassroots_domain", domain), desk.organ_link(organ).label
    others = [one for one in by_domain if one[0] == organ and one[1] != domain]
    return LedgerPage(
        desk.head(
            addresses.organ_domain(organ, domain),
            label,
            f"{name}在{label}领域应当公开的事项和已经公开的信息。",
            (desk.organ_link(organ), Link(PROMISES_LABEL, addresses.ledger(PROMISES))),
            within=name,
        ),
        f"{name}的基层政务公开标准目录在这一领域有 {len(items)} 个事项。每个事项列出最近公开的信息，写明时限的，写出是否按时。",
        tuple(_item_table(desk, item) for item in items),
        ways=tuple(
            Link(desk.label("grassroots_domain", one), addresses.organ_domain(organ, one))
            for _, one in others
        ),
        ways_label="其他领域",
    )


def _item_table(desk: Desk, item: Record) -> FieldTable:
    """The records of one item, newest first."""
    section = desk.profile.section(str(item.values.get("published_in", "")))
    records = _of_item(desk, item, section)[::-1]
    rows = [
        (
            Shown(one.title, addresses.record(one.key)),
            Shown(one.published_on.isoformat(), datetime=one.published_on.isoformat()),
            Shown(_kept(item, one)),
        )
        for one in records[:MOST_SHOWN]
    ]
    elements = "、".join(item.values.get("elements", ()))
    told = [
        f"公开时限：{item.values.get('time_limit', '')}。公开主体：{item.values.get('publisher', '')}。公开内容：{elements}。"
    ]
    if len(records) > MOST_SHOWN:
        told.append(f"共 {len(records)} 条，这里是最近 {MOST_SHOWN} 条。")
    return FieldTable(
        f"item-{item.id}",
        item.title,
        (("title", "标题"), ("published_on", "发布日期"), ("kept", "是否按时")),
        tuple(rows) or ((Shown("还没有公开的信息"), Shown(MISSING), Shown("不能判断")),),
        note="".join(told),
    )


def _all_items(desk: Desk) -> LedgerPage:
    """What the standard catalogue promises, held against what stands in the section it names."""
    rows = tuple(_promise(desk, item) for item in _in_order(desk))
    columns = (
        ("item", "公开事项"), ("domain", "领域"), ("limit", "公开时限"), ("section", "公开栏目"), ("newest", "栏目里最近一条"),
        ("kept", "最近一条是否按时"),
    )  # fmt: skip
    missing = sum(row[-2].text == MISSING for row in rows)
    head = desk.head(
        addresses.ledger(PROMISES),
        PROMISES_LABEL,
        "标准目录里的每一个公开事项，在写明的栏目里有没有内容，最近是哪一天。",
    )
    intro = (
        f"共 {len(rows)} 个事项，其中 {missing} 个在写明的栏目里还没有内容。没有写明栏目的不能判断。"
        "写明了标准目录事项的信息逐项对照，其余的按栏目对照。"
        "是否按时，从成文日期的第二天起按工作日计算；没有写明工作日数或者成文日期的不能判断。"
    )
    return LedgerPage(head, intro, (FieldTable("promises", "各事项", columns, rows),))


def _promise(desk: Desk, item: Record) -> tuple[Shown, ...]:
    section = desk.profile.section(str(item.values.get("published_in", "")))
    found = _newest(desk, item, section)
    newest = Shown("不能判断")
    if found is not None:
        newest = Shown(f"{found.published_on} {found.title}", addresses.record(found.key))
    elif section is not None:
        newest = Shown(MISSING)
    return (
        Shown(item.title, addresses.record(item.key)),
        Shown(
            desk.label("grassroots_domain", str(item.values.get("domain", ""))),
            addresses.organ_domain(item.issuer, str(item.values.get("domain", ""))),
        ),
        Shown(str(item.values.get("time_limit", ""))),
        Shown(section.label, addresses.section(section.id)) if section else Shown("没有写明"),
        newest,
        Shown(_kept(item, found)),
    )


def _newest(desk: Desk, item: Record, section: Section | None) -> Record | None:
    found = _of_item(desk, item, section)
    return found[-1] if found else None


def _of_item(desk: Desk, item: Record, section: Section | None) -> Sequence[Record]:
    """The records that name the item, oldest first; where none does, those of the organ in the section."""
    named = desk.catalog.related(item, "standard_item", outgoing=False)
    of_section = desk.by_organ_and_section.get((item.issuer, section.id), []) if section else []
    return named or [record for record in of_section if not record.values.get("standard_item")]


def _kept(item: Record, newest: Record | None) -> str:
    """Whether what is newest was published within the working days the catalogue promises."""
    limit, signed_on = item.values.get("workdays"), newest.values.get("signed_on") if newest else None
    if newest is None or limit is None or signed_on is None:
        return "不能判断"
    taken = default_calendar().explain_between(signed_on, newest.published_on, estimate=True)
    if taken.estimated:
        return "不能判断：节假日安排尚不完整"
    verdict = "按时" if taken.workday_count <= limit else "逾期"
    return f"{verdict}：用了 {taken.workday_count} 个工作日，时限 {limit} 个工作日"
