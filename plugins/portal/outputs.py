"""The table of everything the site consists of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.disclosure.rules.bodies import used_attachments
from plugins.manifest.manifest import Manifest, manifest_json
from plugins.manifest.moved import headers_file, nginx_maps, nginx_server, redirects_file
from plugins.manifest.sitemap import MOST_ADDRESSES, Place, index, urlset
from plugins.opendata.json_files import as_json
from plugins.portal import addresses
from plugins.portal.data_outputs import data_outputs
from plugins.portal.feed_outputs import feed_outputs
from plugins.portal.finding_outputs import finding_outputs
from plugins.portal.plan import Later, Output
from plugins.portal.record_outputs import record_outputs
from plugins.portal.renderer import Renderer, copy_output, function_output
from plugins.portal.scripts import packed_script
from plugins.portal.settings import PARTS
from plugins.portal.store import Entry
from plugins.portal.views import facets, fronts, indexes, ledgers, lists, withdrawn
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.named_places import named_places
from plugins.portal.views.revisions import changed_on
from plugins.portal.views.searching import numbered, numbers_page, search_page, years_of_numbers


def all_outputs(
    desk: Desk, renderer: Renderer, content: Path, theme: Path, parts: frozenset[str] = PARTS
) -> Iterator[Output]:
    """Every file of the site but those that are made from the others, and the search index."""
    board = Board(desk)
    of_records = [*record_outputs(desk, renderer, board, parts)]
    yield from of_records
    yield from other_outputs(desk, renderer, board, (content, theme), parts, of_records)


def other_outputs(
    desk: Desk,
    renderer: Renderer,
    board: Board,
    folders: tuple[Path, Path],
    parts: frozenset[str],
    of_records: Sequence[Output],
) -> Iterator[Output]:
    """All else of `all_outputs`. `folders` are those of content and theme."""
    listings: list[lists.Listing] = []
    pages = [*_pages(desk, renderer, board, listings)]
    if "feeds" in parts:
        pages += feed_outputs(desk, board, renderer, listings)
    if "data" in parts:
        pages += data_outputs(desk, renderer)
    yield from pages
    yield from _copies(desk, *folders)
    if "service" in parts:
        yield from _for_servers(desk, renderer)
        yield from finding_outputs(desk)
    if "sitemap" in parts:
        yield from _sitemaps(desk, [*of_records, *pages])


def manifest_output(desk: Desk, keys: Sequence[str], entries: dict[str, Entry]) -> Output:
    """The manifest of all other files; `keys` are those of the records."""
    files = {
        address: entry.sha256.hex() for address, entry in entries.items() if address != addresses.MANIFEST
    }
    data = {key: addresses.record_data(key) for key in keys}
    published = {key: files[address] for key, address in data.items() if address in files}
    inputs = Manifest(
        desk.site.name, desk.catalog.today.isoformat(), desk.profile.id, len(keys), files, published
    )
    return function_output(addresses.MANIFEST, manifest_json, inputs)


def _pages(desk: Desk, renderer: Renderer, board: Board, listings: list[lists.Listing]) -> Iterator[Output]:
    """All pages but those of records; the lists among them are noted in `listings`."""
    by_topic, by_year = indexes.records_by_topic(desk), desk.by_year
    topics, years = indexes.topic_links(desk, by_topic), indexes.year_links(by_year)

    def page(template: str, inputs: Any) -> Output:
        return renderer.output(inputs.head.address, template, inputs)

    def listing(found: lists.Listing) -> Iterator[Output]:
        found = replace(found, columns=lists.columns_of(desk, found.records))
        listings.append(found)
        for number, address in lists.numbered_pages(found):
            yield renderer.output(address, "list.html", Later(lists.list_page, (desk, found, number)))

    top_level = [link for link, _ in topics]
    yield page("home.html", fronts.home_page(desk, top_level, years, board.counts(), board.overdue()))
    for section in desk.profile.sections:
        yield from _section(desk, section, page, listing)
    for organ in desk.catalog.organs:
        yield page(
            "organ.html",
            fronts.organ_page(desk, organ, board.counts(organ.id), board.open_by_section(organ.id)),
        )
        for found in facets.organ_year_lists(desk, organ):
            yield from listing(found)
        yield page("completeness.html", board.organ_page(organ))
        yield from _organ_sections(desk, organ, page, listing)
        if (tasks := ledgers.tasks_page(desk, organ)) is not None:
            yield page("ledger.html", tasks)
    for topic_id, records in by_topic.items():
        yield from listing(lists.topic_listing(desk, topic_id, records))
    for year, records in by_year.items():
        by_section = facets.year_facets(desk, year, records)
        yield from listing(replace(lists.year_listing(desk, year, records), facets=by_section))
    for found in facets.kind_lists(desk):
        yield from listing(found)
    yield from (page("ledger.html", inputs) for inputs in ledgers.ledger_pages(desk))
    yield page("completeness.html", board.site_page())
    yield function_output(addresses.COMPLETENESS_DATA, _json, board.data())
    yield page("index_of.html", indexes.topics_page(desk, topics))
    yield page("index_of.html", indexes.years_page(desk, years))
    by_number = numbered(desk)
    yield page("index_of.html", years_of_numbers(desk, by_number))
    for year, records in by_number.items():
        later = Later(numbers_page, (desk, year, records))
        yield renderer.output(addresses.numbers_of(year), "index_of.html", later)
    places = named_places(desk, top_level, indexes.other_pages())
    yield page("search.html", search_page(desk, indexes.ways_in(), places))
    yield page("index_of.html", facets.kinds_page(desk))
    yield page("index_of.html", indexes.site_map(desk, topics, years))
    yield page("text.html", indexes.accessibility_page(desk))
    yield page("text.html", indexes.inspection_page(desk))
    yield page("not_found.html", indexes.not_found_page(desk, renderer.frame))


def _section(desk: Desk, section: Section, page: Any, listing: Any) -> Iterator[Output]:
    """A section of the whole portal: a list, a branch, the organs, or the way to apply."""
    if section.id == "apply":
        yield page("apply.html", fronts.apply_page(desk, section))
    elif "organ" in section.kinds:
        yield page("organs.html", fronts.organs_page(desk, section))
    elif desk.profile.children(section.id):
        yield page("branch.html", lists.branch_page(desk, section))
    else:
        found = lists.section_listing(desk, section)
        yield from listing(replace(found, facets=facets.section_facets(desk, section)))
    for narrower in facets.section_lists(desk, section):
        yield from listing(narrower)


def _organ_sections(desk: Desk, organ: Record, page: Any, listing: Any) -> Iterator[Output]:
    """An organ's sections, where they hold something."""
    siblings = fronts.organ_sections(desk, organ)
    for section in desk.profile.sections:
        children = desk.profile.children(section.id)
        own = desk.by_organ_and_section.get((organ.id, section.id))
        if own:
            yield from listing(lists.organ_section_listing(desk, organ, section, siblings))
        elif any(desk.by_organ_and_section.get((organ.id, child.id)) for child in children):
            yield page("branch.html", lists.organ_branch_page(desk, organ, section, siblings))
    guide, apply = fronts.guide_of(desk, organ.id), desk.profile.section("apply")
    if guide is not None and apply is not None:
        yield page("apply.html", fronts.organ_apply_page(desk, organ, guide, apply))


