"""How many records have which term of a choice, by organ, held against targets: 三办 as the service guides say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from plugins.disclosure.derived import work_out
from plugins.disclosure.kind_checks import Derived
from plugins.disclosure.kinds import Field, Kind, Shares
from plugins.disclosure.record import Record
from plugins.disclosure.vocabulary import Term
from plugins.portal import addresses
from plugins.portal.models import Bar, Cell, Chart, FieldTable, LedgerPage, Link, Shown, Table
from plugins.portal.views.desk import Desk


def shares_pages(desk: Desk) -> Iterator[LedgerPage]:
    """The page of every kind that asks for one and has records."""
    for kind, field, shares in _asked(desk):
        yield _page(desk, kind, field, shares)


def shares_links(desk: Desk, kinds: Sequence[str] | None = None) -> list[Link]:
    """To those pages; with `kinds`, to those made from them."""
    return [
        Link(_label(kind, field), _address(kind, shares))
        for kind, field, shares in _asked(desk)
        if kinds is None or kind.id in kinds
    ]


def _asked(desk: Desk) -> list[tuple[Kind, Field, Shares]]:
    return [
        (kind, field, kind.shares)
        for kind in desk.catalog.kinds.values()
        if kind.shares and desk.catalog.of_kind(kind.id) and (field := kind.field(kind.shares.of)) is not None
    ]


def _label(kind: Kind, field: Field) -> str:
    return f"{kind.label}各{field.label}的占比"


def _address(kind: Kind, shares: Shares) -> str:
    return addresses.ledger(f"{kind.id}-{shares.of}")


def _page(desk: Desk, kind: Kind, field: Field, shares: Shares) -> LedgerPage:
    records = desk.catalog.of_kind(kind.id)
    terms = desk.catalog.vocabularies[field.vocabulary or field.key].terms
    label = _label(kind, field)
    head = desk.head(
        _address(kind, shares),
        label,
        f"{desk.site.name}{kind.label}按{field.label}各有多少、占多少，与目标比较，由每一条的内容算出。",
    )
    intro = (
        f"共 {len(records)} 项，按每一条写明的“{field.label}”计算，一项可以同时算在几种里，每次生成网站时重新计算。"
        f"目标依据：{shares.source}。"
    )
    bars = tuple(
        Bar(
            term.label,
            f"{_share(records, shares.of, term)}%",
            str(_share(records, shares.of, term)),
            _target(shares, term),
        )
        for term in terms
    )
    chart = Chart("各项占比与目标", ("项目", "占比", "目标"), bars)
    by_organ = _by_organ(desk, kind, records, terms, shares)
    return LedgerPage(head, intro, (by_organ,), (_whole(records, terms, shares),), chart)


def _whole(records: Sequence[Record], terms: Sequence[Term], shares: Shares) -> Table:
    """Each term with its number, its share, and whether it reaches the target."""
    heads = tuple(Cell(text, "col") for text in ("项目", "项数", "占比", "目标", "是否达到"))
    body = []
    for term in terms:
        share, target = _share(records, shares.of, term), shares.targets.get(term.id)
        verdict = "—" if target is None else "达到" if share >= target else "未达到"
        figures = (
            str(_count(records, shares.of, term)),
            f"{share}%",
            f"{target}%" if target else "—",
            verdict,
        )
        body.append((Cell(term.label, "row"), *(Cell(text) for text in figures)))
    return Table("全部事项", (heads,), tuple(body))


def _by_organ(
    desk: Desk, kind: Kind, records: Sequence[Record], terms: Sequence[Term], shares: Shares
) -> FieldTable:
    """Each organ's records by term, and how many of them say all that is counted whether it is said."""
    counted = [derived for derived in kind.derived if derived.how == "filled"]
    whole = [(derived.key, f"{derived.label}齐全") for derived in counted]
    columns = (("organ", "机关"), ("count", "事项数"), *((term.id, term.label) for term in terms), *whole)
    rows = []
    for organ in desk.catalog.organs:
        own = [record for record in records if record.issuer == organ.id]
        if own:
            said = [f"{_count(own, shares.of, term)}（{_share(own, shares.of, term)}%）" for term in terms]
            said += [str(sum(_is_whole(record, derived) for record in own)) for derived in counted]
            name = Shown(organ.title, addresses.record(organ.key))
            rows.append((name, Shown(str(len(own))), *(Shown(text) for text in said)))
    return FieldTable("by-organ", "各机关的事项", columns, tuple(rows))


def _is_whole(record: Record, derived: Derived) -> bool:
    worked = work_out(record, derived)
    return worked is not None and worked.number == len(derived.of)


def _count(records: Sequence[Record], key: str, term: Term) -> int:
    return sum(term.id in _values(record, key) for record in records)


def _values(record: Record, key: str) -> tuple[str, ...]:
    found = record.values.get(key, ())
    return found if isinstance(found, tuple) else (str(found),)


def _share(records: Sequence[Record], key: str, term: Term) -> Decimal:
    return (Decimal(_count(records, key, term)) * 100 / len(records)).quantize(Decimal("0.1"))


def _target(shares: Shares, term: Term) -> str:
    target = shares.targets.get(term.id)
    return "" if target is None else str(target)
