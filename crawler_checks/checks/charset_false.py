"""页面声明的编码与实际不符，浏览器会显示乱码。

查什么：响应头 Content-Type 声明的编码（没有时看页面声明的），与内容的实际编码比较。全是英文字符的页面与任何编码都相符；
少数几个字损坏，不影响判断。

合格      <meta charset="gb2312">，内容是 GBK；响应头声明 utf-8，内容是 UTF-8，不论页面里怎样写
不合格    <meta charset="utf-8">，内容是 GBK
无法判断  没有声明：浏览器会自己猜，多数猜得对

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

A page declares a charset that it is not written in, so that browsers show it garbled.

What is asked: the charset in the Content-Type header, or failing that in the page, against the bytes themselves. A
page that is plain ASCII fits any; a few damaged characters do not change what a page is written in.

PASS     <meta charset="gb2312"> and GBK bytes; header utf-8 and UTF-8 bytes, whatever the page says below it
FAIL     <meta charset="utf-8"> and GBK bytes
UNKNOWN  nothing is declared: browsers guess, and mostly well
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
