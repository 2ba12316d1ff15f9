"""网页有人用不了：用浏览器和 axe 检查对比度、键盘操作、控件名称等。

查什么：加了 `--browser` 才查。每种模板取一页，用浏览器和 axe 按 WCAG 2 的 A、AA 级规则检查。axe 能确定的算不合格，同
一问题全站只报一次，写明首先见到的那一页；axe 自己说不准的，请人来判断。图片替代文字、链接和输入框的名称、框架标题、语
言、缩放由别的检查项逐页查，这里不重复。没有浏览器时不作结论。

合格      每种模板都没有违反规则
不合格    color-contrast：某种模板的网页白底浅灰字，对比度不够
无法判断  color-contrast：文字压在图片上，对比度算不出来

依据：无障碍环境建设法第三十二条；WCAG 2.1 A、AA 级成功准则。

A page cannot be used by some of its visitors, as a browser with axe sees it: contrast, keyboard, roles, names.

What is asked: with `--browser`, one page of each template, by the rules of WCAG 2 A and AA. What axe is sure of is a
fault, told once for the site with the page it was first seen on; of what it calls incomplete a person must judge. What
other checks ask of every page (texts of images, names of links and fields, titles of frames, language, zoom) is left
to them. Without a browser nothing is said.

PASS     no rule is broken on any template
FAIL     color-contrast: grey text on white, on the pages of one template
UNKNOWN  color-contrast: text over a picture
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.crawl.later import Audit, Barred
from plugins.disclosure.access_rules import load_access_rules

MOST_SHOWN = 3
LONGEST = 120
Places = Mapping[str, Barred]


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a rule that is broken, one a rule that a person must judge."""
    audits = inspection.site.snapshot.later.audits
    broken = _by_rule(audits, lambda audit: audit.broken)
    for rule, places in broken.items():
        yield _finding(rule, places, audits, is_sure=True)
    for rule, places in _by_rule(audits, lambda audit: audit.doubtful).items():
        if rule not in broken:
            yield _finding(rule, places, audits, is_sure=False)


def _by_rule(audits: Mapping[str, Audit], of: Callable[[Audit], Iterable[Barred]]) -> dict[str, Places]:
    """Each rule with the pages that are concerned."""
    found: dict[str, dict[str, Barred]] = {}
    asked_elsewhere = load_access_rules().asked_elsewhere
    for place in sorted(audits):
        for barred in of(audits[place]):
            if barred.rule not in asked_elsewhere:
                found.setdefault(barred.rule, {})[place] = barred
    return dict(sorted(found.items()))


def _finding(rule: str, places: Places, audits: Mapping[str, Audit], *, is_sure: bool) -> Finding:
    place, first = next(iter(places.items()))
    name = load_access_rules().names.get(rule, first.asks)
    count = sum(one.count for one in places.values())
    pages = sum(audits[one].alike for one in places)
    on = "、".join(shown(one) for one in list(places)[:MOST_SHOWN])
    source = " ".join(first.source.split())[:LONGEST]
    where = f"{on}{'等' if len(places) > MOST_SHOWN else ''}，同样做法的页面约 {pages} 个"
    what = f"看到 {count} 处，第一处是 {first.selector}（{source}）"
    where_en = f"on {len(places)} templates (about {pages} pages), first {shown(place)!r}"
    if is_sure:
        return CHECK.fail(
            place,
            rule,
            f"{name}［{rule}］：{where}；{what}。请修改模板。",
            f"{first.asks} [{rule}]: {where_en}, {count} elements, the first {first.selector}.",
        )
    return CHECK.unknown(
        place,
        rule,
        f"无法判断：{name}［{rule}］，{where}；{what}。请人工查看。",
        f"Not judged: {first.asks} [{rule}]: {where_en}, {count} elements, the first {first.selector}.",
    )


CHECK = Check(
    "access_barrier",
    "有人用不了的网页",
    "Barrier to access",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 A、AA 级成功准则",
    lambda _: (("WCAG 2.0、2.1 的 A 级和 AA 级，由 axe 检查", "WCAG 2.0 and 2.1, A and AA, by axe"),),
)
