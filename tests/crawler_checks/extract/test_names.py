"""Names of sections in one form."""

import pytest

from crawler_checks.extract.names import plain_name, title_parts


@pytest.mark.parametrize(
    "text",
    [
        "政策文件",
        " 政 策 文 件 ",
        "政策文件>>",
        "【政策文件】",
        "政策文件（12）",
        "政策文件 更多",
        "·政策文件",
        "政策文件 More",
    ],
)
def test_signs_spaces_and_counts_do_not_tell_names_apart(text: str) -> None:
    assert plain_name(text) == "政策文件"


def test_width_and_traditional_forms_do_not_either() -> None:
    assert plain_name("政府資訊公開年報") == "政府资讯公开年报"
    assert plain_name("ＡＢＣ信息") == "abc信息"
    assert plain_name("雙隨機、一公開") == "双随机、一公开"


def test_a_name_that_is_only_more_stays() -> None:
    assert plain_name("更多") == "更多"


@pytest.mark.parametrize(
    "title", ["政策文件-某市人民政府", "政策文件 | 某市人民政府", "政策文件_某市人民政府"]
)
def test_a_title_names_the_section_first(title: str) -> None:
    assert title_parts(title)[0] == "政策文件"
