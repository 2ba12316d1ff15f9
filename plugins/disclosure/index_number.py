"""索引号, the number that identifies a piece of public information for good: read it, say what is wrong.

Source: 政府信息公开目录系统实施指引（试行）(2009): the organ's code, a slash, the year, a dash, five digits.
Three forms are met: the code has 9 characters (组织机构代码), or 18 (统一社会信用代码), or the 9 with the
dash that the code shows in print (0142768-8/2022-00185). The last deviates and is still an identity: an
索引号 never changes, so it is reported and never rewritten unasked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from plugins.disclosure.writing_fault import WritingFault

Form = Literal["organ_code", "credit_code", "dashed_organ_code"]


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """`organ_code` is as written, with its dash in the deviant form."""

    form: Form
    organ_code: str
    year: int
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write this very number; the code's dash stays where it has one."""
        return f"{self.organ_code}/{self.year}-{self.serial:05d}"


def parse(text: str) -> IndexNumber | None:
    """The number that `text` is, in full-width or lower-case letters too; None if it is anything else."""
    match = _PATTERN.fullmatch(text) or _PATTERN.fullmatch(_plain(text))
    if not match:
        return None
    code = match["code"]
    form: Form = "credit_code" if len(code) == 18 else "dashed_organ_code" if "-" in code else "organ_code"
    return IndexNumber(form, code, int(match["year"]), int(match["serial"]))


def normalise(text: str) -> str | None:
    """The number in half-width capitals, with / and - and without spaces; None if it is no 索引号."""
    number = parse(text)
    return number.canonical if number else None


def lint(text: str) -> list[WritingFault]:
    """Everything about how `text` writes its number that the form does not allow; empty for a good one."""
    text = text.strip()
    number = parse(text)
    if number is None:
        return [_malformed(text)]
    faults = []
    if number.canonical != text:
        faults.append(_careless(text, number.canonical))
    if number.form == "dashed_organ_code":
        faults.append(_dashed(text, number))
    return faults


_DASHES = "‐‑‒–—―−﹣－"
_SLASHES = "／∕⁄"
_PATTERN = re.compile(
    "(?P<code>[0-9A-Z]{18}|[0-9A-Z]{9}|[0-9A-Z]{7,8}-[0-9A-Z])/(?P<year>(?:19|20)[0-9]{2})-(?P<serial>[0-9]{5})"
)


def _plain(text: str) -> str:
    text = re.sub(f"[{_DASHES}]", "-", re.sub(f"[{_SLASHES}]", "/", text))
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _malformed(text: str) -> WritingFault:
    return WritingFault(
        "index-number.malformed",
        f"索引号写作“{text}”：不是“机构代码/年份-五位流水号”的样子。"
        "请写成“000000000/2024-00012”的样子，机构代码为 9 位或 18 位，流水号补足五位。",
        f'Index number "{text}" is not of the form organ code/year-serial. Write it like '
        '"000000000/2024-00012": a code of 9 or 18 characters, the year, five digits.',
        None,
    )


def _careless(text: str, canonical: str) -> WritingFault:
    return WritingFault(
        "index-number.spelling",
        f"索引号写作“{text}”：要用半角大写字母和数字，中间不留空格。请写成“{canonical}”。",
        f'Index number "{text}": half-width capitals and digits, no spaces. Write "{canonical}".',
        canonical,
    )


def _dashed(text: str, number: IndexNumber) -> WritingFault:
    """The dash can be dropped only where nine characters stay; a shorter code has lost one."""
    code = number.organ_code.replace("-", "")
    suggestion = f"{code}/{number.year}-{number.serial:05d}" if len(code) == 9 else None
    advice_zh = (
        f"新编的号请写成“{suggestion}”。"
        if suggestion
        else "去掉短横后不足 9 位，请核对机构代码是否漏了一位。"
    )
    advice_en = (
        f'Write new ones "{suggestion}".'
        if suggestion
        else "Without the dash fewer than 9 characters remain: check whether one is missing."
    )
    return WritingFault(
        "index-number.dashed-code",
        f"索引号写作“{text}”：机构代码里的短横应当去掉。{advice_zh}已经公开的索引号不要改动。",
        f'Index number "{text}": the organ code is written without its dash. {advice_en} '
        "Numbers already published stay as they are.",
        suggestion,
    )
