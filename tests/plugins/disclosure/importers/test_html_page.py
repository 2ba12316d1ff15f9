"""Saved web pages: where the text stands, what a table is, what is set aside, in which encoding it is written."""

import codecs

import pytest

from plugins.disclosure.importers.formats import read_file
from plugins.disclosure.importers.html_page import decode_page, read_html
from plugins.disclosure.importers.refusal import Refusal

TEXT = (
    "<p>各县（区）民政局：</p><p>现就开展养老机构安全检查有关事项通知如下，请认真组织实施，及时报送结果。</p>"
)
TITLE = "霁川市民政局关于开展养老机构安全检查的通知"


def page_of(body, head=""):
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def texts(page):
    return [line.text for line in page.lines]


def dropped(page):
    return {line.text: line.reason for line in page.dropped}


@pytest.fixture
def saved(tmp_path):
    """Saves a page and reads it."""

    def save(body, head="", encoding="utf-8"):
        path = tmp_path / "page.html"
        path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
        return read_file(path)

    return save


@pytest.mark.parametrize(
    ("menu", "reason"),
    [
        ("<nav>栏目</nav>", "导航"),
        ("<div class='main-nav'>栏目</div>", "导航"),
        ("<div id='breadcrumb'>栏目</div>", "导航"),
        ("<div role='navigation'>栏目</div>", "导航"),
        ("<aside>栏目</aside>", "导航"),
        ("<select><option>栏目</option></select>", "导航"),
        ("<footer>栏目</footer>", "页脚"),
        ("<div class='footer'>栏目</div>", "页脚"),
        ("<div class='share'>栏目</div>", "分享与页面工具"),
        ("<div style='display: none'>栏目</div>", "网页上不显示"),
        ("<p hidden>栏目</p>", "网页上不显示"),
    ],
)
def test_menus_footers_and_what_is_hidden_are_dropped_and_listed(menu, reason):
    page = page_of(f"{menu}<div>{TEXT}</div>")

    assert texts(page)[0] == "各县（区）民政局："
    assert dropped(page) == {"栏目": reason}


def test_what_follows_the_text_is_dropped_and_listed():
    page = page_of(f"<div class='TRS_Editor'>{TEXT}</div><div><p>本月热门</p></div>")

    assert dropped(page) == {"本月热门": "正文之后的页面内容"}


def test_scripts_and_styles_are_no_text():
    page = page_of(f"<script>var 甲 = '，。';</script><style>p {{}}</style><div>{TEXT}</div>")

    assert len(page.lines) == 2
    assert page.dropped == []


def test_a_table_of_the_text_is_kept_with_its_empty_cells(saved):
    table = "<table><tr><th>县区</th><th>名额</th><th>备注</th></tr><tr><td></td><td>12</td><td></td></tr></table>"
    document = saved(f"<h1>{TITLE}</h1><div>{TEXT}{table}<p>请按名额执行，不得突破。</p></div>")

    assert "| 县区 | 名额 | 备注 |\n| --- | --- | --- |\n|  | 12 |  |\n\n请按名额执行" in document.body


def test_a_cell_over_two_rows_is_repeated_and_one_over_two_columns_is_not(saved):
    table = (
        "<table><tr><td colspan=2>地区</td><td>数</td></tr><tr><td rowspan=2>望岫区</td><td>东街</td><td>1</td></tr>"
        "<tr><td>西街</td><td>2</td></tr></table>"
    )
    document = saved(f"<h1>{TITLE}</h1><div>{TEXT}{table}</div>")

    assert "| 地区 |  | 数 |" in document.body
    assert "| 望岫区 | 西街 | 2 |" in document.body
    assert any("合并单元格" in doubt for doubt in document.doubts)


def test_a_table_that_only_arranges_the_page_is_read_as_text(saved):
    document = saved(f"<table><tr><td>{TITLE}</td></tr><tr><td>{TEXT}</td></tr></table>")

    assert document.title == TITLE
    assert "|" not in document.body


