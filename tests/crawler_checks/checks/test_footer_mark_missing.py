"""footer_mark_missing: what the start page says of who answers for the site."""

from crawler_checks.checks.check import Outcome
from tests.crawler_checks.sites import Page, findings_of, html

CHECK = "footer_mark_missing"
MARKS = {
    "party_and_government": '<script src="https://dcs.conac.cn/image/red.js"></script>',
    "report_errors": '<a href="https://zfwzgl.www.gov.cn/"><img src="/jc.png" alt="找错"></a>',
    "id_code": "<p>网站标识码：9901000001</p>",
    "icp_number": "<p>京ICP备00000000号-1</p>",
    "police_number": "<p>京公网安备 00000000000000号</p>",
    "sponsor": "<p>主办：某市人民政府办公室</p>",
    "contact": "<p>联系电话：0990-5550101</p>",
    "site_map": '<a href="/map.html">网站地图</a>',
}


def ask(home: Page, **others: Page) -> dict[str | None, Outcome]:
    pages = {"/": home} | {f"/{name}.html": page for name, page in others.items()}
    return {finding.object: finding.outcome for finding in findings_of(CHECK, pages)}


def without(*names: str) -> str:
    return html("<p>正文</p>" + "".join(mark for name, mark in MARKS.items() if name not in names))


def test_a_footer_with_every_mark_is_well() -> None:
    assert ask(without()) == {}


def test_marks_in_a_frame_of_the_start_page_are_its_own() -> None:
    frames = '<frameset><frame src="/top.html"><frame src="/foot.html"></frameset>'
    assert ask(frames, top=html("top"), foot=without()) == {}


def test_each_mark_that_is_nowhere_is_missing() -> None:
    for name in MARKS:
        expected = Outcome.UNKNOWN if name == "site_map" else Outcome.FAIL  # its rule is only remembered
        assert ask(without(name)) == {name: expected}


def test_a_start_page_written_by_script_cannot_be_judged() -> None:
    home = html("<script>document.write(footer)</script>")
    assert set(ask(home).values()) == {Outcome.UNKNOWN}


def test_a_start_page_that_leads_nowhere_until_its_scripts_run_cannot_be_judged() -> None:
    home = '<!DOCTYPE html><html><body><div id="app"></div><script src="/js/app.js"></script></body></html>'
    assert set(ask(home).values()) == {Outcome.UNKNOWN}


def test_the_message_names_the_mark_and_its_clause() -> None:
    [finding] = findings_of(CHECK, {"/": without("icp_number")})
    assert finding.message_zh == "首页（/）底部没有ICP 备案编号。请补上。"
    assert finding.basis == "互联网信息服务管理办法第十二条"
