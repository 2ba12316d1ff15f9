"""What a page says of a document in labelled places: 索引号, 发布日期, 来源, in a table, in a line, one below the other.

Every label a government page is known to use stands in `LABELS`; what its value must look like is asked
before it is taken, so that the next line is not taken for the value of an empty place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from plugins.disclosure.chinese_dates import DateReading, find_dates, read_date
from plugins.disclosure.document_number import parse
from plugins.disclosure.importers.boilerplate import why_dropped
from plugins.disclosure.importers.organs import is_organ
from plugins.disclosure.importers.page_lines import Line

_LISTED = {
    "index_number": "索引号 信息索引号 信息索引 索引编号",
    "title": "title Title 标题 名称 信息名称 文件名称 公文名称 文件标题 信息标题 题名",
    "document_number": "文号 发文字号 发文文号 文件编号 公文文号 文件字号 文件号 发文号",
    "issuer": "发布机构 发文机关 发文机构 发文单位 发布单位 发布部门 发文部门 公开主体 制发机关 制定机关 公开机构 "
    "发布主体 公开单位",
    "signed_on": "成文日期 成文时间 生成日期 生成时间 落款日期 签发日期 签署日期 形成日期 制发日期",
    "dispatched_on": "发文日期 发文时间",
    "printed_on": "印发日期 印发时间",
    "published_on": "发布日期 发布时间 公开日期 公开时间 上网时间 上网日期 发表时间 发表日期 公布日期 公布时间 发稿时间 录入时间 "
    "信息时间 日期 时间",
    "updated_on": "更新时间 更新日期 修改时间 最后更新",
    "topic": "主题分类 信息分类 组配分类 所属主题 主题类别 所属分类 分类",
    "genre": "体裁 体裁分类 公文种类 文种 公文体裁",
    "keywords": "主题词 关键词 关键字",
    "content_source": "来源 信息来源 稿件来源 文章来源 文章出处 内容来源 出处 稿源",
    "validity": "有效性 时效性 效力状态 文件状态 文件有效性",
    "effective_on": "施行日期 生效日期 实施日期 生效时间 施行时间 实施时间",
    "expires_on": "失效日期 失效时间 有效期至 终止日期",
    "disclosure": "公开方式 公开形式 公开属性 公开选项 信息公开选项 政府信息公开选项 公开类别",
    "summary": "内容概述 内容概览 内容摘要 信息概述",
    "other": "公开范围 公开时限 公开程序 载体类型 语种 格式 废止日期 废止时间 信息格式 责任部门 责任处室 服务对象 生命周期 "
    "有效期 文件类型 所属机构 公文时效 是否有效 主送机关",
    "page": "浏览次数 浏览量 浏览 阅读次数 阅读量 阅读 点击数 点击率 点击量 点击次数 点击 访问量 访问次数 人气 查看次数 "
    "作者 编辑 责任编辑 责编 审核 审核人 审核人员 录入 录入人 录入者 发布人 发布者 发布人员 供稿 供稿人 撰稿 撰稿人 审稿 "
    "校对 初审 复审 终审 签发 一审 二审 三审 摄影 通讯员 信息员 字体 字号 字体大小 文字大小 分享 分享到 分享至 打印 收藏 "
    "保护视力色 视力保护色 背景色 语速 标签",
    "shop": "型号 产品型号 产品类别 产品名称 产品分类 产品编号 价格 品牌 库存 规格 厂家 供应商 起订量",
}
LABELS = {label: key for key, labels in _LISTED.items() for label in labels.split()}
DATES = (
    "signed_on",
    "dispatched_on",
    "printed_on",
    "published_on",
    "updated_on",
    "effective_on",
    "expires_on",
)
_NEVER_JOINED = frozenset(["文件编号", "文件类型", "产品名称", "产品编号"])
"""With a word joined before them (招标文件编号) these are no longer the page's labels."""

_DISTINCT = 4
"""A label this long is one even where no space stands before it (市财政局发布时间：...)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value as written; `line` is where it stands."""

    key: str
    label: str
    value: str
    line: int


def facts_of_line(line: Line) -> list[Fact]:
    """The labelled values inside one line; labels with nothing behind them have an empty value."""
    if len(line.cells) > 1:
        return list(_in_cells(line))  # also where a cell holds a label and its value
    return list(_in_text(line.text, line.number))


def facts_of(lines: Sequence[Line]) -> tuple[list[Fact], dict[int, str]]:
    """The facts of the lines above or below a document, and which lines hold them (line number -> key).

    A label on a line of its own takes the next line as its value if that looks as such a value must.
    """
    facts: list[Fact] = []
    used: dict[int, str] = {}
    for number, line in enumerate(lines):
        if line.number in used:
            continue
        label = label_alone(line.text)
        if label is None:
            found = facts_of_line(line)
            facts.extend(found)
            if found:
                used[line.number] = found[0].key
            continue
        used[line.number] = LABELS[label]
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following and _can_be_value(LABELS[label], following):
            used[following.number] = LABELS[label]
            facts.append(Fact(LABELS[label], label, following.text, following.number))
        else:
            facts.append(Fact(LABELS[label], label, "", line.number))
    return facts, used


