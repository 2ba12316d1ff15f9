"""Problems as an editor reads them on the screen."""

from plugins.disclosure.problem import as_text, error, warning

BAD_DATE = error(
    "policy/a.md",
    3,
    "发布日期",
    "field.bad-date",
    "写作“1月”，缺少日。",
    "The day is missing.",
    "请补上。",
    "条例",
)
STRAY = warning("x.md", None, None, "file.stray", "没有读这个文件。", "This file was not read.")


def test_both_languages_are_told_one_below_the_other_with_the_code_last() -> None:
    assert as_text([STRAY, BAD_DATE]) == (
        "policy/a.md\n"
        "  [错误 error] 第 3 行“发布日期”：写作“1月”，缺少日。请补上。\n"
        "      依据：条例\n"
        "      The day is missing. [field.bad-date]\n"
        "\n"
        "x.md\n"
        "  [提醒 warning] 没有读这个文件。\n"
        "      This file was not read. [file.stray]\n"
    )


def test_who_reads_chinese_is_told_in_chinese_with_the_code_at_the_end_of_the_line() -> None:
    assert as_text([STRAY, BAD_DATE], in_english_too=False) == (
        "policy/a.md\n"
        "  [错误] 第 3 行“发布日期”：写作“1月”，缺少日。请补上。 [field.bad-date]\n"
        "      依据：条例\n"
        "\n"
        "x.md\n"
        "  [提醒] 没有读这个文件。 [file.stray]\n"
    )
