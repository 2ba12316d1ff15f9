"""The fields of every kind as a Markdown page for editors, made from the kinds (`docs/fields.zh-CN.md`)."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.disclosure.kinds import Field, Kind, Kinds
from plugins.disclosure.vocabulary import Vocabularies

NEEDS = {"required": "必填", "expected": "应填", "optional": "可不填"}
TYPES = {
    "text": "一行文字",
    "long_text": "文字，可以多行",
    "date": "日期",
    "time": "时间",
    "moment": "日期和时间",
    "integer": "整数",
    "decimal": "数",
    "yes_no": "是或否",
    "choice": "选一项",
    "topic": "主题分类",
    "organ": "机构",
    "section": "栏目",
    "record": "其他信息",
    "document_number": "文号",
    "index_number": "索引号",
    "attachment": "文件",
    "phone": "电话",
    "email": "电子邮箱",
    "link": "网址",
    "table": "表格",
    "report_tables": "年报表格",
}


def fields_page(kinds: Kinds, vocabularies: Vocabularies) -> str:
    """One chapter a kind: what it is for, and a table of its fields."""
    head = [
        "# 各类信息的字段",
        "",
        "本页由程序按 `plugins/disclosure/kinds/` 生成（`python3 tasks.py docs`），请不要手改。",
        "文件开头或表格表头写“字段”一列的名称即可，也可以写括号里的英文名，两者不要同时写。",
        "“应填”的不填会提醒，“必填”的不填不能生成网站。能填几项的，用中文分号“；”分开。",
        "表格在电子表格里写在一格内：一行一条（按 Alt+Enter 换行），各列用竖线“｜”隔开，顺序见“内容”一列；",
        "第一行写列名的，可以换顺序，没有的列可以不写。文件开头的写法是每条以两个空格加“- ”开头，下面逐列写“列名: 内容”。",
        "",
    ]
    chapters = [line for kind in kinds.values() for line in _chapter(kind, vocabularies)]
    return "\n".join([*head, *chapters])


def _chapter(kind: Kind, vocabularies: Vocabularies) -> Iterator[str]:
    yield f"## {kind.label}（`{kind.id}`）"
    yield ""
    yield f"{kind.summary}{kind.note}"
    yield ""
    yield "| 字段 | 填写 | 内容 | 说明 | 例 |"
    yield "|---|---|---|---|---|"
    for field in kind.fields:
        cells = (
            f"{field.label}（`{field.key}`）",
            NEEDS[field.need],
            _content(field, vocabularies),
            _explanation(field),
            field.example,
        )
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
    yield ""


def _content(field: Field, vocabularies: Vocabularies) -> str:
    many = "，可以几项" if field.many else ""
    if field.type == "choice" and field.vocabulary:
        return "、".join(term.label for term in vocabularies[field.vocabulary].terms) + many
    if field.type == "table":
        return f"表格，各列：{'｜'.join(_column(column, vocabularies) for column in field.columns)}"
    return TYPES[field.type] + many


def _column(column: Field, vocabularies: Vocabularies) -> str:
    """A column of a table: its name, whether it must be filled in, and the words it takes."""
    marks = [NEEDS[column.need]] if column.need != "optional" else []
    if column.type not in ("text", "long_text"):
        marks.append(_content(column, vocabularies))
    return f"{column.label}（{'，'.join(marks)}）" if marks else column.label


def _explanation(field: Field) -> str:
    basis = f"依据：{field.source}。" if field.source else ""
    private = "" if field.public else "不在网站上显示。" if "不在网站上显示" not in field.help else ""
    return f"{field.help}{private}{basis}"
