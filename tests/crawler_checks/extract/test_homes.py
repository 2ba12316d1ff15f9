"""Start pages of many makes: the map of their sections is right, or not told, and never wrong."""

import pytest

from crawler_checks.extract.sections import State, find_sections
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import load_profile
from tests.crawler_checks.extract.homes import HOMES, Home
from tests.crawler_checks.sites import snapshot_of

HERE = {State.FOUND, State.ALIAS, State.AMBIGUOUS}


def test_there_are_thirty_makes() -> None:
    assert len({home.make for home in HOMES}) == len(HOMES) >= 30


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.make)
def test_the_map_of_sections_is_exactly_right_or_not_told(home: Home) -> None:
    found = find_sections(load_profile("cn-2019"), Site(snapshot_of(home.pages)))
    led_to = {id_: one.address for id_, one in found.items() if one.state in HERE}
    right = {id_: address for id_, address in home.leads_to.items() if address}
    assert led_to == right
    untold = {id_ for id_, address in home.leads_to.items() if address is None}
    assert {id_ for id_ in untold if found[id_].state is not State.UNVERIFIABLE} == set()
