"""The options of the inspector's tasks, each explained in Chinese and English; those of an inspection itself stand in
crawler_checks/options.py."""

from pathlib import Path

from crawler_checks.options import ledger_place
from workbench.command_line import option, positional

targets = positional(
    "targets",
    "网站清单：.csv（网址,单位,类别,规则集,评分标准,时段,速率,站点说明）或 .yaml",
    "the list of sites: .csv (site,organ,category,profile,rubric,hours,rate,notes) or .yaml",
    type=Path,
    metavar="LIST",
)

target = positional(
    "target",
    "网站所在的文件夹，或 https:// 开头的网址",
    "the folder of a site, or an address that begins with https://",
    metavar="TARGET",
)

check_name = positional(
    "check",
    "检查项的代号或名称，例如 section_stale 或 栏目更新不及时",
    "the id of a check, or its Chinese name, for example section_stale",
    metavar="CHECK",
)

save = option(
    "--save",
    "记入这本台账（没有就新建）",
    "the ledger that remembers it; made when there is none",
    type=ledger_place,
    required=True,
    metavar="LEDGER",
)

finding = positional(
    "finding",
    "问题的编号，至少前 8 位",
    "the id of the finding, at least its first 8 signs",
    metavar="FINDING",
)

by = option("--by", "谁要求重新检查，记入台账", "who asks; the ledger notes it", default="", metavar="NAME")

notes = option(
    "--notes",
    "巡检这个网站时用的站点说明（.yaml）",
    "the notes on the site (.yaml) that its inspection was given",
    type=Path,
    metavar="FILE",
)

ledger = positional(
    "ledger",
    "巡检台账：文件，或 postgresql:// 开头的地址",
    "the ledger: a file, or an address postgresql://...",
    type=ledger_place,
    metavar="LEDGER",
)

report = option(
    "--report",
    "把网页和 JSON 报告写进这个文件夹",
    "write the HTML and JSON reports into this folder",
    type=Path,
    metavar="DIR",
)
