"""What is said on the command line about a visit."""

from argparse import Namespace
from datetime import time
from pathlib import Path

import pytest

from crawler_checks.crawl.limits import AT_HOME, POLITE, RobotsMode, Window
from crawler_checks.crawl.transfer import user_agent
from crawler_checks.visit import CannotVisit, Visit, visit_of

NOTHING = {
    "keep": None,
    "hours": None,
    "rate": None,
    "robots": None,
    "contact": None,
    "outside": False,
    "checks": "all",
    "memory": None,
    "save": None,
    "rubric": None,
}
SITE = "https://www.example.gov.cn/"


def visit(target: str = SITE, **asked: object) -> Visit:
    return visit_of(Namespace(**(NOTHING | asked)), target, lambda: time(12))


def test_unless_something_is_said_manners_are_the_usual_ones() -> None:
    assert visit().manners is None
    assert visit("output") == Visit(aside=True)


def test_what_is_said_changes_the_manners_of_that_host_and_nothing_else() -> None:
    manners = visit(hours="22:00-06:00", rate=0.5, robots="report-only").manners
    assert manners is not None
    assert (manners.window, manners.requests_a_second, manners.robots) == (
        Window(time(22), time(6)),
        0.5,
        RobotsMode.REPORT,
    )
    assert (manners.connections, manners.pauses) == (POLITE.connections, POLITE.pauses)
    home = visit("http://127.0.0.1:8000/", rate=5.0).manners
    assert home is not None
    assert home.connections == AT_HOME.connections


def test_a_contact_stands_in_the_user_agent() -> None:
    manners = visit(contact="jiancha@jichuan.example").manners
    assert manners is not None
    assert manners.requests_a_second == POLITE.requests_a_second
    assert user_agent(manners.contact) == (
        "gongkai-inspector/0.1 (inspection of government websites; +jiancha@jichuan.example)"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"hours": "22-6"}, "22:00-06:00"),
        ({"rate": 0.0}, "--rate 2"),
        ({"rate": 1000.0}, "--rate 2"),
        ({"keep": Path("crawl.zip")}, ".warc.gz"),
        ({"contact": "市政府办公室"}, "--contact "),
        ({"contact": "a@b.cn\r\nX: y"}, "--contact "),
    ],
)
def test_what_makes_no_sense_is_refused_with_an_example(asked: dict[str, object], words: str) -> None:
    with pytest.raises(CannotVisit) as refused:
        visit(**asked)
    assert words in refused.value.message_zh
    assert words in refused.value.message_en


def test_a_folder_is_not_visited(tmp_path: Path) -> None:
    with pytest.raises(CannotVisit, match="只用于网址"):
        visit(str(tmp_path), rate=1.0)
