"""What a page is given: plain values, and nothing else of the catalog.

A template reads `page` (one of the classes below), `frame` (the same on every page), `root` (the way from this
page to the site's root, to be put before every address) and the filter `to_html`. All of `page` and `frame`
goes into the page's fingerprint. Addresses are relative to the site's root. Dates are text, `2026-01-31`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Value(Struct, frozen=True, array_like=True, gc=False):
    """What all values of pages are: made, compared and encoded many times faster than a dataclass."""


class Link(Value, frozen=True):
    """A name and where it leads. `count`: how many records are there, where that is shown."""

    label: str
    address: str
    count: int | None = None


class Facet(Value, frozen=True):
    """A list divided: by year, by organ. The counts of the links sum to the list's total."""

    label: str
    links: tuple[Link, ...]


class Frame(Value, frozen=True, eq=False):
    """What all pages share: who publishes, the ways in, the marks of the footer."""

    site_name: str
    city: str
    sponsor: str
    organizer: str
    base_address: str
    domain: str
    id_code: str
    icp_number: str
    police_number: str
    contact_phone: str
    contact_email: str
    contact_address: str
    hotline: str
    report_error_address: str
    portal_address: str
    columns: tuple[Link, ...]  # the four fixed columns, in order
    apply: Link
    more: tuple[Link, ...]  # sections outside the disclosure platform: news, notices, interpretations


class Head(Value, frozen=True):
    """The name and the marks of one page.

    `title` makes sense alone (in a tab, in search results); `heading` is the page's h1. `trail` is the way
    from home, without the page itself. `metas` are the government marks in their order.
    """

    address: str
    title: str
    heading: str
    description: str
    trail: tuple[Link, ...]
    metas: tuple[tuple[str, str], ...]
    current: str = ""  # address of the entry of the menu this page belongs to
    feed: str = ""  # address, without the ending, of the feed that tells what this page lists
    data: str = ""  # address of the same as JSON
    structured: str = ""  # what the page says to machines that know schema.org, as JSON-LD


class Shown(Value, frozen=True):
    """A value as readers see it. `datetime` is machine-readable where the value is a date.

    `address` leads into the site, `href` out of it: a telephone to call, a mail address, a web address.
    """

    text: str
    address: str = ""
    datetime: str = ""
    href: str = ""


class Entry(Value, frozen=True):
    """A labelled value of a record, or several."""

    key: str
    label: str
    values: tuple[Shown, ...]


class Row(Value, frozen=True):
    """A record as lists show it. `cells` are the columns its kind names, by key."""

    key: str
    address: str
    title: str
    kind: str
    kind_label: str
    issuer: str
    document_number: str
    published_on: str
    validity: str  # term id: in_force, pending, amended, expired, repealed; empty where the kind has none
    validity_label: str
    cells: Mapping[str, str]


class File(Value, frozen=True):
    """A file offered with a record."""

    title: str
    address: str
    type_label: str
    size: str
    sha256: str


class Banner(Value, frozen=True):
    """Whether a document is in force, since when (of what has expired: its last day), and what act changed that."""

    state: str
    label: str
    since: str = ""
    by: Link | None = None


class Group(Value, frozen=True):
    """Records under one name: a relation's other side, a section's newest."""

    label: str
    rows: tuple[Row, ...]
    more: Link | None = None


class ClockFace(Value, frozen=True):
    """A time limit as shown: its name, how it stands, the clause, and the days as they were counted."""

    label: str
    state: str  # in_time, late, running, overdue, estimate
    text: str
    basis: str
    days: tuple[str, ...] = ()


class Cell(Value, frozen=True):
    """A cell of a drawn table; `head` is empty, `row` or `col`."""

    text: str
    head: str = ""
    colspan: int = 1
    rowspan: int = 1


class Table(Value, frozen=True):
    """A table made from data."""

    caption: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]


class ReportPart(Value, frozen=True):
    """One part of an annual report: its heading, its text (Markdown) and its tables."""

    heading: str
    text: str
    tables: tuple[Table, ...] = ()


class FlowLine(Value, frozen=True):
    """A line of text in a box of a flow chart; `y` is its baseline. The name of the step is `strong`."""

    text: str
    y: int
    strong: bool


class FlowBox(Value, frozen=True):
    """One step of a flow chart, drawn `height` units high from `y` on."""

    y: int
    height: int
    lines: tuple[FlowLine, ...]


class Flow(Value, frozen=True):
    """A flow chart, one box below the other with `gap` units for the arrow between."""

    width: int
    height: int
    gap: int
    boxes: tuple[FlowBox, ...]


class Bar(Value, frozen=True):
    """One bar of a chart: its value as text, its length and its target in per cent of the whole width."""

    label: str
    text: str
    percent: str
    target: str = ""


class Chart(Value, frozen=True):
    """Bars with the table behind them; `columns` are the headings of that table."""

    caption: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]


class FieldTable(Value, frozen=True):
    """A table that is a field of a record. `draw` is steps, checklist, bars, or empty for rows alone; `figures` are the
    columns of numbers.
    """

    key: str
    caption: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Shown, ...], ...]
    draw: str = ""
    flow: Flow | None = None
    chart: Chart | None = None
    note: str = ""
    figures: tuple[str, ...] = ()


