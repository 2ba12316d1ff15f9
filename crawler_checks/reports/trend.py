"""How findings rise and fall, as a drawing of lines with its table behind; read as well without colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from crawler_checks.ledger.states import State
from crawler_checks.ledger.values import DayCount

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 96, 16, 32
LINE = 15
"""A line of writing, so that two labels never lie on each other."""
MOST_POINTS = 120
"""Days that are drawn; of more only some are, evenly, and always the last."""
STYLE = (
    "svg.trend{display:block;width:100%;height:auto;max-width:45rem;font-size:12px;fill:currentColor}"
    "svg.trend path{fill:none;stroke:currentColor;stroke-width:2}svg.trend .late{stroke-dasharray:6 4}"
    "svg.trend .frame{stroke-width:1;opacity:.35}"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A day: what was still to be mended, how much of it late, what was found and what was mended that day."""

    day: date
    unmended: int
    overdue: int
    found: int
    fixed: int


def points_of(trend: Iterable[DayCount]) -> list[Point]:
    """The points of one site."""
    return [
        Point(
            one.day, one.unmended, one.overdue, one.counts[State.NEW] + one.counts[State.BACK], one.counts[State.FIXED]
        )
        for one in trend
    ]  # fmt: skip


def sum_of(trends: Mapping[str, Sequence[DayCount]], first: date, last: date) -> list[Point]:
    """The points of several sites together: on each day the latest that is known of every one."""
    by_site = {site: points_of(trend) for site, trend in trends.items()}
    days = sorted({one.day for points in by_site.values() for one in points if first <= one.day <= last})
    summed = []
    for day in days:
        known = [
            past[-1] for points in by_site.values() if (past := [one for one in points if one.day <= day])
        ]
        today = [one for one in known if one.day == day]
        summed.append(
            Point(
                day, sum(one.unmended for one in known), sum(one.overdue for one in known),
                sum(one.found for one in today), sum(one.fixed for one in today),
            )
        )  # fmt: skip
    return summed


def trend_html(points: Sequence[Point], heading: str) -> str:
    """The drawing and, folded behind it, the table; nothing where there is but one day."""
    return "".join(_html(points, heading)) if len(points) > 1 else ""


def _html(points: Sequence[Point], heading: str) -> Iterator[str]:
    yield f"<figure>\n<figcaption>{escape(heading)}</figcaption>\n{''.join(_drawing(points, heading))}\n</figure>\n"
    yield "<details>\n<summary>图的数据</summary>\n<table>\n<caption>每天的问题数</caption>\n<thead><tr>"
    for name in ("日期", "未整改", "其中逾期", "当天发现", "当天整改"):
        yield f'<th scope="col">{name}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for one in points:
        cells = (one.unmended, one.overdue, one.found, one.fixed)
        yield f'<tr><th scope="row">{one.day}</th>'
        yield "".join(f'<td class="number">{cell}</td>' for cell in cells) + "</tr>\n"
    yield "</tbody>\n</table>\n</details>\n"


def _drawing(points: Sequence[Point], heading: str) -> Iterator[str]:
    drawn = _thinned(points)
    top = _round(max(one.unmended for one in points))
    first, last = drawn[0], drawn[-1]
    told = (
        f"{heading}：{first.day} 未整改 {first.unmended} 项，{last.day} 未整改 {last.unmended} 项，"
        f"其中逾期 {last.overdue} 项"
    )
    yield f'<svg class="trend" role="img" aria-label="{escape(told)}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    for share in (0, 0.5, 1):
        y = _y(top * share, top)
        yield f'<path class="frame" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{top * share:g}</text>'
    yield _line("open", [(one.day, one.unmended) for one in drawn], top, "未整改")
    if any(one.overdue for one in drawn):
        is_near = _y(last.overdue, top) - _y(last.unmended, top) < LINE
        yield _line(
            "late", [(one.day, one.overdue) for one in drawn], top, "其中逾期", LINE if is_near else 0
        )
    for one, anchor in ((first, "start"), (last, "end")):
        x = _x(one.day, first.day, last.day)
        yield f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="{anchor}">{one.day}</text>'
    yield "</svg>"


def _line(name: str, values: Sequence[tuple[date, int]], top: int, label: str, lower: int = 0) -> str:
    first, last = values[0][0], values[-1][0]
    at = [(_x(day, first, last), _y(value, top)) for day, value in values]
    path = "M" + "L".join(f"{x} {y}" for x, y in at)
    x, y = at[-1]
    return f'<path class="{name}" d="{path}"/><text x="{x + 6}" y="{y + 4 + lower}">{label} {values[-1][1]}</text>'


def _x(day: date, first: date, last: date) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / max((last - first).days, 1), 1)


def _y(value: float, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)


def _round(most: int) -> int:
    """The end of the axis: even, and not below what is drawn."""
    step = int(10 ** (len(str(most)) - 1))
    top = -(-most // step) * step
    return max(top + top % 2, 2)


def _thinned(points: Sequence[Point]) -> list[Point]:
    step = -(-len(points) // MOST_POINTS)
    return list(reversed(points[::-1][::step]))
