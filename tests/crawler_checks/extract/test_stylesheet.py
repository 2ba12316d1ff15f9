"""What a stylesheet asks for."""

import pytest

from crawler_checks.extract.stylesheet import style_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{background:url(a.png)}", [("a.png", False)]),
        ("a{background:url( 'a b.png' )}", [("a b.png", False)]),
        ('@import "a.css";', [("a.css", True)]),
        ("@import url(a.css) screen;", [("a.css", True)]),
        ("@IMPORT URL('a.css');", [("a.css", True)]),
        ("/* url(no.png) */ a{src:url(a.woff2) format('woff2')} /* @import 'no.css'", [("a.woff2", False)]),
        ("a{background:url()}", []),
        ("a{color:red}", []),
        ("/*/*/*" * 100_000, []),
        ("url(" * 100_000, []),
    ],
)
def test_addresses_are_found_outside_comments(text: str, expected: list[tuple[str, bool]]) -> None:
    assert list(style_addresses(text)) == expected
