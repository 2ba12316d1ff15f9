"""`标签: value` lines, as front matter and site.yaml hold them -> entries with line numbers, nothing guessed.

A value that fits on one line and has no special signs is read here; anything else (lists, quotes, several
lines) is handed to YAML, one entry at a time, so that a slip in one entry hides no other. Values stay text:
`no` is not False, 007 is not 7, 2026-01-31 is not a date until the field's type says so. Anchors, aliases and
tags are refused: no editor needs them, and they can make a small file huge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import MOST_VALUES, Entry, Pairs, Scalar

NAME = "[\\w（）()·]+"
_ENTRY = re.compile(f"({NAME}):(?: |$)")
_COLON_SLIP = re.compile(f"({NAME})(?:[ \t]*：|[ \t]+:|:)[ \t]*")
_LIKE_AN_ENTRY = re.compile(f"{NAME}[ \t]*[:：]|[#\\- \t]")
_FENCE = re.compile("---[ \t]*")
_FENCE_SLIP = re.compile("[-—–－─]{2,10}[ \t]*")
_WIDE_SPACE = "\u3000"
_YAML_SIGNS = tuple("-?:,[]{}#&*!|>'\"%@`")


@dataclass(frozen=True, slots=True)
class Parts:
    """A Markdown file cut in two. `front` are the lines between the fences, the first being line `front_line`."""

    front: tuple[str, ...]
    front_line: int
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def split_front_matter(text: str, file: str, names: Collection[str] = ()) -> Parts | None:
    """Cut at the two lines of `---`; None when there is no front matter at all, which the caller reports.

    Blank lines before the first fence do no harm. `names` are the labels there are: where a fence was
    forgotten, lines that begin with one are still taken for front matter.
    """
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        return None
    problems: list[Problem] = []
    first = start + 1
    if not _FENCE.fullmatch(lines[start]):
        if _FENCE_SLIP.fullmatch(lines[start]):
            problems.append(_bad_fence(file, start + 1, lines[start]))
        elif _begins_with_name(lines[start], names):
            problems.append(_no_fence(file, start + 1))
            first = start
        else:
            return None
    end = _end(lines, first)
    if end == len(lines) or not lines[end].strip():
        problems.append(_unclosed(file, min(end, len(lines) - 1) + 1))
    elif not _FENCE.fullmatch(lines[end]):
        problems.append(_bad_fence(file, end + 1, lines[end]))
    return _parts(lines, first, end, problems)


def read_entries(
    lines: Sequence[str], first_line: int, file: str, names: Collection[str] = ()
) -> tuple[list[Entry], list[Problem]]:
    """The entries of `lines`, in order; the first line is line `first_line` of `file`.

    `names` are the labels there are: a line that begins with one and slips in its colon is still read.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for line, block in _blocks(lines, first_line):
        entry, found = _read_block(line, block, file, names)
        problems.extend(found)
        if entry is not None:
            entries.append(entry)
    return entries, problems


def _parts(lines: list[str], first: int, end: int, problems: list[Problem]) -> Parts:
    body = end + 1
    while body < len(lines) and not lines[body].strip():
        body += 1
    return Parts(
        tuple(lines[first:end]), first + 1, "\n".join(lines[body:]).rstrip(), body + 1, tuple(problems)
    )


def _begins_with_name(line: str, names: Collection[str]) -> bool:
    name, *rest = re.split("[:：]", line, maxsplit=1)
    return bool(rest) and name.strip() in names


def _end(lines: list[str], first: int) -> int:
    """The line that ends the front matter: a fence, a mistyped one, the blank line before prose, or the file's end."""
    for number in range(first, len(lines)):
        line = lines[number]
        if _FENCE_SLIP.fullmatch(line):
            return number
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if not line.strip() and following.strip() and not _LIKE_AN_ENTRY.match(following):
            return number
    return len(lines)


