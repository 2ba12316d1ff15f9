"""Entries are read line by line, mean what YAML means by them, and hide no fault of one another."""

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.disclosure.readers.front_matter import is_plain, read_entries, split_front_matter
from plugins.disclosure.readers.written import Entry, Items, Node, Pairs, Scalar

# libyaml takes `|#` for a block with a remark, PyYAML's own scanner refuses it; the reader uses libyaml where it is.
SAME_SCANNER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

NAMES = ["标题", "文号", "发布机构", "title"]
# What text_file lets through; it has taken out what is no text.
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    max_size=40,
)
TELLING = st.text("标题 ab:#-'\"[]{}&*!|>%@,?。：", max_size=12)


def entries_of(text: str) -> list[Entry]:
    entries, problems = read_entries(text.split("\n"), 1, "x.md", NAMES)
    assert problems == []
    return entries


def plain(node: Node | None) -> object:
    """The data without its lines."""
    match node:
        case Scalar(text):
            return text
        case Items(items):
            return [plain(item) for item in items]
        case Pairs(entries):
            return {entry.name: plain(entry.node) for entry in entries}
    return None


@given(st.one_of(TEXT, TELLING))
@example("no")
@example("007")
@example("2026-01-31")
@example("~")
@example("a #b")
@example("a: b")
@example("《通知》：[2026]")
@example("=")
@example("<<")
@example("- ")
def test_what_is_read_by_the_line_is_what_yaml_reads_there(value: str) -> None:
    if not is_plain(value.strip(" ")):
        return

    entries = entries_of(f"标题: {value}")

    assert [(entry.name, plain(entry.node)) for entry in entries] == [("标题", value.strip(" "))]
    assert yaml.load(f"标题: {value}", Loader=yaml.BaseLoader) == {"标题": value.strip(" ")}


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.one_of(TEXT, TELLING)),
        max_size=5,
        unique_by=lambda pair: pair[0],
    )
)
def test_a_whole_front_matter_without_faults_is_what_yaml_makes_of_it(pairs: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{name}: {value}" for name, value in pairs)

    entries, problems = read_entries(text.split("\n"), 1, "x.md", NAMES)

    if not problems:
        read = {entry.name: plain(entry.node) for entry in entries}
        assert read == (yaml.load(text, Loader=SAME_SCANNER) or {})


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_no_text_brings_the_reader_down_and_problems_name_lines_that_are_there(text: str) -> None:
    parts = split_front_matter(text, "x.md", NAMES)
    if parts is None:
        return

    _, problems = read_entries(parts.front, parts.front_line, "x.md", NAMES)

    assert all(1 <= (problem.line or 1) <= text.count("\n") + 1 for problem in [*parts.problems, *problems])


def test_values_stay_text_whatever_yaml_would_make_of_them() -> None:
    written = ["no", "007", "2026-01-31", "1_000", "1e3", "~", "null", "on", "12:30:00", "0x10"]

    read = [plain(entries_of(f"标题: {value}")[0].node) for value in written]
    listed = plain(entries_of("标题:\n" + "\n".join(f"  - {value}" for value in written))[0].node)

    assert read == written
    assert listed == written


def test_every_value_keeps_its_line() -> None:
    entries, _ = read_entries(
        ["标题: 甲", "", "# 说明", "文号:", "  - 一", "  - 二", "title: |", "  一", "  二"], 11, "x"
    )

    assert [(entry.name, entry.line) for entry in entries] == [("标题", 11), ("文号", 14), ("title", 17)]
    assert isinstance(entries[1].node, Items)
    assert [item.line for item in entries[1].node.items] == [15, 16]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("标题: '甲: 乙'", {"标题": "甲: 乙"}),
        ('标题: "007"', {"标题": "007"}),
        ("标题: [a, 甲]", {"标题": ["a", "甲"]}),
        ("标题:\n- a\n- b", {"标题": ["a", "b"]}),
        ("标题: |\n  一\n\n  二", {"标题": "一\n\n二\n"}),
        ("标题:\n  - 名称: 身份证\n    份数: 1", {"标题": [{"名称": "身份证", "份数": "1"}]}),
        ("标题:", {"标题": ""}),
        ("标题: ", {"标题": ""}),
        ("标题: 甲\n# 说明\n文号: 乙", {"标题": "甲", "文号": "乙"}),
    ],
)
def test_lists_quotes_blocks_and_tables_are_read(text: str, data: dict[str, object]) -> None:
    assert {entry.name: plain(entry.node) for entry in entries_of(text)} == data


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("标题：甲", "标题: 甲"),
        ("标题:甲", "标题: 甲"),
        ("标题 : 甲", "标题: 甲"),
        ("标题:\t甲", "标题: 甲"),
        ("标题 ：甲：乙", "标题: 甲：乙"),
    ],
)
def test_a_slip_in_the_colon_is_reported_with_the_line_as_it_should_be_and_still_read(
    line: str, mended: str
) -> None:
    entries, problems = read_entries([line], 1, "x.md", NAMES)

    assert [(problem.code, problem.hint) for problem in problems] == [
        ("front-matter.colon", f"请写成：{mended}")
    ]
    assert f"{entries[0].name}: {plain(entries[0].node)}" == mended


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲乙丙：丁", "front-matter.not-an-entry"),
        ("http://a.example/", "front-matter.not-an-entry"),
        ("标题: [公告]甲", "front-matter.needs-quotes"),
        ("标题: 甲: 乙", "front-matter.needs-quotes"),
        ("标题: *甲* 乙", "front-matter.needs-quotes"),
        ("标题: @甲", "front-matter.needs-quotes"),
        ("标题: %甲", "front-matter.needs-quotes"),
        ("标题: '甲", "front-matter.lone-quote"),
        ("标题: [甲", "front-matter.unreadable"),
        ("标题: {甲: [}", "front-matter.needs-quotes"),
        ("标题: 甲 # 乙", "front-matter.hash"),
        ("标题: # 乙", "front-matter.hash"),
        ("标题:\n\t- 甲", "front-matter.tab"),
        ("标题:\n  - 甲\n - 乙", "front-matter.unreadable"),
        ("标题: &a 甲", "front-matter.alias"),
        ("标题: !!python/name:os.system 甲", "front-matter.alias"),
        ("标题: [[[[[[[甲]]]]]]]", "front-matter.too-much"),
        ("标题: {[甲]: 乙}", "front-matter.needs-quotes"),
    ],
)
def test_a_fault_in_one_entry_is_reported_once_and_hides_no_other(text: str, code: str) -> None:
    entries, problems = read_entries([*text.split("\n"), "文号: 乙"], 1, "x.md", NAMES)

    assert [problem.code for problem in problems] == [code]
    assert plain(entries[-1].node) == "乙"
    assert all(entry.node is None for entry in entries[:-1])


