"""interpretation_missing: shown together, never a fault."""

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "interpretation_missing"


def document(number: int, title: str, more: str = "") -> str:
    table = f"<p>文号：某政发〔2026〕{number}号</p><p>发布日期：2026-03-02</p>"
    return html(f"<h1>{title}</h1>{table}{more}", title=title)


def ask(**pages: str) -> list[tuple[str, str, str | None]]:
    named = {f"/{name}.html": page for name, page in pages.items()}
    return outline(findings_of(CHECK, {"/": html(links(*named))} | named))


READING = html(
    '<h1>《甲项管理办法》解读</h1><p>发布日期：2026-03-03</p><a href="/a.html">原文</a>',
    title="《甲项管理办法》解读",
)
BACK = '<a href="/r.html">解读</a>'


def test_a_document_and_its_interpretation_that_link_to_each_other_are_well() -> None:
    assert ask(a=document(1, "甲项管理办法", BACK), r=READING) == []


def test_rules_without_one_are_listed_on_a_site_that_interprets_others() -> None:
    assert ask(a=document(1, "甲项管理办法", BACK), r=READING, b=document(2, "乙项管理办法")) == [
        ("unknown", "/", "missing")
    ]
    assert ask(b=document(2, "乙项管理办法")) == []
    assert ask(a=document(1, "甲项管理办法", BACK), r=READING, b=document(2, "关于任免职务的通知")) == []


def test_a_document_that_does_not_link_back_is_listed() -> None:
    assert ask(a=document(1, "甲项管理办法"), r=READING) == [("unknown", "/", "unlinked")]
