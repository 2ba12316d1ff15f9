"""A draft of the notice (通报) on a period, for an office to finish: a page that word processors open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.period import Period, Ranked
from crawler_checks.ledger.standing import By
from crawler_checks.reports.trend import STYLE as TREND_STYLE
from crawler_checks.reports.trend import Point, trend_html

TITLES = {check.id: check.title_zh for check in CHECKS}
STYLE = (
    'body{max-width:48rem;margin:2rem auto;padding:0 1rem;line-height:1.8;font-family:FangSong,"Noto Serif CJK SC",serif}'
    "h1{text-align:center;font-size:1.5rem}h2{font-size:1.15rem}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;padding:.4rem 0}th,td{border:1px solid #666;padding:.2rem .5rem;text-align:left}"
    "figure{margin:1rem 0}.number{text-align:right}th{white-space:nowrap}@page{margin:25mm}"
)
NAMES = {By.SITE: "网站", By.ORGAN: "责任单位"}
HEADINGS = ("巡检次数", "期内发现", "期内整改", "未整改", "其中逾期", "暂不整改", "说明")
ORDER = "逾期少的在前，逾期相同的，未整改少的在前"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice is made of: the ranking of the sites, that of the organs, and the days of the period."""

    period: Period
    sites: tuple[Ranked, ...]
    organs: tuple[Ranked, ...] = ()
    trend: tuple[Point, ...] = ()


def notice_draft(notice: Notice) -> str:
    """The whole page. What only the office knows stands in brackets to be filled in."""
    period = notice.period
    title = f"关于{period.label}政府网站巡检情况的通报（草稿）"
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}{TREND_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"{''.join(_body(notice))}</main>\n</body>\n</html>\n"
    )


def _body(notice: Notice) -> Iterator[str]:
    period, ranked = notice.period, notice.sites
    runs = sum(one.standing.runs for one in ranked)
    found = sum(one.standing.found for one in ranked)
    fixed = sum(one.standing.fixed for one in ranked)
    left = sum(one.standing.unmended for one in ranked)
    late = sum(one.standing.overdue for one in ranked)
    yield "<p>〔主送机关〕：</p>\n<h2>一、检查范围</h2>\n"
    yield (
        f"<p>{period.first}至{period.last}，对 {len(ranked)} 个网站巡检 {runs} 次。每个问题的依据列在各网站的巡检报告中。</p>\n"
    )
    yield "<h2>二、总体情况</h2>\n"
    yield f"<p>期内新发现问题 {found} 个，整改 {fixed} 个；期末未整改 {left} 个，其中逾期 {late} 个。</p>\n"
    yield trend_html(notice.trend, f"{period.label}未整改的问题数")
    yield from _table(By.SITE, ranked)
    if any(one.rank for one in notice.organs):
        yield from _table(By.ORGAN, notice.organs)
    yield from _last_again(notice)
    yield "<h2>三、主要问题</h2>\n"
    kinds: Counter[str] = Counter()
    for one in ranked:
        kinds.update(one.standing.by_check)
    if kinds:
        yield "<ol>\n"
        for check, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])):
            sites = sum(check in one.standing.by_check for one in ranked)
            yield f"<li>{escape(TITLES.get(check, check))}：{count} 个，涉及 {sites} 个网站。</li>\n"
        yield "</ol>\n"
    else:
        yield "<p>期末没有未整改的问题。</p>\n"
    yield "<h2>四、整改要求</h2>\n"
    yield "<p>请有关单位对照整改台账，在各问题注明的期限内整改，并于〔日期〕前反馈整改情况。〔其他要求〕</p>\n"
    yield "<p>〔发文机关〕<br>〔成文日期〕</p>\n"


def _table(by: By, ranked: tuple[Ranked, ...]) -> Iterator[str]:
    yield f"<table>\n<caption>各{NAMES[by]}情况（{ORDER}）</caption>\n<thead><tr>"
    headings = ("位次", NAMES[by], *HEADINGS)
    yield "".join(f'<th scope="col">{heading}</th>' for heading in headings) + "</tr></thead>\n<tbody>\n"
    yield from map(_row, ranked)
    yield "</tbody>\n</table>\n"


def _row(one: Ranked) -> str:
    standing = one.standing
    cells = (
        standing.name or "没有写明责任单位", standing.runs, standing.found, standing.fixed, standing.unmended,
        standing.overdue, standing.waived, "连续两期末位" if one.is_last_again else "",
    )  # fmt: skip
    first = f'<tr><th scope="row">{one.rank or "—"}</th>'
    return first + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>\n"


def _last_again(notice: Notice) -> Iterator[str]:
    """Who is to be spoken to: last now and in the period before."""
    for by, ranked in ((By.SITE, notice.sites), (By.ORGAN, notice.organs)):
        names = [one.standing.name for one in ranked if one.is_last_again]
        if names:
            yield f"<p>连续两期末位的{NAMES[by]}：{escape('、'.join(names))}。</p>\n"
