"""Files by which programs find their way in: robots.txt, llms.txt (llmstxt.org), the OpenSearch description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SHORT_NAME_SIGNS = 16
"""As much as OpenSearch allows."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One way in: its name, its absolute address, and what is there."""

    title: str
    address: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """The site and its ways in, in groups."""

    title: str
    text: str
    groups: Sequence[tuple[str, Sequence[Entrance]]]


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """The site's own search: `template` is its address with `{searchTerms}` in it."""

    title: str
    text: str
    template: str
    icon: str


def robots(sitemap: str) -> bytes:
    """Everything may be read. Programs ask for this file at the root of the host alone."""
    text = f"""# 只有放在网站根目录（例如 https://www.example/robots.txt）才有效；网站已有这个文件的，把下面几行加进去。
# Only read at the root of the host: if there is such a file already, add these lines to it.
User-agent: *
Allow: /
Sitemap: {sitemap}
"""
    return text.encode()


def llms(guide: Guide) -> bytes:
    """A guide in Markdown for programs that read text."""
    lines = [f"# {guide.title}", "", f"> {guide.text}"]
    for label, entrances in guide.groups:
        lines += ["", f"## {label}", ""]
        lines += [
            f"- [{one.title}]({one.address})" + (f": {one.text}" if one.text else "") for one in entrances
        ]
    return ("\n".join(lines) + "\n").encode()


def opensearch(search: SearchAddress) -> bytes:
    """The OpenSearch 1.1 description, by which a browser takes up the site's search."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(search.title[:SHORT_NAME_SIGNS])}</ShortName>
<Description>{escape(search.text)}</Description>
<Url type="text/html" method="get" template="{escape(search.template)}"/>
<Image type="image/svg+xml">{escape(search.icon)}</Image>
<Language>zh-CN</Language>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
"""
    return text.encode()
