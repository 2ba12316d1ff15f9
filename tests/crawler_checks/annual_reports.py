"""Annual reports as pages, whole and right unless a test changes something."""

from __future__ import annotations

from plugins.disclosure.annual_report import form_of_year
from tests.crawler_checks.sites import html

FORM = form_of_year(2024)
PROSE = {
    "一、总体情况": "全年主动公开政府信息一千余条，依申请公开渠道畅通，没有发生复议和诉讼。",
    "五、存在的主要问题及改进情况": "存在的问题是个别解读晚于时限，下一步将实行文件与解读同步报批，加强检查。",
    "六、其他需要报告的事项": "本年度没有收取信息处理费，也没有其他需要报告的事项。",
}
ZERO = (0, 0, 0, 0, 0, 0, 0)
RIGHT = {"new_received": (9, 0, 0, 0, 1, 0, 10), "granted": (7, 0, 0, 0, 1, 0, 8), "result_total": (7, 0, 0, 0, 1, 0, 8),
         "carried_forward": (2, 0, 0, 0, 0, 0, 2)}  # fmt: skip


def report(
    year: int = 2024,
    organ: str = "某市民政局",
    *,
    published: str = "",
    without: tuple[str, ...] = (),
    figures: dict[str, tuple[object, ...]] | None = None,
    prose: dict[str, str] | None = None,
    tables: bool = True,
    more: str = "",
    order: tuple[int, ...] = (0, 1, 2, 3, 4, 5),
) -> str:
    """One report."""
    said = PROSE | (prose or {})
    written = RIGHT | (figures or {})
    parts = [FORM.parts[number] for number in order if FORM.parts[number].heading not in without]
    body = "".join(
        f"<h2>{part.heading}</h2>"
        + (_table(part.table, written) if part.table and tables else "")
        + f"<p>{said.get(part.heading, '')}</p>"
        for part in parts
    )
    title = f"{organ}{year}年政府信息公开工作年度报告"
    day = published or f"{year + 1}-01-20"
    return html(f"<h1>{title}</h1><p>发布时间：{day}</p>{body}{more}", title=title)


def _table(key: str, written: dict[str, tuple[object, ...]]) -> str:
    table = FORM.table(key)
    assert table is not None
    if key == "part4":
        heads = (
            "<tr>"
            + "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>" * 3
            + "</tr>"
        )
        return f"<table>{heads}<tr>{'<td>0</td>' * 15}</tr></table>"
    rows = ""
    for row in table.rows:
        cells = written.get(row.key, (0,) * len(row.columns))
        rows += f"<tr><td>{row.label}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    return f"<table>{rows}</table>"
