"""嵌入的框架没有标题，读屏软件的使用者不知道里面是什么。

查什么：访问者看得见的 `<iframe>` 和 `<frame>`，应当有 title 或 aria-label。

合格      <iframe src="/map.html" title="办公地点地图">；<iframe src="/count" width="0" height="0">
不合格    <iframe src="/map.html">
无法判断  没有这种情况：看网页代码就能断定

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 4.1.2。

A frame does not say what is in it.

What is asked: `<iframe>` and `<frame>` that people see: a title or an aria-label.

PASS     <iframe src="/map.html" title="办公地点地图">; <iframe src="/count" width="0" height="0">
FAIL     <iframe src="/map.html">
UNKNOWN  never: the markup alone decides
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_thing
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and frame; one for all pages that share it."""
    for thing, group in by_thing(inspection.site, lambda page: page.barriers.untitled_frames):
        many_zh, many_en = group.others
        yield CHECK.fail(
            group.place,
            thing,
            f'“{shown(group.place)}”{many_zh}上的框架“{shown(thing)}”没有标题。请写 title="框架里的内容"。',
            f"{shown(group.place)!r}{many_en}: the frame {shown(thing)!r} has no title. Add one.",
        )


CHECK = Check(
    "frame_untitled",
    "框架没有标题",
    "Frame without a title",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 4.1.2",
)
