"""The report for people: one file of HTML in Chinese, that opens anywhere and prints well.

Whatever comes from the inspected site is escaped; nothing is fetched, and there are no scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain

from crawler_checks.checks.check import Outcome
from crawler_checks.ledger.states import State
from crawler_checks.reports.finding_html import failing_html, place_html, remembered_html, unknown_html
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.reports.score_report import points, score_html
from crawler_checks.reports.trend import STYLE as TREND_STYLE
from crawler_checks.reports.trend import points_of, trend_html
from crawler_checks.reports.wording import STATES as STATE_NAMES

SHOWN = 10
"""Findings of the ledger that are shown at once; longer lists are folded."""
STATES = {
    "found": "有",
    "alias": "有（名称不同）",
    "ambiguous": "有（多处同名）",
    "hidden": "入口不可见",
    "elsewhere": "链接到其他网站",
    "missing": "没有找到",
    "unverifiable": "无法判断",
}
STYLE = """
:root{color-scheme:light dark;--line:#bbb;--soft:#f4f4f4;--ink:#1a1a1a;--paper:#fff;--link:#0a4a8f}
@media (prefers-color-scheme:dark){:root{--line:#555;--soft:#222;--ink:#eee;--paper:#111;--link:#8ab8f0}}
body{margin:0 auto;max-width:60rem;padding:1rem;
font:1rem/1.7 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;
color:var(--ink);background:var(--paper)}
a{color:var(--link);overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.3}h2{margin-top:2.5rem;border-bottom:2px solid var(--line)}h3{margin-bottom:.25rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}thead th{background:var(--soft)}
td.number{text-align:right}
ol.findings{padding-left:1.5rem}ol.findings>li{margin:.6rem 0;overflow-wrap:anywhere}
dl.about{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:1rem 0}
dl.about dd{margin:0;overflow-wrap:anywhere}
ul.figures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;margin:1.25rem 0;padding:0}
ul.figures li{flex:1 1 7rem;border:1px solid var(--line);border-top:4px solid var(--link);
padding:.5rem .9rem;background:var(--soft)}
ul.figures strong{display:block;font-size:1.8rem;line-height:1.2}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0}
figure{margin:1rem 0}figcaption{font-weight:bold}.scroll{overflow-x:auto}
pre{overflow-x:auto;border:1px solid var(--line);padding:.5rem;background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}
details{margin:.75rem 0}
.note{border:2px solid var(--line);padding:.6rem 1rem;background:var(--soft)}.basis{font-size:.9rem}
summary{cursor:pointer}
@page{margin:18mm 15mm}
@media print{body{max-width:none;padding:0}nav{display:none}a{color:inherit;text-decoration:none}
h2,h3,caption,summary{break-after:avoid}li,tr,figure{break-inside:avoid}details::details-content{content-visibility:visible}}
"""


def html_report(result: InspectionResult) -> str:
    """The whole report as one HTML document: for a chief up to the score, for editors from there on."""
    title = f"网站巡检报告：{result.target}"
    parts = (
        _about(result), _nav(result), _memory(result), _summary(result),
        [score_html(result.score)] if result.score else [],
        failing_html(result), unknown_html(result), _sections(result),
    )  # fmt: skip
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}{TREND_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>网站巡检报告</h1>\n{''.join(chain.from_iterable(parts))}</main>\n</body>\n</html>\n"
    )


def _about(result: InspectionResult) -> Iterator[str]:
    rows = (
        ("巡检对象", f"<strong>{escape(result.target)}</strong>"),
        ("巡检日期", f'<time datetime="{result.today}">{result.today}</time>'),
        ("依据规则", f"{escape(result.profile_label)}（{escape(result.profile)}）"),
        (
            "看了多少",
            f"读取页面 {result.pages} 个，访问地址 {result.addresses} 个，对照检查项 {len(result.checks)} 项",
        ),
    )
    yield f'<dl class="about">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)}</dl>\n'
    if result.partial:
        yield '<p class="note">本次没有看到整个网站，结论不完整；没有看到的部分不作结论。</p>\n'
    if result.unseen:
        yield f'<p class="note">有 {result.unseen} 个地址被拦截或没有回应，没有看到。这些地方不作结论：'
        yield "下表中的 0 只表示看到的页面里没有。</p>\n"
    if result.is_clean:
        yield '<p class="note">没有发现不合格项。</p>\n'
    yield f'<ul class="figures">{"".join(_figures(result))}</ul>\n'


def _figures(result: InspectionResult) -> Iterator[str]:
    """The few numbers that a chief asks for."""
    yield _figure("不合格", str(result.count(Outcome.FAIL)))
    yield _figure("无法判断", str(result.count(Outcome.UNKNOWN)))
    if result.ledger is not None:
        yield _figure("新发现", str(len(result.ledger.having(State.NEW, State.BACK))))
        yield _figure("已整改", str(len(result.ledger.having(State.FIXED))))
        yield _figure("逾期", str(len(result.ledger.overdue)))
    if result.score is not None and result.score.score is not None:
        yield _figure("得分" if result.score.is_final else "得分（未定）", points(result.score.score))


def _figure(name: str, number: str) -> str:
    return f"<li><span>{name}</span> <strong>{number}</strong></li>"


def _nav(result: InspectionResult) -> Iterator[str]:
    """Ways to the parts; short reports need none."""
    links = [
        ("since", "与上次相比", result.ledger is not None),
        ("summary", "各项检查的结果", True),
        ("score", "评分", result.score is not None),
        ("fail", "不合格", result.count(Outcome.FAIL) > 0),
        ("unknown", "无法判断", result.count(Outcome.UNKNOWN) > 0),
        ("sections", "栏目", True),
    ]
    yield '<nav aria-label="报告各部分"><ul>'
    yield "".join(f'<li><a href="#{id_}">{name}</a></li>' for id_, name, is_there in links if is_there)
    yield "</ul></nav>\n"


def _summary(result: InspectionResult) -> Iterator[str]:
    fails, unknowns = result.counts(Outcome.FAIL), result.counts(Outcome.UNKNOWN)
    yield '<h2 id="summary">各项检查的结果</h2>\n<table>\n<caption>每一项不合格和无法判断的数目</caption>\n'
    yield '<thead><tr><th scope="col">检查项</th>'
    yield '<th scope="col">检查了</th><th scope="col">不合格</th><th scope="col">无法判断</th></tr></thead>\n<tbody>\n'
    for check in result.checks:
        name = escape(check.title_zh)
        if fails[check.id] or unknowns[check.id]:
            outcome = Outcome.FAIL if fails[check.id] else Outcome.UNKNOWN
            name = f'<a href="#{outcome.value}-{escape(check.id)}">{name}</a>'
        count, unit = result.looked_at.get(check.id, (None, ""))
        yield f'<tr><th scope="row">{name}</th><td class="number">{f"{count} {unit}" if count is not None else "—"}</td>'
        yield f'<td class="number">{fails[check.id]}</td>'
        yield f'<td class="number">{unknowns[check.id]}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _memory(result: InspectionResult) -> Iterator[str]:
    """What is new since the last inspection."""
    day = result.ledger
    if day is None:
        return
    yield '<h2 id="since">与上次相比</h2>\n'
    if day.partial:
        yield f'<p class="note">本次不完整：{escape(day.partial[0])}。没有看到的不算整改。</p>\n'
    yield "<table>\n<caption>问题的变化</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{STATE_NAMES[state]}</th>' for state in State)
    yield '<th scope="col">逾期</th></tr></thead>\n<tbody><tr>'
    yield "".join(f'<td class="number">{len(day.having(state))}</td>' for state in State)
    yield f'<td class="number">{len(day.overdue)}</td></tr></tbody>\n</table>\n'
    yield trend_html(points_of(day.trend), "每次巡检后未整改的问题数")
    for heading, entries in (
        ("新发现和再次出现", day.having(State.NEW, State.BACK)),
        ("逾期没有整改", day.overdue),
        ("今天已整改", day.having(State.FIXED)),
        ("今日无法判断，仍未整改", day.having(State.UNKNOWN)),
        ("暂不整改", day.having(State.WAIVED)),
    ):
        if entries:
            heading = f"{heading}（{len(entries)}）"
            is_long = len(entries) > SHOWN
            yield f"<details>\n<summary>{heading}</summary>\n" if is_long else f"<h3>{heading}</h3>\n"
            yield from remembered_html(entries, result, dict(day.waivers))
            yield "</details>\n" if is_long else ""


def _sections(result: InspectionResult) -> Iterator[str]:
    yield '<h2 id="sections">栏目</h2>\n<table>\n<caption>规则所列栏目在本站的情况</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in ("栏目", "情况", "地址", "最新日期", "信息数"))
    yield "</tr></thead>\n"
    yield "<tbody>\n"
    yield from (_section(section, result.base) for section in result.sections)
    yield "</tbody>\n</table>\n"


def _section(section: SectionState, base: str) -> str:
    address = (
        place_html(section.address, base if section.address.startswith("/") else "")
        if section.address
        else "—"
    )
    return (
        f'<tr><th scope="row">{escape(section.label)}</th><td>{STATES[section.state]}</td><td>{address}</td>'
        f'<td>{section.newest or "—"}</td><td class="number">{section.count}</td></tr>\n'
    )
