"""链接里只有图片，图片的替代文字是空的，看不见图片的人不知道它通向哪里。

查什么：内容只有图片、图片的 `alt` 是空的、又没有 title 或 aria-label 的链接。图片根本没有 `alt` 的由“图片缺少替代文
字”（image_text_missing）查。

合格      <a href="/"><img src="logo.png" alt="某市人民政府"></a>；<a href="/" aria-label="首页"><img alt="" …></a>
合格      <a href="/a"><img alt="" …> 政策文件</a>
不合格    <a href="/"><img src="logo.png" alt=""></a>
无法判断  没有这种情况：看网页代码就能断定

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 2.4.4。

A link is only a picture, and the picture has no text: nobody who cannot see it learns where it leads.

What is asked: links whose only content are pictures with an empty `alt`, and which have no title or aria-label. A picture
without any `alt` is for `image_text_missing`.

PASS     <a href="/"><img src="logo.png" alt="某市人民政府"></a>; <a href="/" aria-label="首页"><img alt="" …></a>
PASS     <a href="/a"><img alt="" …> 政策文件</a>
FAIL     <a href="/"><img src="logo.png" alt=""></a>
UNKNOWN  never: the markup alone decides
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.grouping import by_thing
from crawler_checks.checks.words import shown


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and link; one for all pages that share it."""
    for thing, group in by_thing(inspection.site, lambda page: page.barriers.nameless_links):
        many_zh, many_en = group.others
        yield CHECK.fail(
            group.place,
            thing,
            f'“{shown(group.place)}”{many_zh}上的链接“{shown(thing)}”里只有图片，图片没有文字说明。请写 alt="链接的去向"。',
            f"{shown(group.place)!r}{many_en}: the link to {shown(thing)!r} is a picture without a text. Add one.",
        )


CHECK = Check(
    "link_nameless",
    "图片链接没有文字",
    "Link without a name",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 2.4.4",
)
