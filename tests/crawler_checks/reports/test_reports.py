"""The reports: complete, escaped, and the same for the same result."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.checks.registry import CHECKS
from crawler_checks.ledger.terms import SHIPPED, load_terms
from crawler_checks.reports.html_report import html_report
from crawler_checks.reports.json_report import as_data, json_report
from crawler_checks.reports.result import InspectionResult, SectionState
from crawler_checks.reports.text_report import text_report

EVIL = '</script><script>alert("1")</script>\x1b[2J<img src=x onerror=alert(1)>'


def finding(
    check: str = "link_broken", outcome: Outcome = Outcome.FAIL, place: str = "/a.html", **more: str
) -> Finding:
    values = {
        "object": "/gone.html",
        "section": None,
        "message_zh": "链接失效。",
        "message_en": "Broken.",
        "basis": "甲",
    }
    return Finding(check, outcome, place, **(values | more))  # type: ignore[arg-type]


def result(
    *findings: Finding, base: str = "", partial: bool = False, target: str = "output"
) -> InspectionResult:
    sections = (
        SectionState("guide", "政府信息公开指南", "found", "/guide.html", date(2026, 3, 1), 2),
        SectionState("policy", "政策文件", "elsewhere", "http://other.example/", None, 0),
        SectionState("news", "政务动态", "missing", None, None, 0),
    )
    return InspectionResult(
        target,
        "site.example/",
        base,
        date(2026, 11, 22),
        "cn-2019",
        "条例",
        12,
        34,
        partial,
        findings,
        sections,
        CHECKS,
    )


class Reader(HTMLParser):
    """Notes the elements and links of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(report: str) -> Reader:
    reader = Reader()
    reader.feed(report)
    return reader


def test_the_json_has_the_keys_of_the_contract_and_no_others() -> None:
    data = json.loads(json_report(result(finding())))
    assert list(data) == [
        "version", "target", "today", "profile", "pages", "partial", "findings", "sections", "checked", "ledger", "score",
    ]  # fmt: skip
    assert data["findings"] == [
        {
            "check": "link_broken",
            "outcome": "fail",
            "place": "/a.html",
            "object": "/gone.html",
            "section": None,
            "source_line": None,
            "message_zh": "链接失效。",
            "message_en": "Broken.",
            "basis": "甲",
            "fingerprint": finding().fingerprint("site.example/"),
            "first_seen": None,
            "due": None,
            "state": None,
            "evidence": None,
        }
    ]
    assert data["sections"][0] == {
        "id": "guide", "state": "found", "address": "/guide.html", "newest": "2026-03-01", "count": 2,
    }  # fmt: skip
    assert (data["version"], data["target"], data["today"], data["profile"]) == (
        1,
        "output",
        "2026-11-22",
        "cn-2019",
    )
    assert (data["pages"], data["partial"], data["score"]) == (12, False, None)


def test_a_fingerprint_tells_faults_apart_and_not_their_words() -> None:
    same = finding(message_zh="别的话", message_en="other words", basis="乙")
    assert same.fingerprint("s") == finding().fingerprint("s")
    others = [
        finding(place="/b.html"), finding(object="/other.html"), finding(check="soft_404"), finding(section="news"),
    ]  # fmt: skip
    prints = {one.fingerprint("s") for one in (finding(), *others)} | {finding().fingerprint("t")}
    assert len(prints) == 6


def test_the_text_says_what_fails_what_is_unknown_and_how_much_was_seen() -> None:
    text = text_report(
        result(finding(), finding("page_unreachable", Outcome.UNKNOWN, "/b.html"), partial=True)
    )
    assert "不合格 / failing：1" in text
    assert "【一般 / ordinary】链接失效 / Broken link [link_broken]：1" in text
    assert "无法判断，不计入结论 / could not be told, counted neither way：1" in text
    assert "依据 / basis：甲" in text
    assert "结论不完整" in text
    assert text.splitlines()[-2].endswith("读了 12 页，不合格 1 项（一般 1），无法判断 1 项")


def test_for_who_reads_chinese_findings_are_said_once() -> None:
    in_both, once = text_report(result(finding())), text_report(result(finding()), in_english_too=False)

    assert "    链接失效。\n    Broken.\n" in in_both
    assert "    链接失效。\n" in once
    assert re.search("Broken|failing|basis|inspected", once) is None


