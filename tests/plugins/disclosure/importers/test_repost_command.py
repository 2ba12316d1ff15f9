"""`repost` as an editor calls it, from every form of our own site's feeds and data."""

import json

import pytest

import tasks
from workbench.outcome import Exit


@pytest.fixture(autouse=True)
def _ready(monkeypatch):
    monkeypatch.setattr(tasks.environment, "enter", lambda *_: None)


def call(capsys, *words):
    """The exit code, and everything that was said."""
    code = tasks.main([*map(str, words)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_same_entries_come_from_atom_rss_and_json(example_site, tmp_path, capsys):
    proposed = {}
    for ending in ("atom", "rss", "json"):
        into = tmp_path / ending
        into.mkdir()
        source = example_site.folder / f"feeds/section/news.{ending}"
        code, said = call(
            capsys, "repost", source, "--into", into, "--limit", 3, "--at", "2026-11-22 09:00",
            "--set", "发布机构=government", "--json", tmp_path / f"{ending}.json",
        )  # fmt: skip
        assert code == Exit.WELL, said
        files = sorted((into / "repost").iterdir())
        proposed[ending] = {
            file.name: file.read_text(encoding="utf-8").partition("\n---\n")[0] for file in files
        }

    assert proposed["atom"] == proposed["rss"] == proposed["json"]
    assert len(proposed["atom"]) == 3
    assert all("转载时间: 2026-11-22 09:00" in text for text in proposed["atom"].values())
    assert len(json.loads((tmp_path / "atom.json").read_text(encoding="utf-8"))) == 3


def test_what_is_no_feed_is_refused_before_anything_is_written(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "feed.xml").write_text("<html><body>404</body></html>", encoding="utf-8")
    code, said = call(capsys, "repost", tmp_path / "feed.xml", "--into", tmp_path / "content")

    assert code == Exit.CANNOT
    assert "没有带标题和网址的条目" in said
    assert not any((tmp_path / "content").iterdir())


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--at", "2026-11-22", "2026-01-31 09:30"),
        ("--zone", "火星", "Asia/Shanghai"),
        ("--since", "昨天", "2026-01-31"),
    ],
)
def test_a_mistyped_option_is_told(tmp_path, capsys, option, value, why):
    with pytest.raises(SystemExit) as ended:
        call(capsys, "repost", "feed.atom", "--into", tmp_path, option, value)

    assert ended.value.code == Exit.MISTYPED
    assert why in capsys.readouterr().err
