"""A small office whose content a test writes and edits in place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from plugins.portal.build import build_site

TODAY = date(2026, 11, 20)

SITE = """name: 霁川市政府信息公开
city: 霁川市
base_address: https://www.jichuan.example/xxgk/
government: government
regime: cn
description: 霁川市政府信息公开平台。
id_code: "9901000001"
icp_number: 京ICP备00000000号-1
police_number: 京公网安备00000000000000号
sponsor: 霁川市人民政府办公室
organizer: 霁川市政务公开办公室
contact_phone: 0990-5550101
contact_email: xxgk@jichuan.example
contact_address: 霁川市望岫区听雨路1号
report_error_address: https://www.jichuan.example/jiucuo/
"""

ORGANS = """编号,机构全称,机构简称,机构类别,机构代码,机关职能,机构设置,办公地址,办公时间,联系电话,负责人姓名,上级机关
government,霁川市人民政府,市政府,市人民政府,010000001,领导全市行政工作,办公室,听雨路1号,工作日,0990-5550101,闻景澄,
finance,霁川市财政局,市财政局,市直部门,010000019,管理财政收支,办公室；预算科,听雨路18号,工作日,0990-5550118,沈砚秋,霁川市人民政府
"""


@dataclass
class Office:
    """A content folder with an output folder beside it."""

    content: Path
    output: Path

    def write(self, name: str, text: str) -> None:
        """Write one file below the content folder."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def policy(self, number: int, *, title: str = "", body: str = "", **more: str) -> None:
        """A policy `policy/2025-0001`, published on a day of its own unless `发布日期` says otherwise."""
        day = date(2025, 1 + number % 12, 1 + number % 28).isoformat()
        fields = {
            "标题": title or f"关于第{number}件事的通知",
            "索引号": f"010000001/2025-{number:05d}",
            "文号": f"霁政办发〔2025〕{number}号",
            "发布机构": "霁川市人民政府",
            "主题分类": "综合政务\\政务公开",
            "成文日期": day,
            "发布日期": day,
            "公开方式": "主动公开",
            "审查人": "办公室",
            "审查日期": day,
        } | more
        front = "".join(f"{key}: {value}\n" for key, value in fields.items())
        self.write(
            f"policy/2025-{number:04d}.md", f"---\n{front}---\n{body or f'第{number}件事，请认真落实。'}\n"
        )

    def interpretation(self, title: str, interprets: str) -> None:
        """An interpretation of a policy, by the finance department."""
        fields = {
            "标题": title,
            "发布机构": "霁川市财政局",
            "解读文件": interprets,
            "解读形式": "文字解读",
            "发布日期": "2026-02-02",
            "公开方式": "主动公开",
            "审查人": "办公室",
            "审查日期": "2026-02-02",
        }
        front = "".join(f"{key}: {value}\n" for key, value in fields.items())
        self.write("interpretation/2026-0001.md", f"---\n{front}---\n解读的正文。\n")

    def withdraw(self, key: str, replaced_by: str = "") -> None:
        """Delete a record's file, if it is there, and declare it taken down."""
        (self.content / f"{key}.md").unlink(missing_ok=True)
        path = self.content / "tombstones.csv"
        told = path.read_text(encoding="utf-8") if path.exists() else "记录,撤下日期,原因,改用\n"
        if f"{key}," not in told:
            path.write_text(f"{told}{key},2026-11-01,内容有误。,{replaced_by}\n", encoding="utf-8")

    def build(self, output: Path | None = None, today: date = TODAY, workers: int = 1):
        """Build it, in place or into another folder."""
        return build_site(self.content, output or self.output, today, workers=workers)

    def tree(self, output: Path | None = None) -> dict[str, bytes]:
        """Every file of the built site."""
        root = output or self.output
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def example_tree(example_site) -> dict[str, bytes]:
    """Every file of the example city's site, by address."""
    root = example_site.folder
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with two organs and three policies."""
    office = Office(tmp_path / "content", tmp_path / "output")
    office.write("site.yaml", SITE)
    office.write("organs.csv", ORGANS)
    for number in (1, 2, 3):
        office.policy(number)
    return office
