"""Importing files: what is written, what is left alone, what is refused."""

import pytest

from plugins.disclosure.importers import BadDefault, BadId, as_json, as_text, import_files, plan_import

NOTICE = """霁川市民政局关于开展养老机构安全检查的通知
霁民发〔2023〕12号
各县（区）民政局：
现就开展养老机构安全检查通知如下，请于5月10日前将结果报送市民政局。
霁川市民政局
2023年4月6日
"""
OTHER = NOTICE.replace("养老机构安全", "殡葬服务价格").replace("12号", "13号").replace("5月10日", "6月20日")
KEYS = [
    *("source", "kind", "title", "document_number", "index_number", "issuer", "written_on", "published_on"),
    *("addressees", "headings", "tasks", "inferred", "conflicts", "dropped", "refused"),
]


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "sources" / "check-2023.txt"
    path.parent.mkdir()
    path.write_text(NOTICE, encoding="utf-8")
    return path


@pytest.fixture
def into(tmp_path):
    return tmp_path / "content"


def files(into):
    return {
        path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()
    }


def states(run):
    return [outcome.state for outcome in run.outcomes]


def test_a_notice_becomes_a_content_file_with_an_empty_place_for_the_reviewer(source, into):
    import_files([source], into)
    assert (into / "policy" / "2023-0012-75b9.md").read_text(encoding="utf-8") == (
        "---\n"
        "标题: 霁川市民政局关于开展养老机构安全检查的通知\n"
        "索引号:\n"
        "发布机构: 霁川市民政局\n"
        "发布日期:\n"
        "公开方式:\n"
        "审查人:\n"
        "审查日期:\n"
        "文号: 霁民发〔2023〕12号\n"
        "体裁: 通知\n"
        "成文日期: 2023-04-06\n"
        "主送机关: 各县（区）民政局\n"
        "---\n"
        "\n"
        "各县（区）民政局：\n"
        "\n"
        "现就开展养老机构安全检查通知如下，请于5月10日前将结果报送市民政局。\n"
        "\n"
        "霁川市民政局\n"
        "\n"
        "2023年4月6日\n"
    )


def test_a_plan_writes_nothing(source, into):
    assert states(plan_import([source], into)) == ["new"]
    assert not into.exists()


def test_importing_twice_is_the_same_as_once(source, into):
    assert states(import_files([source], into)) == ["new"]
    before = files(into)
    assert states(import_files([source], into)) == ["unchanged"]
    assert files(into) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("审查人:", "审查人: 办公室"),
        ("标题: 霁川市民政局关于", "标题: 关于"),
        ("请于5月10日前", "请于5月15日前"),
    ],
)
def test_what_a_person_has_edited_is_never_written_over(source, into, old, new):
    import_files([source], into)
    path = into / "policy" / "2023-0012-75b9.md"
    edited = path.read_text(encoding="utf-8").replace(old, new)
    path.write_text(edited, encoding="utf-8")
    before = files(into)
    run = import_files([source], into)
    assert states(run) == ["kept"]
    assert files(into) == before
    assert "已有，和这次会写成的不一样" in as_text(run)


def test_an_edited_report_is_left_alone_too(source, into):
    import_files([source], into)
    report = into / "import-review" / "policy-2023-0012-75b9.md"
    report.write_text(report.read_text(encoding="utf-8").replace("- [ ]", "- [x]"), encoding="utf-8")
    before = files(into)
    import_files([source], into)
    assert files(into) == before


def test_two_documents_of_one_file_name_get_two_records(source, into, tmp_path):
    source.write_text(NOTICE.replace("霁民发〔2023〕12号\n", ""), encoding="utf-8")
    other = tmp_path / "more" / "check-2023.txt"
    other.parent.mkdir()
    other.write_text(
        "霁川市教育局关于中小学放假的通知\n经研究，中小学于七月六日放暑假，九月一日开学。\n霁川市教育局\n2023年6月6日\n",
        encoding="utf-8",
    )
    run = import_files([source, other], into)
    assert states(run) == ["new", "new"]
    assert len({outcome.file.name for outcome in run.outcomes}) == 2
    before = files(into)
    assert states(import_files([source, other], into)) == ["unchanged", "unchanged"]
    assert states(import_files([other], into)) == ["unchanged"]
    assert files(into) == before


