"""How much a build does, counted and not timed: files per kind of edit, sources, texts, templates, values."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from plugins.disclosure import content as reading
from plugins.disclosure import record as records
from plugins.disclosure.readers import again
from plugins.portal import markdown_html, plan
from plugins.portal.build import build_site
from plugins.portal.views import lists
from plugins.portal.views import records as record_views


@pytest.fixture
def work(monkeypatch):
    """Counts what is done: sources read, texts read, texts converted, templates compiled, values of pages made."""
    found = Counter()

    def counted(place, name, what):
        really = getattr(place, name)

        def call(*arguments, **named):
            found[what] += 1
            return really(*arguments, **named)

        monkeypatch.setattr(place, name, call)

    counted(reading, "read_markdown_file", "sources")
    counted(again, "read_markdown_file", "sources")
    counted(markdown_html, "fast_html", "conversions")
    counted(Environment, "compile", "templates")
    counted(plan.Output, "settled", "values")
    counted(record_views, "plain_text", "summaries")
    records.forget_texts()
    return found


@pytest.fixture
def many(office):
    """Sixty policies, so that lists have older pages."""
    for number in range(4, 61):
        office.policy(number)
    return office


def _pages(done):
    return {a for a in done.written if a.endswith(".html")}


def test_an_edited_text_reads_one_source_converts_one_text_and_writes_one_page(many, work):
    many.build()
    many.policy(5, body="换了一段话。" * 40)
    many.build()
    work.clear()
    many.policy(5, body="换了一段话。" * 40 + "\n\n后面又添一段。")
    done = many.build()

    assert _pages(done) == {"policy/2025-0005.html"}
    assert (work["sources"], work["conversions"]) == (1, 1)
    assert work["values"] < done.planned / 3


def test_a_changed_title_touches_its_page_its_neighbours_and_the_pages_that_list_it(many):
    many.build()
    many.policy(5, title="换了标题的通知")
    done = many.build()
    title_shown = {
        a for a, c in many.tree().items() if a.endswith(".html") and "换了标题的通知" in c.decode()
    }

    assert "policy/2025-0005.html" in title_shown
    assert len(title_shown) < 15
    assert _pages(done) == title_shown


def test_a_new_record_leaves_all_older_pages_alone(many):
    many.build()
    older = {a for a in many.tree() if "/page-" in a}
    day = "2026-11-19"
    many.policy(61, 发布日期=day, 成文日期=day, 审查日期=day, 文号="霁政办发〔2026〕61号")
    done = many.build()

    assert older
    assert older & set(done.written) == set()
    assert len([a for a in _pages(done) if a.startswith("policy/")]) == 2  # itself and the one before it


def test_what_is_done_doubles_when_the_records_double(office, work):
    counts = []
    for first, last in ((4, 40), (41, 80)):
        for number in range(first, last + 1):
            office.policy(number)
        records.forget_texts()
        work.clear()
        office.build(office.output.parent / f"to-{last}" / "output")
        counts.append(Counter(work))
    half, whole = counts

    assert (half["sources"], whole["sources"]) == (40, 80)
    assert whole["conversions"] - half["conversions"] == 40
    assert whole["summaries"] <= 2 * half["summaries"]
    assert whole["values"] < 2 * half["values"]
    assert whole["templates"] == half["templates"]


def test_a_template_renders_the_pages_made_with_it_reads_no_source_and_makes_no_lists(
    many, work, tmp_path, monkeypatch
):
    listed = Counter()
    really = lists.list_page
    monkeypatch.setattr(lists, "list_page", lambda *a: listed.update(["page"]) or really(*a))
    theme = tmp_path / "theme"
    shutil.copytree(Path(__file__).parents[3] / "theme", theme)
    arguments = (many.content, many.output, date(2026, 11, 20))
    build_site(*arguments, theme=theme, workers=1)
    assert listed["page"] > 5
    path = theme / "templates" / "record.html"
    path.write_text(path.read_text(encoding="utf-8").replace("用手机扫码", "用手机扫一扫"), encoding="utf-8")
    work.clear()
    listed.clear()
    done = build_site(*arguments, theme=theme, workers=1)

    assert _pages(done) == {f"policy/2025-{number:04d}.html" for number in range(1, 61)}
    assert done.rendered == 61  # and the manifest
    assert (work["sources"], listed["page"]) == (0, 0)


def test_a_template_and_a_text_that_change_together_give_the_site_of_a_clean_build(many, tmp_path):
    theme = tmp_path / "theme"
    shutil.copytree(Path(__file__).parents[3] / "theme", theme)
    today = date(2026, 11, 20)
    build_site(many.content, many.output, today, theme=theme, workers=1)
    for name in ("list.html", "base.html"):
        path = theme / "templates" / name
        path.write_text(f"{path.read_text(encoding='utf-8')}<!-- 改过 -->", encoding="utf-8")
        many.policy(7, body=f"{name}改了，正文也改了。")
        build_site(many.content, many.output, today, theme=theme, workers=1)
        clean = many.output.parent / name / "output"
        build_site(many.content, clean, today, theme=theme, workers=1)

        assert many.tree() == many.tree(clean)


def test_a_build_with_nothing_to_do_imports_no_reader_and_no_template_engine(office):
    office.build()
    program = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\nfrom plugins.portal.build import build_site\n"
        f"done = build_site(Path({str(office.content)!r}), Path({str(office.output)!r}), date(2026, 11, 20), workers=1)\n"
        "print(done.unchanged > 0, done.rendered, *sorted(sys.modules))"
    )
    root = Path(__file__).parents[3]
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    found, rendered, *modules = told.stdout.split()

    assert (found, rendered) == ("True", "0")
    heavy = {
        "pelican",
        "jinja2",
        "yaml",
        "markdown",
        "lxml",
        "feedgen",
        "numpy",
        "plugins.disclosure.content",
    }
    assert heavy & set(modules) == set()
