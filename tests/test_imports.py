"""Who may import whom. The tables are the architecture; these tests keep them true."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Package or module -> what it may import besides the standard library and itself. A file belongs to the
# longest row that holds it, and each package right below plugins/ and crawler_checks/ has a row of its own.
MAY_IMPORT = {
    "plugins": set(),
    "plugins/disclosure/cluster.py": {"distributed"},
    "plugins/disclosure": {"bs4", "chinese_calendar", "defusedxml", "openpyxl", "pypdf", "yaml"},
    "plugins/feeds": {"plugins.disclosure", "feedgen"},
    "plugins/versions": set(),
    "plugins/manifest": {"plugins.disclosure", "boto3", "botocore", "brotli"},
    "plugins/search": {"plugins.disclosure", "numpy", "psycopg", "whoosh"},
    "plugins/opendata": {"msgspec", "plugins.disclosure", "xlsxwriter"},
    "plugins/portal": {
        "plugins",
        "comrak",
        "jinja2",
        "lxml",
        "markdown",
        "markupsafe",
        "msgspec",
        "nh3",
        "pelican",
        "segno",
    },
    "crawler_checks": {"crawler_checks", "msgspec", "plugins.disclosure"},
    "crawler_checks/__main__.py": {"crawler_checks", "plugins.disclosure", "workbench"},
    "crawler_checks/crawl": {"msgspec", "pycurl", "warcio"},
    "crawler_checks/extract": {"crawler_checks.crawl", "msgspec", "plugins.disclosure", "selectolax"},
    "crawler_checks/faulty_file.py": {"crawler_checks.refusal", "plugins.disclosure"},
    "crawler_checks/checks": {
        "crawler_checks.crawl",
        "crawler_checks.extract",
        "crawler_checks.faulty_file",
        "plugins.disclosure",
    },
    "crawler_checks/scoring": {
        "crawler_checks.checks",
        "crawler_checks.faulty_file",
        "crawler_checks.refusal",
        "crawler_checks.spreadsheet",
        "plugins.disclosure",
    },
    "crawler_checks/ledger": {
        "psycopg",
        "crawler_checks.checks",
        "crawler_checks.faulty_file",
        "crawler_checks.refusal",
        "crawler_checks.spreadsheet",
        "plugins.disclosure",
    },
    "crawler_checks/reports": {
        "crawler_checks.checks",
        "crawler_checks.ledger",
        "crawler_checks.scoring",
        "crawler_checks.spreadsheet",
        "plugins.disclosure",
    },
    "crawler_checks/delivery": {"crawler_checks.faulty_file", "crawler_checks.ledger", "plugins.disclosure"},
    "crawler_checks/spreadsheet.py": {"crawler_checks.refusal", "openpyxl"},
    "crawler_checks/options.py": set(),
    "workbench": {"axe_playwright_python", "crawler_checks.options", "playwright", "watchfiles"},
    "workbench/tasks": {"plugins", "crawler_checks", "workbench"},
    "tasks.py": {"crawler_checks", "workbench"},
    "pelicanconf.py": set(),
}

# Library -> the one place that knows it. Whoever needs it elsewhere asks that place.
HOMES = {
    "axe_playwright_python": ("workbench/rendering.py",),
    "boto3": ("plugins/manifest/s3_target.py",),
    "botocore": ("plugins/manifest/s3_target.py",),
    "brotli": ("plugins/manifest/compressing.py",),
    "bs4": (
        "plugins/disclosure/importers/html_look.py",
        "plugins/disclosure/importers/html_page.py",
        "plugins/disclosure/importers/html_place.py",
        "plugins/disclosure/importers/list_page.py",
    ),
    "distributed": ("plugins/disclosure/cluster.py",),
    "chinese_calendar": ("plugins/disclosure/workdays.py",),
    "comrak": ("plugins/portal/markdown_fast.py",),
    "defusedxml": (
        "plugins/disclosure/importers/office_archive.py",
        "plugins/disclosure/importers/upstream.py",
    ),
    "feedgen": ("plugins/feeds",),
    "jinja2": ("plugins/portal",),
    "lxml": ("plugins/portal/markdown_fast.py",),
    "markdown": ("plugins/portal/markdown_reference.py",),
    "markupsafe": ("plugins/portal",),
    "msgspec": ("crawler_checks", "plugins/opendata/json_files.py", "plugins/portal"),
    "nh3": ("plugins/portal/markdown_html.py",),
    "openpyxl": (
        "crawler_checks/spreadsheet.py",
        "plugins/disclosure/importers/spreadsheet.py",
        "plugins/disclosure/spreadsheet_templates.py",
    ),
    "numpy": ("plugins/search",),
    "pelican": ("plugins/portal",),
    "psycopg": ("crawler_checks/ledger/postgres_store.py", "plugins/search/postgres.py"),
    "playwright": ("workbench/browser.py", "workbench/rendering.py"),
    "pycurl": ("crawler_checks/crawl/live.py", "crawler_checks/crawl/transfer.py"),
    "pypdf": ("plugins/disclosure/importers/pdf_file.py", "plugins/disclosure/importers/pdf_text.py"),
    "segno": ("plugins/portal/qr_code.py",),
    "selectolax": ("crawler_checks/extract",),
    "warcio": ("crawler_checks/crawl/archive.py",),
    "watchfiles": ("workbench/preview.py",),
    "whoosh": ("plugins/search/whoosh_reader.py",),
    "xlsxwriter": ("plugins/opendata/xlsx.py",),
    # our own rules, which may be rich, and what editors write, of which little is understood: two ways of reading
    "yaml": ("plugins/disclosure/yaml_data.py", "plugins/disclosure/readers/yaml_entry.py"),
}

# These alone may ask what day it is; everything else is told.
FRONT_DOORS = {"tasks.py", "crawler_checks/__main__.py", "workbench/clock.py"}
CLOCKS = {"today", "now", "utcnow", "localtime", "gmtime", "strftime", "ctime"}


@cache
def modules() -> list[str]:
    """Every module of ours, as a path from the root."""
    folders = ("plugins", "crawler_checks", "workbench")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found += ROOT.glob("*.py")
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def row_of(module: str, rows: dict[str, set[str]]) -> str | None:
    """The longest row that holds the module."""
    holding = [row for row in rows if module == row or module.startswith(f"{row}/")]
    return max(holding, key=len, default=None)


@cache
def tree_of(module: str) -> ast.Module:
    """A module of ours, parsed."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> set[str]:
    """What a module of ours imports."""
    return imports_in(tree_of(module), module)


