"""The inspectors' handbook names every check, by its id and its name, and no other."""

import re
from pathlib import Path

from crawler_checks.checks import CHECKS

HANDBOOK = Path(__file__).parents[2] / "docs" / "inspectors.zh-CN.md"


def test_the_handbook_lists_the_checks_in_the_order_of_the_reports() -> None:
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| ([^|]+) \|", HANDBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(id_, name.strip()) for id_, name in rows] == [(check.id, check.title_zh) for check in CHECKS]
