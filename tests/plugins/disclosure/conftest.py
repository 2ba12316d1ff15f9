"""Content folders made of the small base under tests/examples and one example on top of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
BASE = EXAMPLES / "_base"
ABSENT = b"DELETE"
"""The whole content of a file that stands for its absence from the base."""

LayOut = Callable[[Path], Path]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small content folder without a fault."""
    return shutil.copytree(BASE, tmp_path / "content")


@pytest.fixture
def lay_out(tmp_path: Path) -> LayOut:
    """Makes a content folder of the base with an example in it, and gives it."""

    def make(example: Path) -> Path:
        content = tmp_path / "-".join((*example.relative_to(EXAMPLES).parts, "x")) / "content"
        shutil.copytree(BASE, content)
        kind = example.parent.parent.name
        if example.is_dir():
            shutil.copytree(example, content, dirs_exist_ok=True)
            for path in sorted(content.rglob("*")):
                if path.is_file() and path.read_bytes() == ABSENT:
                    path.unlink()
        elif kind == "organ":
            shutil.rmtree(content / "policy")
            shutil.rmtree(content / "attachments")
            shutil.copy(example, content / "organs.csv")
        else:
            (content / kind).mkdir(exist_ok=True)
            for file in (example, example.with_suffix(".yaml")):
                if file.exists():
                    shutil.copy(file, content / kind)
        return content

    return make