def test_the_table_above_the_text_goes_into_fields(saved):
    table = (
        "<table><tr><td>索引号：</td><td>LS001/2024-00017</td><td>文　　号：</td><td>霁民发〔2024〕12号</td></tr>"
        "<tr><td>发布机构：</td><td>霁川市民政局</td><td>成文日期：</td><td>2024年3月6日</td></tr></table>"
    )
    document = saved(f"{table}<h1>{TITLE}</h1><div>{TEXT}</div>")

    assert document.index_number == "LS001/2024-00017"
    assert document.document_number == "霁民发〔2024〕12号"
    assert document.issuer == "霁川市民政局"
    assert str(document.written_on) == "2024-03-06"


def test_metas_are_read_and_named_where_the_page_shows_nothing(saved):
    metas = (
        f"<meta name=ArticleTitle content='{TITLE}'><meta name=pubdate content='2024-03-08 09:30'>"
        "<meta name=ContentSource content='霁川日报'>"
    )
    document = saved(f"<div>{TEXT}</div>", metas)

    assert document.title == TITLE
    assert (str(document.published_on), str(document.published_time)) == ("2024-03-08", "09:30:00")
    assert document.extras["content_source"] == "霁川日报"
    assert any("pubdate" in decision.how for decision in document.decisions)


def test_a_meta_that_contradicts_the_page_is_a_conflict(saved):
    document = saved(
        f"<h1>{TITLE}</h1><p>发布日期：2024-03-09</p><div>{TEXT}</div>",
        "<meta name=PubDate content=2024-03-08>",
    )

    assert str(document.published_on) == "2024-03-09"
    assert [conflict.field for conflict in document.conflicts] == ["published_on"]


def test_headings_in_the_markup_stay_headings(saved):
    document = saved(
        f"<h1>{TITLE}</h1><article>{TEXT}<h2>检查内容</h2><p>包括消防、食品和用电安全。</p></article>"
    )

    assert "## 检查内容\n\n包括消防" in document.body


def test_attachments_links_and_pictures_are_listed(saved):
    document = saved(
        f"<h1>{TITLE}</h1><div class='TRS_Editor'>{TEXT}<img src='a.png' alt='流程图'>"
        "<p><a href='files/清单.docx'>检查清单</a>，详见<a href='https://jichuan.example/x'>专栏</a>。</p></div>"
    )

    assert {(thing.what, thing.text, thing.address) for thing in document.left_out} == {
        ("图片", "流程图", "a.png"),
        ("附件", "检查清单", "files/清单.docx"),
        ("链接", "专栏", "https://jichuan.example/x"),
    }
    assert any("附件没有带入" in doubt for doubt in document.doubts)
    assert any("图片没有带入" in doubt for doubt in document.doubts)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("1.2×10<sup>4</sup>万元，CO<sub>2</sub>，10<sup>-3</sup>吨。", "1.2×10⁴万元，CO₂，10⁻³吨。"),
        ("10<span style='vertical-align: super'>4</span>万元。", "10⁴万元。"),
        ("10<sup><b>-</b>3</sup>吨。", "10⁻³吨。"),
        ("面积<sup>注</sup>12。", "面积（上标：注）12。"),
        ("见<sup><a href='#f1'>[1]</a></sup>。", "见[1]。"),
    ],
)
def test_raised_and_lowered_characters_are_not_read_for_others(markup, text):
    assert texts(page_of(f"<div>{TEXT}<p>{markup}</p></div>"))[-1] == text


def test_a_raised_text_without_characters_of_its_own_is_told():
    page = page_of(f"<div>{TEXT}<p>面积<sup>注</sup>12。</p></div>")

    assert page.doubts == [
        "有 1 处上标、下标没有对应的字符，写成了（上标：注），请对照原件改成读者看得懂的写法。"
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<s>此句作废</s>",
        "<del>此句<b>作废</b></del>",
        "<strike>此句作废</strike>",
        "<span style='text-decoration: line-through'>此句作废</span>",
    ],
)
def test_what_is_crossed_out_is_left_out_and_listed(markup):
    page = page_of(f"<div>{TEXT}<p>检查于四月{markup}进行。</p></div>")

    assert texts(page)[-1] == "检查于四月进行。"
    assert dropped(page) == {"此句作废": "加了删除线的文字"}
    assert page.doubts == ["有 1 处加了删除线的文字没有带入，列在“略去的行”里，请与定稿核对。"]


