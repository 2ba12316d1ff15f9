"""Our own YAML data files (kinds, profiles, vocabularies), read strictly.

Editors' files are not read here: their values stay text until a field's type reads them (`readers/`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_TEXT, _LIST, _TABLE, _MERGED = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "merge"))


@cache
def _loader() -> Any:
    """A safe loader of YAML 1.1."""
    import yaml  # when a file is read: an edit of texts reads none, and would wait for it

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The file's data. Raises ValueError naming the file when it is not well formed."""
    return yaml_of(path.read_text(encoding="utf-8"), path.name)


def yaml_of(text: str, name: str) -> Any:
    """As `read_yaml`, of the text of a file of this name, or its beginning."""
    import yaml

    try:
        loader = _loader()(text)
        root = loader.get_single_node()
        return None if root is None else _Plain(loader).value(root)
    except (yaml.YAMLError, ValueError) as fault:
        raise ValueError(f"{name}: {fault}") from fault


class _Plain:
    """The values of nodes. It refuses a key that is written twice, and takes a third of the loader's own time."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader
        self._built: dict[int, Any] = {}

    def value(self, node: Any) -> Any:
        """Texts, lists and tables; whatever else there is, as the loader has it."""
        if node.tag == _TEXT and node.id == "scalar":
            return node.value
        if node.id == "scalar" or node.tag not in {_LIST, _TABLE}:
            return self._loader.construct_object(node, deep=True)
        if id(node) not in self._built:  # which it is where it has a name and is named again
            self._built[id(node)] = _UNFINISHED
            self._built[id(node)] = self._list(node) if node.tag == _LIST else self._table(node)
        built = self._built[id(node)]
        if built is _UNFINISHED:
            raise ValueError(f"line {node.start_mark.line + 1}: what stands here holds itself")
        return built

    def _list(self, node: Any) -> list[Any]:
        return [self.value(one) for one in node.value]

    def _table(self, node: Any) -> dict[Any, Any]:
        table: dict[Any, Any] = {}
        for key_node, one in node.value:
            if key_node.tag == _MERGED:
                raise ValueError(f"line {key_node.start_mark.line + 1}: write out what << stands for")
            if key_node.id != "scalar":
                raise ValueError(f"line {key_node.start_mark.line + 1}: a key must be a word or a number")
            key = self.value(key_node)
            if key in table:
                raise ValueError(f"line {key_node.start_mark.line + 1}: {key!r} stands twice")
            table[key] = self.value(one)
        return table


_UNFINISHED = object()

Place = tuple[str | int, ...]
"""Where a value stands in a file's data: the keys and numbers that lead to it."""


def yaml_lines(path: Path) -> dict[Place, int]:
    """The line on which each value of a well-formed file begins, for faults that are found in its data."""
    import yaml

    lines: dict[Place, int] = {(): 1}
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_loader())
    if root is not None:
        _note_lines(root, (), lines)
    return lines


def _note_lines(node: Any, place: Place, lines: dict[Place, int]) -> None:
    lines[place] = node.start_mark.line + 1
    if node.id == "mapping":
        for key, value in node.value:
            _note_lines(value, (*place, key.value), lines)
            lines[(*place, key.value)] = key.start_mark.line + 1
    elif node.id == "sequence":
        for number, value in enumerate(node.value):
            _note_lines(value, (*place, number), lines)
