"""Places of the site by the names readers call them: sections, organs, subjects and other pages, for the search page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plugins.disclosure.profile import Section
from plugins.disclosure.record import Record
from plugins.portal import addresses
from plugins.portal.models import Link, NamedPlace
from plugins.portal.views.desk import Desk
from plugins.search.analyzer import skeleton, wordings_like
from plugins.search.folding import fold

OTHER_NAMES = {
    addresses.NUMBERS: ("文号", "发文字号", "文号查询"),
    addresses.COMPLETENESS: ("履职",),
    addresses.ACCESSIBILITY: ("无障碍", "大字版", "长者模式", "读屏"),
    addresses.FEEDS: ("RSS", "邮件订阅", "推送"),
    addresses.DATA: ("数据开放", "数据下载", "接口"),
}
"""What pages outside the sections are called, besides their names."""


def named_places(desk: Desk, topics: Sequence[Link], pages: Sequence[Link]) -> tuple[NamedPlace, ...]:
    """Sections first, then organs, then subjects and the other pages."""
    return (
        *(_section(desk, section) for section in desk.profile.sections),
        *(_organ(desk, organ) for organ in desk.catalog.organs),
        *(NamedPlace(Link(one.label, one.address), "主题", "", _names([one.label])) for one in topics),
        *(
            NamedPlace(one, "页面", "", _names([one.label, *OTHER_NAMES.get(one.address, ())]))
            for one in pages
        ),
    )


def _section(desk: Desk, section: Section) -> NamedPlace:
    names = _names([section.label, *section.aliases])
    return NamedPlace(desk.section_link(section), "栏目", section.description, names)


def _organ(desk: Desk, organ: Record) -> NamedPlace:
    """An organ; its names also without the city's, as people of the city say them."""
    values = organ.values
    given = [organ.title, str(values.get("short_name", "")), *map(str, values.get("aliases", ()))]
    within = [name.removeprefix(desk.site.city) for name in given]
    phone = str(values.get("office_phone", ""))
    return NamedPlace(
        desk.organ_link(organ.id), "机构", f"联系电话 {phone}" if phone else "", _names([*given, *within])
    )


def _names(names: Iterable[str]) -> str:
    """Each as search writes it, between spaces, with the other wordings of what it says."""

    def written() -> Iterator[str]:
        for name in names:
            bare = skeleton(fold(name))
            yield from (bare, *wordings_like(bare))

    return f" {' '.join(dict.fromkeys(filter(None, written())))} "
