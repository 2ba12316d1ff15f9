"""没有找到规定必须设置的栏目。

查什么：全站任何地方有没有这样的链接：链接文字、悬停提示或图片文字是栏目名称或规则集列出的别名；或者有没有自称这个栏目
的网页。四个一级栏目必须有。其他栏目要看机关有没有这项职权，也可能另行编排，没有找到的只列为无法判断；只巡检网站的一部
分时，不找网站本身的栏目（动态、通知）。

合格      菜单里有“政府信息公开指南”，能打开
合格      菜单里有“公开年报”，是政府信息公开年报的别名
不合格    看全了网站，没有这个名称的链接和网页
不合格    有这个名称的链接，打不开
无法判断  没有看全网站；菜单由脚本写出；网页上有这个名称，但不是链接
无法判断  不是每个机关都有的栏目

依据：各栏目的依据见规则集（四个一级栏目：国办公开办函〔2019〕61号）。

A section that every disclosure platform must have was not found.

What is asked: a link anywhere on the site whose text, hover text or image text is the section's name or an alias
the profile knows, or a page that calls itself so. The four first-level columns must be there. Other sections
depend on what the organ has powers for and may be arranged otherwise, so that their absence is only shown as
unknown; sections of the site itself (news, notices) are not looked for when only a part of a site is inspected.

PASS     the menu has “政府信息公开指南” and it opens
PASS     the menu has “公开年报” for 政府信息公开年报: an alias
FAIL     no link and no page of that name on a site that was seen whole
FAIL     there is a link of that name, and it is broken
UNKNOWN  the site was not seen whole; its menu is written by script; the name stands on the page without a link
UNKNOWN  a section that not every organ has
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.sections import Doubt, FoundSection, State
from plugins.disclosure.profile import Profile
from plugins.disclosure.source import Source

DOUBTS = {
    Doubt.ENTRY_UNSEEN: (
        "找到了入口，但它的页面没有打开",
        "its entry was found, but the page behind it was not seen",
    ),
    Doubt.NOT_WHOLE: (
        "网站有的页面没有看到，入口可能在那里",
        "parts of the site were not seen, and its entry may be there",
    ),
    Doubt.SCRIPTED_MENU: (
        "首页的菜单由脚本生成，没有读到",
        "the menu of the start page is written by script",
    ),
    Doubt.IN_SCRIPT: (
        "首页用到的脚本里写有这个名称，菜单可能由脚本生成",
        "a script of the start page has its name, and may write the menu",
    ),
    Doubt.NAMED_ONLY: ("首页写有这个名称，但不是链接", "its name stands on the start page, but is no link"),
}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a section."""
    is_part = inspection.site.snapshot.scope.prefix != "/"
    for found in inspection.sections.values():
        if is_part and found.section.place == "site":
            continue
        if found.state in (State.MISSING, State.UNVERIFIABLE, State.HIDDEN):
            yield _finding(found, inspection.site.snapshot.start)


def _finding(found: FoundSection, start: str) -> Finding:
    section = found.section
    basis = str(section.source)
    must = section.column is not None and is_confirmed(section.source)
    if found.state is State.MISSING and must:
        if found.address:
            zh = f"“{section.label}”栏目的入口“{found.proof}”打不开（{shown(found.address)}）。请修复这个栏目或改正链接。"
            en = f"Section {section.label_en!r}: its entry {found.proof!r} does not open. Repair the section or its link."
        else:
            zh = (
                f"没有找到“{section.label}”栏目。请检查首页或“政府信息公开”栏目是否有入口，入口名称是否规范。"
            )
            en = f"Section {section.label_en!r} was not found. Check that the home page links to it, under its proper name."
        return CHECK.fail(start, None, zh, en, section=section.id, basis=basis)
    why, (why_zh, why_en) = _why(found)
    return CHECK.unknown(
        start,
        why,
        f"无法判断是否设有“{section.label}”栏目：{why_zh}。请人工查看。",
        f"Not judged whether there is a section {section.label_en!r}: {why_en}. Please look yourself.",
        section=section.id,
        basis=basis,
    )


def is_confirmed(source: Source) -> bool:
    """Whether a rule's source was read or seen in practice; one that is only remembered, or one place's own
    rule, fails nobody."""
    return source.evidence in ("text", "record")


def _why(found: FoundSection) -> tuple[str, tuple[str, str]]:
    """Why it is not told, as a name that sections of one state share, and in words."""
    if found.state is State.HIDDEN:
        return "hidden", ("有入口，但设为不显示", "its entry is there, but hidden from visitors")
    if found.doubt is None:
        return "not_every_organ", (
            "全站看完，没有这个名称的入口；本机关可能没有这项职责，或者归在其他栏目",
            "the whole site was seen and has no entry of that name; the organ may have no such business, or file it elsewhere",
        )
    if found.doubt is Doubt.SIMILAR:
        similar = found.proof[:40]
        return "similar", (f"只找到名称相近的“{similar}”", f"only {similar!r}, of a similar name, was found")
    return found.doubt.value, DOUBTS[found.doubt]


def _columns(profile: Profile) -> Iterator[tuple[str, str]]:
    """The sections that must be there, with the names they may go by."""
    for section in profile.columns:
        names = "、".join(section.aliases[:6])
        yield (
            f"{section.label}（也可以叫{names}；{section.source}）",
            f"{section.label_en}: {section.label}, or {names} ({section.source})",
        )


CHECK = Check(
    "section_missing",
    "栏目缺失",
    "Missing section",
    run,
    "规则集所列各栏目的依据",
    _columns,
    asks_of_sections=True,
)
