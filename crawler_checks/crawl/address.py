"""Addresses: what stands in an href, brought into the one form by which a page is known.

An address of the target's own host is written from the root, `/a/b.html?x=1`, whatever scheme, host and port it was
written with; so a folder and the same folder behind a server have the same addresses. Any other address is
written in full. An address never carries a fragment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes

SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
DOTS = re.compile(r"/(?:\.|%2[eE]){1,2}(?:/|$)")
SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|%>")
"""What a script or template was to fill in; it is no address."""
NAME = r"[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*"
PLAIN = re.compile(rf"(?:/|(?:\.\./)+)?(?:{NAME}/)*(?:{NAME}/?)")
"""A path of the plainest kind, in which nothing has to be escaped or taken out."""
PLAIN_PLACE = re.compile(r"[A-Za-z0-9_\-]*")
"""A place on a page, written in the plainest way."""
LINE_BREAKS = str.maketrans("", "", "\t\r\n")
BLANKS = "".join(map(chr, range(33)))
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
PATH_SAFE = "/%:@!$&'()*+,;=~|[]^"
QUERY_SAFE = PATH_SAFE + "?"
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Kind(StrEnum):
    """What an href points at."""

    __hash__ = str.__hash__  # asked for with every link

    INSIDE = "inside"  # the target's own host
    OUTSIDE = "outside"  # another host
    EDITOR = "editor"  # a drive or file of the computer the page was edited on
    MALFORMED = "malformed"  # http: without a host that can be read
    NONE = "none"  # mailto:, tel:, javascript:, data:, or nothing at all


class Reference(NamedTuple):
    """An href that has been read: its kind, its address ("" when it has none) and its fragment (None: no `#`)."""

    kind: Kind
    address: str
    fragment: str | None = None


NOTHING = Reference(Kind.NONE, "")


@dataclass(frozen=True, slots=True)
class Scope:
    """The hosts that are the target's own and the path it stays under.

    `origin` is "" for a folder. `own_hosts` are host[:port] without default ports.
    """

    origin: str = ""
    prefix: str = "/"
    own_hosts: frozenset[str] = frozenset()

    @property
    def host(self) -> str:
        """The host of `origin`, without its port."""
        authority = self.origin.partition("://")[2]
        return re.sub(r":\d+$", "", authority)

    def holds(self, address: str) -> bool:
        """Whether this address may be asked for: on the target's own host and under its path."""
        return address.startswith(self.prefix)


def web_scope(address: str) -> tuple[Scope, str]:
    """The scope of an http(s) address as a person wrote it, and the address to begin with, from the root.

    Raises ValueError when the address cannot be read.
    """
    scheme, _, rest = address.strip().partition("://")
    scheme = scheme.lower()
    host, path = _split_authority(rest)
    name = _host(scheme, host)
    if scheme not in DEFAULT_PORTS or not name:
        raise ValueError(address)
    own = {name}
    if ":" not in name and not _is_ip(name):
        own.add(name.removeprefix("www.") if name.startswith("www.") else "www." + name)
    start = _resolve("", path or "/", "utf-8")
    return Scope(
        f"{scheme}://{name}", start.partition("?")[0].rpartition("/")[0] + "/", frozenset(own)
    ), start


@dataclass(slots=True)
class Joiner:
    """Reads hrefs against the page they stand on. Remembers, for the same few hundred come on every page."""

    scope: Scope
    _known: dict[tuple[str, str, str], Reference] = field(default_factory=dict)

    def join(self, base: str, href: str, charset: str = "utf-8") -> Reference:
        """The reference that `href` makes on a page or under a `<base>` with the address `base`.

        `charset` is the page's: browsers write the query, and only the query, in it.
        """
        path, mark, place = href.partition("#")
        if not mark or PLAIN_PLACE.fullmatch(place):
            folder = folder_of(base)
            plain = base if mark and not path and folder is not None else plain_path(folder, path)
            if plain is not None:
                return Reference(Kind.INSIDE, plain, place if mark else None)
        key = (_context(base, href), href, charset if "?" in href and not href.isascii() else "")
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._join(base, href, charset)
        return found

    def _join(self, base: str, href: str, charset: str) -> Reference:
        text = href.strip(BLANKS).translate(LINE_BREAKS)
        if not text or PLACEHOLDER.search(text):
            return NOTHING
        scheme = SCHEME.match(text)
        if scheme is None:
            return self._relative(base, text, charset)
        name = scheme[0][:-1].lower()
        if name in DEFAULT_PORTS:
            return self._absolute(name, *_split_fragment(text[scheme.end() :].lstrip("/\\")), charset)
        if name == "file" or len(name) == 1:
            return Reference(Kind.EDITOR, text)
        return NOTHING

    def _relative(self, base: str, text: str, charset: str) -> Reference:
        text, fragment = _split_fragment(text)
        path, mark, query = text.partition("?")
        text = path.replace("\\", "/") + mark + query
        if text.startswith("//"):
            scheme = self.scope.origin.partition(":")[0] or "http"
            return self._absolute(scheme, text.lstrip("/"), fragment, charset)
        if base.startswith("/"):
            return Reference(Kind.INSIDE, _resolve(base, text, charset), fragment)
        origin, path = _split_origin(base)
        return Reference(Kind.OUTSIDE, origin + _resolve(path, text, charset), fragment)

    def _absolute(self, scheme: str, rest: str, fragment: str | None, charset: str) -> Reference:
        authority, path = _split_authority(rest)
        name = _host(scheme, authority)
        if not name:
            return Reference(Kind.MALFORMED, f"{scheme}://{rest}")
        address = _resolve("", path or "/", charset)
        if name in self.scope.own_hosts:
            return Reference(Kind.INSIDE, address, fragment)
        return Reference(Kind.OUTSIDE, f"{scheme}://{name}{address}", fragment)


