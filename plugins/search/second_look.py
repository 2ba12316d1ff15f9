"""The second look: a record that was found is read, whether it really has what was asked, and how near together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.search.analyzer import named, pairs, place_of, skeleton
from plugins.search.folding import fold
from plugins.search.query import Query, Word, one_space, without_spaces

NUMBER_OR_DAY = re.compile("[@№]|=(?:19|20)[0-9]{2}\\Z")
MOST_PLACES = 20
SEVERAL_WEIGHT = 0.25
"""How much more it says with each further word that they stand together: the less is it by chance."""

ENDED = re.compile("失效|废止")
ENDED_WEIGHT = 0.5
"""What no longer holds comes behind what holds, unless more of it is what was asked."""

QUOTED_WEIGHT = 3.0
"""What it is worth to have all that was asked in one place, sign by sign."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a record, and its text as far as it was read."""

    key: str
    address: str
    title: str
    number: str
    organ: str
    kind: str
    published_on: str
    validity: str
    facts: str
    text: str
    later_parts: int

    @property
    def fields(self) -> tuple[str, str, str]:
        """Title, facts and text, each of which is searched by itself."""
        facts = "\n".join((self.number, self.organ, self.kind, self.published_on, self.facts))
        return self.title, facts, self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `whole`: it has all that was asked, as far as that was looked at.

    `as_asked`: also sign by sign, where what was asked is likely a piece of a text.
    """

    card: Card
    score: float
    whole: bool
    as_asked: bool


def looked_at(query: Query, score: float, card: Card) -> Hit:
    """The record itself: does it have what was asked, and how near together."""
    fields = [fold(text) for text in card.fields]
    bares = [skeleton(text) for text in fields]
    whole = all(has_word(word, fields, bares) for word in query.words)
    loose = [word for word in query.words if not word.exact]
    is_quoted = bool(query.quoted) and any(query.quoted in without_spaces(text) for text in fields)
    weight = (QUOTED_WEIGHT if is_quoted else 1.0) * (ENDED_WEIGHT if ENDED.match(card.validity) else 1.0)
    as_asked = whole and (is_quoted or not query.quoted)
    return Hit(card, score * weight * _closeness(loose, fields, bares), whole, as_asked)


def _closeness(words: Sequence[Word], fields: Sequence[str], bares: Sequence[str]) -> float:
    """How much nearer a record is to what was asked than its terms say: by its title, by words standing together."""
    if not words:
        return 1.0
    asked = [word.bare for word in words]
    in_title = sum(has_word(word, fields[: _heads(word)], bares[: _heads(word)]) for word in words) / len(
        words
    )
    literal = sum(any(one in bare for bare in bares) for one in asked) / len(words)
    near = 1.0 if in_title == 1 else max(_nearness(asked, bare) for bare in bares)
    several = 1 + SEVERAL_WEIGHT * (len(words) - 1)
    like = _likeness("".join(asked), bares[0])
    return (1 + 2 * like * like * like) * (1 + 0.6 * in_title) * (1 + 0.3 * literal) * (1 + several * near)


def _heads(word: Word) -> int:
    """How many of a record's fields count as its title for a word: the facts too, where it is a date or a number."""
    terms = (term for part in word.parts for term in part.terms or ("=" + part.bare,))
    return 2 if any(NUMBER_OR_DAY.match(term) for term in terms) else 1


def _nearness(asked: Sequence[str], bare: str) -> float:
    """1 when the words stand side by side, less the farther they are spread, 0 when one is missing."""
    places: list[tuple[int, int]] = []
    for number, word in enumerate(asked):
        at = bare.find(word)
        if at < 0:
            return 0.0
        for _ in range(MOST_PLACES):
            places.append((at, number))
            at = bare.find(word, at + 1)
            if at < 0:
                break
    places.sort()
    last: dict[int, int] = {}
    shortest = len(bare)
    for at, number in places:
        last[number] = at
        if len(last) == len(asked):
            end = max(place + len(asked[one]) for one, place in last.items())
            shortest = min(shortest, end - min(last.values()))
    return min(1.0, sum(map(len, asked)) / shortest)


def _likeness(one: str, other: str) -> float:
    """How alike two texts are: the share of pairs of characters they have in common, figures apart."""
    first, second = _pairs_but_figures(one), _pairs_but_figures(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs_but_figures(bare: str) -> set[str]:
    return {pair for pair in pairs(bare) if not (pair.isascii() and pair.isdigit())}


def has_word(word: Word, fields: Sequence[str], bares: Sequence[str]) -> bool:
    """Whether a record really has a word: all of it in one place, or each of its parts."""
    if word.exact:
        return any(word.bare in one_space(text) for text in fields)
    if _inside(word.bare, bares):
        return True
    if all(not part.terms for part in word.parts):
        return len(word.parts) > 1 and all(_inside(part.bare, bares) for part in word.parts)
    names = {term for text, bare in zip(fields, bares, strict=True) for term in named(text, bare)}
    return all(part.terms[-1] in names if part.terms else _inside(part.bare, bares) for part in word.parts)


def _inside(wanted: str, bares: Sequence[str]) -> bool:
    return any(place_of(wanted, bare) >= 0 for bare in bares)
