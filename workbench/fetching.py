"""Bytes from a file or an address, whoever wrote them: only http and https, and no more than is wanted."""

from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from workbench.outcome import CannotDo

SCHEMES = ("http://", "https://")
PATIENCE_SECONDS = 30
NAME = "gongkai"


def bytes_at(place: str, most: int) -> bytes:
    """What is in the file or at the address, refused when it is more than `most` bytes."""
    content = _fetched(place, most) if place.startswith(SCHEMES) else _read(Path(place), most)
    if len(content) > most:
        raise CannotDo(
            f"“{_shown(place)}”太大，超过 {most:,} 字节，没有读取。",
            f"{_shown(place)!r} is larger than {most:,} bytes; it was not read.",
        )
    return content


def _read(path: Path, most: int) -> bytes:
    if not path.is_file():
        raise CannotDo(
            f"没有“{path}”这个文件。请写明文件，或 https:// 开头的网址",
            f"There is no file {str(path)!r}. Name a file, or an address that begins with https://",
        )
    with path.open("rb") as file:
        return file.read(most + 1)


def _fetched(address: str, most: int) -> bytes:
    try:
        asked = Request(_shown(address), headers={"User-Agent": NAME})  # noqa: S310 the opener knows http(s) alone
        with _opener().open(asked, timeout=PATIENCE_SECONDS) as answer:
            content: bytes = answer.read(most + 1)
            return content
    except HTTPError as refusal:
        with refusal:
            said = f"HTTP {refusal.code}"
    except (URLError, OSError, ValueError) as reason:
        said = str(getattr(reason, "reason", reason))
    raise CannotDo(
        f"“{_shown(address)}”打不开，回答是“{said}”。请检查网址和网络",
        f"{_shown(address)!r} could not be read; the answer is {said!r}. Check the address and the network",
    )


def _opener() -> OpenerDirector:
    """Knows http and https and nothing else, so that no answer leads to a file of this computer."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPRedirectHandler, HTTPErrorProcessor,
        UnknownHandler,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _shown(place: str) -> str:
    """An address without a name and a password that stand before its host."""
    parts = urlsplit(place)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.scheme else place
