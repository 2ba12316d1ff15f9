"""How many things each check looked at."""

from crawler_checks.checks.check import Inspection
from crawler_checks.checks.looked_at import COUNTED, looked_at
from crawler_checks.checks.registry import CHECKS
from crawler_checks.extract.sections import find_sections
from crawler_checks.extract.site import Site
from plugins.disclosure.profile import load_profile
from tests.crawler_checks.annual_reports import report
from tests.crawler_checks.sites import TODAY, html, links, snapshot_of


def test_each_check_says_what_it_counted() -> None:
    pages = {
        "/": html(links("/a.html", "/a.html", "/f.pdf", "/r.html")),
        "/a.html": html("<p>正文</p>"),
        "/r.html": report(),
    }
    site, rules = Site(snapshot_of(pages)), load_profile("cn-2019")
    said = looked_at(Inspection(rules, TODAY, site, find_sections(rules, site)), CHECKS)
    assert set(said) == {check.id for check in CHECKS}
    assert said["charset_false"] == (3, "页")
    assert said["link_broken"] == (3, "个地址")
    assert said["attachment_broken"] == (1, "个附件")
    assert said["annual_report_unbalanced"] == (1, "份年报")
    assert said["certificate_faulty"] == (0, "张证书")
    assert said["date_changed"] == (0, "篇"), "nothing is remembered here"
    assert said["section_missing"] == (len(rules.sections), "个栏目")


def test_no_row_is_of_a_check_that_is_gone() -> None:
    assert set(COUNTED) <= {check.id for check in CHECKS}
