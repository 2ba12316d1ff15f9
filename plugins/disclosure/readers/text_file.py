"""Bytes of a text file -> text: encoding, byte-order mark, line ends, characters that do not belong in text."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from plugins.disclosure.problem import Problem, error, warning
from plugins.disclosure.readers.disguises import decoded_once, format_of, is_binary, reads_well, wide_encoding
from plugins.disclosure.record import all_of

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
LARGEST_TEXT_BYTES = 20_000_000
"""Far above any document: a larger file is not text that an editor wrote."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Dropped: they show nothing and keep a word from being found. Joiners and direction marks stay; Uyghur needs them."""

_REPLACEMENT = re.compile("\ufffd")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_STRANGERS = re.compile("|".join((_NOT_TEXT.pattern, _REPLACEMENT.pattern, _PRIVATE.pattern)))
_COMMON_HAN = re.compile("[的一是在有和为人中国市政府公开通知机关工作关于年月日]")
MOST_LINES = 20
"""Lines with the same strange characters that are reported one by one."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text with `\\n` line ends, and what had to be reported. `text` is None when there is nothing to read on.

    `data` are the bytes of the file, `mtime_ns` its time; it is `plain` where the text is these bytes, decoded.
    """

    text: str | None
    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    mtime_ns: int = 0
    plain: bool = False


def read_text_file(path: Path | str, file: str, *, gb18030: bool = False) -> TextFile:
    """Read `path`, called `file` in problems. Spreadsheets may be GB18030 (`gb18030`), all else is UTF-8.

    Text in a wrong encoding that can be recognised is read all the same, so that its other problems show too.
    """
    try:
        opened = os.open(path, _READ)
        try:
            stat = os.fstat(opened)
            if stat.st_size > LARGEST_TEXT_BYTES:
                return TextFile(None, (_too_large(file, stat.st_size),))
            data = all_of(opened, stat.st_size)
        finally:
            os.close(opened)
    except OSError as fault:
        return TextFile(None, (unreadable(file, fault),))
    text = _plain(data)
    if text is not None:
        return TextFile(text, (), data, stat.st_mtime_ns, plain=True)
    return replace(decode(data, file, gb18030=gb18030), data=data, mtime_ns=stat.st_mtime_ns)


def _plain(data: bytes) -> str | None:
    """The text of a file that begins as ours do, and of which `decode` has nothing to say; None for any other."""
    if not data.startswith(b"---") or b"\x00" in data or b"\r" in data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if _has_no_strangers(text) and (reads_well(text) or not decoded_once(text)) else None


def decode(data: bytes, file: str, *, gb18030: bool = False) -> TextFile:
    """As `read_text_file`, from bytes."""
    if made := format_of(data):
        return TextFile(None, (_of_another_program(file, *made),))
    if wide := wide_encoding(data):
        return _decoded_as_wide(data, file, wide)
    if is_binary(data):
        return TextFile(None, (_binary(file, data),))
    problems: list[Problem] = []
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as fault:
        guessed = _as_gb18030(data)
        if guessed is None or not gb18030:
            problems.append(_wrong_encoding(file, data, fault.start, guessed))
        if guessed is None:
            return TextFile(None, tuple(problems))
        text = guessed
    if once := decoded_once(text):
        problems.append(_decoded_twice(file))
        text = once
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not problems and _has_no_strangers(text):
        return TextFile(text)
    return TextFile(*_without_strangers(text, file, problems))


def _has_no_strangers(text: str) -> bool:
    """Whether a text has, for certain, none of the signs that are dropped or reported, none of which can be printed."""
    return "\ufffd" not in text and text.replace("\n", "").replace("\u3000", "").isprintable()


def unreadable(file: str, fault: OSError) -> Problem:
    """A file the system would not open."""
    return error(
        file,
        None,
        None,
        "file.unreadable",
        f"文件打不开：{fault.strerror}。",
        f"The file cannot be opened: {fault.strerror}. Check that it is not open elsewhere and may be read.",
        "请检查文件是否被其他软件占用、是否有读取权限。",
    )


def _without_strangers(text: str, file: str, problems: list[Problem]) -> tuple[str, tuple[Problem, ...]]:
    if INVISIBLE.search(text):
        text = INVISIBLE.sub("", text)
    if not _STRANGERS.search(text):
        return text, tuple(problems)
    for pattern, report in ((_NOT_TEXT, _control), (_REPLACEMENT, _damaged), (_PRIVATE, _private)):
        if pattern.search(text):
            lines = enumerate(text.split("\n"), start=1)
            found = ((number, match.group()) for number, line in lines if (match := pattern.search(line)))
            problems.extend(
                report(file, number, character) for number, character in islice(found, MOST_LINES)
            )
    return _NOT_TEXT.sub("", text), tuple(problems)


