"""The form's back end: reads and writes the content folder on this computer, drafts first, in the form's own protocol.

The protocol is that of Decap's local back end: an action with its parameters in, plain data out. What the form saves
goes into `drafts/`; what it publishes is judged first, and moved into its kind's folder only without an error.
Every file appears whole or not at all, and none outside the content folder is read or written.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.disclosure.editing.draft_states import STATES, read_states, states_text
from plugins.disclosure.editing.form_config import CONTENT
from plugins.disclosure.editing.form_text import NotReadable, for_form, from_form
from plugins.disclosure.editing.sheet_rows import NoPlaceInASheet, Sheet, as_text, read_sheet, replaced
from plugins.disclosure.kinds import Kinds
from plugins.disclosure.problem import Problem
from plugins.disclosure.readers.attachment_files import FOLDER, MEDIA_TYPES
from plugins.disclosure.readers.markdown_file import ID
from plugins.disclosure.readers.text_file import decode
from plugins.disclosure.review_gate import DRAFTS, STATES_FILE
from plugins.disclosure.vocabulary import Vocabularies

Parameters = Mapping[str, Any]
Judge = Callable[[], Sequence[Problem]]
"""Everything that is wrong with the content as a preview has it, drafts included."""

LARGEST_FILE = 50_000_000


class Refused(Exception):
    """What the form asked for was not done, with the reason as the editor should read it; `status` is HTTP's."""

    def __init__(self, reason: str, status: int = 422) -> None:
        super().__init__(reason)
        self.status = status