def test_a_list_of_lists_that_grows_without_end_is_refused_before_it_grows() -> None:
    bomb = ["标题: &a [甲,甲,甲,甲,甲,甲,甲,甲,甲]"]
    bomb += [f"文号{n}: [*a,*a,*a,*a,*a,*a,*a,*a,*a]" for n in range(9)]

    _, problems = read_entries(bomb, 1, "x.md", NAMES)

    assert {problem.code for problem in problems} == {"front-matter.alias"}


def test_a_hundred_thousand_brackets_are_refused_and_not_followed() -> None:
    _, problems = read_entries(["标题: " + "[" * 100_000], 1, "x.md", NAMES)

    assert [problem.code for problem in problems] == ["front-matter.too-much"]


def test_a_proposed_quotation_is_read_as_the_value_it_was_meant_to_be() -> None:
    for value in ("[公告]甲", "甲: 乙", "'甲' 乙", "@甲", "甲 #乙"):
        _, problems = read_entries([f"标题: {value}"], 1, "x.md", NAMES)
        proposed = re.search("标题: '.*'", problems[0].hint)
        assert proposed
        assert plain(entries_of(proposed[0])[0].node) == value


@pytest.mark.parametrize(
    ("text", "front", "body", "body_line"),
    [
        ("---\n标题: 甲\n---\n\n正文\n", ("标题: 甲",), "正文", 5),
        ("\n---\n标题: 甲\n---\n正文", ("标题: 甲",), "正文", 5),
        ("---\n标题: 甲\n---   \n正文\n\n---\n\n后文\n", ("标题: 甲",), "正文\n\n---\n\n后文", 4),
        ("---\n---\n", (), "", 4),
    ],
)
def test_front_matter_ends_at_the_second_fence_and_rules_in_the_text_stay(
    text: str, front: tuple[str, ...], body: str, body_line: int
) -> None:
    parts = split_front_matter(text, "x.md", NAMES)

    assert parts is not None
    assert (parts.front, parts.body, parts.body_line, parts.problems) == (front, body, body_line, ())


@pytest.mark.parametrize(
    ("text", "codes", "body"),
    [
        ("———\n标题: 甲\n---\n正文", ["fence"], "正文"),
        ("---\n标题: 甲\n——\n正文\n\n---\n", ["fence"], "正文\n\n---"),
        ("----\n标题: 甲\n----\n正文", ["fence", "fence"], "正文"),
        ("标题: 甲\n---\n正文", ["no-fence"], "正文"),
        ("---\n标题: 甲\n\n正文\n\n---\n", ["unclosed"], "正文\n\n---"),
        ("---\n标题: 甲", ["unclosed"], ""),
    ],
)
def test_a_slip_in_a_fence_is_reported_and_the_rest_is_read(text: str, codes: list[str], body: str) -> None:
    parts = split_front_matter(text, "x.md", NAMES)

    assert parts is not None
    assert [problem.code for problem in parts.problems] == [f"front-matter.{code}" for code in codes]
    assert parts.front == ("标题: 甲",)
    assert parts.body == body


@pytest.mark.parametrize("text", ["", "\n\n", "正文\n", "# 标题\n\n---\n"])
def test_text_without_any_front_matter_is_left_to_the_caller(text: str) -> None:
    assert split_front_matter(text, "x.md", NAMES) is None


def test_a_full_width_space_before_a_label_is_named_and_the_entry_read() -> None:
    entries, problems = read_entries(["标题: 通知", "　文号: 霁政发〔2026〕1号"], 1, "x.md", NAMES)

    assert [(entry.name, plain(entry.node)) for entry in entries] == [
        ("标题", "通知"),
        ("文号", "霁政发〔2026〕1号"),
    ]
    assert [(problem.line, problem.field, problem.hint, problem.mended) for problem in problems] == [
        (2, "文号", "请删去行首的空格：文号: 霁政发〔2026〕1号", "文号: 霁政发〔2026〕1号")
    ]
