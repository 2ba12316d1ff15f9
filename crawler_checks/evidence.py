"""The evidence of an inspection, in a folder beside its report: what came from the site, page by page, with its hashes.

evidence/crawl.warc.gz    all that a live site answered; `inspect evidence/crawl.warc.gz` judges it once more
evidence/pages/*.txt      the source of every page with a finding, byte for byte, as text that runs nowhere
evidence/pictures/*.png   the same pages as a browser draws them from what was kept, when a browser is at hand
evidence/earlier.json     what earlier inspections saw of these pages, when a ledger told it: judged again, changed dates are
                          found again
evidence/SHA256SUMS       the hashes of all of it, for `sha256sum -c`; written last, so a pack with it is whole
"""

from __future__ import annotations

import hashlib
import json
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from crawler_checks.checks.check import Earlier, Finding, Outcome
from crawler_checks.crawl.answer import Request, Response, Want, fetch_one
from crawler_checks.crawl.archive import Archive, is_archive
from crawler_checks.crawl.folder import FolderSource
from crawler_checks.crawl.limits import BOUNDS
from crawler_checks.crawl.opening import SCHEMES
from crawler_checks.extract.decode import decode
from crawler_checks.refusal import Refusal
from crawler_checks.reports.result import Evidence, InspectionResult

FOLDER, CRAWL, EARLIER, SUMS = "evidence", "crawl.warc.gz", "earlier.json", "SHA256SUMS"
PAGES, PICTURES = "pages", "pictures"
MOST_PICTURES = 50
NO_HOST = "http://site.invalid"
"""Stands for the host of a folder, which has none."""
Load = Callable[[str], Response | None]
Draw = Callable[[str, Load], bytes | None]
"""Draws the page at an address; all that it asks for comes from the loader."""
AROUND = 1
"""Lines of source before and after the one that is meant."""
LONGEST = 300
UNQUOTED = frozenset({"personal_number_shown"})
"""Checks whose findings are never quoted: what they found must not be spread."""


class NoReport(Refusal, ValueError):
    """Evidence was asked for without a report to lie beside."""

    def __init__(self) -> None:
        self.message_zh = "证据和报告放在一起。请同时写 --report 文件夹。"
        self.message_en = "The evidence lies beside the report. Name one as well: --report DIR."
        super().__init__(f"{self.message_zh}\n{self.message_en}")


def begin_evidence(options: Namespace) -> None:
    """Make room for the evidence, and have a live site's answers kept in it. Raises NoReport.

    A whole pack of an earlier day is taken away; one that a crash left is gone on with.
    """
    if not options.evidence:
        return
    if options.report is None:
        raise NoReport
    folder = options.report / FOLDER
    if (folder / SUMS).is_file():
        for name in (CRAWL, EARLIER, SUMS):
            (folder / name).unlink(missing_ok=True)
        for name in (PAGES, PICTURES):
            shutil.rmtree(folder / name, ignore_errors=True)
    (folder / PAGES).mkdir(parents=True, exist_ok=True)
    if options.target.lower().startswith(SCHEMES) and options.keep is None:
        options.keep = folder / CRAWL


