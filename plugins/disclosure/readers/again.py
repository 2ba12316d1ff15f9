"""One file of records as it is now, when all else stayed as it was."""

from __future__ import annotations

from plugins.disclosure.kinds import Kinds
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.markdown_file import Batch, read_markdown_file
from plugins.disclosure.review_gate import ORGAN, place_of


def read_again(name: str, around: Around, kinds: Kinds) -> Batch | None:
    """What a Markdown file of records holds now, against what all were read against; None where there is none."""
    file = FoundFile(around.content / name, name)
    kind = kinds.get(place_of(file))
    if kind is None or kind.id == ORGAN or file.path.suffix != ".md" or file.path.is_symlink():
        return None
    return read_markdown_file(file, kind, around) if file.path.is_file() else None
