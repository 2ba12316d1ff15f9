"""A source whose pages stay at hand until the inspection ends, in a file that has no name: to say in which line a fault
stands, and to see which pages are made alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crawler_checks.crawl.answer import Answer, Queue, Request, Response, Source, Want

MOST_BYTES = 2 << 30
TEXTS = (Want.PAGE, Want.STYLE)


class AtHand:
    """Answers as `source` does, and remembers the text of pages and stylesheets as they came the first time."""

    def __init__(self, source: Source) -> None:
        from tempfile import TemporaryFile  # few inspections need one, and much comes with it

        self._source = source
        self._file = TemporaryFile()  # noqa: SIM115 it lives as long as the inspection
        self._at: dict[str, tuple[int, int, str, bool]] = {}
        self._end = 0

    def fetch(self, queue: Queue) -> Iterator[tuple[Request, Answer]]:
        """What the source answers."""
        for request, answer in self._source.fetch(queue):
            if isinstance(answer, Response) and answer.body and request.want in TEXTS and not request.time:
                self._keep(answer)
            yield request, answer

    def wait(self, pause: timedelta) -> None:
        """Let time pass."""
        self._source.wait(pause)

    def page_at(self, address: str) -> Response | None:
        """The page that came from this address; None where none did, or it was known to be the same as before."""
        if address not in self._at:
            return None
        start, size, kind, truncated = self._at[address]
        self._file.seek(start)
        return Response(address, 200, kind, self._file.read(size), size, truncated=truncated)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _keep(self, answer: Response) -> None:
        kind = answer.content_type
        if not 200 <= answer.status < 300 or ("html" not in kind and "css" not in kind and kind):
            return
        size = len(answer.body)
        if self._end + size <= MOST_BYTES:
            self._file.seek(self._end)
            self._file.write(answer.body)
            self._at[answer.address] = (self._end, size, kind, answer.truncated)
            self._end += size
