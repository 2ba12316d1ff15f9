"""What the tree of a page says, apart from what stands in its holes: the frame into which the runs of a page fit.

Pages of one template differ in what stands in their holes. The rest is the same text, is given to the parser twice, and
then remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler_checks.extract.annual_report import ReportFacts, read_report, report_year
from crawler_checks.extract.barriers import Barriers, barriers_of
from crawler_checks.extract.concealment import concealed_anchors
from crawler_checks.extract.facts import Concealed
from crawler_checks.extract.holes import ReadWhole, number_in
from crawler_checks.extract.link_maker import LinkMaker
from crawler_checks.extract.names import title_parts
from crawler_checks.extract.nesting import within_depth
from crawler_checks.extract.page_pass import Hole, PagePass
from crawler_checks.extract.page_text import TextReader, plain_label
from crawler_checks.extract.runs import NOTHING, Stretch
from crawler_checks.extract.script_tricks import ScriptTrick
from plugins.disclosure.page_labels import load_page_labels

CELLS = frozenset(("td", "th", "dt"))
NO_LABELS: frozenset[str] = frozenset()
INVISIBLE = ["script", "style", "noscript", "template"]


class Frame(Struct, eq=False, gc=False):
    """What a page with holes says. There is one stretch more than there are holes, `NOTHING` where none is; `shown` are
    the holes whose lines are part of the text. `is_local`: it says so of one page only."""

    stretches: list[Stretch]
    holes: list[Hole]
    shown: frozenset[int]
    is_local: bool
    is_cut: bool
    has_style: bool
    language: str | None
    empty_lists: frozenset[str]
    entry_lists: frozenset[str]
    controls: int
    has_scripts: bool
    writes_by_script: bool
    tricks: tuple[ScriptTrick, ...]
    cell_labels: frozenset[str]
    empty_labels: frozenset[str]
    barriers: Barriers
    concealed: tuple[Concealed, ...]
    report: ReportFacts | None


def read_frame(
    html: str, count: int, address: str, charset: str, maker: LinkMaker, texts: TextReader
) -> Frame:
    """The frame of a page, or of what is left of it around so many holes. Raises ReadWhole."""
    html, is_cut = within_depth(html)
    tree = LexborHTMLParser(html)
    pass_ = PagePass(maker, address, charset, count)
    pass_.over(tree)
    cell_labels, empty_labels = (NO_LABELS, NO_LABELS) if CELLS.isdisjoint(pass_.tags) else _cell_labels(tree)
    hidden = concealed_anchors(tree) if pass_.names_hosts else ()
    concealed = tuple(Concealed(pass_.link_of(anchor), trick.value) for anchor, trick in hidden)
    barriers = barriers_of(tree, pass_.tags)
    tree.strip_tags(INVISIBLE)
    lines = _lines(tree.body)
    stretches = _stretches(pass_)
    shown = _share_out(lines, stretches, texts) if count else frozenset[int]()
    if not count:
        stretches[0].text = texts.text(lines)
    return Frame(
        [NOTHING if one.is_empty else one for one in stretches],
        pass_.holes,
        shown,
        pass_.is_local,
        is_cut,
        "style" in pass_.tags,
        pass_.language,
        frozenset(pass_.empty_lists),
        frozenset(pass_.entry_lists),
        pass_.controls,
        pass_.has_scripts,
        pass_.writes_by_script,
        tuple(pass_.tricks),
        cell_labels,
        empty_labels,
        barriers,
        concealed,
        _report(pass_, tree, lines) if not count else None,
    )


def _stretches(page: PagePass) -> list[Stretch]:
    """What was gathered before, between and behind the holes."""
    end = Hole(
        len(page.links), len(page.titles), len(page.headings), len(page.metas), len(page.images_without_text)
    )
    stretches = [
        Stretch(
            links=page.links[first.links : last.links],
            headings=page.headings[first.headings : last.headings],
            metas=page.metas[first.metas : last.metas],
            items=[item for number, item in page.items if first.titles <= number < last.titles],
            pictures=page.images_without_text[first.pictures : last.pictures],
        )
        for first, last in pairwise([Hole(), *page.holes, end])
    ]
    stretches[0].anchors = sorted(page.anchors)
    stretches[page.holes_before_title].title = page.title
    return stretches


def _share_out(lines: Sequence[str], stretches: Sequence[Stretch], texts: TextReader) -> frozenset[int]:
    """Give stretches their lines of text, and tell which holes are among them. Raises ReadWhole."""
    shown: list[int] = []
    own: list[str] = []
    at = 0
    for line in lines:
        number = number_in(line)
        if number is None:
            own.append(line)
            continue
        if number < at:
            raise ReadWhole
        stretches[at].text = texts.text(own)
        own, at = [], number + 1
        shown.append(number)
    stretches[at].text = texts.text(own)
    return frozenset(shown)


def _cell_labels(tree: LexborHTMLParser) -> tuple[frozenset[str], frozenset[str]]:
    """The labels that stand in a cell of a table or of a list of definitions with a cell beside them; and those whose
    cell is empty for certain."""
    by_word = load_page_labels().by_word
    found: set[str] = set()
    empty: set[str] = set()
    for node in tree.css("td, th, dt"):
        labels = by_word.get(plain_label(node.text())) if node.next is not None else None
        beside = _next_element(node) if labels else None
        if labels and beside is not None and beside.tag in ("td", "dd"):
            found.update(labels)
            if _is_empty(beside):
                empty.update(labels)
    return frozenset(found), frozenset(empty)


def _is_empty(cell: LexborNode) -> bool:
    holds = "img, a, input, iframe, embed, object"
    return not cell.text(strip=True) and cell.css_first(holds) is None


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following


def _report(page: PagePass, tree: LexborHTMLParser, lines: list[str]) -> ReportFacts | None:
    titles = [text for name, text in page.metas if name == "articletitle"][:1]
    year = report_year(*(titles or [""]), *page.headings[:2], *title_parts(page.title)[:1])
    if year is None:
        return None
    return read_report(year, tree, lines)


def _lines(body: LexborNode | None) -> list[str]:
    """The lines of visible text."""
    text = body.text(separator="\n") if body else ""
    return [plain for line in text.splitlines() if (plain := " ".join(line.split()))]
