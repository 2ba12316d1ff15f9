"""security_header_missing: shown to those who run the server, never a fault."""

from crawler_checks.crawl.answer import Response
from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "security_header_missing"


def ask(**headers: str) -> list[tuple[str, str, str | None]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    home = Response("/", 200, "text/html", html("<p>首页</p>").encode(), headers=named)
    return outline(findings_of(CHECK, {"/": home}))


def test_a_server_that_sends_them_all_is_well() -> None:
    assert ask(x_content_type_options="nosniff", x_frame_options="DENY") == []
    assert ask(x_content_type_options="nosniff", content_security_policy="frame-ancestors 'none'") == []


def test_what_is_not_sent_is_named_and_not_accused() -> None:
    assert ask(server="nginx") == [("unknown", "/", "headers")]
    home = Response("/", 200, "text/html", html("").encode(), headers={"x-frame-options": "DENY"})
    [finding] = findings_of(CHECK, {"/": home})
    assert "X-Content-Type-Options" in finding.message_zh
    assert "X-Frame-Options" not in finding.message_zh


def test_a_folder_has_no_headers_and_is_not_asked() -> None:
    assert ask() == []