def imports_in(tree: ast.Module, module: str) -> set[str]:
    """Full names of what a module imports, relative ones included, the standard library left out."""
    found: set[str] = set()
    for node in ast.walk(tree):
        found.update(_names(node, module))
    return {name for name in found if name.partition(".")[0] not in sys.stdlib_module_names}


def _names(node: ast.AST, module: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=name, names=names, level=level):
            above = module.split("/")[:-level] if level else []
            base = ".".join([*above, *([name] if name else [])])
            # `from plugins import portal` imports plugins.portal, so each name counts with its package
            yield from (f"{base}.{alias.name}" for alias in names)
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
            yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))


def strays(imported: set[str], module: str, rows: dict[str, set[str]]) -> list[str]:
    """What of the imported the module's row does not allow."""
    row = row_of(module, rows)
    assert row is not None, f"{module} has no row"
    allowed = {*rows[row], row.removesuffix(".py").replace("/", ".")}
    return sorted(
        name for name in imported if not any(name == one or name.startswith(f"{one}.") for one in allowed)
    )


@pytest.mark.parametrize("row", MAY_IMPORT)
def test_a_package_imports_only_what_its_row_allows(row: str) -> None:
    held = [module for module in modules() if row_of(module, MAY_IMPORT) == row]
    assert held, f"{row} has no modules: was it moved without this table?"

    found = [
        f"{module} imports {name}"
        for module in held
        for name in strays(imports_of(module), module, MAY_IMPORT)
    ]

    assert found == []


def test_every_package_and_every_module_at_the_root_has_a_row() -> None:
    parts = [module.split("/") for module in modules()]
    wanted = {"/".join(part[:2]) for part in parts if len(part) > 2 and part[0] != "workbench"}
    wanted |= {part[0] for part in parts}

    assert wanted - set(MAY_IMPORT) == set()


def users_of(library: str) -> list[str]:
    """The modules that import the library."""
    return [
        module
        for module in modules()
        if any(name.partition(".")[0] == library for name in imports_of(module))
    ]


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_home_and_nowhere_else(library: str) -> None:
    homes = {
        home: [user for user in users_of(library) if row_of(user, {home: set()})] for home in HOMES[library]
    }
    strangers = set(users_of(library)) - {user for users in homes.values() for user in users}

    assert strangers == set()
    assert [home for home, users in homes.items() if not users] == [], f"{library} has left its home"


def test_every_library_that_is_imported_has_a_home() -> None:
    ours = {"plugins", "crawler_checks", "workbench", "tasks"}
    imported = {name.partition(".")[0] for module in modules() for name in imports_of(module)}

    assert imported - ours - set(HOMES) == set()


def test_only_the_front_doors_ask_what_day_it_is() -> None:
    asking = [
        f"{module}:{node.lineno} calls {node.func.attr}()"
        for module in modules()
        if module not in FRONT_DOORS
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]

    assert asking == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import plugins.portal.plan", ["plugins.portal.plan"]),
        ("from plugins import portal", ["plugins.portal"]),
        ("from ...plugins.portal import plan", ["plugins.portal.plan"]),
        ("from ..extract import dates", ["crawler_checks.extract.dates"]),
        ("if TYPE_CHECKING:\n    from pelican import signals", ["pelican.signals"]),
        ("def late():\n    import markdown as m", ["markdown"]),
        ("import importlib\nimportlib.import_module('pelican')", ["pelican"]),
        ("import json\nfrom crawler_checks.crawl import address", []),
        ("from . import address", []),
        ("import pycurl", []),
    ],
)
def test_a_stray_is_seen_however_it_is_written(source: str, found: list[str]) -> None:
    module = "crawler_checks/crawl/walk.py"

    assert strays(imports_in(ast.parse(source), module), module, MAY_IMPORT) == found
