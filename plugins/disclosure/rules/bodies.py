"""The text of records: is it there, will all of it show, do its links lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from urllib.parse import unquote

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.attachment_files import MEDIA_TYPES, renamed
from plugins.disclosure.readers.wording import nearest, quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.rules.body_text import BodyLink, links, prose_lines
from plugins.disclosure.rules.wording import basis, body_line

MOST_LINES = 20
"""Lines of one text that are reported for the same reason: a pasted web page would fill the screen."""

BODY = "正文"
_HTML_TAGS = re.compile(
    "a|abbr|address|article|aside|audio|b|base|big|blockquote|body|br|button|canvas|caption|center|code|col|colgroup|"
    "dd|del|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|"
    "iframe|img|input|ins|label|legend|li|link|main|map|marquee|meta|nav|noscript|object|ol|option|p|param|picture|pre|"
    "s|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|"
    "title|tr|tt|u|ul|video",
    re.IGNORECASE,
)
_HTML = re.compile("<!--|</?([A-Za-z][A-Za-z0-9]{0,15})(?=[\\s/>])|</?[ovw]:[a-z]+")
_INSTEAD = {
    "br": ("换段请空一行。", "Leave an empty line for a new paragraph."),
    "p": ("换段请空一行。", "Leave an empty line for a new paragraph."),
    "img": (
        "图片请写成 ![图片说明](attachments/文件名.png)",
        "Write pictures as ![text](attachments/file.png).",
    ),
    "a": ("链接请写成 [文字](https://网址)", "Write links as [text](https://address)."),
    "table": (
        "表格请写成“| 列一 | 列二 |”的样子，第二行写 | --- | --- |",
        "Write tables with | between the columns.",
    ),
    "b": ("加粗请写成 **文字**", "Write bold as **text**."),
    "strong": ("加粗请写成 **文字**", "Write bold as **text**."),
}
_INSTEAD |= dict.fromkeys(("td", "tr", "th", "tbody", "thead"), _INSTEAD["table"])
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_NUMBER = "[一二三四五六七八九十]{1,3}"
_PART = f"[\u3000]*(?:第[一二三四五六七八九十百零]{{1,6}}[条章节]|[（(]{_NUMBER}[）)]|{_NUMBER}、)"
_PART_BELOW = re.compile(f"\n(?=(?<=\\S\n){_PART})")
_TABLE_BELOW = re.compile(r"\n(?=(?<=\S\n)\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t]*:?-)")
"""The end of a line that a part, or a table, begins right below. Both begin with the line's end: that is found fastest."""
_NO_PARAGRAPH = re.compile(r"[ \t]|\u3000*[#>|*+`\d<-]")
_NO_TABLE_GOES_ON = re.compile(r"[ \t]*[>#]|[^\n]*\|")
_STROKE = re.compile(r"(?<!\\)\|")
_SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")
_OPEN_SCHEMES = ("http", "https", "mailto", "tel")
_INTRANET = re.compile(
    "https?://(?:localhost|127\\.|10\\.|192\\.168\\.|172\\.(?:1[6-9]|2[0-9]|3[01])\\.|[^./:]+(?:[:/]|$))",
    re.IGNORECASE,
)
_RECORD = re.compile("(?P<up>(?:\\.\\.?/)*)(?P<key>[a-z_]+/[A-Za-z0-9-]+)(?P<extension>\\.html|\\.md)?")
_ON_A_COMPUTER = re.compile("[A-Za-z]|file", re.IGNORECASE)
_HOST = re.compile("(?:[A-Za-z0-9-]+\\.)+(?:cn|com|org|net|gov|edu|example)(?:/|$)")


