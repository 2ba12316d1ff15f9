"""What a program or a spreadsheet wrote in place of a value: its word for nothing, its sign for a fault, a formula."""

from __future__ import annotations

import re

_NOTHING = ("null", "Null", "NULL", "None", "NaN", "nan", "undefined", "\\N")
_SHEET_FAULT = re.compile("#(?:REF!|N/A|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|#+)")
_FORMULA = re.compile("=(?:[A-Z][A-Z.]+\\(|\\$?[A-Z]{1,2}\\$?[0-9]+)")


def left_over(text: str) -> tuple[str, str, str] | None:
    """What it is, in Chinese and English, and what to do; None for what somebody wrote. `text` is not empty."""
    if text in _NOTHING:
        return (
            "是程序里表示空的词",
            "this is a program's word for nothing. Write the value, or leave it empty.",
            "请写明内容；没有的请留空。",
        )
    if text[0] == "#" and _SHEET_FAULT.match(text):
        return (
            "是表格软件的出错符号",
            "this is a spreadsheet's sign for a fault. Look the value up.",
            "请在表格里查明这一格原来的内容（列太窄时会显示井号，请把列拉宽），再重新另存。",
        )
    if text[0] == "=" and _FORMULA.match(text):
        return (
            "是表格的公式",
            "this is a formula. Write what it comes to.",
            "请写公式算出的内容：在表格里复制这一列，选“粘贴为数值”后再另存。",
        )
    return None
