"""Lines of a pasted page."""

from plugins.disclosure.importers.page_lines import Line, page_lines


def test_lines_are_trimmed_of_every_space_and_keep_their_numbers():
    assert page_lines("\u3000\u3000甲\xa0\n\n \t\n乙\t丙") == [
        Line(1, "甲", False, ("甲",)),
        Line(4, "乙 丙", True, ("乙", "丙")),
    ]


def test_a_letterhead_spaced_out_is_put_together():
    assert [
        line.text for line in page_lines("霁 川 市 人 民 政 府\n实\u3000施\u3000意\u3000见\n张三 李四")
    ] == [
        "霁川市人民政府",
        "实施意见",
        "张三 李四",
    ]


WIDE = "为做好高温期间城市供水保障工作，确保居民生活用水安全，经市政府同意"


def test_paragraphs_broken_at_one_width_are_joined():
    text = "\n".join([f"{WIDE}，现", *[f"{WIDE}，并"] * 4, "落实。", "一、加强调度。"])
    lines = [line.text for line in page_lines(text)]
    assert len(lines) == 2
    assert lines[0].endswith("并落实。")


def test_ordinary_lines_of_any_length_are_not_joined():
    text = "\n".join([WIDE, f"{WIDE}。", f"{WIDE}。", f"{WIDE}。", "各县区要落实"])
    assert len(page_lines(text)) == 5
