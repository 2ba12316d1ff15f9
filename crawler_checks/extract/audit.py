"""What a browser says of a page, out of what came from it: a page may have meddled with it, so little is believed."""

from __future__ import annotations

import json
from typing import Any

from crawler_checks.crawl.later import Audit, Barred

LONGEST = 400
MOST_RULES = 200


def audit_of(said: bytes) -> Audit | None:
    """The rules that are broken, and those that are doubtful, each once; None for what makes no sense."""
    try:
        data = json.loads(said)
        return Audit(_barred(data["broken"]), _barred(data["doubtful"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _barred(rules: list[dict[str, Any]]) -> tuple[Barred, ...]:
    found = {}
    for one in rules[:MOST_RULES]:
        rule, asks, selector, source = (_text(one[key]) for key in ("rule", "asks", "selector", "source"))
        found[rule] = Barred(rule, asks, selector, source, int(one["count"]))
    return tuple(found[rule] for rule in sorted(found))


def _text(value: object) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in str(value)[:LONGEST])