@pytest.mark.parametrize(
    ("number", "name", "id_"),
    [
        ("霁民发〔2023〕12号", "check.txt", "2023-0012-75b9"),
        ("霁民发〔2023〕12号", "通知.txt", "2023-0012-75b9"),
        ("霁民函〔2023〕12号", "check.txt", "2023-0012-fab1"),
        ("", "check-2023.txt", "check-2023"),
    ],
)
def test_an_id_comes_from_the_number_and_else_from_the_file(source, into, number, name, id_):
    renamed = source.with_name(name)
    renamed.write_text(
        source.read_text(encoding="utf-8").replace("霁民发〔2023〕12号", number), encoding="utf-8"
    )
    run = import_files([renamed], into)
    assert run.outcomes[0].file.id == id_
    assert f"网址将是 policy/{id_}.html，发布以后不再改" in as_text(run)


def test_an_editor_may_say_which_id_it_is(source, into):
    assert import_files([source], into, id_="2026-0008").outcomes[0].file.name == "policy/2026-0008.md"
    assert states(import_files([source], into, id_="2026-0008")) == ["unchanged"]


@pytest.mark.parametrize(
    ("count", "id_", "message"),
    [
        (1, "第8号", "编号“第8号”要用作网址，只能有小写字母、数字和短横，例如 2026-0008。"),
        (2, "2026-0008", "--id 一次只能给一个文件编号，请一个一个导入。"),
    ],
)
def test_an_id_that_cannot_be_is_refused_before_anything_is_written(source, into, count, id_, message):
    with pytest.raises(BadId) as refused:
        import_files([source] * count, into, id_=id_)
    assert refused.value.message_zh == message
    assert not into.exists()


def test_an_id_that_is_another_documents_is_refused(source, into):
    path = into / "policy" / "2026-0008.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\n标题: 别的\n文号: 霁民发〔2020〕1号\n---\n\n别的。\n", encoding="utf-8")
    before = files(into)
    with pytest.raises(BadId, match="policy/2026-0008"):
        import_files([source], into, id_="2026-0008")
    assert files(into) == before


def test_a_name_that_cannot_be_an_address_is_replaced_by_a_digest(source, into):
    renamed = source.with_name("关于安全检查的通知.txt")
    renamed.write_text(source.read_text(encoding="utf-8").replace("霁民发〔2023〕12号", ""), encoding="utf-8")
    run = import_files([renamed], into)
    assert run.outcomes[0].file.id.startswith("import-")
    assert states(import_files([renamed], into)) == ["unchanged"]


def test_defaults_fill_what_is_empty_and_the_issuer_is_replaced(source, into):
    settings = {
        "审查人": "办公室 林",
        "reviewed_on": "发布日期",
        "发布日期": "成文日期",
        "发布机构": "civil-affairs",
    }
    import_files([source], into, settings | {"文号": "霁民发〔1999〕1号"})
    text = (into / "policy" / "2023-0012-75b9.md").read_text(encoding="utf-8")
    assert "审查人: 办公室 林\n审查日期: 2023-04-06\n" in text
    assert "发布机构: civil-affairs\n发布日期: 2023-04-06\n" in text
    assert "文号: 霁民发〔2023〕12号\n" in text


def test_a_default_for_no_field_is_refused_with_the_fields_there_are(source, into):
    with pytest.raises(BadDefault) as refusal:
        import_files([source], into, {"审核人": "办公室"})
    assert refusal.value.message_zh.startswith("没有“审核人”这一项。可以写的有：标题、索引号、发布机构")
    assert 'There is no field "审核人".' in refusal.value.message_en
    assert not into.exists()


