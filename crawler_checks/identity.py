"""What a site is known by from day to day: in fingerprints of findings, in ledgers, in lists of sites."""

from __future__ import annotations

from pathlib import Path

from crawler_checks.crawl.address import Scope

SAYS_NOTHING = {"_site", "build", "dist", "docs", "htdocs", "html", "output", "preview", "public", "root"} | {
    *("site", "static", "web", "webroot", "www", "wwwroot")
}
"""Names of folders that say which part of a site lies there, and not whose it is."""


def known_by(target: str, scope: Scope) -> str:
    """Host and path, without the scheme and `www.`, so that a site that moves to https stays the same; or its folder."""
    if scope.origin:
        return scope.origin.partition("://")[2].removeprefix("www.") + scope.prefix
    return folder_name(target)


def folder_name(folder: str) -> str:
    """The folder's name; with that of the folder it lies in where its own says nothing (`听雨县/www`)."""
    path = Path(folder).resolve()
    if path.name.lower() in SAYS_NOTHING and path.parent.name:
        return f"{path.parent.name}/{path.name}"
    return path.name
