"""Pages of one template are known by their named elements, whatever editors wrote into them."""

from __future__ import annotations

from random import Random

from crawler_checks.extract.templates import shape_of, templates_of

FRAME = (
    '<div class="header"><form id="search"><input></form><ul class="nav"><li><a href="/">首页</a></li></ul></div>'
    '<div class="crumb">当前位置</div>{inside}<div class="footer"><div class="marks">主办</div></div>'
)
INSIDES = {
    "home": '<div class="banner"><div class="slides"></div></div><div class="news-box"><ul class="list"></ul></div>'
    '<div class="links"><select></select></div>',
    "list": '<div class="side"></div><div class="list-box"><ul class="rows">{rows}</ul><div class="pages"></div></div>',
    "article": '<div class="article"><h1 class="title"></h1><div class="info"></div><div class="text">{text}</div>'
    '<div class="share"></div></div>',
    "guide": '<div class="service"><table class="materials">{rows}</table><div class="steps"><ol></ol></div>'
    '<div class="counter"></div></div>',
    "form": '<div class="mailbox"><form class="letter"><div class="field"></div><div class="captcha"></div></form></div>',
}
PIECES = (
    "<p>一段</p>",
    "<p><strong>重</strong></p>",
    "<h2 id='s{n}'>标题</h2>",
    "<img src='{n}.png'>",
    "<ul><li>项</li></ul>",
    "<table><tr><td>格</td></tr></table>",
)


def site(pages: int, seed: int = 7) -> dict[str, tuple[str, str]]:
    """So many pages: the template of each, and its source."""
    chance = Random(seed)
    made = {}
    for number in range(pages):
        kind = "article" if chance.random() < 0.7 else chance.choice(list(INSIDES))
        text = "".join(
            chance.choice(PIECES).format(n=chance.randrange(99)) for _ in range(chance.randrange(12))
        )
        rows = "<li><a>一条</a><span>2026</span></li>" * chance.randrange(20)
        inside = INSIDES[kind].format(rows=rows, text=text)
        made[f"/{number:05}.html"] = (kind, f"<body id='page-{number}'>{FRAME.format(inside=inside)}</body>")
    return made


def test_two_thousand_pages_fall_into_their_templates_and_few_visits_see_them_all() -> None:
    pages = site(2_000)
    found = templates_of(((address, shape_of(source)) for address, (_, source) in pages.items()), most=12)
    assert len(found) <= 12
    assert sum(len(template.pages) for template in found) == 2_000
    for template in found:
        assert len({pages[address][0] for address in template.pages}) == 1
    assert {pages[template.example][0] for template in found} == set(INSIDES)


def test_the_same_pages_give_the_same_templates_in_whatever_order() -> None:
    shapes = [(address, shape_of(source)) for address, (_, source) in site(300).items()]
    shuffled = shapes[:]
    Random(1).shuffle(shuffled)
    assert templates_of(shapes, 12) == templates_of(shuffled, 12)


def test_a_page_without_named_elements_has_a_template_too() -> None:
    found = templates_of(
        [
            ("/a.html", shape_of("<p>x</p>")),
            ("/b.html", shape_of("")),
            ("/c.html", shape_of("<p class='a'>x</p>")),
        ],
        12,
    )
    assert [template.pages for template in found] == [("/a.html", "/b.html"), ("/c.html",)]


def test_so_many_templates_only_those_of_most_pages_first() -> None:
    shapes = [
        (f"/{kind}{n}.html", shape_of(f"<div class='{kind}'></div>"))
        for kind in ("a", "b", "c")
        for n in range(3 if kind == "b" else 1)
    ]
    assert [template.example for template in templates_of(shapes, 2)] == ["/b0.html", "/a0.html"]
