"""Start pages of thirty different makes, each with the sections it leads to. `None`: whether it is there cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.crawler_checks.sites import Page, html

NAMES = {
    "guide": "政府信息公开指南",
    "institution": "政府信息公开制度",
    "statutory": "法定主动公开内容",
    "annual_report": "政府信息公开年报",
    "news": "政务动态",
    "notice": "通知公告",
    "policy": "政策文件",
}
ROWS = "".join(
    f'<li><a href="{{0}}{n}.html">第{n}件事情的有关安排</a><span>2026-11-{n:02}</span></li>'
    for n in (1, 2, 3)
)
REST = "<p>某市人民政府欢迎您，这里公布本市的政府信息，供社会各界查阅和监督，欢迎提出意见。</p>"


@dataclass(frozen=True)
class Home:
    """One make. `leads_to` is the right map; sections that are not in it must not be found."""

    make: str
    pages: dict[str, Page]
    leads_to: dict[str, str | None] = field(default_factory=dict)


def at(id_: str) -> str:
    """Where a section stands."""
    return f"/{id_}/"


def lists(ids: list[str], titled: bool = True) -> dict[str, Page]:
    """The pages of these sections."""
    found: dict[str, Page] = {}
    for id_ in ids:
        title = f"{NAMES[id_]}-某市人民政府" if titled else "某市人民政府"
        found[at(id_)] = html(f"<ul>{ROWS.format(at(id_))}</ul>", title=title)
        found |= {f"{at(id_)}{n}.html": html(f"<p>正文第{n}段</p>", title=f"第{n}件事情") for n in (1, 2, 3)}
    return found


def home(make: str, menu: str, ids: list[str] | None = None, *, head: str = "", **others: Page) -> Home:
    """A start page with a menu; all of `ids` are led to."""
    ids = list(NAMES) if ids is None else ids
    pages = lists(ids) | {"/": html(menu + REST, title="某市人民政府", head=head)} | others
    return Home(make, pages, {id_: at(id_) for id_ in ids})


def each(pattern: str, ids: list[str] | None = None) -> str:
    """The pattern once for each section, with its name and address."""
    return "".join(pattern.format(name=NAMES[id_], to=at(id_)) for id_ in (ids or list(NAMES)))


TRADITIONAL = {
    "guide": "政府信息公開指南",
    "institution": "政府信息公開制度",
    "statutory": "法定主動公開內容",
    "annual_report": "政府信息公開年報",
    "notice": "通知公告",
    "policy": "政策文件",
}
ALIASES = {
    "guide": "信息公开指南",
    "institution": "公开制度",
    "statutory": "主动公开",
    "annual_report": "公开年报",
}
FOUR = ["guide", "institution", "statutory", "annual_report"]
LINK = '<li><a href="{to}">{name}</a></li>'

HOMES = [
    home("list menu", f"<ul>{each(LINK)}</ul>"),
    home("table menu", "<table><tr>" + each("<td><a href={to}>{name}</a></td>") + "</tr></table>"),
    home(
        "pictures with alt",
        each('<a href="{to}"><img src="/m.png" alt="{name}"></a>'),
        **{"/m.png": b"\x89PNG"},
    ),
    home(
        "pictures with title",
        each('<a href="{to}" title="{name}"><img src="/m.png"></a>'),
        **{"/m.png": b"\x89PNG"},
    ),
    home("icons with aria-label", each('<a href="{to}" aria-label="{name}"><i class="icon"></i></a>')),
    home(
        "image map",
        '<img usemap="#m" src="/m.png" alt=""><map name="m">'
        + each('<area href="{to}" alt="{name}">')
        + "</map>",
        **{"/m.png": b"\x89PNG"},
    ),
    home("footer only", f"<div>{REST}</div><footer>{each(LINK)}</footer>"),
    home("nested menu", "<ul><li><a href='#'>政务公开</a><ul>" + each(LINK) + "</ul></li></ul>"),
    home(
        "folded menu beside a visible one",
        f'<ul style="display:none">{each(LINK)}</ul><div>{each(LINK)}</div>',
    ),
    home("div with onclick", each("<div onclick=\"location.href='{to}'\">{name}</div>")),
    home("javascript address", each("<a href=\"javascript:window.open('{to}')\">{name}</a>")),
    home(
        "onclick on a bare link", each("<a href='#' onclick=\"window.open('{to}');return false\">{name}</a>")
    ),
    home(
        "jump menu",
        "<select onchange='location=this.value'>"
        + each('<option value="{to}">{name}</option>')
        + "</select>",
    ),
    home(
        "spread letters",
        each('<a href="{to}">{name}</a>')
        .replace("政策文件", "政 策 文 件")
        .replace("通知公告", "通　知　公　告"),
    ),
    home(
        "counts and arrows",
        each('<a href="{to}">{name}(12)</a>').replace("政策文件(12)", "政策文件 &gt;&gt;"),
    ),
    home("brackets", each('<a href="{to}">【{name}】</a>')),
    home("headings with more", each('<h2>{name}</h2><a href="{to}" title="{name}">更多</a>')),
    home("headings that are links", each('<h2><a href="{to}">{name}</a></h2>')),
    home("upper case without quotes", each("<A HREF={to}>{name}</A>")),
    home("base address", each('<a href=".{to}">{name}</a>'), head='<base href="/">'),
    home("definition list", "<dl>" + each('<dt>栏目</dt><dd><a href="{to}">{name}</a></dd>') + "</dl>"),
    home(
        "traditional characters",
        "".join(f'<a href="{at(i)}">{name}</a>' for i, name in TRADITIONAL.items()),
        list(TRADITIONAL),
    ),
    home("other known names", "".join(f'<a href="{at(i)}">{name}</a>' for i, name in ALIASES.items()), FOUR),
    home("only four columns", each(LINK, FOUR), FOUR),
    Home(
        "frameset",
        lists(list(NAMES))
        | {
            "/": "<title>某市</title><frameset><frame src='/menu.html'><frame src='/main.html'></frameset>",
            "/menu.html": html(each(LINK)),
            "/main.html": html(REST),
        },
        {i: at(i) for i in NAMES},
    ),
    Home(
        "menu in an iframe",
        lists(list(NAMES))
        | {"/": html("<iframe src='/menu.html'></iframe>" + REST), "/menu.html": html(each(LINK))},
        {i: at(i) for i in NAMES},
    ),
    Home(
        "entrance that sends on",
        lists(list(NAMES))
        | {"/": "<meta http-equiv='refresh' content='0;url=/portal/'>", "/portal/": html(each(LINK) + REST)},
        {i: at(i) for i in NAMES},
    ),
    Home(
        "GBK",
        lists(list(NAMES)) | {"/": html(each(LINK) + REST, head='<meta charset="gb2312">').encode("gb18030")},
        {i: at(i) for i in NAMES},
    ),
    Home(
        "menu by script",
        {"/": html("<script>$('#menu').load('/menu.json')</script>" + REST)},
        dict.fromkeys(NAMES),
    ),
    Home(
        "no disclosure at all",
        {
            "/": html('<a href="/a.html">本市风光</a><a href="/b.html">地方特产</a>' + REST),
            "/a.html": html("<p>山水</p>"),
            "/b.html": html("<p>茶叶</p>"),
        },
        {},
    ),
    Home(
        "notices that speak of sections",
        {
            "/": html(
                '<a href="/1.html">关于编制政府信息公开指南的通知</a><a href="/2.html">某局报送政府信息公开年报的情况</a>'
                + REST
            ),
            "/1.html": html("<p>正文</p>"),
            "/2.html": html("<p>正文</p>"),
        },
        {},
    ),
    Home(
        "an organ's section of the same name",
        lists(FOUR)
        | {
            "/": html(each(LINK, FOUR) + '<a href="/organ/">某局</a>' + REST),
            "/organ/": html('<a href="/organ/guide/">政府信息公开指南</a>' + REST),
            "/organ/guide/": html("<p>某局的指南</p>", title="政府信息公开指南"),
        },
        {i: at(i) for i in FOUR},
    ),
    Home(
        "on another site", {"/": html('<a href="https://xxgk.other.gov.cn/">政府信息公开指南</a>' + REST)}, {}
    ),
    Home("a name without a link", {"/": html("<p>政府信息公开年报</p>" + REST)}, {"annual_report": None}),
    Home(
        "columns that only their pages name",
        {
            "/": html('<a href="/c1/">进入</a><a href="/c2/">查看</a>' + REST),
            "/c1/": html(
                f"<ul>{ROWS.format('/c1/')}</ul>",
                title="政策文件-某市",
                head='<meta name="ColumnName" content="政策文件">',
            ),
            "/c2/": html(f"<h1>通知公告</h1><ul>{ROWS.format('/c2/')}</ul>"),
        }
        | {f"/c{k}/{n}.html": html(f"<p>正文{k}{n}</p>") for k in (1, 2) for n in (1, 2, 3)},
        {"policy": "/c1/", "notice": "/c2/"},
    ),
]
