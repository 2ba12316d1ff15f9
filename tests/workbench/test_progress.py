"""Long work shows how far it has come, on a terminal and in a log."""

import io

from workbench.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_at_the_start_and_at_the_end_and_not_one_for_every_page() -> None:
    log = io.StringIO()
    progress = Progress(log)

    for done in range(1, 101):
        progress.step("生成 render", done, 100)
    progress.end()

    assert log.getvalue() == "生成 render 1/100\n生成 render 100/100\n"


def test_a_terminal_gets_one_line_that_moves_and_is_wiped() -> None:
    terminal = Terminal()
    progress = Progress(terminal)

    progress.step("生成 render", 50, 100)
    progress.step("生成 render", 100, 100)
    progress.end()

    assert terminal.getvalue() == (
        f"\r\x1b[K生成 render [{'█' * 12}{'·' * 12}] 50/100\r\x1b[K生成 render [{'█' * 24}] 100/100\r\x1b[K"
    )


def test_a_total_nobody_knows_is_not_shown_as_a_number() -> None:
    log = io.StringIO()

    progress = Progress(log)
    progress.step("安装 install", 0, 0)
    progress.step("巡检 inspect", 40, 0)

    assert log.getvalue() == "安装 install …\n巡检 inspect 40 …\n"


def test_ending_without_a_step_writes_nothing() -> None:
    terminal = Terminal()

    Progress(terminal).end()

    assert terminal.getvalue() == ""


def test_what_is_counted_is_named() -> None:
    stream = io.StringIO()
    progress = Progress(stream)

    progress.step("巡检 inspect", 0, 0, "个地址 addresses")
    progress.step("核对 check", 3, 3, "个文件 files")

    assert stream.getvalue() == "巡检 inspect …\n核对 check 3/3 个文件 files\n"
