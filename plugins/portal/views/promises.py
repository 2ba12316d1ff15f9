"""The standard catalogue of grassroots disclosure held against what stands in the sections it names."""

from __future__ import annotations

from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.disclosure.workdays import default_calendar
from plugins.portal import addresses
from plugins.portal.models import FieldTable, LedgerPage, Link, Shown
from plugins.portal.views.desk import Desk

PROMISES = "standard_item"
MISSING = "缺"
PROMISES_LABEL = "标准目录各事项公开情况"


def promises_link(desk: Desk) -> tuple[Link, ...]:
    """To the page, where the site has such a catalogue."""
    return (Link(PROMISES_LABEL, addresses.ledger(PROMISES)),) if desk.catalog.of_kind(PROMISES) else ()


def promises_page(desk: Desk) -> LedgerPage:
    """What the standard catalogue promises, held against what stands in the section it names."""
    items = desk.catalog.of_kind(PROMISES)
    rows = tuple(
        _promise(desk, item) for item in sorted(items, key=lambda item: str(item.values.get("number")))
    )
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
        Shown(desk.label("grassroots_domain", str(item.values.get("domain", "")))),
        Shown(str(item.values.get("time_limit", ""))),
        Shown(section.label, addresses.section(section.id)) if section else Shown("没有写明"),
        newest,
        Shown(_kept(item, found)),
    )


def _newest(desk: Desk, item: Record, section: Section | None) -> Record | None:
    """The newest record that names the item; where none does, the newest of the organ in the section."""
    named = desk.catalog.related(item, "standard_item", outgoing=False)
    of_section = desk.by_organ_and_section.get((item.issuer, section.id), []) if section else []
    found = named or [record for record in of_section if not record.values.get("standard_item")]
    return found[-1] if found else None


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
