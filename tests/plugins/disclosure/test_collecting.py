"""The collector rests while a site is inspected, and not for longer; a process of one errand lets go of nothing."""

import gc
import os
import subprocess
import sys

import pytest

from plugins.disclosure.collecting import uncollected


def test_the_collector_rests_within_and_goes_on_after_even_where_something_fails() -> None:
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError("ill")

    with pytest.raises(ValueError, match="ill"):
        uncollected()(fail)()
    assert gc.isenabled()


ERRAND = """
import sys
from plugins.disclosure.collecting import collect_seldom, end_errand, kept_to_the_end

class Large:
    def __del__(self):
        print("let go of", end=" ")

{begin}
kept_to_the_end(Large())
print("done", end="")
end_errand(3)
"""


@pytest.mark.parametrize(("begin", "said"), [("", "let go of done"), ("collect_seldom()", "done")])
def test_a_process_of_one_errand_lets_go_of_nothing_large_and_says_all_it_has_to_say(
    begin: str, said: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ERRAND.format(begin=begin)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (3, said, "")


def test_an_errand_of_which_nobody_reads_the_end_ends_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ERRAND.format(begin="collect_seldom(); sys.stdin.readline()")],
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as run:  # fmt: skip
        assert run.stdin
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        run.stdin.close()
        assert (run.stderr.read(), run.wait()) == (b"", 3)
