"""What an address shows of itself at first sight: its title and description, and where it sends its visitors."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler_checks.crawl.answer import Answer, Guise, Response
from crawler_checks.crawl.later import Face
from crawler_checks.crawl.outcome import is_challenge
from crawler_checks.extract.decode import decode
from plugins.disclosure.spam_words import load_spam_words

LONGEST = 200
NOT_SEEN = frozenset({401, 403, 407, 412, 429, 451, 503, 511})
WEB = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
DESCRIBING = frozenset(("description", "keywords"))


def face_of(answer: Answer, guise: Guise | None = None, own_hosts: frozenset[str] = frozenset()) -> Face:
    """The face in an answer. What a firewall shows, or an error, is none."""
    if not isinstance(answer, Response) or answer.status in NOT_SEEN or answer.status >= 500:
        return Face(guise, is_seen=False)
    if 300 <= answer.status < 400:
        to = answer.location or ""
        return Face(guise, sent_to=to if _is_elsewhere(to, own_hosts) else "")
    if is_challenge(answer) or "html" not in (answer.content_type or "html"):
        return Face(guise, is_seen=False)
    name, words, to = _said(answer.body, answer.content_type)
    return Face(guise, True, name, words, to if _is_elsewhere(to, own_hosts) else "")


@lru_cache(maxsize=4)
def _said(body: bytes, content_type: str) -> tuple[str, frozenset[str], str]:
    """The name of a page, the words that betray it, and where it sends visitors. Most pages show everybody the same."""
    tree = LexborHTMLParser(decode(body, content_type, truncated=True).text)
    title = tree.css_first("title")
    name = " ".join(title.text().split())[:LONGEST] if title else ""
    described = " ".join(
        node.attributes.get("content") or ""
        for node in tree.css("meta[name]")
        if (node.attributes.get("name") or "").lower() in DESCRIBING
    )
    words = frozenset(load_spam_words().in_text.findall(f"{name} {described}"))
    return name, words, _refreshed_to(tree)


def _refreshed_to(tree: LexborHTMLParser) -> str:
    for node in tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").lower() == "refresh":
            _, _, to = (node.attributes.get("content") or "").partition("=")
            return to.strip(" '\"")
    return ""


def _is_elsewhere(address: str, own_hosts: frozenset[str]) -> bool:
    if not WEB.match(address):
        return False
    try:
        host = urlsplit(address).netloc.lower()
    except ValueError:
        return False
    return bool(host) and host not in own_hosts and host.removeprefix("www.") not in own_hosts
