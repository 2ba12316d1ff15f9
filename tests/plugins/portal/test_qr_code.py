"""A QR code on a page leads to that page: it is read back from the built site as a camera would see it."""

import re

import numpy
import segno
import zxingcpp

from plugins.portal.qr_code import MASK, QUIET_ZONE, QrCode, qr_code

DRAWN = re.compile(
    r'<svg class="qr"[^>]* viewBox="0 0 (\d+) \d+"[^>]*>.*?<path class="qr-dark" d="([^"]*)"', re.S
)
MODULE = 3


def picture(code: QrCode) -> numpy.ndarray:
    """The code as a picture, drawn from its path as a browser does."""
    grey = numpy.full((code.size, code.size), 255, dtype=numpy.uint8)
    for x, y, rest in re.findall(r"M(\d+) (\d+)\.5([^M]*)", code.path):
        at = int(x)
        for step, length in re.findall(r"([mh])(\d+)", rest):
            if step == "h":
                grey[int(y), at : at + int(length)] = 0
            at += int(length)
    return numpy.kron(grey, numpy.ones((MODULE, MODULE), dtype=numpy.uint8))


def read(code: QrCode) -> list[str]:
    """What a reader of codes sees in it."""
    return [found.text for found in zxingcpp.read_barcodes(picture(code))]


def test_an_address_is_read_back():
    assert read(qr_code("https://www.jichuan.example/xxgk/policy/zf-2024-006.html")) == [
        "https://www.jichuan.example/xxgk/policy/zf-2024-006.html"
    ]


def test_a_long_address_has_a_larger_code():
    short, long = (qr_code("https://www.jichuan.example/" + "a" * count) for count in (10, 400))

    assert short.size < long.size
    assert read(long) == ["https://www.jichuan.example/" + "a" * 400]


def test_a_code_that_was_added_up_is_the_code_the_library_makes():
    for text in ("https://www.jichuan.example/", "https://x.example/a-B_9~?&=%20.html", "z" * 90):
        made = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=MASK)
        drawn = picture(qr_code(text))[QUIET_ZONE * MODULE :: MODULE, QUIET_ZONE * MODULE :: MODULE]
        size = len(made.matrix)

        assert [[int(cell == 0) for cell in row] for row in drawn[:size, :size]] == [
            list(r) for r in made.matrix
        ]


def test_the_quiet_zone_is_left_light():
    code = qr_code("https://www.jichuan.example/")
    edge = QUIET_ZONE * MODULE
    drawn = picture(code)

    assert {int(part.min()) for part in (drawn[:edge], drawn[-edge:], drawn[:, :edge], drawn[:, -edge:])} == {
        255
    }


def test_every_record_carries_the_code_of_its_own_canonical_address(example_tree):
    pages = {a: c.decode() for a, c in example_tree.items() if a.endswith(".html") and b'class="qr"' in c}
    astray = []
    for address, page in pages.items():
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
        drawn = [read(QrCode(int(size), path)) for size, path in DRAWN.findall(page)]
        if canonical is None or drawn != [[canonical[1]]]:
            astray.append(address)

    assert len(pages) > 500
    assert astray == []