def folder_of(base: str) -> str | None:
    """The folder, without a slash at its end, that plain hrefs under `base` are in; None on other hosts."""
    return base.partition("?")[0].rpartition("/")[0] if base.startswith("/") else None


def plain_path(folder: str | None, href: str) -> str | None:
    """The address of the target's host that an href of the plainest kind makes in a folder of it; None for any other."""
    if folder is None or PLAIN.fullmatch(href) is None:
        return None
    if href.startswith("/"):
        return href
    while href.startswith("../"):
        folder, href = folder.rpartition("/")[0], href[3:]
    return f"{folder}/{href}"


def guessed(folder: str, href: str) -> str:
    """The address that an href surely makes in a folder of the target's host if it is one that is known."""
    if href[:1] in "?/#" or ":" in href:
        return ""
    while href.startswith("../"):
        folder, href = folder.rpartition("/")[0], href[3:]
    return f"{folder}/{href}"


def _context(base: str, href: str) -> str:
    """All of `base` that matters to `href`."""
    if not base.startswith("/"):
        return base  # under a <base> elsewhere even /x is elsewhere
    if href.startswith("/"):
        return ""
    return base if href[:1] in ("?", "#") else base.partition("?")[0].rpartition("/")[0]


def _split_fragment(text: str) -> tuple[str, str | None]:
    before, mark, fragment = text.partition("#")
    return before, fragment if mark else None


def _split_authority(rest: str) -> tuple[str, str]:
    """host[:port] and what follows it, from the text behind `//`."""
    end = next((i for i, sign in enumerate(rest) if sign in "/\\?#"), len(rest))
    path, mark, query = rest[end:].partition("#")[0].partition("?")
    path = path.replace("\\", "/")
    return rest[:end], path + mark + query if path or not mark else "/" + mark + query


def _split_origin(address: str) -> tuple[str, str]:
    scheme, _, rest = address.partition("://")
    host, path = _split_authority(rest)
    return f"{scheme}://{host}", path


def _host(scheme: str, authority: str) -> str:
    """host[:port] in small letters, without user name and default port; "" when there is none."""
    name = authority.rpartition("@")[2].lower().removesuffix(DEFAULT_PORTS.get(scheme, ":")).removesuffix(":")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return name if re.fullmatch(r"(?:[a-z0-9_.\-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", name) else ""


def _is_ip(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _resolve(base: str, text: str, charset: str) -> str:
    """`text` (no scheme, host or fragment) seen from the address `base`; from the root, percent-encoded."""
    path, mark, query = text.partition("?")
    if not path:
        path = base.partition("?")[0]
        if not mark:
            return base
    elif not path.startswith("/"):
        path = base.partition("?")[0].rpartition("/")[0] + "/" + path
    if ";" in path:
        path = SESSION.sub("", path)
    path = _without_dots(path) if DOTS.search(path) else path
    return _escaped_path(path) + (mark + _escaped_query(query, charset) if mark and query else "")


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")[1:]
    for number, part in enumerate(parts, 1):
        plain = part.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            kept = kept[:-1]
        elif plain != ".":
            kept.append(part)
            continue
        if number == len(parts):
            kept.append("")
    return "/" + "/".join(kept)


def _escaped_path(path: str) -> str:
    return _same_escapes(quote(path, safe=PATH_SAFE))


def _escaped_query(query: str, charset: str) -> str:
    if query.isascii():
        return _same_escapes(quote(query, safe=QUERY_SAFE))
    return _same_escapes(quote_from_bytes(query.encode(charset, "xmlcharrefreplace"), safe=QUERY_SAFE))


def _same_escapes(text: str) -> str:
    """Capital letters in escapes, and no escape for what needs none: %7e and ~ are the same page."""
    if "%" not in text:
        return text
    return ESCAPE.sub(lambda found: _plain(found[1]), text)


def _plain(digits: str) -> str:
    sign = chr(int(digits, 16))
    return sign if sign in UNRESERVED else "%" + digits.upper()
