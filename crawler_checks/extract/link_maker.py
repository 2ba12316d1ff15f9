"""The links of a site, each once: the same menus come on every page."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler_checks.crawl.address import Joiner
from crawler_checks.extract.facts import Link, Role


@dataclass(slots=True)
class LinkMaker:
    """Makes the links of one site, and remembers them."""

    joiner: Joiner
    _links: dict[int, Link] = field(default_factory=dict)

    def link(
        self, base: str, charset: str, role: Role, href: str, text: str = "", hint: str = "",
        hidden: bool = False, scripted: bool = False,
    ) -> Link:  # fmt: skip
        """The link that `href` makes under `base`."""
        kind, address, fragment = self.joiner.join(base, href, charset)
        key = hash((role, href, text, hint, hidden, scripted, address, fragment or ""))
        link = self._links.get(key)
        if link is None:
            link = Link(role, href, kind, address, fragment, text, hint, hidden, scripted)
            self._links[key] = link
        return link
