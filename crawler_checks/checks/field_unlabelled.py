"""要填写的格子没有说明填什么，读屏软件的使用者无法填写。

查什么：访问者看得见的输入框、下拉框和文本框，有 `<label>`、title、aria-label 或 placeholder 之一即可。

合格      <label for="q">检索词</label><input id="q">；<label>姓名 <input></label>；<input placeholder="请输入检索词">
合格      <input type="hidden">、<input type="submit">
不合格    <input name="q">
无法判断  没有这种情况：看网页代码就能断定

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.3.2。

A field to fill in does not say what belongs into it.

What is asked: inputs, lists and text areas that people see: a `<label>`, a title, an aria-label or a placeholder is enough.

PASS     <label for="q">检索词</label><input id="q">; <label>姓名 <input></label>; <input placeholder="请输入检索词">
PASS     <input type="hidden">, <input type="submit">
FAIL     <input name="q">
UNKNOWN  never: the markup alone decides
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_thing
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and field; one for all pages that share it."""
    for thing, group in by_thing(inspection.site, lambda page: page.barriers.unlabelled_fields):
        many_zh, many_en = group.others
        yield CHECK.fail(
            group.place,
            thing,
            f"“{shown(group.place)}”{many_zh}上的填写项“{shown(thing)}”没有说明。请加上 <label> 或 aria-label。",
            f"{shown(group.place)!r}{many_en}: the field {shown(thing)!r} has no label. Add one.",
        )


CHECK = Check(
    "field_unlabelled",
    "填写项没有说明",
    "Field without a label",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 3.3.2",
)
