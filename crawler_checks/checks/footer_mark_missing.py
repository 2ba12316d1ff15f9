"""首页底部缺少规定的标识：党政机关网站标识、找错入口、网站标识码、备案号、主办单位、联系方式、站点地图。

查什么：首页底部（包括其中的框架）的文字、图片和链接的文字、引用的网址中，应当找得到各项标识。标识画在图片里又没有替代
文字的看不出来，但官方标识的网址认得出。

合格      页脚有“网站标识码：9901000001”；有来自 conac.cn 的图片；有“我为政府网站找错”链接
不合格    哪里都没有备案号
无法判断  首页只读到一部分，或由脚本写出，或不运行脚本就没有链接；该项标识的依据没有与原文核对

依据：国办秘函〔2019〕19号扣分指标“功能设计·网站标识”；互联网信息服务管理办法第十二条（备案编号）。

The footer of the start page lacks a mark that says whose site this is.

What is asked: each mark in the page's text, in the texts of its pictures and links, or in the addresses it asks
for, in its last part and that of its frames. A mark drawn in a picture without a text is not seen, but the address
of the official mark is.

PASS     “网站标识码：9901000001” in the footer; a picture from conac.cn; a link “我为政府网站找错”
FAIL     no ICP number anywhere
UNKNOWN  the start page was read only in part, is written by script or leads nowhere without; a rule only remembered
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.section_missing import is_confirmed
from crawler_checks.checks.words import shown
from plugins.disclosure.page_marks import FooterMark, load_page_marks


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a mark."""
    home = inspection.site.home
    if home is None:
        return
    pages = [home, *inspection.site.frames_of(home)]
    found = {mark for page in pages for mark in page.marks or ()}
    is_seen = (
        all(page.marks is not None and not page.truncated and not page.writes_by_script for page in pages)
        and not home.is_shell
    )
    for mark in load_page_marks().footer:
        if mark.id not in found:
            yield _finding(mark, home.address, is_certain=is_seen and is_confirmed(mark.source))


def _finding(mark: FooterMark, place: str, *, is_certain: bool) -> Finding:
    if is_certain:
        return CHECK.fail(
            place,
            mark.id,
            f"首页（{shown(place)}）底部没有{mark.label}。请补上。",
            f"The footer of the start page ({shown(place)}) has no {mark.label_en}. Add it.",
            basis=str(mark.source),
        )
    return CHECK.unknown(
        place,
        mark.id,
        f"无法判断首页（{shown(place)}）底部有没有{mark.label}：没有读到，但页面可能由脚本生成，或这一要求尚未与原文核对。",
        f"Not judged whether the footer of the start page ({shown(place)}) has a {mark.label_en}: none was read, but "
        "scripts may write it, or the rule was not compared with its document.",
        basis=str(mark.source),
    )


CHECK = Check(
    "footer_mark_missing",
    "网站标识缺失",
    "Missing footer mark",
    run,
    "国办秘函〔2019〕19号扣分指标“功能设计·网站标识”",
    lambda _: (
        (f"{mark.label}（{mark.source}）", f"{mark.label_en} ({mark.source})")
        for mark in load_page_marks().footer
    ),
    asks_of_each_object=True,
)
