"""tag_missing: what each kind of page must say of itself."""

from crawler_checks.checks.check import Outcome
from tests.crawler_checks.sites import Page, findings_of, html, outline

CHECK = "tag_missing"
SITE = {"SiteName": "某市", "SiteDomain": "www.example.gov.cn", "SiteIDCode": "9901000001"}
COLUMN = SITE | {"ColumnName": "通知公告", "ColumnType": "政务动态"}
LIST = COLUMN | {"ColumnDescription": "通知", "ColumnKeywords": "通知"}
ARTICLE = COLUMN | {"ArticleTitle": "甲", "PubDate": "2026-03-01", "ContentSource": "市政府办公室"}


def page(tags: dict[str, str], body: str = "", title: str = "标题") -> str:
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    return html(body, head=head, title=title)


def ask(**pages: str) -> list[tuple[str, str, str | None]]:
    home = page(SITE, "".join(f'<a href="/{name}.html">某个页面</a>' for name in pages))
    named: dict[str, Page] = {f"/{name}.html": body for name, body in pages.items()}
    return outline(findings_of(CHECK, {"/": home} | named))


def test_pages_with_all_their_tags_are_well() -> None:
    assert ask(list=page(LIST), article=page(ARTICLE), other=page(SITE)) == []


def test_names_of_tags_are_read_in_any_case() -> None:
    assert ask(article=page({name.lower(): value for name, value in ARTICLE.items()})) == []


def test_each_tag_that_is_not_there_or_is_empty_is_named() -> None:
    lacking = {name: value for name, value in ARTICLE.items() if name != "PubDate"} | {"SiteIDCode": " "}
    assert ask(article=page(lacking)) == [
        ("fail", "/article.html", "PubDate"),
        ("fail", "/article.html", "SiteIDCode"),
    ]


def test_a_section_of_the_profile_is_a_list_though_it_has_no_tag() -> None:
    pages: dict[str, Page] = {"/": page(SITE, '<a href="/n.html">通知公告</a>'), "/n.html": page(SITE)}
    assert [object_ for _, _, object_ in outline(findings_of(CHECK, pages))] == [
        "ColumnDescription", "ColumnKeywords", "ColumnName", "ColumnType",
    ]  # fmt: skip


def test_a_page_of_no_known_kind_is_asked_for_the_tags_of_every_page_only() -> None:
    assert ask(other=page({})) == [
        ("fail", "/other.html", "SiteDomain"),
        ("fail", "/other.html", "SiteIDCode"),
        ("fail", "/other.html", "SiteName"),
    ]


def test_a_tag_that_no_article_has_is_said_once() -> None:
    lacking = page({name: value for name, value in ARTICLE.items() if name != "ContentSource"})
    assert ask(a=lacking, b=lacking.replace("标题", "乙"), c=lacking.replace("标题", "丙")) == [
        ("fail", "/", "ContentSource@article")
    ]


def test_every_page_has_a_title() -> None:
    assert ask(other=page(SITE, title="")) == [("fail", "/other.html", "title")]


def test_a_page_read_in_part_cannot_be_judged() -> None:
    found = findings_of(CHECK, {"/": page(SITE, '<a href="/a.html">甲</a>'), "/a.html": "<div>" * 50_000})
    assert {finding.outcome for finding in found} == {Outcome.UNKNOWN}


SHELL = '<div id="app"></div><script src="/app.js"></script>'
APP = "".join(f'<a href="/{name}.html">x</a>' for name in "abc")


def test_a_page_that_is_empty_until_its_scripts_run_is_not_accused() -> None:
    pages: dict[str, Page] = {"/": page({"viewport": "width=device-width"}, SHELL), "/app.js": "let a;"}
    assert {outcome for outcome, _, _ in outline(findings_of(CHECK, pages))} == {"unknown"}


def test_several_such_pages_are_not_accused_together_either() -> None:
    pages = {f"/{name}.html": page({}, SHELL + name) for name in "abc"}
    found = outline(findings_of(CHECK, {"/": page(SITE, APP), "/app.js": "let a;", **pages}))
    assert {outcome for outcome, _, _ in found} == {"unknown"}


def test_an_empty_page_that_has_some_of_the_tags_already_lacks_the_others() -> None:
    lacking = {name: value for name, value in SITE.items() if name != "SiteIDCode"}
    pages: dict[str, Page] = {"/": page(lacking, SHELL), "/app.js": "let a;"}
    assert outline(findings_of(CHECK, pages)) == [("fail", "/", "SiteIDCode")]


def test_a_page_without_scripts_is_accused_however_empty_it_is() -> None:
    assert {one[0] for one in outline(findings_of(CHECK, {"/": page({}, "<p>建设中</p>")}))} == {"fail"}


def test_one_page_that_scripts_write_does_not_keep_the_others_from_being_told_together() -> None:
    shell, text = (
        page({}, "<script>show()</script>"),
        "<p>这一页有自己的文字，" + "写着好几句话。" * 8 + "</p>",
    )
    articles = {f"a{n}": page({}, f"{text}<script>count()</script>") for n in range(4)}
    found = [one for one in ask(shell=shell, **articles) if str(one[2]).startswith("SiteIDCode")]
    assert found == [
        ("fail", "/a0.html", "SiteIDCode"),
        ("fail", "/a1.html", "SiteIDCode"),
        ("fail", "/a2.html", "SiteIDCode"),
        ("fail", "/a3.html", "SiteIDCode"),
        ("unknown", "/shell.html", "SiteIDCode"),
    ]  # the start page has it
    pages: dict[str, Page] = {f"/{name}.html": body for name, body in articles.items()} | {
        "/shell.html": shell
    }
    links = "".join(f'<a href="{address}">某个页面</a>' for address in pages)
    together = outline(findings_of(CHECK, {"/": page({}, links), **pages}))
    assert [one for one in together if str(one[2]).startswith("SiteIDCode")] == [
        ("fail", "/", "SiteIDCode@home"),
        ("unknown", "/shell.html", "SiteIDCode"),
    ]
