"""The checks: one file each, named for what it finds wrong, most of it its own documentation.

To add one: its file, its line here, its test with the cases its documentation names.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler_checks.checks import (
    access_barrier,
    anchor_missing,
    annual_report_copied,
    annual_report_incomplete,
    annual_report_late,
    annual_report_unbalanced,
    article_empty,
    attachment_broken,
    attachment_mistyped,
    certificate_faulty,
    charset_false,
    consultation_expired,
    content_mixed,
    date_changed,
    date_conflict,
    date_future,
    disclosure_late,
    document_number_faulty,
    field_unlabelled,
    footer_mark_missing,
    frame_untitled,
    friend_link_taken,
    guide_incomplete,
    guide_missing,
    home_stale,
    image_text_missing,
    interpretation_late,
    interpretation_missing,
    language_missing,
    link_broken,
    link_concealed,
    link_nameless,
    moved_to_home,
    organ_incomplete,
    outside_link_broken,
    page_cloaked,
    page_slow,
    page_undated,
    page_unreachable,
    personal_number_shown,
    redirect_faulty,
    repealed_in_force,
    script_deceptive,
    section_empty,
    section_missing,
    section_stale,
    security_header_missing,
    service_incomplete,
    soft_404,
    tag_missing,
    zoom_forbidden,
)
from crawler_checks.checks.check import Check, Earlier, Finding, Inspection, Outcome

CHECKS: tuple[Check, ...] = (
    section_missing.CHECK,
    section_empty.CHECK,
    section_stale.CHECK,
    home_stale.CHECK,
    page_undated.CHECK,
    date_conflict.CHECK,
    date_future.CHECK,
    date_changed.CHECK,
    disclosure_late.CHECK,
    guide_missing.CHECK,
    guide_incomplete.CHECK,
    organ_incomplete.CHECK,
    service_incomplete.CHECK,
    annual_report_late.CHECK,
    annual_report_incomplete.CHECK,
    annual_report_unbalanced.CHECK,
    annual_report_copied.CHECK,
    interpretation_late.CHECK,
    interpretation_missing.CHECK,
    document_number_faulty.CHECK,
    repealed_in_force.CHECK,
    consultation_expired.CHECK,
    article_empty.CHECK,
    link_broken.CHECK,
    outside_link_broken.CHECK,
    attachment_broken.CHECK,
    attachment_mistyped.CHECK,
    anchor_missing.CHECK,
    redirect_faulty.CHECK,
    moved_to_home.CHECK,
    soft_404.CHECK,
    page_slow.CHECK,
    personal_number_shown.CHECK,
    link_concealed.CHECK,
    script_deceptive.CHECK,
    page_cloaked.CHECK,
    content_mixed.CHECK,
    friend_link_taken.CHECK,
    certificate_faulty.CHECK,
    security_header_missing.CHECK,
    charset_false.CHECK,
    tag_missing.CHECK,
    footer_mark_missing.CHECK,
    language_missing.CHECK,
    image_text_missing.CHECK,
    link_nameless.CHECK,
    field_unlabelled.CHECK,
    frame_untitled.CHECK,
    zoom_forbidden.CHECK,
    access_barrier.CHECK,
    page_unreachable.CHECK,
)
"""In the order of reports: what a reader misses first, what could not be seen last."""


LINK_CHECKS: tuple[Check, ...] = (
    link_broken.CHECK,
    outside_link_broken.CHECK,
    attachment_broken.CHECK,
    anchor_missing.CHECK,
    redirect_faulty.CHECK,
    page_unreachable.CHECK,
)
"""Those that need no more of a page than its links and anchors."""


def run_checks(inspection: Inspection, checks: Iterable[Check] = CHECKS) -> tuple[Finding, ...]:
    """What the checks find: check after check, within each by place and object."""
    return tuple(
        finding
        for check in checks
        for finding in sorted(
            check.run(inspection),
            key=lambda one: (one.outcome, one.place, one.object or "", one.section or ""),
        )
    )


__all__ = ["CHECKS", "LINK_CHECKS", "Check", "Earlier", "Finding", "Inspection", "Outcome", "run_checks"]
