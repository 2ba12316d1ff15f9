"""提供下载的附件不存在、是空文件，或者下载下来其实是一个网页。

查什么：指向 pdf、doc(x)、xls(x)、ppt(x)、wps、et、ofd、csv、rtf 和压缩文件的链接。文件应当存在，不是空的，开头不是网
页。办公软件另存为网页、扩展名仍是 `.doc` 或 `.xls` 的能够打开，不算。除此之外能否打开、类型与扩展名是否一致，不在这里
查。

合格      <a href="/files/附件1.pdf">，返回 200，内容以 %PDF- 开头
合格      <a href="/files/名单.xls">，是表格软件另存成网页的表格
不合格    <a href="/files/附件2.doc">，返回 404
不合格    <a href="/files/附件3.doc">，返回 200，0 字节
不合格    <a href="/files/附件4.doc">，返回 200，内容以 <!DOCTYPE html> 开头，其实是错误提示页
无法判断  403、要求登录、超时（由“页面未能查看”（page_unreachable）列出）；从文件转到别的网页

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”“办事服务·表格样表”。

A file offered for download is missing, empty, or really a web page.

What is asked: links to pdf, doc(x), xls(x), ppt(x), wps, et, ofd, csv, rtf and archives. The file must be there,
be longer than nothing, and not begin like a web page. A page saved by an office program as `.doc` or `.xls` opens
there and is let pass. Whether a file opens otherwise, and is of the very type its name says, is not judged here.

PASS     <a href="/files/附件1.pdf">: 200, begins with %PDF-
PASS     <a href="/files/名单.xls">: a table saved as a web page by a spreadsheet program
FAIL     <a href="/files/附件2.doc">: 404
FAIL     <a href="/files/附件3.doc">: 200, 0 bytes
FAIL     <a href="/files/附件4.doc">: 200, begins with <!DOCTYPE html>: an error page in the file's place
UNKNOWN  403, a login, a time-out (`page_unreachable` says it); a redirect from the file to some other page
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown, why_not_there
from crawler_checks.crawl.outcome import Failing, Gone
from crawler_checks.extract.facts import Link
from crawler_checks.extract.file_type import ATTACHMENTS, FileType
from crawler_checks.extract.site import Site


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and file."""
    site = inspection.site
    seen: set[tuple[str, str]] = set()
    for place, link in site.links_where(lambda link: _is_doubtful(link, site)):
        if (place, link.address) not in seen:
            seen.add((place, link.address))
            yield from _judged(site, place, link)


def _is_doubtful(link: Link, site: Site) -> bool:
    """Whether it is a link to a file, and to none that can be downloaded."""
    if not link.leads_to_one_of(ATTACHMENTS):
        return False
    file = site.file_at(link.address)
    return file is None or file.size == 0 or file.type in (FileType.EMPTY, FileType.HTML)


def _judged(site: Site, place: str, link: Link) -> Iterator[Finding]:
    trail = site.trail(link.address)
    file = site.file_at(link.address)
    if isinstance(trail.outcome, Gone | Failing):
        if not trail.hops:  # redirect_faulty follows the hops
            yield _fail(place, link, *why_not_there(trail.outcome))
    elif file is not None and (file.type is FileType.EMPTY or file.size == 0):
        yield _fail(place, link, "是空文件（0 字节）", "is empty (0 bytes)")
    elif file is not None:
        yield _fail(place, link, "打开的是一个网页，不是文件", "is a web page and no file")
    elif site.page_at(link.address) is not None:
        yield CHECK.unknown(
            place,
            link.address,
            f"无法判断：附件“{shown(link.address)}”转到了网页“{shown(trail.end)}”，请打开看看能否下载。",
            f"Not judged: the file {shown(link.address)!r} leads to the page {shown(trail.end)!r}; "
            "see whether it can be downloaded.",
        )


def _fail(place: str, link: Link, why_zh: str, why_en: str) -> Finding:
    named = f"（{link.text[:40]}）" if link.text else ""
    return CHECK.fail(
        place,
        link.address,
        f"附件“{shown(link.address)}”{named}：{why_zh}。请重新上传文件，或去掉这个链接。",
        f"File {shown(link.address)!r} {why_en}. Upload it again or take the link out.",
    )


CHECK = Check(
    "attachment_broken",
    "附件无法下载",
    "Broken attachment",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”“办事服务·表格样表”",
)
