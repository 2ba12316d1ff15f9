"""What a browser asks for while it shows a page, brought by the crawl's own source: nothing but the site's own, nothing
that is forbidden, and each thing once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler_checks.crawl.address import Joiner, Kind, Scope
from crawler_checks.crawl.answer import Answer, Request, Response, Source, Want, fetch_one
from crawler_checks.crawl.limits import Limits

FOLDER_ORIGIN = "http://folder.invalid"
"""How a browser is told of a folder."""
MOST_LOADED = 500


@dataclass(slots=True)
class Loader:
    """Gives what is at a full address, redirects followed; None for what is not the site's to give."""

    source: Source
    scope: Scope
    limits: Limits
    may_ask: Callable[[str], bool] = lambda _: True
    _joiner: Joiner = field(init=False)
    _loaded: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._joiner = Joiner(self.scope)

    def __call__(self, url: str) -> Response | None:
        """The answer at this address, as a browser names it."""
        reference = self._joiner.join("/", url.removeprefix(FOLDER_ORIGIN))
        address = reference.address
        for _ in range(self.limits.redirects):
            if reference.kind is not Kind.INSIDE or not self.may_ask(address):
                return None
            if address not in self._loaded:
                if len(self._loaded) >= MOST_LOADED:
                    return None
                self._loaded[address] = fetch_one(self.source, Request(address, Want.WHOLE))
            answer = self._loaded[address]
            if not isinstance(answer, Response) or not 300 <= answer.status < 400 or answer.location is None:
                return answer if isinstance(answer, Response) else None
            reference = self._joiner.join(address, answer.location)
            address = reference.address
        return None
