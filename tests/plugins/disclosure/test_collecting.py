"""The collector rests while a site is inspected, and not for longer."""

import gc

import pytest

from plugins.disclosure.collecting import uncollected


def test_the_collector_rests_within_and_goes_on_after_even_where_something_fails() -> None:
    def fail() -> None:
        assert not gc.isenabled()
        raise ValueError("ill")

    with pytest.raises(ValueError, match="ill"):
        uncollected()(fail)()
    assert gc.isenabled()