def body_missing(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A kind whose records have a text has one without."""
    for record in catalog.records:
        if catalog.kind(record).body == "required" and not record.has_body:
            spreadsheet = record.file.endswith(".csv")
            yield error(
                record.file,
                record.line if spreadsheet else record.body_line,
                BODY,
                "body.missing",
                "没有正文。",
                "There is no text. Put it below the second ---, or into the column 正文 of a spreadsheet.",
                "请写在“正文”这一列里。" if spreadsheet else "请写在第二个 --- 之后。",
            )


def body_unwanted(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A kind whose records have no text has one with."""
    for record in catalog.records:
        if catalog.kind(record).body == "none" and record.has_body:
            yield error(
                record.file,
                body_line(record, 1),
                BODY,
                "body.unwanted",
                f"{catalog.kind(record).label}没有正文，这些字不会公开。",
                "Records of this kind have no text; this one would not be published. Move it into a field, or delete it.",
                "请移到相应的项里，或者删去。",
            )


def html_in_body(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """HTML in a text is shown to readers as it is written, comments included."""
    for record in catalog.records:
        if "<" in record.body:
            yield from islice(_html(record), MOST_LINES)


def code_by_indentation(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A paragraph indented by four spaces or a tab is shown as program code."""
    for record in catalog.records:
        if "    " in record.body or "\t" in record.body:
            yield from islice(_indented(record), MOST_LINES)


def uneven_table(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A row of a table has more cells than its head, which would not be published, or fewer."""
    for record in catalog.records:
        if "|" in record.body and not _is_even(record.body):
            yield from islice(_uneven(record), MOST_LINES)


def run_together(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A paragraph, or a table, that begins right below a line of text: both are published as one paragraph."""
    for record in catalog.records:
        if "\n" not in record.body or "```" in record.body:
            continue  # lines of code are lines
        found = [(line, "paragraph") for line in _right_below(record.body, _PART_BELOW, _NO_PARAGRAPH)]
        if "|" in record.body:
            found += [(line, "table") for line in _right_below(record.body, _TABLE_BELOW, _NO_TABLE_GOES_ON)]
        if not found:
            continue
        number, what = min(found)
        begins = record.body.split("\n")[number - 1].strip()[:12].replace("\u3000", " ")
        count = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        name, name_en = ("表格", "table") if what == "table" else ("段落", "paragraph")
        yield warning(
            record.file,
            body_line(record, number),
            BODY,
            "body.run-together",
            f"{quoted(begins)}上面没有空行，会和上一行连成一段{count}。",
            f"There is no empty line above {quoted_en(begins)}, so this {name_en} runs into the line before "
            f"({len(found)} in all).",
            f"请在这个{name}前面空一行。",
        )


def _right_below(body: str, begins: re.Pattern[str], other: re.Pattern[str]) -> Iterator[int]:
    """The numbers of the lines that begin something right below a line of text, which is nothing `other` matches."""
    for match in begins.finditer(body):
        if not other.match(body, body.rfind("\n", 0, match.start()) + 1):
            yield body.count("\n", 0, match.end()) + 1


def broken_link(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A link or image in a text that leads nowhere, or where readers cannot follow."""
    for record in catalog.records:
        for link in links(record.body) if record.may_link else ():
            found = _link_fault(catalog, link)
            if found is not None:
                code, zh, en, hint = found
                line = body_line(record, link.line)
                fault = error(
                    record.file,
                    line,
                    BODY,
                    f"link.{code}",
                    f"写作{quoted(link.written)}，{zh}。",
                    f"{quoted_en(link.written)}: {en}",
                    hint,
                    basis("links"),
                )
                asked = _RECORD.fullmatch(link.target)
                yield replace(fault, written=asked["key"]) if asked else fault


def picture_without_words(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """An image without a text instead: those who cannot see it get nothing."""
    for record in catalog.records:
        for link in links(record.body) if record.may_link else ():
            if link.image and not link.text.strip() and link.target:
                yield warning(
                    record.file,
                    body_line(record, link.line),
                    BODY,
                    "link.picture-without-words",
                    f"写作{quoted(link.written)}，图片没有文字说明，看不见图片的人不知道是什么。",
                    f"{quoted_en(link.written)}: the picture has no words for those who cannot see it. "
                    f"Write ![what it shows]({link.target}).",
                    f"请写成 ![图片里是什么]({link.target})",
                )


def unused_attachment(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A file under attachments/ that no record offers: it is not published."""
    for file in sorted(set(catalog.attachments) - used_attachments(catalog)):
        yield warning(
            f"attachments/{file}",
            None,
            None,
            "attachment.unused",
            "没有一条信息用到这个文件，网站上不会有它。",
            f"No record offers this file, so the site will not have it. Name it under 附件 (attachments: {file}), "
            "or delete it.",
            f"请在相应信息的“附件”里写上 {file}，或者删去这个文件；草稿用的，定稿以后就用到了。",
        )


def used_attachments(catalog: Catalog) -> frozenset[str]:
    """The files that a record offers or a body shows: the only ones that are published."""
    used = {attachment.file for record in catalog.records for attachment in catalog.attachments_of(record)}
    used.update(
        _attachment_of(link.target)
        for record in catalog.records
        if record.may_link
        for link in links(record.body)
    )
    return frozenset(used)


def _is_even(body: str) -> bool:
    """Whether all tables are written in the plainest way, so that no line need be looked at by itself."""
    if "`" in body or "~" in body or "\\" in body:
        return False
    at = body.find("|")
    while at >= 0:
        end = body.find("\n\n", at)
        rows = body[body.rfind("\n", 0, at) + 1 : end if end >= 0 else None].split("\n")
        strokes = rows[0].count("|")
        if strokes < 2 or len(rows) < 2 or not _TABLE_RULE.fullmatch(rows[1]):
            return False
        for row in rows:
            if row.count("|") != strokes or not row.startswith("|") or not row.endswith("|"):
                return False
        at = body.find("|", end) if end >= 0 else -1
    return True


def _uneven(record: Record) -> Iterator[Problem]:
    """Rows are counted as the converter counts them: between upright strokes, escaped ones aside."""
    lines = list(prose_lines(record.body))
    width = 0
    is_told = False
    for (number, line), (_, below) in zip(lines, [*lines[1:], (0, "")], strict=True):
        if "|" not in line:
            width, is_told = 0, False
        elif not width and _TABLE_RULE.fullmatch(below.strip()):
            width = len(_cells(below))
            yield from _uneven_head(record, number, _cells(line), width)
        elif width and not _TABLE_RULE.fullmatch(line.strip()):
            yield from _uneven_row(record, number, _cells(line), width)
        elif not is_told and not width and _is_row(line) and _is_row(below):
            is_told = True
            yield _no_rule(record, number, len(_cells(line)))


def _is_row(line: str) -> bool:
    text = line.strip()
    return len(text) > 1 and text[0] == text[-1] == "|" and not _TABLE_RULE.fullmatch(text)


def _uneven_head(record: Record, number: int, cells: list[str], width: int) -> Iterator[Problem]:
    """A head and a line below it that differ in their cells make no table at all."""
    if len(cells) != width:
        yield error(
            record.file,
            body_line(record, number),
            BODY,
            "body.table-head",
            f"表头有 {len(cells)} 格，下面的 --- 一行有 {width} 格，格数不同，不会成为表格。",
            f"The head has {len(cells)} cells and the line of --- below it {width}; this would be no table. "
            "Give both the same number; a bar inside a cell is written \\|.",
            "两行的格数要一样；文字里的竖线请写成 \\|。",
        )


def _no_rule(record: Record, number: int, width: int) -> Problem:
    rule = "|" + " --- |" * width
    return error(
        record.file,
        body_line(record, number),
        BODY,
        "body.table-no-rule",
        "像是表格，但第一行下面没有 --- 的一行，不会成为表格。",
        f"This looks like a table without the line below its head, and would be none. Put below the first row: {rule}",
        f"请在表头下面加一行：{rule}",
    )


def _uneven_row(record: Record, number: int, cells: list[str], width: int) -> Iterator[Problem]:
    place = (record.file, body_line(record, number), BODY)
    if len(cells) > width:
        lost = "、".join(quoted(cell) for cell in cells[width:])
        yield error(
            *place,
            "body.table-row-too-long",
            f"表格的这一行有 {len(cells)} 格，表头只有 {width} 格，多出的{lost}不会公开。",
            f"This row of a table has {len(cells)} cells, its head {width}; the rest would not be published. "
            "Mend the row, or add a column to the head and the line below it.",
            "请改正这一行；确实多一列的，表头和下面的 --- 一行也要加一格。文字里的竖线请写成 \\|。",
        )
    elif len(cells) < width:
        yield warning(
            *place,
            "body.table-row-too-short",
            f"表格的这一行只有 {len(cells)} 格，表头有 {width} 格，后面的格会空着。",
            f"This row of a table has {len(cells)} cells, its head {width}; the others stay empty. Write | | for empty ones.",
            "请补齐；确实没有内容的，请写“| |”。",
        )


def _cells(line: str) -> list[str]:
    row = line.strip().removeprefix("|")
    cells = [cell.strip() for cell in _STROKE.split(row)]
    return cells[:-1] if cells and not cells[-1] else cells


def _html(record: Record) -> Iterator[Problem]:
    for number, line in prose_lines(record.body):
        tags = [match for match in _HTML.finditer(line) if match[1] is None or _HTML_TAGS.fullmatch(match[1])]
        if not tags:
            continue
        written = line[tags[0].start() :].split(">")[0][:40] + (">" if ">" in line[tags[0].start() :] else "")
        default = ("请删去这些标记，只留文字。", "Delete the marks and keep the words.")
        hint, en = _INSTEAD.get((tags[0][1] or "").lower(), default)
        if tags[0][0] == "<!--":
            hint, en = (
                "给同事看的说明不要写在正文里，请删去。",
                "Delete it: remarks for colleagues do not belong there.",
            )
        yield error(
            record.file,
            body_line(record, number),
            BODY,
            "body.html",
            f"有 HTML 标记{quoted(written)}，会原样显示给读者。",
            f"The HTML mark {quoted_en(written)} will be shown to readers as it is written. {en}",
            hint,
        )


def _indented(record: Record) -> Iterator[Problem]:
    before, in_list = "", False
    for number, line in prose_lines(record.body):
        if line.strip() and not line.startswith((" ", "\t")):
            in_list = bool(re.match("[-*+] |[0-9]+[.)] |\\[\\^|: ", line))
        if re.match(" {4}|\t", line) and line.strip() and not before.strip() and not in_list:
            yield warning(
                record.file,
                body_line(record, number),
                BODY,
                "body.indented",
                f"{quoted(line)}行首有四个以上的空格，会显示成程序代码的样子。",
                f"{quoted_en(line)} begins with four spaces or a tab and will look like program code. Delete them.",
                "请删去行首的空格；网页会自己排版，段首不必空格。",
            )
        before = line


def _attachment_of(target: str) -> str:
    path = unquote(re.split("[?#]", target, maxsplit=1)[0])
    return path.removeprefix("attachments/") if path.startswith("attachments/") else ""


def _link_fault(catalog: Catalog, link: BodyLink) -> tuple[str, str, str, str] | None:
    """Code, Chinese, English and advice; None when the link leads somewhere."""
    target = link.target
    if link.full_width:
        mended = f"{'!' if link.image else ''}[{link.text}]({target})"
        return (
            "parentheses",
            "圆括号是全角的，不成链接",
            f"the parentheses are full-width. Write {mended}",
            f"请写成 {mended}",
        )
    if link.spaced:
        return _spaced(catalog, link)
    if not target:
        return (
            "empty",
            "没有写链到哪里",
            "it leads nowhere. Write an address, or delete it.",
            "请补上网址，或者只留文字。",
        )
    scheme = _SCHEME.match(target)
    if scheme:
        return _address_fault(target, scheme[1].lower())
    if target.startswith("#"):
        return None
    return _path_fault(catalog, target)


def _spaced(catalog: Catalog, link: BodyLink) -> tuple[str, str, str, str]:
    """A file is to be renamed, as its own problem says; in any other address a blank has a way to be written."""
    inside = _attachment_of(link.target) or _file_meant(link.target)
    name = renamed(inside)
    whole = f"https://{link.target}" if _HOST.match(link.target) else link.target
    target = f"attachments/{name}" if inside else re.sub(r"\s", "%20", whole)
    mended = f"{'!' if link.image else ''}[{link.text}]({target})"
    if inside in catalog.attachments:
        first, first_en = f"把文件改名为“{name}”，链接", f"rename the file to {name} and "
    elif inside and name not in catalog.attachments:
        first = f"把文件改名为“{name}”，放进 attachments 文件夹，链接"
        first_en = f"rename the file to {name}, put it into the folder attachments and "
    else:
        first = first_en = ""
    return (
        "space",
        "网址里有空格，到空格就断了，不成链接",
        f"there is a blank in the address, which ends it: {first_en}write {mended}.",
        f"请{first}写成 {mended}",
    )


def _file_meant(target: str) -> str:
    """The name of the file that is linked as it lies on an editor's computer, if it is one."""
    name = posixpath.basename(unquote(target).replace("\\", "/"))
    is_far = _HOST.match(target) or (
        (scheme := _SCHEME.match(target)) and not _ON_A_COMPUTER.fullmatch(scheme[1])
    )
    return name if not is_far and name.rpartition(".")[2].lower() in MEDIA_TYPES else ""


def _address_fault(target: str, scheme: str) -> tuple[str, str, str, str] | None:
    if scheme not in _OPEN_SCHEMES:
        return (
            "not-public",
            "读者打不开这样的地址，可能是自己电脑上的文件",
            "readers cannot open such an address. Put the file into attachments, or write an address in https://.",
            "文件请放进 attachments 文件夹，写成 [文字](attachments/文件名)；网页请写 https:// 开头的网址。",
        )
    if _INTRANET.match(target):
        return (
            "intranet",
            "这是单位内部的地址，外面的读者打不开",
            "this is an address inside the office; readers cannot open it. Write its public address.",
            "请换成公开的网址，或者把文件放进 attachments 文件夹。",
        )
    return None


def _path_fault(catalog: Catalog, target: str) -> tuple[str, str, str, str] | None:
    path = unquote(re.split("[?#]", target, maxsplit=1)[0])
    inside = _attachment_of(target)
    if inside:
        return None if inside in catalog.attachments else _no_such_file(catalog, inside)
    record = _RECORD.fullmatch(path)
    if record and record["key"].partition("/")[0] in catalog.kinds:
        if catalog.get(record["key"]) is None:
            return _no_such_record(catalog, record["key"])
        if not record["up"] and record["extension"] != ".md":
            return None
        mended = record["key"]
        return (
            "spelling",
            "链接的写法不对",
            f"records are linked by kind/id. Write {mended}.",
            f"请写成 {mended}",
        )
    name = posixpath.basename(path)
    if name in catalog.attachments:
        mended = f"attachments/{name}"
        return "spelling", "附件的路径不对", f"write {mended}.", f"请写成 {mended}"
    if meant := _file_meant(target):
        return _no_such_file(
            catalog,
            meant,
            f"，链接写成 attachments/{renamed(meant)}",
            f" and write attachments/{renamed(meant)}",
        )
    if _HOST.match(target) or target.startswith("//"):
        mended = f"https://{target.lstrip('/')}"
        return "no-scheme", "网址缺少开头", f"write {mended}.", f"请写成 {mended}"
    page = f"{catalog.site.base_address}index.html"
    return (
        "to-nothing",
        "本站没有这个文件，也没有这条信息",
        f"nothing here is called so. Write kind/id for a record, attachments/file for a file, or a whole address: {page}.",
        f"信息请写“类别/编号”，例如 policy/2025-0012；附件请写 attachments/文件名；其他网页请写完整网址，例如 {page}",
    )


def _no_such_file(
    catalog: Catalog, inside: str, link: str = "", link_en: str = ""
) -> tuple[str, str, str, str]:
    near = nearest(inside, catalog.attachments)
    hint = f"是不是 attachments/{near}？" if near else ""
    did_you = f" Did you mean attachments/{near}?" if near else ""
    return (
        "no-such-file",
        "attachments 文件夹里没有这个文件",
        f"there is no such file in the folder attachments.{did_you} Put it there{link_en}, or mend the name.",
        f"{hint}请把文件放进去{link}，或者改正文件名。",
    )


def _no_such_record(catalog: Catalog, key: str) -> tuple[str, str, str, str]:
    kind = key.partition("/")[0]
    near = nearest(key, (record.key for record in catalog.of_kind(kind)))
    hint = f"是不是 {near}？" if near else ""
    did_you = f" Did you mean {near}?" if near else ""
    return (
        "no-such-record",
        "本站没有这条信息",
        f"there is no such record.{did_you} The id is the name of its file.",
        f"{hint}编号就是那条信息的文件名，请核对。",
    )
