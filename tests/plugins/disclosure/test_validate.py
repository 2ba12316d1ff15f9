"""Records held against each other, against the rules in force and against the day: each limit from both sides.

The wording of every message is held by tests/examples; here stand the days and the cases on either side of a rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.content import read_content
from plugins.disclosure.kinds import Field, Kind, load_kinds
from plugins.disclosure.problem import has_errors
from plugins.disclosure.rules import bodies, privacy
from plugins.disclosure.validate import RULES, validate

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TODAY = date(2026, 3, 31)
POLICY = {
    "标题": "霁川市财政局关于公布2026年部门预算的通知",
    "文号": "霁财发〔2026〕5号",
    "索引号": "010000019/2026-00005",
    "发布机构": "霁川市财政局",
    "成文日期": "2026-01-19",
    "发布日期": "2026-01-20",
    "公开方式": "主动公开",
    "审查人": "办公室",
    "审查日期": "2026-01-19",
}
OTHER = {"标题": "另一份", "文号": "霁财发〔2026〕6号", "索引号": "010000019/2026-00006"}
NEVER_IN_EXAMPLES = {
    *("body_unwanted", "checks_of_kinds", "tombstones_stand_for_what_is_gone"),
    *("former_name", "organ_misnamed", "link_without_words", "short_name_unused"),
    *("abbreviation_unexplained", "character_entity", "cosigner_unknown"),
}
"""No kind that is written in files of its own has records without a text; the checks of kinds, the rules of wording
and those of what was taken down have tests of their own."""

Judge = Callable[..., list[str]]
LayOut = Callable[[Path], Path]


@pytest.fixture
def judge(content: Path) -> Judge:
    """Lays policies and other records on top of the base and gives the codes that `validate` finds."""

    def codes(*records: Mapping[str, str], body: str = "正文。", today: date = TODAY) -> list[str]:
        for number, changes in enumerate(records):
            kind = changes.get("kind", "policy")
            values = {
                label: value for label, value in (POLICY | dict(changes)).items() if label != "kind" and value
            }
            lines = [f"{label}: {value}" for label, value in values.items()]
            folder = content / kind
            folder.mkdir(exist_ok=True)
            (folder / f"r{number}.md").write_text("\n".join(["---", *lines, "---", body]), encoding="utf-8")
        read = read_content(content, today)
        assert read.whole is not None
        assert not has_errors(read.problems), read.problems
        return [problem.code for problem in validate(read.whole, today)]

    return codes


def test_every_rule_is_seen_at_work_in_an_example(lay_out: LayOut) -> None:
    silent = {rule for rule in RULES if rule.__name__ not in NEVER_IN_EXAMPLES}
    for example in sorted(EXAMPLES.glob("*/invalid/*")):
        if silent and (example.is_dir() or example.suffix in (".md", ".csv")):
            catalog = read_content(lay_out(example), TODAY).whole
            silent -= {rule for rule in silent if catalog and any(rule(catalog, TODAY))}

    assert {rule.__name__ for rule in silent} == set()


def test_a_good_record_breaks_no_rule(judge: Judge) -> None:
    assert judge(POLICY) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"审查日期": "2026-01-20"}, []),
        ({"审查日期": "2026-01-21"}, ["date.reviewed-after-publication"]),
        ({"成文日期": "2026-01-20"}, []),
        ({"成文日期": "2026-01-21"}, ["date.signed-after-publication"]),
        ({"发布日期": "2026-03-31", "成文日期": "2026-03-31"}, []),
        ({"发布日期": "2026-04-01", "成文日期": "2026-03-31"}, ["date.in-future"]),
        ({"施行日期": "2026-05-01", "失效日期": "2026-05-01"}, []),
        ({"施行日期": "2026-05-01", "失效日期": "2026-04-30"}, ["date.expires-before-effective"]),
        ({"成文日期": "2025-12-31"}, ["document-number.other-year"]),
        ({"文号": "霁川市财政局公告第3号", "成文日期": "2025-12-31"}, []),
    ],
)
def test_dates_are_judged_from_the_day_after_the_last_good_one(
    judge: Judge, changes: dict[str, str], codes: list[str]
) -> None:
    assert judge(changes) == codes


@pytest.mark.parametrize(
    ("published_on", "codes"),
    [("2026-02-13", []), ("2026-02-14", []), ("2026-02-15", ["date.late"]), ("2026-02-24", ["date.late"])],
)
def test_twenty_working_days_end_with_their_last_day(
    judge: Judge, published_on: str, codes: list[str]
) -> None:
    """Signed on Monday 2026-01-19: the twentieth is Saturday 02-14, which works for the Spring Festival."""
    assert judge({"发布日期": published_on}) == codes


@pytest.mark.parametrize(("published_on", "codes"), [("2026-01-23", []), ("2026-01-26", ["date.late"])])
def test_an_interpretation_is_due_three_working_days_after_its_policy(
    judge: Judge, published_on: str, codes: list[str]
) -> None:
    interpretation = {
        "kind": "interpretation",
        "标题": "解读",
        "文号": "",
        "成文日期": "",
        "索引号": "010000019/2026-00007",
        "解读文件": "霁财发〔2026〕5号",
        "解读形式": "图解",
        "发布日期": published_on,
    }

    assert judge({"需要解读": "是"}, interpretation) == codes


@pytest.mark.parametrize(
    ("today", "codes"),
    [(date(2026, 1, 23), []), (date(2026, 1, 24), ["date.late"]), (date(2026, 1, 26), ["date.late"])],
)
def test_a_policy_that_needs_an_interpretation_is_overdue_the_day_after_the_last(
    judge: Judge, today: date, codes: list[str]
) -> None:
    assert judge({"需要解读": "是"}, today=today) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (OTHER, []),
        (OTHER | {"索引号": POLICY["索引号"]}, ["record.duplicate-index-number"]),
        (OTHER | {"文号": POLICY["文号"]}, ["record.duplicate-document-number"]),
        (OTHER | {"标题": POLICY["标题"]}, ["record.duplicate-title"]),
        (
            OTHER | {"标题": POLICY["标题"], "文号": POLICY["文号"]},
            ["record.duplicate-document-number"],
        ),
        (OTHER | {"标题": POLICY["标题"], "发布机构": "市教育局"}, []),
        (OTHER | {"文号": POLICY["文号"], "kind": "notice"}, []),
        (OTHER | {"索引号": POLICY["索引号"], "kind": "notice"}, ["record.duplicate-index-number"]),
    ],
)
def test_two_records_must_be_told_apart(judge: Judge, changes: dict[str, str], codes: list[str]) -> None:
    assert judge(POLICY, changes) == codes


@pytest.mark.parametrize(
    "reference", ["霁政办发〔2025〕12号", "霁政办发[2025]第12号", "policy/2025-0012", "010000001/2025-00012"]
)
def test_a_reference_in_any_way_of_writing_finds_its_record(judge: Judge, reference: str) -> None:
    assert judge({"依据文件": reference}) == []


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ({}, {"废止文件": "霁财发〔2026〕5号"}, []),
        ({"废止文件": "霁财发〔2026〕6号"}, {}, ["relation.later-document"]),
        (
            {"废止文件": "霁财发〔2026〕6号"},
            {"修改文件": "霁财发〔2026〕5号"},
            ["relation.circle", "relation.later-document"],
        ),
        ({"依据文件": "霁财发〔2026〕6号"}, {"依据文件": "霁财发〔2026〕5号"}, []),
        ({"修改文件": "霁财发〔2026〕5号"}, {}, ["relation.to-itself"]),
        ({"废止文件": "霁财发〔2026〕7号"}, {}, ["relation.to-nothing"]),
        ({}, {"依据文件": "霁财发〔2026〕5号、2025-0012"}, ["relation.to-nothing"]),
        ({}, {"依据文件": "霁财发〔2026〕5号、policy/2025-0012"}, ["relation.not-parted"]),
        ({}, {"废止的其他文件": "关于预算的通知（霁财发〔2026〕5号）"}, ["relation.on-this-site"]),
        ({}, {"废止的其他文件": "关于预算的通知（霁财发〔1998〕5号）"}, []),
        ({"联合发文机关": "霁川市财政局、霁川市人民政府"}, {}, ["signers.not-parted"]),
        ({"有效性": "有效"}, {"废止文件": "霁财发〔2026〕5号"}, ["record.validity-contradicted"]),
        ({"有效性": "废止"}, {"废止文件": "霁财发〔2026〕5号"}, []),
        ({"有效性": "废止"}, {}, []),
        ({"有效性": "有效"}, {"废止文件": "霁财发〔2026〕5号", "施行日期": "2026-04-01"}, []),
        (
            {"有效性": "有效"},
            {"废止文件": "霁财发〔2026〕5号", "施行日期": "2026-03-31"},
            ["record.validity-contradicted"],
        ),
        ({"有效性": "有效", "失效日期": "2026-03-31"}, {}, []),
        ({"有效性": "有效", "失效日期": "2026-03-30"}, {}, ["record.validity-contradicted"]),
        ({"有效性": "有效", "施行日期": "2026-03-31"}, {}, []),
        ({"有效性": "有效", "施行日期": "2026-04-01"}, {}, ["record.validity-contradicted"]),
    ],
)
def test_what_documents_do_to_each_other_must_be_possible(
    judge: Judge, first: dict[str, str], second: dict[str, str], codes: list[str]
) -> None:
    later = OTHER | {"成文日期": "2026-02-02", "发布日期": "2026-02-03"}

    assert judge(first, later | second) == codes


def test_a_circle_of_three_is_reported_once_at_its_oldest_document(judge: Judge) -> None:
    ring = [
        {
            "标题": f"第{n}份",
            "文号": f"霁财发〔2026〕{n}号",
            "索引号": f"010000019/2026-0000{n}",
            "发布日期": f"2026-02-0{n}",
            "修改文件": f"霁财发〔2026〕{n % 3 + 1}号",
        }
        for n in (1, 2, 3)
    ]

    assert judge(*ring).count("relation.circle") == 1


def test_long_chains_of_amendments_are_followed_without_going_deep(judge: Judge) -> None:
    chain = [
        {
            "标题": f"第{n}次修改",
            "文号": f"霁财发〔2026〕{n}号",
            "索引号": f"010000019/2026-{n:05d}",
            "修改文件": f"霁财发〔2026〕{n - 1}号" if n > 1 else "",
            "发布日期": "2026-01-20",
        }
        for n in range(1, 60)
    ]

    assert judge(*chain) == []


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("正文。", []),
        ("", ["body.missing"]),
        ("  \n", ["body.missing"]),
        ("甲<br>乙", ["body.html"]),
        ("`<br>` 是换行标记", []),
        ("```\n<table>\n```", []),
        ("甲 < 乙，3<b，<附件>，<https://a.example/>", []),
        ("<!-- 待定 -->", ["body.html"]),
        ("<o:p></o:p>", ["body.html"]),
        ("<script>alert(1)</script>", ["body.html"]),
        ("[甲](policy/2025-0012)", []),
        ("[甲](policy/2025-0012.html#p1)", []),
        ("[甲](policy/2025-0099)", ["link.no-such-record"]),
        ("[甲](../policy/2025-0012.md)", ["link.spelling"]),
        ("[甲](attachments/tasks.csv)", []),
        ("[甲](tasks.csv)", ["link.spelling"]),
        ("[甲](attachments/x.csv)", ["link.no-such-file"]),
        ("![](attachments/tasks.csv)", ["link.picture-without-words"]),
        ("[甲](https://www.jichuan.example/a(1).html)", []),
        ("[甲](http://192.168.1.2/a)", ["link.intranet"]),
        ("[甲](http://oa/a)", ["link.intranet"]),
        ("[甲](http://172.15.0.1/a)", []),
        ("[甲](mailto:a@b.example)", []),
        ("[甲](javascript:alert(1))", ["link.not-public"]),
        ("[甲](C:\\a.docx)", ["link.not-public"]),
        ("[甲]()", ["link.empty"]),
        ("[甲](#p2)", []),
        ("[甲](section/policy.html)", ["link.to-nothing"]),
        ("[甲]（https://a.example/）", ["link.parentheses"]),
        ("[2025]（含）", []),
        ("[甲][1]\n\n[1]: policy/2025-0099", ["link.no-such-record"]),
        ("甲[^1]\n\n[^1]: 注", []),
        ("甲\n\n    乙", ["body.indented"]),
        ("甲\n    乙", []),
        ("- 甲\n\n    乙", []),
        ("身份证11010519491231002X", ["privacy.identity-card"]),
        ("身份证110105194912310021", []),
        ("身份证110105 19491231 002x。", ["privacy.identity-card"]),
        ("编号9911010519491231002X", []),
        ("手机13800000000", ["privacy.mobile"]),
        ("手机１３８００００００００", ["privacy.mobile"]),
        ("手机138****0000", []),
        ("单号213800000000", []),
        ("0138-00000000", []),
        ("卡号6222 0212 3456 7890 128", ["privacy.bank-card"]),
        ("卡号6222 0212 3456 7890 127", []),
        ("第一条 为了。\n第二条 城区。\n（一）其一。", ["body.run-together"]),
        ("第一条 为了。\n\n第二条 城区。\n\n（一）其一。", []),
        ("- 第一条\n第二条", []),
        ("## 一、总则\n第一条 为了。", []),
        ("补助标准如下：\n| 县区 | 名额 |\n|---|---:|\n| 甲 | 1 |", ["body.run-together"]),
        ("补助标准如下：\n\n| 县区 | 名额 |\n|---|---:|\n| 甲 | 1 |", []),
        ("```\n第一条\n第二条\n```", []),
        ("机密★长期", ["secrecy.marked"]),
        ("秘密", ["secrecy.marked"]),
        ("绝密☆ 10年", ["secrecy.marked"]),
        ("（此件不予公开）", ["secrecy.marked"]),
        ("（此件公开发布）", []),
        ("（此件主动公开）", []),
        ("秘密和机密文件由专人保管。", []),
        ("工作秘密★不得公开，是原则。", []),
        ("（送审稿，未经审定，请勿外传）", ["secrecy.internal"]),
        ("向外传播优秀传统文化。", []),
        ("现征求意见稿公开如下。", []),
    ],
)
def test_a_text_shows_whole_leads_somewhere_and_names_no_person(
    judge: Judge, body: str, codes: list[str]
) -> None:
    assert judge(POLICY, body=body) == codes


def test_a_pasted_web_page_is_reported_by_its_first_lines(judge: Judge) -> None:
    assert len(judge(POLICY, body="<p>甲</p>\n" * 100)) == bodies.MOST_LINES


def test_personal_numbers_are_shown_masked(content: Path) -> None:
    path = content / "policy" / "2025-0012.md"
    path.write_text(path.read_text(encoding="utf-8") + "身份证11010519491231002X\n", encoding="utf-8")

    catalog = read_content(content, TODAY).catalog
    assert catalog is not None
    problems = validate(catalog, TODAY)

    assert [problem.code for problem in problems] == ["privacy.identity-card"]
    assert "19491231" not in str(problems)


@pytest.mark.parametrize(("disclosure", "codes"), [("主动公开", ["secrecy.marked"]), ("依申请公开", [])])
def test_a_document_open_on_request_may_say_so(judge: Judge, disclosure: str, codes: list[str]) -> None:
    found = judge(POLICY | {"公开方式": disclosure}, body="正文。\n\n（此件依申请公开）")
    assert [code for code in found if code.startswith("secrecy.")] == codes


def test_cells_of_tables_are_looked_at_but_for_telephones() -> None:
    shape = Field("replies", "意见反馈", "Replies", "table", columns=(
        Field("opinion", "意见", "Opinion", "text"), Field("phone", "电话", "Telephone", "phone"),
    ))  # fmt: skip
    rows = ({"opinion": "甲某（11010519491231002X）建议降低收费", "phone": "13800000000"}, {"opinion": None})
    assert list(privacy._words(shape, rows)) == ["甲某（11010519491231002X）建议降低收费"]


def test_names_of_files_are_looked_at_too(judge: Judge, content: Path) -> None:
    (content / "attachments").mkdir(exist_ok=True)
    (content / "attachments" / "list.txt").write_text("名单见公告栏。\n", encoding="utf-8")
    changes = {"附件": "list.txt｜甲某11010519491231002X的名单"}
    assert judge(POLICY | changes) == ["privacy.identity-card"]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("list.txt", "甲某 11010519491231002X", ["privacy.identity-card"]),
        ("list.csv", "姓名,证件\n甲某,11010519491231002X\n", ["privacy.identity-card"]),
        ("低保名单.csv", "甲某,13800000000\n乙某,13800000001\n", ["privacy.mobile"]),
        ("办公电话.csv", "办公室,13800000000\n财务科,13800000001\n", []),
        ("低保名单.csv", "甲某,138****0000\n乙某,110105********002X\n", []),
    ],
)
def test_lists_that_are_offered_as_files_are_looked_into(
    content: Path, name: str, text: str, codes: list[str]
) -> None:
    (content / "attachments").mkdir(exist_ok=True)
    for charset in ("utf-8", "gb18030"):
        (content / "attachments" / name).write_bytes(text.encode(charset))
        found = [one.code for one in read_content(content, TODAY).problems]
        assert [code for code in found if code.startswith("privacy.")] == codes


def test_a_text_where_the_kind_has_none_would_not_be_published(content: Path) -> None:
    catalog = read_content(content, TODAY).catalog
    assert catalog is not None
    kinds: dict[str, Kind] = dict(load_kinds())
    kinds["policy"] = replace(kinds["policy"], body="none")
    without = Catalog(
        catalog.site,
        kinds,
        catalog.vocabularies,
        catalog.regime,
        TODAY,
        catalog.records,
        catalog.attachments,
        catalog.not_applicable,
    )

    found = {(problem.file, problem.line, problem.code) for problem in bodies.body_unwanted(without, TODAY)}
    assert ("policy/2025-0012.md", 14, "body.unwanted") in found
    assert len(found) == len(without.of_kind("policy"))
