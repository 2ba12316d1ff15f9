"""What readers are told of the inspection is what the checks say of themselves."""

import re
from pathlib import Path

from crawler_checks.checks.registry import CHECKS
from crawler_checks.reports.method_text import method_text

TEXT = Path(__file__).parents[3] / "plugins" / "portal" / "inspection.zh-CN.md"


def test_the_text_the_site_shows_is_the_one_made_from_the_checks():
    """Mend with `python3 tasks.py docs`."""
    assert TEXT.read_text(encoding="utf-8") == method_text()


def test_every_check_is_told_in_chinese_with_its_basis():
    told = re.split(r"^### ", method_text(), flags=re.M)[1:]

    assert [part.splitlines()[0] for part in told] == [check.title_zh for check in CHECKS]
    for part in told:
        heading, summary, basis = (line for line in part.splitlines() if line)
        assert len(re.findall(r"[一-鿿]", summary)) > len(summary) / 2, heading
        assert re.fullmatch(r"依据：.+。", basis), heading
