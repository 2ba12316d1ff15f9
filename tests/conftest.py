"""The example site, built once for all tests that look at it."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from tests.postgres_server import postgres

__all__ = ["postgres"]

# The same examples on every machine and in every run, however slow: a failure is a fault of the change at hand.
settings.register_profile("steady", derandomize=True, deadline=None, print_blob=False)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
TODAY = date(2026, 11, 22)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that writes what an example is expected to say anew; read what changed before keeping it."""
    parser.addoption(
        "--update-expected", action="store_true", help="write tests/examples/**/*.expected.json anew"
    )
    parser.addoption(
        "--thorough",
        action="store_true",
        help="try every case of what is sampled otherwise; takes much longer",
    )


def pytest_configure() -> None:
    """Collecting makes a million things that stay: looking among them for garbage finds none."""
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for `--thorough` alone, and have every worker begin with its share of the long tests.

    A long test that begins last is waited for by all.
    """
    if not config.getoption("--thorough"):
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    short = [item for item in items if not item.get_closest_marker("long")]
    share = -(-len(short) // workers)
    items[:] = [
        item
        for number in range(workers)
        for item in [
            *sorted(long[number::workers], key=_asks_for_the_site, reverse=number == 0),
            *short[number * share : (number + 1) * share],
        ]
    ]


def _asks_for_the_site(item: pytest.Item) -> bool:
    """Whether the example site must be built first: the first worker does so, while the others have other things to do."""
    return isinstance(item, pytest.Function) and "example_site" in item.fixturenames


def pytest_collection_finish() -> None:
    """From here on garbage is looked for again, but not among what was collected."""
    gc.freeze()
    gc.enable()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by what they are for alone: packed ones hold the second they were made in, in their length too, and
    all workers must collect one name."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether every case is to be tried, and not the few that stand for all."""
    return bool(request.config.getoption("--thorough"))


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """The example site as `folder` holds it, which lies below `parent` as it does below the city's own portal.

    `specimen` is the page of the theme's components; `pages` names, for each template and kind of record, the
    address of a page made by it.
    """

    folder: Path
    parent: Path
    specimen: Path
    pages: dict[str, str]

    @property
    def prefix(self) -> str:
        """The path from `parent` to the site, with a slash at both ends."""
        return f"/{self.folder.relative_to(self.parent).as_posix()}/"


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The example city's site, built whole from content/ by the first who asks, whichever worker; nobody writes there."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = shared / "portal.pickle"
        if not told.exists():
            told.write_bytes(pickle.dumps(_build_example(shared / "portal")))
        built: BuiltSite = pickle.loads(told.read_bytes())
    return built


def _build_example(parent: Path) -> BuiltSite:
    from plugins.disclosure.checking import check_content
    from plugins.portal.build import build_site
    from plugins.portal.specimen import write_specimen
    from plugins.portal.views.desk import Desk

    catalog = check_content(CONTENT, TODAY).catalog
    assert catalog is not None
    folder = parent / urlsplit(catalog.site.base_address).path.strip("/")
    folder.parent.mkdir(parents=True, exist_ok=True)
    build_site(CONTENT, folder, TODAY)
    specimen = write_specimen(ROOT / "theme", Desk(catalog).frame(), parent / "specimen")
    return BuiltSite(folder, parent, specimen, _pages_by_template(catalog))


@pytest.fixture(scope="session")
def specimen(example_site: BuiltSite) -> Path:
    """The specimen page of the theme's components, beside the site, so that one server shows both."""
    return example_site.specimen


def _pages_by_template(catalog: object) -> dict[str, str]:
    """For each template, and for record pages each kind, the first address of the plan."""
    from jinja2 import Environment, FileSystemLoader

    from plugins.portal.outputs import all_outputs
    from plugins.portal.plan import Template
    from plugins.portal.renderer import Renderer
    from plugins.portal.views.desk import Desk

    desk = Desk(catalog)
    env = Environment(loader=FileSystemLoader(ROOT / "theme" / "templates"), autoescape=True)
    renderer = Renderer(env, desk.frame(), desk.site.prefix)
    kinds = {f"{record.key}.html": record.kind for record in desk.listed}
    pages: dict[str, str] = {}
    for output in all_outputs(desk, renderer, CONTENT, ROOT / "theme"):
        if isinstance(output.maker, Template):
            kind = kinds.get(output.address)
            pages.setdefault(f"{output.maker.name} {kind}" if kind else output.maker.name, output.address)
    return pages
