"""A small office's records, invented word by word, and an index of them on disk."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.search.entry import Entry
from plugins.search.index import Index, make_index
from plugins.search.searching import StaticIndex

ORGANS = ("霁川市财政局", "霁川市教育局", "霁川市民政局", "霁川市水务局")
CODES = ("霁财发", "霁教发", "霁民发", "霁水发")
KINDS = ("政策文件", "通知公告", "政策解读")
MATTERS = (
    "公共租赁住房",
    "部门决算",
    "最低生活保障",
    "义务教育招生",
    "取水许可",
    "PM2.5治理",
    "老旧小区改造",
    "政府信息公开年度报告",
)
PLACES = ("望岫区", "霁东区", "松泠县", "石砚县", "云栈县")
WORDS = (
    "落实责任强化监督提高效率规范程序公开透明方便群众加强管理统筹安排认真执行及时报送逐项核对分类指导".strip()
)


def entry(number: int, seed: int = 0, text: str = "") -> Entry:
    """The record with this number; another seed gives it another text."""
    rng = random.Random(f"{number} {seed}")
    which = rng.randrange(len(ORGANS))
    matter, place, year = rng.choice(MATTERS), rng.choice(PLACES), rng.randint(2015, 2026)
    sentences = [
        "".join(rng.choice(WORDS) for _ in range(rng.randint(4, 12))) + rng.choice("，。；")
        for _ in range(rng.randint(5, 30))
    ]
    body = (
        f"为做好{place}{matter}工作，现通知如下。\n"
        + "".join(sentences)
        + f"\n{year}年{rng.randint(1, 12)}月5日"
    )
    return Entry(
        key=f"policy/{year}-{number:04}",
        address=f"policy/{year}-{number:04}.html",
        title=f"{ORGANS[which]}关于{place}{matter}的通知",
        number=f"{CODES[which]}〔{year}〕{number}号",
        organ=ORGANS[which],
        kind=rng.choice(KINDS),
        topics=("财政、金融、审计\\财政",) if which == 0 else ("科技、教育\\教育",),
        published_on=f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        validity="有效",
        facts=f"01000001{which}/{year}-{number:05}",
        text=text or body,
    )


def edited(old: Entry, text: str) -> Entry:
    """The same record with another text."""
    return replace(old, text=text)


def published(index: Index, work: Path, folder: Path) -> StaticIndex:
    """The files of an index in a folder of their own, as the site has them."""
    for file in index.slices:
        path = folder / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read(work))
    for name, content in index.small.items():
        (folder / name).write_bytes(content)
    return StaticIndex(folder)


Make = Callable[[Sequence[Entry]], StaticIndex]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An index of some records; each call adds to what was made before."""
    calls: list[int] = []

    def _make(entries: Sequence[Entry]) -> StaticIndex:
        calls.append(0)
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return published(make_index(entries, work), work, tmp_path / f"search-{len(calls)}")

    return _make
