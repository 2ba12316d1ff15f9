"""page_unreachable: what was not seen is said, and never as a fault."""

import pytest

from crawler_checks.crawl.answer import NoAnswer, Response, Trouble
from crawler_checks.crawl.limits import Limits
from tests.crawler_checks.sites import Page, findings_of, links, outline

CHECK = "page_unreachable"


@pytest.mark.parametrize(
    "answer", ["<p>well</p>", Response("/a", 404), Response("/a", 500), Response("/a", 302, location="/b")]
)
def test_what_answered_is_not_mentioned(answer: Page) -> None:
    assert findings_of(CHECK, {"/": links("/a", "/b"), "/a": answer, "/b": "b"}) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Response("/a", 403), "服务器拒绝访问（403）"),
        (Response("/a", 401), "需要登录（401）"),
        (Response("/a", 412), "被防火墙或验证码拦截（412）"),
        (Response("/a", 429), "服务器要求降低访问频率（429）"),
        (NoAnswer("/a", Trouble.TIMEOUT), "访问 5 次，在限定时间内没有打开"),
        (NoAnswer("/a", Trouble.PRIVATE_ADDRESS), "访问 1 次，域名指向内部网络地址，未访问"),
    ],
)
def test_each_address_that_was_not_seen_is_said_once_with_its_reason(answer: Page, why: str) -> None:
    [finding] = findings_of(CHECK, {"/": links("/a", "/b"), "/a": answer, "/b": links("/a")})
    assert (finding.outcome, finding.place) == ("unknown", "/a")
    assert finding.message_zh == f"无法判断：“/a”{why}（链接在“/”）。本项不计分，请人工打开看看。"


def test_a_run_cut_short_is_said_once_not_once_for_each_address() -> None:
    names = [f"/{number}.html" for number in range(50)]
    found = findings_of(CHECK, {"/": links(*names), **dict.fromkeys(names, "page")}, limits=Limits(pages=10))
    assert outline(found) == [("unknown", "/", "page_cap")]
    assert "有 43 个地址没有看到" in found[0].message_zh
