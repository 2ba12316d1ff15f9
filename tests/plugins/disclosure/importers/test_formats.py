"""One document in four formats: the same facts. And files that are not what they seem."""

import random

import pytest

from plugins.disclosure.importers import formats, import_files
from plugins.disclosure.importers.formats import read_file
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.word_file import read_docx

LINES = [
    "索引号：LS001/2024-00017",
    "发布日期：2024-03-08",
    "霁川市民政局关于开展养老机构安全检查的通知",
    "霁民发〔2024〕12号",
    "各县（区）民政局：",
    "为保障老年人安全，现就开展养老机构安全检查有关事项通知如下，请认真组织实施。",
    "一、检查范围",
    "全市各类养老机构，包括公办、民办和农村敬老院。",
    "二、检查安排",
    "（一）自查。各机构对照清单逐项自查，于2024年4月10日前完成。（责任单位：各县区民政局）",
    "（二）抽查。市民政局会同市消防救援支队抽查不少于三成的机构。",
    "霁川市民政局",
    "2024年3月6日",
]
FACTS = (
    *(
        "kind",
        "title",
        "document_number",
        "index_number",
        "issuer",
        "cosigners",
        "written_on",
        "published_on",
    ),
    *("published_time", "addressees", "headings", "tasks", "extras", "inferred", "conflicts", "body"),
)
HTML = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_霁川市民政局</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-03-08">
<style>p {{ margin: 0 }}</style></head>
<body><div class="top-nav"><a href="/">网站首页</a><a href="/xxgk">政府信息公开</a></div>
<table><tr><td>索引号：</td><td>LS001/2024-00017</td><td>发布日期：</td><td>2024-03-08</td></tr></table>
<h1>{title}</h1>
<div class="TRS_Editor">{body}</div>
<div class="related"><h3>相关文章</h3><a href="b.html">霁川市民政局召开工作会议</a></div>
<footer>版权所有：霁川市民政局　地址：霁川市望岫区中山路1号</footer>
<script>var a = "不是文字。";</script></body></html>"""


def html_of(lines):
    body = "\n".join(f"<p>　　{line}</p>" for line in lines[3:])
    return HTML.format(title=lines[2], body=body).encode()


def rows_of(lines):
    """A PDF's rows: 28 characters wide, the first of a paragraph two characters further in."""
    rows = []
    for line in lines:
        if line in (*lines[2:4], *lines[-2:]):
            rows.append(((28 - width_of(line)) / (2 if line in lines[2:4] else 1), line))
            continue
        row, left = "", 0 if line.endswith("：") else 2
        for character in line:
            if left + width_of(row + character) > 28:
                rows.append((left, row))
                row, left = "", 0
            row += character
        rows.append((left, row))
    return rows


def width_of(text):
    return sum(0.5 if character < "\u2000" else 1 for character in text)


@pytest.fixture
def four(tmp_path, word, pdf):
    """The document as text, page, Word file and PDF."""
    made = {
        "notice.txt": "\n".join(LINES).encode(),
        "notice.html": html_of(LINES),
        "notice.docx": word(LINES),
        "notice.pdf": pdf(rows_of(LINES)),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made}


def facts_of(document):
    return {name: getattr(document, name) for name in FACTS}


def test_the_text_says_what_the_others_must_say(four):
    document = read_file(four["notice.txt"])

    assert document.title == LINES[2]
    assert document.document_number == "霁民发〔2024〕12号"
    assert (str(document.written_on), str(document.published_on)) == ("2024-03-06", "2024-03-08")
    assert [heading.number for heading in document.headings] == ["一、", "二、", "（一）", "（二）"]
    assert len(document.tasks) == 1


@pytest.mark.parametrize("name", ["notice.html", "notice.docx", "notice.pdf"])
def test_the_same_facts_come_from_every_format(four, name):
    assert facts_of(read_file(four[name])) == facts_of(read_file(four["notice.txt"]))


