"""What messages to editors are made of: the nearest word there is, and a quotation of what was written."""

from __future__ import annotations

from collections.abc import Iterable

LIKE_ENOUGH = 0.5
"""Share of common characters from which two words are taken for one another (发文日期 and 发布日期: 0.75)."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when none is like it; of equals the first."""
    from difflib import SequenceMatcher  # for who is told of a slip; most files have none

    matcher = SequenceMatcher(b=word.casefold(), autojunk=False)
    best, best_ratio = None, LIKE_ENOUGH
    for candidate in candidates:
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio or (best is None and ratio == best_ratio):
            best, best_ratio = candidate, ratio
    return best


def quoted(text: str) -> str:
    """`text` in Chinese quotation marks, for a message."""
    return f"“{one_line(text)}”"


def quoted_en(text: str) -> str:
    """`text` in English quotation marks, for a message."""
    return f'"{one_line(text)}"'


def one_line(text: str, longest: int = 60) -> str:
    """`text` on one line, shortened in the middle."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 22]}……{line[-20:]}"
