"""The kernel: what must be disclosed, by whom and by when, and what an office has written. Read this first.

    files ── read_content ──> Catalog of Records + Problems ── validate ──> more Problems

A *Record* is one thing an office publishes. Its *Kind* says which *Fields* it has (`kinds/*.yaml`); the values of
some fields come from a *Vocabulary*. Records stand in the *Sections* of a *Profile*, a rule set in force from one
day to another; profiles of one legal order form a *Regime*. An *Obligation* is a duty to publish, a *Clock* a time
limit, and every rule has its *Source*: document, clause, and the day somebody compared the two. A *Problem* is a
fault in the office's own files: where it is, what is there, what to write instead.

The names below are read from their modules when they are asked for: a program that only asks whether anything has
changed need not load all of this. Nothing here knows Pelican, HTTP, a browser or what day it is: `today` is always an argument.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plugins.disclosure.catalog import Catalog
    from plugins.disclosure.content import Content, read_content
    from plugins.disclosure.kinds import Field, Kind, Kinds, load_kinds
    from plugins.disclosure.problem import Problem, Severity, has_errors, in_order
    from plugins.disclosure.profile import (
        Clock,
        Obligation,
        Profile,
        Regime,
        Section,
        is_stale,
        load_profile,
        load_regime,
        profile_ids,
    )
    from plugins.disclosure.record import Attachment, AttachmentFile, Record, Relation, Validity
    from plugins.disclosure.site import Site
    from plugins.disclosure.source import Source
    from plugins.disclosure.vocabulary import Term, Vocabularies, Vocabulary, load_vocabularies

__all__ = [
    "Attachment",
    "AttachmentFile",
    "Catalog",
    "Clock",
    "Content",
    "Field",
    "Kind",
    "Kinds",
    "Obligation",
    "Problem",
    "Profile",
    "Record",
    "Regime",
    "Relation",
    "Section",
    "Severity",
    "Site",
    "Source",
    "Term",
    "Validity",
    "Vocabularies",
    "Vocabulary",
    "has_errors",
    "in_order",
    "is_stale",
    "load_kinds",
    "load_profile",
    "load_regime",
    "load_vocabularies",
    "profile_ids",
    "read_content",
]

_HOMES = ("catalog", "content", "kinds", "problem", "profile", "record", "site", "source", "vocabulary")


def __getattr__(name: str) -> Any:
    """One of the names in `__all__`, from the module it lives in."""
    if name in __all__:
        for home in _HOMES:
            module = import_module(f"plugins.disclosure.{home}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
