"""Which lines of a page are no part of a document."""

import pytest

from plugins.disclosure.importers.boilerplate import (
    begins_the_rest_of_the_page,
    why_dropped,
    why_dropped_around,
)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("当前位置：首页 > 政务公开 > 正文", "导航"),
        ("您现在的位置：首页 >> 通知", "导航"),
        ("上一篇：关于开展检查的通知", "导航"),
        ("今天是2024年6月3日 星期一", "导航"),
        ("分享到：微信 微博", "分享与页面工具"),
        ("【打印本页】【关闭窗口】", "分享与页面工具"),
        ("扫一扫在手机打开当前页", "分享与页面工具"),
        ("【字体：大 中 小】", "分享与页面工具"),
        ("霁ICP备00000000号-2", "页脚"),
        ("网站标识码：9901000001", "页脚"),
        ("版权所有：霁川市人民政府", "页脚"),
        ("本文来源于网络，如有侵权请联系删除。", "广告或转载声明"),
        ("• -", "装饰符号、页码"),
        ("— 12 —", "装饰符号、页码"),
        ("——————", "装饰符号、页码"),
    ],
)
def test_a_line_of_the_page_is_dropped_with_its_reason(line, reason):
    assert why_dropped(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "各县（区）人民政府：",
        "一、分享到基层的经验要及时总结。",
        "3.版权所有人的权利依法保护；",
        "大",
        "无",
        "地址：霁川市望岫区听雨路2号",
        "联系电话：0990-5550123",
        "加强彩票市场管理，取缔非法棋牌室。",
        "要及时删除违法信息，做好网站标识码的维护，" + "落实各项要求，" * 20,
        "政府信息公开指南",
    ],
)
def test_a_line_of_the_text_is_not_dropped(line):
    assert why_dropped(line) is None


@pytest.mark.parametrize(
    "line",
    ["联系我们 | 网站地图", "首页 政务公开 互动交流", "主办：霁川市人民政府办公室", "政府信息公开指南", "大"],
)
def test_menus_and_addresses_are_the_pages_above_and_below_the_text(line):
    assert why_dropped_around(line)


def test_a_mark_of_the_rest_of_the_page_is_known():
    assert begins_the_rest_of_the_page("相关链接")
    assert begins_the_rest_of_the_page("相关解读：一图读懂")
    assert not begins_the_rest_of_the_page("附件：1.清单")
