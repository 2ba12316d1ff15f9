"""A hundred ways in which a file of an office is broken, and the exact words with which each is answered.

Every case is one file, laid on top of `tests/examples/_base`. The whole answers stand in
`tests/golden/broken_inputs.json`; `pytest --update-expected` writes them anew: read what changed, as the editor
who will see it.
"""

import codecs
import contextlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.problem import as_json, in_order
from plugins.disclosure.validate import validate

TESTS = Path(__file__).parents[3]
BASE = TESTS / "examples" / "_base"
GOLDEN = TESTS / "golden" / "broken_inputs.json"
TODAY = date(2026, 3, 31)

FRONT = """标题: 霁川市财政局关于公布2026年部门预算的通知
文号: 霁财发〔2026〕5号
索引号: 010000019/2026-00005
发布机构: 霁川市财政局
主题分类: 财政、金融、审计\\财政
成文日期: 2026-01-19
发布日期: 2026-01-20
公开方式: 主动公开
审查人: 办公室 林
审查日期: 2026-01-19
需要解读: 否
"""
TEXT = f"---\n{FRONT}---\n\n各县（区）人民政府：\n\n一、总则。\n"
HEAD = "编号,标题,索引号,发布机构,栏目,成文日期,发布日期,公开方式,审查人,审查日期,正文"
ROW = "ys-1,2026年部门预算,010000019/2026-00031,霁川市财政局,财政预决算,2026-01-19,2026-01-20,主动公开,办公室,2026-01-19,正文。"
SHEET = f"{HEAD}\n{ROW}\n"
SERVICE = """---
事项名称: 代理记账许可
发布机构: 霁川市财政局
发布日期: 2026-01-20
公开方式: 主动公开
审查人: 办公室 林
审查日期: 2026-01-19
{more}
---
"""


def text(old: str = "", new: str = "") -> bytes:
    """The document with one thing changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def sheet(old: str = "", new: str = "") -> bytes:
    """The sheet with one thing changed."""
    assert old in SHEET
    return SHEET.replace(old, new, 1).encode()


def service(more: str) -> bytes:
    """A service guide with more entries."""
    return SERVICE.format(more=more).encode()


def policy(data: bytes) -> tuple[str, bytes]:
    """A Markdown file."""
    return "policy/broken.md", data


def rows(data: bytes) -> tuple[str, bytes]:
    """A spreadsheet."""
    return "information/broken.csv", data


def guide(more: str) -> tuple[str, bytes]:
    """A service guide."""
    return "service/broken.md", service(more)


def organs(old: str, new: str) -> tuple[str, bytes]:
    """The list of organs with one thing changed."""
    whole = (BASE / "organs.csv").read_text(encoding="utf-8-sig")
    assert old in whole
    return "organs.csv", whole.replace(old, new, 1).encode()


def site(old: str, new: str) -> tuple[str, bytes]:
    """The site's own file with one thing changed."""
    whole = (BASE / "site.yaml").read_text(encoding="utf-8")
    assert old in whole
    return "site.yaml", whole.replace(old, new, 1).encode()


