"""Outputs to bytes: templates, functions and copies; and the fingerprint of a template with all it includes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, meta
from markupsafe import Markup

from plugins.portal import addresses, plan
from plugins.portal.inputs import versions
from plugins.portal.markdown_html import to_html
from plugins.portal.models import Frame
from plugins.portal.plan import Copy, Function, Output, fingerprint
from plugins.portal.qr_code import qr_code

PLUGINS = Path(__file__).parents[1]


class _Template(Template):
    """A template whose macros are made once: nothing they use differs from page to page but their arguments."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Template:  # noqa: A002 the library's name
        """With its globals in one plain mapping: the library puts them together for every page."""
        return super().from_code(environment, code, dict(globals), uptodate)

    def _get_default_module(self, ctx: Any = None) -> Any:  # noqa: ARG002 the library's names
        if self._module is None:
            self._module = self.make_module()
        return self._module


def prepare(env: Environment) -> None:
    """Give the templates their filters, and have a misspelt name refused."""
    env.undefined = StrictUndefined
    env.template_class = _Template
    env.get_template = cache(env.get_template)  # type: ignore[method-assign] # no template changes during a build
    env.globals["once"] = _once()
    env.filters["to_html"] = _to_html
    env.filters["data_block"] = _data_block
    env.filters["qr_code"] = qr_code


class Renderer:
    """Makes the bytes of any output; knows nothing of the catalog."""

    def __init__(self, env: Environment, frame: Frame, prefix: str) -> None:
        self.env = env
        self.frame = frame
        self.prefix = prefix
        prepare(env)

    def output(self, address: str, template: str, inputs: object) -> Output:
        """A planned page. Its fingerprint covers the template's whole family, the frame and the inputs."""
        name = self._template_name(template)
        return Output(address, plan.Template(name), inputs, basis=self._family(name))

    def load_templates(self) -> None:
        """Have every template ready, for processes that are forked later."""
        for name in sorted(self._templates):
            self.env.get_template(name)

    def render(self, output: Output) -> bytes:
        """The bytes of an output, which is settled."""
        match output.maker:
            case plan.Template(name):
                root = (
                    self.prefix
                    if output.address == addresses.NOT_FOUND
                    else addresses.root_of(output.address)
                )
                template = self.env.get_template(name)
                return template.render(page=output.inputs, frame=self.frame, root=root).encode()
            case Function(call):
                return call(output.inputs)
            case Copy(source):
                return source.read_bytes()

    @cached_property
    def _shared(self) -> bytes:
        return fingerprint(code_fingerprint(), self.frame, self.prefix)

    @cached_property
    def _templates(self) -> frozenset[str]:
        return frozenset(self.env.list_templates())

    def _template_name(self, name: str) -> str:
        """`kinds/<kind>.html` where the theme has it, `record.html` otherwise."""
        return name if not name.startswith("kinds/") or name in self._templates else "record.html"

    def _family(self, name: str) -> bytes:
        found = self.__dict__.setdefault("_families", {})
        if name not in found:
            sources = {}
            wanted = [name]
            while wanted:
                one = wanted.pop()
                if one not in sources and self.env.loader is not None:
                    sources[one], _, _ = self.env.loader.get_source(self.env, one)
                    named = meta.find_referenced_templates(self.env.parse(sources[one]))
                    wanted += [other for other in named if other is not None]
            found[name] = fingerprint(self._shared, sources)
        family: bytes = found[name]
        return family


def function_output(address: str, call: Callable[[Any], bytes], inputs: object) -> Output:
    """A planned file made by a pure function."""
    return Output(address, Function(call), inputs, basis=_function_fingerprint(call))


def copy_output(address: str, source: Path, sha256: str) -> Output:
    """A planned file taken over as it is."""
    return Output(address, Copy(source, sha256), None, fingerprint("copy", sha256))


@cache
def _function_fingerprint(call: Callable[[Any], bytes]) -> bytes:
    return fingerprint(f"{call.__module__}.{getattr(call, '__qualname__', '')}", code_fingerprint())


@cache
def code_fingerprint() -> bytes:
    """Changes with our own code and with the libraries and the Python that make pages."""
    digest = blake2b(digest_size=16)
    for path in sorted(PLUGINS.rglob("*.py")):
        digest.update(str(path.relative_to(PLUGINS)).encode())
        digest.update(path.read_bytes())
    digest.update(versions().encode())
    return digest.digest()


def _once() -> Callable[..., Markup]:
    """Calls a macro once for the same arguments: `{{ once(menu, frame, root, current) }}` is on every page."""
    made: dict[Any, Markup] = {}

    def call(macro: Any, *arguments: Any) -> Markup:
        found = made.get((macro.name, *arguments))
        if found is None:
            found = made[macro.name, *arguments] = macro(*arguments)
        return found

    return call


def _data_block(data: str) -> Markup:
    """JSON-LD as a block that no browser runs, so no content-security policy forbids it; nothing in it can end it."""
    safe = data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{safe}</script>' if data else "")  # noqa: S704 made safe above


def _to_html(body: str, links: dict[str, str], root: str, part: int = 0) -> Markup:
    return Markup(to_html(body, links, root, part))  # noqa: S704 cleaned there
