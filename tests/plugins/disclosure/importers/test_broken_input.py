"""Broken input of every kind, as a table: the exit code, the exact words, and nothing half-written.

What is said of each stands in broken_input.json (`pytest --update-expected` writes it anew: read what changed, as
the editor who will see it).
"""

import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook

import tasks
from plugins.disclosure.importers import formats

ROOT = Path(__file__).parents[4]
EXPECTED = Path(__file__).with_name("broken_input.json")
HAN = "关于做好全市防汛抗旱工作的通知，各县区人民政府要认真落实责任，及时上报有关情况。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DTD = '<!DOCTYPE w [<!ENTITY a "b">]>'


def book(rows: list[list[object]], *, hidden: bool = False) -> bytes:
    """A workbook with these rows in its one sheet."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "清单"
    for row in rows:
        sheet.append(row)
    if hidden:
        made.create_sheet("空表")
        sheet.sheet_state = "hidden"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def archive(**parts: str) -> bytes:
    """An archive as Office files are."""
    import zipfile

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return data.getvalue()


def page(inside: str, head: str = "") -> bytes:
    """A web page."""
    return f"<html><head><title>页</title>{head}</head><body>{inside}</body></html>".encode()


DOCX = archive(word__document_xml="<w:document xmlns:w='x'/>")
MAPPING = "工作表,类别,表头行,列,字段\n"

FILES: dict[str, tuple[str, bytes]] = {
    # pasted text
    "text-empty": ("a.txt", b""),
    "text-blank": ("a.txt", "\n \u3000\n".encode()),
    "text-too-short": ("a.txt", "通知".encode()),
    "text-figures": ("a.txt", ("1234567890 " * 30 + HAN[:25]).encode()),
    "text-english": ("a.txt", b"Notice of the office of the city government. " * 5),
    "text-decoded-twice": ("a.txt", HAN.encode().decode("latin-1").encode()),
    "text-read-as-gbk": ("a.txt", (HAN * 3).encode().decode("gb18030", "ignore").encode()),
    "text-ocr-garbage": ("a.txt", ("龘靐齉爩麤灪龖厵滟爨癵籱饢驫鲡鹂鸾麣纞虋讟钃骊郁吁" * 3).encode()),
    "text-ocr-signs": ("a.txt", ("~^|\\_= 关*#于@@ ..,,;; 防$%^ 汛&*() " * 20).encode()),
    "text-source-code": ("a.txt", page(f"<p>{HAN}</p>")),
    "text-nul": ("a.txt", HAN.encode() + b"\0\0"),
    "text-binary": ("a.txt", bytes(range(256)) * 8),
    "text-utf16-no-mark": ("a.txt", HAN.encode("utf-16-le")),
    "text-broken-utf8": ("a.txt", HAN.encode()[:40] + b"\xff\xfe\xff" + HAN.encode()[40:]),
    "text-is-a-pdf": ("a.txt", b"%PDF-1.7\n" + b"x" * 50),
    "text-is-a-word-file": ("a.txt", DOCX),
    "text-is-an-old-word-file": ("a.txt", OLE),
    "text-is-rtf": ("a.txt", b"{\\rtf1 abc}"),
    "text-is-a-picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 30),
    # web pages
    "page-empty": ("a.html", b""),
    "page-without-text": ("a.html", page("<img src='a.png'>")),
    "page-of-a-script": ("a.html", page("<script>document.write('x')</script>")),
    "page-of-frames": ("a.html", b"<html><frameset><frame src='a.html'></frameset></html>"),
    "page-not-found": ("a.html", page("<h1>404 Not Found</h1><p>nginx</p>")),
    "page-login": ("a.html", page("<form>用户名<input>密码<input><button>登录</button></form>")),
    "page-menu-only": ("a.html", page("<ul><li>首页</li><li>政务公开</li><li>联系我们</li></ul>")),
    "page-unknown-encoding": ("a.html", b"<html><meta charset='x-none'><body>\xff\xff\x80\x81\x80" * 20),
    "page-is-a-pdf": ("a.html", b"%PDF-1.7\n"),
    "page-is-an-archive": ("a.htm", DOCX),
    # Word
    "word-empty": ("a.docx", b""),
    "word-is-a-page": ("a.docx", page(HAN)),
    "word-is-old": ("a.docx", OLE),
    "word-is-text": ("a.docx", HAN.encode()),
    "word-is-a-workbook": ("a.docx", book([["标题", "发布日期"]])),
    "word-cut-off": ("a.docx", DOCX[: len(DOCX) // 2]),
    "word-without-document": ("a.docx", archive(other_xml="<a/>")),
    "word-document-not-xml": ("a.docx", archive(word__document_xml="<w:document")),
    "word-with-entities": ("a.docx", archive(word__document_xml=f"{DTD}<w:document xmlns:w='x'/>")),
    "word-without-text": ("a.docx", DOCX),
    "word-locked": (
        "a.docx",
        DOCX.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    ),
    # PDF
    "pdf-empty": ("a.pdf", b""),
    "pdf-is-text": ("a.pdf", HAN.encode()),
    "pdf-cut-off": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type"),
    "pdf-is-a-page": ("a.pdf", page(HAN)),
    # what has to be saved as something else
    "old-word": ("a.doc", OLE),
    "wps": ("a.wps", OLE),
    "rtf": ("a.rtf", b"{\\rtf1 abc}"),
    "ofd": ("a.ofd", DOCX),
    "old-excel": ("a.xls", OLE),
    "et": ("a.et", OLE),
    "jpg": ("a.jpg", b"\xff\xd8\xff"),
    "png": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "tiff": ("a.tif", b"II*\0"),
    "gif": ("a.gif", b"GIF89a"),
    "zip": ("a.zip", DOCX),
    "rar": ("a.rar", b"Rar!\x1a\x07"),
    "seven-zip": ("a.7z", b"7z\xbc\xaf"),
    # workbooks
    "book-empty": ("a.xlsx", b""),
    "book-is-text": ("a.xlsx", "标题,日期".encode()),
    "book-is-a-word-file": ("a.xlsx", DOCX),
    "book-cut-off": ("a.xlsx", book([["标题", "发布日期"]])[:300]),
    "book-without-rows": ("a.xlsx", book([])),
    "book-hidden": ("a.xlsx", book([["标题", "发布日期"], ["甲", "2026-01-01"]], hidden=True)),
    "book-of-unknown-columns": ("a.xlsx", book([["红", "黄"], ["1", "2"]])),
    "book-of-one-column": ("a.xlsx", book([["标题"], ["甲"]])),
    # tables as text
    "table-empty": ("a.csv", b""),
    "table-of-unknown-columns": ("a.csv", "红,黄\n1,2\n".encode()),
    "table-with-semicolons": ("a.csv", "红;黄\n1;2\n".encode()),
    "table-binary": ("a.csv", bytes(range(256))),
    "table-quotation-open": ("a.csv", '标题,发布日期\n"甲,2026-01-01\n'.encode()),
}
"""A name, and the bytes under it."""

MAPPINGS: dict[str, str] = {
    "mapping-heading": "甲,乙\n",
    "mapping-kind": f"{MAPPING},polcy,1,标题,标题\n",
    "mapping-no-kind": f"{MAPPING},,1,标题,标题\n",
    "mapping-row": f"{MAPPING},policy,第一行,标题,标题\n",
    "mapping-field": f"{MAPPING},policy,1,标题,标提\n",
    "mapping-field-nowhere": f"{MAPPING},policy,1,标题,完全没有的\n",
}
"""What an editor wrote into the table that remembers the columns of a.csv."""

COMMANDS: dict[str, list[str]] = {
    "no-such-file": ["none.txt", "--into", "content"],
    "a-folder": ["content", "--into", "content"],
    "unknown-setting": ["good.txt", "--into", "content", "--set", "颜色=红"],
    "bad-id": ["good.txt", "--into", "content", "--id", "第1号"],
    "one-id-for-two": ["good.txt", "good.txt", "--into", "content", "--id", "a1"],
    "list-of-a-file": ["good.txt", "--into", "content", "--list"],
    "address-and-file": ["http://127.0.0.1:9/a.html", "good.txt", "--into", "content"],
    "address-unreachable": ["http://127.0.0.1:9/a.html", "--into", "content"],
    "list-unreachable": ["http://127.0.0.1:9/", "--into", "content", "--list"],
    "into-a-file": ["good.txt", "--into", "good.txt/content"],
}
"""What was asked for wrongly."""

CASES = [*FILES, *MAPPINGS, *COMMANDS]


@pytest.fixture(scope="module")
def expected(pytestconfig: pytest.Config) -> dict[str, list[object]]:
    """The exit code and the words of each case."""
    if pytestconfig.getoption("update_expected"):
        return {}
    found: dict[str, list[object]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def met(pytestconfig: pytest.Config) -> object:
    """What was said, written down in the end where that is asked for."""
    found: dict[str, list[object]] = {}
    yield found
    if pytestconfig.getoption("update_expected"):
        EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def laid_out(case: str, folder: Path) -> list[str]:
    """The files of a case in `folder`, and what the command is told."""
    (folder / "content").mkdir()
    (folder / "good.txt").write_text(HAN, encoding="utf-8")
    if case in FILES:
        name, data = FILES[case]
        (folder / name).write_bytes(data)
        return [name, "--into", "content"]
    if case in MAPPINGS:
        (folder / "a.csv").write_text("标题,发布日期\n甲,2026-01-01\n", encoding="utf-8")
        (folder / "content" / "import-review").mkdir()
        (folder / "content" / "import-review" / "a.csv.columns.csv").write_text(
            MAPPINGS[case], encoding="utf-8"
        )
        return ["a.csv", "--into", "content"]
    return COMMANDS[case]


def _told(line: str) -> str:
    """A line without what differs from computer to computer, and without lists that grow with every kind."""
    line = line.replace(str(ROOT), "…")
    return re.sub("(可以写的有：|There are: )[^。.]*", r"\1…", line)


@pytest.mark.parametrize("case", CASES)
def test_broken_input_is_told_exactly_and_leaves_nothing_half_written(
    case: str,
    expected: dict[str, list[object]],
    met: dict[str, list[object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(formats, "program", lambda: None)  # as on a computer without LibreOffice
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    arguments = laid_out(case, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    code = tasks.main(["import", *arguments])

    told = capsys.readouterr()
    lines = [_told(line) for line in (told.out + told.err).splitlines() if "报告 / Review" not in line]
    met[case] = [code, *lines]
    assert code in (3, 4), lines
    assert expected.get(case, met[case]) == met[case]
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} - {
        path.relative_to(tmp_path).as_posix() for path in before
    }
    assert [name for name in written if not name.startswith("content/import-review/")] == []
    assert {path: path.read_bytes() for path in before} == before
    assert "Traceback" not in told.err


def test_there_are_a_hundred_kinds_of_broken_input_with_those_of_the_form() -> None:
    from tests.plugins.disclosure.editing import test_working_tree

    assert len(CASES) + len(test_working_tree.BROKEN) >= 100


def test_what_is_refused_can_be_found_again_in_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = laid_out("text-ocr-garbage", tmp_path)

    tasks.main(["import", *arguments])

    report = (tmp_path / "content" / "import-review").glob("refused-*.md")
    assert "几乎没有常用汉字" in next(report).read_text(encoding="utf-8")
