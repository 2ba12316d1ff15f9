"""What a value is read against: the day, the rules, the organs, the files there are to attach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plugins.disclosure.profile import Regime
from plugins.disclosure.record import AttachmentFile
from plugins.disclosure.vocabulary import Vocabularies


class OrganNames:
    """The organs by everything people call them: id, full name, short name, former names."""

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._ids: dict[str, list[str]] = {}
        self._full: dict[str, str] = {}
        for id_, called in names:
            for name in (id_, *called):
                known = self._ids.setdefault(name, [])
                if id_ not in known:
                    known.append(id_)
            self._full[id_] = next(iter(called), id_)

    def find(self, text: str) -> list[str]:
        """The ids of the organs so called; several when the name is ambiguous. An id is never ambiguous."""
        return [text] if text in self._full else self._ids.get(text, [])

    def full_name(self, id_: str) -> str:
        """The full name of the organ with this id."""
        return self._full[id_]

    @property
    def only(self) -> str | None:
        """The full name of the only organ there is; None where there are several, or none."""
        return next(iter(self._full.values())) if len(self._full) == 1 else None

    @property
    def names(self) -> Iterable[str]:
        """Every name there is."""
        return self._ids


@dataclass(frozen=True, slots=True)
class Around:
    """`organs` and `regime` are None when organs.csv or site.yaml could not be read: then nothing is held
    against them, so that one fault does not show up as hundreds. `content` is the content folder."""

    content: Path
    today: date
    vocabularies: Vocabularies
    regime: Regime | None
    organs: OrganNames | None
    attachments: Mapping[str, AttachmentFile]
    readings: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict, init=False, compare=False)
    """Values that were read against all this before, by key and text: the field and its reading."""
    plans: dict[int, Any] = field(default_factory=dict, init=False, compare=False)
    """How plain lines of each kind are read (plain_front.py)."""

    def __reduce__(self) -> Any:
        """What was read before is not handed on."""
        given = (self.content, self.today, self.vocabularies, self.regime, self.organs, self.attachments)
        return Around, given
