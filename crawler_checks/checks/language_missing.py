"""A page does not say which language it is in, so that screen readers must guess how to speak it.

页面没有注明语言，读屏软件不知道该用哪种语言朗读。

PASS     <html lang="zh-CN">
FAIL     <html>; <html lang="">
UNKNOWN  never: the element is always there, and has the attribute or has not

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.1.1。
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    for page in inspection.site.pages.values():
        if not (page.language or "").strip():
            yield CHECK.fail(
                page.address,
                None,
                f'“{shown(page.address)}”没有注明语言。请把 <html> 写成 <html lang="zh-CN">。',
                f'{shown(page.address)!r} does not say its language. Write <html lang="zh-CN">.',
            )


CHECK = Check(
    "language_missing",
    "未注明语言",
    "Missing language",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.1.1",
)
