"""From when a text is in force, until when, what it repeals: what is taken, and what is not."""

import re
from pathlib import Path

import pytest

from plugins.disclosure.importers import import_files, read_notice
from plugins.disclosure.importers.force import force_of
from plugins.disclosure.importers.page_lines import page_lines

CONTENT = Path(__file__).parents[4] / "content" / "policy"
NOTICE = """霁川市财政局关于印发会议费管理办法的通知

霁财发〔2025〕3号

市级各部门：

现将《会议费管理办法》印发给你们，请遵照执行。

霁川市财政局

2025年3月20日

会议费管理办法

第一条  会议费管理，适用本办法。

第二条  {last}
"""


def read(last):
    return read_notice(NOTICE.format(last=last), "a.txt")


@pytest.mark.parametrize(
    ("last", "effective", "expires"),
    [
        ("本办法自2025年4月1日起施行。", "2025-04-01", None),
        ("本办法自二〇二五年四月一日起执行，有效期五年。", "2025-04-01", "2030-03-31"),
        ("本办法自2025年4月1日起正式实施，有效期为2年。", "2025-04-01", "2027-03-31"),
        ("本办法自2024年2月29日起施行，有效期3年。", "2024-02-29", "2027-02-28"),
        ("本办法自2025年4月1日起施行，有效期至2028年8月31日。", "2025-04-01", "2028-08-31"),
        ("本办法从2025年4月1日起施行，至2028年8月31日止。", "2025-04-01", "2028-08-31"),
        ("本办法有效期至2028年8月31日。", None, "2028-08-31"),
        ("本办法自印发之日起施行，有效期五年。", None, None),
        ("登记证有效期三年，不收取费用。", None, None),
        ("登记证自2025年4月1日起生效，有效期三年。", None, None),
        ("《会计规则》自2025年4月1日起施行。", None, None),
        ("本办法自2025年4月起施行。", None, None),
        ("本办法自2025年4月1日起施行。本办法自2025年5月1日起施行。", None, None),
        ("本办法自2025年4月1日起施行，有效期一年六个月。", "2025-04-01", None),
    ],
)
def test_only_what_a_sentence_says_of_the_document_itself_is_taken(last, effective, expires):
    document = read(last)

    assert (document.extras.get("effective_on"), document.extras.get("expires_on")) == (effective, expires)


def test_the_sentence_is_the_proof_and_what_was_reckoned_is_marked():
    document = read("本办法自2025年4月1日起施行，有效期五年。")
    proofs = {one.field: (one.how, one.line) for one in document.decisions}

    sentence = "正文“本办法自2025年4月1日起施行，有效期五年”"
    assert proofs["effective_on"][0] == proofs["expires_on"][0] == sentence
    assert NOTICE.splitlines()[proofs["effective_on"][1] - 1].startswith("第二条")
    assert "expires_on" in document.inferred
    assert "effective_on" not in document.inferred


def test_days_that_disagree_are_a_conflict_and_nothing_is_taken():
    document = read("本办法自2025年4月1日起施行。本办法自2025年5月1日起施行。")

    [conflict] = [one for one in document.conflicts if one.field == "effective_on"]
    assert conflict.values == ("2025-04-01", "2025-05-01")


def test_a_document_in_force_from_the_day_it_is_printed_is_left_to_the_editor():
    [doubt] = [one for one in read("本办法自印发之日起施行。").doubts if "施行日期" in one]

    assert "请按印发的日期填写施行日期" in doubt


def test_news_and_notices_are_not_asked():
    told = read_notice("霁川市新办法施行\n\n本办法自2025年4月1日起施行，市民可以查阅。\n", "a.txt")

    assert told.kind == "news"
    assert "effective_on" not in told.extras


REPEALING = "本办法自2025年4月1日起施行。《会议费管理办法》（霁财发〔2018〕6号）同时废止。"


def imported(tmp_path, name="a.txt", last=REPEALING):
    source = tmp_path / name
    source.write_text(NOTICE.format(last=last), encoding="utf-8")
    [outcome] = import_files([source], tmp_path / "content").outcomes
    return outcome


def test_a_document_that_is_repealed_and_there_is_filled_in(tmp_path):
    (tmp_path / "content" / "policy").mkdir(parents=True)
    (tmp_path / "content" / "policy" / "old.md").write_text(
        "---\n标题: 旧\n文号: 霁财发[2018]6号\n---\n", encoding="utf-8"
    )

    outcome = imported(tmp_path)

    assert "\n废止文件: 霁财发〔2018〕6号\n" in outcome.file.text
    assert "同时废止" in outcome.review


def test_a_document_that_is_repealed_and_not_there_is_a_remark_and_no_reference(tmp_path):
    outcome = imported(tmp_path)

    assert "废止文件:" not in outcome.file.text
    assert "文中写明废止霁财发〔2018〕6号，内容文件夹里没有" in outcome.review


def test_whatever_the_texts_of_the_example_city_state_is_what_their_fields_say():
    read_from_texts = 0
    for path in sorted(CONTENT.glob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        force = force_of(page_lines(body))
        for label, stated in (
            ("施行日期", force.effective),
            ("失效日期", force.expires),
            ("废止文件", force.repeals),
        ):
            written = re.search(f"(?m)^{label}: (.*)$", head)
            for one in stated:
                read_from_texts += 1
                assert written, (path.name, one)
                assert one.value in written[1], (path.name, one)

    assert read_from_texts >= 20
