"""What is said of many sections alike is shown once, and lost nowhere."""

from dataclasses import replace

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.reports.alike import brought_together, by_object, others_in_words, places_in_words

ONE = Finding(
    "section_missing", Outcome.UNKNOWN, "/", "not_every_organ", "news", "无法判断", "Not judged", "依据"
)
LABELS = {"news": "政务动态", "plans": "规划计划", "budget": "财政预决算"}
MANY = [replace(ONE, section=section) for section in LABELS]


def test_three_sections_of_one_state_are_one_line_with_the_others_named() -> None:
    [(shown, others)] = brought_together(MANY, LABELS)
    assert shown.section == "news"
    assert others == ("规划计划", "财政预决算")
    assert others_in_words(others) == "另有 2 个栏目同样情况：规划计划、财政预决算。"


def test_two_sections_another_reason_and_what_fails_stand_by_themselves() -> None:
    assert len(brought_together(MANY[:2], LABELS)) == 2
    assert len(brought_together([*MANY, replace(ONE, object="similar")], LABELS)) == 2
    failing = [replace(one, outcome=Outcome.FAIL) for one in MANY]
    assert len(brought_together(failing, LABELS)) == 3
    pages = [replace(ONE, section=None, place=f"/{n}.html") for n in range(3)]
    assert len(brought_together(pages, LABELS)) == 3


def test_one_dead_page_that_many_link_to_is_one_thing_to_mend():
    links = [
        replace(ONE, section=None, object="/gone.html", place=f"/{n}.html", outcome=Outcome.FAIL)
        for n in range(8)
    ]
    another = replace(links[0], object="/other.html", place="/a.html")

    [(first, places), (alone, none)] = by_object([*links, another])

    assert (first, alone, none) == (links[0], another, ())
    assert places_in_words(places) == "另有 7 处同样：/1.html、/2.html、/3.html、/4.html、/5.html 等。"
    assert len(by_object(links[:2])) == 2
