"""What a branch would change, on one page for whoever approves it: to be read on screen or printed and signed.

Records before and after, word by word; problems that come and that are mended; duties before and after.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from plugins.disclosure.catalog import Catalog
from plugins.disclosure.checking import CheckResult, check_content
from plugins.disclosure.problem import Problem
from plugins.disclosure.review_gate import DRAFTS, is_draft
from plugins.portal.histories import Written, as_version, records_in
from plugins.portal.models import Change
from plugins.portal.views.desk import Desk
from plugins.portal.views.duties import Board
from plugins.portal.views.history import change
from plugins.versions.git_versions import Repository

TEMPLATE = Path(__file__).with_name("review_pack.html")
COMPONENTS = Path(__file__).parents[2] / "theme" / "templates"
_STATES = {"present": "已公开", "missing": "缺", "overdue": "逾期", "not_applicable": "不适用"}


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that would come, change or go; `what` says which. `gone` records have no differences to show."""

    title: str
    kind: str
    key: str
    what: str
    draft: bool
    change: Change


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty whose state would change: whose, which, before and after."""

    organ: str
    section: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """Everything the approver is shown."""

    base: str
    site: str
    today: str
    records: tuple[ChangedRecord, ...]
    other_files: tuple[str, ...]
    new_problems: tuple[Problem, ...]
    mended_problems: tuple[Problem, ...]
    errors: int
    counts: tuple[tuple[str, int, int], ...]
    duties: tuple[DutyChange, ...]


def review_pack(content: Path, base: str, today: date, profile: str | None = None) -> ReviewPack:
    """What the content as it lies here would change of the content where it parted from the branch `base`.

    Raises NoHistory and ShallowClone.
    """
    repository = Repository(content)
    repository.ask_whole()
    start = repository.common_base(base)
    blobs = repository.files_at(start)
    old_files = dict(zip(blobs, _in_order(repository, blobs), strict=True))
    with tempfile.TemporaryDirectory() as name:
        before_folder = Path(name) / content.name
        for file, data in old_files.items():
            path = before_folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        before_folder.mkdir(exist_ok=True)
        before = check_content(before_folder, today, profile, preview=True)
    after = check_content(content, today, profile, preview=True)
    new_files = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in sorted(content.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    changed = sorted(f for f in {*old_files, *new_files} if old_files.get(f) != new_files.get(f))
    catalog = after.catalog or before.catalog
    records = tuple(_records(changed, old_files, new_files, catalog)) if catalog else ()
    others = [f for f in changed if not f.endswith((".md", ".csv")) or "/" not in f]
    return ReviewPack(
        f"{base}（{start[:10]}）",
        catalog.site.name if catalog else content.name,
        today.isoformat(),
        records,
        tuple(others),
        *_problems(before, after),
        sum(one.severity == "error" for one in after.problems),
        *_duties(before, after),
    )


def as_html(pack: ReviewPack) -> str:
    """The page, whole in itself."""
    env = Environment(loader=FileSystemLoader([TEMPLATE.parent, COMPONENTS]), autoescape=True)
    return env.get_template(TEMPLATE.name).render(pack=pack)


def _in_order(repository: Repository, blobs: Mapping[str, str]) -> list[bytes]:
    texts = repository.texts(list(blobs.values()))
    return [texts[blob] for blob in blobs.values()]


def _records(
    changed: Sequence[str], old: Mapping[str, bytes], new: Mapping[str, bytes], catalog: Catalog
) -> Iterator[ChangedRecord]:
    for file in changed:
        place = file.removeprefix(f"{DRAFTS}/")
        kind = catalog.kinds.get(place.partition("/")[0])
        if kind is None or not file.endswith((".md", ".csv")) or "/" not in place:
            continue
        earlier = old.get(file, old.get(place, b"") if is_draft(file) else b"")
        was, now = (
            records_in(data, place, catalog) if data else {} for data in (earlier, new.get(file, b""))
        )
        for id_ in [*now, *(id_ for id_ in was if id_ not in now)]:
            before, after = was.get(id_, {}), now.get(id_, {})
            if before == after:
                continue
            what = "新增" if not before else "删去" if not after else "修改"
            told = after or before
            yield ChangedRecord(
                _title(told),
                kind.label,
                f"{kind.id}/{id_}",
                what,
                is_draft(file),
                change(as_version(before, kind), as_version(after, kind), "改前", "改后"),
            )


def _title(written: Written) -> str:
    return written.get("标题") or next(iter(written.values()), "（没有标题）")


def _problems(before: CheckResult, after: CheckResult) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that come and those that are mended; a line that only moved is neither."""
    old, new = (Counter(map(_sameness, result.problems)) for result in (before, after))
    come = [one for one in after.problems if new[_sameness(one)] > old[_sameness(one)]]
    mended = [one for one in before.problems if old[_sameness(one)] > new[_sameness(one)]]
    return tuple(come), tuple(mended)


def _sameness(problem: Problem) -> tuple[str, str | None, str, str]:
    return problem.file, problem.field, problem.code, problem.message_zh


def _duties(
    before: CheckResult, after: CheckResult
) -> tuple[tuple[tuple[str, int, int], ...], tuple[DutyChange, ...]]:
    """How many duties stand how, before and after, and those that change."""
    old, new = (_states(result) for result in (before, after))
    counts = tuple(
        (label, sum(one == state for one in old.values()), sum(one == state for one in new.values()))
        for state, label in _STATES.items()
    )
    changes = tuple(
        DutyChange(*key, _STATES.get(old.get(key, ""), "没有这一项"), _STATES[state])
        for key, state in new.items()
        if old.get(key) != state
    )
    return counts, changes


def _states(result: CheckResult) -> dict[tuple[str, str], str]:
    if result.catalog is None:
        return {}
    desk = Desk(result.catalog)
    return {
        (desk.organ_link(cell.organ).label, cell.obligation.label): cell.state
        for cell in Board(desk).judged.cells
    }
