"""What an answer means for the address: there, moved, gone, failing, blocked, or nothing that can be said."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from crawler_checks.crawl.answer import Answer, NoAnswer, Response, Trouble


class Arrived(Struct, frozen=True, gc=False):
    """It is there."""

    status: int = 200


class Moved(Struct, frozen=True, gc=False):
    """It sends visitors on; `to` is an address, a full one when it leads to another host, None when nothing
    that can be read was said."""

    status: int
    to: str | None


class Gone(Struct, frozen=True, gc=False):
    """The server says it is not there."""

    status: int


class Failing(Struct, frozen=True, gc=False):
    """The server breaks down on it, each of `tries` times."""

    status: int
    tries: int = 1


class Barrier(StrEnum):
    """What keeps the inspector, and perhaps only the inspector, out."""

    FORBIDDEN = "forbidden"
    LOGIN = "login"
    TOO_MANY = "too_many"
    CHALLENGE = "challenge"  # firewall, captcha, script challenge
    NOT_NOW = "not_now"  # 503 with the request to come later
    REFUSED = "refused"  # another 4xx: the request was not to its liking


class Blocked(Struct, frozen=True, gc=False):
    """The server is there but does not show the page to us. It says nothing about what visitors see."""

    barrier: Barrier
    status: int


class Unreached(Struct, frozen=True, gc=False):
    """No usable answer, each of `tries` times."""

    trouble: Trouble
    tries: int = 1


class Reason(StrEnum):
    """Why an address was never asked for."""

    ROBOTS = "robots"
    PAGE_CAP = "page_cap"
    ADDRESS_CAP = "address_cap"
    TRAP = "trap"
    TOO_MANY_HOPS = "too_many_hops"  # redirects that lead on and on
    GIVEN_UP = "given_up"  # the host stopped answering before its turn came
    SERVER_TROUBLE = "server_trouble"  # asked, but the whole server was in trouble
    MUCH_UNSEEN = "much_unseen"  # never of one address: too many were blocked or did not answer
    UNCONFIRMED = "unconfirmed"  # failed, but not asked often enough to be sure


class Skipped(Struct, frozen=True, gc=False):
    """Not asked for."""

    reason: Reason


Outcome = Arrived | Moved | Gone | Failing | Blocked | Unreached | Skipped

NO_ANSWER = (Failing, Blocked, Unreached)
GONE = {404, 410}
LOGIN = {401, 407, 511}
CHALLENGE_BYTES = 32 << 10
CHALLENGE_WORDS = (
    "访问过于频繁", "请求过于频繁", "操作过于频繁", "访问频率过", "请求被拦截", "访问被拦截", "访问被阻断", "访问被拒绝",
    "访问已被拦截", "请求已被拦截", "人机验证", "请完成安全验证", "请完成验证", "网站防火墙", "应用防火墙", "安全拦截",
)  # fmt: skip
CHALLENGE_CODE = (
    rb"\$_ts\b", rb"acw_sc__v2", rb"aliyun_waf", rb"cf-browser-verification", rb"cf_chl_", rb"challenge-platform",
    rb"_Incapsula_", rb"__jsl_clearance", rb"yunsuo_session", rb"safedog",
)  # fmt: skip
CHALLENGE = re.compile(
    b"|".join(
        [re.escape(word.encode(charset)) for word in CHALLENGE_WORDS for charset in ("utf-8", "gb18030")]
        + list(CHALLENGE_CODE)
    )
)
CHALLENGE_LINKS = 5
CHALLENGE_HEAD = 4 << 10
"""Bytes in which most pages have more links already."""
LOGIN_PATH = re.compile(
    r"/(?:cas/|sso/|oauth2?/|passport/)?(?:login|signin|logon|authorize)\b", re.IGNORECASE
)


def judge(answer: Answer, moved_to: str | None = None) -> Outcome:
    """What `answer` means. `moved_to` is its Location, already brought into the form of an address."""
    match answer:
        case NoAnswer(trouble=trouble):
            return Unreached(trouble)
        case Response(status=status) if is_challenge(answer):
            return Blocked(Barrier.CHALLENGE, status)
        case Response(status=status) if 200 <= status < 300:
            return Arrived(status)
        case Response(status=status) if 300 <= status < 400:
            if moved_to and LOGIN_PATH.search(moved_to) and not LOGIN_PATH.search(answer.address):
                return Blocked(Barrier.LOGIN, status)
            return Moved(status, moved_to)
        case Response(status=status) if status in GONE:
            return Gone(status)
        case Response(status=503, retry_after=seconds) if seconds is not None:
            return Blocked(Barrier.NOT_NOW, 503)
        case Response(status=status) if status >= 500:
            return Failing(status)
        case Response(status=status):
            return Blocked(_barrier(status), status)


def is_challenge(response: Response) -> bool:
    """Whether this is the page of a firewall or captcha: short, hardly a link, and with its words or scripts."""
    body = response.body
    if response.status == 412:
        return True
    if not body or len(body) > CHALLENGE_BYTES or "html" not in (response.content_type or "html"):
        return False
    if body.count(b"<a ", 0, CHALLENGE_HEAD) > CHALLENGE_LINKS:
        return False
    return body.count(b"<a ") + body.count(b"<A ") <= CHALLENGE_LINKS and CHALLENGE.search(body) is not None


def _barrier(status: int) -> Barrier:
    if status in LOGIN:
        return Barrier.LOGIN
    if status == 429:
        return Barrier.TOO_MANY
    return Barrier.FORBIDDEN if status in (403, 451) else Barrier.REFUSED


def may_pass(outcome: Outcome) -> bool:
    """Whether the same request may go better later."""
    match outcome:
        case Failing() | Unreached(trouble=Trouble.TIMEOUT | Trouble.UNREACHABLE | Trouble.BAD_REPLY):
            return True
        case Blocked(barrier=Barrier.TOO_MANY | Barrier.NOT_NOW):
            return True
    return False


def is_no_answer(outcome: Outcome) -> bool:
    """Whether the host, asked for this, showed nothing of the site."""
    return isinstance(outcome, NO_ANSWER)
