"""Feeds: values in, bytes out, by feedgen."""
