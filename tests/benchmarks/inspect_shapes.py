"""What reading a page costs by how it is written: in lines, in one line, and with nothing that other pages have.

    python -m tests.benchmarks.inspect_shapes --pages 500 [--seed 41]

Remembering what pages share must pay where they share it and cost next to nothing where they do not. What they are
compared with: links with `links_from_tree`, a tree by the fastest parser there is for Python and one walk over it, which
resolves every address and notes every anchor, and the whole profile with itself on a tree of the whole page.
`tree_alone` is a bound that no reader of addresses reaches: parsed, and the attributes of every element looked at once.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from crawler_checks.crawl.address import Joiner, Scope
from crawler_checks.crawl.answer import Response
from crawler_checks.extract.decode import decode
from crawler_checks.extract.link_reader import LinkReader
from crawler_checks.extract.page import PageReader
from crawler_checks.extract.page_links import element_addresses
from crawler_checks.extract.runs import RunReader
from tests.benchmarks.inspect_sites import write_site

TIMES = 3


def main() -> None:
    options = _options()
    sys.stdout.write(json.dumps(measure(options.pages, options.seed), indent=1) + "\n")


def measure(pages: int, seed: int) -> dict[str, dict[str, float]]:
    """For each shape the microseconds of processor time a page, by reader."""
    with tempfile.TemporaryDirectory() as folder:
        site = write_site(Path(folder), pages, seed)
        bodies = [(address, (Path(folder) / address[1:]).read_bytes()) for address in site.pages]
    chance = random.Random(seed)
    shapes = {
        "lines": bodies,
        "one_line": [(address, body.replace(b"\n", b" ")) for address, body in bodies],
        "nothing_shared": [(address, _alone(body, chance)) for address, body in bodies],
    }
    return {name: _readers([_page(*one) for one in shape]) for name, shape in shapes.items()}


def _readers(pages: Sequence[Response]) -> dict[str, float]:
    return {
        "tree_alone": _cost(lambda: _parse, pages),
        "links_from_tree": _cost(_links_from_tree, pages),
        "links": _cost(lambda: LinkReader(Joiner(Scope())).read, pages),
        "whole_profile": _cost(lambda: PageReader(Joiner(Scope())).read, pages),
        "whole_profile_from_tree": _cost(_from_tree, pages),
    }


def _cost(new: Callable[[], Callable[[Response], object]], pages: Sequence[Response]) -> float:
    best = float("inf")
    for _ in range(TIMES):
        read, began = new(), time.process_time()
        for page in pages:
            read(page)
        best = min(best, time.process_time() - began)
    return round(best / len(pages) * 1e6, 1)


def _parse(page: Response) -> None:
    root = LexborHTMLParser(decode(page.body, page.content_type).text).root
    for node in root.traverse() if root else ():
        _ = node.attributes


def _links_from_tree() -> Callable[[Response], object]:
    joiner = Joiner(Scope())

    def read(page: Response) -> object:
        decoded = decode(page.body, page.content_type)
        root = LexborHTMLParser(decoded.text).root
        addresses: list[object] = []
        anchors: set[str] = set()
        for node in root.traverse() if root else ():
            attributes, tag = node.attributes, node.tag or ""
            if anchor := attributes.get("id"):
                anchors.add(anchor)
            href = attributes.get("href") if tag == "a" else None
            asked = [href] if href else [one for _, one in element_addresses(tag, attributes)]
            addresses += [joiner.join(page.address, one, decoded.charset) for one in asked]
        return addresses, anchors

    return read


class _NoRuns(RunReader):
    def with_holes(self, _: str) -> None:  # type: ignore[override]
        return None


def _from_tree() -> Callable[[Response], object]:
    reader = PageReader(Joiner(Scope()))
    reader._runs = _NoRuns(reader._runs.make_link, reader._texts)
    return reader.read


def _alone(body: bytes, chance: random.Random) -> bytes:
    """The page with a number of its own in every line."""
    return b"\n".join(
        line.replace(b">", b' data-n="%d">' % chance.getrandbits(60), 1)
        if line.startswith((b"<li", b"<p", b"<m"))
        else line
        for line in body.split(b"\n")
    )


def _page(address: str, body: bytes) -> Response:
    return Response(address, 200, "text/html", body)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=41)
    return parser.parse_args()


if __name__ == "__main__":
    main()
