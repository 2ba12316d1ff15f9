"""The review report of one import, for the editor: what was decided, from what, and what is left to do.

It depends on the document and the defaults alone, so that importing twice writes the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePath

from plugins.disclosure.importers.content_file import ContentFile, used_defaults
from plugins.disclosure.importers.imported import LABELS, ImportedDocument, LeftOut, SourceLine
from plugins.disclosure.importers.markdown_body import escaped
from plugins.disclosure.kinds import load_kinds


def review_of(document: ImportedDocument, file: ContentFile | None, defaults: Mapping[str, str]) -> str:
    """The report in Markdown. `file` is None for a document that was refused."""
    source = PurePath(document.source).name
    if file is None or document.refused:
        return "\n".join(
            ["# 导入核对：没有导入", "", f"- 来源文件：{source}", f"- 原因：{document.refused}", ""]
        )
    sections = (
        [
            f"# 导入核对：{escaped(document.title) or '没有标题'}",
            "",
            f"- 来源文件：{source}",
            f"- 写成的文件：{file.name}",
        ],
        _to_do(document, file),
        _decisions(document, defaults),
        _structure(document),
        _lines_aside("略去的行", "原因", document.dropped, document.counted),
        _lines_aside("写进各项、不再留在正文的行", "用作", document.taken, document.counted),
        *([_left_out(document.left_out)] if document.left_out else []),
    )
    return "\n".join(line for section in sections for line in [*section, ""]).rstrip("\n") + "\n"


def _to_do(document: ImportedDocument, file: ContentFile) -> list[str]:
    lines = ["## 请编辑处理", ""]
    lines += [f"- [ ] **不对社会公开的标志**：{escaped(told)}" for told in document.not_public]
    refused = {LABELS.get(one.field, one.field) for one in document.decisions}
    lines += [f"- [ ] 请补填“{label}”{_why_empty(label, refused)}" for label in file.empty]
    for conflict in document.conflicts:
        label = LABELS.get(conflict.field, conflict.field)
        lines.append(f"- [ ] “{label}”不一致：{'、'.join(conflict.values)}。{escaped(conflict.note)}")
    lines += [f"- [ ] {escaped(doubt)}" for doubt in document.doubts]
    if document.inferred:
        names = "、".join(LABELS.get(field, field) for field in document.inferred)
        lines.append(f"- [ ] 推断得来、请核对：{names}")
    return lines if len(lines) > 2 else [*lines, "没有。"]


def _why_empty(label: str, refused: Set[str]) -> str:
    """Why nothing was written there. `refused`: what the text says, and not as it may be written."""
    if label in ("审查人", "审查日期"):
        return "：导入的文字没有经过本单位的保密审查，审查之后由审查的人填写。"
    return "：文中的写法不合要求，见下面。" if label in refused else "：文中没有写明。"


def _decisions(document: ImportedDocument, defaults: Mapping[str, str]) -> list[str]:
    rows = [
        (
            LABELS.get(one.field, one.field),
            _shown(one.field, one.value),
            one.how + _on_line(one.line, document.counted),
            one.inferred,
        )
        for one in document.decisions
    ]
    labels = {field.key: field.label for kind in load_kinds().values() for field in kind.fields}
    rows += [
        (labels[key], value, "导入时用 --set 指定", False)
        for key, value in used_defaults(document, defaults).items()
    ]
    return ["## 每一项取自哪里", "", *_table(("项目", "内容", "取自", "推断"), rows)]


def _shown(field: str, value: str) -> str:
    return load_kinds()[value].label if field == "kind" else value


def _on_line(line: int | None, counted: str) -> str:
    return f"（第 {line} {counted}）" if line else ""


def _structure(document: ImportedDocument) -> list[str]:
    lines = ["## 标题层次", ""]
    lines += [
        f"{'  ' * (heading.level - 1)}- {escaped(heading.number + heading.title)}"
        for heading in document.headings
    ] or ["没有编号的标题。"]
    lines += ["", "## 分工与时限", ""]
    rows = [
        (task.heading, "、".join(task.lead), "、".join(task.responsible), "、".join(task.due))
        for task in document.tasks
    ]
    lines += (
        _table(("事项", "牵头单位", "责任单位", "时限"), rows) if rows else ["没有写明责任单位或时限的事项。"]
    )
    return lines


def _left_out(things: Sequence[LeftOut]) -> list[str]:
    rows = [(thing.what, thing.text, thing.address) for thing in things]
    return ["## 没有随文字带入的", "", *_table(("种类", "内容", "地址"), rows)]


def _lines_aside(title: str, why: str, lines: Sequence[SourceLine], counted: str) -> list[str]:
    rows = [(str(line.line), line.text, line.reason) for line in lines]
    return [f"## {title}", "", *(_table((counted, "原文", why), rows) if rows else ["没有。"])]


def _table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heading)} |"
    yield f"|{' --- |' * len(heading)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return escaped(str(value)).replace("|", "\\|").replace("\n", " ")
