"""What pages and data say of the period of a document: the last day, the day after."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup


@pytest.mark.parametrize(
    ("today", "word", "told", "since"),
    [
        (date(2026, 11, 22), "现行有效", "", None),
        (date(2026, 11, 23), "已经失效", "有效期至 2026-11-22。", "2026-11-23"),
    ],
)
def test_a_document_is_in_force_on_the_last_day_of_its_period(
    office, today: date, word: str, told: str, since: str | None
) -> None:
    office.policy(4, title="关于停车的通知", 失效日期="2026-11-22")
    office.build(today=today)
    page = BeautifulSoup((office.output / "policy/2025-0004.html").read_text(encoding="utf-8"), "lxml")
    data = json.loads((office.output / "policy/2025-0004.json").read_text(encoding="utf-8"))

    assert page.select_one(".banner-word").get_text(strip=True) == word
    assert told in page.select_one(".banner").get_text()
    assert data["validity"].get("since") == since


def test_either_side_of_a_repeal_is_told_which_of_the_two_it_is(office) -> None:
    office.policy(4, title="关于停车的通知", 文号="霁财发〔2025〕4号")
    office.policy(
        5, title="关于修改《停车规定》的通知", 文号="霁财发〔2025〕5号", 废止文件="霁财发〔2025〕4号"
    )
    office.build()
    old, new = (
        BeautifulSoup((office.output / f"policy/2025-000{n}.html").read_text(encoding="utf-8"), "lxml")
        for n in (4, 5)
    )

    assert [one.get_text() for one in old.select(".relation h2")] == ["废止本文件的文件"]
    assert [one.get_text() for one in new.select(".relation h2")] == ["本文件废止的文件"]
    assert old.select_one(".banner a").get_text() == "《关于修改〈停车规定〉的通知》（霁财发〔2025〕5号）"
    assert old.select_one(".banner a")["href"] == "../policy/2025-0005.html"
