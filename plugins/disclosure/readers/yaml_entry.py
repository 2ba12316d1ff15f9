"""One entry of front matter as YAML means it, its values left as text. Apart, since most entries need no YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from plugins.disclosure.readers.written import MOST_VALUES, Entry, Items, Node, Pairs, Scalar

DEEPEST = 6

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class NotYaml(Exception):
    """It is not well formed; `line` counts from 0, and is 0 where nobody can tell."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Refused(Exception):
    """YAML that is well formed and that we do not read: `alias`, or `size`."""


def node_of(text: str, first_line: int) -> Node:
    """What a text means whose first line is `first_line`. Raises NotYaml or Refused."""
    try:
        events = list(_events(text))
        return _node(iter(events[3:]), events[2], first_line)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise NotYaml(mark.line if mark else 0) from fault
    except yaml.YAMLError as fault:
        raise NotYaml(0) from fault


def _events(text: str) -> Iterator[Any]:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            raise Refused("alias")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST or count > MOST_VALUES:
            raise Refused("size")
        yield event


def _node(rest: Iterator[Any], event: Any, first_line: int) -> Node:
    line = first_line + event.start_mark.line
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line, line + 1 if event.style == "|" else 0)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(following := next(rest), yaml.SequenceEndEvent):
            items.append(_node(rest, following, first_line))
        return Items(tuple(items), line)
    entries: list[Entry] = []
    while not isinstance(following := next(rest), yaml.MappingEndEvent):
        key = _node(rest, following, first_line)
        if not isinstance(key, Scalar):
            raise yaml.YAMLError("a list stands where a name should")
        entries.append(Entry(key.text, key.line, _node(rest, next(rest), first_line)))
    return Pairs(tuple(entries), line)