class WorkingTree:
    """One content folder. Requests are answered one at a time."""

    def __init__(self, content: Path, kinds: Kinds, vocabularies: Vocabularies, judge: Judge) -> None:
        self._content = content
        self._kinds = kinds
        self._vocabularies = vocabularies
        self._judge = judge
        self._busy = threading.Lock()
        self._handed_out: dict[Path, str] = {}
        self._sheets: dict[Path, tuple[tuple[int, int], Sheet | None]] = {}
        self._actions: Mapping[str, Callable[[Parameters], Any]] = {
            "info": self._info,
            "entriesByFolder": self._entries_by_folder,
            "entriesByFiles": lambda given: [self._entry(one["path"]) for one in given["files"]],
            "getEntry": lambda given: self._entry(given["path"]),
            "unpublishedEntries": lambda _: list(self._drafts()),
            "unpublishedEntry": self._unpublished_entry,
            "unpublishedEntryDataFile": self._unpublished_data,
            "persistEntry": self._persist_entry,
            "updateUnpublishedEntryStatus": self._update_status,
            "deleteUnpublishedEntry": self._delete_draft,
            "publishUnpublishedEntry": self._publish,
            "getMedia": self._media,
            "getMediaFile": lambda given: self._media_file(self._attachment(given["path"])),
            "persistMedia": lambda given: self._persist_media(given["asset"]),
            "getDeployPreview": self._preview,
            "getNotes": lambda _: {"notes": []},
            "getPRMetadata": lambda _: {"metadata": None},
        }

    def answer(self, request: Mapping[str, Any]) -> Any:
        """What the form asked for, as plain data. Raises Refused."""
        action = self._actions.get(str(request.get("action")))
        if action is None:
            raise Refused(
                f"这里不做“{request.get('action')}”：公开过的信息要撤下，请写在 tombstones.csv 里。"
            )
        try:
            with self._busy:
                return action(request.get("params") or {})
        except (KeyError, TypeError, AttributeError, ValueError) as fault:
            raise Refused("请求不完整，没有改动任何文件。请刷新页面再试。", 400) from fault
        except OSError as fault:
            raise Refused(
                f"没有写成，系统的回答是“{fault.strerror}”。内容还在页面上，请稍后再保存。", 500
            ) from fault

    # ---- reading ----

    def _info(self, _: Parameters) -> Any:
        return {"repo": self._content.name, "publish_modes": ["editorial_workflow"], "type": "gongkai"}

    def _entries_by_folder(self, given: Parameters) -> Any:
        """The files of a kind, then the rows of its spreadsheets."""
        kind, _ = self._kind_and_id(f"{given['folder']}/x.md")
        files = [path.stem for path in sorted((self._content / kind).glob("*.md")) if ID.fullmatch(path.stem)]
        rows = [id_ for _, sheet in self._sheets_of(kind) for id_ in sheet.rows]
        return [self._entry(f"{CONTENT}/{kind}/{id_}.md") for id_ in dict.fromkeys([*files, *rows])]

    def _entry(self, path: str) -> Any:
        kind, id_ = self._kind_and_id(path)
        return self._handed(self._content / kind / f"{id_}.md", path, kind)

    def _handed(self, file: Path, path: str, kind: str) -> Any:
        """A file as the form is handed it. One that cannot be read is said to be there, with nothing in it."""
        data = self._data(file, kind)
        if data is None:
            return {"data": None, "file": {"path": path, "id": None}}
        text = decode(data, file.name, gb18030=False).text
        handed = None if text is None else for_form(text, self._kinds[kind], self._vocabularies)
        if handed is not None:
            self._handed_out[file] = handed
        return {"data": handed, "file": {"path": path, "id": hashlib.sha256(data).hexdigest()}}

    def _data(self, file: Path, kind: str) -> bytes | None:
        """What a record's file holds, or would if it were not a row of a spreadsheet; None where there is neither."""
        if file.is_file():
            return file.read_bytes()
        row = self._row(kind, file.stem) if file.parent == self._content / kind else None
        return as_text(row[1], file.stem, self._kinds[kind]).encode() if row else None

    def _row(self, kind: str, id_: str) -> tuple[Path, Sheet] | None:
        """The spreadsheet in which a record is a row."""
        return next(((path, sheet) for path, sheet in self._sheets_of(kind) if id_ in sheet.rows), None)

    def _sheets_of(self, kind: str) -> Iterator[tuple[Path, Sheet]]:
        """The spreadsheets of a kind that can be read whole, read again only when they change."""
        for path in sorted((self._content / kind).glob("*.csv")):
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if self._sheets.get(path, (None, None))[0] != stamp:
                self._sheets[path] = (stamp, read_sheet(path))
            sheet = self._sheets[path][1]
            if sheet is not None:
                yield path, sheet

    def _drafts(self) -> Iterator[str]:
        for path in sorted((self._content / DRAFTS).glob("*/*.md")):
            if path.parent.name in self._kinds and ID.fullmatch(path.stem):
                yield f"{path.parent.name}/{path.stem}"

    def _named(self, given: Parameters) -> tuple[str, str, Path]:
        """Kind, id and file of the draft that the form speaks of."""
        if given.get("id"):
            kind, _, id_ = str(given["id"]).partition("/")
        else:
            kind, id_ = str(given["collection"]), str(given["slug"])
        kind, id_ = self._kind_and_id(f"{CONTENT}/{kind}/{id_}.md")
        return kind, id_, self._content / DRAFTS / kind / f"{id_}.md"

    def _draft(self, given: Parameters) -> tuple[str, str, Path]:
        kind, id_, file = self._named(given)
        if not file.is_file():
            raise Refused("没有这件草稿。", 404)
        return kind, id_, file

    def _unpublished_entry(self, given: Parameters) -> Any:
        kind, id_, file = self._draft(given)
        path = f"{CONTENT}/{kind}/{id_}.md"
        is_new = self._data(self._content / kind / f"{id_}.md", kind) is None
        changed_at = datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat()
        return {
            "collection": kind,
            "slug": id_,
            "status": read_states(self._content).get(f"{kind}/{id_}", "draft"),
            "diffs": [{"id": path, "path": path, "newFile": is_new}],
            "updatedAt": changed_at,
        }

    def _unpublished_data(self, given: Parameters) -> Any:
        kind, id_, file = self._draft({"collection": given["collection"], "slug": given["slug"]})
        return {"data": self._handed(file, f"{CONTENT}/{kind}/{id_}.md", kind)["data"]}

    def _preview(self, given: Parameters) -> Any:
        """Where the record's page is, as the form sees it."""
        kind, id_, _ = self._named(given)
        return {"url": f"../{kind}/{id_}.html", "status": "success"}

    # ---- writing ----

    def _persist_entry(self, given: Parameters) -> Any:
        files = given.get("dataFiles") or [given["entry"]]
        planned = [self._planned_asset(asset) for asset in given.get("assets") or []]
        for one in files:
            kind, id_ = self._kind_and_id(one["path"])
            draft = self._content / DRAFTS / kind / f"{id_}.md"
            planned.append((draft, self._merged(one["raw"], kind, id_, draft)))
        for path, data in planned:  # only now, when all of it is known to be good
            _write(path, data)
        for one in files:  # what the form has now is what it begins with next time
            self._unpublished_data(
                {"collection": self._kind_and_id(one["path"])[0], "slug": self._kind_and_id(one["path"])[1]}
            )
        return {"message": "saved"}

    def _merged(self, raw: str, kind: str, id_: str, draft: Path) -> bytes:
        """The draft's file: what the form gave, on top of the draft or of what is published under this id."""
        published = self._content / kind / f"{id_}.md"
        base = draft if draft.is_file() else published
        before = self._data(base, kind) or b""
        text = decode(before, base.name, gb18030=False).text or ""
        try:
            handed = self._handed_out.get(base, "") if before else ""
            after = from_form(raw, text.replace("\r\n", "\n"), self._kinds[kind], self._vocabularies, handed)
        except NotReadable as fault:
            raise Refused("没有收到任何一项内容，没有保存。请刷新页面再试。") from fault
        mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
        return (mark + (after.replace("\n", "\r\n") if b"\r\n" in before else after)).encode()

    def _update_status(self, given: Parameters) -> Any:
        kind, id_, _ = self._draft(given)
        if given["newStatus"] not in STATES:
            raise Refused("没有这种进度。")
        self._note_state(f"{kind}/{id_}", str(given["newStatus"]))
        return {"message": "noted"}

    def _delete_draft(self, given: Parameters) -> Any:
        kind, id_, file = self._draft(given)
        file.unlink()
        self._note_state(f"{kind}/{id_}", "draft")
        return {"message": "deleted"}

    def _publish(self, given: Parameters) -> Any:
        """Move a draft into place, once nothing is wrong with it any more."""
        kind, id_, file = self._draft(given)
        name = file.relative_to(self._content).as_posix()
        errors = [one for one in self._judge() if one.file == name and one.severity == "error"]
        if errors:
            listed = "".join(f"\n{place_of(one)}{one.message_zh}{one.hint}" for one in errors[:5])
            raise Refused(f"还有 {len(errors)} 处要改，没有发布：{listed}")
        target = self._content / kind / f"{id_}.md"
        row = None if target.exists() else self._row(kind, id_)
        if row is not None:
            self._into_sheet(file, *row, kind)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
        self._note_state(f"{kind}/{id_}", "draft")
        return {"message": "published"}

    def _into_sheet(self, draft: Path, path: Path, sheet: Sheet, kind: str) -> None:
        """Publish a draft of a record that is a row: only its row changes."""
        try:
            made = replaced(sheet, draft.stem, draft.read_text(encoding="utf-8"), self._kinds[kind])
        except NoPlaceInASheet as reason:
            raise Refused(f"这件信息在表格 {path.name} 里，没有发布：{reason}") from reason
        _write(path, made)
        draft.unlink()

    def _note_state(self, draft: str, state: str) -> None:
        states = {**read_states(self._content), draft: state}
        there = set(self._drafts())
        kept = {name: one for name, one in states.items() if name in there and one != "draft"}
        path = self._content / STATES_FILE
        if kept or path.exists():
            _write(path, states_text(kept).encode())

    # ---- attachments ----

    def _media(self, _: Parameters) -> Any:
        folder = self._content / FOLDER
        files = sorted(path for path in folder.glob("*") if path.is_file() and not path.is_symlink())
        return [self._media_file(path) for path in files if path.suffix.lower().lstrip(".") in MEDIA_TYPES]

    def _media_file(self, path: Path) -> Any:
        if not path.is_file():
            raise Refused("没有这个附件。", 404)
        data = path.read_bytes()
        return {
            "id": hashlib.sha256(data).hexdigest(),
            "content": base64.b64encode(data).decode(),
            "encoding": "base64",
            "path": f"{CONTENT}/{FOLDER}/{path.name}",
            "name": path.name,
        }

    def _persist_media(self, asset: Parameters) -> Any:
        path, data = self._planned_asset(asset)
        _write(path, data)
        return self._media_file(path)

    def _planned_asset(self, asset: Parameters) -> tuple[Path, bytes]:
        path = self._attachment(asset["path"])
        data = base64.b64decode(asset["content"], validate=True)
        if path.suffix.lower().lstrip(".") not in MEDIA_TYPES:
            listed = "、".join(sorted(MEDIA_TYPES))
            raise Refused(f"“{path.name}”这一类文件不能作附件，没有保存。可以用的有：{listed}。")
        if not data or len(data) > LARGEST_FILE:
            raise Refused(f"“{path.name}”是空的或者超过 {LARGEST_FILE // 1_000_000} MB，没有保存。")
        return path, data

    def _attachment(self, path: str) -> Path:
        name = PurePosixPath(str(path)).name
        if PurePosixPath(str(path)).parts != (CONTENT, FOLDER, name) or name.startswith("."):
            raise Refused("附件只能放在 attachments 文件夹里。")
        return self._content / FOLDER / name

    def _kind_and_id(self, path: str) -> tuple[str, str]:
        """Of `content/policy/2026-0009.md`; anything else is refused, so that no other file can be named."""
        parts = PurePosixPath(str(path)).parts
        if (
            len(parts) != 3
            or parts[0] != CONTENT
            or parts[1] not in self._kinds
            or not parts[2].endswith(".md")
        ):
            raise Refused("这不是一条信息的文件，没有读写。", 400)
        id_ = parts[2].removesuffix(".md")
        if not ID.fullmatch(id_):
            raise Refused(f"编号“{id_}”只能有小写字母、数字和短横。", 400)
        return parts[1], id_


def place_of(problem: Problem) -> str:
    """Where in its file a problem is, for somebody who sees fields, not lines."""
    return f"“{problem.field}”：" if problem.field else ""


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