@pytest.mark.parametrize(
    ("data", "document"),
    [
        (NOTICE.encode("utf-8-sig"), "霁民发〔2023〕12号"),
        (NOTICE.encode("gb18030"), "霁民发〔2023〕12号"),
        (NOTICE.replace("\n", "\r\n").encode("gb18030"), "霁民发〔2023〕12号"),
    ],
)
def test_utf8_with_a_mark_and_gb18030_are_read(source, into, data, document):
    source.write_bytes(data)
    run = import_files([source], into)
    assert run.outcomes[0].document.document_number == document


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "内容是空的"),
        (b"\xff\xfe\x00\x01", "UTF-16"),
        (NOTICE.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00word", "内容却是压缩包"),
        (b"text\x00text", "不是文本文件"),
        (b"\x81\x20\xff\xfe\xfd" * 20, "认不出是哪种编码"),
        (b"<html><body><p>" + NOTICE.encode() + b"</p></body></html>", "网页的源代码"),
        (NOTICE.encode("utf-8").decode("gb18030", "replace").encode("utf-8"), "乱码"),
        (b"1 2 3 4 5\n" * 30, "只有 0 个汉字"),
        ("首页\n联系我们\n霁川市人民政府关于做好春季防火工作的通知\n".encode(), "没有正文"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(source, into, data, told):
    source.write_bytes(data)
    run = import_files([source], into)
    (refused,) = run.refused
    assert told in refused.document.refused
    assert "/ " in refused.document.refused
    assert [path.name for path in into.rglob("*.md")] == ["refused-check-2023.md"]


def test_a_missing_file_and_a_folder_are_refused_and_the_others_are_imported(source, into):
    run = import_files([source.with_name("no.txt"), source.parent, source], into)
    assert states(run) == ["refused", "refused", "new"]


def test_the_json_has_exactly_the_keys_of_the_contract(source, into, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    documents = as_json(import_files([source, empty], into))
    assert [list(document) for document in documents] == [KEYS, KEYS]
    assert documents[0]["source"] == source.as_posix()
    assert documents[0]["tasks"] == [
        {"heading": documents[0]["tasks"][0]["heading"], "lead": [], "responsible": [], "due": ["5月10日前"]}
    ]
    assert documents[0]["inferred"] == []
    assert documents[1]["refused"].startswith("内容是空的")
    assert documents[1]["kind"] is None


def test_a_number_that_is_written_otherwise_is_not_said_to_be_absent(source, into):
    source.write_text(f"索引号：PX014-2026-0031\n{NOTICE}", encoding="utf-8")
    run = import_files([source], into)
    report = (into / "import-review" / run.outcomes[0].review_name).read_text(encoding="utf-8")
    assert "- [ ] 请补填“索引号”：文中的写法不合要求，见下面。" in report
    assert "写作“PX014-2026-0031”" in report


def test_the_report_lists_every_decision_and_what_is_left_to_do(source, into):
    source.write_text(f"首页 > 通知\n浏览次数：12\n发布机构：市民政局\n{NOTICE}", encoding="utf-8")
    run = import_files([source], into)
    report = (into / "import-review" / run.outcomes[0].review_name).read_text(encoding="utf-8")
    assert "# 导入核对：霁川市民政局关于开展养老机构安全检查的通知\n" in report
    assert "- [ ] 请补填“审查人”：导入的文字没有经过本单位的保密审查" in report
    assert "- [ ] 请补填“发布日期”：文中没有写明。" in report
    assert "| 文号 | 霁民发〔2023〕12号 | 正文上方单独一行（第 5 行） |  |" in report
    assert "| 公开方式 | 主动公开 | 取自公开的网页，按主动公开填写 | 是 |" in report
    assert "| 1 | 首页 &gt; 通知 | 导航 |" in report or "| 1 | 首页 > 通知 | 导航 |" in report
    assert "| 2 | 浏览次数：12 | 分享与页面工具 |" in report
    assert "| 3 | 发布机构：市民政局 | 页面标注 |" in report


def test_the_folder_of_a_kind_says_which_kind_it_is(source, into):
    run = import_files([source], into / "interpretation")

    assert [path for path in files(into) if path.endswith("2023-0012-75b9.md")] == [
        "import-review/interpretation-2023-0012-75b9.md",
        "interpretation/2023-0012-75b9.md",
    ]
    assert "--into 写明文件夹 interpretation" in run.outcomes[0].review
    assert states(import_files([source], into / "interpretation")) == ["unchanged"]


def test_a_default_for_a_field_of_that_kind_is_taken(source, into):
    import_files([source], into / "interpretation", {"解读文件": "policy/2023-0001"})

    assert "解读文件: policy/2023-0001" in (into / "interpretation" / "2023-0012-75b9.md").read_text(
        encoding="utf-8"
    )


def test_a_content_folder_may_be_called_like_a_kind(source, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "site.yaml").write_text("", encoding="utf-8")
    import_files([source], folder)

    assert (folder / "policy" / "2023-0012-75b9.md").exists()


def test_organs_are_no_documents(source, tmp_path):
    import_files([source], tmp_path / "organ")

    assert (tmp_path / "organ" / "policy" / "2023-0012-75b9.md").exists()


NEWS = "我局开展防汛检查\n6月3日，我局对河道、水库开展防汛检查，发现问题5处，当场整改3处。\n"


@pytest.mark.parametrize(
    ("organs", "issuer"),
    [
        ("编号,机构全称,机构简称\nwater,霁川市水务局,水务局\n", "霁川市水务局"),
        ("编号,机构全称,机构简称\nwater,霁川市水务局,水务局\nfinance,霁川市财政局,财政局\n", None),
        (None, None),
    ],
)
def test_news_that_names_no_organ_is_of_the_only_one_there_is(source, into, organs, issuer):
    source.write_text(NEWS, encoding="utf-8")
    if organs:
        into.mkdir()
        (into / "organs.csv").write_text(organs, encoding="utf-8")

    (outcome,) = plan_import([source], into).outcomes

    assert outcome.document.issuer == issuer
    assert ("issuer" in outcome.document.inferred) == (issuer is not None)
    assert ("没有写明发布机构" in outcome.review) == (issuer is None)
    assert ("organs.csv 里只有这一个机构" in outcome.review) == (issuer is not None)


def test_the_organ_that_a_notice_names_is_not_replaced_by_the_only_one(source, into):
    into.mkdir()
    (into / "organs.csv").write_text("编号,机构全称,机构简称\nwater,霁川市水务局,水务局\n", encoding="utf-8")

    (outcome,) = plan_import([source], into).outcomes

    assert outcome.document.issuer == "霁川市民政局"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"审查日期": "2026-02-30"}, "--set 审查日期=2026-02-30：写作“2026-02-30”，"),
        ({"发布机构": "市民正局"}, "--set 发布机构=市民正局：写作“市民正局”，"),
        ({"公开方式": "公开"}, "--set 公开方式=公开：写作“公开”，"),
    ],
)
def test_a_default_that_would_be_an_error_in_every_file_is_refused_before_anything_is_written(
    source, into, settings, told
):
    into.mkdir()
    (into / "organs.csv").write_text(
        "编号,机构全称,机构简称\ncivil-affairs,霁川市民政局,市民政局\nfinance,霁川市财政局,市财政局\n",
        encoding="utf-8",
    )
    with pytest.raises(BadDefault) as refusal:
        import_files([source], into, settings)
    assert refusal.value.message_zh.startswith(told)
    assert [path.name for path in into.iterdir()] == ["organs.csv"]


def test_what_the_editor_sets_is_not_told_as_missing(source, into):
    without, told = (
        plan_import([source], into, settings).outcomes[0].review
        for settings in ({}, {"发布日期": "成文日期"})
    )
    assert "没有写明发布日期，留空。" in without
    assert "没有写明发布日期" not in told
    assert "导入时用 --set 指定" in told
