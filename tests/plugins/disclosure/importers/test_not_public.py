"""Documents that say of themselves that they are not for the public: nothing of that is lost on the way."""

import io

import pytest
from openpyxl import Workbook

from plugins.disclosure.importers import as_text, import_files
from plugins.disclosure.secrecy_marks import is_secrecy_mark
from tests.plugins.disclosure.importers.conftest import NAMESPACES, docx_of

NOTICE = (
    "霁川市民政局关于开展养老机构安全检查的通知",
    "霁民发〔2026〕7号",
    "各县（区）民政局：",
    "现就开展养老机构安全检查通知如下，请认真组织实施，检查情况于年底前报送。",
    "霁川市民政局",
    "2026年4月6日",
)


@pytest.mark.parametrize(
    ("line", "at_the_edge", "is_mark"),
    [
        ("机密★5年", False, True),
        ("000001 秘密★1年", False, True),
        ("密级：秘密", False, True),
        ("（此件不公开）", False, True),
        ("（此件依申请公开）", False, True),
        ("内部资料，严禁外传", False, True),
        ("秘密", True, True),
        ("秘密", False, False),
        ("（此件公开发布）", True, False),
        ("机密文件由专人保管。", True, False),
        ("“机密★5年”这样的标注写在首页。", True, False),
    ],
)
def test_a_mark_is_told_from_a_sentence_about_secrets(line: str, at_the_edge: bool, is_mark: bool) -> None:
    assert is_secrecy_mark(line, at_the_edge=at_the_edge) is is_mark


def text_file(folder, mark):
    path = folder / "notice.txt"
    path.write_text("\n\n".join([mark, *NOTICE]) + "\n", encoding="utf-8")
    return path


def word_file(folder, mark):
    path = folder / "notice.docx"
    header = f"<w:hdr {NAMESPACES}><w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:hdr>"
    path.write_bytes(docx_of(NOTICE, header1=header))
    return path


@pytest.mark.parametrize("file", [text_file, word_file])
@pytest.mark.parametrize("mark", ["机密★5年", "内部资料 严禁外传"])
def test_a_mark_stays_in_the_text_and_is_told_before_all_else(tmp_path, file, mark) -> None:
    into = tmp_path / "content" / "policy"
    into.mkdir(parents=True)
    run = import_files([file(tmp_path, mark)], into)
    [outcome] = run.not_public
    body = (into / outcome.file.name.rpartition("/")[2]).read_text(encoding="utf-8")

    assert mark.replace(" ", "") in body.replace(" ", "").replace("\\", "")
    assert "公开方式: 主动公开" not in body
    assert "不能直接公开" in as_text(run)


def test_a_document_without_a_mark_is_told_nothing(tmp_path) -> None:
    into = tmp_path / "content" / "policy"
    into.mkdir(parents=True)
    run = import_files([text_file(tmp_path, "（此件公开发布）")], into)

    assert run.not_public == ()
    assert "不能直接公开" not in as_text(run)


def test_a_table_with_a_mark_is_not_imported(tmp_path) -> None:
    into = tmp_path / "content" / "news"
    into.mkdir(parents=True)
    book, held = Workbook(), io.BytesIO()
    for row in (["秘密★1年"], ["标题", "发布日期"], ["甲", "2026-03-01"]):
        book.active.append(row)
    book.save(held)
    path = tmp_path / "list.xlsx"
    path.write_bytes(held.getvalue())
    run = import_files([path], into)

    assert [outcome.state for outcome in run.outcomes] == ["refused"]
    assert "秘密★1年" in as_text(run)
