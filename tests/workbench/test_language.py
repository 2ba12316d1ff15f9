"""Whether a computer is set to Chinese."""

import pytest

from workbench.language import reads_chinese_only


@pytest.mark.parametrize(
    ("environment", "only"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_setting_that_counts_most_decides(environment: dict[str, str], only: bool) -> None:
    assert reads_chinese_only(environment) is only
