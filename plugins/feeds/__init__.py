"""Feeds: values in, bytes out. Atom and RSS by feedgen, entries beside it; JSON Feed, OPML and iCalendar directly."""
