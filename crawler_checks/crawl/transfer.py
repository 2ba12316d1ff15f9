"""One connection's worth of libcurl: every bound is held while bytes arrive. And a look at a certificate."""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pycurl

from crawler_checks.crawl.answer import Answer, Guise, NoAnswer, Request, Response, Trouble, Want
from crawler_checks.crawl.certificate import Certificate, CertificateFault, fault_of, read_certificate
from crawler_checks.crawl.limits import Limits
from crawler_checks.crawl.pace import Reachable

CRAWLER = "gongkai-inspector"
ABOUT = "inspection of government websites"
ENGINE = f"Mozilla/5.0 (compatible; Baiduspider/2.0; asked by {CRAWLER} to compare what visitors are shown%s)"
"""Planted pages look for the name of a search engine; whoever reads the log sees who asked."""
SENT_BY = "https://www.baidu.com/s?wd=gov"
HEADERS = ["Accept: text/html,*/*;q=0.8", "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5"]
READ_WHOLE = {
    Want.PAGE: re.compile(r"html|text/plain|(?:text|application)/xml|^$"),  # the rest of a list may be XML
    Want.STYLE: re.compile(r"css|text/plain|^$"),
    Want.WHOLE: re.compile(""),
}
TROUBLES = {
    pycurl.E_OPERATION_TIMEDOUT: Trouble.TIMEOUT,
    pycurl.E_COULDNT_RESOLVE_HOST: Trouble.UNREACHABLE,
    pycurl.E_COULDNT_CONNECT: Trouble.UNREACHABLE,
    pycurl.E_GOT_NOTHING: Trouble.UNREACHABLE,
    pycurl.E_SEND_ERROR: Trouble.UNREACHABLE,
    pycurl.E_RECV_ERROR: Trouble.UNREACHABLE,
    pycurl.E_SSL_CONNECT_ERROR: Trouble.BAD_TLS,
    pycurl.E_PEER_FAILED_VERIFICATION: Trouble.BAD_TLS,
    pycurl.E_SSL_CACERT: Trouble.BAD_TLS,
    pycurl.E_SSL_CERTPROBLEM: Trouble.BAD_TLS,
    pycurl.E_SSL_CIPHER: Trouble.BAD_TLS,
}
USUAL_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)


def user_agent(contact: str = "") -> str:
    """Who asks, in ASCII: the program's name, what it does, and where whoever runs it can be reached."""
    return f"{CRAWLER}/0.1 ({ABOUT}{'; +' if contact else ''}{contact})"


