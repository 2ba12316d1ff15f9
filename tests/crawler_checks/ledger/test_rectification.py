"""The rectification ledger goes out as a spreadsheet and comes back without loss, or with every fault."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crawler_checks.checks.check import Finding, Outcome
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.rectification import (
    COLUMNS,
    FaultyRectification,
    read_rectification,
    write_rectification,
)
from crawler_checks.ledger.states import Waiver
from crawler_checks.ledger.values import Inspected, Task

TODAY = date(2026, 3, 2)
SITE = "www.example.gov.cn/"
HEADINGS = [column.heading for column in COLUMNS]
FINDINGS = tuple(
    Finding(
        "link_broken",
        Outcome.FAIL,
        f"/{n}.html",
        '=HYPERLINK("http://x")',
        None,
        "断链<b>\x01",
        "broken",
        "依据",
    )
    for n in range(3)
)
KEYS = [one.fingerprint(SITE) for one in FINDINGS]


@pytest.fixture
def ledger(place: Path | str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        run = opened.begin("https://www.example.gov.cn/", TODAY)
        opened.save(run, Inspected(SITE, TODAY, "cn-2019", ("/",), 1, False, FINDINGS, ()))
        yield opened


def fill(path: Path, cells: dict[tuple[str, str], Any]) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for (key, heading), value in cells.items():
            if row[0].value == key:
                row[HEADINGS.index(heading)].value = value
    book.save(path)


def table(path: Path) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


def test_what_is_filled_in_comes_back_whole(tmp_path: Path, ledger: Ledger) -> None:
    path, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert write_rectification(path, ledger, SITE, TODAY) == 3
    fill(
        path,
        {
            (KEYS[0], "责任单位"): "霁川市财政局",
            (KEYS[0], "责任人"): "何晓岚",
            (KEYS[0], "整改措施"): "改正链接\n并复查 <全部> & “附件”",
            (KEYS[0], "完成日期"): date(2026, 3, 5),
            (KEYS[0], "备注"): " 前后有空格 ",
            (KEYS[1], "暂不整改理由"): "等待系统升级",
            (KEYS[1], "批准人"): "周启明",
            (KEYS[1], "暂不整改至"): "2026-04-01",
        },
    )

    assert read_rectification(path, ledger, TODAY) == 2

    assert ledger.tasks() == {
        KEYS[0]: Task(
            "霁川市财政局", "何晓岚", "改正链接\n并复查 <全部> & “附件”", date(2026, 3, 5), " 前后有空格 "
        ),
        KEYS[1]: Task(),
    }
    assert ledger.waivers() == {KEYS[1]: Waiver("等待系统升级", "周启明", date(2026, 4, 1), TODAY)}
    write_rectification(again, ledger, SITE, TODAY)
    assert read_rectification(again, ledger, TODAY) == 0  # nothing was lost on the way out either
    filled = {row[0]: row[10:] for row in table(again)}
    assert filled[KEYS[0]][:3] == ["霁川市财政局", "何晓岚", "改正链接\n并复查 <全部> & “附件”"]


def test_what_a_site_wrote_is_text_and_never_a_formula(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.xlsx"
    write_rectification(path, ledger, SITE, TODAY)

    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} == {"s"}
    assert [cell.value for cell in cells if "断链" in str(cell.value)] == ["断链<b>\\u0001"] * 3


def test_a_waiver_that_is_emptied_is_taken_back(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.xlsx"
    ledger.write(TODAY, {}, {KEYS[1]: Waiver("等待", "周启明", date(2026, 4, 1), TODAY)})
    write_rectification(path, ledger, SITE, TODAY)
    fill(path, {(KEYS[1], heading): None for heading in ("暂不整改理由", "批准人", "暂不整改至")})

    assert read_rectification(path, ledger, TODAY) == 1
    assert ledger.waivers() == {}


def test_all_faults_are_said_and_nothing_is_written(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.xlsx"
    write_rectification(path, ledger, SITE, TODAY)
    rows = {row[0]: number for number, row in enumerate(table(path), 1)}
    fill(
        path,
        {
            (KEYS[0], "完成日期"): "三月五日",
            (KEYS[1], "暂不整改理由"): "只有理由",
            (KEYS[2], "责任单位"): "霁川市财政局",
            (KEYS[2], "编号"): "0000",
        },
    )

    with pytest.raises(FaultyRectification) as caught:
        read_rectification(path, ledger, TODAY)

    assert {(fault.line, fault.message_zh) for fault in caught.value.faults} == {
        (rows[KEYS[0]], "“完成日期”写作“三月五日”。请写成 2026-01-31 的样子。"),
        (rows[KEYS[1]], "“暂不整改理由”“批准人”“暂不整改至”要么都写，要么都不写。"),
        (rows[KEYS[2]], "台账中没有编号“0000”。请不要改动编号一列，也不要增加行。"),
    }
    assert ledger.tasks() == {}


def test_a_spreadsheet_without_the_ids_is_refused(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)

    with pytest.raises(FaultyRectification, match="没有找到“编号”一列"):
        read_rectification(path, ledger, TODAY)
