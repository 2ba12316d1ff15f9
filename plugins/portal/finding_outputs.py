"""What helps programs find their way in, among the outputs."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.manifest.finding import Entrance, Guide, SearchAddress, llms, opensearch, robots
from plugins.portal import addresses
from plugins.portal.plan import Output
from plugins.portal.renderer import function_output
from plugins.portal.views.desk import Desk

MOST_DESCRIPTION = 1024


def finding_outputs(desk: Desk) -> Iterator[Output]:
    """robots.txt, llms.txt and the description of the search."""
    site, base = desk.site, desk.site.base_address
    search = SearchAddress(
        site.name,
        site.description[:MOST_DESCRIPTION],
        f"{base}{addresses.SEARCH}?q={{searchTerms}}",
        f"{base}{addresses.STATIC}/icon.svg",
    )
    yield function_output(addresses.ROBOTS, robots, base + addresses.SITE_MAP_XML)
    yield function_output(addresses.LLMS, llms, _guide(desk))
    yield function_output(addresses.OPENSEARCH, opensearch, search)


def _guide(desk: Desk) -> Guide:
    base = desk.site.base_address
    top = [section for section in desk.profile.sections if section.parent is None]
    sections = [Entrance(s.label, base + addresses.section(s.id), s.description) for s in top]
    machine = [
        Entrance("接口入口", base + addresses.API_INDEX, "各类信息的列表和文件，JSON"),
        Entrance("接口说明", base + addresses.OPENAPI, "OpenAPI 3.1"),
        Entrance(
            "开放数据",
            base + addresses.DATA,
            "CSV、Excel、NDJSON；每条信息的网址把 .html 换成 .json 就是它的数据",
        ),
        Entrance("订阅", base + addresses.FEEDS, "Atom、RSS、JSON Feed"),
        Entrance("最近的变动", f"{base}{addresses.CHANGES_FEED}.json", "新发布、修改、废止、失效"),
        Entrance("履职情况", base + addresses.COMPLETENESS, "各机关应公开的事项公开了没有"),
    ]
    others = [
        Entrance("网站地图", base + addresses.SITE_MAP),
        Entrance("按主题查阅", base + addresses.TOPICS),
        Entrance("按年份查阅", base + addresses.YEARS),
    ]
    return Guide(
        desk.site.name, desk.site.description, [("栏目", sections), ("给程序", machine), ("其他", others)]
    )
