"""What is handed to OpenSearch: its analyzers, done by hand here, cut texts as ours does; every record is in it whole."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import tasks
from plugins.search.analyzer import named, pairs, skeleton, words
from plugins.search.documents import documents
from plugins.search.folding import fold
from plugins.search.opensearch import INDEX, analysis, bulk_files, index_body, write
from workbench.outcome import Exit

from .conftest import entry

ENTRIES = [entry(number) for number in range(30)] + [entry(99, text="长文。" * 3000 + "末尾一句")]


def pattern(java: str) -> re.Pattern[str]:
    """A pattern of Java's in Python's words."""
    return re.compile(re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: re.escape(chr(int(m[1], 16))), java))


def analyzed(text: str, name: str) -> list[str]:
    """What the engine makes of a text, step by step as its manual says of each part."""
    parts: dict[str, Any] = analysis()
    for step in parts["analyzer"][name]["char_filter"]:
        filter_ = parts["char_filter"][step]
        if filter_["type"] == "mapping":
            pairs_ = (line.split(" => ") for line in filter_["mappings"])
            table = {decoded(one): decoded(other) for one, other in pairs_}
            text = "".join(table.get(one, one) for one in text)
        else:
            text = pattern(filter_["pattern"]).sub(filter_["replacement"], text)
    tokenizer = parts["tokenizer"][parts["analyzer"][name]["tokenizer"]]
    if tokenizer["type"] == "ngram":
        return [text[at : at + 2] for at in range(len(text) - 1)]
    return pattern(tokenizer["pattern"]).findall(text)


def decoded(escapes: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), escapes.strip())


@pytest.mark.parametrize(
    "text",
    [
        "霁政办发〔２０１５〕32号，關於ＰＭ2.5治理",
        "①ﬁ㎡ⅣＡ\u200bb",
        "公租房 申请",
        "",
        *(one.text for one in ENTRIES[:20]),
    ],
)
def test_the_engine_cuts_a_text_as_we_do(text: str) -> None:
    folded = fold(text)
    assert analyzed(text, "pairs") == list(pairs(skeleton(folded)))
    ours = {word[1:] for word in words(folded) if not re.search("[._-]", folded)}
    assert ours <= set(analyzed(text, "words"))


def test_every_record_is_handed_over_whole(make: Any) -> None:
    data = b"".join(bulk_files(documents(make(ENTRIES)))).decode()
    lines = [json.loads(line) for line in data.splitlines()]
    actions, sources = lines[::2], lines[1::2]
    assert all(
        set(action["index"]) == {"_index", "_id"} and action["index"]["_index"] == INDEX for action in actions
    )
    found = {action["index"]["_id"]: source for action, source in zip(actions, sources, strict=True)}
    assert set(found) == {one.key for one in ENTRIES}
    allowed = set(index_body()["mappings"]["properties"])
    for one in ENTRIES:
        source = found[one.key]
        assert set(source) <= allowed
        assert source["text"] == one.text
        assert (source["title"], source["number"], source["organ"]) == (one.title, one.number, [one.organ])
        folded = fold(one.text)
        assert set(named(folded, skeleton(folded))) <= set(source["named"])


def test_no_file_is_longer_than_a_server_takes(
    make: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.search.opensearch.MOST_BYTES", 40_000)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "bulk-0099.ndjson").write_text("{}", encoding="utf-8")
    files = write(tmp_path / "out", documents(make(ENTRIES)))
    assert files[0].name == "README.txt"
    assert len(files) > 3
    assert not (tmp_path / "out" / "bulk-0099.ndjson").exists()
    assert sum(path.read_text(encoding="utf-8").count("\n") for path in files[2:]) == 2 * len(ENTRIES)


def test_the_command_writes_the_files_and_says_what_is_missing(
    make: Any, tmp_path: Path, capsys: Any
) -> None:
    make(ENTRIES)
    (tmp_path / "search-1").rename(tmp_path / "search")
    words = ["search", "--export", "opensearch", "--output", str(tmp_path)]
    assert tasks.main(words) == Exit.CANNOT
    assert "没有写交到哪里" in capsys.readouterr().err
    assert tasks.main([*words, "--to", str(tmp_path / "out")]) == Exit.WELL
    assert "写出 3 个文件" in capsys.readouterr().out
    assert json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))["mappings"]
    assert tasks.main(["search", "--output", str(tmp_path)]) == Exit.CANNOT
    assert "没有写要找的词" in capsys.readouterr().err
