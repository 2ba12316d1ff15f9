"""A live site over HTTP: libcurl, many transfers in one plain loop, with every bound held while bytes arrive."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.request import getproxies

import pycurl

from crawler_checks.crawl.answer import Answer, NoAnswer, Queue, Request, Response, Trouble, Want
from crawler_checks.crawl.limits import Limits, Manners
from crawler_checks.crawl.pace import Pace, is_private

CRAWLER = "gongkai-inspector"
USER_AGENT = f"{CRAWLER}/0.1 (政府信息公开网上巡查; website inspection)".encode()
READ_WHOLE = {Want.PAGE: re.compile(r"html|text/plain|^$"), Want.STYLE: re.compile(r"css|text/plain|^$")}
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


class CurlSource:
    """Answers from the host at `origin`, and from nowhere else: redirects are handed back, not followed.

    With `private_allowed` False a connection to an address that is not of the public internet is refused,
    whatever name led to it. `clock` gives seconds.
    """

    def __init__(
        self,
        origin: str,
        limits: Limits,
        manners: Manners,
        *,
        private_allowed: bool,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._origin, self._limits, self._manners = origin, limits, manners
        self._clock, self._sleep = clock, sleep
        self._pace = Pace(manners.requests_a_second)
        self._multi = pycurl.CurlMulti()
        self._share = pycurl.CurlShare()
        self._share.setopt(pycurl.SH_SHARE, pycurl.LOCK_DATA_COOKIE)
        self._share.setopt(pycurl.SH_SHARE, pycurl.LOCK_DATA_DNS)
        self._idle = [_Transfer(limits, self._share, private_allowed) for _ in range(manners.connections)]
        self._busy: dict[pycurl.Curl, _Transfer] = {}

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """Keep as many transfers going as manners allow; give back each as it ends."""
        while True:
            wait = self._start_what_is_due(queue)
            if not self._busy:
                if wait is None:
                    return
                self._sleep(wait)
                continue
            if self._multi.select(min(1.0, wait or 1.0)) < 0:
                self._sleep(0.005)  # names are being looked up: there is no socket to watch yet
            self._multi.perform()
            yield from self._finished()

    def slow_to(self, gap_seconds: float) -> None:
        """Leave at least this long between requests, within reason."""
        self._pace.slow_to(min(gap_seconds, self._manners.longest_wait.total_seconds()))

    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._sleep(pause.total_seconds())

    def _start_what_is_due(self, queue: Queue) -> float | None:
        """Start transfers; then how long until the next may start, None when there is none to start."""
        started = False
        wait: float | None = None
        while self._idle:
            wait = self._pace.seconds_to_wait(self._clock())
            if wait > 0:
                break
            request = queue.take()
            if request is None:
                wait = None
                break
            self._start(self._idle.pop(), request)
            started = True
        if started:
            self._multi.perform()
        return wait

    def _start(self, transfer: _Transfer, request: Request) -> None:
        self._pace.sent(self._clock())
        transfer.prepare(self._origin, request)
        self._busy[transfer.curl] = transfer
        self._multi.add_handle(transfer.curl)

    def _finished(self) -> Iterator[tuple[Request, Answer]]:
        while True:
            left, well, ill = self._multi.info_read()
            for curl, error in [(curl, 0) for curl in well] + [(curl, number) for curl, number, _ in ill]:
                transfer = self._busy.pop(curl)
                self._multi.remove_handle(curl)
                request, answer = transfer.request, transfer.answer(error)
                if isinstance(answer, Response) and answer.status == 416 and transfer.ranged:
                    self._start_unranged(transfer, request)
                    continue
                self._idle.append(transfer)
                self._heed(answer)
                yield request, answer
            if not left:
                return

    def _start_unranged(self, transfer: _Transfer, request: Request) -> None:
        """An empty file has no beginning to ask for; ask for all of it."""
        self._pace.sent(self._clock())
        transfer.prepare(self._origin, request, ranged=False)
        self._busy[transfer.curl] = transfer
        self._multi.add_handle(transfer.curl)

    def _heed(self, answer: Answer) -> None:
        if isinstance(answer, Response) and answer.retry_after is not None:
            longest = self._manners.longest_wait.total_seconds()
            self._pace.pause(self._clock(), min(answer.retry_after, longest))


def leads_to_private(host: str) -> bool:
    """Whether a host that somebody asked for stands, as of now, in a private network."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), None)
    except OSError:
        return False
    return any(is_private(str(address[0])) for *_, address in found)


class _Transfer:
    """One connection's worth of libcurl, used for one request after another."""

    def __init__(self, limits: Limits, share: pycurl.CurlShare, private_allowed: bool) -> None:
        self._limits = limits
        self.curl = curl = pycurl.Curl()
        self.request = Request("", Want.FILE)
        self.ranged = False
        self._begin()
        for option, value in {
            pycurl.NOSIGNAL: 1,
            pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
            pycurl.FOLLOWLOCATION: 0,
            pycurl.USERAGENT: USER_AGENT,
            pycurl.HTTPHEADER: ["Accept: text/html,*/*;q=0.8", "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5"],
            pycurl.CONNECTTIMEOUT_MS: int(limits.connect_seconds * 1000),
            pycurl.TIMEOUT_MS: int(limits.total_seconds * 1000),
            pycurl.LOW_SPEED_LIMIT: limits.slowest_bytes_a_second,
            pycurl.LOW_SPEED_TIME: limits.slow_seconds,
            pycurl.COOKIEFILE: "",
            pycurl.SHARE: share,
            pycurl.WRITEFUNCTION: self._on_body,
            pycurl.HEADERFUNCTION: self._on_header,
        }.items():
            curl.setopt(option, value)
        if private_allowed:
            curl.setopt(pycurl.NOPROXY, "*")
        elif not getproxies():  # behind a proxy it is the proxy that looks up names
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def prepare(self, origin: str, request: Request, *, ranged: bool = True) -> None:
        """Be ready to ask for this."""
        self.request = request
        self.ranged = ranged and request.want is Want.FILE
        self._begin()
        self.curl.setopt(pycurl.URL, origin + request.address)
        self.curl.setopt(pycurl.ACCEPT_ENCODING, "identity" if request.want is Want.FILE else "")
        if self.ranged:
            self.curl.setopt(pycurl.RANGE, f"0-{self._limits.file_bytes - 1}")
        else:
            self.curl.unsetopt(pycurl.RANGE)

    def answer(self, error: int) -> Answer:
        """What came of it; `error` is libcurl's number, 0 for none."""
        if error and not self._enough:
            return NoAnswer(self.request.address, self._trouble or TROUBLES.get(error, Trouble.BAD_REPLY))
        status = self.curl.getinfo(pycurl.RESPONSE_CODE)
        return Response(
            address=self.request.address,
            status=200 if status == 206 and self.ranged else status,
            content_type=self._headers.get("content-type", "").lower(),
            body=self._body.getvalue(),
            size=self._size(status),
            truncated=self._enough or (status == 206 and (self._size(status) or 0) > self._body.tell()),
            location=self._headers.get("location"),
            retry_after=_seconds(self._headers.get("retry-after")),
            sets_cookie="set-cookie" in self._headers,
            seconds=self.curl.getinfo(pycurl.TOTAL_TIME),
        )

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
        name, mark, value = line.partition(b":")
        if mark:
            self._headers[name.decode("latin-1").strip().lower()] = _text(value.strip())
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
        if is_private(target[0]):
            self._trouble = Trouble.PRIVATE_ADDRESS
            return pycurl.SOCKET_BAD
        return socket.socket(family, kind, protocol)


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
