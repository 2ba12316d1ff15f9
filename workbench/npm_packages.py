"""Single npm packages that are served as they are, such as the editing form's script: brought without what they name.

package.json pins version and checksum under `served`; the unpacked package lies in `.gongkai/`. Nothing is run.
"""

import base64
import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from workbench import html_checker
from workbench.outcome import CannotDo

PACK_SECONDS = 300
_WANTED = re.compile(r"package/(?:dist/(?P<name>[\w.-]+\.(?:js|wasm))|(?P<licence>LICENSE)(?:\.md)?)")


def bring(root: Path, package: str) -> Path:
    """The folder with the scripts of a pinned package, fetched if it is not there yet. Raises CannotDo."""
    pinned = json.loads((root / "package.json").read_text(encoding="utf-8"))["served"][package]
    folder = root / ".gongkai" / f"{package}-{pinned['version']}"
    if folder.is_dir():
        return folder
    data = _packed(root, f"{package}@{pinned['version']}")
    algorithm, _, wanted = pinned["integrity"].partition("-")
    if base64.b64encode(hashlib.new(algorithm, data).digest()).decode() != wanted:
        raise CannotDo(
            f"取来的 {package} {pinned['version']} 与 package.json 里的校验值不符，没有使用。请换一个网络再试。",
            f"The {package} {pinned['version']} that came does not have the checksum in package.json and was not used.",
        )
    return _unpacked(data, folder)


def _packed(root: Path, package: str) -> bytes:
    npm = html_checker.npm_command(root)
    with tempfile.TemporaryDirectory() as name:
        command = [*npm, "pack", package, "--ignore-scripts", "--silent", "--pack-destination", name]
        try:
            done = subprocess.run(
                command, cwd=root, capture_output=True, text=True, check=False, timeout=PACK_SECONDS
            )
            answer = done.stderr
        except (OSError, subprocess.TimeoutExpired) as reason:
            answer = str(reason)
        found = sorted(Path(name).glob("*.tgz"))
        if not found:
            raise CannotDo(
                f"没能取来网页编辑用的 {package}。npm 的回答：\n{answer.strip()}\n请检查网络后再试一次；预览照常可用。",
                f"{package}, which editing in the browser needs, could not be fetched; npm's answer stands above. "
                "Check the network and try again; the preview works all the same.",
            )
        return found[0].read_bytes()


def _unpacked(data: bytes, folder: Path) -> Path:
    """The scripts and the licence, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            for member in archive:
                wanted = _WANTED.fullmatch(member.name)
                part = archive.extractfile(member) if wanted and member.isfile() else None
                if wanted and part:
                    (Path(name) / (wanted["name"] or "LICENSE")).write_bytes(part.read())
        made = Path(name) / "whole"
        made.mkdir()
        for path in [path for path in Path(name).iterdir() if path.is_file()]:
            path.rename(made / path.name)
        made.chmod(0o755)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else somebody else brought the same one meanwhile
                raise
    return folder
