"""Word files: numbers that Word counts, tables, tracked changes, and what is reported instead of carried over."""

import pytest

from plugins.disclosure.importers.formats import read_file
from plugins.disclosure.importers.imported import LeftOut
from plugins.disclosure.importers.refusal import Refusal
from plugins.disclosure.importers.review import review_of
from plugins.disclosure.importers.word_file import read_docx
from plugins.disclosure.importers.word_numbers import chinese_number

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
TEXT = ["各县（区）民政局：", "现就开展养老机构安全检查有关事项通知如下，请认真组织实施，及时报送结果。"]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows):
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def cell(text, properties=""):
    return f"<w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}"


def texts(page):
    return [line.text for line in page.lines]


def listed(level, list_=1):
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_}'/></w:numPr>"


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId='7'>
<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>
<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>
<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>
<w:lvl w:ilvl='3'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl>
</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num></w:numbering>"""


def test_numbers_that_word_counts_stand_in_the_text(word):
    levels = [0, 1, 1, 2, 2, 3, 0, 1]
    body = [paragraph(run(f"事项{place}"), properties=listed(level)) for place, level in enumerate(levels)]
    page = read_docx(word(body, numbering=NUMBERING))

    assert [text.partition("事项")[0] for text in texts(page)] == [
        *("一、", "（一）", "（二）", "1.", "2.", "", "二、", "（一）")
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (102, "一百零二"), (0, "0")],
)
def test_numbers_are_written_as_documents_write_them(number, written):
    assert chinese_number(number) == written


def test_numbers_and_headings_come_from_the_style_too(word):
    styles = (
        f"<w:styles {W}><w:style w:styleId='a3'><w:name w:val='heading 2'/><w:basedOn w:val='a3'/>"
        f"<w:pPr>{listed(0)}</w:pPr></w:style></w:styles>"
    )
    body = [paragraph(run("检查内容"), properties="<w:pStyle w:val='a3'/>")]
    (line,) = read_docx(word(body, numbering=NUMBERING, styles=styles)).lines

    assert (line.text, line.heading) == ("一、检查内容", 2)


def test_tracked_changes_are_accepted_reported_and_listed(word):
    body = [
        *TEXT,
        paragraph(
            run("检查于"),
            f"<w:del w:author='李某'><w:r><w:delText>三月</w:delText></w:r></w:del><w:ins w:author='李某'>{run('四月')}</w:ins>",
            run("进行。"),
        ),
    ]
    page = read_docx(word(body))

    assert texts(page)[-1] == "检查于四月进行。"
    assert [(line.text, line.reason) for line in page.dropped] == [("三月", "修订中删去的文字")]
    assert "2 处修订" in page.doubts[0]
    assert "李某" not in str(page)


def test_the_author_is_reported_and_in_no_content(word, tmp_path):
    core = (
        "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>王某某</dc:creator></cp:coreProperties>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word(["霁川市民政局关于开展检查的通知", *TEXT], core=core))
    document = read_file(path)

    assert LeftOut("作者", "王某某") in document.left_out
    assert "王某某" not in document.body
    assert "王某某" not in review_of(document, None, {})


def test_a_table_keeps_its_cells_and_merged_ones_are_repeated(word):
    rows = table(
        [cell("地区", "<w:gridSpan w:val='2'/>"), cell("数")],
        [cell("望岫区", "<w:vMerge w:val='restart'/>"), cell("东街"), cell("1")],
        [cell("", "<w:vMerge/>"), cell("西街"), cell("2")],
    )
    page = read_docx(word([*TEXT, rows]))

    assert [line.cells for line in page.lines if line.table] == [
        ("地区", "", "数"),
        ("望岫区", "东街", "1"),
        ("望岫区", "西街", "2"),
    ]
    assert any("合并单元格" in doubt for doubt in page.doubts)


def test_a_table_of_one_column_is_text(word):
    page = read_docx(word([table([cell("霁川市民政局文件")], [cell("霁民发〔2024〕12号")])]))

    assert [(line.text, line.table) for line in page.lines] == [
        ("霁川市民政局文件", 0),
        ("霁民发〔2024〕12号", 0),
    ]


def test_text_in_a_box_is_read_once(word):
    box = f"<w:txbxContent>{paragraph(run('霁 川 市 民 政 局 文 件'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert texts(read_docx(word([paragraph(both), *TEXT]))) == ["霁川市民政局文件", *TEXT]


def test_what_readers_do_not_see_is_dropped_and_listed(word):
    styles = f"<w:styles {W}><w:style w:styleId='T'><w:name w:val='toc 1'/></w:style></w:styles>"
    body = [
        paragraph(run("检查内容 3"), properties="<w:pStyle w:val='T'/>"),
        paragraph(run("内部意见", "<w:vanish/>"), run("检查如下。")),
    ]
    header = f"<w:hdr {W}>{paragraph(run('内部资料'))}</w:hdr>"
    page = read_docx(word(body, styles=styles, header1=header))

    assert texts(page) == ["检查如下。"]
    assert {line.text: line.reason for line in page.dropped} == {
        "检查内容 3": "Word 生成的目录",
        "内部意见": "隐藏文字",
        "内部资料": "页眉页脚",
    }


def test_pictures_links_notes_and_comments_are_listed(word):
    picture = "<w:r><w:drawing><wp:inline><wp:docPr id='1' descr='流程图'/></wp:inline></w:drawing></w:r>"
    link = f"<w:hyperlink r:id='r1'>{run('专栏')}</w:hyperlink>"
    rels = "<R xmlns='x'><Relationship Id='r1' Target='https://jichuan.example/'/></R>"
    notes = f"<w:footnotes {W}><w:footnote>{paragraph(run('指统计口径。'))}</w:footnote></w:footnotes>"
    comments = f"<w:comments {W}><w:comment>{paragraph(run('请再核'))}</w:comment></w:comments>"
    page = read_docx(word([*TEXT, paragraph(picture, link)], rels=rels, footnotes=notes, comments=comments))

    assert page.left_out == [
        LeftOut("图片", "流程图"),
        LeftOut("链接", "专栏", "https://jichuan.example/"),
        LeftOut("脚注", "指统计口径。"),
        LeftOut("批注", "请再核"),
    ]
    assert len(page.doubts) == 3


RAISED, LOWERED = "<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((run("1.2×10"), run("4", RAISED), run("万元")), "1.2×10⁴万元"),
        ((run("CO"), run("2", LOWERED)), "CO₂"),
        ((run("10"), run("-", RAISED), run("3", RAISED), run("吨")), "10⁻³吨"),
        (
            (run("面积"), run("注", RAISED), run("12"), run("有效", LOWERED)),
            "面积（上标：注）12（下标：有效）",
        ),
        ((run("见"), run("[1]", RAISED)), "见[1]"),
        ((run("10"), run("4", "<w:vertAlign w:val='baseline'/>")), "104"),
    ],
)
def test_raised_and_lowered_characters_are_not_read_for_others(word, runs, text):
    assert texts(read_docx(word([paragraph(*runs)]))) == [text]


def test_a_raised_text_without_characters_of_its_own_is_told(word):
    page = read_docx(word([*TEXT, paragraph(run("面积"), run("注", RAISED))]))

    assert page.doubts == [
        "有 1 处上标、下标没有对应的字符，写成了（上标：注），请对照原件改成读者看得懂的写法。"
    ]


def test_the_mark_of_a_footnote_is_no_character_of_the_text(word):
    mark = f"<w:r><w:rPr>{RAISED}</w:rPr><w:footnoteReference w:id='2'/></w:r>"
    starred = f"<w:r><w:rPr>{RAISED}</w:rPr><w:footnoteReference w:customMarkFollows='1'/><w:t>甲</w:t></w:r>"

    assert texts(read_docx(word([paragraph(run("共 10"), mark, run("件"), starred)]))) == ["共 10件甲"]


def test_what_is_crossed_out_is_left_out_and_each_place_is_listed(word):
    body = [
        *TEXT,
        paragraph(
            run("检查于四月进行。"), run("此句", "<w:strike/>"), run("作废", "<w:strike/>"), run("请配合。")
        ),
        paragraph(run("第二条作废", "<w:dstrike/>")),
        table([cell("甲"), cell("乙")], [f"<w:tcPr/>{paragraph(run('丙', '<w:strike/>'))}", cell("丁")]),
        paragraph(run("不算", "<w:strike w:val='0'/>")),
    ]
    page = read_docx(word(body))

    assert texts(page)[2:] == ["检查于四月进行。请配合。", "甲 乙", "丁", "不算"]
    assert [(line.text, line.reason) for line in page.dropped] == [
        ("此句作废", "加了删除线的文字"),
        ("第二条作废", "加了删除线的文字"),
        ("丙", "加了删除线的文字"),
    ]
    assert page.doubts == ["有 3 处加了删除线的文字没有带入，列在“略去的行”里，请与定稿核对。"]


def test_a_style_crosses_out_and_raises_as_the_text_itself_does(word):
    styles = (
        f"<w:styles {W}><w:style w:styleId='X'><w:rPr><w:strike/></w:rPr></w:style>"
        f"<w:style w:styleId='Y'><w:basedOn w:val='Z'/></w:style><w:style w:styleId='Z'><w:rPr>{RAISED}</w:rPr></w:style>"
        "</w:styles>"
    )
    body = [
        paragraph(run("10"), run("4", "<w:rStyle w:val='Y'/>")),
        paragraph(run("作废"), run("保留", "<w:strike w:val='0'/>"), properties="<w:pStyle w:val='X'/>"),
    ]

    assert texts(read_docx(word(body, styles=styles))) == ["10⁴", "保留"]


def test_a_formula_is_listed(word):
    formula = (
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
        "<m:r><m:t>S=ab</m:t></m:r></m:oMath>"
    )
    page = read_docx(word([*TEXT, paragraph(run("面积按"), formula, run("计算。"))]))

    assert page.left_out == [LeftOut("公式", "S=ab")]
    assert page.doubts == ["有 1 个公式没有带入，请对照原件补上。"]


def test_a_break_ends_a_line_and_a_field_code_is_no_text(word):
    body = [paragraph("<w:r><w:instrText>PAGE</w:instrText><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>")]

    assert texts(read_docx(word(body))) == ["甲", "乙"]


def test_a_bomb_of_entities_is_refused(packed):
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"
    with pytest.raises(Refusal, match="XML 实体"):
        read_docx(packed({"word/document.xml": bomb}))


def test_a_bomb_of_zeros_is_refused(packed):
    with pytest.raises(Refusal, match="大得不像一份文件"):
        read_docx(packed({"word/document.xml": "<w>" + " " * 61_000_000}))


def test_an_archive_of_very_many_parts_is_refused(packed):
    with pytest.raises(Refusal, match="大得不像一份文件"):
        read_docx(packed({f"part{number}": "" for number in range(5_001)}))


@pytest.mark.parametrize(
    "parts",
    [{}, {"xl/workbook.xml": "<workbook/>"}, {"word/document.xml": f"<w:document {W}/>"}],
)
def test_an_archive_without_a_document_is_refused(packed, parts):
    with pytest.raises(Refusal, match="没有 Word 文档"):
        read_docx(packed(parts))


@pytest.mark.parametrize("document", ["", "<w:document", "\x00", "<a><b></a>"])
def test_xml_that_is_none_is_refused(packed, document):
    with pytest.raises(Refusal, match="损坏"):
        read_docx(packed({"word/document.xml": document}))


def test_tables_in_tables_without_end_are_refused(word):
    nested = "<w:tbl><w:tr><w:tc>" * 100 + paragraph(run("甲")) + "</w:tc></w:tr></w:tbl>" * 100
    with pytest.raises(Refusal, match="嵌套太深"):
        read_docx(word([nested]))


def test_broken_numbers_do_no_harm(word):
    numbering = f"<w:numbering {W}><w:abstractNum><w:lvl w:ilvl='x'/></w:abstractNum><w:num/></w:numbering>"
    body = [
        paragraph(run("甲"), properties=listed("9999999999", "x")),
        paragraph(run("乙"), properties=listed(0)),
    ]

    assert texts(read_docx(word(body, numbering=numbering))) == ["甲", "乙"]
