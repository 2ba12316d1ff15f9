"""The build as a whole: incremental equals clean, edits touch what they must, faults touch nothing."""

import logging
import os
import random
import re
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from plugins.portal import store
from plugins.portal.build import BuildRefused

ROOT = Path(__file__).parents[3]
DATA_OF_A_POLICY = {"policy/2025-0002.json", "data/policy.ndjson"}
"""What a program reads of a policy's text; tables have its fields alone."""


def test_a_second_build_writes_nothing(office):
    first = office.build()
    second = office.build()

    assert first.planned == len(first.written) > 20
    assert (second.planned, second.rendered, second.written, second.removed) == (first.planned, 0, (), ())


def test_new_times_of_unchanged_files_render_nothing(office):
    office.build()
    for path in [*office.content.rglob("*"), *office.output.rglob("*")]:
        if path.is_file():
            os.utime(path, ns=(10**18, 10**18))
    again = office.build()

    assert (again.rendered, again.written) == (0, ())


def test_an_edited_body_touches_its_own_page_and_what_quotes_it(office):
    office.build()
    office.policy(2, body="第2件事，请认真落实。另外补充一段。")
    written = set(office.build().written)
    feeds = {address for address in written if address.startswith("feeds/")}

    assert feeds == {
        a for a, c in office.tree().items() if a.startswith("feeds/") and "另外补充" in c.decode()
    }
    assert {"feeds/site.atom", "feeds/section/policy.rss", "feeds/organ/government.json"} <= feeds
    pages = {address for address in written - feeds if not address.startswith("search/")}
    assert pages == DATA_OF_A_POLICY | {"policy/2025-0002.html", "manifest.json"}


def test_an_edit_below_the_summary_touches_only_its_own_page(office):
    long = "第一句。" * 60
    office.policy(2, body=long)
    office.build()
    office.policy(2, body=long + "\n\n最后一句改了。")

    written = {address for address in office.build().written if not address.startswith("search/")}
    assert written == DATA_OF_A_POLICY | {"policy/2025-0002.html", "manifest.json"}


def test_a_new_record_leaves_older_list_pages_alone(office):
    for number in range(1, 70):
        office.policy(number)
    office.build()
    older = {a for a in office.tree() if "/page-" in a}
    office.policy(
        70, 发布日期="2026-11-19", 成文日期="2026-11-18", 审查日期="2026-11-19", 文号="霁政办发〔2026〕70号"
    )
    done = office.build()

    assert len(older) > 6
    assert older & set(done.written) == set()
    assert {"policy/2025-0070.html", "section/policy.html", "index.html"} <= set(done.written)


def test_a_repeal_marks_the_old_document_without_an_edit_of_it(office):
    office.build()
    office.policy(4, 废止文件="霁政办发〔2025〕2号")
    done = office.build()

    assert "policy/2025-0002.html" in done.written
    page = office.tree()["policy/2025-0002.html"].decode()
    assert "废止" in page
    assert 'href="../policy/2025-0004.html"' in page


def test_an_interpretation_names_its_document_among_its_facts_and_not_once_more_below(office):
    office.policy(2, title="关于印发《霁川市停车管理办法》的通知")
    office.interpretation("《霁川市停车管理办法》解读", "霁政办发〔2025〕2号")
    office.build()

    [page] = [
        text.decode()
        for name, text in office.tree().items()
        if re.fullmatch(r"interpretation/.*\.html", name)
    ]
    facts, _, rest = page.partition("</dl>")
    link = '<a href="../policy/2025-0002.html">《关于印发〈霁川市停车管理办法〉的通知》（霁政办发〔2025〕2号）</a>'
    assert link in facts
    assert "policy/2025-0002.html" not in rest


def test_a_day_later_only_pages_that_speak_of_the_day_change(office):
    office.build(today=date(2026, 11, 20))
    done = office.build(today=date(2026, 11, 21))

    assert done.written
    assert [a for a in done.written if a.startswith("policy/")] == []


def test_content_with_an_error_leaves_the_site_as_it_was(office):
    office.build()
    before = {path: path.stat().st_mtime_ns for path in office.output.rglob("*")}
    office.policy(2, 发布日期="2025年13月1日")

    with pytest.raises(BuildRefused) as refused:
        office.build()
    assert [problem.file for problem in refused.value.problems if problem.severity == "error"] == [
        "policy/2025-0002.md"
    ]
    assert {path: path.stat().st_mtime_ns for path in office.output.rglob("*")} == before


def test_every_reference_between_pages_is_relative(office):
    office.build()
    pages = {a: c.decode() for a, c in office.tree().items() if a.endswith(".html") and a != "404.html"}

    assert pages
    assert [address for address, page in pages.items() if 'href="/' in page or 'src="/' in page] == []


def test_markup_in_a_title_stays_text_everywhere(office):
    office.policy(2, title='关于<script>alert(1)</script>与“引号"的通知')
    office.build()
    texts = [c.decode() for a, c in office.tree().items() if a.endswith((".html", ".atom", ".xml"))]

    assert len([text for text in texts if "alert(1)" in text]) > 3
    assert [text for text in texts if "<script>alert" in text] == []


