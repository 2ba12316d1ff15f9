"""The analyzer: what a text is found by. It has two homes, this module and `theme/static/search.js`, held equal by tests.

A text is found by every two neighbouring characters of it (signs between them do not count), by three where they are
figures or where two of them would say something else (民政 in 人民政府), by whole words of letters and digits, by single
characters, and by what it names in whichever way it is written:

    №霁政办发2015-32   a 文号, by its year and serial and by up to six characters of its code
    №霁政办发2015      any 文号 of that code and year, to come near to one that does not exist
    @2015-04-23        a day, @2015-04 a month
    §低保              a concept of synonyms.yaml
    #3条               第三条, 第3条
    ~zheng fu          pinyin of two neighbouring characters, ~zfg the first letters of three (titles only, and
                       the short names of the concepts in them)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from plugins.disclosure.chinese_numerals import read_any_number
from plugins.disclosure.yaml_data import read_yaml
from plugins.search.folding import HAN, HERE, LETTER, TRADITIONAL, fold

LONGEST_WORD = 64
LONGEST_CODE = 6
LONGEST_SHORT_NAME = 4

SIGNS = re.compile(f"[^{HAN}{LETTER}]+")
JOINED = re.compile(f"[{LETTER}]+(?:[._-][{LETTER}]+)*")
JOINERS = re.compile("[._-]")
NUMBER = re.compile(
    "(?<![0-9])((?:19|20)[0-9]{2}) {0,2}(?:年 {0,2})?([)\\]〕】〙}]?) {0,2}第? {0,2}([0-9]{1,6})(?![0-9]) {0,2}(号?)"
)
BEFORE_NUMBER = re.compile(f"([{HAN}]{{1,12}}) {{0,2}}[(\\[〔【〘{{]? {{0,2}}\\Z")
NUMERAL = "[0-9]{1,5}|[一二三四五六七八九十廿卅]{1,3}"
ORDER = re.compile(f"令 {{0,2}}\\(?第 {{0,2}}({NUMERAL}) {{0,2}}号|第 {{0,2}}({NUMERAL}) {{0,2}}号 {{0,2}}令")
DAY = re.compile(
    "(?<![0-9])((?:19|20)[0-9]{2}) {0,2}([年./-]) {0,2}([0-9]{1,2})(?![0-9])"
    "(?: {0,2}[月./-] {0,2}([0-9]{1,2})(?![0-9])(?: {0,2}[日号])?| {0,2}月)"
)
SPELT_DAY = re.compile(
    "([一二][〇零一二三四五六七八九0]{3}) {0,2}年"
    "(?: {0,2}([元一二三四五六七八九十]{1,2}) {0,2}月(?: {0,2}([一二三四五六七八九十廿卅]{1,3}) {0,2}日)?)?"
)
ORDINAL = re.compile(f"第 {{0,2}}({NUMERAL}) {{0,2}}([条章节款项次届批期])")

SEAMS = ("民政府", "民政协", "市政府", "市政协", "市政务")
"""Where the first two characters are a word of their own, here by accident: 民政, 市政. There all three are one term."""

SEAM = re.compile("|".join(SEAMS))
TRIPLE = re.compile("(?s)(?=([0-9]{2}.|.[0-9]{2}))")

SYNONYMS = HERE / "synonyms.yaml"
PINYIN = HERE / "data" / "pinyin.txt"


def skeleton(folded: str) -> str:
    """What is left of folded text without its signs: the characters a search looks at."""
    return SIGNS.sub("", folded)


def terms(text: str) -> list[str]:
    """Everything a text is found by, each time it is."""
    folded = fold(text)
    bare = skeleton(folded)
    return [*pairs(bare), *triples(bare), *singles(bare), *words(folded), *named(folded, bare)]


def pairs(bare: str) -> Iterator[str]:
    """Every two neighbouring characters, three where there is a seam."""
    return (bare[at : at + (3 if SEAM.match(bare, at) else 2)] for at in range(len(bare) - 1))


def place_of(word: str, bare: str, start: int = 0) -> int:
    """Where a word stands in a text, but not at a seam with what comes behind it; -1 where it does not."""
    at = bare.find(word, start)
    while at >= 0 and len(word) > 1 and SEAM.match(bare, at + len(word) - 2):
        at = bare.find(word, at + 1)
    return at


def triples(bare: str) -> Iterator[str]:
    """Every three neighbouring characters of which the middle one and another are figures: a number that is cut off."""
    return (match[1] for match in TRIPLE.finditer(bare))


def singles(bare: str) -> Iterator[str]:
    """Every character by itself."""
    return iter(bare)


def words(folded: str) -> Iterator[str]:
    """Every run of letters and digits, marked with `=`: joined ones (pm2.5) as a whole and in their parts."""
    for match in JOINED.finditer(folded):
        parts = re.split("[._-]", match[0]) if JOINERS.search(match[0]) else [match[0]]
        if len(parts) > 1:
            yield "=" + "".join(parts)[:LONGEST_WORD]
        yield from ("=" + part[:LONGEST_WORD] for part in parts)


def named(folded: str, bare: str) -> Iterator[str]:
    """What the text names: 文号, days, ordinals, concepts."""
    for _, _, found in spans(folded):
        yield from found
    for _, _, concept in concepts(bare):
        yield f"§{concept}"


def spans(folded: str, *, asked: bool = False) -> Iterator[tuple[int, int, list[str]]]:
    """文号, days and ordinals as (start, end, terms). What is `asked` may be more carelessly written."""
    yield from numbers(folded, asked=asked)
    yield from orders(folded)
    yield from days(folded)
    yield from ordinals(folded)


def numbers(folded: str, *, asked: bool = False) -> Iterator[tuple[int, int, list[str]]]:
    """文号 in any brackets or none. A number needs 号 or its brackets; one that is asked for may do without both."""
    for match in NUMBER.finditer(folded):
        if not (match[4] or match[2] or (asked and match.end() == len(folded))):
            continue
        before = BEFORE_NUMBER.search(folded[max(0, match.start() - 20) : match.start()])
        careless = asked and (match[2] or before) and match.end() == len(folded)
        if match[4] or (match[2] and before) or careless:
            number = f"{match[1]}-{int(match[3])}"
            code = before[1] if before else ""
            codes = [code[-length:] for length in range(2, min(len(code), LONGEST_CODE) + 1)]
            parts = [
                f"№{number}",
                *(f"№{one}{match[1]}" for one in codes),
                *(f"№{one}{number}" for one in codes),
            ]
            yield match.start() - (len(before[0]) if before else 0), match.end(), parts


@lru_cache(4096)
def _number(numeral: str) -> int | None:
    return read_any_number(numeral)


def orders(folded: str) -> Iterator[tuple[int, int, list[str]]]:
    """令第711号, also 第二十三号令."""
    for match in ORDER.finditer(folded):
        number = _number(match[1] or match[2])
        if number is not None:
            yield match.start(), match.end(), [f"№令{number}"]


def days(folded: str) -> Iterator[tuple[int, int, list[str]]]:
    """Days and months, in digits or in Chinese characters; of the latter also the year, as a word."""
    for match in DAY.finditer(folded):
        if match[4] is not None or match[2] == "年":
            yield match.start(), match.end(), [*_day(int(match[1]), int(match[3]), int(match[4] or 0))]
    for match in SPELT_DAY.finditer(folded):
        year = int("".join(str("〇一二三四五六七八九".find(digit)) for digit in match[1].translate(_ZERO)))
        found = [f"={year}"]
        if match[2]:
            month = 1 if match[2] == "元" else _number(match[2])
            found += _day(year, month or 0, (_number(match[3]) or 99) if match[3] else 0)
        yield match.start(), match.end(), found


_ZERO = str.maketrans("零0", "〇〇")


@lru_cache(1 << 15)
def _day(year: int, month: int, day: int) -> Sequence[str]:
    if not (1 <= month <= 12 and 0 <= day <= 31):
        return []
    whole = [f"@{year}-{month:02}-{day:02}"] if day else []
    return [f"@{year}-{month:02}", *whole]


def ordinals(folded: str) -> Iterator[tuple[int, int, list[str]]]:
    """第三条 and 第3条."""
    for match in ORDINAL.finditer(folded):
        number = _number(match[1])
        if number is not None:
            yield match.start(), match.end(), [f"#{number}{match[2]}"]


def concepts(bare: str) -> Iterator[tuple[int, int, str]]:
    """The concepts a text names, as (start, end, concept), longest wording first, never overlapping."""
    for match in wordings().finditer(bare):
        yield match.start(), match.end(), synonyms()[match.group()]


@cache
def synonym_lines() -> Sequence[Sequence[str]]:
    """The wordings of each concept, its name first."""
    return [[str(wording) for wording in line] for line in read_yaml(SYNONYMS)]


@cache
def synonyms() -> Mapping[str, str]:
    """Every wording, folded, with its concept. Raises ValueError when a wording stands for two concepts."""
    found: dict[str, str] = {}
    for line in synonym_lines():
        for wording in line:
            bare = skeleton(fold(wording))
            if len(bare) < 2 or found.setdefault(bare, str(line[0])) != line[0]:
                raise ValueError(f"synonyms.yaml: {wording} is too short or stands in two lines")
    return found


def wordings_like(bare: str) -> list[str]:
    """The other wordings of the concept that a wording stands for; none where it stands for none."""
    concept = synonyms().get(bare)
    if concept is None:
        return []
    return [other for other, found in synonyms().items() if found == concept and other != bare]


@cache
def wordings() -> re.Pattern[str]:
    """All wordings, grouped by their first character, which lets most places be passed over at once."""
    by_first: dict[str, list[str]] = {}
    for wording in sorted(synonyms(), key=lambda one: (-len(one), one)):
        by_first.setdefault(wording[0], []).append(wording[1:])
    groups = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
    return re.compile(f"(?=[{''.join(by_first)}])(?:{groups})")


def pinyin_terms(title: str) -> list[str]:
    """What a title is found by when it is typed in pinyin, or when a short name of what it says is."""
    bare = skeleton(fold(title))
    said = dict.fromkeys(name for _, _, concept in concepts(bare) for name in short_names()[concept])
    return [term for text in (bare, *said) for term in spelt(text)]


def spelt(bare: str) -> list[str]:
    """Two syllables, or the first letters of three, for each reading."""
    readings = [syllables().get(character, ()) for character in bare]
    found = [f"~{a} {b}" for one, two in pairwise(readings) for a in one for b in two]
    for one, two, three in zip(readings, readings[1:], readings[2:], strict=False):
        found += [f"~{a[0]}{b[0]}{c[0]}" for a in one for b in two for c in three]
    return found


@cache
def short_names() -> Mapping[str, Sequence[str]]:
    """The wordings of each concept that are short enough to be typed in pinyin."""
    found: dict[str, list[str]] = {}
    for wording, concept in synonyms().items():
        found.setdefault(concept, []).extend([wording] if len(wording) <= LONGEST_SHORT_NAME else [])
    return found


@cache
def syllables() -> Mapping[str, tuple[str, ...]]:
    """Characters with their readings; those that have several in official titles have them all."""
    found: dict[str, tuple[str, ...]] = {}
    for line in PINYIN.read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split(" ")
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def hash_term(term: str) -> int:
    """32 bits: FNV-1a over the code points, then mixed, so that the first bits choose a shard evenly."""
    found = 2166136261
    for character in term:
        found = ((found ^ ord(character)) * 16777619) & 0xFFFFFFFF
    found ^= found >> 15
    found = (found * 0x2C1B3C6D) & 0xFFFFFFFF
    found ^= found >> 12
    found = (found * 0x297A2D39) & 0xFFFFFFFF
    return found ^ (found >> 15)


@cache
def analyzer_version() -> str:
    """Changes with anything that changes what a text is found by."""
    digest = blake2b(digest_size=6)
    for path in (Path(__file__), HERE / "folding.py", TRADITIONAL, SYNONYMS, PINYIN):
        digest.update(path.read_bytes())
    return digest.hexdigest()
