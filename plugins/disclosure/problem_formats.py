"""Problems as other programs show them beside the line: SARIF, and annotations of GitHub, GitLab and Gitee.

`folder` is the content folder as the repository names it (content): those programs name files from its root.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from plugins.disclosure.problem import Problem, in_order

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_IN_A_COMMENT = 100


def as_sarif(problems: Iterable[Problem], folder: str) -> str:
    """SARIF 2.1.0 (OASIS): one run, a rule for each code, a result for each problem."""
    found = in_order(problems)
    codes = sorted({problem.code for problem in found})
    rules = [{"id": code, "name": _name(code)} for code in codes]
    results = [_sarif_result(problem, codes.index(problem.code), folder) for problem in found]
    driver = {"name": "gongkai", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(problem: Problem, rule: int, folder: str) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(_path(problem, folder))}}
    if problem.line is not None:
        place["region"] = {"startLine": problem.line}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"gongkai/v1": fingerprint(problem)},
        "properties": {"field": problem.field, "message_en": problem.message_en, "basis": problem.basis},
    }


def _name(code: str) -> str:
    """`field.bad-date` as SARIF likes names: FieldBadDate."""
    return "".join(part.capitalize() for part in code.replace(".", "-").split("-"))


def as_github(problems: Iterable[Problem], folder: str) -> str:
    """Workflow commands of GitHub Actions, one a line; Gitea and Forgejo understand them too."""
    lines = []
    for problem in in_order(problems):
        place = {"file": _path(problem, folder), "line": problem.line, "title": problem.code}
        shown = ",".join(
            f"{key}={_in_property(str(value))}" for key, value in place.items() if value is not None
        )
        lines.append(f"::{problem.severity} {shown}::{_in_command(_message(problem))}")
    return "".join(f"{line}\n" for line in lines)


def _in_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_command(text).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(problems: Iterable[Problem], folder: str) -> str:
    """A Code Quality report of GitLab."""
    seen: dict[str, int] = {}
    entries = []
    for problem in in_order(problems):
        mark = fingerprint(problem)
        seen[mark] = seen.get(mark, 0) + 1
        entries.append(
            {
                "description": _message(problem),
                "check_name": problem.code,
                "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
                "severity": "major" if problem.severity == "error" else "minor",
                "location": {"path": _path(problem, folder), "lines": {"begin": problem.line or 1}},
            }
        )
    return _json(entries)


def as_gitee(problems: Iterable[Problem], folder: str) -> str:
    """Markdown for a comment on a pull request: Gitee shows no annotations of its own."""
    found = in_order(problems)
    errors = sum(problem.severity == "error" for problem in found)
    lines = [f"**内容核对：错误 {errors} 处，提醒 {len(found) - errors} 处**", ""]
    for problem in found[:_MOST_IN_A_COMMENT]:
        path = _path(problem, folder)
        line = f" 第 {problem.line} 行" if problem.line is not None else ""
        mark = "错误" if problem.severity == "error" else "提醒"
        lines.append(f"- {mark}：`{path}`{line}：{_in_markdown(_message(problem))}")
    if len(found) > _MOST_IN_A_COMMENT:
        lines.append(
            f"- 还有 {len(found) - _MOST_IN_A_COMMENT} 处，请在本机运行 python3 tasks.py check 查看。"
        )
    return "\n".join(lines) + "\n"


def _in_markdown(text: str) -> str:
    text = text.replace("\n", " ")
    for sign in "\\`*_[]<>@":
        text = text.replace(sign, f"\\{sign}")
    return text


def fingerprint(problem: Problem) -> str:
    """The same for the same problem after its line has moved."""
    parts = (problem.file, problem.field or "", problem.code, problem.message_zh)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def _path(problem: Problem, folder: str) -> str:
    return f"{folder}/{problem.file}" if folder not in ("", ".") else problem.file


def _message(problem: Problem) -> str:
    field = f"“{problem.field}”：" if problem.field else ""
    basis = f"（依据：{problem.basis}）" if problem.basis else ""
    return f"{field}{problem.message_zh}{problem.hint}{basis}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Iterable[Problem], str], str]] = {
    "sarif": as_sarif,
    "github": as_github,
    "gitlab": as_gitlab,
    "gitee": as_gitee,
}
