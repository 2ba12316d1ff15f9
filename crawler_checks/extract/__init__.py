"""Bytes to facts: what stands on each page, and what a whole site looks like. Judges nothing."""