@pytest.mark.long
def test_the_bytes_depend_on_no_hash_seed_no_time_zone_and_no_number_of_workers(office, tmp_path):
    script = (
        "import sys; from datetime import date; from pathlib import Path; from plugins.portal.build import build_site;"
        "build_site(Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 11, 20), workers=int(sys.argv[3]))"
    )
    office.build()
    trees = [office.tree()]
    for number, (seed, zone, workers) in enumerate([("1", "America/Lima", 1), ("2", "Asia/Shanghai", 4)]):
        output = tmp_path / f"other{number}" / "output"
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        command = [sys.executable, "-c", script, str(office.content), str(output), str(workers)]
        subprocess.run(command, check=True, cwd=ROOT, env=env)
        trees.append(office.tree(output))

    assert trees[0] == trees[1] == trees[2]


EDITS = ("body", "title", "add", "delete", "date", "repeal", "organ", "site", "file", "cite", "interpret")


def _rewrite(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _edit(office, rng, kind):
    """One random edit of the office's content."""
    there = sorted((office.content / "policy").glob("*.md"))
    number = int(rng.choice(there).stem[-4:])
    match kind:
        case "body":
            office.policy(number, body=f"正文改为{rng.random()}。\n\n## 一、新的一节\n\n内容。")
        case "title":
            office.policy(number, title=f"关于改名{rng.randrange(1000)}的通知")
        case "add":
            office.policy(rng.randrange(4, 60))
        case "delete" if len(there) > 1:
            office.withdraw(f"policy/2025-{number:04d}")
        case "date":
            day = date(2025, rng.randrange(1, 13), rng.randrange(1, 29)).isoformat()
            office.policy(number, 发布日期=day, 成文日期=day, 审查日期=day)
        case "repeal":
            day = "2026-01-05"
            old = f"霁政办发〔2025〕{number}号"
            office.policy(number)
            office.policy(61, 废止文件=old, 发布日期=day, 成文日期=day, 审查日期=day)
        case "organ":
            _rewrite(office.content / "organs.csv", "办公室；预算科", f"办公室；预算{rng.randrange(9)}科")
        case "site":
            _rewrite(office.content / "site.yaml", "公开平台。", f"公开平台{rng.randrange(9)}。")
        case "file":
            office.write("attachments/a.csv", f"项目,金额\n甲,{rng.randrange(99)}\n")
            office.policy(number, 附件="a.csv｜预算表")
        case "cite":
            office.policy(62, body=f"依照霁政办发〔2025〕{number}号和《关于第{number}件事的通知》办理。")
        case "interpret":
            office.interpretation(f"解读{rng.randrange(99)}", f"policy/2025-{number:04d}")


QUICK = 4
SEQUENCES = [
    seed
    if seed < QUICK or "GONGKAI_EDIT_SEQUENCES" in os.environ
    else pytest.param(seed, marks=pytest.mark.thorough)
    for seed in range(int(os.environ.get("GONGKAI_EDIT_SEQUENCES", "12")))
]
"""Which random sequences of edits are tried: four, with --thorough twelve, and by hand, after changes to the build, more."""


def test_the_few_sequences_have_every_edit_twice():
    assert {*_edits_of(0), *_edits_of(1)} == {*_edits_of(2), *_edits_of(3)} == {*EDITS}


def _edits_of(seed):
    """Six edits; the first two sequences together have all eleven, and so do the next two."""
    if seed >= QUICK:
        return random.Random(seed).choices(EDITS, k=6)
    every = random.Random(seed // 2).sample(EDITS, len(EDITS))
    return every[:6] if seed % 2 == 0 else [*every[6:], every[0]]


def _build_killed(office, rng, monkeypatch):
    """Begin to build, and die while the files are being written."""
    left = rng.randrange(1, 12)
    really = store.put

    def dying(folder, address, content):
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt
        return really(folder, address, content)

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt, BuildRefused):
        patch.setattr(store, "put", dying)
        office.build()


@pytest.mark.long
@pytest.mark.parametrize("seed", SEQUENCES)
def test_after_any_edits_the_incremental_site_is_the_clean_one_byte_for_byte(
    office, tmp_path, seed, monkeypatch
):
    """An edit that breaks the content (a reference to a deleted record) is refused alike by both builds."""
    rng = random.Random(seed)
    office.build()
    built = 0
    for kind in _edits_of(seed):
        _edit(office, rng, kind)
        if rng.random() < 0.2:
            _build_killed(office, rng, monkeypatch)
            _edit(office, rng, rng.choice(EDITS))
        try:
            office.build(workers=rng.choice([1, 2, 4]))
            built += 1
        except BuildRefused:
            office.withdraw("interpretation/2026-0001")
            office.withdraw("policy/2025-0061")
            office.build()
            built += 1
    clean = tmp_path / "clean" / "output"
    office.build(clean)

    assert built == 6
    assert office.tree() == office.tree(clean)


def _warning(monkeypatch, name):
    """Whoever this is warns of something when the first file is written."""
    really = store.put

    def warning(*arguments):
        logging.getLogger(name).warning("%s warns", name)
        return really(*arguments)

    monkeypatch.setattr(store, "put", warning)


def test_what_pelican_warns_of_stops_a_build(office, monkeypatch):
    office.build()
    office.withdraw("interpretation/2026-0001")
    _warning(monkeypatch, "pelican.something")

    with pytest.raises(RuntimeError, match=r"pelican\.something warns"):
        office.build()


def test_what_another_library_warns_of_does_not(office, monkeypatch, caplog):
    """The library of a cluster warns of a lost worker and has its work done again, if nothing stops it."""
    office.build()
    office.withdraw("interpretation/2026-0001")
    _warning(monkeypatch, "library.first.asked.after.pelican.came")
    office.build()

    assert "library.first.asked.after.pelican.came warns" in caplog.messages