def _copies(desk: Desk, content: Path, theme: Path) -> Iterator[Output]:
    """The theme's static files, and every attachment a record offers or a body shows."""
    static = theme / "static"
    for path in sorted(static.rglob("*")):
        address = f"{addresses.STATIC}/{path.relative_to(static).as_posix()}"
        if path.suffix == ".js":
            yield function_output(address, packed_script, path.read_text(encoding="utf-8"))
        elif path.suffix == ".css":
            yield function_output(address, _packed_style, path.read_text(encoding="utf-8"))
        elif path.is_file():
            yield copy_output(address, path, sha256(path.read_bytes()).hexdigest())
    used = used_attachments(desk.catalog)
    for file in desk.catalog.attachments.values():
        if file.file not in used:
            continue
        yield copy_output(addresses.attachment(file.file), content / "attachments" / file.file, file.sha256)


def _for_servers(desk: Desk, renderer: Renderer) -> Iterator[Output]:
    """What stands in the place of records taken down, and what web servers are told of it."""
    for stone in withdrawn.tombstones(desk):
        page = withdrawn.withdrawn_page(desk, stone)
        yield renderer.output(page.head.address, "withdrawn.html", page)
        yield function_output(
            addresses.record_data(stone.key), as_json, withdrawn.withdrawn_data(desk, stone)
        )
    moves = withdrawn.moves(desk)
    yield function_output(addresses.NGINX_MAPS, nginx_maps, moves)
    yield function_output(addresses.NGINX_SERVER, nginx_server, moves)
    yield function_output(addresses.REDIRECTS, redirects_file, moves)
    yield function_output(addresses.HEADERS, headers_file, desk.site.prefix)


def _sitemaps(desk: Desk, pages: Sequence[Output]) -> Iterator[Output]:
    wanted = sorted(
        page.address
        for page in pages
        if page.address.endswith(".html") and page.address != addresses.NOT_FOUND
    )
    if len(wanted) <= MOST_ADDRESSES:
        yield function_output(addresses.SITE_MAP_XML, urlset, Later(_places, (desk, wanted)))
        return
    parts = [wanted[start : start + MOST_ADDRESSES] for start in range(0, len(wanted), MOST_ADDRESSES)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield function_output(name, urlset, Later(_places, (desk, part)))
    yield function_output(addresses.SITE_MAP_XML, index, Later(_newest_places, (desk, names, parts)))


def _places(desk: Desk, wanted: Sequence[str]) -> list[Place]:
    """Pages with the day on which their records last changed."""
    found = []
    for address in wanted:
        record = desk.catalog.get(address.removesuffix(".html"))
        listed = record is not None and record.kind != "organ"
        changed = changed_on(desk, record).isoformat() if record is not None and listed else ""
        found.append(Place(desk.site.base_address + address, changed))
    return found


def _newest_places(desk: Desk, names: Sequence[str], parts: Sequence[Sequence[str]]) -> list[Place]:
    base = desk.site.base_address
    return [
        Place(base + name, max(place.changed_on for place in _places(desk, part)))
        for name, part in zip(names, parts, strict=True)
    ]


def _packed_style(style: str) -> bytes:
    """A stylesheet of ours without comments, indentation and line ends; nothing inside a line is touched."""
    lines = map(str.strip, re.sub(r"/\*.*?\*/", "", style, flags=re.S).splitlines())
    return (" ".join(line for line in lines if line) + "\n").encode()


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
