"""页面打开慢。

查什么：网站大多数网页打开很快时（说明不是我们的线路慢），看每一页用了多长时间，最慢的几页过一会儿再访问。每次都达到十
五秒的不合格，全国检查指标把这样的一次访问算作打不开。其他打开慢的合并提醒，不作“不合格”结论。几秒算慢：三秒，站点说
明（--notes）另有规定的从其规定。

合格      每一页都在三秒以内；有一次慢，第二次、第三次快；文件夹
不合格    三次分别用了 16、18、15 秒，而全站一半的网页不到一秒
无法判断  每次都是五秒；一次 16 秒，下一次 4 秒

依据：政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面加载时长）；政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）
单项否决“站点无法访问”（15 秒）。

Pages take long to open.

What is asked: how long each page took, where most pages of the site came quickly, so that it is not our own line. The
slowest are asked for again, some time later. One that took fifteen seconds and more every time is at fault, as a visit
that long counts as failed by the national check list. Others that were slow once are named together, and nobody is
accused. How long a page may take is three seconds, unless the notes of the site (--notes) say otherwise.

PASS     every page within three seconds; slow once, quick the second and third time; a folder
FAIL     16, 18 and 15 seconds, while half of all pages take less than one
UNKNOWN  five seconds every time; 16 seconds once and 4 the next time
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import PageFacts
from plugins.disclosure.page_marks import load_page_marks

MOST_SHOWN = 5
QUICK_SHARE = 3
"""Half of the pages must come this many times quicker than the limit."""
LEAST_LOOKS = 3


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page that fails, and at most one for all others."""
    marks = load_page_marks()
    limit = inspection.notes.page_seconds or marks.page_seconds
    timed = [page for page in inspection.site.pages.values() if page.seconds > 0]
    if not timed or median(page.seconds for page in timed) > limit / QUICK_SHARE:
        return
    again = inspection.site.snapshot.later.seconds
    slow: list[tuple[PageFacts, Sequence[float]]] = []
    for page in sorted(timed, key=lambda page: -page.seconds):
        looks = again.get(page.address, (page.seconds,))
        if len(looks) >= LEAST_LOOKS and min(looks) >= marks.opening_seconds:
            yield _failing(page.address, looks, marks.opening_seconds)
        elif page.seconds > limit and (len(looks) == 1 or min(looks[1:]) > limit):
            slow.append((page, looks))
    if slow:
        yield _slow(inspection.site.snapshot.start, slow, limit)


def _failing(place: str, looks: Sequence[float], limit: int) -> Finding:
    times = "、".join(f"{seconds:.0f}" for seconds in looks)
    return CHECK.fail(
        place,
        "opening",
        f"“{shown(place)}”访问 {len(looks)} 次，分别用了 {times} 秒才打开，每次都达到 {limit} 秒，按打不开计。请查明原因。",
        f"{shown(place)!r} took {times} seconds in {len(looks)} visits, each at least {limit}: that counts as not opening.",
    )


def _slow(start: str, slow: Sequence[tuple[PageFacts, Sequence[float]]], limit: float) -> Finding:
    named = "、".join(
        f"{shown(page.address)}（{'、'.join(f'{one:.1f}' for one in looks)} 秒）"
        for page, looks in slow[:MOST_SHOWN]
    )
    named_en = ", ".join(page.address for page, _ in slow[:MOST_SHOWN])
    return CHECK.unknown(
        start,
        "slow",
        f"有 {len(slow)} 个页面打开超过 {limit:g} 秒：{named}。是否一直这样请再打开看看。",
        f"{len(slow)} pages took more than {limit:g} seconds: {named_en}.",
    )


CHECK = Check(
    "page_slow",
    "页面打开慢",
    "Slow page",
    run,
    "政府网站发展指引（国办发〔2017〕47号）附件《网页设计规范》（页面加载时长）",
    lambda _: (
        (
            f"超过 {load_page_marks().page_seconds} 秒算慢",
            f"slow above {load_page_marks().page_seconds} seconds",
        ),
        (
            f"{LEAST_LOOKS} 次访问都达到 {load_page_marks().opening_seconds} 秒，按打不开计",
            f"not opening: {load_page_marks().opening_seconds} seconds on each of {LEAST_LOOKS} visits",
        ),
    ),
)
