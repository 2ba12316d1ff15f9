"""Outputs to bytes: templates, functions and copies; and the fingerprint of a template with all it includes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, meta
from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.inputs import versions
from plugins.portal.markdown_html import to_html
from plugins.portal.models import Frame
from plugins.portal.plan import Copy, Function, Output, Template, fingerprint
from plugins.portal.qr_code import qr_code
from plugins.portal.quick_templates import hasten

PLUGINS = Path(__file__).parents[1]


def environment(theme: Path) -> Environment:
    """A theme's templates, without Pelican."""
    return Environment(  # as pelicanconf.py has it
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def prepare(env: Environment) -> None:
    """Give the templates their filters, and have a misspelt name refused."""
    hasten(env)
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
        return Output(address, Template(name), inputs, basis=self._family(name))

    def load_templates(self) -> None:
        """Have every template ready, for processes that are forked later."""
        for name in sorted(self._templates):
            self.env.get_template(name)

    def render(self, output: Output) -> bytes:
        """The bytes of an output, which is settled."""
        match output.maker:
            case Template(name):
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

    @cached_property
    def _families(self) -> dict[str, bytes]:
        return {}

    @cached_property
    def _sources(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        return {}

    def _family(self, name: str) -> bytes:
        """A fingerprint of a template with all it extends and includes."""
        found = self._families.get(name)
        if found is None:
            sources: dict[str, str] = {}
            wanted = [name]
            while wanted:
                one = wanted.pop()
                if one not in sources:
                    sources[one], others = self._source(one)
                    wanted += others
            found = self._families[name] = fingerprint(self._shared, sources)
        return found

    def _source(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A template's source, and the templates it names."""
        found = self._sources.get(name)
        if found is None:
            loader = self.env.loader
            source = loader.get_source(self.env, name)[0] if loader is not None else ""
            named = meta.find_referenced_templates(self.env.parse(source))
            found = self._sources[name] = (source, tuple(other for other in named if other is not None))
        return found


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


def _data_block(data: str) -> Markup:
    """JSON-LD as a block that no browser runs, so no content-security policy forbids it; nothing in it can end it."""
    safe = data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(f'<script type="application/ld+json">{safe}</script>' if data else "")  # noqa: S704 made safe above


def _to_html(body: str, links: dict[str, str], root: str, part: int = 0) -> Markup:
    return Markup(to_html(body, links, root, part))  # noqa: S704 cleaned there
