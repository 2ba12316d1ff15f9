"""成文日期 and 发布日期 of a document that is being read: from the best place there is, and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.disclosure.chinese_dates import DateReading
from plugins.disclosure.importers.page_facts import leading_date
from plugins.disclosure.importers.page_lines import Line
from plugins.disclosure.importers.reading import Reading

_YEAR_IN_TITLE = re.compile("(?<![0-9])20[0-9]{2}(?=年)|(?<=年鉴)20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A date, where it stands, and whether the page says it is that of publication or it is concluded."""

    day: DateReading
    how: str
    line: int
    inferred: bool = False
    compared: bool = True


def take_dates(reading: Reading) -> None:
    """The signature comes before the page's table; a stated date of publication before a concluded one."""
    written, published = _written(reading), _published(reading)
    for key, found in (("written_on", written), ("published_on", published)):
        if found:
            first = found[0]
            reading.take_day(key, first.day, first.how, first.line, inferred=first.inferred)
            days = [one.day.as_date() for one in found if one.compared or one is first]
            reading.compare(key, days, f"采用{first.how}。")
    _compare_with_each_other(reading)


def _written(reading: Reading) -> list[_Found]:
    found: list[_Found] = []
    if reading.closing.signed:
        line, day = reading.closing.signed
        found.append(_Found(day, "落款", line.number))
    found += [
        _Found(day, "标题下的题注", line.number) for line, day in reading.parts.dates if _is_note(line, day)
    ]
    for fact in reading.facts("signed_on", "dispatched_on"):
        dated = leading_date(fact.value)
        if dated and dated.precision == "day" and (fact.key == "signed_on" or dated.at is None):
            found.append(_Found(dated, f"页面“{fact.label}”一栏", fact.line))
    return found


def _published(reading: Reading) -> list[_Found]:
    """Stated dates first. 发文日期 with a time of day is when the page was made: nobody signs at 16:23:00."""
    found: list[_Found] = []
    for fact in reading.facts("published_on", "bare_date", "dispatched_on", "updated_on"):
        day = leading_date(fact.value)
        if day is None or day.precision != "day" or (fact.key == "dispatched_on" and day.at is None):
            continue
        how, stated = f"页面“{fact.label}”一栏", fact.key == "published_on" and not reading.is_repost
        if fact.key == "bare_date":
            how = "标题下面没有标签的日期"
        elif fact.key == "dispatched_on":
            how = f"{how}，带有时刻，是上网的时间"
        elif fact.key == "published_on" and reading.is_repost:
            how = f"{how}，这是转载的时间"
        compared = fact.key in ("published_on", "bare_date")
        found.append(_Found(day, how, fact.line, inferred=not stated, compared=compared))
    for line, day in reading.parts.dates:
        if not _is_note(line, day) and day.precision == "day":
            found.append(_Found(day, "标题下面没有标签的日期", line.number, inferred=True))
    return sorted(found, key=lambda one: (one.inferred, not one.compared))


def _is_note(line: Line, day: DateReading) -> bool:
    """（2024年3月5日）below a title is the date of the document, not of the page."""
    return line.text[0] in "（(" and "年" in day.text and day.precision == "day"


def _compare_with_each_other(reading: Reading) -> None:
    """Dates in an order in which they cannot have happened, and a page far younger than its title."""
    written, published = reading.day("written_on"), reading.day("published_on")
    printed = reading.closing.printed[1].as_date() if reading.closing.printed else None
    if written and published and written > published:
        reading.add_conflict("published_on", [published, written], "成文日期晚于发布日期，请核对。")
    if printed and published and printed > published:
        note = f"印发日期 {printed} 晚于页面日期 {published}，页面日期可能是成文日期，请核对。"
        reading.add_conflict("published_on", [published, printed], note)
    if printed and written and written > printed:
        reading.add_conflict("written_on", [written, printed], "成文日期晚于印发日期，请核对。")
    years = [int(year) for year in _YEAR_IN_TITLE.findall(reading.title)]
    if published and not written and years and published.year - max(years) >= 2:
        note = f"标题写的是 {max(years)} 年，页面日期是 {published}，多半是转载或补录的日期，请核对。"
        reading.add_conflict("published_on", [published, max(years)], note)
