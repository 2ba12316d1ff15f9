"""A page shows a number that belongs to a person.

页面上有个人的身份证号、手机号或银行卡号。

What is asked: every line of text. An identity card has a birthday and a check digit that hold (or fifteen figures and
is called one); a bank card begins with 62, holds by its check digit, and a bank or an account is spoken of beside it. A
credit code, an order number, a fixed telephone is nothing of the kind. A mobile number may be an office's own: it is
only asked to be looked at, except where a list of persons is shown. Reports show all of them masked.

PASS     联系电话：0990-5550101；统一社会信用代码 91110105MA01234567
PASS     身份证号 1101**********002X
FAIL     身份证号 with all its eighteen figures
FAIL     开户行：某银行，卡号 62… with all its figures
FAIL     a list of persons (低保对象、录用人员) with their mobile numbers
UNKNOWN  值班手机 with all its figures: perhaps the office's

依据：政府信息公开条例（国务院令第711号，2019年修订）第十五条。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from crawler_checks.extract.page_text import Person

OF_PERSONS = re.compile(
    r"低保|特困|救助|补贴|补助|名单|录用|录取|考生|学生|患者|残疾|困难|公示|花名册|申请人|保障对象|中签"
)
LEAST = 2
"""So many mobile numbers beside a list of persons are no office's."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and kind of number."""
    for page in inspection.site.pages.values():
        by_kind: dict[str, list[Person]] = {}
        for person in dict.fromkeys(page.said.persons):
            by_kind.setdefault(person.kind, []).append(person)
        for kind, persons in by_kind.items():
            yield _finding(page, kind, persons)


def _finding(page: PageFacts, kind: str, persons: list[Person]) -> Finding:
    numbers = "、".join(one.masked for one in persons[:3]) + ("等" if len(persons) > 3 else "")
    in_english = ", ".join(one.masked for one in persons[:3])
    first = persons[0]
    if kind == "mobile" and not _is_list_of_persons(page, persons):
        return CHECK.unknown(
            page.address,
            kind,
            f"无法判断“{shown(page.address)}”上的手机号（{numbers}）是不是公务电话。不是的，请遮去中间几位。",
            f"Not judged whether mobile numbers on {shown(page.address)!r} ({in_english}) are an office's. If not, mask them.",
        )
    return CHECK.fail(
        page.address,
        kind,
        f"“{shown(page.address)}”上有{first.name} {len(persons)} 个：{numbers}。请遮去中间几位，或者撤下。",
        f"{shown(page.address)!r} shows {first.name_en}: {in_english}. Mask it or take it down.",
    )


def _is_list_of_persons(page: PageFacts, persons: list[Person]) -> bool:
    private = [one for one in persons if not one.for_work]
    return len(private) >= LEAST and any(OF_PERSONS.search(name) for name in (page.title, *page.headings[:2]))


CHECK = Check(
    "personal_number_shown",
    "泄露个人信息",
    "Personal number shown",
    run,
    "政府信息公开条例（国务院令第711号，2019年修订）第十五条",
)
