"""The results of a period's inspections as a record (考核结果) that the portal can publish: a content file for editors.

Organs are ranked by how much of what was found they have mended. Nothing else is a number here: points come from forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.period import Period, Ranked, before
from crawler_checks.ledger.standing import Standing

TITLES = {check.id: check.title_zh for check in CHECKS}
KIND = "assessment"
TENTH = Decimal("0.1")
MOST_PROBLEMS = 5
BASIS = "日常网上巡查整改率：期内已整改的问题数，除以期内已整改与期末未整改的问题数之和，乘以100"


@dataclass(frozen=True, slots=True)
class Publication:
    """What only the office knows: who publishes, who reviewed it, the 索引号, and the day."""

    issuer: str
    reviewer: str
    index_number: str
    published_on: date


def record_id(period: Period) -> str:
    """The id of the record of a period, for example xuncha-2026-q3; it is the file's name and its address."""
    months = period.last.month - period.first.month + 1
    part = {3: f"-q{period.last.month // 3}", 6: f"-h{period.last.month // 6}", 12: ""}[months]
    return f"xuncha-{period.first.year}{part}"


def assessment_record(
    period: Period, organs: tuple[Ranked, ...], publication: Publication, *, has_previous: bool
) -> str:
    """The content file. `has_previous`: there is one of the period before. Organs without a name are left out."""
    return "".join(f"{line}\n" for line in _lines(period, organs, publication, has_previous))


def mended_share(standing: Standing) -> Decimal:
    """How much of what was there to mend is mended, in percent; all of it where nothing was."""
    total = standing.fixed + standing.unmended
    share = Decimal(100) * standing.fixed / total if total else Decimal(100)
    return share.quantize(TENTH, ROUND_HALF_UP)


def _lines(
    period: Period, organs: tuple[Ranked, ...], publication: Publication, has_previous: bool
) -> Iterator[str]:
    named = sorted(
        (one.standing for one in organs if one.rank), key=lambda one: (-mended_share(one), _plain(one.name))
    )
    yield "---"
    yield f"标题: {period.label}网上巡查整改情况"
    yield f"索引号: {_plain(publication.index_number)}"
    yield f"发布机构: {_plain(publication.issuer)}"
    yield f"发布日期: {publication.published_on}"
    yield "公开方式: 主动公开"
    yield f"审查人: {_plain(publication.reviewer)}"
    yield f"审查日期: {publication.published_on}"
    yield f"考核期: {period.label}"
    yield f"考核依据: {BASIS}"
    if has_previous:
        yield f"上一次: {KIND}/{record_id(before(period))}"
    yield f"被考核单位数: {len(named)}"
    yield "自评: 否"
    yield "结果: |"
    for one in named:
        rank = 1 + sum(mended_share(other) > mended_share(one) for other in named)
        yield f"  {_plain(one.name)}｜{rank}｜｜{mended_share(one)}"
    problems = _problems(named)
    if problems:
        yield f"存在问题: 期末未整改的主要有{problems}。"
    yield "---"
    yield ""
    found, fixed, left = (sum(getattr(one, name) for one in named) for name in ("found", "fixed", "unmended"))
    yield (
        f"{period.first}至{period.last}，日常网上巡查新发现需要上列单位整改的问题 {found} 个，整改 {fixed} 个；"
        f"期末未整改 {left} 个，其中逾期 {sum(one.overdue for one in named)} 个。得分为整改率。"
    )


def _problems(standings: list[Standing]) -> str:
    kinds: Counter[str] = Counter()
    for one in standings:
        kinds.update(one.by_check)
    shown = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PROBLEMS]
    return "、".join(f"{TITLES.get(check, check)}{count}个" for check, count in shown)


def _plain(text: str) -> str:
    """Text that stays one value on one line, in one column of a table."""
    return " ".join(
        "".join(sign if sign.isprintable() and sign not in "｜|" else " " for sign in text).split()
    )
