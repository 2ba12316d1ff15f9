"""页面没有注明所用的语言，读屏软件无法正确朗读。

查什么：`<html>` 的 `lang` 属性。全站或者一个文件夹里同类的网页都没有注明时，问题出在模板，只报一次。

合格      <html lang="zh-CN">
不合格    <html>；<html lang="">
无法判断  没有这种情况：有没有这个属性，一看便知

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.1.1。

A page does not say what language it is in.

What is asked: the `lang` of `<html>`. Where all pages of a site, or all of one kind in a folder, do not say it, it is
said once: it stands in their template.

PASS     <html lang="zh-CN">
FAIL     <html>; <html lang="">
UNKNOWN  never: the element is always there, and has the attribute or has not
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_template
from crawler_checks.checks.words import shown

WRITE_ZH, WRITE_EN = '请把 <html> 写成 <html lang="zh-CN">。', 'Write <html lang="zh-CN">.'


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a template, or a page."""
    site = inspection.site
    lacking = [page for page in site.pages.values() if not (page.language or "").strip()]
    for group in by_template(lacking, site):
        if group.is_one:
            yield CHECK.fail(
                group.place,
                None,
                f"“{shown(group.place)}”没有注明语言。{WRITE_ZH}",
                f"{shown(group.place)!r} does not say its language. {WRITE_EN}",
            )
        else:
            yield CHECK.fail(
                group.place,
                group.name,
                f"“{shown(group.place)}”下 {len(group.pages)} 个页面都没有注明语言，例如 {shown(group.examples)}。"
                f"请在模板里改：{WRITE_ZH}",
                f"{len(group.pages)} pages below {shown(group.place)!r} do not say their language. In their template: {WRITE_EN}",
            )


CHECK = Check(
    "language_missing",
    "未注明语言",
    "Missing language",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.1.1",
)
