"""网站的安全证书已过期、快要过期，或者浏览器会提示不安全。

查什么：https 网站出示的安全证书。三十天以内到期的提醒更换；到期当天仍然有效。

合格      https 网站，证书还有一年到期；http 网站；文件夹
不合格    昨天已经到期；证书上是别的域名；签发机构不受信任
无法判断  三十天以内到期；没能建立安全连接，原因也可能在我们这边

依据：政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”。

The site's certificate has expired, will soon, or is one that browsers warn of.

What is asked: the certificate that the https host shows. A certificate that ends within thirty days is pointed out, so
that it is renewed in time; the last day itself is still valid.

PASS     https, valid for another year; an http site; a folder
FAIL     it ended yesterday; it is made out to another name; it is signed by nobody known
UNKNOWN  it ends within thirty days; the host agreed on no secure connection, which may be ours to blame
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crawler_checks.checks.check import Check, Finding, Inspection
from crawler_checks.crawl.certificate import CertificateFault

SOON = timedelta(days=30)
FAULTS = {
    CertificateFault.EXPIRED: ("已经过期", "has expired"),
    CertificateFault.NOT_YET_VALID: ("还没有生效", "is not valid yet"),
    CertificateFault.SELF_SIGNED: ("是自己签发的", "is signed by itself"),
    CertificateFault.WRONG_NAME: ("不是发给这个域名的", "is made out to another name"),
    CertificateFault.UNTRUSTED: ("不是受信任的机构签发的，或者缺少中间证书", "is signed by nobody known"),
}  # fmt: skip


def run(inspection: Inspection) -> Iterator[Finding]:
    """At most one finding."""
    snapshot = inspection.site.snapshot
    certificate = snapshot.certificate
    if certificate is None:
        return
    host = snapshot.scope.host
    ends = certificate.ends_on
    if certificate.fault in FAULTS:
        zh, en = FAULTS[certificate.fault]
        day = f"（有效期至 {ends}）" if ends else ""
        yield CHECK.fail(
            snapshot.start,
            certificate.fault.value,
            f"{host} 的安全证书{zh}{day}，浏览器会提示不安全。请更换证书。",
            f"The certificate of {host} {en}; browsers warn of it. Replace it.",
        )
    elif certificate.fault is CertificateFault.OTHER:
        yield CHECK.unknown(
            snapshot.start,
            "other",
            f"无法判断 {host} 的安全连接是否正常：没有谈成安全连接，可能是协议太旧。请由运维人员查看。",
            f"Not judged whether {host} is secure: no connection was agreed on; its protocol may be too old.",
        )
    elif ends is not None and ends <= inspection.today + SOON:
        yield CHECK.unknown(
            snapshot.start,
            "soon",
            f"{host} 的安全证书有效期至 {ends}，快要到期。请及时更换。",
            f"The certificate of {host} ends on {ends}. Renew it in time.",
        )


CHECK = Check(
    "certificate_faulty",
    "安全证书有问题",
    "Faulty certificate",
    run,
    "政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）扣分指标“功能设计·可用性”",
    lambda _: ((f"提前 {SOON.days} 天提醒", f"days of warning: {SOON.days}"),),
)
