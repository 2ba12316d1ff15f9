"""A reader's words as what is to be looked up. `theme/static/search.js` does the same; tests hold both equal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from plugins.disclosure.yaml_data import read_yaml
from plugins.search.analyzer import concepts, hash_term, pairs, skeleton, spans, syllables, triples
from plugins.search.folding import HERE, LETTER, SPACE, fold, is_han

LONGEST_QUERY = 200
LONG_WORD = 9
"""A word of so many characters is likely a piece of a text: what stands beside its figures tells where it is from."""

MOST_LOOKUPS = 10
LONGEST_SYLLABLE = 6
MOST_READINGS = 4
MIXED_SHARE = 2
"""One lookup in so many, at most, is kept for what stands beside figures: the words around them must have theirs."""

COMMON_LOOKUPS = 2
"""So many of them are kept for common terms: of a long word the rare pairs say one thing again and again."""

BETWEEN_WORDS = re.compile(f"(?:{SPACE}|[|+])+")
SPACES = re.compile(SPACE)
FIGURES = re.compile("[0-9]+\\Z")
TWO_FIGURES = re.compile("[0-9]{2}\\Z")
BETWEEN_PARTS = re.compile("[,。;:!?、/…]+")
LETTERS = re.compile(f"[{LETTER}]+")
CUT_DAY = re.compile("月[1-3]\\Z")
YEAR = re.compile("(?:19|20)[0-9]{2}\\Z")
LATIN = re.compile("[a-z]+\\Z")
QUESTION_WORDS = HERE / "question_words.yaml"
PHRASE = re.compile('["＂]([^"＂]*)["＂]')


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a word: characters to be found as they are, or something named, by `terms`, in any writing."""

    bare: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One thing a record must have. An exact one must stand there sign by sign (`bare` is folded, not bared)."""

    bare: str
    parts: tuple[Part, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """A term to be looked up, for the word with this number; when nothing has it, `instead` is looked up.

    `instead` are ways to read the term, each of several terms: letters may be pinyin, and shengao shen gao or sheng
    ao. One that is not `needed` only makes a record rank higher: the first or last figures of a pasted text may be
    cut off, and where a concept was written in other words, so are its surroundings.
    """

    term: str
    word: int
    instead: tuple[tuple[str, ...], ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked, understood.

    `quoted` is all of it, folded, where its signs say that it is a piece of a text.
    """

    words: tuple[Word, ...]
    lookups: tuple[Lookup, ...]
    quoted: str


def read_query(text: str, often: Collection[int] = ()) -> Query:
    """Understand a query. `often` are hashes of terms so common that others are looked up rather than they."""
    text = text[:LONGEST_QUERY]
    words = tuple(_words(text))
    named: list[Lookup] = []
    plain: list[Lookup] = []
    for number, word in enumerate(words):
        for part in word.parts:
            named += _of_name(part.terms, number, may_be_cut=CUT_DAY.search(word.bare) is not None)
        if word.exact:
            bare = word.parts[0].bare
            plain += [Lookup(term, number) for term in pairs(bare)] or [Lookup(bare, number)]
        elif any(part.bare and not part.terms for part in word.parts):
            plain += _lookups(word, number)
    return Query(words, tuple(_chosen(_once(named), _once(plain), often)), _quoted(text, words))


def _quoted(text: str, words: Sequence[Word]) -> str:
    """The text where it is in one piece with the signs of a sentence; 文号 and days are written in many ways."""
    folded = one_space(fold(text)).rstrip("?")
    of_names = any(term[0] in "№@" for word in words for part in word.parts for term in part.terms)
    return "" if of_names or " " in folded or not BETWEEN_PARTS.search(folded) else folded


def _of_name(terms: Sequence[str], number: int, *, may_be_cut: bool) -> list[Lookup]:
    """What a name is looked up by; of a day that may be cut off (3月2 of 3月21日) the month is sure."""
    if not terms:
        return []
    if may_be_cut:
        return [Lookup(terms[0], number), Lookup(terms[-1], number, needed=False)]
    return [Lookup(terms[-1], number, _nearest(terms))]


