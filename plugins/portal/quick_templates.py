"""Jinja, made quick for thousands of pages of one theme: what is the same on all of them is done once.

A theme's author notices nothing but `once`: `{{ once(menu, frame, root, current) }}` calls a macro once for the same
arguments. Values of pages have attributes, so `a.b` is compiled as Python's own; a theme that means the key of a
mapping by it is compiled once more, the way the library does it, when that is met.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from keyword import iskeyword
from types import CodeType, FunctionType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_SHORT = 60
_MOST_KEPT = 20_000
_escaped: dict[str, str] = {}


def hasten(env: Environment) -> None:
    """Have an environment whose templates do not change render quickly, and refuse misspelt names."""
    env.undefined = StrictUndefined
    env.template_class = _Template
    env.context_class = _Context
    env.code_generator_class = _Compiler
    env.get_template = cache(env.get_template)  # type: ignore[method-assign] # asked for with every import
    env.globals["once"] = _once()
    env.bytecode_cache = _Compiled(env)


class _Compiled(BytecodeCache):
    """Templates are compiled once a process, however many builds it makes, for as long as their source is the same."""

    known: ClassVar[dict[Hashable, CodeType]] = {}

    def __init__(self, env: Environment) -> None:
        self._env = env

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> Hashable:
        env = self._env
        how = (env.trim_blocks, env.lstrip_blocks, str(env.autoescape), env.code_generator_class)
        return (bucket.key, bucket.checksum, how)


class _Compiler(CodeGenerator):
    """Writes `a.b` as it is."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 the library's name
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class _Context(Context):
    """Calls macros, and functions that ask for nothing of Jinja, without looking what they are each time.

    The library takes `_loop_vars` and `_block_vars` out of what is named.
    """

    def call(
        self, called: Any, /, *arguments: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any
    ) -> Any:
        kind = type(called)
        if kind is Macro and not (named or called.caller or called.catch_kwargs or called.catch_varargs):
            short = len(called.arguments) - len(arguments)
            if short >= 0:
                return str.__new__(Markup, called._func(*arguments, *[missing] * short))
        elif kind is FunctionType and not hasattr(called, "jinja_pass_arg"):
            return called(*arguments, **named)
        return super().call(called, *arguments, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


class _Template(Template):
    """A template of one environment: its globals and its macros are the same for every page."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Template:  # noqa: A002 the library's name
        """With its globals in one plain mapping, which the library puts together for every page, and quick escapes."""
        made = super().from_code(environment, code, dict(globals), uptodate)
        made.root_render_func.__globals__["escape"] = _quick_escape
        return made

    def render(self, *arguments: Any, **named: Any) -> str:
        """The text; where an attribute is none, with all templates as the library compiles them."""
        env = self.environment
        try:
            return super().render(*arguments, **named)
        except AttributeError:
            if env.code_generator_class is CodeGenerator or self.name is None:
                raise
        env.code_generator_class = CodeGenerator
        if env.cache is not None:
            env.cache.clear()
        env.get_template.cache_clear()  # type: ignore[attr-defined] # `hasten` made it so
        return env.get_template(self.name).render(*arguments, **named)

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
        found = _escape_text(value)
        if len(value) <= _SHORT:
            if len(_escaped) >= _MOST_KEPT:
                _escaped.clear()
            _escaped[value] = found
    return found


def _escape_text(text: str) -> str:
    """As `markupsafe.escape`, of a plain text, and not marked as safe."""
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def _once() -> Callable[..., Markup]:
    made: dict[Any, Markup] = {}

    def call(macro: Any, *arguments: Any) -> Markup:
        found = made.get((macro.name, *arguments))
        if found is None:
            found = made[macro.name, *arguments] = macro(*arguments)
        return found

    return call
