"""给搜索引擎或者从搜索引擎来的人看的，和平常看到的不是同一个页面。

查什么：首页和全站链接最多的几页，分别以巡检程序、搜索引擎的抓取程序、从搜索引擎点进来的访问者的身份各访问一次；有不同
的，三种身份再各访问一次。比较标题、简介和转到哪里，两次结果相同才算。网站防护不让陌生访问者看的页面不作结论。文件夹没
有访问者，不查。

合格      谁看标题都一样；每次看标题都不一样
不合格    搜索引擎两次看到的标题里都有“百家乐”，其他访问者看不到
不合格    从搜索引擎来的访问者被转到 casino88.example
无法判断  搜索引擎看到的是另一个普通标题；从搜索引擎来的访问者被转到另一个普通网站

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”。

A page shows search engines, or those whom they send, something else than everybody else: planted by intruders.

What is asked: the start page and the few that most pages link to, each as ourselves, as a search engine's crawler, and
as somebody sent by one; where these differ, all three once more. Titles, descriptions and where visitors are sent are
compared. Only what was the same both times counts. Pages that a firewall does not show to strangers say nothing. A
folder has no visitors.

PASS     the same title for everybody; another one every time one looks
FAIL     a search engine reads 百家乐 in the title, twice, and everybody else does not
FAIL     whoever comes from a search engine is sent to casino88.example
UNKNOWN  a search engine reads another ordinary title; visitors from one are sent to another ordinary host
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import host_of, shown
from crawler_checks.crawl.answer import Guise
from crawler_checks.crawl.later import Face
from plugins.disclosure.spam_words import load_spam_words

LOOKS = 2
WHO = {
    Guise.ENGINE: ("搜索引擎", "a search engine"),
    Guise.REFERRED: ("从搜索引擎来的人", "those whom a search engine sent"),
}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and guise."""
    for place, faces in inspection.site.snapshot.later.faces.items():
        plain = _settled(faces, None)
        for guise in Guise:
            other = _settled(faces, guise)
            if plain is not None and other is not None:
                yield from _finding(place, guise, plain, other)


def _settled(faces: Sequence[Face], guise: Guise | None) -> Face | None:
    """What was shown every time; None where that changed, or was not seen often enough."""
    seen = [face for face in faces if face.guise is guise and face.is_seen]
    return seen[0] if len(seen) >= LOOKS and len(set(seen)) == 1 else None


def _finding(place: str, guise: Guise, plain: Face, other: Face) -> Iterator[Finding]:
    who_zh, who_en = WHO[guise]
    host = host_of(other.sent_to if "://" in other.sent_to else f"http:{other.sent_to}")
    words = load_spam_words()
    if other.words - plain.words:
        said = "、".join(sorted(other.words - plain.words))
        yield CHECK.fail(
            place,
            guise.value,
            f"“{shown(place)}”给{who_zh}看的标题或描述里有“{said}”，平常打开没有。网站可能已被入侵，请立即查明。",
            f"{shown(place)!r} shows {who_en} {said!r} in its title or description, and nobody else. "
            "The site may have been broken into.",
        )
    elif (
        host
        and other.sent_to != plain.sent_to
        and words.in_host.search(host)
        and not words.trusted.search(host)
    ):
        yield CHECK.fail(
            place,
            guise.value,
            f"“{shown(place)}”把{who_zh}转到 {host}，从名称看是赌博、色情一类网站，平常打开不会。网站可能已被入侵，请立即查明。",
            f"{shown(place)!r} sends {who_en} to {host}, by its name a site of gambling or the like, and nobody else. "
            "The site may have been broken into.",
        )
    elif (plain.title, plain.sent_to) != (other.title, other.sent_to):
        to_zh, to_en = (f"，并转到 {host}", f", sent to {host}") if host else ("", "")
        yield CHECK.unknown(
            place,
            guise.value,
            f"无法判断“{shown(place)}”为什么给{who_zh}看另外的内容：标题是“{other.title[:40]}”{to_zh}，平常是“{plain.title[:40]}”。",
            f"Not judged why {shown(place)!r} shows {who_en} something else: {other.title[:40]!r}{to_en}, "
            f"otherwise {plain.title[:40]!r}.",
        )


CHECK = Check(
    "page_cloaked",
    "给搜索引擎看另外的页面",
    "Page cloaked",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决“安全、泄密事故等严重问题”",
)