def _nearest(terms: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What comes nearest to a number or day that nothing has: the same of another organ, the same organ and year; the month."""
    return ((terms[0], terms[(len(terms) - 1) // 2]),) if len(terms) > 1 else ()


def _words(text: str) -> Iterator[Word]:
    """The words of a query, phrases in quotation marks first."""
    for match in PHRASE.finditer(text):
        exact = one_space(fold(match[1]))
        bare = skeleton(exact)
        if bare:
            yield Word(exact, (Part(bare),), exact=True)
    folded = fold(PHRASE.sub(" ", text))
    rest: list[str] = []
    end_before = 0
    for start, end, terms in sorted(spans(folded, asked=True), key=lambda span: (span[0], -span[1])):
        if start < end_before or not terms:
            continue
        rest.append(folded[end_before:start])
        end_before = end
        yield Word(skeleton(folded[start:end]), (Part(skeleton(folded[start:end]), tuple(terms)),))
    rest.append(folded[end_before:])
    for asked in BETWEEN_WORDS.split(" ".join(rest)):
        for chunk in _without_question(asked):
            yield Word(skeleton(chunk), tuple(_parts(chunk)))


def _without_question(asked: str) -> list[str]:
    """What is asked without the words of a question: 公积金怎么提取 is 公积金 and 提取; all of it when nothing else is left."""
    pieces = [piece for piece in question_words().split(asked) if skeleton(piece)]
    longer = [piece for piece in pieces if len(skeleton(piece)) > 1]
    return longer or pieces or ([asked] if skeleton(asked) else [])


@cache
def question_words() -> re.Pattern[str]:
    """The words of a question, taken together with those beside them."""
    first, anywhere, last = map("|".join, question_lists())
    return re.compile(f"^(?:{first})|(?:{anywhere})|(?:{last})$")


@cache
def question_lists() -> tuple[tuple[str, ...], ...]:
    """The words of a question: those that begin it, those anywhere in it, those that end it, each longest first."""
    found = read_yaml(QUESTION_WORDS)
    return tuple(
        tuple(sorted(map(str, found[place]), key=lambda word: (-len(word), word)))
        for place in ("first", "anywhere", "last")
    )


def without_spaces(folded: str) -> str:
    """Folded text without white space: where it stands, a pasted text has it elsewhere."""
    return SPACES.sub("", folded)


def one_space(folded: str) -> str:
    """Folded text with one space for every stretch of white space, and none around it."""
    return SPACES.sub(" ", folded).strip(" ")


def _parts(chunk: str) -> Iterator[Part]:
    """A word cut at its signs and where it names concepts."""
    for piece in BETWEEN_PARTS.split(chunk):
        yield from _named_parts(skeleton(piece))


def _named_parts(bare: str) -> Iterator[Part]:
    """A piece cut where it names concepts; a single character left over between two says nothing."""
    pieces: list[Part] = []
    end_before = 0
    for start, end, concept in concepts(bare):
        pieces.append(Part(bare[end_before:start]))
        pieces.append(Part(bare[start:end], (f"§{concept}",)))
        end_before = end
    pieces.append(Part(bare[end_before:]))
    several = len(pieces) > 1
    return (piece for piece in pieces if piece.terms or len(piece.bare) > several)


def _lookups(word: Word, number: int) -> Iterator[Lookup]:
    """What a word is looked up by: letters and digits as a whole, characters two by two."""
    bare = word.bare
    free = _outside_names(word)
    for match in LETTERS.finditer(bare):
        if free[match.start()]:
            yield from _of_letters(bare, match[0], match.span(), free, number)
    for at, term in enumerate(pairs(bare)):
        if is_han(term[0]) and is_han(term[1]) and (free[at] or free[at + 1]):
            yield Lookup(term, number, needed=free[at] and free[at + 1])
    if len(bare) == 1 and is_han(bare):
        yield Lookup(bare, number)


def _of_letters(
    bare: str, run: str, span: tuple[int, int], free: Sequence[bool], number: int
) -> Iterator[Lookup]:
    """A run of letters or figures in a word, and what stands beside it.

    Figures at an edge may be cut off, unless they are a year. What is beside is needed where the run is cut off, or
    where a Chinese character has no other beside it; in a long word it helps.
    """
    start, end = span
    three = _threes(bare, span, free) if FIGURES.match(run) else []
    several = len(run) > 1 and FIGURES.match(run) is not None
    is_long = len(bare) >= LONG_WORD
    if FIGURES.match(run) and not YEAR.match(run) and run != bare and (start == 0 or end == len(bare)):
        yield from (Lookup(term, number) for term in three or pairs(run))
        yield Lookup("=" + run, number, needed=False)
    else:
        yield Lookup("=" + run, number, tuple(tuple(way[:MOST_LOOKUPS]) for way in _instead(run)))
        if run == bare and several and not YEAR.match(run):
            yield from (Lookup(term, number, needed=False) for term in triples(run))
        if is_long:
            yield from (Lookup(term, number, needed=False) for term in three if not FIGURES.match(term))
    for at, beside, is_cut in ((start - 1, start - 2, end == len(bare)), (end - 1, end + 1, start == 0)):
        if 0 <= at < len(bare) - 1 and free[at] and free[at + 1]:
            is_lonely = not (0 <= beside < len(bare) and is_han(bare[beside]))
            needed = is_lonely or (is_cut and not several)
            if needed or (is_long and not several):
                yield Lookup(bare[at : at + 2], number, needed=needed)


def _threes(bare: str, span: tuple[int, int], free: Sequence[bool]) -> list[str]:
    """The terms of three characters around the figures of a run, as far as they do not reach into what is named."""
    start, end = max(1, span[0]), min(span[1], len(bare) - 1)
    inside = range(start, end) if span[1] - span[0] > 1 else range(0)
    return [bare[at - 1 : at + 2] for at in inside if free[at - 1] and free[at + 1]]


def _outside_names(word: Word) -> list[bool]:
    """Of each character of a word whether it lies outside what is named in it."""
    free: list[bool] = [True] * len(word.bare)
    at = 0
    for part in word.parts:
        start = word.bare.find(part.bare, at)
        if start >= 0:
            at = start + len(part.bare)
            free[start:at] = [not part.terms] * len(part.bare)
    return free


def _instead(letters: str) -> Sequence[Sequence[str]]:
    """What to look for when nobody writes this word: pinyin, first letters, or parts of a longer word."""
    read = [[f"~{one} {two}" for one, two in pairwise(way)] for way in spellings(letters)]
    if read or len(letters) < 2:
        return read
    if LATIN.match(letters) and len(letters) > 2:
        return [[f"~{letters[at : at + 3]}" for at in range(len(letters) - 2)]]
    return [[*(triples(letters) if FIGURES.match(letters) and len(letters) > 3 else pairs(letters))]]


def spellings(letters: str) -> list[list[str]]:
    """The letters as two or more syllables of pinyin, as few as can be, in each way they can be read."""
    ways: list[list[list[str]]] = [[] for _ in letters] + [[[]]]
    for at in reversed(range(len(letters))):
        ends = range(min(at + LONGEST_SYLLABLE, len(letters)), at, -1)
        known = (end for end in ends if letters[at:end] in _known_syllables())
        found = [[letters[at:end], *rest] for end in known for rest in ways[end]]
        ways[at] = sorted(found, key=len)[:MOST_READINGS]
    several = [one for one in ways[0] if len(one) > 1]
    return [one for one in several if len(one) == len(several[0])]


@cache
def _known_syllables() -> Collection[str]:
    return frozenset(syllable for found in syllables().values() for syllable in found)


def _once(lookups: list[Lookup]) -> list[Lookup]:
    """The lookups without repetitions."""
    found: dict[str, Lookup] = {}
    for lookup in lookups:
        found.setdefault(lookup.term, lookup)
    return list(found.values())


def _chosen(named: list[Lookup], plain: list[Lookup], often: Collection[int]) -> list[Lookup]:
    """As many lookups as a query may make: what is named, then what is rare, evenly over the words."""
    named = named[:MOST_LOOKUPS]
    room = MOST_LOOKUPS - len(named)
    if len(plain) <= room:
        return [*named, *plain]
    common = [one for one in plain if hash_term(one.term) in often or TWO_FIGURES.match(one.term)]
    rare = [one for one in plain if one not in common]
    firsts: list[Lookup] = []
    for word in dict.fromkeys(lookup.word for lookup in plain):
        own = [lookup for lookup in rare if lookup.word == word] or [
            one for one in common if one.word == word
        ]
        firsts.append(own[len(own) // 2])
    mixed = _evenly([one for one in rare if _is_mixed(one)], room // MIXED_SHARE)
    firsts = list(dict.fromkeys([*firsts, *mixed]))[:room]
    left = [lookup for lookup in common if lookup not in firsts]
    kept = min(len(left), COMMON_LOOKUPS)
    others = _evenly([one for one in rare if one not in firsts], max(0, room - len(firsts) - kept))
    wanted = {one.term for one in (*firsts, *others, *_evenly(left, room - len(firsts) - len(others)))}
    return [*named, *(lookup for lookup in plain if lookup.term in wanted)]


def _is_mixed(lookup: Lookup) -> bool:
    """Whether it is a year, a word of letters, or a Chinese character beside one: they tell records apart."""
    return lookup.term[0] == "=" or len(lookup.term) > 2 or is_han(lookup.term[0]) != is_han(lookup.term[-1])


def _evenly(lookups: list[Lookup], count: int) -> list[Lookup]:
    """That many of the lookups, at even distances."""
    if len(lookups) <= count:
        return lookups
    return [lookups[(2 * at + 1) * len(lookups) // (2 * count)] for at in range(count)]
