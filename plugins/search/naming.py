"""What many texts name: the terms of `analyzer.named`, made for all texts together.

Each expression of the analyzer is followed by arrays of places: from every place where it can begin, past the spaces
and signs it allows, to its end. Tests hold that the terms are the analyzer's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np

from plugins.disclosure.chinese_numerals import read_any_number
from plugins.search.analyzer import LONGEST_CODE, synonyms
from plugins.search.arrays import (
    IS_FIGURE,
    IS_HAN,
    NO_CLASS,
    Codes,
    Hashes,
    Mask,
    Places,
    begun,
    classes,
    codes_of,
    first_come,
    hashes_of,
    mixed,
    run_hashes,
    step,
)

Named = tuple[Hashes, Places]
"""The hashes of terms, and the place in the texts where what is named begins."""

_AROUND = 64
"""So many empty places stand before and behind the texts, that none is looked for outside."""

_NUMERALS = "一二三四五六七八九十廿卅"
_FIGURES_OF_YEARS = "〇一二三四五六七八九零0"


class _Text:
    """The characters of all texts, with what lies at some places of them."""

    def __init__(self, codes: Codes) -> None:
        self.codes = np.zeros(len(codes) + 2 * _AROUND, dtype=np.uint32)
        self.codes[_AROUND:-_AROUND] = codes

    def all(self, character: str) -> Places:
        """Every place of a character."""
        return np.flatnonzero(self.codes == ord(character))

    def one_of(self, places: Places, characters: str) -> Mask:
        """Whether one of some characters stands there."""
        return _table_of(characters)[np.minimum(self.codes[places], 0xFFFF)]

    def is_(self, places: Places, class_: np.uint8) -> Mask:
        """Whether a character of a class stands there."""
        return (classes()[np.minimum(self.codes[places], NO_CLASS)] & class_) > 0

    def past(self, places: Places, characters: str, most: int, way: int = 1) -> Places:
        """The places behind (before, if the `way` is -1) at most so many of these characters."""
        goes_on = np.ones(len(places), dtype=bool)
        for _ in range(most):
            goes_on &= self.one_of(places, characters)
            places = places + way * goes_on
        return places

    def past_spaces(self, places: Places, way: int = 1) -> Places:
        """The places behind, or before, two spaces at most."""
        return self.past(places, " ", 2, way)

    def count(self, places: Places, class_: np.uint8, most: int, way: int = 1) -> Places:
        """How many characters of a class stand there one after the other, at most so many."""
        found = np.zeros(len(places), dtype=np.int64)
        for number in range(most):
            found += (found == number) & self.is_(places + way * number, class_)
        return found

    def value(self, places: Places, lengths: Places) -> Places:
        """The numbers written in figures there."""
        found = np.zeros(len(places), dtype=np.int64)
        for place in range(int(lengths.max()) if len(lengths) else 0):
            more = lengths > place
            found[more] = found[more] * 10 + self.codes[places[more] + place] - ord("0")
        return found

    def numeral(self, places: Places) -> tuple[Places, Places]:
        """The numbers written there in figures (five at most) or in characters (three); -1 for none. And where they end."""
        figures = self.count(places, IS_FIGURE, 5)
        ends = np.where(figures > 0, places + figures, self.past(places, _NUMERALS, 3))
        found = np.where(figures > 0, self.value(places, figures), -1)
        spelt = np.flatnonzero(ends > places + figures)
        key = np.zeros(len(spelt), dtype=np.int64)
        for place in range(3):
            at = places[spelt] + place
            digit = _numeral_digits()[np.minimum(self.codes[at], 0xFFFF)]
            key = key * 13 + np.where(at < ends[spelt], digit, 0)
        found[spelt] = _numeral_values()[key]
        return found, ends


def named(codes: Codes, years: Places) -> Named:
    """文号, days and ordinals. `years` are the places of runs of figures that begin with a year."""
    text = _Text(codes)
    found = [
        *_numbers(text, years + _AROUND),
        *_days(text, years + _AROUND),
        *_spelt_days(text),
        *_ordinals(text),
    ]
    return np.concatenate([hashes for hashes, _ in found]), np.concatenate(
        [places - _AROUND for _, places in found]
    )


def _numbers(text: _Text, years: Places) -> Iterator[Named]:
    """文号 in any brackets, or none."""
    at = text.past_spaces(years + 4)
    at = text.past_spaces(text.past(at, "年", 1))
    closed = text.one_of(at, ")]〕】〙}")
    at = text.past_spaces(at + closed)
    at = text.past_spaces(text.past(at, "第", 1))
    length = text.count(at, IS_FIGURE, 7)
    ends = text.past_spaces(at + length)
    is_told = text.one_of(ends, "号")
    fits = (length > 0) & (length < 7)
    fits[fits] = first_come(years[fits], (ends + is_told)[fits])
    before = text.past_spaces(text.past(text.past_spaces(years - 1, -1), "([〔【〘{", 1, -1), -1)
    code = text.count(before, IS_HAN, LONGEST_CODE, -1)
    fits &= is_told | (closed & (code > 0))
    years, at, length, before, code = (one[fits] for one in (years, at, length, before, code))
    for _ in range(5):
        more = (length > 1) & text.one_of(at, "0")
        at, length = at + more, length - more
    yield mixed(_serial(text, run_hashes(text.codes, years, _fours(years), begun("№")), at, length)), years
    for size in range(2, LONGEST_CODE + 1):
        some = code >= size
        own = run_hashes(text.codes, before[some] + 1 - size, np.full(some.sum(), size), begun("№"))
        own = run_hashes(text.codes, years[some], _fours(years[some]), own)
        yield mixed(own), years[some]
        yield mixed(_serial(text, own, at[some], length[some])), years[some]


def _serial(text: _Text, hashes: Hashes, places: Places, lengths: Places) -> Hashes:
    return run_hashes(text.codes, places, lengths, step(hashes, np.uint32(ord("-"))))


def _fours(places: Places) -> Places:
    return np.full(len(places), 4)


def _days(text: _Text, years: Places) -> Iterator[Named]:
    """Days and months in figures."""
    at = text.past_spaces(years + 4)
    told = text.one_of(at, "年")
    fits = told | text.one_of(at, "./-")
    at = text.past_spaces(at + 1)
    length = text.count(at, IS_FIGURE, 3)
    fits &= (length > 0) & (length < 3)
    years, at, length, told = years[fits], at[fits], length[fits], told[fits]
    month = text.value(at, length)
    at = text.past_spaces(at + length)
    parted = text.one_of(at, "月./-")
    day_at = text.past_spaces(at + 1)
    length = text.count(day_at, IS_FIGURE, 3)
    to_the_day = parted & (length > 0) & (length < 3)
    day = np.where(to_the_day, text.value(day_at, np.where(to_the_day, length, 0)), 0)
    fits = to_the_day | (told & text.one_of(at, "月"))
    yield from _calendar(text.value(years, _fours(years))[fits], month[fits], day[fits], years[fits])


def _spelt_days(text: _Text) -> Iterator[Named]:
    """Years, months and days in Chinese characters."""
    ends = text.all("年")
    starts = text.past_spaces(ends - 1, -1) - 3
    fits = text.one_of(starts, "一二")
    for place in range(1, 4):
        fits[fits] = text.one_of(starts[fits] + place, _FIGURES_OF_YEARS)
    starts, ends = starts[fits], ends[fits]
    year = np.zeros(len(starts), dtype=np.int64)
    for place in range(4):
        year = year * 10 + _year_digits()[text.codes[starts + place]]
    yield _decimal("=", [(year, 4)]), starts
    at = text.past_spaces(ends + 1)
    month_ends = text.past(at, "元一二三四五六七八九十", 2)
    is_first = text.one_of(at, "元") & (month_ends == at + 1)
    month, read_to = text.numeral(at)
    month = np.where(is_first, 1, np.where(read_to == month_ends, month, 0))
    behind = text.past_spaces(month_ends)
    fits = (month_ends > at) & text.one_of(behind, "月")
    starts, year, month, at = starts[fits], year[fits], month[fits], text.past_spaces(behind[fits] + 1)
    day, day_ends = text.numeral(at)
    is_told = ~text.is_(at, IS_FIGURE) & (day_ends > at) & text.one_of(text.past_spaces(day_ends), "日")
    yield from _calendar(year, month, np.where(is_told, np.where(day > 0, day, 99), 0), starts)


def _calendar(year: Places, month: Places, day: Places, places: Places) -> Iterator[Named]:
    """The terms of days, or of months where the day is 0, as far as a calendar has them."""
    fits = (month > 0) & (month <= 12) & (day <= 31)
    year, month, day, places = (one[fits] for one in (year, month, day, places))
    yield _decimal("@", [(year, 4), (month, 2)]), places
    whole = day > 0
    yield _decimal("@", [(year[whole], 4), (month[whole], 2), (day[whole], 2)]), places[whole]


def _ordinals(text: _Text) -> Iterator[Named]:
    """第三条 and 第3条; 令第711号 and 第二十三号令."""
    starts = text.all("第")
    number, at = text.numeral(text.past_spaces(starts + 1))
    at = text.past_spaces(at)
    fits = (number >= 0) & text.one_of(at, "条章节款项次届批期")
    hashes = _with_figures(begun("#"), number[fits])
    yield mixed(step(hashes, text.codes[at[fits]])), starts[fits]
    fits = (number >= 0) & text.one_of(at, "号")
    starts, ends, number = starts[fits], at[fits] + 1, number[fits]
    before = text.past_spaces(text.past(starts - 1, "(", 1, -1), -1)
    behind = text.past_spaces(ends)
    is_before, is_behind = text.one_of(before, "令"), text.one_of(behind, "令")
    starts = np.concatenate((before[is_before], starts[is_behind]))
    ends = np.concatenate((ends[is_before], behind[is_behind] + 1))
    number = np.concatenate((number[is_before], number[is_behind]))
    order = np.argsort(starts)
    order = order[first_come(starts[order], ends[order])]
    yield mixed(_with_figures(begun("№令"), number[order])), starts[order]


# ---- numbers as characters ----


@cache
def _table_of(characters: str) -> Mask:
    table = np.zeros(0x10000, dtype=bool)
    table[codes_of(characters)] = True
    return table


def _decimal(sign: str, parts: list[tuple[Places, int]]) -> Hashes:
    """The hashes of terms that are numbers of so many figures each, with a dash between."""
    hashes = np.repeat(begun(sign), len(parts[0][0]))
    for order, (numbers, width) in enumerate(parts):
        if order:
            hashes = step(hashes, np.uint32(ord("-")))
        for place in reversed(range(width)):
            hashes = step(hashes, (numbers // 10**place % 10 + ord("0")).astype(np.uint32))
    return mixed(hashes)


def _with_figures(begun: Hashes, numbers: Places) -> Hashes:
    """Hashes on top of what has begun, with numbers of five figures at most, without noughts before them."""
    hashes = np.repeat(begun, len(numbers))
    for place in reversed(range(5)):
        shown = (numbers >= 10**place) | (place == 0)
        figures = (numbers // 10**place % 10 + ord("0")).astype(np.uint32)
        hashes = np.where(shown, step(hashes, figures), hashes)
    return hashes


@cache
def _numeral_digits() -> Places:
    table = np.zeros(0x10000, dtype=np.int64)
    table[codes_of(_NUMERALS)] = np.arange(1, len(_NUMERALS) + 1)
    return table


@cache
def _numeral_values() -> Places:
    """The value of each numeral of three characters at most; -1 for what is none."""
    texts = ("".join(characters).strip() for characters in product(" " + _NUMERALS, repeat=3))
    values = (None if " " in text else read_any_number(text) for text in texts)
    return np.array([-1 if value is None else value for value in values], dtype=np.int64)


@cache
def _year_digits() -> Places:
    table = np.zeros(0x10000, dtype=np.int64)
    table[codes_of("一二三四五六七八九")] = np.arange(1, 10)
    return table


# ---- concepts ----


def concepts(bare: Codes, owners: Places, lengths: Places) -> tuple[Hashes, Places]:
    """The concepts named in texts without signs, one behind the other, and the text of each: longest wording first."""
    words = _wordings()
    classes = words.class_[np.minimum(bare, 0xFFFF)]
    starts = np.flatnonzero(words.begins[classes[:-1]])
    node = words.next[words.first[classes[starts]], classes[starts + 1]]
    fits = (node > 0) & (owners[starts] == owners[starts + 1])
    starts, node = starts[fits], node[fits]
    rows = np.arange(len(starts))
    text_ends = np.cumsum(lengths)[owners[starts]]
    found, ends = node * (words.concept[node] > 0), starts + 2
    for place in range(2, words.longest):
        inside = starts[rows] + place < text_ends[rows]
        rows, node = rows[inside], node[inside]
        node = words.next[node, classes[starts[rows] + place]]
        rows, node = rows[node > 0], node[node > 0]
        is_whole = words.concept[node] > 0
        found[rows[is_whole]] = node[is_whole]
        ends[rows[is_whole]] = starts[rows[is_whole]] + place + 1
    hits = np.flatnonzero(found)
    hits = hits[first_come(starts[hits], ends[hits])]
    return words.concept[found[hits]], owners[starts[hits]]


class _Wordings:
    """All wordings as a tree: from each node a character leads to the next, 0 is none; a node may end a wording."""

    def __init__(self, synonyms: Mapping[str, str]) -> None:
        characters = sorted({character for wording in synonyms for character in wording})
        self.class_ = np.zeros(0x10000, dtype=np.int16)
        self.class_[codes_of("".join(characters))] = np.arange(1, len(characters) + 1)
        self.longest = max(map(len, synonyms))
        parts = {wording[:end] for wording in synonyms for end in range(1, len(wording) + 1)}
        beginnings = sorted(parts, key=lambda part: (len(part), part))
        nodes = {"": 1, **{beginning: node for node, beginning in enumerate(beginnings, 2)}}
        self.next = np.zeros((len(nodes) + 1, len(characters) + 1), dtype=np.int16)
        for beginning in beginnings:
            self.next[nodes[beginning[:-1]], self.class_[ord(beginning[-1])]] = nodes[beginning]
        self.first = self.next[1]
        self.begins = self.first > 0
        self.concept = np.zeros(len(nodes) + 1, dtype=np.uint32)
        hashes = hashes_of([f"§{concept}" for concept in synonyms.values()])
        self.concept[[nodes[wording] for wording in synonyms]] = hashes


@cache
def _wordings() -> _Wordings:
    return _Wordings(synonyms())
