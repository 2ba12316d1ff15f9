"""One finding looked at again: at most three addresses, closed or kept, never closed unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler_checks.checks.registry import CHECKS
from crawler_checks.crawl.limits import RobotsMode
from crawler_checks.follow_up import Missing, inspected
from crawler_checks.inspection import CannotInspect, inspect_site
from crawler_checks.ledger.ledger import Ledger
from crawler_checks.ledger.states import State, Waiver
from crawler_checks.ledger_commands import recheck_finding
from crawler_checks.recheck import BY_THE_PAGE, MOST_ADDRESSES, NoFinding, Verdict, recheck
from tests.crawler_checks.sites import HASTY, html, reply

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
NEGLECTED = Path(__file__).parents[1] / "sites" / "neglected" / "www"
HOME = html('<p><a href="/a.html">第一页的内容</a><a href="/b.html">第二页的内容</a></p>')
Folder = Callable[[Mapping[str, str | bytes]], Path]


def page(link: str) -> str:
    return html(f'<p>本页介绍有关情况。<a href="{link}">有关的文件</a></p>')


def saved(path: Path, target: str | Path, today: date = MONDAY, notes: Path | None = None) -> None:
    with Ledger(path) as ledger:
        result = inspect_site(target, today=today, manners=HASTY, notes=notes)
        ledger.save(ledger.begin(str(target), today), inspected(result))


def finding_of(path: Path, check: str, place: str | None = None) -> str:
    """The fingerprint of the one finding of a check."""
    with Ledger(path) as ledger:
        [found] = [
            key
            for site in ledger.sites()
            for key, one in ledger.remembered(site).items()
            if one.finding.check == check and place in (None, one.finding.place)
        ]
        return found


def test_a_broken_link_is_kept_while_it_is_there_and_closed_when_it_is_mended(
    tmp_path: Path, folder: Folder
) -> None:
    ledger = tmp_path / "ledger.db"
    site = folder({"index.html": HOME, "a.html": page("/x.pdf"), "b.html": page("/a.html")})
    saved(ledger, site)
    wanted = finding_of(ledger, "attachment_broken")

    told, is_fixed = recheck_finding(ledger, wanted[:8], "何晓岚", TUESDAY)
    assert not is_fixed
    assert told[1].startswith("问题：附件“/x.pdf”")
    assert told[2] == "结果：没有整改。问题还在。 / not fixed: It is still there."

    folder({"a.html": page("/b.html")})
    told, is_fixed = recheck_finding(ledger, wanted[:8], "何晓岚", TUESDAY)
    assert is_fixed
    assert told[-3:] == (
        "  2026-03-02 新发现 / new",
        "  2026-03-03 未整改（何晓岚要求重新检查） / known, asked for by 何晓岚",
        "  2026-03-03 已整改（何晓岚要求重新检查） / fixed, asked for by 何晓岚",
    )
    with Ledger(ledger) as opened:
        assert len(opened.runs()) == 1  # looking again is no inspection


def test_every_finding_of_a_neglected_site_is_found_again_or_left_untold(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    saved(path, NEGLECTED, date(2026, 11, 22))

    with Ledger(path) as ledger:
        [site] = ledger.sites()
        failing = ledger.remembered(site)
        done = [recheck(ledger, key, date(2026, 11, 23)) for key in failing]

    assert len(done) > 10
    assert [
        (one.before.finding.check, one.look.why_zh) for one in done if one.look.verdict is Verdict.GONE
    ] == []
    assert all(len(one.look.asked) <= MOST_ADDRESSES for one in done)
    told = sum(one.look.verdict is Verdict.THERE for one in done)
    assert told >= len(done) * 0.7, [
        one.before.finding.check for one in done if one.look.verdict is not Verdict.THERE
    ]


def with_news(newest: str) -> dict[str, str | bytes]:
    """A site whose news are of January, but for one item."""
    items = "".join(
        f'<li><a href="/news/{number}.html">本市召开第{number}次会议</a><span>{day}</span></li>'
        for number, day in enumerate((newest, "2026-01-05", "2026-01-04"))
    )
    pages = {f"news/{number}.html": html(f"<p>第{number}次会议于近日召开。</p>") for number in range(3)}
    home = html('<ul><li><a href="/news/index.html">政务动态</a></li></ul>')
    return {"index.html": home, "news/index.html": html(f"<h1>政务动态</h1><ul>{items}</ul>")} | pages


def test_a_stale_section_is_closed_when_something_new_stands_in_it(tmp_path: Path, folder: Folder) -> None:
    ledger, www = tmp_path / "ledger.db", folder(with_news("2026-01-06"))
    saved(ledger, www)
    wanted = finding_of(ledger, "section_stale")

    assert recheck_finding(ledger, wanted, "", TUESDAY)[1] is False
    folder(with_news("2026-03-01"))
    assert recheck_finding(ledger, wanted, "", TUESDAY)[1] is True


def test_what_is_stale_by_the_notes_on_a_site_is_judged_by_them_again(tmp_path: Path, folder: Folder) -> None:
    notes = tmp_path / "notes.yaml"
    notes.write_text("依据: 本市栏目维护责任表\n更新期限:\n  政务动态: 1\n", encoding="utf-8")
    ledger, www = tmp_path / "ledger.db", folder(with_news("2026-02-28"))
    saved(ledger, www, notes=notes)
    wanted = finding_of(ledger, "section_stale")

    told, _ = recheck_finding(ledger, wanted, "", TUESDAY)
    assert "还不能判断" in told[2]
    told, _ = recheck_finding(ledger, wanted, "", TUESDAY, notes=notes)
    assert "没有整改" in told[2]
    folder(with_news("2026-03-02"))
    assert recheck_finding(ledger, wanted, "", TUESDAY, notes=notes)[1] is True


def test_notes_that_cannot_be_used_are_refused_before_anything_is_asked(
    tmp_path: Path, folder: Folder
) -> None:
    ledger = tmp_path / "ledger.db"
    saved(ledger, folder(with_news("2026-01-06")))
    with pytest.raises(CannotInspect, match=r"没有\.yaml"):
        recheck_finding(ledger, finding_of(ledger, "section_stale"), "", TUESDAY, notes=Path("没有.yaml"))


def test_a_page_that_is_gone_takes_its_finding_with_it(tmp_path: Path, folder: Folder) -> None:
    ledger = tmp_path / "ledger.db"
    www = folder({"index.html": HOME, "a.html": page("/x.pdf"), "b.html": page("/a.html")})
    saved(ledger, www)
    wanted = finding_of(ledger, "attachment_broken")
    (www / "a.html").unlink()

    told, is_fixed = recheck_finding(ledger, wanted, "", TUESDAY)

    assert is_fixed
    assert "这个页面已经没有了" in told[2]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("there", Verdict.THERE),
        ("mended", Verdict.GONE),
        ("moved", Verdict.UNTOLD),  # robots.txt, page and file are three; where the file moved to is a fourth
        ("forbidden", Verdict.UNTOLD),
        ("failing", Verdict.UNTOLD),
    ],
)
def test_of_a_live_site_three_addresses_are_asked_for_and_nothing_unseen_is_closed(
    tmp_path: Path,
    serve: Callable[[Callable[[BaseHTTPRequestHandler], None]], str],
    answer: str,
    verdict: Verdict,
) -> None:
    asked: list[str] = []
    mode = "there"

    def behaviour(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        match handler.path, mode:
            case "/", _:
                reply(handler, HOME)
            case "/a.html", "forbidden":
                reply(handler, "", 403)
            case "/a.html", "failing":
                reply(handler, "", 500)
            case "/a.html", "mended":
                reply(handler, page("/b.html"))
            case "/a.html", _:
                reply(handler, page("/x.pdf"))
            case "/b.html", _:
                reply(handler, page("/a.html"))
            case "/x.pdf", "moved":
                reply(handler, "", 302, Location="/elsewhere.pdf")
            case _:
                reply(handler, "", 404)

    target = serve(behaviour) + "/"
    path = tmp_path / "ledger.db"
    saved(path, target)
    wanted = finding_of(path, "attachment_broken")
    mode = answer
    asked.clear()

    with Ledger(path) as ledger:
        polite = replace(HASTY, robots=RobotsMode.OBEY)
        done = recheck(ledger, wanted, TUESDAY, manners=polite)

    assert done.look.verdict is verdict
    assert len(set(asked)) <= MOST_ADDRESSES
    assert set(asked) == set(done.look.asked)
    assert done.now.state is (State.FIXED if verdict is Verdict.GONE else done.now.state)
    assert done.now.is_open == (verdict is not Verdict.GONE)


def test_a_site_that_is_not_there_closes_nothing(tmp_path: Path, folder: Folder) -> None:
    ledger = tmp_path / "ledger.db"
    www = folder({"index.html": HOME, "a.html": page("/x.pdf"), "b.html": page("/a.html")})
    saved(ledger, www)
    wanted = finding_of(ledger, "attachment_broken")
    www.rename(tmp_path / "elsewhere")

    told, is_fixed = recheck_finding(ledger, wanted, "", TUESDAY)

    assert not is_fixed
    assert "还不能判断，状态不变" in told[2]


def test_a_waived_finding_that_is_there_stays_waived(tmp_path: Path, folder: Folder) -> None:
    path = tmp_path / "ledger.db"
    saved(path, folder({"index.html": HOME, "a.html": page("/x.pdf"), "b.html": page("/a.html")}))
    wanted = finding_of(path, "attachment_broken")

    with Ledger(path) as ledger:
        ledger.write(MONDAY, {}, {wanted: Waiver("等待升级", "何晓岚", date(2026, 6, 1), MONDAY)})
        assert recheck(ledger, wanted, TUESDAY).now.state is State.WAIVED


@pytest.mark.parametrize(("wanted", "said"), [("abc", "太短"), ("0123456789", "没有编号为")])
def test_a_finding_that_cannot_be_named_is_refused(
    tmp_path: Path, folder: Folder, wanted: str, said: str
) -> None:
    path = tmp_path / "ledger.db"
    saved(path, folder({"index.html": HOME}))

    with pytest.raises(NoFinding, match=said):
        recheck_finding(path, wanted, "", TUESDAY)


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="没有台账"):
        recheck_finding(tmp_path / "none.db", "0123456789", "", TUESDAY)


def test_the_checks_a_page_decides_are_checks_there_are() -> None:
    assert {check.id for check in CHECKS} >= BY_THE_PAGE
