"""News reaches mail and webhooks on servers of this computer; failures are tried again and told without secrets."""

from __future__ import annotations

import base64
import contextlib
import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.delivery.deliver import MOST_BYTES, deliver
from crawler_checks.delivery.news import News, news_of, news_of_failure
from crawler_checks.delivery.receivers import Mailbox, Receivers, Webhook
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.values import Inspected

SECRET = "geheim-7f3a"
NEWS = News("网站巡检：新问题 1 项", "1. 链接失效。", {"version": 1, "event": "findings"})


def no_pause(_: float) -> None:
    """Tests do not wait."""


# ---- what there is to tell ----


def fault(name: str) -> Finding:
    return Finding(
        "link_broken", Outcome.FAIL, "/", f"/{name}", None, f"断链\r\nBcc: x@y {name}", "broken", "依据"
    )


def inspect(ledger: Ledger, today: date, *findings: Finding) -> News | None:
    seen = Inspected("site.example/", today, "cn-2019", ("/",), 1, False, findings, ())
    return news_of(ledger.save(ledger.begin("https://site.example/", today), seen))


def test_only_what_is_new_is_told_and_nothing_when_nothing_is(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db") as ledger:
        first = inspect(ledger, date(2026, 3, 2), fault("a"))
        same = inspect(ledger, date(2026, 3, 3), fault("a"))
        more = inspect(ledger, date(2026, 3, 4), fault("a"), fault("b"))
        less = inspect(ledger, date(2026, 3, 5), fault("a"))
        again = inspect(ledger, date(2026, 3, 6), fault("a"), fault("b"))

    assert first is not None
    assert (same, less) == (None, None)
    assert more is not None
    assert more.text == (
        "2026-03-04 巡检 site.example/：新发现 1，再次出现 0，已整改 0，逾期 0。\n"
        "1. 断链  Bcc: x@y b 整改期限 2026-03-18"
    )
    assert again is not None
    assert "（再次出现）" in again.text
    assert [one["state"] for one in again.data["findings"]] == ["back"]


# ---- mail ----


class SmtpServer(socketserver.ThreadingTCPServer):
    """Takes mail as a real server does, one command a line; `refusals` are answered to the first greetings."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self, refusals: list[str], tls: ssl.SSLContext | None = None, security: str = "none"
    ) -> None:
        super().__init__(("127.0.0.1", 0), SmtpHandler)
        self.refusals = refusals
        self.tls, self.security = tls, security
        self.letters: list[tuple[list[str], str]] = []
        self.logins: list[str] = []
        self.greeted = 0
        self.secured = 0


class SmtpHandler(socketserver.StreamRequestHandler):
    server: SmtpServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def secure(self) -> None:
        assert self.server.tls is not None
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.server.secured += 1

    def handle(self) -> None:
        with contextlib.suppress(ssl.SSLError, ConnectionError):  # a client that does not trust us
            self.talk()
        self.rfile.close()
        self.wfile.close()
        self.request.close()

    def talk(self) -> None:
        if self.server.security == "tls":
            self.secure()
        self.server.greeted += 1
        self.say("220 ready")
        to: list[str] = []
        while line := self.rfile.readline().decode("utf-8").strip():
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                offers = "250-STARTTLS\r\n" if self.server.security == "starttls" else ""
                self.say(f"250-site\r\n{offers}250 AUTH PLAIN")
            elif word == "STARTTLS" and self.server.security == "starttls":
                self.say("220 go on")
                self.secure()
            elif word == "STARTTLS":
                self.say("502 not here")
            elif word == "AUTH":
                self.server.logins.append(base64.b64decode(line.split(" ")[2]).decode())
                self.say("235 ok" if not self.server.refusals else self.server.refusals.pop(0))
            elif word == "MAIL" and self.server.refusals:
                self.say(self.server.refusals.pop(0))
            elif word == "RCPT":
                to.append(line)
                self.say("250 ok")
            elif word == "DATA":
                self.say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode("utf-8"), ".\r\n")
                self.server.letters.append((to, "".join(lines)))
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@pytest.fixture
def smtp() -> Iterator[Callable[..., SmtpServer]]:
    servers: list[SmtpServer] = []

    def start(*refusals: str, tls: ssl.SSLContext | None = None, security: str = "none") -> SmtpServer:
        server = SmtpServer(list(refusals), tls, security)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def to_mail(server: SmtpServer, password: str | None = None) -> Receivers:
    port = server.server_address[1]
    user = "xunjian" if password else None
    mailbox = Mailbox(
        "127.0.0.1",
        port,
        "none",
        "a@example.gov.cn",
        ("b@example.gov.cn", "c@example.gov.cn"),
        user,
        password,
    )
    return Receivers(mailbox, ())


def test_a_mail_reaches_everyone_in_chinese(smtp: Callable[..., SmtpServer]) -> None:
    server = smtp()

    assert deliver(NEWS, to_mail(server, SECRET), pause=no_pause) == ()

    [(to, raw)] = server.letters
    letter = message_from_string(raw, policy=policy.default)
    assert [line.partition("<")[2].partition(">")[0] for line in to] == [
        "b@example.gov.cn",
        "c@example.gov.cn",
    ]
    assert letter["Subject"] == "网站巡检：新问题 1 项"
    assert letter.get_content().strip() == "1. 链接失效。"  # type: ignore[attr-defined]
    assert server.logins == [f"\0xunjian\0{SECRET}"]


def test_a_mail_that_is_put_off_is_sent_again(smtp: Callable[..., SmtpServer]) -> None:
    server = smtp("451 later", "451 later")

    assert deliver(NEWS, to_mail(server), pause=no_pause) == ()
    assert len(server.letters) == 1


def test_a_mail_that_is_refused_for_good_is_told_without_the_password(
    smtp: Callable[..., SmtpServer],
) -> None:
    server = smtp("535 wrong " + SECRET)

    [said] = deliver(NEWS, to_mail(server, SECRET), pause=no_pause)

    assert said == "没有送达 127.0.0.1（试了 1 次）：SMTP 535 / not delivered to 127.0.0.1: SMTP 535"
    assert server.greeted == 1


def test_a_mail_server_that_is_not_there_is_told_after_three_tries() -> None:
    waited: list[float] = []
    mailbox = Mailbox("127.0.0.1", 1, "none", "a@example.gov.cn", ("b@example.gov.cn",))

    [said] = deliver(NEWS, Receivers(mailbox, ()), pause=waited.append)

    assert "（试了 3 次）：ConnectionRefusedError" in said
    assert waited == [5.0, 30.0]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this computer, with its key, that nobody trusts who is not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        made.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return path


def tls_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def securely(server: SmtpServer, security: str, host: str = "localhost") -> Receivers:
    """The receivers as an office has them: a name, a password, and encryption."""
    mailbox = Mailbox(
        host, server.server_address[1], security, "a@example.gov.cn", ("b@example.gov.cn",), "xunjian", SECRET
    )
    return Receivers(mailbox, ())


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_goes_over_an_encrypted_connection(
    smtp: Callable[..., SmtpServer], certificate: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = smtp(tls=tls_of(certificate), security=security)

    assert deliver(NEWS, securely(server, security), pause=no_pause) == ()

    assert len(server.letters) == 1
    assert server.secured == 1
    assert server.logins == [f"\0xunjian\0{SECRET}"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail(
    smtp: Callable[..., SmtpServer], certificate: Path, security: str
) -> None:
    server = smtp(tls=tls_of(certificate), security=security)

    [said] = deliver(NEWS, securely(server, security), pause=no_pause)

    assert "SSLCertVerificationError" in said
    assert (server.logins, server.letters) == ([], [])
    assert SECRET not in said


def test_a_certificate_for_another_name_is_not_taken(
    smtp: Callable[..., SmtpServer], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = smtp(tls=tls_of(certificate), security="tls")

    [said] = deliver(NEWS, securely(server, "tls", "127.0.0.1"), pause=no_pause)

    assert "SSLCertVerificationError" in said
    assert server.logins == []


def test_a_server_that_offers_no_encryption_gets_no_password(smtp: Callable[..., SmtpServer]) -> None:
    server = smtp()

    [said] = deliver(NEWS, securely(server, "starttls"), pause=no_pause)

    assert "SMTPNotSupportedError" in said
    assert (server.logins, server.letters) == ([], [])


# ---- webhooks ----


class Hook:
    """A webhook's server: what it was sent, and the answers it has ready."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, str]] = []
        self.paths: list[str] = []
        self.bodies: list[Any] = []


@pytest.fixture
def hook() -> Iterator[tuple[Hook, str]]:
    taken = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.paths.append(self.path)
            taken.bodies.append(json.loads(body))
            status, text = taken.answers.pop(0) if taken.answers else (200, '{"errcode": 0}')
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield taken, f"http://127.0.0.1:{server.server_address[1]}/send?key={SECRET}"
    server.shutdown()
    server.server_close()


def to_hook(url: str, form: str, secret: str | None = None) -> Receivers:
    return Receivers(None, (Webhook("127.0.0.1", form, url, secret),))


def test_our_own_form_is_the_data_and_a_robots_is_text(hook: tuple[Hook, str]) -> None:
    taken, url = hook

    assert deliver(NEWS, to_hook(url, "plain"), pause=no_pause) == ()
    assert deliver(NEWS, to_hook(url, "wecom"), pause=no_pause) == ()

    assert taken.bodies == [
        {"version": 1, "event": "findings"},
        {"msgtype": "text", "text": {"content": "1. 链接失效。"}},
    ]


def test_a_signed_robot_gets_the_moment_and_its_signature(hook: tuple[Hook, str]) -> None:
    taken, url = hook

    assert (
        deliver(NEWS, to_hook(url, "dingtalk", "SEC123"), pause=no_pause, moment=lambda: 1_700_000_000.0)
        == ()
    )

    query = parse_qs(urlsplit(taken.paths[0]).query)
    assert query["timestamp"] == ["1700000000000"]
    assert len(base64.b64decode(query["sign"][0])) == 32


def test_a_long_message_is_cut_at_a_line_within_what_a_robot_takes(hook: tuple[Hook, str]) -> None:
    taken, url = hook
    long = News("题", "\n".join(f"{number}. {'问题' * 30}" for number in range(50)), {})

    deliver(long, to_hook(url, "wecom"), pause=no_pause)

    content = taken.bodies[0]["text"]["content"]
    assert len(content.encode()) <= MOST_BYTES
    assert content.endswith("\n……见报告")


@pytest.mark.parametrize(
    ("answers", "tries", "why"),
    [
        ([(500, "")] * 3, 3, "HTTP 500"),
        ([(429, ""), (503, "")], 3, None),
        ([(404, "")], 1, "HTTP 404"),
        ([(302, "")], 1, "HTTP 302"),
        ([(200, '{"errcode": 93000, "errmsg": "' + SECRET + '"}')], 1, "errcode 93000"),
        ([(200, '{"errcode": -1}')], 2, None),
        ([(200, "<html>")] * 3, 3, "no errcode"),
    ],
)
def test_a_webhook_that_refuses_is_tried_again_or_told(
    hook: tuple[Hook, str], answers: list[tuple[int, str]], tries: int, why: str | None
) -> None:
    taken, url = hook
    taken.answers = list(answers)

    said = deliver(NEWS, to_hook(url, "wecom"), pause=no_pause)

    assert len(taken.bodies) == tries
    assert said == (
        ()
        if why is None
        else (f"没有送达 127.0.0.1（试了 {tries} 次）：{why} / not delivered to 127.0.0.1: {why}",)
    )
    assert SECRET not in "".join(said)


def test_one_who_is_not_reached_keeps_nobody_else_waiting(hook: tuple[Hook, str]) -> None:
    taken, url = hook
    dead = Webhook("127.0.0.1", "plain", f"http://127.0.0.1:1/{SECRET}")
    receivers = Receivers(None, (dead, Webhook("127.0.0.1", "plain", url)))

    [said] = deliver(NEWS, receivers, pause=no_pause)

    assert SECRET not in said
    assert len(taken.bodies) == 1


def test_secrets_do_not_show_when_a_receiver_is_printed() -> None:
    receivers = Receivers(
        Mailbox("h", 25, "none", "a@b", ("c@d",), "u", SECRET),
        (Webhook("h", "plain", f"https://h/{SECRET}", SECRET),),
    )

    assert SECRET not in repr(receivers)


def test_a_site_that_could_not_be_inspected_is_news() -> None:
    news = news_of_failure("https://x.example/", "2026-03-02", "首页没有打开", "it did not open")

    assert news.text == "2026-03-02 没能巡检 https://x.example/。首页没有打开"
