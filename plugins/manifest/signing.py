"""A signature under the manifest (Ed25519), by which anyone with the public key can tell who published a site.

OpenSSL 3 does the work, so that keys are kept as every other key of the office is:

    openssl genpkey -algorithm ed25519 -out site.key
    openssl pkey -in site.key -pubout -out site.pub
"""

from __future__ import annotations

import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

SIGNATURE = "manifest.json.sig"
"""Beside the manifest: the signature in base64, one line."""


class KeyNotUsable(Exception):
    """The key cannot sign or verify; the messages name the reason and what to do."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(f"{message_zh} / {message_en}")
        self.message_zh = message_zh
        self.message_en = message_en


def signature(content: bytes, key: Path) -> bytes:
    """The signature of the bytes with a private key; the same bytes and key have the same. Raises KeyNotUsable."""
    with TemporaryDirectory() as folder:
        made = Path(folder, "signature")
        answer = _openssl(folder, content, "-sign", "-inkey", str(key), "-out", str(made))
        if answer.returncode:
            raise _unusable(key, answer.stderr)
        return b64encode(made.read_bytes()) + b"\n"


def is_signed(content: bytes, signed: bytes | None, key: Path) -> bool:
    """Whether the signature is that of the bytes, by the owner of the public key. Raises KeyNotUsable."""
    if not key.is_file():
        raise _unusable(key, "No such file")
    try:
        raw = b64decode(signed or b"", validate=False)
    except ValueError:
        return False
    with TemporaryDirectory() as folder:
        given = Path(folder, "signature")
        given.write_bytes(raw)
        answer = _openssl(folder, content, "-verify", "-pubin", "-inkey", str(key), "-sigfile", str(given))
        if answer.returncode and "Verification Failure" not in answer.stdout + answer.stderr:
            raise _unusable(key, answer.stderr)
        return answer.returncode == 0


def _openssl(folder: str, content: bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    file = Path(folder, "content")
    file.write_bytes(content)
    command = ["openssl", "pkeyutl", *arguments, "-rawin", "-in", str(file)]
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError as reason:
        raise KeyNotUsable(
            "这台电脑上没有 openssl（3.0 或更新）。请先安装，例如：sudo apt-get install openssl",
            "There is no openssl (3.0 or newer) on this computer. Install it, for example: sudo apt-get install openssl",
        ) from reason


def _unusable(key: Path, said: str) -> KeyNotUsable:
    last = (said.strip().splitlines() or [""])[-1]
    return KeyNotUsable(
        f"钥匙“{key}”用不了，openssl 的回答是“{last}”。签名用私钥（openssl genpkey -algorithm ed25519），核对用公钥。",
        f"The key {str(key)!r} cannot be used; openssl answers {last!r}. Sign with a private key "
        "(openssl genpkey -algorithm ed25519), verify with the public one.",
    )
