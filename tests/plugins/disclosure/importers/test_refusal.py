"""Text that is no document, and text that is."""

import pytest

from plugins.disclosure.importers.refusal import why_refused, why_source_code

NOTICE = "各县（区）民政局：现就开展养老机构安全检查有关事项通知如下，请认真组织实施，并及时报送结果。"


def test_a_notice_is_not_refused():
    assert why_refused(NOTICE) is None


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", "内容是空的"),
        (" \n\u3000\n", "内容是空的"),
        ("通知", "只有 2 个汉字"),
        (NOTICE + "0x1F9A " * 60, "大部分不是汉字"),
        ("鍏充簬鍗板彂鏀垮姟鍏紑宸ヤ綔瑕佺偣鐨勯€氱煡鍚勫幙甯傚尯", "几乎没有常用汉字"),
        ("锟斤拷烫烫烫屯屯屯锟斤拷烫烫烫屯屯屯锟斤拷烫烫烫", "几乎没有常用汉字"),
        ("丨亅丿乀彐卄夂凵宀攵廾弋彡冂匚卩屮尢幺廴彳忄扌氵犭", "几乎没有常用汉字"),
    ],
)
def test_other_text_is_refused_with_the_reason_in_both_languages(text, begins):
    reason = why_refused(text)
    assert reason.startswith(begins)
    assert " / " in reason


def test_source_code_of_a_page_is_told_from_text():
    assert (why_source_code("<div class='x'>" + NOTICE) or "").startswith("这是网页的源代码")
    assert why_source_code(NOTICE + "面积<90平方米") is None
