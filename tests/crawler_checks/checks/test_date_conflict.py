"""date_conflict: the tag and the reader must be told the same day."""

import pytest

from tests.crawler_checks.sites import findings_of, html

CHECK = "date_conflict"


def ask(tag: str, text: str) -> list[str]:
    head = f'<meta name="PubDate" content="{tag}">' if tag else ""
    pages = {"/": html('<a href="/a.html">甲</a>'), "/a.html": html(f"<p>{text}</p>", head=head)}
    return [finding.message_zh for finding in findings_of(CHECK, pages)]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("2026-03-01 09:30", "发布时间：2026-03-01"),
        ("2026-03-01", "发布时间：2026年2月28日 23:50"),
        ("2026-03-02", "发布时间：2026-03-01"),
        ("2026-03-01", "成文日期：2025-01-01　发布日期：2026-03-01"),
        ("2026-03-01", "更新时间：2026-08-01"),
        ("2026-03-01", "时间：2026-08-01"),
        ("2026-03-01", "正文"),
        ("", "发布时间：2026-03-01"),
        ("今天", "发布时间：2026-03-01"),
    ],
)
def test_the_same_day_or_nothing_to_compare_is_well(tag: str, text: str) -> None:
    assert ask(tag, text) == []


def test_different_days_are_a_conflict() -> None:
    assert ask("2025-06-01", "发布时间：2026-03-01") == [
        "“/a.html”标签中的发布时间是 2025-06-01，页面上写的是“发布时间：2026-03-01”。请核实后改为同一天。"
    ]
    assert ask("2026-03-03", "发布时间：2026-03-01") != []
