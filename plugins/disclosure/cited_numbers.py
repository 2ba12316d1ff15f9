"""文号 cited in running text: where each begins and ends. Chinese has no spaces, so the words before it decide."""

import re
from collections.abc import Collection, Iterator

from plugins.disclosure.document_number import (
    GAP,
    HAN,
    NOUNS_BEFORE,
    VERBS_BEFORE,
    DocumentNumber,
    Shape,
    prefix_of,
    shapes,
)

_SINGLE_WORDS_IN_PROSE = tuple("以将由对为在是把被据与及或等了")
_ANDS = ("以及", "和", "与", "及", "或", "暨", "同")
_COUNTERS = "年月日号个项条款次届期"
_HAN_RUN = re.compile(f"[{HAN}]{{1,40}}{GAP}$")
_ORGANS_RUN = re.compile(f"(?:[{HAN}]{{2,20}}[部局署会行院厅委办府][ \u3000、])*[{HAN}]{{1,40}}{GAP}$")
_LONGEST_CODE_IN_PROSE = 12


def find_all(text: str, known_codes: Collection[str] = ()) -> Iterator[tuple[int, int, DocumentNumber]]:
    """The numbers cited in running text, as (start, end, number), from left to right and never overlapping.

    Chinese has no spaces, so where 机关代字 begins is judged by the words that lead into a citation
    (根据, 执行, 的, ...). `known_codes`, the codes of the catalog, settle the doubtful ones (和政发 is a
    code in one county and "and 政发" elsewhere). What stays doubtful is left out.
    """
    end_before = 0
    for start, end, shape, match in _tails(text):
        if start < end_before:
            continue
        prefix_start = _prefix_start(text, end_before, start, shape.takes_codes, known_codes)
        number = shape.build(text[prefix_start:start].strip(), match)
        if number is None:
            continue
        if not prefix_of(number):
            prefix_start = start
        end_before = end
        yield prefix_start, end, number


def _tails(text: str) -> list[tuple[int, int, Shape, re.Match[str]]]:
    if "号" not in text:
        return []
    found = [
        (match.start(), match.end(), shape, match)
        for shape in shapes()
        if shape.tail
        for match in shape.tail.finditer(text)
    ]
    return sorted(found, key=lambda tail: tail[:2])


def _prefix_start(text: str, earliest: int, end: int, takes_codes: bool, known_codes: Collection[str]) -> int:
    """Where the organ code or the issuer begins that ends at `end`."""
    window = text[max(earliest, end - 60) : end]
    run = (_HAN_RUN if takes_codes else _ORGANS_RUN).search(window)
    if not run:
        return end
    start = end - len(window) + run.start()
    words = run.group().rstrip()
    known = max((code for code in known_codes if words.endswith(code)), key=len, default="")
    if known and takes_codes:
        return start + len(words) - len(known)
    before = text[start - 1 : start]
    if takes_codes and before.isascii() and before.isalpha():
        return end  # the code began with letters; the rest of it would be another code
    cut = _lead_in(words, before)
    too_long = takes_codes and len(words) - cut > _LONGEST_CODE_IN_PROSE
    return end if too_long else start + cut


def _lead_in(words: str, before: str) -> int:
    """How many characters of `words` lead into the citation and do not belong to it."""
    after_noun = before in tuple("号》）)〕”」、")
    cut = 0
    if before.isdigit() and words[0] in _COUNTERS:
        cut, after_noun = 1, True
    verb = _cut(words, (*VERBS_BEFORE, *_SINGLE_WORDS_IN_PROSE))
    noun = _cut(words, NOUNS_BEFORE)
    if max(verb, noun) > cut:
        cut, after_noun = max(verb, noun), noun > verb
    if after_noun:
        cut += next((len(word) for word in _ANDS if words.startswith(word, cut)), 0)
    return cut


def _cut(words: str, leads: tuple[str, ...]) -> int:
    """Where the last of `leads` ends that still has something behind it; 0 if there is none."""
    ends = (words.rfind(lead, 0, -1) + len(lead) for lead in leads if lead in words[:-1])
    return max(ends, default=0)
