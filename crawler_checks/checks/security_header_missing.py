"""服务器没有发送保护访问者的安全响应头。

查什么：首页响应中的 X-Content-Type-Options、框架限制（X-Frame-Options，或 Content-Security-Policy 的 frame-ancestors），
https 网站还有 Strict-Transport-Security。核对过的规定都没有点名要求，所以不作“不合格”结论，供运维人员参考。

合格      都有
不合格    本项不作“不合格”结论
无法判断  缺其中一个：写明是哪个
无法判断  文件夹没有响应头，不查

依据：政府网站发展指引（国办发〔2017〕47号）安全防护部分（未与原文核对，只作提醒）。

The server does not send the headers by which browsers protect visitors.

What is asked: the answer for the start page: X-Content-Type-Options, a frame policy (X-Frame-Options, or frame-ancestors of
a Content-Security-Policy) and, over https, Strict-Transport-Security. No rule that was read demands them by name, so
that their absence is never a fault here but something for those who run the server to look at.

PASS     all of them are sent
FAIL     never
UNKNOWN  one of them is not sent: it is named
UNKNOWN  a folder has no headers and is not asked
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crawler_checks.checks.check import Check, Finding, Inspection


def run(inspection: Inspection) -> Iterator[Finding]:
    """At most one finding."""
    home = inspection.site.home
    if home is None or not home.headers:
        return
    is_secure = inspection.site.snapshot.scope.origin.startswith("https:")
    lacking = [name for name in _wanted(is_secure) if not _has(name, home.headers)]
    if lacking:
        yield CHECK.unknown(
            home.address,
            "headers",
            f"首页的回答没有安全响应头 {'、'.join(lacking)}。没有核对过的规定点名要求它们，请由运维人员决定是否加上。",
            f"The answer for the start page lacks {', '.join(lacking)}. No rule that was read names them; those who run the "
            "server decide.",
        )


def _wanted(is_secure: bool) -> tuple[str, ...]:
    return ("X-Content-Type-Options", "X-Frame-Options") + (
        ("Strict-Transport-Security",) if is_secure else ()
    )


def _has(name: str, headers: Mapping[str, str]) -> bool:
    if name == "X-Frame-Options" and "frame-ancestors" in headers.get("content-security-policy", ""):
        return True
    return bool(headers.get(name.lower(), "").strip())


CHECK = Check(
    "security_header_missing",
    "缺少安全响应头",
    "Missing security header",
    run,
    "政府网站发展指引（国办发〔2017〕47号）安全防护部分（未与原文核对，只作提醒）",
)
