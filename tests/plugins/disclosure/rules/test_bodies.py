"""Tables that are plainly even are passed over at once; the rule says nothing of any of them."""

import random
from datetime import date

from plugins.disclosure.record import Record
from plugins.disclosure.rules import bodies

PIECES = (
    *("| a | b |\n", "| --- | --- |\n", "| --- |\n", "| a | b | c |\n", "字\n", "\n"),
    *("| a \\| b | c |\n", "a | b\n", "|\n", "`|`\n", "| a | |\n", " | a | b |\n"),
)


def test_what_is_passed_over_has_nothing_wrong():
    chance, passed = random.Random(41), 0
    for _ in range(3000):
        body = "".join(
            chance.choice(PIECES[: chance.choice((4, 12))]) for _ in range(chance.randrange(9))
        ).strip()
        record = Record("news", "a", {"published_on": date(2026, 1, 1)}, body, "news/a.md", 1, {}, 5)
        if "|" in body and bodies._is_even(body):
            passed += 1
            assert [*bodies._uneven(record)] == [], body

    assert passed > 50
