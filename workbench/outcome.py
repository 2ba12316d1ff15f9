"""How a task ends: the exit codes, and the one exception for what cannot be carried out."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every task."""

    WELL = 0
    BUG = 1
    MISTYPED = 2
    PROBLEMS = 3
    CANNOT = 4
    INTERRUPTED = 130


class CannotDo(Exception):
    """The task cannot be carried out here; says why and what to do, in Chinese and in English."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en

    def __str__(self) -> str:
        return f"{self.message_zh}\n{self.message_en}"
