"""language_missing: a page says which language it is in."""

import pytest

from tests.crawler_checks.sites import findings_of, html

CHECK = "language_missing"


@pytest.mark.parametrize("lang", [' lang="zh-CN"', " LANG=zh", ' lang="en"'])
def test_a_page_that_says_its_language_is_well(lang: str) -> None:
    assert findings_of(CHECK, {"/": html("<p>x</p>", lang=lang)}) == []


@pytest.mark.parametrize("lang", ["", ' lang=""', ' lang=" "', " lang"])
def test_a_page_that_does_not_is_named(lang: str) -> None:
    [finding] = findings_of(CHECK, {"/": html("<p>x</p>", lang=lang)})
    assert finding.message_zh == '“/”没有注明语言。请把 <html> 写成 <html lang="zh-CN">。'
