"""A draft of the notice (通报) on a period, for an office to finish: a page that word processors open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from crawler_checks.checks import CHECKS
from crawler_checks.ledger.period import Period, Ranked

TITLES = {check.id: check.title_zh for check in CHECKS}
STYLE = (
    'body{max-width:48rem;margin:2rem auto;padding:0 1rem;line-height:1.8;font-family:FangSong,"Noto Serif CJK SC",serif}'
    "h1{text-align:center;font-size:1.5rem}h2{font-size:1.15rem}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;padding:.4rem 0}th,td{border:1px solid #666;padding:.2rem .5rem;text-align:left}"
)
HEADINGS = ("位次", "网站", "巡检次数", "期内发现", "期内整改", "未整改", "其中逾期", "暂不整改", "说明")


def notice_draft(period: Period, ranked: tuple[Ranked, ...]) -> str:
    """The whole page. What only the office knows stands in brackets to be filled in."""
    title = f"关于{period.label}政府网站巡检情况的通报（草稿）"
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"{''.join(_body(period, ranked))}</main>\n</body>\n</html>\n"
    )


def _body(period: Period, ranked: tuple[Ranked, ...]) -> Iterator[str]:
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
    yield "<table>\n<caption>各网站情况（逾期少的在前，逾期相同的，未整改少的在前）</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS) + "</tr></thead>\n<tbody>\n"
    yield from map(_row, ranked)
    yield "</tbody>\n</table>\n<h2>三、主要问题</h2>\n"
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


def _row(one: Ranked) -> str:
    standing = one.standing
    cells = (
        standing.name, standing.runs, standing.found, standing.fixed, standing.unmended, standing.overdue,
        standing.waived, "连续两期末位" if one.is_last_again else "",
    )  # fmt: skip
    first = f'<tr><th scope="row">{one.rank}</th>'
    return first + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>\n"
