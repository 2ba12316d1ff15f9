"""图片没有替代文字，看不见图片的人不知道它是什么。

查什么：每个 `<img>` 都应当有 `alt`。纯装饰的图片，`alt` 留空是对的。文字写得是否恰当，由人判断。

合格      <img src="a.png" alt="办事流程图">；<img src="line.png" alt="">
不合格    <img src="a.png">
无法判断  没有这种情况：有没有这个属性，一看便知

依据：无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.1.1。

A picture has no text for those who cannot see it.

What is asked: every `<img>` has an `alt`. An empty one is right for pictures that say nothing. What the text says is
for people to judge.

PASS     <img src="a.png" alt="办事流程图">; <img src="line.png" alt="">
FAIL     <img src="a.png">
UNKNOWN  never: the attribute is there or is not
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts, Role


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and picture; one for a picture of the frame of many pages."""
    site = inspection.site
    framed: dict[str, list[PageFacts]] = {}
    for page in site.pages.values():
        if not page.images_without_text:
            continue
        own = set(site.own_pictures(page))
        addresses = {link.href: link.address for link in page.links if link.role is Role.IMAGE}
        for source in dict.fromkeys(page.images_without_text):
            if addresses.get(source) and addresses[source] not in own:
                framed.setdefault(source, []).append(page)
            else:
                yield _finding(page, source, 1)
    for source, pages in framed.items():
        yield _finding(pages[0], source, len(pages))


def _finding(page: PageFacts, source: str, count: int) -> Finding:
    many_zh = f"等 {count} 个页面" if count > 1 else ""
    many_en = f" and {count - 1} more pages" if count > 1 else ""
    return CHECK.fail(
        page.address,
        source,
        f"“{shown(page.address)}”{many_zh}上的图片“{shown(source)}”没有替代文字。"
        '请补上 alt="图片内容的说明"；纯装饰的图片写 alt=""。',
        f'The picture {shown(source)!r} on {shown(page.address)!r}{many_en} has no text. Add alt="what it shows", or '
        'alt="" when it only decorates.',
    )


CHECK = Check(
    "image_text_missing",
    "图片缺少替代文字",
    "Picture without text",
    run,
    "无障碍环境建设法第三十二条；WCAG 2.1 成功准则 1.1.1",
)