class LedgerPage(Value, frozen=True):
    """A page made from many records (`ledger.html`): counts, tasks, what is there and missing by year.

    `grids` are wide tables of figures, `tables` narrow ones with links.
    """

    head: Head
    intro: str
    tables: tuple[FieldTable, ...] = ()
    grids: tuple[Table, ...] = ()
    chart: Chart | None = None
    ways: tuple[Link, ...] = ()
    ways_label: str = "其他年份"


class ChecklistPage(Value, frozen=True):
    """What to bring and where to go, to be printed (`checklist.html`)."""

    head: Head
    name: str
    record: Link
    issuer: Link
    entries: tuple[Entry, ...]
    tables: tuple[FieldTable, ...]


class Stretch(Value, frozen=True):
    """Words that stayed (`same`), went (`gone`) or came (`new`)."""

    kind: str
    text: str


class ChangedField(Value, frozen=True):
    """What a change did to one field, or to one paragraph of the text (without a label)."""

    label: str
    words: tuple[Stretch, ...]


class Change(Value, frozen=True):
    """What differs between two versions, by their names and days; `unchanged` counts the paragraphs left out."""

    before: str
    after: str
    fields: tuple[ChangedField, ...]
    paragraphs: tuple[ChangedField, ...]
    unchanged: int


class VersionRow(Value, frozen=True):
    """One version in the list: its name, its day, the office's note on it, and whether that is a major change."""

    name: str
    day: str
    note: str
    major: bool


class HistoryPage(Value, frozen=True):
    """What a record was before (`history.html`): `steps` from each version to the next, newest first, `pairs` all others."""

    head: Head
    record: Link
    versions: tuple[VersionRow, ...]
    steps: tuple[Change, ...]
    pairs: tuple[Change, ...]
    left_out: int


class Column(Value, frozen=True):
    """A column of a chart, in units of the drawing; `series` says which of the compared it is, from 0."""

    x: int
    y: int
    width: int
    height: int
    text: str
    series: int


class Comparison(Value, frozen=True):
    """Figures of several years: a table, and a chart of the drawn ones. `years` are (middle in the chart, year)."""

    caption: str
    years: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    drawn: tuple[str, ...]
    columns: tuple[Column, ...]
    width: int
    height: int


class RecordPage(Value, frozen=True):
    """A record (`record.html`, or `kinds/<kind>.html` where there is one).

    `body` is Markdown; `{{ page.body | to_html(page.links, root) }}`. For an annual report with tables the
    text stands in `parts` instead.
    """

    head: Head
    key: str
    kind: str
    kind_label: str
    header: tuple[Entry, ...]
    details: tuple[Entry, ...]
    banner: Banner | None
    body: str
    links: Mapping[str, str]
    files: tuple[File, ...]
    relations: tuple[Group, ...]
    clocks: tuple[ClockFace, ...]
    source: str
    issuer: Link
    published_at: str  # 2026-01-31 or 2026-01-31 09:30
    citation: str
    previous: Link | None
    next: Link | None
    parts: tuple[ReportPart, ...] = ()
    tables: tuple[FieldTable, ...] = ()
    chart: Chart | None = None
    checklist: Link | None = None
    history: Link | None = None
    comparison: Comparison | None = None


class ListPage(Value, frozen=True):
    """A list of records (`list.html`).

    Pages are numbered from the oldest, so that a new record touches the newest page alone. Only the newest page
    knows `total`, `pages`, `older_pages`, `facets` and `duty` (what the rules ask and how the section stands
    today); on the others these are None or empty, and `newest` leads to it. `columns` are (key, label) of the cells to
    show when all rows are of one kind, `columns_of` those to name below the title of each where they are of several.
    `intro` says what belongs here.
    """

    head: Head
    intro: str
    rows: tuple[Row, ...]
    columns: tuple[tuple[str, str], ...]
    number: int
    newest: Link | None
    newer: Link | None
    older: Link | None
    total: int | None = None
    pages: int | None = None
    older_pages: tuple[Link, ...] = ()
    duty: str = ""
    facets: tuple[Facet, ...] = ()
    organ: Link | None = None
    siblings: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()
    columns_of: Mapping[str, tuple[tuple[str, str], ...]] = {}


class BranchPage(Value, frozen=True):
    """A section that only has sections below it (`branch.html`): each with its newest records."""

    head: Head
    intro: str
    children: tuple[tuple[Link, tuple[Row, ...]], ...]
    organ: Link | None = None
    siblings: tuple[Link, ...] = ()


class OrganEntry(Value, frozen=True):
    """An organ in a directory."""

    link: Link
    phone: Shown | None
    address: str
    hours: str


class OrgansPage(Value, frozen=True):
    """The directory of organs by category (`organs.html`)."""

    head: Head
    intro: str
    groups: tuple[tuple[str, tuple[OrganEntry, ...]], ...]


