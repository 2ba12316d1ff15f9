"""Readers are told before they leave for a site that is not a government's."""

import pytest

from plugins.portal.markdown_html import to_html


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("https://www.example.com/a.html", True),
        ("http://example.com", True),
        ("https://www.gov.cn.example.com/", True),
        ("https://www.gov.cn/zhengce/", False),
        ("https://www.jichuan.gov.cn:8443/", False),
        ("mailto:xxgk@jichuan.example", False),
    ],
)
def test_a_link_is_marked_unless_it_leads_to_a_government(address, marked):
    html = to_html(f"见[这里]({address})。", {}, "../")

    assert ('class="outside"' in html) is marked
    assert f'href="{address}"' in html


def test_a_link_to_an_attachment_is_not_marked():
    assert 'class="outside"' not in to_html("见[表](attachments/a.csv)。", {}, "../")
