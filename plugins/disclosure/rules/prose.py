"""The wording of texts: names of organs, links without words, short names that nobody uses. All are reminders.

Only what is nearly certain is said; what an office lets stand is waived in content/waivers.csv.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.problem import Problem, warning
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.record import Record
from plugins.disclosure.rules.body_text import links, prose_lines
from plugins.disclosure.rules.wording import body_line
from plugins.disclosure.yaml_data import read_yaml

BODY = "正文"
_SHORTEST_NAME = 7
"""A shorter name with one other character is often another organ (霁川市教育局, 霁川市体育局)."""

_SHORTEST_FORMER = 5
_QUOTED_TITLE = re.compile("《[^《》]*》")
_CALLED = re.compile('以下(?:统)?简称[：:]?[“"](?P<name>[^”"]{2,20})[”"]')
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9._/@-])(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,4})(?![A-Za-z0-9._/@-])")
_CAPITAL = re.compile("[A-Z][A-Za-z]")
"""What every abbreviation begins with; it is found quickly."""
_NO_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
KNOWN_ABBREVIATIONS = Path(__file__).with_name("known_abbreviations.yaml")
_ENTITY = re.compile("&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_SAYS_NOTHING = frozenset(
    ("点击", "点击这里", "点击此处", "这里", "此处", "链接", "详情", "更多", "查看", "here", "more", "link")
)


def former_name(catalog: Catalog, today: date) -> Iterator[Problem]:
    """A text of this year or the last calls an organ by a name it no longer has. Titles and 原… may."""
    current = _former_names(catalog)
    if not current:
        return
    names = re.compile("|".join(sorted(map(re.escape, current), key=len, reverse=True)))
    for record in _recent(catalog, today):
        for number, line in _lines(record, names):
            for match in names.finditer(line):
                if not re.search("原[“（(]?$", line[: match.start()]):
                    yield _former(record, number, match.group(), current[match.group()])


def _former_names(catalog: Catalog) -> Mapping[str, str]:
    """Former names with the name of today; a name that another organ has now is left out."""
    organs = catalog.organs
    names = {str(organ.values.get(key, "")) for organ in organs for key in ("title", "short_name")}
    found: dict[str, str] = {}
    for organ in organs:
        for alias in organ.values.get("aliases", ()):
            if len(alias) >= _SHORTEST_FORMER and not any(alias in name for name in names):
                found[alias] = organ.title
    return found


def _recent(catalog: Catalog, today: date) -> Iterator[Record]:
    for record in catalog.records:
        published = record.values.get("published_on")
        if isinstance(published, date) and published.year >= today.year - 1:
            yield record


def _lines(record: Record, wanted: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Lines of the text that hold what is wanted, without the titles in them."""
    if not wanted.search(record.body):
        return
    for number, line in prose_lines(record.body):
        plain = _QUOTED_TITLE.sub(lambda match: "《" + "■" * (len(match.group()) - 2) + "》", line)
        if wanted.search(plain):
            yield number, plain


def _former(record: Record, line: int, name: str, now: str) -> Problem:
    return warning(
        record.file,
        body_line(record, line),
        BODY,
        "prose.former-name",
        f"{quoted(name)}是{quoted(now)}的曾用名。",
        f"{quoted_en(name)} is a former name of {quoted_en(now)}. Write the name of today, or 原 before the old one.",
        f"请写“{now}”；确指改名以前的，请写“原{name}”。",
    )


def organ_misnamed(catalog: Catalog, today: date) -> Iterator[Problem]:
    """An organ's full name with one character that is another."""
    names = tuple(sorted({organ.title for organ in catalog.organs if len(organ.title) >= _SHORTEST_NAME}))
    known = tuple(
        sorted({*names, *(name for organ in catalog.organs for name in _all_names(organ))}, key=len)
    )
    if not names:
        return
    begins = re.compile("|".join(sorted({re.escape(name[:3]) for name in names})))
    for record in _recent(catalog, today):
        for number, line in _lines(record, begins):
            for match in begins.finditer(line):
                rest = line[match.start() :]
                if not rest.startswith(known) and (meant := _meant(rest, names)):
                    yield _misnamed(record, number, rest[: len(meant)], meant)


def _all_names(organ: Record) -> Iterator[str]:
    yield organ.title
    yield from organ.values.get("aliases", ())


@lru_cache(maxsize=10_000)
def _meant(text: str, names: tuple[str, ...]) -> str | None:
    """The one name that the beginning of the text is, but for a single character in its middle."""
    found = [
        name
        for name in names
        if len(text) >= len(name)
        and text[len(name) - 1] == name[-1]
        and sum(one != other for one, other in zip(text, name, strict=False)) == 1
    ]
    return found[0] if len(found) == 1 else None


def _misnamed(record: Record, line: int, written: str, meant: str) -> Problem:
    return warning(
        record.file,
        body_line(record, line),
        BODY,
        "prose.organ-misnamed",
        f"写作{quoted(written)}，机构名录里没有，只有{quoted(meant)}与它差一个字。",
        f"{quoted_en(written)} is in no list of organs; {quoted_en(meant)} differs from it by one character.",
        f"是不是“{meant}”？另有这个机构的，请在 organs.csv 里加一行。",
    )


