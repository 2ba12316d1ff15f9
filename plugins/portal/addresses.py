"""Addresses: the only place that builds one.

Every page is a plain file, so the site needs no directory index and works under any path prefix. Addresses are
relative to the site's root and come from ids, never from titles. Between pages they are written relative
(`root_of(here) + address`).
"""

from __future__ import annotations

from urllib.parse import quote

HOME = "index.html"
NOT_FOUND = "404.html"
COMPLETENESS = "completeness.html"
COMPLETENESS_DATA = "data/completeness.json"
SITE_MAP = "sitemap.html"
SITE_MAP_XML = "sitemap.xml"
ACCESSIBILITY = "accessibility.html"
TOPICS = "topics.html"
YEARS = "years.html"
NUMBERS = "numbers.html"
SEARCH = "search.html"
SEARCH_INDEX = "search"
KINDS = "kinds.html"
FEEDS = "feeds.html"
SITE_FEED = "feeds/site"
CHANGES_FEED = "feeds/changes"
CLOSING_FEED = "feeds/closing"
DUE_FEED = "feeds/due"
CALENDAR = "feeds/days.ics"
OPML = "feeds/all.opml"
DATA = "data.html"
DATA_PACKAGE = "data/datapackage.json"
CATALOGUE_JSON = "data/catalogue.jsonld"
CATALOGUE_TURTLE = "data/catalogue.ttl"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
OPENSEARCH = "opensearch.xml"
NGINX_MAPS = "server/nginx-maps.conf"
NGINX_SERVER = "server/nginx-server.conf"
REDIRECTS = "_redirects"
HEADERS = "_headers"
API_INDEX = "api/index.json"
OPENAPI = "api/openapi.json"
INSPECTION = "inspection.html"
MANIFEST = "manifest.json"
STATIC = "static"


def record(key: str) -> str:
    """A record's own page; an organ's page is its portal."""
    return f"{key}.html"


def history(key: str) -> str:
    """The page that says what a record was before."""
    return f"history/{key}.html"


def checklist(key: str) -> str:
    """The page of a record that is made to be printed and handed over."""
    return f"checklist/{key}.html"


def ledger(id_: str) -> str:
    """A page made from many records: counts, what is missing by year."""
    return f"ledger/{id_}.html"


def organ_domain(id_: str, domain: str) -> str:
    """A domain of the standard catalogue of a county or township, with its items and their records."""
    return f"organ/{id_}/domain/{domain.replace('_', '-')}.html"


def organ_tasks(id_: str) -> str:
    """The tasks an organ leads or shares."""
    return f"organ/{id_}/tasks.html"


def section(id_: str) -> str:
    """A section's newest list page."""
    return f"section/{id_}.html"


def organ(id_: str) -> str:
    """An organ's portal."""
    return f"organ/{id_}.html"


def organ_section(organ_id: str, section_id: str) -> str:
    """An organ's own section."""
    return f"organ/{organ_id}/{section_id}.html"


def organ_completeness(organ_id: str) -> str:
    """What one organ owes and what of it is there."""
    return f"organ/{organ_id}/completeness.html"


def topic(id_: str) -> str:
    """All records on a subject."""
    return f"topic/{id_}.html"


def year(number: int) -> str:
    """All records published in a year."""
    return f"year/{number}.html"


def numbers_of(year: int) -> str:
    """The 文号 of a year."""
    return f"number/{year}.html"


def kind(id_: str) -> str:
    """All records of a kind, where they are not one section."""
    return f"kind/{id_}.html"


def within_year(page: str, year: int) -> str:
    """One year of what a section's or an organ's page stands for."""
    return f"{page.removesuffix('.html')}/year-{year}.html"


def within_kind(page: str, kind: str) -> str:
    """One kind of the records of a section that holds several."""
    return f"{page.removesuffix('.html')}/kind-{kind}.html"


def within_value(page: str, key: str, term: str) -> str:
    """The records of a section that have one term of a choice."""
    return f"{page.removesuffix('.html')}/{key}-{term}.html"


def standing(page: str, name: str) -> str:
    """A section's documents that are `in-force`, or that have `ended`."""
    return f"{page.removesuffix('.html')}/{name}.html"


def older(newest: str, number: int) -> str:
    """Page `number` of a list, counted from the oldest, beside its newest page `section/policy.html`."""
    return f"{newest.removesuffix('.html')}/page-{number}.html"


def attachment(file: str) -> str:
    """A file offered with a record."""
    return f"attachments/{file}"


def feed_of(page: str) -> str:
    """The feed of a list, an organ or a section, by the address of its page; the ending says the format."""
    return f"feeds/{page.removesuffix('.html')}"


def kind_feed(id_: str) -> str:
    """The feed of all records of a kind."""
    return f"feeds/kind/{id_}"


def record_data(key: str) -> str:
    """A record as JSON, beside its page."""
    return f"{key}.json"


def data_file(kind: str, ending: str) -> str:
    """All records of a kind in one file."""
    return f"data/{kind}.{ending}"


def record_schema(kind: str) -> str:
    """What the JSON of a kind's records is like."""
    return f"data/schema/{kind}.json"


def api_list(kind: str) -> str:
    """The list of a kind's records for programs, newest page."""
    return f"api/kinds/{kind}.json"


def older_api_list(kind: str, number: int | str) -> str:
    """An older page of it, counted from the oldest."""
    return f"api/kinds/{kind}/page-{number}.json"


def quoted(file: str) -> str:
    """A path as an absolute address has it: what is not a plain sign is written in per cent."""
    return quote(file)


def root_of(address: str) -> str:
    """The way from a page back to the site's root: empty, `../`, `../../`."""
    return "../" * address.count("/")
