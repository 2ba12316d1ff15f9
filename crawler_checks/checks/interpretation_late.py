"""政策解读晚于规定的时限。

查什么：有文号的文件及其解读，通过链接、文号和《题名》对应，两者都明确写出发布日期的。期限以规则集为准，按工作日计算，
文件发布次日为第1天，最后一天解读算按期。节假日安排还没有公布的年份按周末推算，注明“预估”。期限没有与原文核对的，不
作“不合格”结论。

合格      文件 2026-09-24（星期四）发布，2026-09-29 解读（第三个工作日，25日至27日放假）
不合格    同样情况，再晚一个工作日解读，期限已与原文核对
无法判断  同样情况，期限没有与原文核对
无法判断  期限落在没有节假日安排的年份

依据：规则集所列解读时限的依据（国办发〔2016〕80号，未与原文核对）。

A document was interpreted later than its time limit allows.

What is asked: documents with a 文号 and their interpretations, found by links, by 文号 and by 《题名》, where both surely say
when they were published. The limit is the profile's, in working days; the day after publication is day 1, and the
last day is in time. Days of a year whose holidays are not published yet are counted by weekends and marked 预估. A
limit that was not compared with its document accuses nobody.

PASS     published 2026-09-24 (Thursday), interpreted 2026-09-29 (three working days, the 25th to 27th are holidays)
FAIL     the same, interpreted a working day later, under a rule that was compared with its document
UNKNOWN  the same, under a rule that is only remembered
UNKNOWN  the limit falls into a year without holiday data
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.policies import Policy, policies_of, published_on
from crawler_checks.checks.section_missing import is_confirmed
from crawler_checks.checks.words import shown
from plugins.disclosure.profile import Clock, Profile
from plugins.disclosure.workdays import Calendar, default_calendar


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a document."""
    clock = _clock(inspection.profile)
    if clock is None:
        return
    calendar = default_calendar()
    for policy in policies_of(inspection.site):
        yield from _judged(policy, clock, calendar)


def _clock(profile: Profile) -> Clock | None:
    return next((clock for clock in profile.clocks if clock.through == "interprets"), None)


def _judged(policy: Policy, clock: Clock, calendar: Calendar) -> Iterator[Finding]:
    start = published_on(policy.page)
    days = [day for page in policy.interpretations if (day := published_on(page))]
    if start is None or not days or (clock.since and start < clock.since):
        return
    first = min(days)
    count = calendar.explain(start, clock.workdays, estimate=True)
    if first <= count.end:
        return
    mark = f"（{count.mark}）" if count.mark else ""
    zh = (
        f"《{policy.title[:50]}》（{policy.number}，{shown(policy.page.address)}）{start} 公布，解读 {first} 才发布，"
        f"晚于 {clock.workdays} 个工作日的时限 {count.end}{mark}"
    )
    en = (
        f"{policy.number} ({shown(policy.page.address)!r}) was published on {start} and interpreted on {first}; the limit of "
        f"{clock.workdays} working days ended on {count.end}"
    )
    if is_confirmed(clock.source) and not count.estimated:
        yield CHECK.fail(policy.page.address, None, f"{zh}。", f"{en}.", basis=str(clock.source))
    else:
        yield CHECK.unknown(
            policy.page.address,
            None,
            f"{zh}。这一时限尚未与原文核对，或者涉及的年份还没有节假日安排，不作结论。",
            f"{en}. The limit was not compared with its document, or rests on an estimate: nothing is concluded.",
            basis=str(clock.source),
        )


CHECK = Check(
    "interpretation_late",
    "政策解读不及时",
    "Late interpretation",
    run,
    "规则集所列解读时限的依据",
    lambda profile: tuple(
        (
            f"{clock.label}：{clock.workdays} 个工作日（{clock.source}）",
            f"{clock.label_en}: {clock.workdays} working days ({clock.source})",
        )
        for clock in (_clock(profile),)
        if clock
    ),
)