def test_a_cell_keeps_its_words_together_and_loses_what_is_crossed_out():
    rows = (
        "<tr><th>面积（m<sup>2</sup>）</th><th>类<s>作废</s>型</th></tr>"
        "<tr><td><p>东街</p><p>1<b>2</b>号 A</p></td><td>甲<br>乙</td></tr>"
    )
    page = page_of(f"<div>{TEXT}<table>{rows}</table></div>")

    assert [line.cells for line in page.lines if line.table] == [
        ("面积（m²）", "类型"),
        ("东街 12号 A", "甲乙"),
    ]
    assert dropped(page) == {"作废": "加了删除线的文字"}


def test_a_holder_that_is_known_is_the_place_of_the_text_beside_longer_ones(saved):
    table = "<table><tr><td colspan=2>地区</td><td>价</td></tr><tr><td>望岫区</td><td>东街</td><td>2</td></tr></table>"
    document = saved(
        "<h1>霁川市自然资源局关于公布基准地价的公告</h1><div id='zoom'><p>霁自然资告〔2026〕3号</p><p>各有关单位：</p>"
        f"<p>现将基准地价公布如下。</p>{table}<img src='map.jpg' alt=''><p><a href='/xxgk/2025/old.html'>旧文件</a></p>"
        "<p><a href='/down?id=7'>附件1.地价表.doc</a></p></div><p>上一篇：关于开展土地调查的通知</p>"
        "<div><h3>相关解读</h3><p>基准地价是怎样确定的？以全市土地调查为基础，经过论证、听证、公示等程序后确定，自公布之日起施行。</p>"
        "<img src='cover.png' alt='解读'></div>"
    )

    assert document.document_number == "霁自然资告〔2026〕3号"
    assert "| 地区 |  | 价 |" in document.body
    assert "基准地价是怎样确定的" not in document.body
    assert {(thing.what, thing.address) for thing in document.left_out} == {
        ("图片", "map.jpg"),
        ("链接", "/xxgk/2025/old.html"),
        ("附件", "/down?id=7"),
        ("正文以外的图片", "cover.png"),
    }
    told = "".join(document.doubts)
    assert "有 1 个附件没有带入" in told
    assert "正文里有 1 张图片没有带入" in told
    assert "有 1 个表格带合并单元格" in told
    assert "正文之后的页面内容" in {line.reason for line in document.dropped}


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='pages_content'><p>责任编辑：李某。</p><div class='TRS_Editor'>{TEXT}</div></div>",
        f"<div class='TRS_Editor'>{TEXT}</div><div class='article-content'>热点：防汛抗旱，人人有责。</div>",
        f"<table><tr><td>栏目</td><td id='zoom'>{TEXT}</td></tr></table><p>以下是其他栏目，请点击。</p>",
        f"<div>栏目<span id='zoom'>{TEXT}</span>其他</div>",
    ],
)
def test_of_several_holders_the_one_with_the_text_is_its_place(page):
    lines = [line.text for line in page_of(page).lines]

    assert lines[-1].startswith("现就开展养老机构")


def test_a_known_holder_without_text_is_no_place(saved):
    document = saved(f"<h1>{TITLE}</h1><div id='zoom'>扫一扫在手机打开当前页</div><div>{TEXT}</div>")

    assert document.body.startswith("各县（区）民政局：")


def test_pictures_links_and_merged_cells_are_listed_where_no_place_is_found(saved):
    table = "<table><tr><td colspan=2>地区</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
    document = saved(
        f"<h1>{TITLE}</h1><p>各县（区）民政局、有关单位</p>{table}<p>详见附表。</p>"
        "<img src='a.png'><p><a href='b.html'>专栏</a></p>"
    )

    assert [(thing.what, thing.address) for thing in document.left_out] == [
        ("图片", "a.png"),
        ("链接", "b.html"),
    ]
    assert any("1 个表格带合并单元格" in doubt for doubt in document.doubts)


def test_a_notice_of_short_sentences_is_a_document(saved):
    text = ("现将规划公布如下：", "详见规划说明。", "霁川市民政局", "2024年3月6日")
    document = saved(f"<h1>{TITLE}</h1><div id='zoom'>{''.join(f'<p>{line}</p>' for line in text)}</div>")

    assert document.body.split() == list(text)
    assert str(document.written_on) == "2024-03-06"