class Transfer:
    """Used for one request after another. With `verified` False whatever certificate is taken. `contact` is where
    those who are asked can turn to."""

    def __init__(
        self,
        limits: Limits,
        share: pycurl.CurlShare,
        reachable: Reachable,
        *,
        verified: bool,
        contact: str = "",
    ) -> None:
        self._limits, self._reachable = limits, reachable
        self._agent = user_agent(contact)
        self._engine = ENGINE % (f"; +{contact}" if contact else "")
        self.curl = curl = pycurl.Curl()
        self.request = Request("", Want.FILE)
        self.ranged = False
        self._had_conditions = False
        self._asked: tuple[bool, bool] | None = None
        self._trusts = False
        self._guise: Guise | None = None
        self._sockets: list[socket.socket] = []
        self._begin()
        for option, value in {
            pycurl.FOLLOWLOCATION: 0,
            pycurl.USERAGENT: self._agent,
            pycurl.HTTPHEADER: HEADERS,
            pycurl.TIMEOUT_MS: int(limits.total_seconds * 1000),
            pycurl.LOW_SPEED_LIMIT: limits.slowest_bytes_a_second,
            pycurl.LOW_SPEED_TIME: limits.slow_seconds,
            pycurl.COOKIEFILE: "",
            pycurl.SHARE: share,
            pycurl.WRITEFUNCTION: self._on_body,
            pycurl.HEADERFUNCTION: self._on_header,
        }.items():
            curl.setopt(option, value)
        _prepare_connection(curl, limits, verified=verified)
        if reachable.private:
            curl.setopt(pycurl.NOPROXY, "*")
        if reachable.private or not _proxies():  # behind a proxy it is the proxy that looks up names
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def prepare(self, origin: str, request: Request, *, ranged: bool = True) -> None:
        """Be ready to ask for this."""
        self.request = request
        self.ranged = ranged and request.want is Want.FILE
        self._begin()
        self.trust(origin)
        self.curl.setopt(pycurl.URL, origin + request.address)
        self._ask_for_kind(is_file=request.want is Want.FILE)
        if request.guise is not self._guise:
            self._guise = request.guise
            self.curl.setopt(pycurl.USERAGENT, self._engine if request.guise is Guise.ENGINE else self._agent)
            self.curl.setopt(pycurl.REFERER, SENT_BY if request.guise is Guise.REFERRED else "")
        if request.conditions or self._had_conditions:
            self.curl.setopt(pycurl.HTTPHEADER, [*HEADERS, *request.conditions])
            self._had_conditions = bool(request.conditions)

    def trust(self, origin: str) -> None:
        """Know whose signatures are trusted, where it comes to that."""
        if self._trusts or not origin.startswith("https"):
            return
        self._trusts = True
        authorities = _authorities()
        if authorities:
            self.curl.setopt(pycurl.CAINFO, authorities)

    def _ask_for_kind(self, *, is_file: bool) -> None:
        """A page packed and whole, of a file the beginning as it is; told only where the last one was asked otherwise."""
        if (is_file, self.ranged) == self._asked:
            return
        self._asked = (is_file, self.ranged)
        self.curl.setopt(pycurl.ACCEPT_ENCODING, "identity" if is_file else "")
        if self.ranged:
            self.curl.setopt(pycurl.RANGE, f"0-{self._limits.file_bytes - 1}")
        else:
            self.curl.unsetopt(pycurl.RANGE)

    def answer(self, error: int) -> Answer:
        """What came of it; `error` is libcurl's number, 0 for none."""
        self._let_go()
        if error and not self._enough:
            return NoAnswer(self.request.address, self._trouble or TROUBLES.get(error, Trouble.BAD_REPLY))
        if self._is_unreadable():
            return NoAnswer(self.request.address, Trouble.BAD_REPLY)
        status = self.curl.getinfo(pycurl.RESPONSE_CODE)
        size = self._size(status)
        unchanged = status == 304 and bool(self.request.conditions)
        return Response(
            address=self.request.address,
            status=200 if unchanged or (status == 206 and self.ranged) else status,
            content_type=self._headers.get("content-type", "").lower(),
            body=self._body.getvalue(),
            size=size,
            truncated=self._enough or (status == 206 and (size or 0) > self._body.tell()),
            location=self._headers.get("location"),
            retry_after=_seconds(self._headers.get("retry-after")),
            sets_cookie="set-cookie" in self._headers,
            seconds=self.curl.getinfo(pycurl.TOTAL_TIME),
            headers=self._headers,
            want=self.request.want,
            unchanged=unchanged,
        )

    def _is_unreadable(self) -> bool:
        """Whether nothing could be unpacked: what came was not packed as it says."""
        return (
            self._headers.get("content-encoding", "identity") != "identity"
            and self._headers.get("content-length") != "0"
            and self._body.tell() == 0
            and self.curl.getinfo(pycurl.RESPONSE_CODE) == 200
        )

    def _let_go(self) -> None:
        """libcurl holds a socket by itself once it has it."""
        while self._sockets:
            self._sockets.pop().close()

    def _begin(self) -> None:
        self._headers: dict[str, str] = {}
        self._header_bytes = 0
        self._body = BytesIO()
        self._most = 0
        self._enough = False
        self._trouble: Trouble | None = None

    def _on_header(self, line: bytes) -> int | None:
        self._header_bytes += len(line)
        if self._header_bytes > self._limits.header_bytes:
            self._trouble = Trouble.HEADERS_TOO_LARGE
            return -1
        if line.startswith(b"HTTP/"):
            self._headers.clear()
        header = _header(line)
        if header is not None:
            self._headers[header[0]] = header[1]
        return None

    def _on_body(self, chunk: bytes) -> int | None:
        if not self._most:
            self._most = self._bytes_wanted()
        self._body.write(chunk[: self._most - self._body.tell()])
        if self._body.tell() >= self._most:
            self._enough = True
            return -1
        return None

    def _bytes_wanted(self) -> int:
        """Known once the headers are in: all of a page, the beginning of what turns out to be a file."""
        whole = READ_WHOLE.get(self.request.want)
        kind = self._headers.get("content-type", "").lower()
        return self._limits.page_bytes if whole and whole.search(kind) else self._limits.file_bytes

    def _size(self, status: int) -> int | None:
        if status == 206:
            total = self._headers.get("content-range", "").rpartition("/")[2]
        elif "content-encoding" in self._headers:
            return None
        else:
            total = self._headers.get("content-length", "")
        if total.isdecimal():
            return int(total)
        return None if self._enough else self._body.tell()

    def _open_socket(self, _purpose: int, address: Any) -> Any:
        family, kind, protocol, target = address
        if not self._reachable.allows(target[0]):
            self._trouble = Trouble.PRIVATE_ADDRESS
            return pycurl.SOCKET_BAD
        self._sockets.append(socket.socket(family, kind, protocol))
        return self._sockets[-1]


