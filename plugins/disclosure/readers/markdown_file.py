"""A Markdown file with front matter -> one record. Its id is the file's name."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from plugins.disclosure.kinds import Kind
from plugins.disclosure.personal_numbers import file_may_hold_numbers
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.front_matter import read_entries, split_front_matter
from plugins.disclosure.readers.plain_front import PlainFront, read_plain_front
from plugins.disclosure.readers.text_file import TextFile, read_text_file
from plugins.disclosure.readers.values import names_of, read_values
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import Place
from plugins.disclosure.record import BodyInFile, Record, digest_of, have_at_hand

ID = re.compile("[a-z0-9][a-z0-9-]{0,79}")

_ID_ELSEWHERE = (
    "编号就是文件名（不含 .md），请删去这一行；要改编号，请改文件名。",
    "The id is the name of the file; delete this line.",
)
_BODY_ELSEWHERE = (
    "正文写在第二个 --- 之后，请移过去。",
    "The text stands below the second ---; move it there.",
)
_ELSEWHERE = {"编号": _ID_ELSEWHERE, "id": _ID_ELSEWHERE, "正文": _BODY_ELSEWHERE, "body": _BODY_ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file held: `met_count` records were met, those that could not be read stand in `problems`.

    `companions` are other files that its records name and that were read with them. `digest` is that of the file,
    where what was read depends on it alone and may be remembered, and `outer` changes with all of it but the body.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    met_count: int
    companions: tuple[str, ...] = ()
    digest: bytes = b""
    outer: bytes = b""


def read_markdown_file(file: FoundFile, kind: Kind, around: Around) -> Batch:
    """The record in `file`, which is of `kind`."""
    text_file = read_text_file(file.at, file.name)
    id_ = file.stem
    if text_file.plain and text_file.text is not None and ID.fullmatch(id_):
        front = read_plain_front(text_file.text, file.name, kind.fields, around)
        if front is not None:
            return _plain(file, kind, id_, text_file, front)
    return read_any(file, kind, around, text_file)


def _plain(file: FoundFile, kind: Kind, id_: str, text_file: TextFile, front: PlainFront) -> Batch:
    text = text_file.text or ""
    body = text[front.start :].rstrip()
    data, digest = text_file.data, digest_of(text_file.data)
    start = len(text[: front.start].encode())
    end = len(data) - len(text[front.start + len(body) :].encode())
    signs = (not body, "]" in body, file_may_hold_numbers(data))
    found = BodyInFile(os.fspath(file.at), start, end, digest, len(data), text_file.mtime_ns, *signs)
    have_at_hand(found, body)
    record = Record(kind.id, id_, front.values, found, file.name, 1, front.lines, front.body_line)
    return Batch((record,), front.problems, 1, (), digest, _outer(data, found, digest))


def read_any(file: FoundFile, kind: Kind, around: Around, text_file: TextFile) -> Batch:
    """The record in `file`, whatever stands there."""
    names = names_of(kind.fields)
    problems = list(text_file.problems)
    id_ = file.stem
    if not ID.fullmatch(id_):
        problems.append(_bad_id(file.name, id_, around))
    if text_file.text is None:
        return Batch((), tuple(problems), 1)
    parts = split_front_matter(text_file.text, file.name, names)
    if parts is None:
        problems.append(_no_front_matter(file.name, text_file.text))
        return Batch((), tuple(problems), 1)
    entries, found = read_entries(parts.front, parts.front_line, file.name, names)
    place = Place(file.name, max(parts.front_line - 1, 1))
    read = read_values(entries, kind.fields, place, around, _ELSEWHERE)
    problems += [*parts.problems, *found, *read.problems]
    if not ID.fullmatch(id_):
        return Batch((), tuple(problems), 1, tuple(read.companions))
    line, body_line = place.line, parts.body_line
    digest = digest_of(text_file.data)
    body = body_in_file(file.at, text_file, digest, parts.body)
    record = Record(kind.id, id_, read.values, body, file.name, line, read.lines, body_line)
    if read.companions:
        return Batch((record,), tuple(problems), 1, tuple(read.companions))
    return Batch((record,), tuple(problems), 1, (), digest, _outer(text_file.data, body, digest))


def body_in_file(path: Path | str, file: TextFile, digest: bytes, body: str) -> BodyInFile | str:
    """The body of a file, to be left there; the body itself where the file has it otherwise."""
    written, data = body.encode(), file.data
    for end in (len(data.rstrip()), len(data)):
        start = end - len(written)
        if start >= 0 and data[start:end] == written:
            signs = (not body.strip(), "]" in body, True)  # values may be written in signs of YAML
            found = BodyInFile(os.fspath(path), start, end, digest, len(data), file.mtime_ns, *signs)
            have_at_hand(found, body)
            return found
    return body


def _outer(data: bytes, body: BodyInFile | str, digest: bytes) -> bytes:
    """Changes with all of a file but its body; with that too where it may hold links, which all rules look at."""
    if isinstance(body, str) or body.has_links or body.is_blank:
        return digest
    return digest_of(data[: body.start])


def _bad_id(file: str, id_: str, around: Around) -> Problem:
    mended = re.sub("[^a-z0-9]+", "-", id_.lower()).strip("-")[:80].strip("-")
    if len(mended) < 4:
        mended = f"{around.today.year}-0001"
    return error(
        file,
        None,
        None,
        "file.bad-id",
        f"文件名{quoted(id_)}要用作网址，只能有小写字母、数字和短横，以字母或数字开头，不超过 80 个字符。",
        f"The file name {quoted_en(id_)} becomes the address: lower-case letters, digits and hyphens only, "
        f"a letter or digit first, at most 80. Rename it, for example {mended}.md.",
        f"请改名，例如 {mended}.md；标题写在文件里面，不必写进文件名。",
    )


def _no_front_matter(file: str, text: str) -> Problem:
    if not text.strip():
        return error(
            file,
            1,
            None,
            "front-matter.empty-file",
            "文件是空的。",
            "The file is empty. Delete it, or make a new one with python3 tasks.py new.",
            "请删去，或者用 python3 tasks.py new 生成一份填写样本。",
        )
    if re.match("\\s*<(?:!doctype|html|head|body)\\b", text, re.IGNORECASE):
        return error(
            file,
            1,
            None,
            "file.web-page",
            "这是网页的源代码，不是填写好的内容文件。",
            "This is the source of a web page. Save it as .html and bring it in with python3 tasks.py import.",
            "请把扩展名改成 .html，放到内容文件夹外面，再用“python3 tasks.py import 文件 --into 文件夹”导入。",
        )
    return error(
        file,
        1,
        None,
        "front-matter.absent",
        "文件开头没有用两行 --- 围起来的各项信息（标题、发布机构、发布日期等）。",
        "The entries (title, issuer, date ...) between two lines of --- are missing at the top. "
        "Make a template with python3 tasks.py new and put this text below it.",
        "请用 python3 tasks.py new 生成一份填写样本，把正文贴到第二个 --- 之后。",
    )
