"""The inspector's options beyond what and when; one list for both front doors. Needs nothing but Python."""

from __future__ import annotations

from argparse import _ArgumentGroup
from pathlib import Path


def add_options(group: _ArgumentGroup) -> None:
    """Scoring."""
    group.add_argument(
        "--rubric",
        metavar="NAME",
        help="按哪份评分标准计分：标准的名称，或自己的 .yaml 文件\nscore by this rubric: its name, or a .yaml file of your own",
    )
    group.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="把要由人判断的各项写成填写表（.xlsx 或 .yaml）\nwrite what a person must judge here (.xlsx or .yaml)",
    )
    group.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="读入填写好的填写表\nread the worksheet as filled in",
    )
