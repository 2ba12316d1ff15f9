"""The specimen page: every component of the theme with its purpose, its criteria and examples of it.

A component is a pair in theme/templates/components: NAME.html, a macro, and NAME.yaml, what it is for, what it must
do and which test holds that, and examples as values. The page is made for whoever works on the theme. It is no part
of the public site, where examples of repealed documents and late offices would be taken for real ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from plugins.disclosure.yaml_data import read_yaml
from plugins.portal.models import Frame, Head, Link
from plugins.portal.renderer import prepare

ADDRESS = "specimen.html"
COMPONENT_KEYS = {"purpose", "when", "criteria", "examples", "on_every_page"}
TOKENS = (
    ("paper", "底色 / the page"),
    ("ground", "成块的浅底 / large tinted areas"),
    ("ink", "正文 / text"),
    ("soft", "次要文字 / what matters less"),
    ("line", "分隔线 / rules"),
    ("line-strong", "控件边框 / edges of controls"),
    ("main", "链接、主色线条 / links and rules"),
    ("main-ground", "主色浅底 / its tint"),
    ("band", "菜单和页脚 / menu and footer"),
    ("red", "逾期、失效 / overdue, ended"),
    ("red-ground", "其浅底 / its tint"),
    ("ochre", "缺、尚未施行、已修改 / missing, pending, amended"),
    ("ochre-ground", "其浅底 / its tint"),
    ("focus", "键盘焦点 / keyboard focus"),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a component must do. `held_by` is a test, `path::name`, or "by hand"."""

    text: str
    held_by: str


@dataclass(frozen=True, slots=True)
class Example:
    """A call of one of the component's macros; `values` are its arguments by name."""

    name: str
    macro: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Component:
    """A component as its YAML describes it; one that is on every page needs no examples."""

    name: str
    purpose: str
    purpose_en: str
    when: str
    on_every_page: bool
    criteria: tuple[Criterion, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as the page shows it: the thing itself, and its markup to copy."""

    name: str
    html: Markup
    values: str


@dataclass(frozen=True, slots=True)
class SpecimenPage:
    """What the template of the specimen page is given."""

    head: Head
    components: tuple[tuple[Component, tuple[Shown, ...]], ...]
    tokens: tuple[tuple[str, str], ...]
    prose: str


def read_component(path: Path) -> Component:
    """One component's YAML. Raises ValueError naming the file and what is wrong in it."""
    data = read_yaml(path)
    if not isinstance(data, dict) or (unknown := set(data) - COMPONENT_KEYS):
        raise ValueError(f"{path.name}: {sorted(unknown) if isinstance(data, dict) else 'not a mapping'}")
    try:
        component = Component(
            path.stem,
            data["purpose"]["zh"],
            data["purpose"]["en"],
            data["when"],
            bool(data.get("on_every_page", False)),
            tuple(Criterion(one["zh"], one["held_by"]) for one in data["criteria"]),
            tuple(Example(one["name"], one["macro"], one["with"]) for one in data.get("examples", ())),
        )
    except (KeyError, TypeError) as missing:
        raise ValueError(f"{path.name}: {missing} is missing or misplaced") from missing
    if component.on_every_page == bool(component.examples):
        raise ValueError(f"{path.name}: either examples or on_every_page: true")
    return component


def read_components(theme: Path) -> tuple[Component, ...]:
    """All components of the theme, by name."""
    folder = theme / "templates" / "components"
    return tuple(read_component(path) for path in sorted(folder.glob("*.yaml")))


def environment(theme: Path) -> Environment:
    """The theme's templates as the build has them, and those of the specimen."""
    folders = [theme / "templates", theme / "specimen"]
    env = Environment(loader=FileSystemLoader(folders), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    prepare(env)
    return env


class Values(SimpleNamespace):
    """An example's mapping, read by a template as it reads a value of the models; what is not given is empty."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


def as_values(data: Any) -> Any:
    """Mappings as values; the cells of a row stay a mapping, as they are in the models."""
    match data:
        case {"cells": cells, **others}:
            return Values(cells=cells, **as_values(others).__dict__)
        case dict():
            return Values(**{name: as_values(value) for name, value in data.items()})
        case list():
            return [as_values(value) for value in data]
    return data


def render_example(env: Environment, component: str, example: Example) -> Markup:
    """An example as HTML. `root` is given wherever the macro asks for it."""
    module = env.get_template(f"components/{component}.html").make_module({})
    macro = getattr(module, example.macro)
    given = {name: as_values(value) for name, value in example.values.items()}
    values = {"root": "", **given} if "root" in macro.arguments else given
    return Markup(str(macro(**values)))  # noqa: S704 made by an escaping template


def specimen_page(theme: Path, frame: Frame) -> bytes:
    """The whole page."""
    env = environment(theme)
    shown = tuple(
        (
            component,
            tuple(
                Shown(one.name, render_example(env, component.name, one), _as_text(one.values))
                for one in component.examples
            ),
        )
        for component in read_components(theme)
    )
    head = Head(ADDRESS, "部件样例", "部件样例", "网站外观的全部部件。", (Link("外观", "#top"),), ())
    prose = (theme / "specimen" / "prose.md").read_text(encoding="utf-8")
    page = SpecimenPage(head, shown, TOKENS, prose)
    return env.get_template(ADDRESS).render(page=page, frame=frame, root="").encode()


def write_specimen(theme: Path, frame: Frame, folder: Path) -> Path:
    """Write the page with its stylesheets and script into `folder`; the answer is the page."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    static = (theme / "static" / name for name in ("gongkai.css", "gongkai.js", "icon.svg"))
    for source in (*static, theme / "specimen" / "specimen.css"):
        (folder / "static" / source.name).write_bytes(source.read_bytes())
    page = folder / ADDRESS
    page.write_bytes(specimen_page(theme, frame))
    return page


def _as_text(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2, default=str)
