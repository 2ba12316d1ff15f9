"""Outputs to bytes: templates, functions and copies; and the fingerprint of a template with all it includes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, meta, nodes
from markupsafe import Markup

from plugins.portal import addresses
from plugins.portal.inputs import versions
from plugins.portal.markdown_html import to_html
from plugins.portal.models import Frame, Head
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
    """Makes the bytes of any output; knows nothing of the catalog.

    `families` are fingerprints of templates with all they extend and include, as far as they are known.
    """

    def __init__(
        self, env: Environment, frame: Frame, prefix: str, families: Mapping[str, bytes] | None = None
    ) -> None:
        self.env = env
        self.frame = frame
        self.prefix = prefix
        self.families = dict(families or {})
        prepare(env)

    def output(self, address: str, template: str, inputs: object) -> Output:
        """A planned page. Its fingerprint covers the template's whole family, the frame and the inputs."""
        name = self._template_name(template)
        return Output(address, _template(name), inputs, basis=self._family(name))

    def asked(self, template: str) -> frozenset[str] | None:
        """What of its page a template reads with all it extends and includes, like `body` and `head.title`.

        None where that cannot be told, as where it hands the page on as a whole: then it may read anything.
        """
        found: set[str] = set()
        for source in self._members(self._template_name(template)).values():
            if source.asked is None:
                return None
            found |= source.asked
        return frozenset(found)

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
    def _sources(self) -> dict[str, _Source]:
        return {}

    def _family(self, name: str) -> bytes:
        """A fingerprint of a template with all it extends and includes."""
        found = self.families.get(name)
        if found is None:
            sources = {one: source.text for one, source in self._members(name).items()}
            found = self.families[name] = fingerprint(self._shared, sources)
        return found

    def _members(self, name: str) -> dict[str, _Source]:
        """A template with all it extends, includes and imports."""
        sources: dict[str, _Source] = {}
        wanted = [name]
        while wanted:
            one = wanted.pop()
            if one not in sources:
                sources[one] = self._source(one)
                wanted += sources[one].named
        return sources

    def _source(self, name: str) -> _Source:
        found = self._sources.get(name)
        if found is None:
            loader = self.env.loader
            text = loader.get_source(self.env, name)[0] if loader is not None else ""
            found = self._sources[name] = _source_of(text)
        return found


@dataclass(frozen=True, slots=True)
class _Source:
    """A template's text, the templates it names, and what it reads of the page."""

    text: str
    named: tuple[str, ...]
    asked: frozenset[str] | None


@cache
def _source_of(text: str) -> _Source:
    tree = Environment(autoescape=True).parse(text)
    named = [*meta.find_referenced_templates(tree)]
    certain = tuple(other for other in named if other is not None)
    return _Source(text, certain, _asked(tree) if len(certain) == len(named) else None)


def _asked(tree: nodes.Template) -> frozenset[str] | None:
    """The attributes of `page`, and those of its head, that a template names; None where it needs more of it."""
    at_page = [node for node in tree.find_all(nodes.Getattr) if _is_page(node.node)]
    below = [
        node
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Getattr) and _is_page(node.node.node)
    ]
    if len(at_page) < sum(map(_is_page, tree.find_all(nodes.Name))):
        return None
    parts = {
        id(node.node): f"{node.node.attr}.{node.attr}"
        for node in below
        if isinstance(node.node, nodes.Getattr)
    }
    names = {node.attr for node in at_page if id(node) not in parts or node.attr != "head"}
    whole_head = {f"head.{part}" for part in Head.__struct_fields__} if "head" in names else set()
    return frozenset(names | whole_head | set(parts.values()))


def _is_page(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "page" and node.ctx == "load"


@cache
def _template(name: str) -> Template:
    return Template(name)


@cache
def _function(call: Callable[[Any], bytes]) -> Function:
    return Function(call)


def function_output(address: str, call: Callable[[Any], bytes], inputs: object) -> Output:
    """A planned file made by a pure function."""
    return Output(address, _function(call), inputs, basis=_function_fingerprint(call))


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