def label_alone(text: str) -> str | None:
    """The label that the whole line is, with or without its colon."""
    word = re.sub("[\\s\u3000]+", "", text).strip("•·*-【】[]").rstrip(":：")
    return word if word in LABELS else None


def leading_date(text: str) -> DateReading | None:
    """The date, with its time of day, that `text` begins with; a bracket before it does no harm."""
    text = text.lstrip("[【（( ")
    for start, end, _ in find_dates(text):
        if start > 0:
            return None
        clock = re.match("日?[ \u3000\xa0T]*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?", text[end:])
        with_clock = read_date(text[: end + clock.end()]) if clock else None
        return with_clock or read_date(text[:end])
    return None


_LABEL_AT = re.compile(
    "(?P<label>"
    + "|".join("[ \u3000\xa0]{0,4}".join(label) for label in sorted(LABELS, key=len, reverse=True))
    + ")[ \u3000\xa0]*[】\\]]?[:：]"
)
_VALUE_ENDS = re.compile(
    "[|｜]|[ \u3000\xa0]{2,}(?=[【\\[（(]|打印|关闭|分享|收藏|字体|字号)|【(?=字体|打印|关闭|大|我要)"
)


def _in_text(text: str, number: int) -> Iterator[Fact]:
    labels = [match for match in _LABEL_AT.finditer(text) if _is_label(text, match)]
    before = text[: labels[0].start()].strip(" \u3000\xa0•·*-") if labels else ""
    if leading_date(before):
        yield Fact("bare_date", "", before, number)
    for match, following in zip_longest(labels, labels[1:]):
        value = text[match.end() : following.start() if following else len(text)]
        cut = _VALUE_ENDS.search(value)
        label = re.sub("[\\s\u3000]+", "", match["label"])
        value = _trimmed(value[: cut.start()] if cut else value)
        if label in ("日期", "时间") and not re.match("[\\[【（(]?[0-9]{4}[-/.]", value):
            continue  # 时间：3月5日上午 is when something takes place, not when the page was made
        yield from _without_date(Fact(LABELS[label], label, value, number))


def _is_label(text: str, match: re.Match[str]) -> bool:
    label = re.sub("[\\s\u3000]+", "", match["label"])
    before = text[: match.start()].rstrip(" \u3000\xa0•·*-【[(（|｜")
    if not before:
        return True
    apart = match.start() > len(before) or not "\u4e00" <= before[-1] <= "\u9fff"
    return apart or (len(label) >= _DISTINCT and label not in _NEVER_JOINED)


def _without_date(fact: Fact) -> Iterator[Fact]:
    """`来源：霁川日报 2024-05-24 10:00` holds the date of the page beside the source."""
    dates = [start for start, _, _ in find_dates(fact.value)]
    if fact.key in ("content_source", "issuer") and dates and dates[0] > 0:
        yield Fact(fact.key, fact.label, _trimmed(fact.value[: dates[0]]), fact.line)
        yield Fact("bare_date", "", fact.value[dates[0] :], fact.line)
    else:
        yield fact


def _in_cells(line: Line) -> Iterator[Fact]:
    cells = [cell for cell in line.cells if cell]
    while cells:
        cell = cells.pop(0)
        label = label_alone(cell)
        if label is None:
            yield from _in_text(cell, line.number)
        elif cells and label_alone(cells[0]) is None and not _LABEL_AT.match(cells[0]):
            yield Fact(LABELS[label], label, _trimmed(cells.pop(0)), line.number)
        else:
            yield Fact(LABELS[label], label, "", line.number)


def _trimmed(value: str) -> str:
    return value.strip(" \u3000\xa0\t;；,，|｜•·】]【[")


def _can_be_value(key: str, line: Line) -> bool:
    """Whether the line below an empty label can be its value, judged by the label's kind."""
    text = line.text
    if label_alone(text) or facts_of_line(line):
        return False
    if key in DATES:
        return leading_date(text) is not None
    if key == "index_number":
        return bool(re.fullmatch("[0-9A-Za-z/／_（）()-]{6,40}", text))
    if line.blank_before:
        return False  # an empty place in the table; what follows the gap is something else
    if key == "document_number":
        return parse(text) is not None or text in ("无", "-", "—")
    if key == "issuer":
        return is_organ(text)
    if key in ("page", "shop"):
        return len(text) <= 12 and not why_dropped(text)
    return len(text) <= (100 if key in ("title", "summary") else 30) and parse(text) is None