class ColumnEntry(Value, frozen=True):
    """One of the four columns on a portal's front: where it leads, its newest records, or that it is missing."""

    link: Link
    rows: tuple[Row, ...]
    missing: str = ""  # says what is missing and by which clause, when something is
    children: tuple[Link, ...] = ()


class Counts(Value, frozen=True):
    """How many duties stand how."""

    present: int
    missing: int
    overdue: int
    not_applicable: int


class OrganPage(Value, frozen=True):
    """An organ's own disclosure portal (`organ.html`): (机关名)政府信息公开."""

    head: Head
    name: str
    category: str
    details: tuple[Entry, ...]
    columns: tuple[ColumnEntry, ...]
    apply: Link | None
    sections: tuple[Link, ...]
    newest: tuple[Row, ...]
    counts: Counts
    completeness: Link
    facets: tuple[Facet, ...] = ()


class HomePage(Value, frozen=True):
    """The front page (`home.html`)."""

    head: Head
    columns: tuple[ColumnEntry, ...]
    newest: tuple[Group, ...]  # newest records, by section
    organs: tuple[tuple[str, tuple[Link, ...]], ...]
    topics: tuple[Link, ...]
    years: tuple[Link, ...]
    counts: Counts
    overdue: tuple[Duty, ...]
    total: int


class Duty(Value, frozen=True):
    """One organ's duty and how it stands: `state` is present, missing, overdue or not_applicable.

    `severity` of a gap: `error` where a rule that was read demands it, `warning` where it is expected.
    """

    organ: Link
    label: str
    section: Link
    state: str
    state_label: str
    newest: Link | None
    newest_on: str
    due: str
    reason: str
    basis: str
    severity: str = ""


class CompletenessPage(Value, frozen=True):
    """What is owed and what is there (`completeness.html`): for all organs, or for one with every duty.

    For all organs `open_duties` are the gaps a rule that was read demands to be closed, `expected_duties` the
    others; for one organ all its gaps are open.
    """

    head: Head
    today: str
    profile: str
    rows: tuple[tuple[Link, Counts], ...]
    open_duties: tuple[Duty, ...]
    all_duties: tuple[Duty, ...] = ()
    expected_duties: tuple[Duty, ...] = ()


class ApplyPage(Value, frozen=True):
    """依申请公开 (`apply.html`): whom to ask and how, from the guides of the organs."""

    head: Head
    intro: str
    details: tuple[Entry, ...]
    guide: Link | None
    organs: tuple[tuple[Link, str, Shown | None], ...]  # organ's way, where to apply, telephone
    forms: tuple[File, ...] = ()
    organ: Link | None = None
    siblings: tuple[Link, ...] = ()


class IndexPage(Value, frozen=True):
    """A plain index of links in groups (`index_of.html`): topics, years, the site map."""

    head: Head
    intro: str
    groups: tuple[tuple[Link, tuple[Link, ...]], ...]


class FeedLink(Value, frozen=True):
    """One feed: the page it follows, and its address without the ending."""

    page: Link
    address: str


class FeedGroup(Value, frozen=True):
    """Feeds of one sort; those of several owners stand in `parts`, one an owner."""

    label: str
    count: int
    feeds: tuple[FeedLink, ...]
    parts: tuple[tuple[str, tuple[FeedLink, ...]], ...]


class FeedsPage(Value, frozen=True):
    """The directory of feeds (`feeds.html`)."""

    head: Head
    groups: tuple[FeedGroup, ...]
    everything: Link
    calendar: Link | None


class DataSet(Value, frozen=True):
    """All records of a kind as files. `name` is where it stands on the page, `link` its list."""

    name: str
    link: Link
    summary: str
    files: tuple[Link, ...]
    schema: Link


class DataPage(Value, frozen=True):
    """What there is to take away (`data.html`)."""

    head: Head
    sets: tuple[DataSet, ...]
    others: tuple[Link, ...]
    total: int  # as the front page counts
    organ_count: int


class WithdrawnPage(Value, frozen=True):
    """In the place of a record that was taken down (`withdrawn.html`)."""

    head: Head
    removed_on: str
    reason: str
    replaced_by: Link | None


class TextPage(Value, frozen=True):
    """A page of text (`text.html`): the accessibility statement. `body` is Markdown."""

    head: Head
    body: str


class NamedPlace(Value, frozen=True):
    """A page that is asked for by name. `what` it is; `names`, as search writes them, stand between spaces."""

    link: Link
    what: str
    note: str
    names: str


class SearchPage(Value, frozen=True):
    """The search page (`search.html`). `ways` lead on without a script; `total` is how many records there are.

    `server` is the path of the server that answers; without one the page reads the index itself. `states` are the words
    for what holds of a document, by state. `places` are offered above the results when they are asked for by name.
    """

    head: Head
    ways: tuple[Link, ...]
    total: int
    states: tuple[tuple[str, str], ...]
    places: tuple[NamedPlace, ...]
    server: str = ""


class NotFoundPage(Value, frozen=True):
    """The page for addresses that lead nowhere (`not_found.html`). Its `root` is absolute."""

    head: Head
    ways: tuple[Link, ...]
