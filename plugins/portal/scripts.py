"""A script of ours as it is published: without comments, indentation, the spaces beside its signs, and line ends in brackets.

Strings, templates and regular expressions stay as they are, and so does every line end that may end a statement.
"""

from __future__ import annotations

import re

_EXPRESSION = r"/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*"
_KEPT = re.compile(
    rf'("(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|(?<=[(=,:\[!&|?{{;]) *{_EXPRESSION}|^{_EXPRESSION})|//.*',
    re.MULTILINE,
)
"""What nothing is taken from, and the comments behind code."""

_SPACES = re.compile(r" *([=*/?:,;<>&|(){}\[\]!%]+|(?<![+-])(?<![+-] )[+-](?! *[+-])) *")
"""Signs with the spaces around them; between `+ +` and `- -` they have a meaning."""

_LINE_ENDS = re.compile(r"[;,]?\n(?=[})\]])|(?<=[{;,(\[])\n|\n(?=\.)")
"""What ends a line beside a bracket, or where the statement goes on; before a closing one, also the last sign."""

_CONSTANTS = re.compile(r"^const .*;(?:\nconst .*;)+$", re.MULTILINE)
"""Several statements, a line each, that are one."""

_ONE_ARGUMENT = re.compile(r"(?<![\w$])\(([\w$]+)\)=>")
"""Of a function that needs no brackets around what it is given."""


def packed_script(script: str) -> bytes:
    """The script as it is published."""
    lines = map(str.strip, script.splitlines())
    whole = "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))
    whole = _CONSTANTS.sub(lambda match: match[0].replace(";\nconst ", ",\n"), whole)
    pieces: list[str] = []
    end = 0
    for match in _KEPT.finditer(whole):
        pieces += [_packed(whole[end : match.start()]), (match[1] or "").strip()]
        end = match.end()
    pieces.append(_packed(whole[end:]))
    return (_LINE_ENDS.sub("", "".join(pieces)) + "\n").encode()


def _packed(code: str) -> str:
    return _ONE_ARGUMENT.sub(r"\1=>", _SPACES.sub(r"\1", code))
