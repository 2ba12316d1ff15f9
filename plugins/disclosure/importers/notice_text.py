"""公文 as pasted from a web page -> what it states of itself, what can be concluded, and what is left open.

Read `read_notice` first: it cuts the page in parts, takes each fact from the best place there is for it, and
notes for every one where it came from. What is not said stays empty. A number that is only cited is never
taken for the document's own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from plugins.disclosure import index_number as index_numbers
from plugins.disclosure.document_number import AnnouncementNumber, OrderNumber, parse
from plugins.disclosure.document_number_faults import lint
from plugins.disclosure.importers.assignments import Assignment, assignment_of, is_only_annotation
from plugins.disclosure.importers.boilerplate import FOOTER, NAVIGATION, SHARING
from plugins.disclosure.importers.closing import (
    attachment_lines,
    attachments_named,
    closing_of,
    days_that_are_not,
)
from plugins.disclosure.importers.force import force_of
from plugins.disclosure.importers.headings import Heading, heading_of, lead_of, run_in_heading_of
from plugins.disclosure.importers.imported import Decision, ImportedDocument
from plugins.disclosure.importers.kind_of import take_kind
from plugins.disclosure.importers.markdown_body import escaped, markdown_of
from plugins.disclosure.importers.not_public import take_marks
from plugins.disclosure.importers.organs import is_organ, split_addressees
from plugins.disclosure.importers.page import Page
from plugins.disclosure.importers.page_facts import leading_date
from plugins.disclosure.importers.page_lines import Line, page_lines, squeezed
from plugins.disclosure.importers.page_parts import cut_page, is_addressed
from plugins.disclosure.importers.reading import Reading
from plugins.disclosure.importers.reading_dates import take_dates
from plugins.disclosure.importers.refusal import why_refused, why_source_code
from plugins.disclosure.importers.titles import (
    cleaned,
    genre_of,
    number_in_title,
    organ_in_title,
)
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies


def read_notice(text: str, source: str) -> ImportedDocument:
    """Everything the pasted text `text` says; `source` is the name it is known by (its file's name).

    Nothing is guessed: a field is stated by the text, or inferred and marked so, or empty. Text that is no
    document at all comes back `refused` with the reason.
    """
    text = html.unescape(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    reason = why_refused(text) or why_source_code(text)
    return ImportedDocument(source, refused=reason) if reason else read_page(Page(page_lines(text)), source)


def read_page(page: Page, source: str) -> ImportedDocument:
    """As `read_notice`, from the lines of a file of any format."""
    reason = why_refused("\n".join(line.text for line in page.lines))
    if reason:
        return ImportedDocument(source, refused=reason)
    parts = cut_page(page.lines, page.facts)
    if not parts.body:
        return ImportedDocument(source, refused=_NO_TEXT)
    parts.dropped += page.dropped
    reading = Reading(parts, closing_of(parts.body, parts.title.text if parts.title else ""))
    _take_title(reading)
    _take_number(reading)
    _take_index_number(reading)
    _take_addressees(reading)
    _take_issuer(reading)
    take_dates(reading)
    take_kind(reading)
    _take_extras(reading)
    take_marks(reading)
    _take_doubts(reading)
    reading.doubts.extend(page.doubts)
    return replace(_document(reading, source), left_out=tuple(page.left_out), counted=page.counted)


UNSTATED = {
    "issuer": "没有写明发布机构，请补填。",
    "disclosure": "文中没有写明公开方式，没有填。审定为主动公开的，请补填“主动公开”。",
    "signed_on": "没有写明成文日期，留空。",
    "published_on": "没有写明发布日期，留空。",
}
"""What is remarked where a text does not say something, by the field it belongs in."""
_NO_TEXT = (
    "只有标题、导航之类，没有正文。请把网页上的正文一起复制下来。"
    " / Only a title or navigation, no text. Copy the text of the page as well."
)
_LONGER_THAN_A_NAME = 30
_EXTRAS = (
    *("genre", "topic", "keywords", "content_source", "validity"),
    *("effective_on", "expires_on", "repeals", "disclosure", "summary", "report_year", "fiscal_year"),
)
_SAYS_NOTHING = ("本网", "本站", "本网站", "网络", "互联网", "原创", "转载", "未知", "不详", "-", "—", "无")


def _take_title(reading: Reading) -> None:
    title = reading.parts.title
    if title is None:
        _take_title_of_order(reading)
        return
    reading.take("title", title.text, title.how, title.line, inferred=title.inferred)
    if title.inferred:
        reading.doubts.append(f"标题“{title.text}”是按位置推断的，请核对。")


def _take_title_of_order(reading: Reading) -> None:
    """An order or a notice without a title is called after the text it carries, else after its number."""
    enclosed = reading.closing.enclosed
    if enclosed is not None:
        line = reading.parts.body[enclosed]
        reading.take("title", cleaned(line.text), "落款之后所附文件的标题", line.number, inferred=True)
    elif reading.parts.numbers:
        line, _ = reading.parts.numbers[0]
        reading.take("title", line.text, "只有文号一行，以它为标题", line.number, inferred=True)
    else:
        reading.doubts.append("没有找到标题，请补填。")


def _take_number(reading: Reading) -> None:
    """The number on a line of its own above the text comes before the one in the page's table."""
    found: list[tuple[str, str, int | None]] = [
        (number.canonical, "正文上方单独一行", line.number) for line, number in reading.parts.numbers
    ]
    for fact in reading.facts("document_number"):
        number = parse(fact.value)
        if number:
            found.append((number.canonical, f"页面“{fact.label}”一栏", fact.line))
        elif fact.value not in _SAYS_NOTHING:
            reading.doubts.append(f"页面“{fact.label}”写作“{fact.value}”，不是文号的样子，没有采用。")
    title = reading.parts.title
    in_title = number_in_title(title.written) if title else None
    if in_title:
        found.append((in_title, "标题后面的括号", None))
    if not found:
        return
    reading.take("document_number", *found[0])
    reading.compare("document_number", [value for value, _, _ in found], "采用正文上方的文号。")


def _take_index_number(reading: Reading) -> None:
    for fact in reading.facts("index_number"):
        canonical = index_numbers.normalise(fact.value)
        reading.take("index_number", canonical or fact.value, f"页面“{fact.label}”一栏", fact.line)
        if canonical is None:
            reading.doubts.append(
                f"页面“{fact.label}”写作“{fact.value}”，不是“机构代码/年份-五位流水号”的样子，没有写进文件。"
            )
        return


def _take_addressees(reading: Reading) -> None:
    """主送机关 stands in the first lines of the text, and may be broken over two of them."""
    body = reading.parts.body
    for place, line in enumerate(body[:3]):
        text = line.text
        before = body[place - 1].text if place else ""
        if not is_addressed(text):
            continue
        if before.endswith(("，", ",", "、")) and len(before) <= 80:
            text = before + text
        reading.addressees = split_addressees(text.rstrip(":： "))
        how = "正文第一行，以冒号结尾"
        reading.decisions.append(Decision("addressees", "；".join(reading.addressees), how, line.number))
        return


def _take_issuer(reading: Reading) -> None:
    """Signature, letterhead, the page's table; concluded from the title or from 来源 where none of them is."""
    stated: list[tuple[str, str, int | None]] = []
    if reading.closing.signers:
        signed = reading.closing.signed
        stated.append((reading.closing.signers[0], "落款", signed[0].number if signed else None))
        reading.cosigners = reading.closing.signers[1:]
    stated += [(fact.value, f"页面“{fact.label}”一栏", fact.line) for fact in reading.facts("issuer")]
    stated += [
        (squeezed(line.text.removesuffix("文件")), "版头", line.number) for line in reading.parts.marks
    ]
    for line, number in reading.parts.numbers:
        if isinstance(number, OrderNumber | AnnouncementNumber) and number.issuer:
            stated.append((number.issuer, "文号里的机关", line.number))
    in_title = organ_in_title(reading.title)
    if stated:
        reading.take("issuer", *stated[0])
        names = [*(name for name, _, _ in stated), *([in_title] if in_title else [])]
        reading.compare("issuer", _distinct_organs(names), f"采用{stated[0][1]}。")
    elif in_title:
        reading.take("issuer", in_title, "标题开头的机关名称", inferred=True)
    elif not reading.is_repost:
        _infer_issuer_from_source(reading)
    if reading.cosigners:
        reading.decisions.append(Decision("cosigners", "；".join(reading.cosigners), "落款"))


def _infer_issuer_from_source(reading: Reading) -> None:
    for fact in reading.facts("content_source"):
        if is_organ(fact.value) and fact.value not in _SAYS_NOTHING:
            reading.take("issuer", fact.value, f"页面“{fact.label}”一栏", fact.line, inferred=True)
            return


def _distinct_organs(names: Sequence[str]) -> list[str]:
    """Without the names that are a short form of another (市政府 beside 霁川市人民政府)."""
    distinct = list(dict.fromkeys(squeezed(name) for name in names))
    short = {name: name.replace("人民政府", "政府") for name in distinct}
    return [
        name
        for place, name in enumerate(distinct)
        if not any(_is_short_form(short[name], short[other]) for other in distinct if other != name)
        and short[name] not in [short[other] for other in distinct[:place]]
    ]


def _is_short_form(name: str, other: str) -> bool:
    return len(name) < len(other) and (other.endswith(name) or other.startswith(name))


def _take_extras(reading: Reading) -> None:
    vocabularies = load_vocabularies()
    genre = genre_of(reading.title)
    term = vocabularies["genre"].find(genre) if genre else None
    if term and reading.kind != "news":
        reading.take("genre", term.label, "标题结尾的文种", inferred=True)
    for key in ("topic", "validity", "disclosure"):
        for fact in reading.facts(key):
            vocabulary = vocabularies["topics" if key == "topic" else key]
            known = vocabulary.find(fact.value)
            if known:
                reading.take(key, vocabulary.path(known), f"页面“{fact.label}”一栏", fact.line)
            else:
                reading.doubts.append(f"页面“{fact.label}”写作“{fact.value}”，没有对应的词，没有采用。")
    if reading.closing.keywords:
        reading.take("keywords", "；".join(reading.closing.keywords), "文末“主题词”一行")
    elif words := reading.facts("keywords"):
        value = "；".join(re.split("[ \u3000；;、，,]+", words[0].value))
        reading.take("keywords", value, f"页面“{words[0].label}”一栏", words[0].line)
    for key in ("effective_on", "expires_on"):
        for fact in reading.facts(key):
            day = leading_date(fact.value)
            if day and day.as_date():
                reading.take(key, str(day.as_date()), f"页面“{fact.label}”一栏", fact.line)
    _take_force(reading)
    _take_source_and_disclosure(reading)


def _take_force(reading: Reading) -> None:
    """施行日期, 失效日期 and 废止文件 as the articles of a document state them; the page's table comes first."""
    if reading.kind != "policy":
        return
    force = force_of(reading.parts.body)
    for key, label, stated in (
        ("effective_on", "施行日期", force.effective),
        ("expires_on", "失效日期", force.expires),
    ):
        days = list(dict.fromkeys(one.value for one in stated))
        if key in reading.values:
            reading.compare(key, [reading.values[key], *days], "采用页面上的一栏。")
        elif len(days) == 1:
            first = stated[0]
            how = f"正文“{first.sentence}”"
            reading.take(key, first.value, how, first.line, inferred=first.inferred)
        elif days:
            reading.add_conflict(key, days, f"正文几处写的{label}不一样，没有采用，请核对后填写。")
    if force.repeals:
        numbers = list(dict.fromkeys(one.value for one in force.repeals))
        first = force.repeals[0]
        reading.take("repeals", "；".join(numbers), f"正文“{first.sentence}”", first.line)
    if force.on_its_day and "effective_on" not in reading.values:
        first = force.on_its_day[0]
        reading.doubts.append(
            f"正文写明“{first.sentence}”，没有写日期；请按{first.value}的日期填写施行日期。"
        )


def _take_source_and_disclosure(reading: Reading) -> None:
    is_shop = any(fact.key == "shop" for fact in reading.parts.facts)
    for fact in reading.facts("content_source"):
        if fact.value not in _SAYS_NOTHING and "content_source" not in reading.values and not is_shop:
            reading.take("content_source", fact.value, f"页面“{fact.label}”一栏", fact.line)
    for fact in reading.facts("summary"):
        reading.take("summary", fact.value, f"页面“{fact.label}”一栏", fact.line)
    if "disclosure" not in reading.values:
        stated = reading.closing.disclosure
        if stated:
            reading.take("disclosure", stated, "文末写明")
        elif _was_a_page(reading):
            reading.take("disclosure", "主动公开", "取自公开的网页，按主动公开填写", inferred=True)
        else:
            reading.doubts.append(UNSTATED["disclosure"])


def _was_a_page(reading: Reading) -> bool:
    """Whether a web page's own lines stand around the text, so that it was public already."""
    around = any(dropped.reason in (NAVIGATION, SHARING, FOOTER) for dropped in reading.parts.dropped)
    return around or bool(reading.facts("published_on", "content_source", "index_number"))


def _take_doubts(reading: Reading) -> None:
    if reading.is_repost:
        reading.doubts.append("文字取自转载的网页，可能经过改动，请与原发文机关的文本核对。")
    number, written = reading.values.get("document_number"), reading.day("written_on")
    if number:
        reading.doubts.extend(fault.message_zh for fault in lint(number, written))
    unfinished = [
        str(line.number) for line in reading.parts.body if not line.table and _breaks_off(line.text)
    ]
    if reading.is_repost and unfinished:
        reading.doubts.append(f"第 {'、'.join(unfinished)} 行的句子没有写完，可能缺字。")
    named = attachments_named(reading.parts.body)
    if named:
        reading.doubts.append(f"文中提到的附件没有随文字一起导入，请另外放进附件文件夹：{'；'.join(named)}。")
    for line in days_that_are_not(reading.parts.body):
        reading.doubts.append(f"第 {line.number} 行写作“{line.text}”，没有这一天，没有采用，请核对原件。")
    if "issuer" not in reading.values:
        reading.doubts.append(UNSTATED["issuer"])
    if "written_on" not in reading.days and _has_day_of_writing(reading.kind):
        reading.doubts.append(UNSTATED["signed_on"])
    if "published_on" not in reading.days:
        reading.doubts.append(UNSTATED["published_on"])


def _has_day_of_writing(kind: str) -> bool:
    return any(field.key == "signed_on" for field in load_kinds()[kind].fields)


def _breaks_off(text: str) -> bool:
    return (
        len(text) >= _LONGER_THAN_A_NAME
        and "\u4e00" <= text[-1] <= "\u9fff"
        and "，" in text.replace(",", "，")
    )


def _document(reading: Reading, source: str) -> ImportedDocument:
    values = reading.values
    body = reading.parts.body
    headings, tasks = _structure(body, yearbook=any(line.text.startswith("【") for line in body))
    published = reading.days.get("published_on")
    return ImportedDocument(
        source=source,
        kind=reading.kind,
        title=values.get("title", ""),
        document_number=values.get("document_number"),
        index_number=values.get("index_number"),
        issuer=values.get("issuer"),
        cosigners=reading.cosigners,
        written_on=reading.day("written_on"),
        published_on=reading.day("published_on"),
        published_time=published.at if published else None,
        addressees=reading.addressees,
        headings=headings,
        tasks=tasks,
        extras={key: values[key] for key in _EXTRAS if key in values},
        body="".join(f"{escaped(mark.text)}\n\n" for mark in reading.marks)
        + markdown_of(body, reading.closing.enclosed),
        decisions=tuple(reading.decisions),
        conflicts=tuple(reading.conflicts),
        dropped=tuple(sorted(reading.parts.dropped, key=lambda dropped: dropped.line)),
        taken=tuple(reading.parts.taken),
        doubts=tuple(reading.doubts),
        not_public=tuple(reading.not_public),
    )


def _structure(body: Sequence[Line], *, yearbook: bool) -> tuple[tuple[Heading, ...], tuple[Assignment, ...]]:
    """The heading tree, and what each item assigns; a line of units alone belongs to the paragraph above it."""
    headings: list[Heading] = []
    tasks: list[Assignment] = []
    paragraphs: list[tuple[str, str]] = []
    above = ""
    listed = set(attachment_lines(body))
    for line in body:
        if line.number in listed:
            continue
        if paragraphs and is_only_annotation(line.text):
            name, text = paragraphs.pop()
            paragraphs.append((name, f"{text}；{line.text}"))
            continue
        heading = heading_of(line.text) or (run_in_heading_of(line.text) if yearbook else None)
        if heading:
            headings.append(heading)
            name = heading.number + heading.title
            above = name if heading.alone else ""
        else:
            lead = lead_of(line.text)
            name = above if above and line.text[len(lead) : len(lead) + 1] != "。" else lead
        paragraphs.append((name, line.text))
    for name, text in paragraphs:
        task = assignment_of(text, name)
        if task:
            tasks.append(task)
    return tuple(headings), tuple(tasks)
