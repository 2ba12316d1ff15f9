"""What reading one value gives: the value, and what is wrong with how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugins.disclosure.problem import Severity
from plugins.disclosure.readers.wording import quoted, quoted_en


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, before anybody knows the file and the line.

    `mended` is the whole value as it must be written, where only its form is wrong; empty where that takes a person.
    """

    code: str
    zh: str
    en: str
    hint: str
    severity: Severity = "error"
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value, None where there is none to go on with, and what is wrong with how it is written."""

    value: Any
    faults: tuple[Fault, ...] = ()


def faulty(
    code: str, text: str, zh: str, en: str, hint: str, value: Any = None, mended: object = ""
) -> Reading:
    """A value with one fault, or none to go on with; `zh` has no full stop, `mended` is as in `Fault`."""
    message = f"写作{quoted(text)}，{zh}。"
    fault = Fault(f"field.{code}", message, f"{quoted_en(text)}: {en}", hint, mended=str(mended))
    return Reading(value, (fault,))
