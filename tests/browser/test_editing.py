"""A new colleague's way, in a browser: a form, two mistakes, a preview, the approval, and the public site."""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from plugins.disclosure.checking import check_content
from plugins.disclosure.editing import Refused, WorkingTree, form_config
from plugins.disclosure.editing.offered import offered_by
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.problem import as_json
from plugins.disclosure.vocabulary import load_vocabularies
from plugins.portal.build import build_site
from plugins.search.whoosh_reader import search
from workbench import npm_packages
from workbench.editing import Editor
from workbench.preview import Built, PreviewServer, State, notes_on_drafts

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "examples"
TODAY = date(2026, 11, 22)
KINDS, VOCABULARIES = load_kinds(), load_vocabularies()


@dataclass
class Desk:
    """An office's working tree with its preview: `serve`, but built when something is saved, not by a watch."""

    content: Path
    preview: Path
    state: State
    address: str = ""

    def build(self) -> None:
        """Bring the preview up to date and tell the pages."""
        report = build_site(self.content, self.preview, TODAY, workers=1, preview=True)
        self.state.take(Built("", found=[*as_json(report.problems), *notes_on_drafts(self.content)]))

    def answer(self, request: Mapping[str, Any]) -> tuple[int, Any]:
        """As `tasks.py serve` answers the form."""
        tree = WorkingTree(self.content, KINDS, VOCABULARIES, self.problems)
        try:
            told = tree.answer(request)
        except Refused as reason:
            return reason.status, {"error": str(reason), "message": str(reason)}
        if request["action"] in ("persistEntry", "publishUnpublishedEntry"):
            self.build()
        return 200, told

    def problems(self) -> Any:
        """What `check --drafts` finds."""
        return check_content(self.content, TODAY, preview=True).problems

    def drafts(self) -> dict[str, str]:
        """The drafts by name, as they lie on disk."""
        found = sorted((self.content / "drafts").rglob("*.md"))
        return {path.relative_to(self.content).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    content = shutil.copytree(EXAMPLES / "_base", tmp_path / "content")
    desk = Desk(content, tmp_path / "preview", State())
    shutil.copytree(
        EXAMPLES / "service" / "valid",
        tmp_path / "content" / "service",
        ignore=shutil.ignore_patterns("full*"),
    )
    editor = Editor(
        lambda: form_config(KINDS, VOCABULARIES, offered_by(content, TODAY)),
        desk.answer,
        lambda: npm_packages.bring(ROOT, "decap-cms"),
    )
    desk.build()
    with PreviewServer(desk.preview, desk.state, 0, "", editor) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        desk.address = server.address
        yield desk
        server.shutdown()
        thread.join()


def begin(page: Page, desk: Desk, kind: str) -> None:
    page.goto(f"{desk.address}-edit/#/collections/{kind}/new")
    page.reload()
    expect(page.locator('[id^="标题-field-"]')).to_be_visible(timeout=20_000)


def fill(page: Page, label: str, text: str) -> None:
    page.locator(f'[id^="{label}-field-"]').fill(text)


def pick(page: Page, label: str, text: str) -> None:
    page.locator(f'label[for^="{label}-field-"]').click()
    page.keyboard.insert_text(text)
    page.get_by_role("option", name=text, exact=True).click()


def write_body(page: Page, text: str) -> None:
    page.locator("[data-slate-editor=true]").click()
    page.keyboard.insert_text(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("button", name="保存", exact=True)).to_be_disabled(timeout=20_000)
    expect(page.get_by_text("草稿已保存").last).to_be_visible()
    page.wait_for_url("**/entries/*")


def publish(page: Page) -> None:
    page.get_by_role("button", name="状态: 草稿").click()
    page.get_by_role("menuitem", name="就绪").click()
    page.get_by_role("button", name="状态: 就绪").wait_for()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("menuitem", name="立即发布").click()


@pytest.mark.long
def test_a_new_colleague_writes_a_policy_and_its_interpretation_and_they_are_found(
    page: Page, desk: Desk, picture: Callable[[Page, str], None]
) -> None:
    outside: list[str] = []
    page.on(
        "request",
        lambda one: None if one.url.startswith((desk.address, "blob:", "data:")) else outside.append(one.url),
    )
    page.on("dialog", lambda dialog: dialog.accept())

    begin(page, desk, "policy")
    fill(page, "标题", "霁川市财政局关于做好冬季清雪经费保障的通知")
    fill(page, "索引号", "010000019/2026-00031")
    pick(page, "发布机构", "霁川市财政局")
    fill(page, "发布日期", "2026-11-20")
    fill(page, "文号", "霁财办发[2026]31号")
    fill(page, "成文日期", "2026-11-19")
    fill(page, "审查人", "办公室 林")
    fill(page, "审查日期", "2026-11-21")
    write_body(page, "清雪经费由各县区统筹安排。")
    save(page)

    told = page.get_by_role("status", name="核对结果")
    expect(told).to_contain_text("还有 2 处要改", timeout=20_000)
    expect(told).to_contain_text("请写成“霁财办发〔2026〕31号”")
    expect(told).to_contain_text("审查日期 2026-11-21 晚于发布日期 2026-11-20")
    expect(page.locator(".gk-at-field")).to_have_count(2)
    picture(page, "edit-problems")
    page.locator(".gk-panel").evaluate("box => box.hidden = true")

    publish(page)
    expect(page.get_by_text("还有 2 处要改，没有发布")).to_be_visible(timeout=20_000)
    assert list(desk.drafts()) != []

    fill(page, "文号", "霁财办发〔2026〕31号")
    fill(page, "审查日期", "2026-11-20")
    save(page)
    expect(page.get_by_role("status", name="核对结果")).to_contain_text("没有要改的地方", timeout=20_000)
    picture(page, "edit-in-order")

    key = page.url.rpartition("/")[2]
    public = desk.preview.with_name("public")
    build_site(desk.content, public, TODAY, workers=1)
    assert not (public / "policy" / f"{key}.html").exists()
    preview = page.context.new_page()
    preview.goto(f"{desk.address}policy/{key}.html")
    expect(preview.get_by_role("heading", level=1)).to_have_text("霁川市财政局关于做好冬季清雪经费保障的通知")
    preview.close()

    page.locator(".gk-panel").evaluate("box => box.hidden = true")
    publish(page)
    expect(page.get_by_role("button", name="已发布")).to_be_visible(timeout=20_000)

    begin(page, desk, "interpretation")
    fill(page, "标题", "《关于做好冬季清雪经费保障的通知》解读")
    fill(page, "索引号", "010000019/2026-00032")
    pick(page, "发布机构", "霁川市财政局")
    fill(page, "发布日期", "2026-11-22")
    fill(page, "审查人", "办公室 林")
    fill(page, "审查日期", "2026-11-22")
    page.get_by_role("button", name="新增解读文件").click()
    page.locator('[id^="item-field-"]').first.click()
    page.keyboard.insert_text("清雪")
    page.get_by_role("option", name="霁川市财政局关于做好冬季清雪经费保障的通知").click()
    pick(page, "解读形式", "文字解读")
    write_body(page, "通知明确了清雪经费怎样安排。")
    save(page)
    expect(page.get_by_role("status", name="核对结果")).to_contain_text("没有要改的地方", timeout=20_000)
    page.locator(".gk-panel").evaluate("box => box.hidden = true")
    publish(page)
    expect(page.get_by_role("button", name="已发布")).to_be_visible(timeout=20_000)

    report = build_site(desk.content, public, TODAY, workers=1)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    assert desk.drafts() == {}
    interpretation = next((desk.content / "interpretation").glob("*.md"))
    assert f"解读文件: policy/{key}\n" in interpretation.read_text(encoding="utf-8")
    policy = (public / "policy" / f"{key}.html").read_text(encoding="utf-8")
    assert f"interpretation/{interpretation.stem}.html" in policy
    assert [hit.title for hit in search(public / "search", "霁财办发〔2026〕31号", 5)] == [
        "霁川市财政局关于做好冬季清雪经费保障的通知"
    ]
    feed = (public / "feeds" / "site.atom").read_text(encoding="utf-8")
    assert {f"policy/{key}.html", f"interpretation/{interpretation.stem}.html"} <= {
        name for name in (f"policy/{key}.html", f"interpretation/{interpretation.stem}.html") if name in feed
    }
    assert outside == []
    assert not [path for path in public.rglob("*") if "decap" in path.name]


SERVICE = """---
# 由审批科维护
事项名称: 食品经营许可
发布机构: 霁川市财政局
发布日期: 2026-02-25
公开方式: 主动公开
审查人: 办公室 林
审查日期: 2026-02-24
承诺办结时限: 010
申请材料: 申请书｜原件｜1；营业执照｜复印件｜1
办理形式: 窗口办理；网上办理
附件: tasks.csv｜任务表
---

| 甲 | 乙 |
|---|---|
| 1 | 〔2〕 |
"""


def test_a_record_with_tables_that_is_opened_and_saved_changes_by_what_was_typed_alone(
    page: Page, desk: Desk
) -> None:
    (desk.content / "service" / "licence.md").write_text(SERVICE, encoding="utf-8")
    page.goto(f"{desk.address}-edit/#/collections/service/entries/licence")
    expect(page.locator('[id^="事项名称-field-"]')).to_have_value("食品经营许可", timeout=20_000)

    fill(page, "事项名称", "食品经营许可（新办）")
    save(page)

    assert desk.drafts()["drafts/service/licence.md"] == SERVICE.replace("许可\n", "许可（新办）\n")
    assert (desk.content / "service" / "licence.md").read_text(encoding="utf-8") == SERVICE


def test_every_field_of_a_kind_with_tables_is_in_its_form(page: Page, desk: Desk) -> None:
    for kind in ("finance", "task_plan"):
        page.goto(f"{desk.address}-edit/#/collections/{kind}/new")
        page.reload()
        expect(page.locator("label").first).to_be_visible(timeout=20_000)

        shown = {label.split(" (")[0] for label in page.locator("label").all_inner_texts()}

        wanted = {field.label for field in KINDS[kind].fields if field.type != "report_tables"}
        assert wanted - shown == set(), kind


def test_a_previewed_draft_says_what_is_wrong_beside_its_field(
    page: Page, desk: Desk, picture: Callable[[Page, str], None]
) -> None:
    policy = (desk.content / "policy" / "2025-0012.md").read_text(encoding="utf-8")
    draft = desk.content / "drafts" / "policy" / "2025-0012.md"
    draft.parent.mkdir(parents=True)
    draft.write_text(policy.replace("霁政办发〔2025〕12号", "霁政办发[2025]12号"), encoding="utf-8")
    desk.build()

    page.goto(f"{desk.address}policy/2025-0012.html")

    beside = page.locator("main dt", has_text="文号").locator("xpath=..")
    expect(beside).to_contain_text("请写成“霁政办发〔2025〕12号”")
    expect(page.get_by_text("这是草稿，只在预览里看得到。")).to_be_visible()
    picture(page, "preview-problem")
