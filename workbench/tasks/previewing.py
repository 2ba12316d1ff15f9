"""The preview: `serve`, the process that builds for it and stays, and the form in it."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.outcome import Exit
from workbench.preview import Built, notes_on_drafts
from workbench.progress import Progress
from workbench.staying import Staying
from workbench.tasks.places import ROOT, Options
from workbench.tasks.telling import existing

if TYPE_CHECKING:
    from plugins.disclosure.problem import Problem
    from plugins.portal.resident import Resident
    from workbench.editing import Editor


def serve(options: Options) -> int:
    """Preview on this computer, built anew at every change."""
    from workbench import preview

    existing(options.content)
    watched = [options.content, ROOT / "theme", ROOT / "plugins"]
    preview.serve(options.output, watched, _Builder(options), options.port, editor=_editor(options))
    return Exit.WELL


def stay(options: Options) -> int:
    """Build whenever a line on standard input asks, each answered by one line of JSON, until there is no more."""
    from plugins.disclosure.collecting import collect_seldom
    from plugins.portal.build import build_site
    from plugins.portal.resident import Resident

    collect_seldom()
    progress = Progress()
    resident = Resident(
        lambda warm: build_site(
            existing(options.content), options.output, options.today, options.profile,
            workers=options.workers, preview=options.preview, progress=progress.step, warm=warm,
        )
    )  # fmt: skip
    door = _Door()
    for line in iter(sys.stdin.readline, ""):
        wanted = json.loads(line)
        answer = _quick(resident, wanted["files"]) if "files" in wanted else _whole(resident, door)
        progress.end()
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return Exit.WELL


class _Door:
    """Lets an interrupt in while a whole build is under way, and at no other time."""

    def __init__(self) -> None:
        self._open = False
        signal.signal(signal.SIGINT, self._knock)

    def __enter__(self) -> None:
        self._open = True

    def __exit__(self, *_: object) -> None:
        self._open = False

    def _knock(self, *_: object) -> None:
        if self._open:
            self._open = False
            raise KeyboardInterrupt


def _quick(resident: Resident, files: Sequence[str]) -> dict[str, Any]:
    shown = resident.quick(files)
    return {"state": "shown", "written": len(shown)} if shown is not None else {"state": "cannot"}


def _whole(resident: Resident, door: _Door) -> dict[str, Any]:
    from plugins.disclosure.problem import as_json
    from plugins.disclosure.record import ContentChanged
    from plugins.portal.build import BuildRefused
    from plugins.portal.store import OutputNotOurs

    try:
        with door:
            report = resident.whole()
    except KeyboardInterrupt:
        return {"state": "interrupted"}
    except ContentChanged:  # in this very moment: the change is on its way here
        return {"state": "interrupted"}
    except OutputNotOurs as reason:
        return {"state": "failed", "message": str(reason)}
    except BuildRefused as refused:
        return {"state": "refused", "problems": as_json(refused.problems)}
    pages = sum(address.endswith(".html") for address in (*report.written, *report.removed))
    return {"state": "built", "pages": pages, **report.as_json()}


class _Builder:
    """Builds the preview in a process of its own, which is another one when our own code changed."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._found: Sequence[Mapping[str, Any]] = ()
        command = [sys.executable, str(ROOT / "tasks.py"), "build", "--stay", "--preview"]
        command += ["--today", options.today.isoformat()]
        command += ["--content", str(options.content), "--output", str(options.output)]
        command += ["--profile", options.profile] if options.profile else []
        self._process = Staying(command)

    def quick(self, changed: Sequence[Path]) -> Built | None:
        """Show edited records at once."""
        content = self._options.content.resolve()
        if any(path.is_relative_to(ROOT / "plugins") for path in changed):
            self._process.close()
        if not all(path.is_relative_to(content) for path in changed):
            return None
        files = [path.relative_to(content).as_posix() for path in changed]
        answer = self._process.ask({"files": files})
        if answer is None or answer["state"] != "shown":
            return None
        count = answer["written"]
        said = f"已先显示改动，新写 {count} 个文件，其余随后 / shown at once, {count} files written; the rest follows"
        return Built(f"{self._options.clock()} {said}", found=self._found, is_new=count > 0)

    def whole(self) -> Built | None:
        """Bring the whole preview up to date."""
        answer = self._process.ask({}) or {}
        clock = self._options.clock()
        match answer:
            case {"state": "interrupted"}:
                return None
            case {"state": "built"}:
                self._found = [*answer["problems"], *notes_on_drafts(self._options.content)]
                said = f"已生成，新写 {answer['written']} 个文件 / built, {answer['written']} files written"
                stages = "，".join(f"{name} {seconds:.1f}" for name, seconds in answer["seconds"].items())
                return Built(f"{clock} {said}（{stages}）", found=self._found, is_new=answer["pages"] > 0)
            case {"state": "refused"}:
                text = _errors_in(answer["problems"])
                said = "内容有错误，网站没有改动 / errors in the content; the site was left as it was"
                return Built(f"{text}\n{clock} {said}", text)
            case {"state": "failed"}:
                return Built(f"{clock} {answer['message']}", answer["message"])
        text = "网站没能生成，原因见终端。\nThe site could not be built; the terminal says why."
        return Built(f"{clock} {text}", text)

    def interrupt(self) -> None:
        """Let a whole build be: something changed."""
        self._process.interrupt()

    def close(self) -> None:
        """End the process."""
        self._process.close()


def _editor(options: Options) -> Editor:
    """The form in the preview: made from the kinds, writing the working tree."""
    from plugins.disclosure.checking import check_content
    from plugins.disclosure.editing import Refused, WorkingTree, form_config
    from plugins.disclosure.editing.offered import offered_by
    from plugins.disclosure.kinds import load_kinds
    from plugins.disclosure.vocabulary import load_vocabularies
    from workbench import npm_packages
    from workbench.editing import Editor

    kinds, vocabularies, content = load_kinds(), load_vocabularies(), options.content

    def judge() -> Sequence[Problem]:
        return check_content(content, options.today, options.profile, preview=True).problems

    tree = WorkingTree(content, kinds, vocabularies, judge)

    def answer(request: Mapping[str, Any]) -> tuple[int, Any]:
        try:
            return 200, tree.answer(request)
        except Refused as reason:
            return reason.status, {"error": str(reason), "message": str(reason)}

    return Editor(
        lambda: form_config(kinds, vocabularies, offered_by(content, options.today)),
        answer,
        lambda: npm_packages.bring(ROOT, "decap-cms"),
    )


def _errors_in(problems: list[dict[str, Any]]) -> str:
    from plugins.disclosure.problem import Problem, as_text

    found = (Problem(**problem) for problem in problems)
    return as_text(problem for problem in found if problem.severity == "error")
