"""Telling people what is new: by mail and by webhook, and not at all when nothing is."""