CASES: dict[str, tuple[str, bytes]] = {
    # The bytes of a file.
    "a file of no bytes": policy(b""),
    "a file of blank lines": policy(b"\n\n \n"),
    "a byte-order mark alone": policy(codecs.BOM_UTF8),
    "a document in GBK": policy(TEXT.encode("gbk", "replace")),
    "a document in Big5": policy("---\n標題: 關於公佈預算的通知\n---\n".encode("big5")),
    "a document in UTF-16 with a mark": policy(TEXT.encode("utf-16")),
    "a document in UTF-16 without a mark": policy(TEXT.encode("utf-16-le")),
    "a document in UTF-16 cut off in a character": policy(TEXT.encode("utf-16")[:-1]),
    "a document in UTF-16 of the other order": policy(TEXT.encode("utf-16-be")),
    "a document of UTF-8 read as GBK": policy(
        "---\n标题: 公布预算的通知\n---\n\n各县区：\n".encode().decode("gbk", "replace").encode()
    ),
    "a document in UTF-32": policy(TEXT.encode("utf-32")),
    "a byte that fits no encoding": policy(
        text("一、总则。", "一、总则。").replace("总".encode(), b"\xff\x80\xfe")
    ),
    "a document cut off in a character": policy(TEXT.encode()[:-6]),
    "a null byte in the text": policy(text("总则", "总\0则")),
    "a null byte in the front matter": policy(text("办公室 林", "办公室\0林")),
    "a Word file under another name": policy(b"PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml"),
    "a PDF under another name": policy(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "a control character": policy(text("总则", "总\x0b则")),
    "a line separator of Unicode": policy(text("总则。", "总则。\u2028二、分则。")),
    "a lost character": policy(text("总则", "总\ufffd则")),
    "a character of a private font": policy(text("总则", "总\ue004则")),
    "text decoded twice": policy(TEXT.encode().decode("latin-1").encode()),
    "a web page under another name": policy(
        b"<!DOCTYPE html><html><head><title>x</title></head><body>x</body></html>"
    ),
    "a file above the limit": policy(TEXT.encode() + b"x" * 20_000_001),
    "a line of a million characters": policy(text("一、总则。", "字" * 1_000_000 + "`<b>")),
    # Front matter.
    "no front matter": policy("各县（区）人民政府：\n".encode()),
    "front matter that is never closed": policy(f"---\n{FRONT}\n正文。\n".encode()),
    "an opening line of two hyphens": policy(text("---\n标题", "--\n标题")),
    "a closing line of long dashes": policy(text("---\n\n各县", "———\n\n各县")),
    "front matter in plus signs": policy(TEXT.replace("---", "+++").encode()),
    "front matter in braces": policy(b'{"title": "x"}\n\ntext\n'),
    "a full-width colon": policy(text("发布机构: ", "发布机构：")),
    "no space after the colon": policy(text("发布机构: ", "发布机构:")),
    "a line without a colon": policy(text("主题分类", "说明一下\n主题分类")),
    "a tab before an entry": policy(text("公开方式", "\t公开方式")),
    "spaces before an entry": policy(text("公开方式", "   公开方式")),
    "an entry twice": policy(text("公开方式: 主动公开", "公开方式: 主动公开\n公开方式: 主动公开")),
    "an entry nobody knows": policy(text("公开方式", "阅读次数: 12\n公开方式")),
    "an entry slightly misnamed": policy(text("发布日期", "发文日期")),
    "an entry in traditional characters": policy(text("标题: ", "標題: ")),
    "a quotation mark without its partner": policy(text("标题: 霁川", "标题: '霁川")),
    "a bracket without its partner": policy(text("主题分类: 财政、金融、审计\\财政", "主题分类: [财政")),
    "an alias of YAML": policy(text("审查人: 办公室 林", "审查人: *lin")),
    "an anchor of YAML": policy(text("审查人: 办公室 林", "审查人: &lin 办公室")),
    "a tag of YAML": policy(text("审查人: 办公室 林", "审查人: !!python/object/apply:os.system [id]")),
    "a merge of YAML": policy(text("审查人: 办公室 林", "<<: *all\n审查人: 办公室 林")),
    "lists within lists without end": policy(text("需要解读: 否", f"主题词: {'[' * 400}{']' * 400}")),
    "a list where one value stands": policy(
        text("发布机构: 霁川市财政局", "发布机构: [霁川市财政局, 霁川市教育局]")
    ),
    "a mapping where one value stands": policy(
        text("发布机构: 霁川市财政局", "发布机构: {名称: 霁川市财政局}")
    ),
    "a value over several lines": policy(text("2026年部门预算的通知", "2026年部门\n预算的通知")),
    "a comment in the middle of a value": policy(text("办公室 林", "办公室 #林")),
    "a value that is only a null": policy(text("办公室 林", "null")),
    "a reviewer that is only a dash": policy(text("办公室 林", "——")),
    "a reviewer as above": policy(text("办公室 林", "同上")),
    "an empty value": policy(text("办公室 林", "")),
    "a title of spaces": policy(text("标题: 霁川市财政局关于公布2026年部门预算的通知", "标题: '   '")),
    "a title of a thousand characters": policy(text("2026年部门预算", "预算" * 500)),
    # Values.
    "a sign of web code in a title": policy(text("2026年部门预算", "2026年&nbsp;部门预算")),
    "an empty value of a database": policy(text("办公室 林", "\\N")),
    "a date of Excel as a number": policy(text("发布日期: 2026-01-20", "发布日期: 46042")),
    "a date with slashes": policy(text("发布日期: 2026-01-20", "发布日期: 2026/1/20")),
    "a date in the American order": policy(text("发布日期: 2026-01-20", "发布日期: 01/20/2026")),
    "a date of two figures for the year": policy(text("发布日期: 2026-01-20", "发布日期: 26-01-20")),
    "a date without a day": policy(text("发布日期: 2026-01-20", "发布日期: 2026年1月")),
    "a date that never was": policy(text("发布日期: 2026-01-20", "发布日期: 2026-02-30")),
    "a date in Chinese numerals": policy(text("发布日期: 2026-01-20", "发布日期: 二〇二六年一月二十日")),
    "a date with the time of midnight": policy(text("发布日期: 2026-01-20", "发布日期: 2026-01-20 00:00:00")),
    "a date of hash signs": policy(text("发布日期: 2026-01-20", "发布日期: '########'")),
    "a date of the year 1900": policy(text("发布日期: 2026-01-20", "发布日期: 1900-01-00")),
    "a date in full-width digits": policy(text("发布日期: 2026-01-20", "发布日期: ２０２６－０１－２０")),
    "a word where yes or no stands": policy(text("需要解读: 否", "需要解读: 看情况")),
    "a number of a document without a year": policy(text("霁财发〔2026〕5号", "霁财发5号")),
    "an index number of another form": policy(text("010000019/2026-00005", "JC-2026-5")),
    "an organ nobody knows": policy(text("霁川市财政局\n", "某某市大数据局\n")),
    "a way of disclosure nobody knows": policy(text("主动公开", "全公开")),
    "a subject nobody knows": policy(text("财政、金融、审计\\财政", "理财")),
    "a document repealed that is not there": policy(text("需要解读: 否", "废止文件: 霁政发〔1999〕99号")),
    "an attachment that is not there": policy(text("需要解读: 否", "附件: 预算表.xlsx")),
    "an attachment outside the folder": policy(text("需要解读: 否", "附件: ../../etc/passwd")),
    "an attachment on a drive": policy(text("需要解读: 否", "附件: C:\\预算\\表.xlsx")),
    # Spreadsheets.
    "a sheet of no bytes": rows(b""),
    "a sheet of commas": rows(b",,,,\n,,,,\n"),
    "a sheet with a heading alone": rows(f"{HEAD}\n".encode()),
    "a sheet in UTF-16, as Excel saves Unicode text": rows(SHEET.replace(",", "\t").encode("utf-16")),
    "a sheet with tabs": rows(SHEET.replace(",", "\t").encode()),
    "a sheet with semicolons": rows(SHEET.replace(",", ";").encode()),
    "a sheet with full-width commas": rows(SHEET.replace(",", "，").encode()),
    "an Excel file under another name": rows(b"PK\x03\x04\x14\x00\x00\x00xl/workbook.xml"),
    "an old Excel file under another name": rows(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64),
    "a title above the heading, from merged cells": rows(f"2026年信息公开目录,,,,,,,,,,\n{SHEET}".encode()),
    "a heading of two rows, from merged cells": rows(f"基本信息,,,,,日期,,公开,,,\n{SHEET}".encode()),
    "empty cells, from merged rows": rows(
        f"{SHEET}ys-2,2026年收费目录,,,,2026-01-19,2026-01-20,主动公开,办公室,2026-01-19,正文。\n".encode()
    ),
    "a row of totals": rows(f"{SHEET}合计,1,,,,,,,,,\n".encode()),
    "a remark below the table": rows(f"{SHEET}注：本表由财政局提供\n".encode()),
    "a row with a cell too many": rows(sheet("主动公开,办公室", "主动公开,办,公室")),
    "a row with a cell too few": rows(sheet(",正文。", "")),
    "a quotation mark that is never closed": rows(sheet("2026年部门预算", '"2026年部门预算')),
    "a text after a closed quotation mark": rows(sheet("2026年部门预算", '"2026年"部门预算')),
    "a cell of two hundred thousand characters": rows(sheet("正文。", "字" * 200_000)),
    "a column twice": rows(SHEET.replace("成文日期,发布日期", "发布日期,发布日期").encode()),
    "a column without a heading": rows(sheet("公开方式", "")),
    "a column nobody knows": rows(sheet("栏目", "所属处室")),
    "no column for the id": rows(SHEET.replace("编号", "序号").encode()),
    "an id in Chinese": rows(sheet("ys-1", "预算一")),
    "an id that a spreadsheet made a date": rows(sheet("ys-1", "1月5日")),
    "an id in capitals": rows(sheet("ys-1", "YS-1")),
    "an id twice": rows(f"{SHEET}{ROW}\n".encode()),
    "a number that a spreadsheet shortened": rows(sheet("010000019/2026-00031", "1.00E+07")),
    "an organ as above": rows(sheet("霁川市财政局", "〃")),
    "a fault of a formula": rows(sheet("霁川市财政局", "#REF!")),
    "a formula": rows(sheet("2026年部门预算", "=HYPERLINK(A1)")),
    "dates as a spreadsheet shows them": rows(sheet("2026-01-20", "2026年1月20日")),
    "dates as months of a spreadsheet": rows(sheet("2026-01-20", "Jan-26")),
    "an empty cell that must be filled": rows(sheet("2026年部门预算", "")),
    # Tables within a record.
    "a table with a column too many": guide("办理流程: |\n  受理｜窗口｜1个工作日｜当场｜多出"),
    "a table with an unknown choice": guide("申请材料: |\n  申请表｜传真件"),
    "a table with a word for a number": guide("申请材料: |\n  申请表｜原件｜一式三份"),
    "a table whose column is misnamed": guide("申请材料:\n  - 材料: 申请表"),
    "a table of empty rows": guide("申请材料:\n  -\n  -"),
    "days in words": guide("法定办结时限: 二十日"),
    "negative days": guide("法定办结时限: -5"),
    "an address without a scheme": guide("网上办理地址: zwfw.jichuan.example"),
    "a script as an address": guide("网上办理地址: 'javascript:alert(1)'"),
    # The files that hold for all.
    "organs without a heading": ("organs.csv", "finance,霁川市财政局\n".encode()),
    "an organ twice": organs("education,霁川市教育局", "finance,霁川市教育局"),
    "an organ of no category": organs("市教育局,,市直部门", "市教育局,,机关"),
    "a site that is no mapping": ("site.yaml", b"- a\n- b\n"),
    "a site of broken YAML": ("site.yaml", "网站名称: '霁川\n城市: 霁川市\n".encode()),
    "a site with an entry twice": site("城市: ", "城市: 重复\n城市: "),
    # Files that nobody reads.
    "a spreadsheet of Excel in the folder": ("policy/broken.xlsx", b"PK\x03\x04"),
    "a Word file in the folder": ("policy/broken.docx", b"PK\x03\x04"),
    "a text file in the folder": ("policy/broken.txt", "通知".encode()),
    "a Markdown file with another ending": ("policy/broken.markdown", TEXT.encode()),
    "a file name in Chinese": ("policy/broken关于预算的通知.md", TEXT.encode()),
    "a file name with a space and capitals": ("policy/broken File 1.MD", TEXT.encode()),
    "a folder of no kind": ("broken/2026-0001.md", TEXT.encode()),
}


def answer(content: Path, file: str, data: bytes) -> list[dict[str, object]]:
    """Every problem that the file brings, as `check --json` says it."""
    path = content / file
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    try:
        with contextlib.chdir(content.parent):  # commands in advice are typed from there
            read = read_content(content, TODAY)
        found = validate(read.catalog, TODAY) if read.catalog else []
        return [one for one in as_json(in_order([*read.problems, *found])) if _is_near(one, file)]
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def _is_near(problem: dict[str, object], file: str) -> bool:
    """Whether a problem is of the file itself, and no reminder that something might be added."""
    might_be_added = ("field.expected", "csv.missing-column")
    of_file = problem["file"] in (file, Path(file).parts[0])
    return of_file and (problem["severity"] == "error" or problem["code"] not in might_be_added)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content folder without a fault."""
    return shutil.copytree(BASE, tmp_path_factory.mktemp("broken") / "content")


@pytest.fixture(scope="module")
def expected(pytestconfig: pytest.Config, content: Path) -> dict[str, object]:
    """The answers as they were read and agreed to."""
    if pytestconfig.getoption("update_expected"):
        found = {name: answer(content, *case) for name, case in CASES.items()}
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    golden: dict[str, object] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return golden


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_answered_in_exactly_these_words(
    name: str, content: Path, expected: dict[str, object]
) -> None:
    found = answer(content, *CASES[name])

    assert found != []
    assert found == expected[name]


def test_there_are_a_hundred_and_none_is_left_over(expected: dict[str, object]) -> None:
    assert len(CASES) >= 100
    assert list(expected) == list(CASES)
