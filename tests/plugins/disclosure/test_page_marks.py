"""Tags and footer marks: which page carries what, and how a mark is recognised."""

from pathlib import Path

import pytest

from plugins.disclosure.page_marks import load_page_marks


def test_a_home_page_has_three_tags_a_list_seven_and_an_article_eight_that_are_asked_for() -> None:
    tags = load_page_marks().tags
    counts = {kind: sum(kind in tag.pages for tag in tags) for kind in ("home", "list", "article")}
    assert counts == {"home": 3, "list": 7, "article": 8}


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("party_and_government", "//dcs.conac.cn/js/33/000/0000/60424903/CA330000000604249030001.js"),
        ("report_errors", "我为政府网站找错"),
        ("id_code", "网站标识码：9901000001"),
        ("id_code", "标识码 bm07000001"),
        ("icp_number", "京ICP备19014889号-2"),
        ("police_number", "京公网安备 11010202000001号"),
        ("sponsor", "主办单位：某某市人民政府办公室"),
        ("contact", "电 话：0990-5550101"),
        ("site_map", "网站地图"),
    ],
)
def test_each_mark_is_recognised_as_sites_write_it(mark: str, text: str) -> None:
    marks = {one.id: one for one in load_page_marks().footer}
    assert marks[mark].pattern.search(text)


@pytest.mark.parametrize(("mark", "text"), [("id_code", "标识码：12345"), ("icp_number", "ICP备案")])
def test_half_a_mark_is_none(mark: str, text: str) -> None:
    marks = {one.id: one for one in load_page_marks().footer}
    assert not marks[mark].pattern.search(text)


def test_an_entry_with_a_strange_document_or_page_is_refused_by_name(tmp_path: Path) -> None:
    document = "{document: 甲, checked_on: 2026-01-01, evidence: text}"
    tag = "{name: A, label: 甲, pages: [home], source: {of: b, clause: 一}}"
    path = tmp_path / "marks.yaml"
    limits = "home: {days: 14}\nspeed: {seconds: 15}\nopening: {seconds: 15}\n"
    path.write_text(f"documents: {{a: {document}}}\n{limits}tags: [{tag}]\nfooter: []", encoding="utf-8")
    with pytest.raises(ValueError, match="tag 'A': no such document 'b'"):
        load_page_marks(path)

    other = tmp_path / "other.yaml"
    other.write_text(path.read_text(encoding="utf-8").replace("[home]", "[front]"), encoding="utf-8")
    with pytest.raises(ValueError, match="no such kind of page: front"):
        load_page_marks(other)
