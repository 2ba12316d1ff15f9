"""A command line that explains itself in Chinese and English."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from workbench.outcome import Exit

# What argparse says of a mistyped command, and the same in Chinese.
IN_CHINESE = (
    (
        r"argument (?P<what>.+): invalid choice: (?P<got>'.*') \(choose from (?P<ones>.+)\)",
        "“{what}”写作 {got}，可用的是：{ones}",
    ),
    (r"argument (?P<what>.+): expected (one|at least one) argument", "“{what}”后面要写一个值"),
    (r"argument (?P<what>.+): expected no arguments?", "“{what}”后面不要写值"),
    (r"argument (?P<what>.+): invalid int value: (?P<got>.*)", "“{what}”写作 {got}，应当是整数"),
    (r"argument (?P<what>.+): not allowed with argument (?P<got>.*)", "“{what}”不能和“{got}”同时用"),
    (r"the following arguments are required: (?P<what>.+)", "还缺：{what}"),
    (
        r"unrecognized arguments: (?P<what>.+) \(did you mean (?P<near>\S+)\?\)",
        "看不懂：{what}。是不是 {near}？",
    ),
    (r"unrecognized arguments: (?P<what>.+)", "看不懂：{what}"),
)


def both(chinese: str, english: str) -> str:
    """Both languages, Chinese first, each on a line of its own."""
    return f"{chinese}\n{english}"


def day(text: str) -> date:
    """Read a --today value; raises what argparse turns into a message."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            both(
                f"日期写作“{text}”，请写成 2026-01-31 的样子",
                f"the date is {text!r}; write it like 2026-01-31",
            )
        ) from None


def moment(text: str) -> datetime:
    """Read a moment without a zone; raises what argparse turns into a message."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", text, re.ASCII):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            both(
                f"时间写作“{text}”，请写成 '2026-01-31 09:30' 的样子",
                f"the moment is {text!r}; write it like '2026-01-31 09:30'",
            )
        ) from None


def time_zone(text: str) -> ZoneInfo:
    """Read the name of a time zone; raises what argparse turns into a message."""
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError):  # a missing zone is a KeyError of its own kind
        raise argparse.ArgumentTypeError(
            both(
                f"没有“{text}”这个时区，请写成 Asia/Shanghai 的样子",
                f"there is no time zone {text!r}; write it like Asia/Shanghai",
            )
        ) from None


class _Formatter(argparse.RawTextHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=110)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法 usage: ")


class CommandLine(argparse.ArgumentParser):
    """An argument parser with both languages in its headings and its complaints."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self.values = self.add_argument_group("要写明的 arguments")
        self.options = self.add_argument_group("选项 options")
        self.options.add_argument(
            "-h", "--help", action="help", help=both("显示这份说明", "show this help and end")
        )

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read what is known; what is not is told at once, by the task that was asked for."""
        read, unknown = super().parse_known_args(args, namespace)
        if unknown:
            [near] = get_close_matches(unknown[0], self._option_string_actions, 1) or [""]
            hint = f" (did you mean {near}?)" if near else ""
            self.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
        return read, unknown

    def error(self, message: str) -> NoReturn:
        """Say what was not understood, and end with the code for a mistyped command."""
        help_command = f"{self.prog} --help"
        chinese, english = in_both(message)
        self.exit(
            Exit.MISTYPED,
            f"命令没有看懂：{chinese}{'' if chinese.endswith('？') else '。'}用法见 {help_command}\n"
            f"The command was not understood: {english}. See {help_command}\n",
        )


def in_both(message: str) -> tuple[str, str]:
    """One of argparse's messages in Chinese and English; one we do not know stays as it is in both."""
    own = re.fullmatch(r"argument (?P<what>.+?): (?P<zh>.+)\n(?P<en>.+)", message)
    if own:
        return f"“{own['what']}”的{own['zh']}", f"{own['what']}: {own['en']}"
    for pattern, chinese in IN_CHINESE:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return chinese.format(**found.groupdict()), message
    return message, message


Declaration = Callable[[CommandLine], None]
"""What adds to a command line the options of one subject."""


def option(name: str | tuple[str, ...], chinese: str, english: str, **settings: Any) -> Declaration:
    """One that is written with its name, `--name`, or one of several."""
    names = (name,) if isinstance(name, str) else name
    return lambda parser: _add(parser.options, names, chinese, english, settings)


def positional(name: str, chinese: str, english: str, **settings: Any) -> Declaration:
    """One that is written by its place."""
    return lambda parser: _add(parser.values, (name,), chinese, english, settings)


def together(*declarations: Declaration) -> Declaration:
    """Several that belong together."""

    def declare(parser: CommandLine) -> None:
        for one in declarations:
            one(parser)

    return declare


def _add(
    group: argparse._ArgumentGroup,
    names: tuple[str, ...],
    chinese: str,
    english: str,
    settings: dict[str, Any],
) -> None:
    group.add_argument(*names, help=both(chinese, english), **settings)
