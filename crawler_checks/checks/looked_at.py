"""How many things each check looked at: a zero among the findings means little without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from crawler_checks.checks.check import Check, Inspection
from crawler_checks.checks.organ_incomplete import organ_pages
from crawler_checks.checks.policies import policies_of
from crawler_checks.checks.reports_of_organs import published_by, reports_of
from crawler_checks.crawl.address import Kind
from crawler_checks.extract.facts import Role
from crawler_checks.extract.file_type import ATTACHMENTS, suffix
from crawler_checks.extract.sections import is_article

Counter = Callable[[Inspection], int]


def _pages(inspection: Inspection) -> int:
    return len(inspection.site.pages)


def _sections(inspection: Inspection) -> int:
    return len(inspection.sections)


def _sections_seen(inspection: Inspection) -> int:
    return sum(bool(found.pages) for found in inspection.sections.values())


def _articles(inspection: Inspection) -> int:
    return sum(is_article(page) for page in inspection.site.pages.values())


def _remembered(inspection: Inspection) -> int:
    return _articles(inspection) if inspection.earlier else 0


def _addresses(inspection: Inspection) -> int:
    return len({link.address for link in inspection.site.inside_links()})


def _files(inspection: Inspection) -> int:
    addresses = {link.address for link in inspection.site.inside_links()}
    return sum(suffix(address) in ATTACHMENTS for address in addresses)


def _fragments(inspection: Inspection) -> int:
    links = (link for link in inspection.site.inside_links() if link.role is Role.LINK and link.fragment)
    return len({(link.address, link.fragment) for link in links})


def _outside(inspection: Inspection) -> int:
    return len(inspection.site.snapshot.outside)


def _hosts_outside(inspection: Inspection) -> int:
    links = inspection.site.alike.values()
    return len({link.address for link in links if link.kind is Kind.OUTSIDE and link.role is Role.LINK})


def _reports(inspection: Inspection) -> int:
    return sum(map(len, reports_of(inspection.site).values()))


def _reports_and_files(inspection: Inspection) -> int:
    return sum(map(len, published_by(inspection.site).values()))


def _documents(inspection: Inspection) -> int:
    return len(policies_of(inspection.site))


def _start_page(inspection: Inspection) -> int:
    return int(inspection.site.home is not None)


def _answers(inspection: Inspection) -> int:
    return int(inspection.site.home is not None and bool(inspection.site.home.headers))


def _certificates(inspection: Inspection) -> int:
    return int(inspection.site.snapshot.certificate is not None)


def _compared(inspection: Inspection) -> int:
    return inspection.site.snapshot.later.compared


def _audited(inspection: Inspection) -> int:
    return len(inspection.site.snapshot.later.audits)


def _organs(inspection: Inspection) -> int:
    return sum(1 for _ in organ_pages(inspection.site))


def _asked(inspection: Inspection) -> int:
    return len(inspection.site.snapshot.outcomes)


PAGES = (_pages, "页")
COUNTED: Mapping[str, tuple[Counter, str]] = {
    "section_missing": (_sections, "个栏目"),
    "section_empty": (_sections_seen, "个栏目"),
    "section_stale": (_sections_seen, "个栏目"),
    "home_stale": (_start_page, "个首页"),
    "footer_mark_missing": (_start_page, "个首页"),
    "security_header_missing": (_answers, "个回答"),
    "certificate_faulty": (_certificates, "张证书"),
    "date_conflict": (_articles, "篇"),
    "date_changed": (_remembered, "篇"),
    "article_empty": (_articles, "篇"),
    "annual_report_late": (_reports_and_files, "份年报"),
    "annual_report_incomplete": (_reports, "份年报"),
    "annual_report_unbalanced": (_reports, "份年报"),
    "annual_report_copied": (_reports, "份年报"),
    "interpretation_late": (_documents, "件文件"),
    "interpretation_missing": (_documents, "件文件"),
    "disclosure_late": (_documents, "件文件"),
    "document_number_faulty": (_documents, "件文件"),
    "link_broken": (_addresses, "个地址"),
    "redirect_faulty": (_addresses, "个地址"),
    "moved_to_home": (_addresses, "个地址"),
    "outside_link_broken": (_outside, "个外部地址"),
    "friend_link_taken": (_hosts_outside, "个外部地址"),
    "attachment_broken": (_files, "个附件"),
    "attachment_mistyped": (_files, "个附件"),
    "anchor_missing": (_fragments, "个位置"),
    "guide_missing": (_organs, "个机关"),
    "organ_incomplete": (_organs, "个机关"),
    "page_cloaked": (_compared, "页"),
    "access_barrier": (_audited, "页"),
    "page_unreachable": (_asked, "个地址"),
}
"""What a check counts, where it is not pages; the unit as reports write it."""


def looked_at(inspection: Inspection, checks: Iterable[Check]) -> dict[str, tuple[int, str]]:
    """For each check how many things it looked at, and their unit."""
    known: dict[Counter, int] = {}
    found: dict[str, tuple[int, str]] = {}
    for check in checks:
        counter, unit = COUNTED.get(check.id, PAGES)
        if counter not in known:
            known[counter] = counter(inspection)
        found[check.id] = (known[counter], unit)
    return found
