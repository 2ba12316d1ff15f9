"""link_concealed: planted links are found, honest hidden ones are not."""

import pytest

from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "link_concealed"
SPAM = '<a href="http://bad.example/">百家乐 时时彩</a>'


def ask(body: str, head: str = "") -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": html(body, head=head)}))


@pytest.mark.parametrize(
    "body",
    [
        f'<div style="display:none">{SPAM}</div>',
        f'<div style="visibility: hidden">{SPAM}</div>',
        f'<div style="position:absolute;left:-9999px">{SPAM}</div>',
        f'<div style="text-indent:-999em">{SPAM}</div>',
        f'<div style="height:0;overflow:hidden">{SPAM}</div>',
        f'<div style="width:1px;height:1px;overflow:hidden">{SPAM}</div>',
        f'<marquee width="1" height="1">{SPAM}</marquee>',
        f'<p style="font-size:0">{SPAM}</p>',
        f'<p style="color:#fff;background:#ffffff">{SPAM}</p>',
        f"<noscript>{SPAM}</noscript>",
        f"<div hidden><p><span>{SPAM}</span></p></div>",
        '<div style="display:none"><a href="http://www.casino88.example/">友情链接</a></div>',
        '<a style="display:none" href="//bad.example/">代开发票</a>',
    ],
)
def test_a_planted_link_is_found_however_it_is_hidden(body: str) -> None:
    assert [outcome for outcome, _, _ in ask(body)] == ["fail"]


def test_a_class_of_the_pages_own_style_hides_too() -> None:
    assert ask(f'<div class="zz">{SPAM}</div>', "<style>.zz{position:fixed;top:-3000px}</style>") == [
        ("fail", "/", "bad.example")
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<ul style="display:none"><li><a href="/a">子栏目</a></li></ul>',
        '<a style="position:absolute;left:-9999px" href="#main">跳到正文</a>',
        '<div style="display:none"><a href="https://www.other.gov.cn/">省人民政府</a></div>',
        '<div style="position:absolute;left:-9999px"><a href="https://www.other.gov.cn/">省人民政府</a></div>',
        '<div style="display:none"><a href="http://www.company.example/">某市自来水公司</a></div>',
        '<noscript><a href="https://www.12377.cn/">举报</a></noscript>',
        '<p><a href="http://www.company.example/">彩票公益金使用情况</a></p>',
        "<p>公安机关查处百家乐赌博案</p>",
        '<div style="width:100px;height:10px"><a href="http://www.company.example/">百家乐案通报</a></div>',
        '<div style="margin-left:-15px"><a href="http://www.company.example/">时时彩案通报</a></div>',
    ],
)
def test_honest_hidden_menus_and_links_are_none(body: str) -> None:
    assert ask(body) == []


def test_an_unknown_host_far_out_of_sight_is_to_be_looked_at() -> None:
    body = (
        '<div style="position:absolute;left:-9999px"><a href="http://www.unknown.example/">合作伙伴</a></div>'
    )
    assert ask(body) == [("unknown", "/", "www.unknown.example")]


HIDINGS = (
    '<div style="display:none">{}</div>',
    '<div style="visibility:hidden">{}</div>',
    '<div style="position:absolute;left:-5000px">{}</div>',
    '<div style="position:fixed;top:-3000px">{}</div>',
    '<div style="text-indent:-9999px">{}</div>',
    '<div style="height:0;overflow:hidden">{}</div>',
    '<p style="font-size:0">{}</p>',
    "<div hidden>{}</div>",
    "<noscript>{}</noscript>",
)
PLANTED = (
    '<a href="http://a.example/">六合彩开奖</a>',
    '<a href="http://b.example/x">办假证 代开发票</a>',
    '<a href="https://www.bet3650.example/">合作单位</a>',
)
HONEST = (
    '<ul><li><a href="/sub/">子栏目</a></li><li><a href="/sub/2">另一个</a></li></ul>',
    '<a href="#main">跳到正文</a>',
    '<a href="https://www.other.gov.cn/">上级机关</a><a href="http://www.xinhuanet.com/">新闻</a>',
)


@pytest.mark.parametrize("hiding", HIDINGS)
def test_every_hiding_with_every_planted_link_is_found_and_with_every_honest_one_is_none(hiding: str) -> None:
    for link in PLANTED:
        assert [outcome for outcome, _, _ in ask(hiding.format(link))] == ["fail"], link
    for link in HONEST:
        assert ask(hiding.format(link)) == [], link
