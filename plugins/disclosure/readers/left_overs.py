"""What stands in place of a value: a program's word for nothing, a sheet's fault or formula, a dash, "as above"."""

from __future__ import annotations

import re

_NOTHING = ("null", "Null", "NULL", "None", "NaN", "nan", "undefined", "\\N")
_SHEET_FAULT = re.compile("#(?:REF!|N/A|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!|#+)")
_FORMULA = re.compile("=(?:[A-Z][A-Z.]+\\(|\\$?[A-Z]{1,2}\\$?[0-9]+)")
_AS_ABOVE = ("同上", "同前", "〃", "″")
_DASHES = frozenset("-－—–―_＿/／\\.…*※")


def left_over(text: str, required: bool) -> tuple[str, str, str] | None:
    """What it is, in Chinese and English, and what to do; None for what somebody wrote. `text` is not empty.

    A dash may stand for nothing, but not where something is `required`.
    """
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
    if text in _AS_ABOVE:
        return (
            "要和上一条对照才看得懂",
            "every entry stands alone on its page. Write the value out.",
            "每条信息单独成页，请写出内容。",
        )
    if required and _DASHES.issuperset(text):
        return (
            "只有符号，没有内容",
            "this is a sign without a value, and it may not be left empty. Write the value.",
            "这一项不能空着，请写明内容。",
        )
    return None
