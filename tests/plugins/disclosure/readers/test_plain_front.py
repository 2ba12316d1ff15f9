"""What is read at once is read as the readers would that tell what is wrong."""

import random
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.markdown_file import read_any, read_markdown_file
from plugins.disclosure.readers.plain_front import read_plain_front
from plugins.disclosure.readers.text_file import read_text_file

ROOT = Path(__file__).parents[4]
PLAIN = """---
标题: 关于公布2025年部门决算的公告
文号: 霁财发〔2026〕7号
发布机构: 霁川市财政局
发布日期: 2026-03-02
主题词: 决算；三公经费
公开方式: 主动公开
---

各县区：

请照办。

"""
PIECES = (
    "\n", "\n\n", " ", "　", "\t", ":", "：", ": ", " #", "# 说明", "- 一", "---", "--", "'", '"', "[", "]", "；", ";", "|",
    "无此项: 一", "发布日期: 2026-13-40", "发布日期: 2026-03-02", "标题:", "标题: ", "title: 甲", "主题词: 决算；决算",
    "  接上行", "\u200b", "=SUM(A1)", "发布机构: 没有这个局",
)  # fmt: skip


@pytest.fixture(scope="module")
def around():
    return read_content(ROOT / "content", date(2026, 11, 22)).around


def _facts(batch):
    facts = [
        (r.kind, r.id, repr(r.values), r.body, r.has_body, r.file, r.line, dict(r.lines), r.body_line)
        for r in batch.records
    ]
    return facts, batch.problems, batch.met_count, batch.companions, batch.digest, batch.outer


def _both(path, kind, around):
    file = FoundFile(path, f"{kind.id}/{path.name}")
    text = read_text_file(path, file.name)
    plain = text.plain and read_plain_front(text.text, file.name, kind.fields, around) is not None
    return plain, _facts(read_markdown_file(file, kind, around)), _facts(read_any(file, kind, around, text))


def test_files_of_the_city_and_of_the_examples_are_read_alike_and_most_at_once(around):
    kinds = load_kinds()
    files = [path for path in sorted((ROOT / "content").glob("*/*.md")) if path.parent.name in kinds]
    files = [*files[::4], *sorted(ROOT.glob("tests/examples/*/*/*.md"))]
    at_once = []
    for path in files:
        kind = kinds.get(path.parent.name) or kinds.get(path.parents[1].name) or kinds["news"]
        plain, quick, slow = _both(path, kind, around)
        assert quick == slow, path
        at_once.append(plain)

    assert sum(at_once) * 4 > len(at_once)


def test_whatever_slips_into_a_plain_file_is_read_alike(around, tmp_path):
    kind, chance, at_once = load_kinds()["policy"], random.Random(41), 0
    for number in range(600):
        text = PLAIN
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(text) + 1)
            if chance.random() < 0.5:
                place = text.rfind("\n", 0, place) + 1
            text = text[:place] + chance.choice(PIECES) + text[place + chance.choice((0, 0, 1, 4)) :]
        path = tmp_path / f"a-{number}.md"
        path.write_text(text, encoding="utf-8", newline="")
        plain, quick, slow = _both(path, kind, around)
        assert quick == slow, text
        at_once += plain

    assert 100 < at_once < 500
