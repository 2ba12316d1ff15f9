"""A section that every disclosure platform must have was not found.

没有找到规定必须设置的栏目。

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

依据：各栏目的依据见规则集（四个一级栏目：国办公开办函〔2019〕61号）。
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.sections import FoundSection, State
from plugins.disclosure.source import Source


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
    why_zh, why_en = _why(found)
    return CHECK.unknown(
        start,
        None,
        f"无法判断是否设有“{section.label}”栏目：{why_zh}。请人工查看。",
        f"Not judged whether there is a section {section.label_en!r}: {why_en}. Please look yourself.",
        section=section.id,
        basis=basis,
    )


def is_confirmed(source: Source) -> bool:
    """Whether a rule's source was read or seen in practice; one that is only remembered, or one place's own
    rule, fails nobody."""
    return source.evidence in ("text", "record")


def _why(found: FoundSection) -> tuple[str, str]:
    match found.state:
        case State.HIDDEN:
            return "页面上有入口，但访问者看不到", "its entry is there, but hidden from visitors"
        case State.MISSING:
            return "没有找到这个名称的入口，也可能是本机关无此事项或归在其他栏目", (
                "no entry of that name was found; the organ may have no such business or file it elsewhere"
            )
    if found.proof:
        return (
            f"只找到相近的“{found.proof[:40]}”，或其页面未能查看",
            f"only {found.proof[:40]!r} was found, or its page was not seen",
        )
    return (
        "网站没有完整看到，或者菜单由脚本生成",
        "the site was not seen whole, or its menu is written by script",
    )


CHECK = Check("section_missing", "栏目缺失", "Missing section", run, "规则集所列各栏目的依据")
