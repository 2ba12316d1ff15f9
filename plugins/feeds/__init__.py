"""Feeds: values in, bytes out. Atom and RSS by feedgen; JSON Feed, OPML and iCalendar written directly."""
