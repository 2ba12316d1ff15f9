"""What is told can be called, written to or opened where it stands: telephones, mail and web addresses."""

import pytest
from bs4 import BeautifulSoup

from plugins.disclosure.kinds import load_kinds
from plugins.portal.views.desk import way_out


@pytest.mark.parametrize(
    ("kind", "key", "value", "href"),
    [
        ("service", "phone", "0990-5550171", "tel:0990-5550171"),
        ("service", "phone", "12345", "tel:12345"),
        ("service", "phone", "0990-5550171-8012", "tel:0990-5550171,8012"),
        ("service", "phone", "0990-5550171、0990-5550172", ""),
        ("service", "phone", "无", ""),
        ("guide", "office_fax", "0990-5550171", ""),
        ("guide", "office_online", "xxgk@jichuan.example", "mailto:xxgk@jichuan.example"),
        ("guide", "office_online", "写信到 xxgk@jichuan.example", ""),
        ("service", "online_address", "https://zwfw.jichuan.example/1", "https://zwfw.jichuan.example/1"),
    ],
)
def test_a_value_leads_out_where_it_is_one_number_or_address(kind, key, value, href):
    assert way_out(load_kinds()[kind].field(key), value) == href


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("service/housing-04.html", "https://zwfw.jichuan.example/item/000108007000"),
        ("service/housing-04.html", "tel:0990-5550171"),
        ("section/functions.html", "tel:0990-5550131"),
        ("section/apply.html", "tel:0990-5550100"),
        ("section/apply.html", "mailto:xxgk@jichuan.example"),
    ],
)
def test_readers_call_and_open_from_where_they_read(example_tree, page, link):
    assert BeautifulSoup(example_tree[page].decode(), "lxml").select_one(f'main a[href="{link}"]')


def test_leaders_have_no_older_and_newer_ones(example_tree):
    page = BeautifulSoup(example_tree["leader/wen-jingcheng.html"].decode(), "lxml")

    assert [link.get_text() for link in page.select(".turn a")] == ["返回“领导信息”"]
