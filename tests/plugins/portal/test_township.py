"""A township's site: the same kinds under other sections, by its profile alone."""

from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.checking import check_content
from plugins.disclosure.completeness import judge_completeness
from plugins.portal.build import build_site

TOWNSHIP = Path(__file__).parent / "township"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("township") / "site"
    build_site(TOWNSHIP, output, TODAY, workers=1)
    return output


def test_its_content_has_no_error():
    found = check_content(TOWNSHIP, TODAY)
    assert found.catalog.profile.id == "cn-township"
    assert [problem for problem in found.problems if problem.severity == "error"] == []
    assert found.records >= 18


@pytest.mark.parametrize(
    ("section", "held"),
    [
        ("convenience", "城乡居民养老保险参保登记"),  # a guide to a service, whose usual section is not there
        ("homestead", "2026年第二季度宅基地审核结果"),
        ("land", "泉上村农村供水工程拟征收土地公告"),
        ("houses", "老街片区房屋征收补偿方案公告"),  # the same kind, in the section its editor chose
        ("safety", "暴雨橙色预警响应"),
        ("contributions", "泉上村道路硬化筹资筹劳方案"),
    ],
)
def test_records_stand_in_the_sections_of_a_township(site, section, held):
    assert held in (site / f"section/{section}.html").read_text(encoding="utf-8")


def test_sections_of_a_city_are_not_there(site):
    sections = {path.stem for path in (site / "section").glob("*.html")}
    assert {"guide", "institution", "statutory", "annual_report"} <= sections
    assert not sections & {"licensing", "services", "local_affairs", "livelihood_city"}


def test_the_standard_catalogue_is_held_against_what_its_sections_have(site):
    page = (site / "ledger/standard_item.html").read_text(encoding="utf-8")
    assert "共 1 个事项，其中 0 个" in page
    assert '<a href="../information/zj-01.html">2026-06-12 2026年第二季度宅基地审核结果</a>' in page


def test_what_a_township_owes_is_its_own_list():
    catalog = check_content(TOWNSHIP, TODAY).catalog
    judged = judge_completeness(catalog, catalog.profile, TODAY)
    states = {cell.obligation.id: cell.state for cell in judged.of_organ("qingfeng")}

    assert states["art20.02.head"] == "present"
    assert states["art21.contributions"] == "present"
    assert states["art21.homestead"] == "present"
    assert len(states) == 18