def test_a_line_end_in_the_source_is_no_space_between_two_characters():
    assert (
        texts(page_of(f"<div>{TEXT}<p>各有关\n   单位 见 A\nB，执行。</p></div>"))[-1]
        == "各有关单位 见 A B，执行。"
    )


def test_breaks_and_preformatted_lines_end_lines():
    assert texts(page_of(f"<div>{TEXT}<p>甲<br>乙</p><pre>丙\n丁</pre></div>"))[-4:] == [
        "甲",
        "乙",
        "丙",
        "丁",
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (codecs.BOM_UTF8 + "公开".encode(), "公开"),
        ("公开".encode(), "公开"),
        (codecs.BOM_UTF16_LE + "公开".encode("utf-16-le"), "公开"),
        (codecs.BOM_UTF16_BE + "公开".encode("utf-16-be"), "公开"),
        ("<meta charset=gb2312>公开㐀".encode("gb18030"), "<meta charset=gb2312>公开㐀"),
        ("公开".encode("gb18030"), "公开"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">公開'.encode("big5"), "公開"),
        ('<?xml version="1.0" encoding="GBK"?>公开'.encode("gbk"), "公开"),
        ("<meta charset=gb2312>公开".encode(), "<meta charset=gb2312>公开"),
        ("<meta charset=no-such>公开".encode("gb18030"), "公开"),
        ("<meta charset=utf-8>公开".encode("gb18030"), "公开"),
    ],
)
def test_every_usual_encoding_is_read(data, text):
    assert text in decode_page(data)


@pytest.mark.parametrize("data", [b"<meta charset=utf-8>\xff\xff", TEXT.encode() + b"\xff" * 9])
def test_bytes_of_no_encoding_are_refused(data):
    with pytest.raises(Refusal, match="读不出文字"):
        decode_page(data)


def test_a_single_damaged_character_is_passed_over_and_told():
    page = read_html(f"<div>{TEXT}</div>".encode().replace("养".encode(), b"\xff"))

    assert "\ufffd老机构" in texts(page)[1]
    assert "1 处字读不出来" in page.doubts[0]


def test_the_title_a_page_states_is_not_joined_with_links_above_it(saved):
    links = "<p><a href=/>霁川市政府门户网站</a></p><p><a href=/x>霁川市民政局</a></p>"
    document = saved(
        f"{links}<h1>{TITLE}</h1><div>{TEXT}</div>", f"<meta name=ArticleTitle content='{TITLE}'>"
    )

    assert document.title == TITLE


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3_000 + "正文，" + TEXT,
        "<b>" * 3_000 + TEXT,
        "<table><tr><td>" * 800 + TEXT,
        "<![if x]>" + TEXT,
        "<!--" * 100 + TEXT,
        "</p>" * 1_000 + TEXT,
        "<p" * 2_000,
        "<table><tr><td colspan=99999999 rowspan=-3>甲</td><td rowspan=999999>乙</td></tr></table>" + TEXT,
        "<meta name content><img src><a href>" + TEXT,
        "&#x110000;&#0;&notanentity;" + TEXT,
        "<a>" * 200_001,
    ],
)
def test_markup_that_nobody_should_write_is_read_or_refused(body, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    document = read_file(path)

    assert document.refused or "养老机构" in document.body


def test_nothing_of_the_page_is_lost(saved):
    document = saved(
        f"<div class=nav>首页</div><h1>{TITLE}</h1><p>字号：大 中 小</p><div>{TEXT}</div><p>友情链接</p>"
    )
    kept = document.body + "".join(line.text for line in (*document.dropped, *document.taken))

    for text in ("首页", TITLE, "字号：大 中 小", "各县（区）民政局：", "友情链接"):
        assert text in kept


def test_a_list_of_labels_and_values_goes_into_fields(saved):
    labels = {"索引号": "LS001/2024-00017", "发布日期": "2024-03-08", "主送机关": "各县（区）民政局"}
    pairs = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in labels.items())
    document = saved(f"<h1>{TITLE}</h1><dl>{pairs}</dl><div>{TEXT}</div>")

    assert (document.index_number, str(document.published_on)) == ("LS001/2024-00017", "2024-03-08")
    assert document.body.startswith("各县（区）民政局：\n\n现就")
