"""Scripts of pinned packages: checked, unpacked whole, and by whoever is first."""

import base64
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from workbench import npm_packages
from workbench.outcome import CannotDo


def packed(name: str, text: str) -> bytes:
    """A package of one script."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        member = tarfile.TarInfo(f"package/dist/{name}")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text.encode()))
    return data.getvalue()


def pinned(root: Path, data: bytes) -> None:
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    served = {"form": {"version": "1.0.0", "integrity": f"sha512-{digest}"}}
    (root / "package.json").write_text(json.dumps({"served": served}), encoding="utf-8")


def test_a_package_that_somebody_else_brought_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = packed("form.js", "form()")
    pinned(tmp_path, ours)
    folder = tmp_path / ".gongkai" / "form-1.0.0"

    def while_another_is_quicker(*_: object) -> bytes:
        folder.mkdir(parents=True)
        (folder / "form.js").write_text("form()", encoding="utf-8")
        return ours

    monkeypatch.setattr(npm_packages, "_packed", while_another_is_quicker)

    assert npm_packages.bring(tmp_path, "form") == folder
    assert [path.name for path in folder.parent.iterdir()] == ["form-1.0.0"]
    assert (folder / "form.js").read_text(encoding="utf-8") == "form()"


def test_a_package_with_another_checksum_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned(tmp_path, packed("form.js", "form()"))
    monkeypatch.setattr(npm_packages, "_packed", lambda *_: packed("form.js", "other()"))

    with pytest.raises(CannotDo, match="校验值不符"):
        npm_packages.bring(tmp_path, "form")
    assert not (tmp_path / ".gongkai").exists()
