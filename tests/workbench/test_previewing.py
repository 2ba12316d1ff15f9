"""The process behind the preview: it shows an edit at once, builds the rest after it, and says what stands in the way."""

import argparse
import shutil
from datetime import date
from pathlib import Path

import pytest

from workbench.tasks.previewing import _Builder

TOWNSHIP = Path(__file__).parents[1] / "plugins" / "portal" / "township"


@pytest.fixture
def builder(tmp_path: Path):
    shutil.copytree(TOWNSHIP, tmp_path / "content")
    options = argparse.Namespace(
        content=tmp_path / "content", output=tmp_path / "preview", today=date(2026, 11, 20), profile=None,
        clock=lambda: "08:00:00",
    )  # fmt: skip
    found = _Builder(options)
    yield found
    found.close()


def test_an_edit_is_shown_at_once_and_the_rest_is_built_after_it(builder, tmp_path):
    path = tmp_path / "content" / "guide" / "qingfeng.md"
    page = tmp_path / "preview" / "guide" / "qingfeng.html"
    first = builder.whole()
    path.write_text(f"{path.read_text(encoding='utf-8')}\n刚才补充的一句。\n", encoding="utf-8")
    quick = builder.quick([path.resolve()])
    shown = page.read_text(encoding="utf-8")
    broken = path.with_name("2026-9999.md")
    broken.write_text("没有开头\n", encoding="utf-8")
    cannot = builder.quick([broken.resolve()])
    rest = builder.whole()

    assert first.problems == rest.problems == ""
    assert "刚才补充的一句。" in shown
    assert quick.is_new
    assert cannot is None
    assert [problem["code"] for problem in rest.found if problem["file"].endswith("2026-9999.md")] == [
        "front-matter.absent"
    ]
    assert rest.summary.startswith("08:00:00 已生成，新写")
