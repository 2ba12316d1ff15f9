"""A content folder is read whole, whatever is in it: what cannot be read is reported, and nothing is lost."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.disclosure.content import Content, read_content
from plugins.disclosure.validate import validate

BASE = Path(__file__).parent.parent.parent / "examples" / "_base"
TODAY = date(2026, 3, 31)

Put = Callable[[str, str], Path]


@pytest.fixture
def put(content: Path) -> Put:
    """Puts a file into the content folder."""

    def write(name: str, text: str) -> Path:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def codes(read: Content) -> list[tuple[str, str]]:
    return [(problem.file, problem.code) for problem in read.problems]


def test_a_good_folder_becomes_a_catalog_without_problems(content: Path) -> None:
    read = read_content(content, TODAY)

    assert codes(read) == []
    assert read.publishable
    assert read.catalog is not None
    assert validate(read.catalog, TODAY) == []
    assert (read.read_count, read.reported_count, len(read.catalog.records)) == (10, 0, 10)
    assert read.catalog.site.name == "霁川市政府信息公开"
    assert read.catalog.profile.id == "cn-2019"
    assert [organ.id for organ in read.catalog.organs][:2] == ["government", "finance"]
    assert read.catalog.attachments["tasks.csv"].media_type == "text/csv"


def test_values_are_typed_and_know_their_lines(content: Path) -> None:
    catalog = read_content(content, TODAY).catalog
    assert catalog is not None

    record = catalog.get("policy/2025-0012")

    assert record is not None
    assert record.values["published_on"] == date(2025, 3, 17)
    assert record.values["issuer"] == "government"
    assert record.values["disclosure"] == "proactive"
    assert record.values["attachments"][0].title == "任务分工表"
    assert "keywords" not in record.values
    assert (record.line_of("published_on"), record.line_of("keywords"), record.body_line) == (7, 1, 14)
    assert record.body.startswith("各县（区）人民政府")


def test_the_profile_asked_for_takes_the_place_of_the_sites_rules(content: Path) -> None:
    catalog = read_content(content, TODAY, "cn-2008").catalog

    assert catalog is not None
    assert catalog.profile.id == "cn-2008"


def test_an_unknown_profile_or_folder_cannot_be_carried_out(content: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="cn-2019"):
        read_content(content, TODAY, "cn-1999")
    with pytest.raises(FileNotFoundError, match="没有这个内容文件夹"):
        read_content(tmp_path / "nothing", TODAY)


def test_folders_below_a_kind_do_not_show_in_the_id(put: Put, content: Path) -> None:
    text = (content / "policy" / "2025-0012.md").read_text(encoding="utf-8")
    (content / "policy" / "2025-0012.md").unlink()
    put("policy/2025/03/2025-0012.md", text)

    catalog = read_content(content, TODAY).catalog

    assert catalog is not None
    assert catalog.get("policy/2025-0012") is not None


def test_organs_may_name_one_further_down_as_their_superior(put: Put, content: Path) -> None:
    put(
        "organs.csv",
        "编号,机构全称,机构简称,机构类别,上级机关\nfinance,霁川市财政局,市财政局,市直部门,市政府\n"
        "government,霁川市人民政府,市政府,市人民政府,\n",
    )

    catalog = read_content(content, TODAY).catalog

    assert catalog is not None
    assert [organ.values.get("superior") for organ in catalog.organs] == ["government", None]


@pytest.mark.parametrize("gone", ["site.yaml", "organs.csv"])
def test_without_site_or_organs_there_is_no_catalog_but_every_other_file_is_still_judged(
    gone: str, put: Put, content: Path
) -> None:
    (content / gone).unlink()
    put("news/2026-0001.md", "---\n标题: 甲\n发布机构: 某局\n发布日期: 昨天\n---\n")

    read = read_content(content, TODAY)

    assert read.catalog is None
    assert not read.publishable
    assert read.reported_count == read.read_count
    assert ("news/2026-0001.md", "field.bad-date") in codes(read)
    assert (("news/2026-0001.md", "field.no-such-organ") in codes(read)) == (gone != "organs.csv")


def test_a_spreadsheet_of_organs_that_cannot_be_read_leaves_no_catalog(put: Put, content: Path) -> None:
    put("organs.csv", "甲,乙\n1,2\n")

    read = read_content(content, TODAY)

    assert read.catalog is None
    assert codes(read) == [("organs.csv", "csv.no-heading")]


def test_a_record_that_cannot_be_read_is_counted_as_reported(put: Put, content: Path) -> None:
    put("news/x.md", "没有各项信息的正文")
    put("news/y.md", "")
    put("news/Z.md", "---\n标题: 甲\n---\n正文")
    put("news/w.markdown", "---\n标题: 甲\n---\n正文")

    read = read_content(content, TODAY)

    assert read.catalog is not None
    assert (read.read_count, read.reported_count) == (14, 4)
    assert read.read_count == len(read.catalog.records) + read.reported_count


def test_duties_that_do_not_concern_an_organ_are_known_by_their_reason(put: Put, content: Path) -> None:
    put(
        "not_applicable.csv",
        "\ufeff机构,事项,理由\n市财政局,行政处罚和行政强制,没有处罚职权。\nfinance,art20.03,没有规划。\n",
    )

    read = read_content(content, TODAY)

    assert codes(read) == []
    assert read.catalog is not None
    reasons = dict(read.catalog.not_applicable)
    assert reasons == {("finance", "art20.06"): "没有处罚职权。", ("finance", "art20.03"): "没有规划。"}


def test_all_faults_of_all_files_come_in_one_go_and_in_order(put: Put, content: Path) -> None:
    put("news/b.md", "---\n标题：甲\n发布日期: 昨天\n发文: 1\n---\n")
    put("news/a.csv", "编号,标题\n1,2,3\n")
    put("policies/c.md", "x")
    put("site.yaml", (content / "site.yaml").read_text(encoding="utf-8") + "时区: 火星\n")

    found = read_content(content, TODAY).problems

    assert [problem.file for problem in found] == sorted(problem.file for problem in found)
    by_file: dict[str, set[str]] = {}
    for problem in found:
        by_file.setdefault(problem.file, set()).add(problem.code)
    assert by_file == {
        "news/a.csv": {"csv.missing-column", "csv.ragged-row"},
        "news/b.md": {
            "front-matter.colon",
            "field.bad-date",
            "field.unknown",
            "field.missing",
            "field.expected",
        },
        "policies": {"content.no-such-kind"},
        "site.yaml": {"site.bad-value"},
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["site.yaml", "organs.csv", "not_applicable.csv", "policy/x.md", "news/x.csv", "attachments/x.pdf"]
    ),
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n{text}".encode("utf-8", "ignore")),
        st.text('编号标题,"\n;：: 2026-年月日[]{}#|！', max_size=200).map(str.encode),
    ),
)
def test_no_file_whatever_it_holds_brings_the_reading_down_or_is_lost(
    content: Path, name: str, data: bytes
) -> None:
    shutil.rmtree(content)
    shutil.copytree(BASE, content)
    (content / "news").mkdir()
    (content / name).write_bytes(data)

    read = read_content(content, TODAY)

    in_catalog = len(read.catalog.records) if read.catalog else 0
    assert read.read_count == in_catalog + read.reported_count
    if read.catalog:
        validate(read.catalog, TODAY)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("policy/a.docx", "import content/policy/a.docx --into content/policy 导入"),
        ("policy/a.xlsx", "import content/policy/a.xlsx --into content/policy 导入"),
        (
            "policy/b/a.wps",
            "另存为 .docx，再用 python3 tasks.py import content/policy/b/a.docx --into content/policy",
        ),
        ("policy/a.et", "另存为 .xlsx"),
        ("policy/a.ofd", "另存为 .pdf"),
    ],
)
def test_a_file_to_import_is_named_with_a_command_that_reads_it(tmp_path, monkeypatch, name, says):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "content" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    hints = [problem.hint for problem in read_content(tmp_path / "content", TODAY).problems]

    assert [hint for hint in hints if says in hint]


@pytest.mark.parametrize(
    ("stand", "typed"), [("office", "content"), ("elsewhere", "{}/content"), (".", "office/content")]
)
def test_a_command_names_the_content_folder_from_where_one_stands(tmp_path, monkeypatch, stand, typed):
    folder = tmp_path / "office" / "content"
    (folder / "notice").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (folder / "notice" / "名册.xlsx").write_bytes(b"x")
    monkeypatch.chdir(tmp_path / stand)
    [hint] = [
        problem.hint for problem in read_content(folder, TODAY).problems if problem.code == "file.stray"
    ]

    typed = typed.format(tmp_path / "office")
    assert f"import {typed}/notice/名册.xlsx --into {typed}/notice " in hint


def test_the_list_of_waivers_is_no_stray_file(tmp_path):
    (tmp_path / "waivers.csv").write_text("规则,文件,内容,理由,截止日期\n", encoding="utf-8")

    assert [
        problem.file for problem in read_content(tmp_path, TODAY).problems if "waivers" in problem.file
    ] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("policy/草稿/a.md", {"content.set-aside"}),
        ("policy/2026/备份/a.md", {"content.set-aside"}),
        ("policy/drafts/a.md", {"content.set-aside"}),
        ("policy/2026/a.md", set()),
        ("drafts/policy/草稿/a.md", set()),
        ("draft/a.md", {"content.no-such-kind"}),
    ],
)
def test_what_lies_in_a_folder_of_drafts_is_not_published_unnoticed(
    content: Path, name: str, codes: set[str]
) -> None:
    path = content / name
    path.parent.mkdir(parents=True)
    path.write_text((content / "policy/2025-0012.md").read_text(encoding="utf-8"), encoding="utf-8")

    found = [one for one in read_content(content, TODAY).problems if one.code.startswith("content.")]

    assert {one.code for one in found} == codes
    assert all("drafts" in one.hint for one in found)
