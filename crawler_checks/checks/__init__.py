"""The checks: one file each, named for what it finds wrong, most of it its own documentation.

To add one: its file, its line here, its test with the cases its documentation names.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler_checks.checks import (
    anchor_missing,
    article_empty,
    attachment_broken,
    charset_false,
    date_conflict,
    footer_mark_missing,
    image_text_missing,
    language_missing,
    link_broken,
    outside_link_broken,
    page_undated,
    page_unreachable,
    redirect_faulty,
    section_empty,
    section_missing,
    section_stale,
    soft_404,
    tag_missing,
)
from crawler_checks.checks.check import Check, Finding, Inspection, Outcome

CHECKS: tuple[Check, ...] = (
    section_missing.CHECK,
    section_empty.CHECK,
    section_stale.CHECK,
    page_undated.CHECK,
    date_conflict.CHECK,
    article_empty.CHECK,
    link_broken.CHECK,
    outside_link_broken.CHECK,
    attachment_broken.CHECK,
    anchor_missing.CHECK,
    redirect_faulty.CHECK,
    soft_404.CHECK,
    charset_false.CHECK,
    tag_missing.CHECK,
    footer_mark_missing.CHECK,
    language_missing.CHECK,
    image_text_missing.CHECK,
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


__all__ = ["CHECKS", "LINK_CHECKS", "Check", "Finding", "Inspection", "Outcome", "run_checks"]
