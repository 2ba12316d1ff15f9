"""A page declares a charset that it is not written in, so that browsers show it garbled.

页面声明的编码与实际不符，浏览器会显示乱码。

What is asked: the charset in the Content-Type header, or failing that in the page, against the bytes themselves. A
page that is plain ASCII fits any; a few damaged characters do not change what a page is written in.

PASS     <meta charset="gb2312"> and GBK bytes; header utf-8 and UTF-8 bytes, whatever the page says below it
FAIL     <meta charset="utf-8"> and GBK bytes
UNKNOWN  nothing is declared: browsers guess, and mostly well

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown

NAMES = {"utf-8": "UTF-8", "gb18030": "GBK", "big5hkscs": "Big5"}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    for page in inspection.site.pages.values():
        encoding = page.encoding
        if encoding.is_false:
            real = NAMES.get(encoding.charset, encoding.charset)
            yield CHECK.fail(
                page.address,
                None,
                f"“{shown(page.address)}”声明的编码是 {encoding.declared}，实际是 {real}，打开会是乱码。"
                "请改正声明，或把页面存为 UTF-8。",
                f"{shown(page.address)!r} declares {encoding.declared} but is written in {real}, and shows garbled. "
                "Correct the declaration, or save the page as UTF-8.",
            )


CHECK = Check(
    "charset_false",
    "编码声明有误",
    "False charset",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
)
