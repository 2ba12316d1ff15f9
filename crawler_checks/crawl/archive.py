"""What a crawl brought back, kept as a WARC file while it runs: to go on after a crash, and to judge once more.

Each answer is a record of its own, written when it came, with how many requests had been made by then; so an
earlier crawl can be gone through again answer for answer. A record that a crash cut in two is taken away.
"""

from __future__ import annotations

import json
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want
from crawler_checks.crawl.certificate import Certificate, CertificateFault

if TYPE_CHECKING:  # where nothing is kept warcio, slow to load, is not loaded
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

ENDINGS = (".warc.gz", ".warc")
SOFTWARE = "gongkai-inspector"
BATCH = 32
"""So many records are written at once; a crash loses no more, and they are only asked for again."""
LARGEST = 64 << 20
CHUNK = 1 << 20
UNPACKED = {"content-encoding", "transfer-encoding", "content-length"}
"""Headers of the answer as it was sent; what is kept is unpacked, so they are kept under another name."""
ORIGINAL = "x-archive-orig-"

Key = tuple[str, Want]


class NotAnArchive(ValueError):
    """A file that is no record of a crawl of ours."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a crawl was begun with; going on or judging again has to be done with the same."""

    target: str
    robots: str
    tries: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an answer stands in the file: to which request, and how many had been taken by then."""

    key: Key
    taken: int
    start: int
    end: int


class Archive:
    """A file of answers: those of an earlier crawl to be gone through first, then those that are added."""

    def __init__(self, path: Path, terms: Terms | None = None) -> None:
        """Opens the file; with `terms` it is begun, or gone on with where it stops.

        Raises NotAnArchive for a file of another make, FileNotFoundError.
        """
        self._path = path
        self._left: deque[Entry] = deque()
        self._certificates: dict[str, Certificate] = {}
        self._unwritten = 0
        self.is_ended = False
        self._writer: WARCWriter | None = None
        self._file: BinaryIO | None = None
        found, whole = self._look_through() if path.exists() or terms is None else (None, 0)
        if terms is not None:
            from warcio.warcwriter import WARCWriter

            self._file = path.open("r+b" if path.exists() else "w+b")
            self._file.truncate(whole)
            self._file.seek(whole)
            self._writer = WARCWriter(self._file, gzip=True)
            if found is None:
                self._begin(terms)
        elif found is None:
            raise NotAnArchive(str(path))
        self.terms = found or terms or Terms("", "", 0)
        self.was_begun = bool(self._left)
        self._reading = path.open("rb")

    # ---- what there is ----

    def next(self) -> Entry | None:
        """The earliest answer that was not used yet."""
        return self._left[0] if self._left else None

    def find(self, key: Key) -> Entry | None:
        """The earliest unused answer to this request."""
        return next((entry for entry in self._left if entry.key == key), None)

    def use(self, entry: Entry) -> Answer:
        """The answer that stands there; it is used up."""
        if self._left[0] is entry:
            self._left.popleft()
        else:
            self._left.remove(entry)
        self._reading.seek(entry.start)
        record = _record(zlib.decompress(self._reading.read(entry.end - entry.start), wbits=31))
        return _answer(record, entry.key)

    def certificate(self, origin: str) -> Certificate | None:
        """The certificate that was seen at this origin."""
        return self._certificates.get(origin)

    # ---- what is added ----

    def keep(self, uri: str, request: Request, answer: Answer, taken: int) -> None:
        """Write an answer down."""
        marks = {"Gongkai-Want": str(int(request.want)), "Gongkai-Taken": str(taken)}
        if isinstance(answer, NoAnswer):
            self._write(uri, "metadata", json.dumps({"trouble": answer.trouble}).encode(), marks)
            return
        from warcio.statusandheaders import StatusAndHeaders

        if answer.size is not None:
            marks["Gongkai-Size"] = str(answer.size)
        if answer.truncated:
            marks["WARC-Truncated"] = "length"
        if answer.seconds:
            marks["Gongkai-Seconds"] = f"{answer.seconds:.3f}"
        headers = [
            (ORIGINAL + name if name in UNPACKED else name, value) for name, value in answer.headers.items()
        ]
        status = StatusAndHeaders(f"{answer.status} -", headers, protocol="HTTP/1.1")
        self._write(uri, "response", answer.body, marks, status)

    def keep_certificate(self, origin: str, certificate: Certificate) -> None:
        """Write down what a host showed of itself."""
        self._write(
            origin, "metadata", json.dumps({"certificate": asdict(certificate)}, default=str).encode()
        )

    def end(self) -> None:
        """Write down that the crawl came to its end, and close the file."""
        if self._file is not None and not self.is_ended:
            self._write(self.terms.target, "metadata", b'{"ended": true}')
            self.is_ended = True
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        self._reading.close()

    def _begin(self, terms: Terms) -> None:
        info = {"software": SOFTWARE} | {
            f"gongkai-{name}": str(value) for name, value in asdict(terms).items()
        }
        if self._writer is not None:
            self._writer.write_record(self._writer.create_warcinfo_record(self._path.name, info))
        self._flush()

    def _write(
        self, uri: str, kind: str, body: bytes, marks: dict[str, str] | None = None,
        http: StatusAndHeaders | None = None,
    ) -> None:  # fmt: skip
        if self._writer is None:
            return
        record = self._writer.create_warc_record(
            uri,
            kind,
            payload=BytesIO(body),
            length=None if http else len(body),
            warc_content_type="" if http else "application/json",
            warc_headers_dict=marks or {},
            http_headers=http,
        )
        self._writer.write_record(record)
        record.raw_stream.close()
        self._unwritten += 1
        if self._unwritten >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._file is not None:
            self._file.flush()
        self._unwritten = 0

    # ---- what an earlier crawl left ----

    def _look_through(self) -> tuple[Terms | None, int]:
        """The terms of the crawl, and up to where the file is whole."""
        terms: Terms | None = None
        whole = 0
        with self._path.open("rb") as file:
            for start, end, unpacked in _members(file):
                record = _record(unpacked)
                if terms is None:
                    terms = _terms(record)
                    if terms is None:
                        raise NotAnArchive(str(self._path))
                else:
                    self._note(record, start, end)
                whole = end
            if terms is None and self._path.stat().st_size > CHUNK:
                raise NotAnArchive(str(self._path))
        return terms, whole

    def _note(self, record: ArcWarcRecord, start: int, end: int) -> None:
        want = record.rec_headers.get_header("Gongkai-Want")
        uri = record.rec_headers.get_header("WARC-Target-URI")
        if want is not None:
            taken = int(record.rec_headers.get_header("Gongkai-Taken"))
            self._left.append(Entry((uri, Want(int(want))), taken, start, end))
            return
        said = json.loads(record.content_stream().read())
        self.is_ended = self.is_ended or "ended" in said
        if "certificate" in said:
            self._certificates[uri] = _certificate(said["certificate"])


def is_archive(target: str) -> bool:
    """Whether a target is the file of an earlier crawl, by its name."""
    return target.lower().endswith(ENDINGS)


def _members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """The whole members of a gzip file: where each begins and ends, and what it holds."""
    start, rest = 0, b""
    while True:
        unpacker = zlib.decompressobj(wbits=31)
        pieces: list[bytes] = []
        read = size = 0
        while not unpacker.eof:
            chunk = rest or file.read(CHUNK)
            rest = b""
            if not chunk:
                return
            try:
                pieces.append(unpacker.decompress(chunk, LARGEST))
            except zlib.error:
                return
            size += len(pieces[-1])
            if size >= LARGEST:
                return
            read += len(chunk)
        rest = unpacker.unused_data
        end = start + read - len(rest)
        yield start, end, b"".join(pieces)
        start = end


def _record(unpacked: bytes) -> ArcWarcRecord:
    from warcio.archiveiterator import ArchiveIterator

    try:
        return next(iter(ArchiveIterator(BytesIO(unpacked))))
    except Exception as reason:
        raise NotAnArchive(str(reason)) from reason


def _terms(record: ArcWarcRecord) -> Terms | None:
    if record.rec_type != "warcinfo":
        return None
    lines = record.content_stream().read().decode("utf-8", "replace").splitlines()
    said = dict(line.split(": ", 1) for line in lines if ": " in line)
    try:
        return Terms(said["gongkai-target"], said["gongkai-robots"], int(said["gongkai-tries"]))
    except (KeyError, ValueError):
        return None


def _certificate(said: dict[str, str | None]) -> Certificate:
    fault, begins, ends = said["fault"], said["begins_on"], said["ends_on"]
    return Certificate(
        CertificateFault(fault) if fault else None,
        date.fromisoformat(begins) if begins else None,
        date.fromisoformat(ends) if ends else None,
        said["subject"] or "",
        said["issuer"] or "",
        said["names"] or "",
    )


def _answer(record: ArcWarcRecord, key: Key) -> Answer:
    address = "/" + key[0].partition("#")[0].partition("://")[2].partition("/")[2]
    body = record.content_stream().read()
    if record.rec_type == "metadata":
        return NoAnswer(address, Trouble(json.loads(body)["trouble"]))
    headers = {name.removeprefix(ORIGINAL): value for name, value in record.http_headers.headers}
    size = record.rec_headers.get_header("Gongkai-Size")
    seconds = record.rec_headers.get_header("Gongkai-Seconds")
    retry_after = headers.get("retry-after")
    return Response(
        address=address,
        status=int(record.http_headers.get_statuscode()),
        content_type=headers.get("content-type", "").lower(),
        body=body,
        size=None if size is None else int(size),
        truncated=record.rec_headers.get_header("WARC-Truncated") is not None,
        location=headers.get("location"),
        retry_after=None if retry_after is None else 0,  # nobody has to be waited for any more
        sets_cookie="set-cookie" in headers,
        seconds=float(seconds or 0),
        headers=headers,
    )
