"""Our own YAML data files (kinds, profiles, vocabularies), read strictly.

Editors' files are not read here: their values stay text until a field's type reads them (`readers/`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def _strict_loader() -> Any:
    """YAML 1.1 safe loader that refuses a key written twice."""
    import yaml  # when a file is read: an edit of texts reads none, and would wait for it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    strict: Any = type("StrictLoader", (loader,), {})
    strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)
    return strict


def _mapping_once(loader: Any, node: Any, deep: bool = False) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=deep)
        if key in seen:
            raise ValueError(f"line {key_node.start_mark.line + 1}: {key!r} stands twice")
        seen.add(key)
    return dict(super(_strict_loader(), loader).construct_mapping(node, deep=True))


def read_yaml(path: Path) -> Any:
    """The file's data. Raises ValueError naming the file when it is not well formed."""
    return yaml_of(path.read_text(encoding="utf-8"), path.name)


def yaml_of(text: str, name: str) -> Any:
    """As `read_yaml`, of the text of a file of this name, or its beginning."""
    import yaml

    try:
        return yaml.load(text, Loader=_strict_loader())  # noqa: S506 a safe loader
    except (yaml.YAMLError, ValueError) as fault:
        raise ValueError(f"{name}: {fault}") from fault


Place = tuple[str | int, ...]
"""Where a value stands in a file's data: the keys and numbers that lead to it."""


def yaml_lines(path: Path) -> dict[Place, int]:
    """The line on which each value of a well-formed file begins, for faults that are found in its data."""
    import yaml

    lines: dict[Place, int] = {(): 1}
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_strict_loader())
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
