"""The reader the walk is given: a response of whatever type to its facts."""

from __future__ import annotations

import re

from msgspec.structs import replace

from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response, Want
from crawler_checks.extract.decode import decode
from crawler_checks.extract.facts import FILES, Facts, FileFacts, Link, ListFacts, Part, Role, StyleFacts
from crawler_checks.extract.file_type import SIGNS, FileType, file_type, suffix
from crawler_checks.extract.link_reader import LinkReader, with_trees
from crawler_checks.extract.lists_in_scripts import SIGN, data_shown, is_data, with_lists_shown
from crawler_checks.extract.stylesheet import style_addresses

UNTYPED = re.compile(r"^$|text/plain|application/octet-stream|application/x-unknown")
WEB_PAGES = (FileType.HTML, FileType.OFFICE_HTML)


class Reader:
    """Reads the responses of one site."""

    def __init__(self, scope: Scope, *, only_links: bool = False) -> None:
        self._joiner = Joiner(scope)
        self.pages = LinkReader(self._joiner) if only_links else with_trees(self._joiner)

    def __call__(self, response: Response) -> Facts:
        """The facts of a response that arrived.

        What is named like a file is a file, even when a page comes in its place: then that is the fact.
        """
        ending = suffix(response.address)
        has_lists = ending not in FILES and SIGN in response.body
        if has_lists and is_data(response.body):
            return self._list(response)
        if ending not in FILES and _is_page(response):
            if has_lists:
                response = replace(response, body=with_lists_shown(response.body))
            facts = self.pages.read(response)
            return replace(facts, writes_by_script=False) if response.rendered else facts
        if "css" in response.content_type or ending == ".css":
            return self._style(response)
        return FileFacts(response.address, file_type(response.body), response.size)

    def _list(self, response: Response) -> ListFacts:
        facts = self.pages.read(replace(response, body=data_shown(response.body)))
        return ListFacts(response.address, facts.parts, facts.items)

    def _style(self, response: Response) -> StyleFacts:
        text = decode(response.body, response.content_type, truncated=response.truncated).text
        links = []
        for href, is_sheet in style_addresses(text):
            kind, address, fragment = self._joiner.join(response.address, href)
            links.append(Link(Role.STYLE if is_sheet else Role.IMAGE, href, kind, address, fragment))
        return StyleFacts(response.address, (Part(tuple(links)),))


def _is_page(response: Response) -> bool:
    if response.body.startswith(SIGNS):
        return False  # a download that its program sends as a page
    if "html" in response.content_type:
        # A counter that a page has as a script often comes as HTML, and is none.
        return response.want is not Want.FILE or file_type(response.body) in WEB_PAGES
    return bool(UNTYPED.search(response.content_type)) and file_type(response.body) in WEB_PAGES
