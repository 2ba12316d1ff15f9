"""Pages made from many records: what is there and missing by year, how much was published, who owes which task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from plugins.disclosure.annual_report import CellId, Tables
from plugins.disclosure.processing_fee import Tariff, load_tariffs
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Bar, Cell, Chart, FieldTable, LedgerPage, Link, Shown, Table
from plugins.portal.views.desk import Desk
from plugins.portal.views.matrices import matrix_links, matrix_pages
from plugins.portal.views.promises import PROMISES, promises_links, promises_pages
from plugins.portal.views.shares import shares_links, shares_pages
from plugins.portal.views.website_form import website_form_link, website_form_page

COUNTS = "counts"
REQUESTS = "requests"
FEES = "fees"
FEES_LABEL = "信息处理费标准和算例"
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
DONE = ("done", "dropped")


def ledger_pages(desk: Desk) -> Iterator[LedgerPage]:
    """Every page of the whole site that is made from many records."""
    yield from matrix_pages(desk)
    yield from shares_pages(desk)
    years = _years(desk)
    for year in years:
        yield _counts_page(desk, year, years)
    if _reports(desk):
        yield _requests_page(desk)
    yield from promises_pages(desk)
    if website_form_link(desk):
        yield website_form_page(desk)
    yield _fees_page(desk)


def ledger_links(desk: Desk) -> tuple[Link, ...]:
    """To those pages, for the site map."""
    found = [*matrix_links(desk), *shares_links(desk)]
    if years := _years(desk):
        found.append(Link("信息发布统计", _counts_address(years[0], years)))
    if _reports(desk):
        found.append(Link("依申请公开历年统计", addresses.ledger(REQUESTS)))
    return (*found, *promises_links(desk), *website_form_link(desk), Link(FEES_LABEL, addresses.ledger(FEES)))


def links_of_section(desk: Desk, kinds: Sequence[str]) -> tuple[Link, ...]:
    """To the pages that are made from the kinds a section holds."""
    found = [*matrix_links(desk, kinds), *shares_links(desk, kinds)]
    if PROMISES in kinds:
        found += promises_links(desk)
    if "website_report" in kinds:
        found += website_form_link(desk)
    if "request_reply" in kinds:
        found += [Link("依申请公开历年统计", addresses.ledger(REQUESTS))] if _reports(desk) else []
        found.append(Link(FEES_LABEL, addresses.ledger(FEES)))
    return tuple(found)


def tasks_page(desk: Desk, organ: Record) -> LedgerPage | None:
    """The tasks an organ leads or shares, the next deadline first; None where it has none."""
    plans = desk.catalog.of_kind("task_plan")
    rows = [
        row
        for plan in plans
        for task in plan.values.get("tasks", ())
        for row in _task(desk, organ, plan, task)
    ]
    if not rows:
        return None
    tables = [_tasks_table([row for _, row in sorted(rows, key=lambda pair: pair[0])])]
    filings = [_filing(desk, plan, key) for plan in plans for key in ("plan_due_on", "summary_due_on")]
    if found := sorted((pair for pair in filings if pair is not None), key=lambda pair: pair[0]):
        columns = (("what", "报送"), ("due", "期限"), ("plan", "出处"))
        tables.append(FieldTable("filings", "报送期限", columns, tuple(row for _, row in found)))
    head = desk.head(
        addresses.organ_tasks(organ.id),
        "任务和期限",
        f"{organ.title}牵头或者负责的任务、完成期限和进展。",
        (Link("机构职能", addresses.section("functions")), desk.organ_link(organ.id)),
        within=organ.title,
    )
    late = sum(row[4].text.startswith("逾期") for _, row in rows)
    intro = f"共 {len(rows)} 项任务，其中逾期 {late} 项。统计日期：{desk.catalog.today}。"
    return LedgerPage(head, intro, tuple(tables))


def has_tasks(desk: Desk, organ_id: str) -> bool:
    """Whether an organ leads or shares any task."""
    tasks = [task for plan in desk.catalog.of_kind("task_plan") for task in plan.values.get("tasks", ())]
    return any(organ_id in (task.get("lead"), *task.get("responsible", ())) for task in tasks)


def _tasks_table(rows: Sequence[tuple[Shown, ...]]) -> FieldTable:
    columns = (
        ("task", "任务"), ("role", "角色"), ("due", "期限"), ("state", "进展"), ("standing", "是否按期"), ("plan", "出处"),
    )  # fmt: skip
    return FieldTable("tasks", "任务", columns, tuple(rows))


def _task(
    desk: Desk, organ: Record, plan: Record, task: Mapping[str, Any]
) -> Iterator[tuple[tuple[date, str], tuple[Shown, ...]]]:
    role = (
        "牵头" if task.get("lead") == organ.id else "责任" if organ.id in task.get("responsible", ()) else ""
    )
    if not role:
        return
    due, today = task.get("due_on"), desk.catalog.today
    open_ = task.get("state") not in DONE
    standing = "—"
    if due is not None:
        late = open_ and due < today
        standing = (
            f"逾期 {(today - due).days} 天"
            if late
            else f"还有 {(due - today).days} 天"
            if open_
            else "已了结"
        )
    row = (
        Shown(str(task["name"])),
        Shown(role),
        Shown(str(due), datetime=str(due)) if due else Shown("—"),
        Shown(desk.label("task_state", str(task.get("state", "")))),
        Shown(standing),
        Shown(plan.title, addresses.record(plan.key)),
    )
    yield ((date.max if not open_ else due or date.max, f"{due} {task['name']}"), row)


def _filing(desk: Desk, plan: Record, key: str) -> tuple[date, tuple[Shown, ...]] | None:
    due = plan.values.get(key)
    field = desk.catalog.kind(plan).field(key)
    if due is None or field is None:
        return None
    row = (
        Shown(field.label),
        Shown(str(due), datetime=str(due)),
        Shown(plan.title, addresses.record(plan.key)),
    )
    return due, row


def _years(desk: Desk) -> list[int]:
    return sorted(desk.by_year, reverse=True)


def _counts_address(year: int, years: Sequence[int]) -> str:
    """The newest year has the address that does not change."""
    return addresses.ledger(COUNTS if year == years[0] else f"{COUNTS}-{year}")


def _counts_page(desk: Desk, year: int, years: Sequence[int]) -> LedgerPage:
    """How many records each organ published, by month, quarter and year."""
    counts = Counter((record.issuer, record.published_on.month) for record in desk.by_year[year])
    head_row = ["机关", *(f"{month}月" for month in range(1, 13)), *QUARTERS, "全年"]
    body = []
    for organ in desk.catalog.organs:
        months = [counts[organ.id, month] for month in range(1, 13)]
        if sum(months):
            quarters = [sum(months[at : at + 3]) for at in range(0, 12, 3)]
            figures = [Cell(str(number)) for number in (*months, *quarters, sum(months))]
            body.append((Cell(organ.title, "row"), *figures))
    body.append(
        (Cell("合计", "row"), *(Cell(str(sum(int(row[at].text) for row in body))) for at in range(1, 18)))
    )
    by_month = [sum(counts[organ.id, month] for organ in desk.catalog.organs) for month in range(1, 13)]
    most = max([*by_month, 1])
    bars = tuple(Bar(f"{m}月", f"{n} 条", f"{n * 100 / most:.1f}") for m, n in enumerate(by_month, 1))
    head = desk.head(
        _counts_address(year, years),
        f"{year}年信息发布统计",
        f"各机关{year}年每月、每季和全年发布的信息条数。",
    )
    grid = Table(f"{year}年各机关发布条数", (tuple(Cell(text, "col") for text in head_row),), tuple(body))
    ways = tuple(Link(f"{other}年", _counts_address(other, years)) for other in years if other != year)
    intro = f"{year}年共发布 {sum(by_month)} 条，按发布日期统计，每天重新计算。"
    return LedgerPage(
        head, intro, grids=(grid,), chart=Chart("每月发布条数", ("月份", "条数"), bars), ways=ways
    )


def _reports(desk: Desk) -> list[Record]:
    reports = desk.catalog.of_kind("annual_report")
    return [report for report in reports if isinstance(report.values.get("tables"), Tables)]


def _requests_page(desk: Desk) -> LedgerPage:
    """Requests received, by organ and year, from the tables of the annual reports."""
    received = {
        (report.issuer, int(report.values["report_year"])): int(
            report.values["tables"].at(CellId("part3", "new_received", "total"))
        )
        for report in _reports(desk)
    }
    years = sorted({year for _, year in received})
    rows = [
        (
            Cell(organ.title, "row"),
            *(Cell(str(received.get((organ.id, year), "—"))) for year in years),
        )
        for organ in desk.catalog.organs
        if any(key[0] == organ.id for key in received)
    ]
    head_row = (Cell("机关", "col"), *(Cell(f"{year}年", "col") for year in years))
    government = desk.site.government
    whole = [(year, received[government, year]) for year in years if (government, year) in received]
    most = max([number for _, number in whole] + [1])
    bars = tuple(Bar(f"{year}年", f"{number} 件", f"{number * 100 / most:.1f}") for year, number in whole)
    head = desk.head(
        addresses.ledger(REQUESTS),
        "依申请公开历年统计",
        "各机关每年新收政府信息公开申请的件数，取自各机关的年度报告。",
    )
    chart = Chart(f"{desk.site.city}每年新收申请", ("年度", "件数"), bars) if bars else None
    grid = Table("各机关新收申请件数", (head_row,), tuple(rows))
    return LedgerPage(head, "件数取自政府信息公开工作年度报告第三部分的表格。", grids=(grid,), chart=chart)


def _fees_page(desk: Desk) -> LedgerPage:
    """What requests beyond reason cost, with examples worked out step by step."""
    tariffs = load_tariffs()
    head = desk.head(
        addresses.ledger(FEES),
        FEES_LABEL,
        "申请公开政府信息不收费；数量、频次明显超过合理范围的，可以按件或者按页收取信息处理费。",
    )
    intro = (
        "申请公开政府信息不收取费用。申请的数量、频次明显超过合理范围的，行政机关可以收取信息处理费："
        f"按件或者按页选择一种，不得同时使用，分段累加。依据：{tariffs.source}。"
    )
    tables = (
        _fee_examples("按件计收（同一申请人一个自然月内）", "items", tariffs.items),
        _fee_examples("按页计收（一件申请）", "pages", tariffs.pages),
    )
    return LedgerPage(head, intro, tables)


def _fee_examples(caption: str, key: str, tariff: Tariff) -> FieldTable:
    columns = (("count", f"{tariff.unit}数"), ("how", "怎样计算"), ("fee", "应收（元）"))
    rows = tuple(
        (
            Shown(f"{count} {tariff.unit}"),
            Shown(
                "；".join(
                    f"第{s.first}—{s.last}{tariff.unit}，{s.count}×{s.yuan} 元" for s in tariff.steps(count)
                )
            ),
            Shown(str(tariff.fee(count))),
        )
        for count in tariff.examples
    )
    return FieldTable(key, caption, columns, rows)
