"""A fault in how one value is written (a 文号, an 索引号), before anybody knows which file it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WritingFault:
    """What is wrong with one value, and what to write instead.

    `code` is stable and names the fault for the telephone. `suggestion` is the
    value as it should be written, or None where only a person can know.
    """

    code: str
    message_zh: str
    message_en: str
    suggestion: str | None
