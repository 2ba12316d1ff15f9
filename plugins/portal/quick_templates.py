"""Jinja, made quick for thousands of pages of one theme: what is the same on all of them is done once.

A theme's author notices nothing but `once`: `{{ once(menu, frame, root, current) }}` calls a macro once for the same
arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

_SHORT = 60
_MOST_KEPT = 20_000
_escaped: dict[str, str] = {}


def hasten(env: Environment) -> None:
    """Have an environment whose templates do not change render quickly, and refuse misspelt names."""
    env.undefined = StrictUndefined
    env.template_class = _Template
    env.get_template = cache(env.get_template)  # type: ignore[method-assign] # asked for with every import
    env.globals["once"] = _once()
    env.bytecode_cache = _Compiled(env)


class _Compiled(BytecodeCache):
    """Templates are compiled once a process, however many builds it makes, for as long as their source is the same."""

    known: ClassVar[dict[Hashable, CodeType]] = {}

    def __init__(self, env: Environment) -> None:
        self._how = (env.trim_blocks, env.lstrip_blocks, str(env.autoescape))

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum, self._how))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum, self._how] = bucket.code


class _Template(Template):
    """A template of one environment: its globals and its macros are the same for every page."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Template:  # noqa: A002 the library's name
        """With its globals in one plain mapping, which the library puts together for every page, and quick escapes."""
        made = super().from_code(environment, code, dict(globals), uptodate)
        made.root_render_func.__globals__["escape"] = _quick_escape
        return made

    def _get_default_module(self, ctx: Any = None) -> Any:  # noqa: ARG002 the library's names
        if self._module is None:
            self._module = self.make_module()
        return self._module


def _quick_escape(value: Any) -> str:
    """As `markupsafe.escape`; short texts (labels, addresses, names of organs) come again and are kept.

    What a template puts out is joined and no more, so it need not be marked as safe piece by piece.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is not str:
        return escape(value)
    found = _escaped.get(value)
    if found is None:
        found = str(escape(value))
        if len(value) <= _SHORT:
            if len(_escaped) >= _MOST_KEPT:
                _escaped.clear()
            _escaped[value] = found
    return found


def _once() -> Callable[..., Markup]:
    made: dict[Any, Markup] = {}

    def call(macro: Any, *arguments: Any) -> Markup:
        found = made.get((macro.name, *arguments))
        if found is None:
            found = made[macro.name, *arguments] = macro(*arguments)
        return found

    return call
