"""The authority behind a rule: which document, which clause, and when somebody last compared the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

Evidence = Literal["text", "record", "local", "memory", "proposal"]
"""`text`: read in the document itself. `record`: seen in practice. `local`: one place's own rule, which binds
nobody elsewhere. `memory`: recalled, not verified. `proposal`: this project's own choice. The last three are
never a hard failure."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from. `checked_on` is the day the rule was compared with the document."""

    document: str
    clause: str
    checked_on: date
    evidence: Evidence

    def __str__(self) -> str:
        return f"{self.document}{self.clause}"


def read_source(data: Mapping[str, Any], where: str) -> Source:
    """A source from its YAML mapping. Raises ValueError naming `where` when a part is missing."""
    missing = [key for key in ("document", "clause", "checked_on", "evidence") if not data.get(key)]
    if missing:
        raise ValueError(f"{where}: the source lacks {', '.join(missing)}")
    if data["evidence"] not in get_args(Evidence):
        raise ValueError(f"{where}: evidence {data['evidence']!r} is none of {', '.join(get_args(Evidence))}")
    return Source(**data)
