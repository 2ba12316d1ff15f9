"""How sites are inspected, for readers of a site: made from the checks' own documentation, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from crawler_checks.checks.check import Check
from crawler_checks.checks.documentation import documentation
from crawler_checks.checks.registry import CHECKS

OPENING = """巡检程序像读者一样，从首页开始，顺着链接把网站走一遍，再按政府信息公开和政府网站管理的规定逐项对照。
本站每次生成以后都用同一个程序、同一套规则检查自己；检查别的网站时，规则也完全一样。

## 怎样下结论

- **不合格**：看到了与规定不符的地方，写明在哪一页、是什么、应当怎样改、依据是什么；
- **无法判断**：网页没有打开，或者规定本身没有核对过，就如实写“无法判断”，既不算合格，也不算不合格；
- 没有列出的，就是没有发现问题。

网站自己怎么说只作参考：日期从网页上读，与以前看到的比对，互相矛盾的都列出来。

## 查哪些

"""


def method_text(checks: Iterable[Check] = CHECKS) -> str:
    """The page. Each check says in the first words of its module, in Chinese, what it finds wrong."""
    return OPENING + "\n\n".join(_told(check) for check in checks) + "\n"


def _told(check: Check) -> str:
    return f"### {check.title_zh}\n\n{documentation(check).chinese.summary}\n\n依据：{check.basis}。"
