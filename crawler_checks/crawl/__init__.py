"""Bring a site back: where to go, how fast, how far, and what came of each address. Knows no profile and no HTML."""
