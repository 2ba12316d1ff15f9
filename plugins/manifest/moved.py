"""What web servers are told of records that were taken down or moved: maps for nginx, `_redirects`, headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.manifest.security import HEADERS, nginx_headers

DATA_TYPES = (
    ("application/json", "json"),
    ("application/ld+json", "jsonld"),
    ("application/x-ndjson", "ndjson"),
    ("text/csv", "csv"),
    ("text/turtle", "ttl"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/atom+xml", "atom"),
    ("application/rss+xml", "rss"),
    ("text/x-opml", "opml"),
    ("text/calendar", "ics"),
)
"""What files for programs are, of which many servers know only some."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One old address and the new one, both as paths from the host's root; the new one is empty when it is gone."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moves:
    """All of them. `prefix` is the path of the site, with a slash at both ends."""

    prefix: str
    moved: Sequence[Moved]


def nginx_maps(moves: Moves) -> bytes:
    """To be included in the `http` block."""
    redirects = [f'    "{one.old}" "{one.new}";' for one in moves.moved if one.new]
    gone = [f'    "{one.old}" 1;' for one in moves.moved if not one.new]
    lines = [
        "# 放在 nginx 的 http 块里：include。 / To be included in the http block.",
        "map $uri $gongkai_moved {",
        '    default "";',
        *redirects,
        "}",
        "map $uri $gongkai_gone {",
        "    default 0;",
        *gone,
        "}",
    ]
    return ("\n".join(lines) + "\n").encode()


def nginx_server(moves: Moves) -> bytes:
    """To be included in the `server` block: the codes, the page that explains, what pages may do, who may read the data.

    A location with a header of its own takes over none from outside it, so they stand in each.
    """
    prefix = moves.prefix
    types = "\n".join(f"        {media_type} {endings};" for media_type, endings in DATA_TYPES)
    text = f"""# 放在 nginx 的 server 块里：include。 / To be included in the server block.
if ($gongkai_moved) {{ return 301 $gongkai_moved; }}
if ($gongkai_gone) {{ return 410; }}
error_page 404 {prefix}404.html;
error_page 410 @gongkai_gone;
location @gongkai_gone {{ try_files $uri =410; }}
gzip_static on; # 发出 deploy 放在旁边的 .gz；装有 brotli 模块的，再加一行 brotli_static on; / and brotli_static on;
gzip_vary on;
{nginx_headers("")}
location ~ ^{prefix}(api|data|feeds)/ {{
    types {{
{types}
    }}
    add_header Access-Control-Allow-Origin "*" always;
{nginx_headers("    ")}
}}
location ~ ^{prefix}.*\\.json$ {{
    add_header Access-Control-Allow-Origin "*" always;
{nginx_headers("    ")}
}}
"""
    return text.encode()


def redirects_file(moves: Moves) -> bytes:
    """`_redirects`, as several hosts of static sites read it."""
    lines = [f"{one.old} {one.new} 301" for one in moves.moved if one.new]
    return ("\n".join(["# 旧网址 新网址 代码 / old, new, code", *lines]) + "\n").encode()


def headers_file(prefix: str) -> bytes:
    """`_headers`, as several hosts of static sites read it: what pages may do, and that any page may fetch the data."""
    places = (f"{prefix}api/*", f"{prefix}data/*", f"{prefix}feeds/*", f"{prefix}*.json")
    security = "".join(f"  {name}: {value}\n" for name, value in HEADERS)
    data = "".join(f"{place}\n  Access-Control-Allow-Origin: *\n" for place in places)
    return f"{prefix}*\n{security}{data}".encode()