@pytest.mark.parametrize("name", ["notice.txt", "notice.html", "notice.docx", "notice.pdf"])
def test_importing_any_format_twice_changes_nothing(four, name, tmp_path):
    into = tmp_path / "content"
    first = import_files([four[name]], into)
    before = {path: path.read_bytes() for path in into.rglob("*") if path.is_file()}
    again = import_files([four[name]], into)

    assert [outcome.state for outcome in (*first.outcomes, *again.outcomes)] == ["new", "unchanged"]
    assert {path: path.read_bytes() for path in into.rglob("*") if path.is_file()} == before


def test_the_four_formats_become_the_same_content_file(four, tmp_path):
    files = [import_files([path], tmp_path / "into" / name).outcomes[0].file for name, path in four.items()]

    assert len({(file.name, file.text) for file in files}) == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", b"", "空的或者已经损坏"),
        ("a.docx", b"%PDF-1.7", "内容却是PDF"),
        ("a.docx", b"<html><body>x</body></html>", "请改名为 .html"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 40, "损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版或加了密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("a.wps", b"x", "另存为 .docx"),
        ("a.ofd", b"PK\x03\x04", "OFD"),
        ("a.jpg", b"\xff\xd8\xff", "图片"),
        ("a.png", b"\x89PNG", "图片"),
        ("a.zip", b"PK\x03\x04", "请先解压"),
        ("a.txt", b"\xff\xd8\xff\xe0", "内容却是图片"),
        ("a.txt", b"{\\rtf1 x}", "RTF"),
        ("a.txt", b"%PDF-1.4", "内容却是PDF"),
        ("a.html", b"PK\x03\x04", "压缩包"),
        ("a.html", b"", "空的"),
        ("a.html", b"<html><body></body></html>", "空的"),
        ("a.html", b"\xff\xfe\x00", "读不出文字"),
        ("a.html", b"\xff\xff\xff\xff", "读不出文字"),
        ("a.pdf", b"", "空的或者已经损坏"),
        ("a.pdf", b"%PDF-1.7\n", "损坏"),
        ("a.pdf", b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj " * 20, "损坏"),
        ("a.pdf", b"not a pdf", "空的或者已经损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_in_both_languages(
    tmp_path, name, data, says, monkeypatch
):
    monkeypatch.setattr(formats, "program", lambda: None)  # as on a computer without LibreOffice
    path = tmp_path / name
    path.write_bytes(data)
    document = read_file(path)

    assert document.refused is not None
    assert says in document.refused
    assert " / " in document.refused
    assert (document.title, document.body) == ("", "")


@pytest.mark.parametrize("name", ["notice.html", "notice.docx", "notice.pdf"])
def test_a_file_cut_off_anywhere_never_crashes(four, name):
    data = four[name].read_bytes()
    for part in range(20):
        four[name].write_bytes(data[: len(data) * part // 20])
        document = read_file(four[name])
        assert document.refused or document.body


@pytest.mark.parametrize("name", ["notice.html", "notice.docx", "notice.pdf"])
def test_a_file_with_bytes_changed_anywhere_never_crashes(four, name):
    data, chance = four[name].read_bytes(), random.Random(11)
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.choice((1, 1, 30))] = chance.randbytes(chance.choice((0, 1, 40)))
        four[name].write_bytes(bytes(changed))
        document = read_file(four[name])
        assert document.refused or document.body


def test_an_archive_whose_directory_lies_is_refused(packed):
    data = bytearray(packed({"word/document.xml": "<w/>"}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (10_000).to_bytes(4, "little")

    with pytest.raises(Refusal, match="损坏"):
        read_docx(bytes(data))


def test_a_folder_is_refused(tmp_path):
    assert "这是文件夹" in (read_file(tmp_path).refused or "")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "没有这个文件" in (read_file(tmp_path / "none.docx").refused or "")


def test_a_file_above_the_limit_is_not_read(tmp_path):
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(10_000_001)

    assert "超过上限" in (read_file(path).refused or "")