@dataclass(frozen=True, slots=True)
class Pack:
    """Where the evidence goes, and where what the site answered was kept; None for a folder, which is at hand."""

    folder: Path
    kept: Path | None

    def gather(
        self, result: InspectionResult, draw: Draw | None = None, earlier: Earlier | None = None
    ) -> dict[str, Evidence]:
        """The evidence of every failing finding, by fingerprint; all of it is on disk then."""
        if earlier is not None:
            _write_earlier(self.folder / EARLIER, earlier, result.page_addresses)
        if self.kept is not None and self.kept != self.folder / CRAWL:
            shutil.copyfile(self.kept, self.folder / CRAWL)
        failing = [one for one in result.findings if one.outcome is Outcome.FAIL]
        places = sorted({one.place for one in failing})
        with self._answers(result) as answer_at:
            pages = {place: page for place in places if (page := answer_at(place)) is not None}
            files = {place: self._write(page) for place, page in pages.items()}
            pictures = self._draw(list(pages)[:MOST_PICTURES], result.base, answer_at, draw) if draw else {}
        found = {
            one.fingerprint(result.site): replace(
                _evidence(one, pages[one.place], files[one.place]), picture=pictures.get(one.place, "")
            )
            for one in failing
            if one.place in pages
        }
        (self.folder / SUMS).write_text("".join(self._sums()), encoding="utf-8", newline="\n")
        return found

    @contextmanager
    def _answers(self, result: InspectionResult) -> Iterator[Load]:
        """What the site answered at an address from its root, from what was kept or from the folder at hand."""
        if self.kept is None:
            source = FolderSource(Path(result.target), replace(BOUNDS, file_bytes=BOUNDS.page_bytes))

            @cache
            def at_hand(address: str) -> Response | None:
                answer = fetch_one(source, Request(address, Want.PAGE))
                return answer if isinstance(answer, Response) and answer.status == 200 else None

            yield at_hand
            return
        with closing(Archive(self.folder / CRAWL)) as archive:

            @cache
            def kept(address: str) -> Response | None:
                keys = ((result.base + address, want) for want in (Want.PAGE, Want.STYLE, Want.FILE))
                entry = next((found for key in keys if (found := archive.find(key))), None)
                answer = archive.use(entry) if entry else None
                return answer if isinstance(answer, Response) else None

            yield kept

    def _draw(self, places: Iterable[str], base: str, answer_at: Load, draw: Draw) -> dict[str, str]:
        """The pictures of pages, by place, as paths from the report's folder. Nothing is asked of the site."""
        host = base or NO_HOST

        def load(address: str) -> Response | None:
            return answer_at(address.removeprefix(host)) if address.startswith(host + "/") else None

        (self.folder / PICTURES).mkdir(exist_ok=True)
        drawn: dict[str, str] = {}
        for place in places:
            picture = draw(host + place, load)
            if picture is not None:
                path = self.folder / PICTURES / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.png"
                path.write_bytes(picture)
                drawn[place] = path.relative_to(self.folder.parent).as_posix()
        return drawn

    def _write(self, page: Response) -> tuple[str, str]:
        """The page's file, from the report's folder, and its hash."""
        digest = hashlib.sha256(page.body).hexdigest()
        path = self.folder / PAGES / f"{digest[:16]}.txt"
        path.write_bytes(page.body)
        return path.relative_to(self.folder.parent).as_posix(), digest

    def _sums(self) -> Iterator[str]:
        files = [
            self.folder / CRAWL,
            self.folder / EARLIER,
            *sorted(self.folder.glob(f"{PAGES}/*")),
            *sorted(self.folder.glob(f"{PICTURES}/*")),
        ]
        for path in files:
            if path.is_file():
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                yield f"{digest}  {path.relative_to(self.folder).as_posix()}\n"


def pack_of(options: Namespace) -> Pack | None:
    """The pack that was asked for, if one was; `begin_evidence` comes before."""
    if not options.evidence:
        return None
    kept = Path(options.target) if is_archive(options.target) else options.keep
    return Pack(options.report / FOLDER, kept)


def earlier_beside(target: str) -> Earlier | None:
    """What earlier inspections saw, where the target is the archive of a pack that holds it. What is no such file, or
    damaged, is as good as none."""
    path = Path(target).with_name(EARLIER)
    if not is_archive(target) or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        said = {str(page): date.fromisoformat(day) if day else None for page, day in data["said"].items()}
        return Earlier(date.fromisoformat(data["last_on"]), said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write_earlier(path: Path, earlier: Earlier, pages: Iterable[str]) -> None:
    said = {page: earlier.said[page] for page in pages if page in earlier.said}
    days = {page: day.isoformat() if day else None for page, day in said.items()}
    text = json.dumps({"last_on": earlier.last_on.isoformat(), "said": days}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _evidence(finding: Finding, page: Response, kept: tuple[str, str]) -> Evidence:
    file, digest = kept
    quote = "" if finding.check in UNQUOTED else _quote(finding, page)
    return Evidence(quote, file, digest)


def _quote(finding: Finding, page: Response) -> str:
    """The lines of source that a finding is about; nothing where they cannot be told."""
    lines = decode(page.body, page.content_type).text.splitlines()
    number = finding.source_line or _line_with(finding.object, lines)
    if number is None or number > len(lines):
        return ""
    first = max(number - AROUND, 1)
    return "\n".join(
        f"{at}  {line.strip()[:LONGEST]}" for at, line in enumerate(lines[first - 1 : number + AROUND], first)
    )


def _line_with(wanted: str | None, lines: list[str]) -> int | None:
    """The first line that has the object, whole or by the end of its path, as written or unescaped."""
    if not wanted:
        return None
    for text in (wanted, unquote(wanted), unquote(wanted).rstrip("/").rpartition("/")[2]):
        for number, line in enumerate(lines, 1):
            if len(text) > 2 and text in line:
                return number
    return None
