"""organ_incomplete: six things of every organ."""

from tests.crawler_checks.sites import findings_of, html, links, outline

CHECK = "organ_incomplete"
FIELDS = {
    "机关职能": "拟订全市水利规划",
    "机构设置": "办公室、规划科",
    "办公地址": "某路3号",
    "办公时间": "工作日9:00—17:30",
    "联系电话": "0990-5550301",
    "负责人姓名": "某某",
}


def ask(fields: dict[str, str]) -> list[tuple[str, str, str | None]]:
    body = "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in fields.items()) + "</dl>"
    return outline(findings_of(CHECK, {"/": html(links("/a.html")), "/a.html": html(body, title="某局")}))


def test_all_six_are_complete() -> None:
    assert ask(FIELDS) == []


def test_an_empty_cell_is_missing() -> None:
    assert ask(FIELDS | {"负责人姓名": ""}) == [("fail", "/a.html", "empty")]


def test_what_this_page_does_not_name_may_stand_elsewhere() -> None:
    assert ask({name: value for name, value in FIELDS.items() if name != "负责人姓名"}) == [
        ("unknown", "/a.html", "absent")
    ]


def test_a_page_of_contacts_is_no_organs_page() -> None:
    assert ask({"办公地址": "某路3号", "办公时间": "全天", "联系电话": "1", "负责人姓名": "某某"}) == []
