"""Who is told, from a YAML file. Secrets stand in the environment; the file names the variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler_checks.faulty_file import Fault, FaultyFile, fault_at
from plugins.disclosure.yaml_data import read_yaml, yaml_lines

SECURITY = ("tls", "starttls", "none")
FORMS = ("plain", "wecom", "dingtalk")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class FaultyReceivers(FaultyFile):
    """A file of receivers that cannot be used; no fault tells a secret."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server and who is written to. The password never shows."""

    host: str
    port: int
    security: str
    sender: str
    to: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes messages. A robot's address is itself a secret, and never shows; `host` may."""

    host: str
    form: str
    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Receivers:
    """Everyone who is told."""

    mail: Mailbox | None
    webhooks: tuple[Webhook, ...]


def load_receivers(path: Path, environment: Mapping[str, str]) -> Receivers:
    """The receivers of a file, with the secrets the environment has. Raises FaultyReceivers."""
    try:
        data, lines = read_yaml(path), yaml_lines(path)
    except (ValueError, OSError) as fault:
        said = re.sub(r"\s+", " ", str(fault))
        raise FaultyReceivers(
            [Fault(path.name, 1, f"读不懂（{said}）。请检查缩进和冒号。", f"cannot be read ({said}).")]
        ) from fault
    reader = _Reader(path, lines, environment)
    if not isinstance(data, dict) or not data or set(data) - {"mail", "webhooks"}:
        raise reader.fault(
            (), "要有 mail 或 webhooks，不能有别的。", "it has mail, or webhooks, and nothing else."
        )
    mail = reader.mailbox(data["mail"]) if "mail" in data else None
    hooks = data.get("webhooks", [])
    if not isinstance(hooks, list):
        raise reader.fault(("webhooks",), "webhooks 应当是列表。", "webhooks is a list.")
    return Receivers(mail, tuple(reader.webhook(one, number) for number, one in enumerate(hooks)))


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    lines: Mapping[tuple[str | int, ...], int]
    environment: Mapping[str, str]

    def mailbox(self, data: Any) -> Mailbox:
        self.keys(data, ("mail",), {"host", "port", "security", "from", "to"}, {"user", "password_env"})
        port, security, to = data["port"], data["security"], data["to"]
        if type(port) is not int or not 0 < port < 65536:
            raise self.fault(
                ("mail", "port"), "port 写端口号，例如 465。", "port is a number, for example 465."
            )
        if security not in SECURITY:
            raise self.fault(
                ("mail", "security"),
                f"security 写 {'、'.join(SECURITY)} 之一。",
                f"security is one of {', '.join(SECURITY)}.",
            )
        if (
            not isinstance(to, list)
            or not all(ADDRESS.fullmatch(str(one)) for one in [*to, data["from"]])
            or not to
        ):
            raise self.fault(
                ("mail", "to"),
                "from 和 to 写邮箱地址，例如 to: [xxgk@example.gov.cn]。",
                "from and to are mail addresses, for example to: [xxgk@example.gov.cn].",
            )
        password = self.secret(data, "password_env", ("mail",))
        if password and security == "none" and data["host"] not in LOOPBACK:
            raise self.fault(
                ("mail", "security"),
                "有密码时不能不加密。请写 tls 或 starttls。",
                "a password is never sent without encryption. Write tls or starttls.",
            )
        return Mailbox(
            str(data["host"]),
            port,
            security,
            str(data["from"]),
            tuple(map(str, to)),
            data.get("user"),
            password,
        )

    def webhook(self, data: Any, number: int) -> Webhook:
        place = ("webhooks", number)
        self.keys(data, place, {"form", "url_env"}, {"secret_env"})
        if data["form"] not in FORMS:
            raise self.fault(
                (*place, "form"), f"form 写 {'、'.join(FORMS)} 之一。", f"form is one of {', '.join(FORMS)}."
            )
        url = self.secret(data, "url_env", place) or ""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        if not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
            raise self.fault(
                (*place, "url_env"),
                f"环境变量 {data['url_env']} 里要是 https:// 开头的网址。",
                f"the variable {data['url_env']} holds an address that begins with https://.",
            )
        return Webhook(host, data["form"], url, self.secret(data, "secret_env", place))

    def secret(self, data: Mapping[str, Any], key: str, place: tuple[str | int, ...]) -> str | None:
        name = data.get(key)
        if name is None:
            return None
        value = self.environment.get(str(name))
        if not value:
            raise self.fault(
                (*place, key), f"没有设置环境变量 {name}。", f"the environment has no variable {name}."
            )
        return value

    def keys(self, data: Any, place: tuple[str | int, ...], needed: set[str], allowed: set[str]) -> None:
        keys = set(data) if isinstance(data, dict) else set()
        if not needed <= keys or keys - needed - allowed:
            wanted, more = ", ".join(sorted(needed)), ", ".join(sorted(allowed))
            raise self.fault(
                place,
                f"要有 {wanted}，可以有 {more}，不能有别的。",
                f"it has {wanted}, perhaps {more}, and nothing else.",
            )

    def fault(self, place: tuple[str | int, ...], zh: str, en: str) -> FaultyReceivers:
        return FaultyReceivers([fault_at(self.path, self.lines, place, zh, en)])
