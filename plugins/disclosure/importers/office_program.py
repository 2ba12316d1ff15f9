"""Old Word and WPS files through LibreOffice, where it is installed: a copy as .docx, read like any other."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from plugins.disclosure.importers.refusal import Refusal

PROGRAMS = ("soffice", "libreoffice", "lowriter")
PATIENCE_SECONDS = 180
SUFFIXES = ("doc", "wps", "rtf")


def program() -> str | None:
    """LibreOffice on this computer, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def as_docx(data: bytes, suffix: str, office: str) -> bytes:
    """The file as .docx, made in a profile of its own, which runs no macros. Raises Refusal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"in.{suffix}"
        source.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_SECONDS, cwd=folder)
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise _not_converted() from fault
        made = folder / "out" / "in.docx"
        if not made.is_file():
            raise _not_converted()
        return made.read_bytes()


def _not_converted() -> Refusal:
    return Refusal(
        "LibreOffice 没能打开这个文件：可能已经损坏，加了密码，或者 LibreOffice 没有装文字处理（Writer）。"
        "请用 Word 或 WPS 打开，另存为 .docx 再导入。",
        "LibreOffice could not open this file: it may be damaged or locked, or LibreOffice has no Writer here. "
        "Save it as .docx and import that.",
    )
