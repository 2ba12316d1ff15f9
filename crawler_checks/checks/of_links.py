"""The checks that need no more of a page than its links and anchors. Nothing else is loaded for them."""

from __future__ import annotations

from crawler_checks.checks import (
    anchor_missing,
    attachment_broken,
    link_broken,
    outside_link_broken,
    page_unreachable,
    redirect_faulty,
)
from crawler_checks.checks.check import Check

LINK_CHECKS: tuple[Check, ...] = (
    link_broken.CHECK,
    outside_link_broken.CHECK,
    attachment_broken.CHECK,
    anchor_missing.CHECK,
    redirect_faulty.CHECK,
    page_unreachable.CHECK,
)