def _blocks(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each entry with the lines that continue it: indented ones, list items, blank ones, comments."""
    block: list[str] = []
    start = first_line
    for number, line in enumerate(lines, start=first_line):
        continues = not line.strip() or line[0] in " \t#" or line.startswith("- ") or line.rstrip() == "-"
        if continues and block:
            block.append(line)
            continue
        if not line.strip() or line.startswith("#"):
            continue
        if block:
            yield start, block
        block, start = [line], number
    if block:
        yield start, block


def _read_block(
    line: int, block: list[str], file: str, names: Collection[str]
) -> tuple[Entry | None, list[Problem]]:
    first = block[0]
    problems: list[Problem] = []
    if first.startswith(_WIDE_SPACE) and _begins_with_name(first, names):
        written, first = first, first.lstrip(f"{_WIDE_SPACE} ")
        problems.append(_wide_indent(file, line, written, first))
    if not _ENTRY.match(first):
        mended = _mend_colon(first, names)
        if mended is None:
            return None, [_not_an_entry(file, line, first)]
        problems.append(_bad_colon(file, line, first, mended))
        first = mended
    name, _, value = first.partition(":")
    value = value.strip(" ")
    if any(other.strip() and not other.startswith("#") for other in block[1:]):
        entry, found = _read_yaml(line, [first, *block[1:]], file)
        return entry, problems + found
    if value.startswith("#") or (" #" in value and not value.startswith(_YAML_SIGNS)):
        problems.append(_hash_in_value(file, line, first))
        return Entry(name, line, None), problems
    if is_plain(value):
        return Entry(name, line, Scalar(value, line)), problems
    entry, found = _read_yaml(line, [first], file)
    return entry, problems + found


def is_plain(value: str) -> bool:
    """Whether YAML would read `value` as the text it is, so that it need not be asked."""
    if not value:
        return True
    return not (
        value[0] in _YAML_SIGNS or value[-1] == ":" or ": " in value or " #" in value or "\t" in value
    )


def _mend_colon(line: str, names: Collection[str]) -> str | None:
    """`标题：关于`, `标题:关于` and `标题 : 关于` as they should be written; None when the line is no such slip."""
    slip = _COLON_SLIP.match(line)
    if not slip or slip[1] not in names:
        return None
    return f"{slip[1]}: {line[slip.end() :]}".rstrip()


def _read_yaml(line: int, block: list[str], file: str) -> tuple[Entry, list[Problem]]:
    name = block[0].partition(":")[0]
    tabbed = next((number for number, text in enumerate(block) if re.match(" *\t", text)), None)
    if tabbed is not None:
        return Entry(name, line, None), [_tab(file, line + tabbed)]
    from plugins.disclosure.readers.yaml_entry import NotYaml, Refused, node_of

    try:
        node = node_of("\n".join(block) + "\n", line)
    except Refused as fault:
        return Entry(name, line, None), [_refused(file, line, name, str(fault))]
    except NotYaml as fault:
        at = line + min(fault.line, len(block) - 1)
        return Entry(name, line, None), [_not_yaml(file, line, at, block)]
    if not isinstance(node, Pairs) or len(node.entries) != 1:
        return Entry(name, line, None), [_not_yaml(file, line, line, block)]
    return node.entries[0], []


def _bad_fence(file: str, line: int, written: str) -> Problem:
    return error(
        file,
        line,
        None,
        "front-matter.fence",
        f"分隔行写作{quoted(written)}，不是三个半角短横。",
        f"The separating line is {quoted_en(written)}. Write three hyphens: ---",
        "请写成 ---",
    )


def _no_fence(file: str, line: int) -> Problem:
    return error(
        file,
        line,
        None,
        "front-matter.no-fence",
        "文件开头缺少一行 ---。",
        "The line --- is missing at the beginning of the file. Put --- on a line of its own above this one.",
        "请在这一行的前面加一行 ---",
    )


def _unclosed(file: str, line: int) -> Problem:
    return error(
        file,
        line,
        None,
        "front-matter.unclosed",
        "各项信息写完后缺少一行 ---。",
        "The line --- is missing after the last entry. Put --- on a line of its own between the entries and the text.",
        "请在最后一项和正文之间加一行 ---",
    )


def _bad_colon(file: str, line: int, written: str, mended: str) -> Problem:
    problem = error(
        file,
        line,
        mended.partition(":")[0],
        "front-matter.colon",
        f"写作{quoted(written)}，标签后面要用半角冒号加一个空格。",
        f"Written {quoted_en(written)}: after the label stand an ordinary colon and a space. Write: {mended}",
        f"请写成：{mended}",
    )
    value = mended.partition(":")[2].strip()
    return replace(problem, written=written.rstrip(), mended=mended) if is_plain(value) else problem


def _wide_indent(file: str, line: int, written: str, mended: str) -> Problem:
    problem = error(
        file,
        line,
        re.split("[:：]", mended)[0].strip(),
        "front-matter.indent",
        f"写作{quoted(written)}，行首有全角空格。",
        f"Written {quoted_en(written)}: a full-width space stands before the label. Write: {mended}",
        f"请删去行首的空格：{mended}",
    )
    return replace(problem, written=written.rstrip(), mended=mended.rstrip())


def _not_an_entry(file: str, line: int, written: str) -> Problem:
    return error(
        file,
        line,
        None,
        "front-matter.not-an-entry",
        f"写作{quoted(written)}，看不出是哪一项。",
        f"Written {quoted_en(written)}: this is no entry. Write label, colon, space, value; "
        "indent the line by two spaces if it continues the one above; put the text of the document below the second ---.",
        "请写成“标签: 内容”的样子，例如 标题: 关于公布2025年部门决算的公告；"
        "接上一行的内容要缩进两个空格；正文要放在第二个 --- 之后。",
    )


def _hash_in_value(file: str, line: int, written: str) -> Problem:
    name, _, value = written.partition(":")
    mended = f"{name}: {_in_quotes(value)}"
    return error(
        file,
        line,
        name,
        "front-matter.hash",
        f"写作{quoted(written)}，空格加 # 之后的字会当作说明，不会公开。",
        f"Written {quoted_en(written)}: what follows a space and # is taken for a remark. "
        f"Put the value in quotes to keep it ({mended}), or give the remark a line of its own.",
        f"要保留这些字，请把内容放进单引号：{mended}；如果是给同事看的说明，请另起一行，以 # 开头。",
    )


def _tab(file: str, line: int) -> Problem:
    return error(
        file,
        line,
        None,
        "front-matter.tab",
        "行首用了制表符（Tab）。",
        "The line begins with a tab. Indent with two spaces.",
        "请改成两个空格。",
    )


def _not_yaml(file: str, line: int, at: int, block: list[str]) -> Problem:
    name, colon, value = block[0].partition(":")
    if colon and not _is_unclosed(value.strip()) and not any(text.strip() for text in block[1:]):
        if alone := _without_a_partner(value.strip()):
            return _lone_quote(file, line, name, block[0], f"{name}: {alone}")
        mended = f"{name}: {_in_quotes(value)}"
        return error(
            file,
            line,
            name,
            "front-matter.needs-quotes",
            f"写作{quoted(block[0])}，其中的引号、方括号、花括号、星号或“冒号加空格”有特殊含义，读不出来。",
            f"Written {quoted_en(block[0])}: quotes, brackets, braces, asterisks or a colon with a space have a meaning "
            f"of their own there. Put the whole value in single quotes: {mended}",
            f"请把冒号后面的全部内容放进单引号：{mended}",
        )
    return error(
        file,
        at,
        name,
        "front-matter.unreadable",
        f"这一项从第 {line} 行开始，读到这一行时读不下去：引号或括号不成对、逗号之间是空的，或者缩进不齐。",
        f"The entry {quoted_en(name)} begins on line {line} and cannot be read here: a quotation mark or bracket without "
        "its partner, nothing between two commas, or uneven indentation. Several values may also stand on one line, with "
        "semicolons between them.",
        "请核对这几处；几个值也可以写在一行、用分号隔开，例如“决算；三公经费”。",
    )


def _lone_quote(file: str, line: int, name: str, written: str, mended: str) -> Problem:
    return error(
        file,
        line,
        name,
        "front-matter.lone-quote",
        f"写作{quoted(written)}，开头的引号没有另一半，读不出来。",
        f"Written {quoted_en(written)}: the quotation mark at the beginning has no partner. Leave it out: {mended}",
        f"请删去这个引号：{mended}",
    )


def _without_a_partner(value: str) -> str:
    """What stands behind a quotation mark that begins the value and is the only one; empty for all else."""
    if value[:1] in ("'", '"') and value.count(value[0]) == 1 and not re.search("[:#\\[\\]{}]", value):
        return value[1:]
    return ""


def _is_unclosed(value: str) -> bool:
    """Whether the value begins with a bracket that is never closed; quotes would not mend that."""
    return (value.startswith("[") and "]" not in value) or (value.startswith("{") and "}" not in value)


def _refused(file: str, line: int, name: str, why: str) -> Problem:
    if why == "alias":
        zh = "内容以 &、* 或 ! 开头，这几个符号有特殊含义，读不出来。"
        en = "A value begins with &, * or !, which have a meaning of their own there. Put the value in single quotes."
        return error(file, line, name, "front-matter.alias", zh, en, "请把内容放进单引号，例如 '*重要通知'")
    zh = f"这一项的列表套了太多层，或者多于 {MOST_VALUES:,} 个值。"
    en = f"This entry is nested too deeply or has more than {MOST_VALUES:,} values. Put large tables into attachments."
    return error(file, line, name, "front-matter.too-much", zh, en, "请把大的表格做成附件。")


def _in_quotes(value: str) -> str:
    return "'" + value.strip().replace("'", "''") + "'"
