"""Rows of a table that are no records: totals, remarks below the table, a heading written again or on two lines."""

import re
from collections.abc import Collection, Sequence

_TOTAL = re.compile("[合总小共][ \u3000]*计(?:$|[：: ])")
_REMARK = re.compile("(?:(?:填表|制表|填报|审核)(?:人|单位|日期)?|说明|备注|注)(?:$|[：: ])")
_ASKED = re.compile("[（(]?(?:必填|选填|必填项|选填项|非必填|可不填)[）)]?")


def is_total(cell: str) -> bool:
    """Whether a row that begins so adds up the rows above it."""
    return _TOTAL.match(cell) is not None


def is_remark(cell: str) -> bool:
    """Whether a row that begins so tells of the table: who filled it in, what is to be noted."""
    return _REMARK.match(cell) is not None


def is_heading(cells: Sequence[str], labels: Collection[str]) -> bool:
    """Whether a row says what stands in the columns, or must stand there, and nothing else."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(cell in labels or _ASKED.fullmatch(cell) for cell in filled)
