"""附件的实际类型与文件名不符，下载后可能打不开。

查什么：每个能下载的附件，看开头几个字节与扩展名是否同属一类：pdf；doc、xls、ppt、wps、et、dps、rtf；docx、xlsx、pptx、
ofd、zip；rar；7z。办公软件能用新旧任一扩展名打开新旧两种格式，也能打开另存为网页的文件，旧格式还能打开纯文本，这些都
不算。图片和程序不是文档。实际是另一类文档的（例如 PDF 命名为 .doc），有的软件能打开，有的不能，只作提醒，全站一次。

合格      a.pdf 以 %PDF- 开头；a.doc 是旧版文档、改名的 docx 或 RTF
不合格    a.docx 其实是 PNG 图片；a.pdf 其实是纯文本
无法判断  a.doc 其实是 PDF

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”“办事服务·表格样表”。

A file is not of the type that its name says.

What is asked: the first bytes of every attachment that is there, against the family its name belongs to: pdf; doc, xls,
ppt, wps, et, dps, rtf; docx, xlsx, pptx, ofd, zip; rar; 7z. Office programs open old and new documents under either
name, and documents saved as a web page, and old ones take plain text; those are let pass. Pictures and programs are no documents.
A document of another family (a PDF named .doc) opens in some programs and not in others: it is only shown, once a site.

PASS     a.pdf begins with %PDF-; a.doc is OLE2, or a renamed docx, or RTF
FAIL     a.docx begins with a PNG's bytes; a.pdf is plain text
UNKNOWN  a.doc is a PDF
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.checks.words import shown
from crawler_checks.extract.facts import FileFacts
from crawler_checks.extract.file_type import FileType, suffix

OLD = {".doc", ".dot", ".xls", ".ppt", ".pps", ".wps", ".et", ".dps"}
NEW = {".docx", ".docm", ".xlsx", ".xlsm", ".pptx"}
OFFICE = frozenset({FileType.OLE, FileType.ZIP, FileType.OFFICE_HTML, FileType.RTF, FileType.OFFICE_XML})
EXPECTED = {
    **dict.fromkeys(OLD, OFFICE | {FileType.TEXT}),
    **dict.fromkeys(NEW, OFFICE),
    ".rtf": {FileType.RTF, FileType.OLE, FileType.ZIP},
    ".pdf": {FileType.PDF},
    ".ofd": {FileType.ZIP},
    ".zip": {FileType.ZIP, FileType.RAR, FileType.SEVEN_ZIP},
    ".rar": {FileType.RAR, FileType.ZIP, FileType.SEVEN_ZIP},
    ".7z": {FileType.SEVEN_ZIP, FileType.ZIP, FileType.RAR},
}
DOCUMENTS = {
    FileType.PDF,
    FileType.OLE,
    FileType.ZIP,
    FileType.RTF,
    FileType.RAR,
    FileType.SEVEN_ZIP,
    FileType.OFFICE_HTML,
}
TOLD_ELSEWHERE = {FileType.EMPTY, FileType.HTML}
NAMES = {
    FileType.PDF: "PDF",
    FileType.OLE: "旧版 Office 文件",
    FileType.ZIP: "压缩包或新版 Office 文件",
    FileType.RTF: "RTF",
    FileType.RAR: "RAR 压缩包",
    FileType.SEVEN_ZIP: "7z 压缩包",
    FileType.IMAGE: "图片",
    FileType.PROGRAM: "可执行程序",
    FileType.TEXT: "纯文本",
    FileType.OFFICE_HTML: "网页格式的表格",
}


def run(inspection: Inspection) -> Iterator[Finding]:
    """One finding a page and file that is wrong, and one for all that may open."""
    site = inspection.site
    seen: set[str] = set()
    other_family: list[str] = []
    for place, link in site.links_where(lambda link: link.leads_to_one_of(EXPECTED)):
        expected = EXPECTED.get(suffix(link.address))
        file = site.file_at(link.address) if expected else None
        if expected is None or file is None or link.address in seen:
            continue
        seen.add(link.address)
        if file.type in expected or file.type in TOLD_ELSEWHERE or file.size == 0:
            continue
        if file.type in DOCUMENTS:
            other_family.append(link.address)
        elif file.type in NAMES:
            yield _fail(place, link.address, file)
    if other_family:
        yield _unknown(site.snapshot.start, sorted(other_family))


def _fail(place: str, address: str, file: FileFacts) -> Finding:
    return CHECK.fail(
        place,
        address,
        f"附件“{shown(address)}”其实是{NAMES[file.type]}，打不开。请重新上传。",
        f"File {shown(address)!r} is really {file.type.value} and will not open under its name. Upload it again.",
    )


def _unknown(place: str, addresses: list[str]) -> Finding:
    examples = "、".join(shown(address) for address in addresses[:3])
    return CHECK.unknown(
        place,
        "other_family",
        f"无法判断 {len(addresses)} 个附件能否打开：实际类型与文件名不是同一类（例如 {examples}），有的软件能打开，有的不能。",
        f"Not judged whether {len(addresses)} files open: their type is another than their name says (for example {examples}).",
    )


CHECK = Check(
    "attachment_mistyped",
    "附件类型不符",
    "Mistyped attachment",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”“办事服务·表格样表”",
)
