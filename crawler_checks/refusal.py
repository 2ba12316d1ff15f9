"""What stands in the way without being a fault of the program."""

from __future__ import annotations


class Refusal(Exception):
    """Says, as text, why something is not done and what to do: Chinese first."""
