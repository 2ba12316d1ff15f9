"""页面上或者附件里有个人的身份证号、手机号或银行卡号。

查什么：网页和附件（docx、xlsx、pdf，限定个数和大小；表格一行算一行）的每一行文字。身份证号的出生日期和校验码都要对得
上（十五位的要写明是身份证）；银行卡号以 62 开头、校验码对得上、旁边提到银行或账户。统一社会信用代码、订单号、固定电话
都不是。手机号可能是单位的，只请人看一看；出现在人员名单里的才算。报告中一律遮去部分数字。

合格      联系电话：0990-5550101；统一社会信用代码 91110105MA01234567
合格      身份证号 1101**********002X
不合格    身份证号，十八位数字齐全
不合格    开户行：某银行，卡号 62……，数字齐全
不合格    人员名单（低保对象、录用人员）连同手机号
不合格    名单.xlsx 有一列文本格式的身份证号；被 Excel 改成近似值的，校验码对不上，不算
无法判断  值班手机，数字齐全，可能是单位的
无法判断  名单是图片或扫描件，没有读到文字

依据：政府信息公开条例（国务院令第711号，2019年修订）第十五条。

A page, or a file it offers, shows a number that belongs to a person.

What is asked: every line of text, also that of attachments (docx, xlsx, pdf; within bounds of number and size; a row of
a table is a line). An identity card has a birthday and a check digit that hold (or fifteen figures and
is called one); a bank card begins with 62, holds by its check digit, and a bank or an account is spoken of beside it. A
credit code, an order number, a fixed telephone is nothing of the kind. A mobile number may be an office's own: it is
only asked to be looked at, except where a list of persons is shown. Reports show all of them masked.

PASS     联系电话：0990-5550101；统一社会信用代码 91110105MA01234567
PASS     身份证号 1101**********002X
FAIL     身份证号 with all its eighteen figures
FAIL     开户行：某银行，卡号 62… with all its figures
FAIL     a list of persons (低保对象、录用人员) with their mobile numbers
FAIL     a column of identity cards in 名单.xlsx, as text; numbers that Excel rounded hold by no check digit and are none
UNKNOWN  值班手机 with all its figures: perhaps the office's
UNKNOWN  a list of persons that is a picture or a scanned file: nobody read it
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts, Role
from crawler_checks.extract.said import Person
from crawler_checks.extract.site import Site
from plugins.disclosure.file_text import READ

OF_PERSONS = re.compile(
    r"低保|特困|救助|补贴|补助|名单|录用|录取|考生|学生|患者|残疾|困难|公示|花名册|申请人|保障对象|中签"
)
LIST = re.compile(
    r"(?:低保|特困|救助|补贴|补助|录用|录取|考生|拟聘|拟录|患者|残疾|困难|保障对象|中签).{0,20}(?:名单|名册|公示|花名册|一览表|明细)|花名册"
)
FEW_CHARACTERS = 120
LEAST = 2
"""So many mobile numbers beside a list of persons are no office's."""


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and kind of number, one a file."""
    yield from _in_files(inspection.site)
    for page in inspection.site.pages.values():
        yield from _in_pictures(page, inspection.site)
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


def _in_files(site: Site) -> Iterator[Finding]:
    """What stands in attachments, each told at the first page that offers it."""
    seen: set[str] = set()
    for place, link in site.links_where(lambda link: link.role is Role.LINK and link.leads_to_one_of(READ)):
        if link.address in seen:
            continue
        seen.add(link.address)
        file = site.file_at(link.address)
        name = link.text or link.hint or shown(link.address)
        if link.address in site.snapshot.later.unread:
            yield _unread(place, link.address, name, "没有下载成功", "did not arrive whole")
        elif file is not None and file.is_silent and LIST.search(name):
            yield _unread(place, link.address, name, "是扫描件", "is a scan")
        elif file is not None and file.persons:
            yield from _in_file(place, link.address, name, file.persons)


def _in_file(place: str, address: str, name: str, persons: Sequence[Person]) -> Iterator[Finding]:
    sure = [one for one in dict.fromkeys(persons) if one.kind != "mobile"]
    private = [one for one in dict.fromkeys(persons) if one.kind == "mobile" and not one.for_work]
    if len(private) >= LEAST and OF_PERSONS.search(name):
        sure += private
    if sure:
        kinds = "、".join(dict.fromkeys(one.name for one in sure))
        numbers = "、".join(one.masked for one in sure[:3]) + ("等" if len(sure) > 3 else "")
        yield CHECK.fail(
            place,
            address,
            f"“{shown(place)}”的附件“{name[:60]}”里有{kinds} {len(sure)} 个：{numbers}。请立即撤下，遮去中间几位再公开。",
            f"The file {name[:60]!r} on {shown(place)!r} holds {sure[0].name_en}: {', '.join(one.masked for one in sure[:3])}. "
            "Take it down and mask it.",
        )
    elif private:
        numbers = "、".join(one.masked for one in private[:3])
        yield CHECK.unknown(
            place,
            address,
            f"无法判断“{shown(place)}”的附件“{name[:60]}”里的手机号（{numbers}）是不是公务电话。不是的，请遮去中间几位。",
            f"Not judged whether mobile numbers in {name[:60]!r} on {shown(place)!r} are an office's.",
        )


def _unread(place: str, address: str, name: str, zh: str, en: str) -> Finding:
    return CHECK.unknown(
        place,
        address,
        f"无法判断“{shown(place)}”的附件“{name[:60]}”里有没有个人信息：文件{zh}，没有读到文字。请人工查看。",
        f"Not judged whether {name[:60]!r} on {shown(place)!r} holds numbers of persons: it {en}.",
    )


def _in_pictures(page: PageFacts, site: Site) -> Iterator[Finding]:
    """A list of persons whose page has pictures of its own and hardly a word: the list is in them."""
    if page.items or not any(LIST.search(name) for name in (page.title, *page.headings[:2])):
        return
    if site.own_pictures(page) and site.own_characters(page) < FEW_CHARACTERS:
        yield CHECK.unknown(
            page.address,
            "picture",
            f"无法判断“{shown(page.address)}”的图片里有没有个人信息：页面像是名单，内容都在图片里。请人工查看。",
            f"Not judged whether the pictures on {shown(page.address)!r} show numbers of persons: it looks like a list.",
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
