"""What comes out of the printer is an official document: read from the PDF that the browser makes of it."""

import io
import re
import unicodedata
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

pytestmark = pytest.mark.browser

KINDS = ("policy", "service", "annual_report")
LEFT_AND_RIGHT = 22 / 25.4 * 72
"""The margin the stylesheet asks for, in points."""
ROUNDING = 2


# Fonts draw a radical and the character alike, and a PDF may name either. NFKC folds the rest of them.
RADICALS = "⺠民⻚页⻓长⻅见⻉贝⻋车⻔门⻛风⻜飞⻢马⻥鱼⻦鸟⻬齐⻰龙⻮齿⻳龟⻄西⻘青⻝食⻙韦⻨麦⻩黄⻆角⺟母⻣骨⻤鬼⻁虎戶户"
ONE_SHAPE = {ord(RADICALS[place]): RADICALS[place + 1] for place in range(0, len(RADICALS), 2)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed page: its words without blanks, and where in points from the left each piece of text begins."""

    text: str
    begins: tuple[float, ...]
    width: float


def squeezed(text: str) -> str:
    """Without blanks, which a PDF does not keep, and with the characters whose shapes a font shares told alike."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(ONE_SHAPE))


def printed(page: Page) -> list[Paper]:
    """The page as the browser prints it, sheet by sheet."""
    sheets = []
    for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages:
        begins: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], *_: object, into: list[float] = begins) -> None:
            if text.strip():
                into.append(tm[4] * cm[0] + cm[4])

        text = squeezed(sheet.extract_text(visitor_text=note))
        sheets.append(Paper(text, tuple(begins), float(sheet.mediabox.width)))
    return sheets


def cut_rows(rows: list[list[str]], sheets: list[Paper]) -> list[list[str]]:
    """The rows of which no sheet has everything. Words and numbers are sought one by one: a PDF may mix their order."""
    pieces = [[piece for cell in row for piece in re.findall(r"[一-鿿]+|\d+", cell)] for row in rows]
    return [
        row
        for row, wanted in zip(rows, pieces, strict=True)
        if not any(all(piece in sheet.text for piece in wanted) for sheet in sheets)
    ]


@pytest.fixture(scope="module")
def longest(example_site) -> dict[str, str]:
    """For each kind the address of its longest page: the one with most to go wrong."""
    found = {}
    for kind in KINDS:
        pages = list((example_site.folder / kind).glob("*.html"))
        assert pages, f"no pages of {kind}"
        found[kind] = f"{kind}/{max(pages, key=lambda page: (page.stat().st_size, page.name)).name}"
    return found


@pytest.fixture(scope="module", params=KINDS)
def document(request, longest, browser: Browser, site_address: str):
    """A record's page, its sheets, and the rows of its tables as the page has them."""
    page = browser.new_page(locale="zh-CN")
    page.goto(site_address + longest[request.param])
    rows = page.eval_on_selector_all(
        "article tbody tr, article .header-table .entry",
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent))",
    )
    yield request.param, page, printed(page), [[squeezed(cell) for cell in row] for row in rows]
    page.close()


def test_the_first_sheet_says_what_it_is_and_who_issued_it(document) -> None:
    kind, page, sheets, _ = document
    title = squeezed(page.locator("h1").inner_text())
    issuer = squeezed(page.locator(".print-head").text_content())

    assert title in sheets[0].text
    assert issuer in sheets[0].text
    if kind == "policy":
        assert sheets[0].text.index(issuer) < sheets[0].text.index(title)


def test_every_sheet_is_a4_and_carries_its_number(document) -> None:
    _, _, sheets, _ = document

    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert sheet.width == pytest.approx(595.3, abs=1)
        assert f"—{number}—" in sheet.text


def test_no_row_of_a_table_is_cut_by_the_end_of_a_sheet(document) -> None:
    _, _, sheets, rows = document

    assert len(rows) > 3
    assert cut_rows(rows, sheets) == []


def test_nothing_runs_off_the_side_of_the_paper(document) -> None:
    _, _, sheets, _ = document

    outside = [
        x
        for sheet in sheets
        for x in sheet.begins
        if not LEFT_AND_RIGHT - ROUNDING <= x <= sheet.width - LEFT_AND_RIGHT
    ]

    assert outside == []


def test_the_last_sheet_says_where_the_page_is(document) -> None:
    _, page, sheets, _ = document

    assert squeezed(page.locator(".record-address").text_content()) in sheets[-1].text


@pytest.mark.parametrize(
    ("state", "told"), [("repealed", "本文件已经废止，仅供查考"), ("expired", "本文件已经失效，仅供查考")]
)
def test_every_sheet_of_what_no_longer_holds_says_so(
    state: str, told: str, example_site, browser: Browser, site_address: str
) -> None:
    pages = [
        page
        for page in example_site.folder.glob("policy/*.html")
        if f'class="banner banner-{state}"' in page.read_text(encoding="utf-8")
    ]
    longest = max(pages, key=lambda page: (page.stat().st_size, page.name))
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{site_address}policy/{longest.name}")

    sheets = printed(page)
    page.close()

    assert len(sheets) > 1
    assert all(squeezed(told) in sheet.text for sheet in sheets)


def test_what_is_in_force_is_printed_without_such_a_line(document) -> None:
    _, _, sheets, _ = document

    assert not any("仅供查考" in sheet.text for sheet in sheets)


def test_a_row_that_is_cut_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    cells = [f"甲{'一二三四五六七八九十' * 400}", "乙"]
    page.set_content(f"<table><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>")

    sheets = printed(page)
    page.close()

    assert len(sheets) > 1
    assert cut_rows([cells, ["乙"]], sheets) == [cells]


def test_a_table_that_is_too_wide_for_the_paper_is_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<style>@page{size:A4}</style><table><tr>" + "<td>一二三四五六七八九十" * 20)

    sheets = printed(page)
    page.close()

    assert [x for x in sheets[0].begins if x > sheets[0].width - LEFT_AND_RIGHT]
