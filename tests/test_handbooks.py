"""The handbooks name no command, option, file, field or picture that there is not."""

import re
import shlex
from pathlib import Path

import pytest

from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.site_file import SITE_FIELDS
from plugins.disclosure.review_gate import DRAFTS
from tasks import TASKS, command_line

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EDITORS, ADMINISTRATORS = DOCS / "editors.zh-CN.md", DOCS / "administrators.zh-CN.md"
BOOKS = (EDITORS, ADMINISTRATORS, DOCS / "inspectors.zh-CN.md")
OUR_OWN_FOLDERS = {"attachments", "import-review", DRAFTS}


def text_of(book: Path) -> str:
    return book.read_text(encoding="utf-8")


def commands(book: Path) -> list[str]:
    """Every call of the program, in blocks and in lines."""
    return [found.strip(" `") for found in re.findall(r"python3 tasks\.py ([^\n`&（]*)", text_of(book))]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_every_command_is_understood_with_its_options(book: Path) -> None:
    found = commands(book)

    assert len(found) >= 8
    for command in found:
        assert command_line().parse_args(shlex.split(command)).task.name == command.split()[0], command


def test_the_editors_handbook_tells_of_every_task_that_is_an_editors() -> None:
    told = {command.split()[0] for command in commands(EDITORS)}

    assert told >= {"new", "check", "import", "forms", "serve", "review", "repost"}
    assert told <= {task.name for task in TASKS}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_every_option_in_a_line_is_one_there_is(book: Path) -> None:
    from tests.crawler_checks.test_handbook import all_options

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text_of(book))) - all_options() == set()


def test_every_folder_that_editors_are_sent_to_is_read() -> None:
    named = set(re.findall(r"content/([a-z_-]+)/", text_of(EDITORS))) | set(
        re.findall(r"(?m)^\| `([a-z_]+)/`", text_of(EDITORS))
    )

    assert len(named) >= 5
    assert named - {*load_kinds(), *OUR_OWN_FOLDERS} == set()


def test_every_field_in_quotation_marks_is_one_there_is() -> None:
    labels = {field.label for kind in load_kinds().values() for field in kind.fields}
    labels |= {field.label for field in SITE_FIELDS} | {
        column.label for kind in load_kinds().values() for field in kind.fields for column in field.columns
    }
    called = set(re.findall(r"“([^”，。；：\s]{2,10})”(?:字段|必填|一项|一列|空着|、“)", text_of(EDITORS)))

    assert {"公开方式", "审查日期"} <= called
    assert called - labels - {"编号", "字段", "草稿", "审核中", "就绪", "错误"} == set()


def test_the_administrators_handbook_names_every_line_of_site_yaml() -> None:
    line = next(
        line for line in text_of(ADMINISTRATORS).splitlines() if line.startswith("`site.yaml` 的各项：")
    )

    assert line.removeprefix("`site.yaml` 的各项：").rstrip("。").split("、") == [
        field.label for field in SITE_FIELDS
    ]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_every_picture_is_there_has_words_and_is_taken_by_a_test(book: Path) -> None:
    taken = set(
        re.findall(
            r'picture\(\w+, "([a-z-]+)"\)',
            "".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("*.py")),
        )
    )
    for words, name in re.findall(r"!\[([^\]]*)\]\(pictures/([a-z-]+)\.png\)", text_of(book)):
        assert len(words) > 10
        assert (DOCS / "pictures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert name in taken, f"no test takes the picture {name}"


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_every_way_to_another_page_leads_somewhere(book: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(book)):
        assert (DOCS / target).exists(), target
