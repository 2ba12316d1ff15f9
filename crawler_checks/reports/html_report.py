"""The report for people: one file of HTML in Chinese, that opens anywhere and prints well.

Whatever comes from the inspected site is escaped; nothing is fetched, and there are no scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import quote, urlsplit

from crawler_checks.checks.check import Check, Finding, Outcome
from crawler_checks.ledger.states import Remembered, State, Waiver
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.reports.score_report import score_html
from crawler_checks.reports.wording import STATES as STATE_NAMES
from crawler_checks.reports.wording import due_in_words

STATES = {
    "found": "有",
    "alias": "有（名称不同）",
    "ambiguous": "有（多处同名）",
    "hidden": "入口不可见",
    "elsewhere": "链接到其他网站",
    "missing": "没有找到",
    "unverifiable": "无法判断",
}
HEADINGS = {Outcome.FAIL: "不合格", Outcome.UNKNOWN: "无法判断（不计入结论）"}
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
.note{border:2px solid var(--line);padding:.6rem 1rem;background:var(--soft)}.basis{font-size:.9rem}
summary{cursor:pointer}
@media print{body{max-width:none;padding:0}details>*{display:block}a{color:inherit}}
"""


def html_report(result: InspectionResult) -> str:
    """The whole report as one HTML document."""
    title = f"网站巡检报告：{result.target}"
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>网站巡检报告</h1>\n{''.join(_about(result))}{''.join(_memory(result))}{''.join(_summary(result))}"
        f"{score_html(result.score) if result.score else ''}"
        f"{''.join(_part(result, Outcome.FAIL))}{''.join(_part(result, Outcome.UNKNOWN))}{''.join(_sections(result))}"
        "</main>\n</body>\n</html>\n"
    )


def _about(result: InspectionResult) -> Iterator[str]:
    yield f"<p>巡检对象：<strong>{escape(result.target)}</strong><br>"
    yield f"依据规则：{escape(result.profile_label)}（{escape(result.profile)}）<br>"
    yield f'巡检日期：<time datetime="{result.today}">{result.today}</time><br>'
    yield f"共读取页面 {result.pages} 个，访问地址 {result.addresses} 个。</p>\n"
    if result.partial:
        yield '<p class="note">本次没有看到整个网站，结论不完整；没有看到的部分不作结论。</p>\n'
    if result.unseen:
        yield f'<p class="note">有 {result.unseen} 个地址被拦截或没有回应，没有看到。这些地方不作结论：'
        yield "下表中的 0 只表示看到的页面里没有。</p>\n"
    if result.is_clean:
        yield '<p class="note">没有发现不合格项。</p>\n'


def _summary(result: InspectionResult) -> Iterator[str]:
    fails, unknowns = result.counts(Outcome.FAIL), result.counts(Outcome.UNKNOWN)
    yield '<table>\n<caption>各项检查的结果</caption>\n<thead><tr><th scope="col">检查项</th>'
    yield '<th scope="col">不合格</th><th scope="col">无法判断</th></tr></thead>\n<tbody>\n'
    for check in result.checks:
        name = escape(check.title_zh)
        if fails[check.id] or unknowns[check.id]:
            outcome = Outcome.FAIL if fails[check.id] else Outcome.UNKNOWN
            name = f'<a href="#{outcome.value}-{escape(check.id)}">{name}</a>'
        yield f'<tr><th scope="row">{name}</th><td class="number">{fails[check.id]}</td>'
        yield f'<td class="number">{unknowns[check.id]}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _part(result: InspectionResult, outcome: Outcome) -> Iterator[str]:
    if not result.count(outcome):
        return
    yield f"<h2>{HEADINGS[outcome]}：{result.count(outcome)} 项</h2>\n"
    for check in result.checks:
        found = [one for one in result.findings if one.check == check.id and one.outcome is outcome]
        if found:
            yield from _check(check, found, outcome, result)


def _check(check: Check, found: list[Finding], outcome: Outcome, result: InspectionResult) -> Iterator[str]:
    yield f'<h3 id="{outcome.value}-{escape(check.id)}">{escape(check.title_zh)}（{len(found)}）</h3>\n'
    for basis, group in groupby(sorted(found, key=lambda one: one.basis), key=lambda one: one.basis):
        yield f'<p class="basis">依据：{escape(basis)}</p>\n<ol class="findings">\n'
        for finding in group:
            known = result.remembered(finding)
            yield f"<li>{_place(finding.place, result.base)}<br>{escape(finding.message_zh)}"
            yield f"{_life(known, result.today) if known else ''}</li>\n"
        yield "</ol>\n"


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
    for heading, entries in (
        ("新发现和再次出现", day.having(State.NEW, State.BACK)),
        ("逾期没有整改", day.overdue),
        ("今天已整改", day.having(State.FIXED)),
        ("今日无法判断，仍未整改", day.having(State.UNKNOWN)),
        ("暂不整改", day.having(State.WAIVED)),
    ):
        if entries:
            yield f'<h3>{heading}（{len(entries)}）</h3>\n<ol class="findings">\n'
            for one in entries:
                yield f"<li>{_place(one.finding.place, result.base)}<br>{escape(one.finding.message_zh)}"
                yield f"{_life(one, day.today)}{_waiver(day.waivers.get(one.fingerprint), one)}</li>\n"
            yield "</ol>\n"


def _life(one: Remembered, today: date) -> str:
    late = "，<strong>已逾期</strong>" if one.is_overdue(today) else ""
    due = f"，整改期限 {due_in_words(one)}{late}" if one.is_open else ""
    return f'<br><span class="basis">{STATE_NAMES[one.state]}，首次发现 {one.first_on}{due}</span>'


def _waiver(waiver: Waiver | None, one: Remembered) -> str:
    if waiver is None or one.state is not State.WAIVED:
        return ""
    said = f"理由：{waiver.reason}；批准人：{waiver.person}；至 {waiver.until}"
    return f'<br><span class="basis">{escape(said)}</span>'


def _place(place: str, base: str) -> str:
    """A place as a link where it can be opened; only http and https ever become one."""
    address = base + place if base else place
    if urlsplit(address).scheme not in ("http", "https"):
        return f"<code>{escape(place)}</code>"
    target = quote(address, safe="/:?&=%#@!$,;+*()~[]", errors="replace")
    return f'<a href="{escape(target)}" rel="noreferrer">{escape(place)}</a>'


def _sections(result: InspectionResult) -> Iterator[str]:
    yield "<h2>栏目</h2>\n<table>\n<caption>规则所列栏目在本站的情况</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in ("栏目", "情况", "地址", "最新日期", "信息数"))
    yield "</tr></thead>\n"
    yield "<tbody>\n"
    yield from (_section(section, result.base) for section in result.sections)
    yield "</tbody>\n</table>\n"


def _section(section: SectionState, base: str) -> str:
    address = (
        _place(section.address, base if section.address.startswith("/") else "") if section.address else "—"
    )
    return (
        f'<tr><th scope="row">{escape(section.label)}</th><td>{STATES[section.state]}</td><td>{address}</td>'
        f'<td>{section.newest or "—"}</td><td class="number">{section.count}</td></tr>\n'
    )
