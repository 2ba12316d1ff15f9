"""The links of a site, each once: the same menus come on every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler_checks.crawl.address import Joiner
from crawler_checks.extract.facts import Link, Role


@dataclass(slots=True)
class LinkMaker:
    """Makes the links of one site, and remembers them."""

    joiner: Joiner
    _links: dict[int, Link] = field(default_factory=dict)

    def known(self) -> Iterable[Link]:
        """The links that are remembered, in the order in which they were met."""
        return self._links.values()

    def same(self, link: Link) -> Link:
        """The link that is remembered of those that are alike."""
        return self._links.setdefault(
            _key(
                link.role,
                link.href,
                link.text,
                link.hint,
                link.hidden,
                link.scripted,
                link.address,
                link.fragment,
            ),
            link,
        )

    def link(
        self, base: str, charset: str, role: Role, href: str, text: str = "", hint: str = "",
        hidden: bool = False, scripted: bool = False,
    ) -> Link:  # fmt: skip
        """The link that `href` makes under `base`."""
        kind, address, fragment = self.joiner.join(base, href, charset)
        key = _key(role, href, text, hint, hidden, scripted, address, fragment)
        link = self._links.get(key)
        if link is None:
            link = Link(role, href, kind, address, fragment, text, hint, hidden, scripted)
            self._links[key] = link
        return link


def _key(
    role: Role, href: str, text: str, hint: str, hidden: bool, scripted: bool, address: str, fragment: str | None
) -> int:  # fmt: skip
    return hash((role, href, text, hint, hidden, scripted, address, fragment or ""))
