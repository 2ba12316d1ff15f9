"""Old Word files go through LibreOffice where it is; where it is not, the editor is told what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from plugins.disclosure.importers import import_files
from tests.libreoffice import libreoffice

RTF = (
    "{\\rtf1\\ansi\\ansicpg936 "
    + "".join(
        "".join(f"\\u{ord(letter)}?" for letter in line) + "\\par "
        for line in (
            "霁川市民政局关于开展养老机构安全检查的通知",
            "霁民发〔2023〕12号",
            "各县（区）民政局：",
            "现就开展养老机构安全检查通知如下，请于5月10日前将结果报送市民政局。",
            "霁川市民政局",
            "2023年4月6日",
        )
    )
    + "}"
)


@pytest.fixture(scope="session")
def office() -> Path:
    """LibreOffice with its word processor."""
    return libreoffice("writer")


@pytest.mark.skipif(sys.platform == "win32", reason="Debian alone installs it")
def test_a_doc_file_gives_the_facts_of_its_text(office: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.rtf"
    source.write_text(RTF, encoding="ascii")
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        "doc",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)], capture_output=True, check=True, timeout=180
    )

    outcomes = import_files([tmp_path / "in.doc", source], tmp_path / "content").outcomes

    for outcome in outcomes:
        document = outcome.document
        assert document.refused is None
        assert document.title == "霁川市民政局关于开展养老机构安全检查的通知"
        assert (document.document_number, str(document.written_on)) == ("霁民发〔2023〕12号", "2023-04-06")
        assert document.addressees == ("各县（区）民政局",)
    assert "由 LibreOffice 从 .doc 转换而来" in outcomes[0].review


def test_without_libreoffice_the_editor_is_told_to_save_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    source = tmp_path / "old.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    outcome = import_files([source], tmp_path / "content").outcomes[0]

    assert "这是旧版 Word 文件，不能直接导入。请用 Word 或 WPS 打开，另存为 .docx 再导入" in (
        outcome.document.refused or ""
    )


def test_what_libreoffice_cannot_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.disclosure.importers.formats.program", lambda: "/bin/false")
    source = tmp_path / "old.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    outcome = import_files([source], tmp_path / "content").outcomes[0]

    assert (outcome.document.refused or "").startswith("LibreOffice 没能打开这个文件")