def _as_gb18030(data: bytes) -> str | None:
    """The text if it reads as GB18030 and looks like Chinese: wrongly read text has no common characters."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _COMMON_HAN.search(text) and not _PRIVATE.search(text) else None


def _decoded_as_wide(data: bytes, file: str, encoding: str) -> TextFile:
    name = encoding[:6].upper()
    problem = error(
        file,
        None,
        None,
        "file.encoding",
        f"文件编码是 {name}（有的软件叫“Unicode”）。",
        f'The file is in {name} ("Unicode" in some programs). Save it again as UTF-8.',
        "请另存为 UTF-8：表格选“CSV UTF-8（逗号分隔）”，文本在保存窗口的“编码”里选 UTF-8。",
    )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return TextFile(None, (problem,))
    return TextFile(*_without_strangers(text.replace("\r\n", "\n").replace("\r", "\n"), file, [problem]))


def _decoded_twice(file: str) -> Problem:
    return error(
        file,
        None,
        None,
        "file.encoding",
        "文字成了乱码：UTF-8 的文件被当作别的编码打开，又存了一次。",
        "The text is garbled: a UTF-8 file was opened in another encoding and saved again. Take the original, and save it "
        "as UTF-8.",
        "请用没有乱码的原文件，以 UTF-8 保存。",
    )


def _of_another_program(file: str, zh: str, en: str) -> Problem:
    return error(
        file,
        None,
        None,
        "file.not-text",
        f"这其实是{zh}，不是文本文件，只改了扩展名。",
        f"This is {en} under another name, and no text. Save its content from the program it belongs to: a sheet as CSV "
        "UTF-8, a document by python3 tasks.py import.",
        "表格请用表格软件打开，另存为“CSV UTF-8（逗号分隔）”；"
        "Word、PDF 文件请用“python3 tasks.py import 文件 --into 文件夹”导入；图片请放进 attachments 文件夹。",
    )


def _wrong_encoding(file: str, data: bytes, offset: int, guessed: str | None) -> Problem:
    line: int | None = data.count(b"\n", 0, offset) + 1
    if guessed is not None:
        line, zh, en = None, "看起来是 GB18030（GBK、GB2312）编码", "it looks like GB18030 (GBK, GB2312)"
    else:
        byte = f"0x{data[offset]:02X}"
        zh, en = f"这一行有字节 {byte}，认不出是哪种编码", f"byte {byte} here fits no encoding we know"
    return error(
        file,
        line,
        None,
        "file.encoding",
        f"文件不是 UTF-8 编码，{zh}。",
        f"The file is not UTF-8; {en}. Save it again as UTF-8.",
        "请用记事本打开，选“另存为”，“编码”选 UTF-8 后保存。",
    )


def _binary(file: str, data: bytes) -> Problem:
    line = data.count(b"\n", 0, data.index(b"\x00")) + 1
    return error(
        file,
        line,
        None,
        "file.not-text",
        "这一行有空字节，这不是文本文件（可能是改了扩展名的 Word、Excel 或压缩文件）。",
        "There is a null byte on this line: this is no text file (a renamed Word, Excel or archive file, perhaps). "
        "Save its text as UTF-8 from the program it belongs to.",
        "请用原来的软件打开，把文字另存为 UTF-8 文本；Word 文件可以用“python3 tasks.py import 文件 --into 文件夹”导入。",
    )


def _too_large(file: str, size: int) -> Problem:
    return error(
        file,
        None,
        None,
        "file.too-large",
        f"文件有 {size:,} 字节，超过上限 {LARGEST_TEXT_BYTES:,} 字节，没有读取。",
        f"The file has {size:,} bytes, above the limit of {LARGEST_TEXT_BYTES:,}; it was not read.",
        "请把图片和附件移到 attachments 文件夹，大表格分成几个文件。",
    )


def _control(file: str, line: int, character: str) -> Problem:
    return error(
        file,
        line,
        None,
        "file.control-character",
        f"这一行有看不见的控制字符 U+{ord(character):04X}，多半是从别的软件粘贴来的。",
        f"This line has the control character U+{ord(character):04X}, pasted from another program perhaps. Delete it.",
        "请把这一行重新输入一遍，或先粘贴到记事本里再复制过来。",
    )


def _damaged(file: str, line: int, _character: str) -> Problem:
    return error(
        file,
        line,
        None,
        "file.damaged-character",
        "这一行有“\ufffd”，原来的字在以前转换编码时已经丢失。",
        'This line has "\ufffd": a character was lost in an earlier conversion. Look it up in the original and type it again.',
        "请对照原文补上正确的字。",
    )


def _private(file: str, line: int, character: str) -> Problem:
    return warning(
        file,
        line,
        None,
        "file.private-character",
        f"这一行有专用字体里的字符 U+{ord(character):04X}，读者的电脑上多半显示成方框。",
        f"This line has the private-use character U+{ord(character):04X}, an empty box on most computers. Use an ordinary one.",
        "请换成普通的字或符号，例如“●”“√”。",
    )
