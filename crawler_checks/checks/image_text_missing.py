"""A picture has no text for those who cannot see it.

图片没有替代文字，看不见图片的人不知道它是什么。

What is asked: every `<img>` has an `alt`. An empty one is right for pictures that say nothing. What the text says is
for people to judge.

PASS     <img src="a.png" alt="办事流程图">; <img src="line.png" alt="">
FAIL     <img src="a.png">
UNKNOWN  never: the attribute is there or is not

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.1.1。
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and picture."""
    for page in inspection.site.pages.values():
        for source in dict.fromkeys(page.images_without_text):
            yield CHECK.fail(
                page.address,
                source,
                f"“{shown(page.address)}”上的图片“{shown(source)}”没有替代文字。"
                "请补上 alt=“图片内容的说明”；纯装饰的图片写 alt=“”。",
                f'The picture {shown(source)!r} on {shown(page.address)!r} has no text. Add alt="what it shows", or '
                'alt="" when it only decorates.',
            )


CHECK = Check(
    "image_text_missing",
    "图片缺少替代文字",
    "Picture without text",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.1.1",
)
