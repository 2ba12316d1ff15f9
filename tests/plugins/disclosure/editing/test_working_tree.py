"""The form's back end writes drafts, publishes what is in order, and touches nothing else."""

import base64
from pathlib import Path
from typing import Any

import pytest

from plugins.disclosure.editing.working_tree import Refused, WorkingTree
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.vocabulary import load_vocabularies

PUBLISHED = "policy/2025-0012"
RAW = "---\n标题: 关于防汛的通知\n发布机构: 霁川市财政局\n---\n\n正文。\n"
BASE = Path(__file__).parents[3] / "examples" / "_base"


class Form:
    """A form that is open on a content folder, as a browser speaks for it."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.problems: list[Problem] = []
        self.tree = WorkingTree(content, load_kinds(), load_vocabularies(), lambda: self.problems)

    def ask(self, action: str, **params: Any) -> Any:
        return self.tree.answer({"action": action, "params": {"branch": "main", **params}})

    def save(self, key: str, raw: str = RAW, assets: Any = ()) -> Any:
        one = {"path": f"content/{key}.md", "slug": key.partition("/")[2], "raw": raw}
        return self.ask("persistEntry", dataFiles=[one], assets=list(assets), options={"useWorkflow": True})

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.content.parent).as_posix(): path.read_bytes()
            for path in sorted(self.content.parent.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def form(tmp_path: Path) -> Form:
    import shutil

    return Form(shutil.copytree(BASE, tmp_path / "content"))


def asset(path: str, data: bytes = b"%PDF-1.7") -> dict[str, str]:
    return {"path": path, "content": base64.b64encode(data).decode(), "encoding": "base64"}


def test_what_is_saved_is_a_draft_and_what_is_published_stays(form: Form) -> None:
    before = form.files()

    form.save(
        PUBLISHED, form.ask("getEntry", path=f"content/{PUBLISHED}.md")["data"].replace("通知", "通告", 1)
    )

    after = form.files()
    assert set(after) - set(before) == {f"content/drafts/{PUBLISHED}.md"}
    assert {name: after[name] for name in before} == before
    published, draft = (before[f"content/{PUBLISHED}.md"], after[f"content/drafts/{PUBLISHED}.md"])
    assert draft != published
    assert draft.replace("通告".encode(), "通知".encode()) == published


def test_what_somebody_else_wrote_meanwhile_is_not_lost(form: Form) -> None:
    form.save("policy/2026-0001", RAW.replace("---\n\n", "文号: 霁财发〔2026〕1号\n---\n\n"))
    opened = form.ask("unpublishedEntryDataFile", collection="policy", slug="2026-0001", path="", id="")[
        "data"
    ]
    path = form.content / "drafts" / "policy" / "2026-0001.md"
    path.write_text(
        path.read_text("utf-8").replace("〔2026〕1号", "〔2026〕2号").replace("正文。", "别人改过的正文。"),
        "utf-8",
    )

    form.save("policy/2026-0001", opened.replace("关于防汛的通知", "关于抗旱的通知"))

    assert path.read_text(encoding="utf-8") == (
        "---\n标题: 关于抗旱的通知\n发布机构: 霁川市财政局\n文号: 霁财发〔2026〕2号\n---\n\n别人改过的正文。\n"
    )


def test_a_draft_goes_through_its_states_and_is_published_in_the_end(form: Form) -> None:
    form.save("policy/2026-0001")
    told = {"collection": "policy", "slug": "2026-0001"}
    states = [form.ask("unpublishedEntry", **told)["status"]]
    form.ask("updateUnpublishedEntryStatus", **told, newStatus="pending_publish")
    states.append(form.ask("unpublishedEntry", id="policy/2026-0001")["status"])
    assert (form.content / "drafts" / "states.csv").read_text(
        "utf-8-sig"
    ) == "草稿,进度\npolicy/2026-0001,待发布\n"

    form.ask("publishUnpublishedEntry", **told)

    assert states == ["draft", "pending_publish"]
    assert (form.content / "policy" / "2026-0001.md").read_text(encoding="utf-8") == RAW
    assert form.ask("unpublishedEntries") == []
    assert (form.content / "drafts" / "states.csv").read_text("utf-8-sig") == "草稿,进度\n"


NEWS = "编号,标题,发布机构,备用\nn-1,座谈会,finance,\nn-2,培训,finance,x\n"


def test_a_row_of_a_spreadsheet_is_drafted_and_published_as_its_row(form: Form) -> None:
    sheet = form.content / "news" / "2024.csv"
    sheet.parent.mkdir()
    sheet.write_text(NEWS, encoding="utf-8")
    told = {"collection": "news", "slug": "n-2"}

    listed = form.ask("entriesByFolder", folder="content/news")
    opened = form.ask("getEntry", path="content/news/n-2.md")["data"]
    form.save("news/n-2", opened.replace("培训", "业务培训"))
    is_new = form.ask("unpublishedEntry", **told)["diffs"][0]["newFile"]
    before = sheet.read_text(encoding="utf-8")
    form.ask("publishUnpublishedEntry", **told)

    assert [one["file"]["path"] for one in listed] == ["content/news/n-1.md", "content/news/n-2.md"]
    assert (before, is_new) == (NEWS, False)
    assert sheet.read_text(encoding="utf-8") == NEWS.replace("培训", "业务培训")
    assert [name for name in form.files() if "/n-" in name] == []


def test_a_value_that_a_cell_cannot_hold_keeps_the_draft(form: Form) -> None:
    sheet = form.content / "news" / "2024.csv"
    sheet.parent.mkdir()
    sheet.write_text(NEWS, encoding="utf-8")
    opened = form.ask("getEntry", path="content/news/n-1.md")["data"]
    form.save("news/n-1", opened.replace("---\n", '---\n主题词: ["会议；财政", "预算"]\n', 1))
    before = form.files()

    with pytest.raises(Refused, match="没有发布：“主题词”有一项里面有分号"):
        form.ask("publishUnpublishedEntry", collection="news", slug="n-1")

    assert form.files() == before


def test_a_draft_with_an_error_is_not_published_and_the_error_is_told(form: Form) -> None:
    form.save("policy/2026-0001")
    form.problems = [
        error("drafts/policy/2026-0001.md", 2, "文号", "x", "写作“8号”。", "", "请写全。"),
        error("policy/another.md", 2, "标题", "x", "没有填写。", "", ""),
    ]
    before = form.files()

    with pytest.raises(Refused) as refused:
        form.ask("publishUnpublishedEntry", collection="policy", slug="2026-0001")

    assert str(refused.value) == "还有 1 处要改，没有发布：\n“文号”：写作“8号”。请写全。"
    assert form.files() == before


def test_a_draft_can_be_thrown_away_and_what_was_published_cannot(form: Form) -> None:
    form.save("policy/2026-0001")
    form.ask("deleteUnpublishedEntry", collection="policy", slug="2026-0001")
    before = form.files()

    with pytest.raises(Refused, match="请写在 tombstones"):
        form.ask("deleteFiles", paths=[f"content/{PUBLISHED}.md"], options={})

    assert form.files() == before
    assert f"content/{PUBLISHED}.md" in before
    assert "content/drafts/policy/2026-0001.md" not in before


def test_an_attachment_goes_into_the_folder_of_attachments(form: Form) -> None:
    form.save("policy/2026-0001", assets=[asset("content/attachments/名额.pdf")])

    assert (form.content / "attachments" / "名额.pdf").read_bytes() == b"%PDF-1.7"
    assert "名额.pdf" in [one["name"] for one in form.ask("getMedia", mediaFolder="content/attachments")]


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("eraseEverything", {}, "这里不做“eraseEverything”：公开过的信息要撤下，请写在 tombstones.csv 里。"),
    (
        "deleteFile",
        {"path": "content/site.yaml"},
        "这里不做“deleteFile”：公开过的信息要撤下，请写在 tombstones.csv 里。",
    ),
    ("getEntry", {}, "请求不完整，没有改动任何文件。请刷新页面再试。"),
    ("getEntry", {"path": "content/site.yaml"}, "这不是一条信息的文件，没有读写。"),
    ("getEntry", {"path": "../secret.md"}, "这不是一条信息的文件，没有读写。"),
    ("getEntry", {"path": "content/policy/../../secret.md"}, "这不是一条信息的文件，没有读写。"),
    ("getEntry", {"path": "/etc/policy/passwd.md"}, "这不是一条信息的文件，没有读写。"),
    ("getEntry", {"path": "content/drafts/a.md"}, "这不是一条信息的文件，没有读写。"),
    ("getEntry", {"path": "content/policy/通知.md"}, "编号“通知”只能有小写字母、数字和短横。"),
    ("getEntry", {"path": "content/policy/A.md"}, "编号“A”只能有小写字母、数字和短横。"),
    ("entriesByFolder", {"folder": "content/attachments"}, "这不是一条信息的文件，没有读写。"),
    ("unpublishedEntry", {"collection": "policy", "slug": "none"}, "没有这件草稿。"),
    ("unpublishedEntry", {"id": "policy"}, "编号“”只能有小写字母、数字和短横。"),
    ("publishUnpublishedEntry", {"collection": "policy", "slug": "none"}, "没有这件草稿。"),
    ("publishUnpublishedEntry", {"collection": "nowhere", "slug": "a"}, "这不是一条信息的文件，没有读写。"),
    ("deleteUnpublishedEntry", {"collection": "policy", "slug": "none"}, "没有这件草稿。"),
    (
        "updateUnpublishedEntryStatus",
        {"collection": "policy", "slug": "half", "newStatus": "done"},
        "没有这种进度。",
    ),
    ("persistEntry", {}, "请求不完整，没有改动任何文件。请刷新页面再试。"),
    (
        "persistEntry",
        {"dataFiles": [{"path": "content/policy/a.md", "raw": ""}]},
        "没有收到任何一项内容，没有保存。请刷新页面再试。",
    ),
    (
        "persistEntry",
        {"dataFiles": [{"path": "content/policy/a.md", "raw": "正文"}]},
        "没有收到任何一项内容，没有保存。请刷新页面再试。",
    ),
    (
        "persistEntry",
        {"dataFiles": [{"path": "content/site.yaml", "raw": RAW}]},
        "这不是一条信息的文件，没有读写。",
    ),
    (
        "persistEntry",
        {"dataFiles": [{"path": "content/organ/a.md", "raw": 5}]},
        "请求不完整，没有改动任何文件。请刷新页面再试。",
    ),
    ("persistMedia", {"asset": asset("content/site.yaml")}, "附件只能放在 attachments 文件夹里。"),
    (
        "persistMedia",
        {"asset": asset("content/attachments/../site.yaml")},
        "附件只能放在 attachments 文件夹里。",
    ),
    (
        "persistMedia",
        {"asset": asset("content/attachments/.htaccess")},
        "附件只能放在 attachments 文件夹里。",
    ),
    (
        "persistMedia",
        {"asset": asset("content/attachments/a.pdf", b"")},
        "“a.pdf”是空的或者超过 50 MB，没有保存。",
    ),
    (
        "persistMedia",
        {"asset": asset("content/attachments/a.pdf") | {"content": "不是"}},
        "请求不完整，没有改动任何文件。请刷新页面再试。",
    ),
    ("getMediaFile", {"path": "content/attachments/none.pdf"}, "没有这个附件。"),
    ("getMediaFile", {"path": "content/organs.csv"}, "附件只能放在 attachments 文件夹里。"),
]


@pytest.mark.parametrize(("action", "params", "message"), BROKEN)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    form: Form, action: str, params: dict[str, Any], message: str
) -> None:
    form.save("policy/half")
    before = form.files()

    with pytest.raises(Refused) as refused:
        form.ask(action, **params)

    assert str(refused.value) == message
    assert form.files() == before


def test_an_attachment_of_an_unsafe_type_keeps_the_whole_record_from_being_saved(form: Form) -> None:
    before = form.files()

    with pytest.raises(Refused, match="这一类文件不能作附件，没有保存。"):
        form.save("policy/2026-0001", assets=[asset("content/attachments/run.exe")])

    assert form.files() == before


def test_a_disk_that_is_full_is_told_and_leaves_no_half_file(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = form.files()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", full)
    with pytest.raises(Refused) as refused:
        form.save("policy/2026-0001")
    monkeypatch.undo()

    assert (
        str(refused.value)
        == "没有写成，系统的回答是“No space left on device”。内容还在页面上，请稍后再保存。"
    )
    assert form.files() == before
