"""Sends news to everyone who is to be told; tries again, and says who could not be reached, never with a secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from crawler_checks.delivery.news import News
from crawler_checks.delivery.receivers import LOOPBACK, Mailbox, Receivers, Webhook

TRIES = 3
PAUSES_SECONDS = (5.0, 30.0)
PATIENCE_SECONDS = 20.0
LONGEST_ANSWER = 65_536
MOST_BYTES = 2_000
"""Of a robot's message; the strictest takes 2,048."""


class NotDelivered(Exception):
    """A receiver that did not take the message; `why` says what it answered, without any secret."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.why, self.again = why, again


def deliver(
    news: News,
    receivers: Receivers,
    *,
    pause: Callable[[float], None] = time.sleep,
    moment: Callable[[], float] = time.time,
) -> tuple[str, ...]:
    """Tell everyone; the answer names, in both languages, those who could not be reached."""
    sends: list[tuple[str, Callable[[], None]]] = []
    if receivers.mail is not None:
        mailbox = receivers.mail
        sends.append((mailbox.host, lambda: send_mail(news, mailbox)))
    sends += [(hook.host, _posting(news, hook, moment)) for hook in receivers.webhooks]
    return tuple(said for host, send in sends for said in _try(host, send, pause))


def _posting(news: News, hook: Webhook, moment: Callable[[], float]) -> Callable[[], None]:
    return lambda: post(news, hook, moment)


def _try(host: str, send: Callable[[], None], pause: Callable[[float], None]) -> Iterator[str]:
    for number in range(TRIES):
        try:
            send()
        except NotDelivered as reason:
            if reason.again and number + 1 < TRIES:
                pause(PAUSES_SECONDS[number])
                continue
            yield f"没有送达 {host}（试了 {number + 1} 次）：{reason.why} / not delivered to {host}: {reason.why}"
        return


def send_mail(news: News, mailbox: Mailbox) -> None:
    """One mail to all. Raises NotDelivered."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = news.subject, mailbox.sender, ", ".join(mailbox.to)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(news.text, cte="base64")  # for servers that take 7 bits only
    secure = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(mailbox.host, mailbox.port, timeout=PATIENCE_SECONDS, context=secure)
            if mailbox.security == "tls"
            else smtplib.SMTP(mailbox.host, mailbox.port, timeout=PATIENCE_SECONDS)
        ) as server:
            if mailbox.security == "starttls":
                server.starttls(context=secure)
            if mailbox.user and mailbox.password:
                server.login(mailbox.user, mailbox.password)
            refused = server.send_message(letter)
    except smtplib.SMTPAuthenticationError as fault:
        raise NotDelivered(f"SMTP {fault.smtp_code}", again=False) from None
    except smtplib.SMTPResponseException as fault:
        raise NotDelivered(f"SMTP {fault.smtp_code}", again=fault.smtp_code < 500) from None
    except (smtplib.SMTPException, OSError) as fault:
        raise NotDelivered(type(fault).__name__) from None
    if refused:
        raise NotDelivered(f"SMTP: {len(refused)} refused", again=False)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A message goes where it was told to go, and nowhere else."""


def post(news: News, hook: Webhook, moment: Callable[[], float]) -> None:
    """One message to a webhook. Raises NotDelivered."""
    body = json.dumps(_body(news, hook.form)).encode("ascii")
    request = Request(  # noqa: S310 the address is https, or this computer
        _signed(hook, moment), data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )
    direct = [ProxyHandler({})] if hook.host in LOOPBACK else []
    try:
        with build_opener(_NoRedirects, *direct).open(request, timeout=PATIENCE_SECONDS) as answer:
            said = answer.read(LONGEST_ANSWER)
    except HTTPError as fault:
        fault.close()
        raise NotDelivered(f"HTTP {fault.code}", again=fault.code >= 500 or fault.code == 429) from None
    except (OSError, HTTPException, ValueError) as fault:
        raise NotDelivered(type(fault).__name__) from None
    if hook.form != "plain":
        _refuse_robots_no(said)


def _refuse_robots_no(said: bytes) -> None:
    """Robots say no with a 200; the code is in the answer."""
    try:
        code = json.loads(said)["errcode"]
    except (ValueError, KeyError, TypeError):
        raise NotDelivered("no errcode") from None
    if code != 0:
        raise NotDelivered(f"errcode {code!r:.12}", again=code in (-1, 45009, 130101))


def _body(news: News, form: str) -> dict[str, Any]:
    if form == "plain":
        return news.data
    return {"msgtype": "text", "text": {"content": _short(news)}}


def _short(news: News) -> str:
    """The text up to what a robot takes, whole lines only."""
    kept: list[str] = []
    for line in news.text.splitlines():
        if len("\n".join([*kept, line, "……见报告"]).encode("utf-8", "replace")) > MOST_BYTES:
            kept.append("……见报告")
            break
        kept.append(line)
    return "\n".join(kept)


def _signed(hook: Webhook, moment: Callable[[], float]) -> str:
    """A robot that was given a secret wants the moment, signed with it."""
    if hook.secret is None:
        return hook.url
    stamp = str(round(moment() * 1000))
    digest = hmac.new(hook.secret.encode(), f"{stamp}\n{hook.secret}".encode(), hashlib.sha256).digest()
    signed = urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode("ascii")})
    return f"{hook.url}{'&' if '?' in hook.url else '?'}{signed}"
