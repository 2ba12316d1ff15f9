"""A script of ours as it is published: without comments, indentation and the spaces beside its signs.

Strings, templates and regular expressions stay as they are, and so does every line end.
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


def packed_script(script: str) -> bytes:
    """The script as it is published."""
    lines = map(str.strip, script.splitlines())
    whole = "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))
    pieces: list[str] = []
    end = 0
    for match in _KEPT.finditer(whole):
        pieces += [_SPACES.sub(r"\1", whole[end : match.start()]), (match[1] or "").strip()]
        end = match.end()
    return ("".join([*pieces, _SPACES.sub(r"\1", whole[end:])]) + "\n").encode()