def link_without_words(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A link that shows nothing, or nothing that says where it leads."""
    for record in catalog.records:
        for link in links(record.body) if record.may_link else ():
            said = re.sub("[\\s>》→]+", "", link.text).lower()
            if link.image or not link.target or link.full_width or not link.written.startswith("["):
                continue
            if re.match("\\[[^\\]]*\\]:", link.written) or (said and said not in _SAYS_NOTHING):
                continue
            yield warning(
                record.file,
                body_line(record, link.line),
                BODY,
                "prose.link-without-words",
                f"写作{quoted(link.written)}，看不出链接到哪里。",
                f"{quoted_en(link.written)} does not say where it leads. Put the name of the page between the brackets.",
                "请在方括号里写上所指网页或文件的名称。",
            )


def short_name_unused(catalog: Catalog, today: date) -> Iterator[Problem]:
    """A text says 以下简称“…” and then never uses the short name."""
    for record in _recent(catalog, today):
        if "简称" not in record.body:
            continue
        for number, line in prose_lines(record.body):
            for match in _CALLED.finditer(line):
                if (
                    record.body.count(match["name"])
                    == record.body.split(match.group())[0].count(match["name"]) + 1
                ):
                    yield warning(
                        record.file,
                        body_line(record, number),
                        BODY,
                        "prose.short-name-unused",
                        f"写了以下简称“{match['name']}”，后文没有用到。",
                        f"{quoted_en(match['name'])} is introduced as a short name and never used. Leave it out.",
                        "请删去这个简称，或者核对后文用的是不是另一个名称。",
                    )


@cache
def _known_abbreviations() -> frozenset[str]:
    return frozenset(read_yaml(KNOWN_ABBREVIATIONS)["known"])


def abbreviation_unexplained(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Latin letters stand for a name that the text never gives: PPP, without 政府和社会资本合作（PPP）."""
    for record in _recent(catalog, today):
        if not _CAPITAL.search(record.body) or not _ABBREVIATION.search(record.body):
            continue
        told: set[str] = set()
        for number, line in prose_lines(record.body):
            for match in _ABBREVIATION.finditer(_NO_PROSE.sub(" ", line)):
                letters = match.group()
                if (
                    letters in told
                    or letters in _known_abbreviations()
                    or _is_explained(letters, record.body)
                ):
                    continue
                told.add(letters)
                if set(letters) == {"X"}:
                    yield _unfilled(record, number, letters)
                    continue
                yield warning(
                    record.file,
                    body_line(record, number),
                    BODY,
                    "prose.abbreviation-unexplained",
                    f"写有{quoted(letters)}，文中没有写明它是什么。",
                    f"{quoted_en(letters)} stands for a name that the text never gives. Give it where it comes first.",
                    f"第一次出现时请写出中文名称，例如 政府和社会资本合作（{letters}）。",
                )


def _unfilled(record: Record, line: int, letters: str) -> Problem:
    return warning(
        record.file,
        body_line(record, line),
        BODY,
        "prose.unfilled",
        f"写有{quoted(letters)}，像是还没有填写的地方。",
        f"{quoted_en(letters)} seems to stand for what was never filled in.",
        "请填上内容；有意隐去姓名等的，请写成 ××。",
    )


def _is_explained(letters: str, text: str) -> bool:
    """Whether Chinese words stand before or behind it in brackets, or it is introduced as a short name."""
    name = re.escape(letters)
    alone = f"(?<![A-Za-z0-9]){name}(?![A-Za-z0-9])"
    behind = f"[\u4e00-\u9fff”》]\\s*[（(][^（()）]*{alone}"
    before = f"{alone}\\s*(?:[（(][^（()）]*[\u4e00-\u9fff]|是指|即|指)"
    return bool(re.search(f'{behind}|{before}|简称[：:]?\\s*[“"]?{name}', text))


def character_entity(catalog: Catalog, _today: date) -> Iterator[Problem]:
    """A sign of web code (&nbsp;) left over from a page that was copied."""
    for record in catalog.records:
        for key, value in record.values.items():
            if type(value) is str and "&" not in value:  # nearly all
                continue
            if isinstance(value, str | tuple) and (found := _entity_in(value)):
                field = catalog.kind(record).field(key)
                yield _entity(record, record.line_of(key), field.label if field else key, found)
        if "&" in record.body:
            for number, line in prose_lines(record.body):
                if found := _entity_in(line):
                    yield _entity(record, body_line(record, number), BODY, found)


def _entity_in(value: object) -> str:
    """The first such sign in a text, or in what a list or table holds."""
    if isinstance(value, str):
        match = _ENTITY.search(value) if "&" in value else None
        return match.group() if match and html.unescape(match.group()) != match.group() else ""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    return next((found for part in parts if (found := _entity_in(part))), "")


def _entity(record: Record, line: int, label: str, sign: str) -> Problem:
    meant = html.unescape(sign)
    instead = f"写成“{meant}”" if meant.strip() else "改成空格，或者删去"
    instead_en = f"Write {quoted_en(meant)}" if meant.strip() else "Put a space there, or leave it out"
    return warning(
        record.file,
        line,
        label,
        "prose.character-entity",
        f"写有{quoted(sign)}，这是从网页代码里带来的符号。",
        f"{quoted_en(sign)} is a sign of web code that was copied along. {instead_en}.",
        f"请{instead}。",
    )
