"""文号的写法不合公文格式。

查什么：网页信息表中“文号”“发文字号”后面的内容。年份用〔〕括起，顺序号不加“第”、不编虚位，数字用半角，以“号”结
尾。空白、“无”和横线不是文号。令（国务院令第711号）和公告（2024年第12号）各有写法。

合格      霁政发〔2015〕32号；市政府令第39号；2024年第12号；无
不合格    霁政发[2015]32号；霁政发（2015）032号；霁政发〔2015〕第32号；霁政发〔2015〕32
无法判断  写的是别的内容（号外），或者年份与成文日期不是同一年

依据：党政机关公文格式（GB/T 9704-2012）发文字号。

The number of a document is not written as the format of official documents has it.

What is asked: what stands behind 文号 or 发文字号 in a page's header table. The year stands in 〔〕, the serial has neither
第 nor a leading zero, figures are half-width, 号 ends it. An empty field, 无 or a stroke is no number. Orders
(国务院令第711号) and announcements (2024年第12号) have forms of their own.

PASS     霁政发〔2015〕32号; 市政府令第39号; 2024年第12号; 无
FAIL     霁政发[2015]32号; 霁政发（2015）032号; 霁政发〔2015〕第32号; 霁政发〔2015〕32
UNKNOWN  something else stands there (号外), or the year is not that of the day of writing
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import Meaning, PageFacts
from plugins.disclosure.document_number import OrdinaryNumber, parse
from plugins.disclosure.document_number_faults import lint

NO_NUMBER = frozenset(("无", "暂无", "无文号", "-", "—", "--", "——", "/", "〔〕号", "空"))
LONGEST = 40
CLOSING = " 。；;,，"


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page."""
    for page in inspection.site.pages.values():
        written = page.said.labels.get("document_number", "").strip(CLOSING)
        if written and written not in NO_NUMBER and len(written) <= LONGEST:
            yield from _judged(page, written)


def _judged(page: PageFacts, written: str) -> Iterator[Finding]:
    number = parse(written)
    if number is None:
        if any(sign.isdigit() for sign in written):
            yield _unknown(page, written, "读不出是怎样的文号", "it cannot be read as a number")
        return
    faults = lint(written)
    if faults:
        yield CHECK.fail(
            page.address,
            "document_number",
            f"“{shown(page.address)}”：{faults[0].message_zh}",
            f"{shown(page.address)!r}: {faults[0].message_en}",
        )
        return
    written_on = [one.day for one in page.dates if one.meaning is Meaning.WRITTEN]
    is_apart = bool(written_on) and all(abs((number.year or day.year) - day.year) > 1 for day in written_on)
    if isinstance(number, OrdinaryNumber) and is_apart:
        yield _unknown(
            page,
            written,
            f"与成文日期（{written_on[0]}）不是同一年",
            "it is of another year than the document",
        )


def _unknown(page: PageFacts, written: str, zh: str, en: str) -> Finding:
    return CHECK.unknown(
        page.address,
        "document_number",
        f"无法判断“{shown(page.address)}”的文号“{written}”是否有误：{zh}。请核对。",
        f"Not judged whether the document number {written!r} of {shown(page.address)!r} is wrong: {en}. Please check.",
    )


CHECK = Check(
    "document_number_faulty",
    "文号写法有误",
    "Faulty document number",
    run,
    "党政机关公文格式（GB/T 9704-2012）发文字号",
)
