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
