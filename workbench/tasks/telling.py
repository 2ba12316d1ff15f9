"""What the tasks share: folders that must be there, and how problems are told."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.language import reads_chinese_only
from workbench.outcome import CannotDo
from workbench.tasks.places import COMMAND

if TYPE_CHECKING:
    from plugins.disclosure.problem import Problem


def existing(folder: Path, option: str = "--content") -> Path:
    """The content folder that `option` names, where there is one."""
    if not folder.is_dir():
        raise CannotDo(
            f"没有“{folder}”这个文件夹。内容在别处的，用 {option} 写明；还没有内容的，先运行 "
            f"{COMMAND} start {folder.name} --organ 机关全称",
            f"There is no folder {str(folder)!r}. Name the one with the content by {option}; where there is none yet, "
            f"begin with: {COMMAND} start {folder.name} --organ NAME",
        )
    return folder


def existing_site(folder: Path) -> Path:
    """The folder of a built site, where there is one."""
    if not folder.is_dir():
        raise CannotDo(
            f"没有“{folder}”这个文件夹。请写明生成好的网站在哪里；还没有生成的，先运行 {COMMAND} build",
            f"There is no folder {str(folder)!r}. Name the one with the built site, or build it first: {COMMAND} build",
        )
    return folder


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def write_json(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def said(chinese: str, english: str) -> str:
    """A line in both languages; in Chinese alone on a computer that is set to it."""
    return chinese if reads_chinese_only(os.environ) else f"{chinese} / {english}"


def print_problems(problems: Sequence[Problem]) -> None:
    from plugins.disclosure.problem import as_text

    if not problems:
        return
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    print(as_text(problems, in_english_too=not reads_chinese_only(os.environ)))
    print(said(f"错误 {errors} 处，提醒 {warnings} 处", f"errors: {errors}, warnings: {warnings}"))
