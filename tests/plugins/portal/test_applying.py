"""依申请公开: the form first, every organ with a way."""

from pathlib import Path

from bs4 import BeautifulSoup

CONTENT = Path(__file__).parents[3] / "content"


def test_the_form_comes_first_and_an_organ_without_a_guide_has_its_telephone(office) -> None:
    guide = (CONTENT / "guide/government.md").read_text(encoding="utf-8")
    office.write(
        "guide/government.md", guide.replace("政府信息公开申请表\n", "政府信息公开申请表；map.txt｜交通图\n")
    )
    (office.content / "attachments").mkdir()
    form = (CONTENT / "attachments/apply-form.docx").read_bytes()
    (office.content / "attachments/apply-form.docx").write_bytes(form)
    (office.content / "attachments/map.txt").write_text("甲路乙街。\n", encoding="utf-8")
    office.build()
    page = BeautifulSoup((office.output / "section/apply.html").read_text(encoding="utf-8"), "lxml")
    forms = [(a["href"], a.get_text()) for a in page.select("header .ways a")]
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]

    assert forms[0] == ("../attachments/apply-form.docx", "下载政府信息公开申请表（Word 文档，1 KB）")
    assert not any("交通图" in name for _, name in forms)
    assert rows == [
        ["霁川市人民政府", "霁川市人民政府办公室政务公开科", "0990-5550101"],
        ["霁川市财政局", "指南尚未公布，请电话询问", "0990-5550118"],
    ]
    assert [a["href"] for a in page.select("tbody td a")] == ["tel:0990-5550101", "tel:0990-5550118"]