def look_at_certificate(origin: str, limits: Limits, reachable: Reachable) -> Certificate | None:
    """The certificate that the host at an https origin shows, and its fault. Nothing is asked of the host.

    None when there is no certificate to be seen: for http, or when the host cannot be reached.
    """
    if not origin.startswith("https://"):
        return None
    error, words, verified, pairs = _shake_hands(origin, limits, reachable, verify=True)
    if error == 0:
        return read_certificate(pairs, None)
    if TROUBLES.get(error) is not Trouble.BAD_TLS:
        return None
    fault = fault_of(verified, words)
    error, _, _, pairs = _shake_hands(origin, limits, reachable, verify=False)
    return read_certificate(pairs, fault if error == 0 else CertificateFault.OTHER)


def _shake_hands(
    origin: str, limits: Limits, reachable: Reachable, *, verify: bool
) -> tuple[int, str, int, list[tuple[str, str]]]:
    """libcurl's number and words, OpenSSL's number, and what the first certificate says."""
    share = pycurl.CurlShare()
    transfer = Transfer(limits, share, reachable, verified=verify)
    curl = transfer.curl
    transfer.trust(origin)
    curl.setopt(pycurl.URL, origin)
    curl.setopt(pycurl.CONNECT_ONLY, 1)
    curl.setopt(pycurl.OPT_CERTINFO, 1)
    error, words = 0, ""
    try:
        curl.perform()
    except pycurl.error as reason:
        error, words = reason.args
    transfer.answer(error)
    chain = curl.getinfo(pycurl.INFO_CERTINFO) or [[]]
    verified = curl.getinfo(pycurl.SSL_VERIFYRESULT)
    curl.close()
    share.close()
    return error, words, verified, [(pair[0], pair[1]) for pair in (chain[0] if chain else [])]


def _prepare_connection(curl: pycurl.Curl, limits: Limits, *, verified: bool) -> None:
    for option, value in {
        pycurl.NOSIGNAL: 1,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.CONNECTTIMEOUT_MS: int(limits.connect_seconds * 1000),
        pycurl.SSL_VERIFYPEER: int(verified),
        pycurl.SSL_VERIFYHOST: 2 if verified else 0,
    }.items():
        curl.setopt(option, value)
    if not verified:  # such hosts often know no newer ciphers either; what is read is public anyway
        curl.setopt(pycurl.SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0")


def _proxies() -> dict[str, str]:
    from urllib.request import getproxies  # with it comes a whole client

    return getproxies()


def _authorities() -> str | None:
    """The file of those whose signature is trusted, as this computer has it; None to leave it to libcurl."""
    import ssl

    named = ssl.get_default_verify_paths().cafile
    return next((path for path in (named, *USUAL_AUTHORITIES) if path and Path(path).is_file()), None)


@lru_cache(maxsize=128)  # a host says most of it in every answer
def _header(line: bytes) -> tuple[str, str] | None:
    """The name, in small letters, and the value of a header; None for a line that is none."""
    name, mark, value = line.partition(b":")
    return (name.decode("latin-1").strip().lower(), _text(value.strip())) if mark else None


def _text(value: bytes) -> str:
    """A header's text; not all servers keep to ASCII in a Location."""
    for charset in ("utf-8", "gb18030"):
        try:
            return value.decode(charset)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _seconds(retry_after: str | None) -> int | None:
    """Retry-After in seconds; one given as a date counts as a minute."""
    if retry_after is None:
        return None
    return int(retry_after) if retry_after.isdecimal() and len(retry_after) < 8 else 60