def test_the_gravest_come_first_and_then_the_order_of_the_checks_and_of_places() -> None:
    slight, ordinary = finding("tag_missing"), finding(place="/b.html")
    grave = finding("attachment_broken", place="/c.html")
    text = text_report(
        result(slight, ordinary, finding(place="/a.html", object="/o"), grave), in_english_too=False
    )

    headings = [line for line in text.splitlines() if line.startswith("【")]
    assert headings == [
        "【严重】附件无法下载 [attachment_broken]：1",
        "【一般】链接失效 [link_broken]：2",
        "【轻微】页面标签缺失 [tag_missing]：1",
    ]
    assert text.splitlines()[-1].endswith("不合格 4 项（严重 1、一般 2、轻微 1），无法判断 0 项")


def test_an_office_grades_checks_as_its_own_terms_say(tmp_path: Path) -> None:
    own = tmp_path / "terms.yaml"
    own.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("tag_missing: slight", "tag_missing: grave"),
        encoding="utf-8",
    )

    text = text_report(result(finding(), finding("tag_missing")), load_terms(own))

    assert text.index("[tag_missing]") < text.index("[link_broken]")


def test_that_nothing_fails_is_said_in_words() -> None:
    assert "没有发现不合格，无法判断 0 项" in text_report(result())


def test_the_text_spells_out_so_many_findings_of_a_check_and_counts_the_rest() -> None:
    text = text_report(result(*(finding(object=f"/{number}") for number in range(50))))
    assert "另有 30 条" in text
    assert text.count("依据 / basis") == 20


def test_the_text_of_a_foreign_site_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in text_report(result(finding(place=EVIL, message_zh=EVIL)))


def test_the_html_shows_every_finding_and_section() -> None:
    report = read(
        html_report(
            result(
                finding(), finding("page_unreachable", Outcome.UNKNOWN, "/b.html"), base="http://site.example"
            )
        )
    )
    assert "不合格：1 项" in report.text
    assert "无法判断（不计入结论）：1 项" in report.text
    assert "政府信息公开指南" in report.text
    assert "链接到其他网站" in report.text
    assert "http://site.example/a.html" in report.links
    assert "http://site.example/guide.html" in report.links
    assert "http://other.example/" in report.links
    assert "#fail-link_broken" in report.links
    assert report.tags.count("html") == 1


def test_whatever_comes_from_the_site_is_escaped() -> None:
    report = html_report(
        result(
            finding(place=EVIL, message_zh=EVIL, basis=EVIL, object=EVIL),
            target=EVIL,
            base="http://site.example",
        )
    )
    reader = read(report)
    assert {"script", "img"}.isdisjoint(reader.tags)
    assert 'alert("1")' in reader.text


@pytest.mark.parametrize(
    "place", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", "/a.html"]
)
def test_only_web_addresses_become_links(place: str) -> None:
    assert all(
        link.startswith(("#", "http")) for link in read(html_report(result(finding(place=place)))).links
    )


def test_nothing_is_fetched_and_nothing_runs() -> None:
    report = html_report(result(finding()))
    assert {"script", "link", "img", "iframe"}.isdisjoint(read(report).tags)
    assert "default-src 'none'" in report


def test_a_clean_result_says_so_and_a_partial_one_does_not() -> None:
    assert "没有发现不合格项" in html_report(result())
    assert "没有发现不合格项" not in html_report(result(partial=True))
    assert result().is_clean
    assert not result(partial=True).is_clean
    assert result(finding(outcome=Outcome.UNKNOWN)).is_clean


def test_what_was_not_seen_is_counted_before_any_table_of_noughts() -> None:
    seen_in_part = replace(result(), unseen=4)
    page = html_report(seen_in_part)

    assert "有 4 个地址被拦截或没有回应" in page.partition("<table>")[0]
    assert "有 4 个地址被拦截或没有回应" in text_report(seen_in_part)
    assert "被拦截" not in html_report(result()).partition("<table>")[0]


def test_the_same_result_gives_the_same_bytes() -> None:
    one, other = (result(finding(), finding("soft_404")) for _ in range(2))
    assert (html_report(one), json_report(one), text_report(one)) == (
        html_report(other),
        json_report(other),
        text_report(other),
    )
    assert as_data(one) == as_data(other)
