"""What is wrong with how a 文号 is written, and what to write instead (GB/T 9704-2012, 发文字号)."""

import re
from collections.abc import Iterator
from datetime import date

from plugins.disclosure.chinese_numerals import half_width
from plugins.disclosure.document_number import (
    RIGHT,
    DocumentNumber,
    OrdinaryNumber,
    TelegramNumber,
    is_code,
    parse,
    prefix_of,
)
from plugins.disclosure.writing_fault import WritingFault


def lint(text: str, signed_on: date | None = None) -> list[WritingFault]:
    """Everything about how `text` writes its number that the format does not allow; empty for a good one.

    `signed_on` is 成文日期; a number of another year is reported, and which of the two is wrong is left open.
    """
    text = text.strip()
    right = RIGHT.fullmatch(text) if signed_on else None
    if signed_on and right and int(right[2]) == signed_on.year and is_code(right[1]):
        return []
    number = parse(text)
    if number is None:
        return [_malformed(text)]
    faults = [_slipped(text, number, code, zh, en) for code, zh, en in _slips(text, number)]
    if signed_on and number.year and number.year != signed_on.year:
        faults.append(_other_year(text, number.year, signed_on))
    return faults


def fault_of(text: str) -> WritingFault | None:
    """All that `lint` says of how a number is written, as one fault: one value is mended once."""
    text = text.strip()
    number = parse(text)
    if number is None:
        return _malformed(text)
    slips = list(_slips(text, number))
    if not slips:
        return None
    codes, zh, en = zip(*slips, strict=True)
    return _slipped(text, number, codes[0], "；".join(zh), "; ".join(en))


def _slipped(text: str, number: DocumentNumber, code: str, zh: str, en: str) -> WritingFault:
    return WritingFault(
        f"document-number.{code}",
        f"文号写作“{text}”：{zh}。请写成“{number.canonical}”。",
        f'Document number "{text}": {en}. Write "{number.canonical}".',
        number.canonical,
    )


def _slips(text: str, number: DocumentNumber) -> Iterator[tuple[str, str, str]]:
    """What is carelessly written, as (code, Chinese, English)."""
    plain = half_width(text)
    has_brackets = isinstance(number, OrdinaryNumber | TelegramNumber)
    if has_brackets and not re.search("〔[^〔〕]*〕", text):
        yield "bracket", "年份要放在六角括号〔〕里", "the year stands in the brackets 〔〕"
    if plain != text:
        yield "full-width", "数字要用半角", "the digits are half-width"
    if has_brackets and "第" in text:
        yield "ordinal", "顺序号前不写“第”", "no 第 before the serial"
    if re.search("(?<![0-9])0[0-9]*\\s*号?$|第\\s*0", plain):
        yield "leading-zero", "顺序号前不补零", "no leading zero in the serial"
    if "号" not in text:
        yield "missing-hao", "末尾缺“号”字", "the final 号 is missing"
    if has_brackets and re.search("[0-9]\\s*年", plain):
        yield "year-word", "括号里只写四位年份，不写“年”", "only the four digits of the year, no 年"
    if re.search("\\s", text) and not re.search("\\s", prefix_of(number)):
        yield "space", "中间不留空格", "no spaces inside"


def _malformed(text: str) -> WritingFault:
    return WritingFault(
        "document-number.malformed",
        f"文号写作“{text}”：不是“机关代字〔四位年份〕几号”的样子。"
        "请写成“霁政发〔2024〕5号”的样子；没有文号的，请留空。",
        f'Document number "{text}" is not of the form code〔year〕serial号. '
        'Write it like "霁政发〔2024〕5号", or leave it empty where there is none.',
        None,
    )


def _other_year(text: str, year: int, signed_on: date) -> WritingFault:
    return WritingFault(
        "document-number.other-year",
        f"文号写作“{text}”：年份是{year}年，而成文日期是 {signed_on}。请核对两者哪一个写错了。",
        f'Document number "{text}" is of {year}, but the document is dated {signed_on}. '
        "Check which of the two is wrong.",
        None,
    )
