"""The inspector's options beyond what and when; one list for both front doors. Needs nothing but Python."""

from __future__ import annotations

from argparse import _ArgumentGroup
from pathlib import Path


def ledger_place(text: str) -> Path | str:
    """Where a ledger is: a file, or, as text, the address of a database."""
    return text if "://" in text else Path(text)


def add_options(group: _ArgumentGroup) -> None:
    """Scoring and the ledger."""
    group.add_argument(
        "--rubric",
        metavar="NAME",
        help="按哪份评分标准计分：标准的名称，或自己的 .yaml 文件\nscore by this rubric: its name, or a .yaml file of your own",
    )
    group.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="把要由人判断的各项写成填写表（.xlsx 或 .yaml）\nwrite what a person must judge here (.xlsx or .yaml)",
    )
    group.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="读入填写好的填写表\nread the worksheet as filled in",
    )
    group.add_argument(
        "--save",
        type=ledger_place,
        metavar="LEDGER",
        help="记入这本台账（没有就新建），报告注明哪些是新的；文件，或 postgresql:// 开头的地址\n"
        "remember it in this ledger, a file or an address postgresql://...; reports say what is new",
    )
    group.add_argument(
        "--evidence",
        action="store_true",
        help="在报告旁边存下证据：抓取存档、有问题的网页的源代码、校验值\n"
        "keep evidence beside the report: the crawl, the source of pages with findings, and hashes",
    )
    group.add_argument(
        "--terms",
        type=Path,
        metavar="FILE",
        help="整改期限另有约定时，写约定的 .yaml 文件\nterms of your own for mending: a .yaml file",
    )
    group.add_argument(
        "--tell",
        type=Path,
        metavar="FILE",
        help="有新问题时发邮件或发到群机器人：收件方写在这个 .yaml 文件里\nmail or post what is new to those in this .yaml file",
    )


def add_contact(group: _ArgumentGroup) -> None:
    """Whom the inspected can ask."""
    group.add_argument(
        "--contact",
        metavar="ADDRESS",
        help="被巡检的网站怎样联系你们：网址或邮箱，写进 User-Agent\n"
        "where the inspected can reach you: a web or mail address; it stands in the user agent",
    )


def add_visit_options(group: _ArgumentGroup) -> None:
    """How a live site is visited."""
    group.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="把抓取的内容存入这个 .warc.gz 文件；中断后再运行同一命令就接着做，\n以后可以用 inspect FILE 重新判断\n"
        "keep what is brought back in this .warc.gz file; the same command goes on after an interruption,\n"
        "and inspect FILE judges it again",
    )
    group.add_argument(
        "--memory",
        type=Path,
        metavar="FILE",
        help="把读到的内容记在这个文件里，下次没有改动的页面不再下载、不再分析\n"
        "remember what was read in this file; the next time what has not changed is neither sent nor read again",
    )
    group.add_argument(
        "--notes",
        type=Path,
        metavar="FILE",
        help="站点说明（.yaml）：栏目在哪一页、本单位规定的更新期限；写法见巡检手册\n"
        "notes on the site (.yaml): where its sections are, and periods of your own; the handbook shows how",
    )
    group.add_argument(
        "--hours",
        metavar="HH:MM-HH:MM",
        help="只在这段时间访问，其余时间等待，例如 22:00-06:00\n"
        "visit within these hours only and wait outside them, for example 22:00-06:00",
    )
    group.add_argument(
        "--rate",
        type=float,
        metavar="N",
        help="每秒最多请求几次，默认 2\nat most so many requests a second; 2 unless given",
    )
    group.add_argument(
        "--robots",
        choices=("obey", "report-only"),
        help="遵守 robots.txt（默认），或只报告哪些地址是它不许访问的\n"
        "obey robots.txt (the default), or only report which addresses it forbids",
    )
    add_contact(group)
    group.add_argument(
        "--checks",
        choices=("all", "links"),
        default="all",
        help="检查全部项目（默认），或只看链接、附件和锚点，快得多\n"
        "check everything (the default), or only links, attachments and anchors, which is far faster",
    )
    group.add_argument(
        "--browser",
        action="store_true",
        help="用浏览器打开不运行脚本就是空白的页面，每种模板用 axe 看一页（没有浏览器时自动安装）\n"
        "open pages that are empty without scripts in a browser, and judge a page of each template with axe;\n"
        "the browser is brought when there is none",
    )
    group.add_argument(
        "--outside",
        action="store_true",
        help="同时查看指向其他网站的链接是否打得开\nalso see whether links to other sites open",
    )


def add_ledger_options(group: _ArgumentGroup) -> None:
    """What is asked of a ledger, or written into it."""
    group.add_argument(
        "--site",
        metavar="SITE",
        help="哪个网站；台账里只有一个时不必写\nwhich site; not needed when there is one",
    )
    group.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="写出整改台账（.xlsx）\nwrite the rectification ledger (.xlsx)",
    )
    group.add_argument(
        "--notice",
        type=Path,
        metavar="FILE",
        help="写出各网站的通报草稿（.html），要写时段\nwrite a draft notice on all sites (.html); needs a period",
    )
    group.add_argument(
        "--period", metavar="PERIOD", help="时段：2026、2026H1 或 2026Q3\nthe period: 2026, 2026H1 or 2026Q3"
    )
    group.add_argument(
        "--publish",
        type=Path,
        metavar="CONTENT",
        help="把各责任单位一个时段的整改情况写成一条考核结果，放进这个内容文件夹，由网站公布；\n"
        "要写 --period、--issuer、--reviewer、--index-number\n"
        "write how organs mended what was found as a record into this content folder, for the site to publish;\n"
        "needs --period, --issuer, --reviewer and --index-number",
    )
    for name, zh, en in (
        ("--issuer", "发布机构的编号或全称", "who publishes: an organ's id or name"),
        ("--reviewer", "做保密审查的人或科室", "who reviewed it"),
        (
            "--index-number",
            "索引号，例如 010000011/2026-00012",
            "the 索引号, for example 010000011/2026-00012",
        ),
    ):
        group.add_argument(name, default="", metavar=name.strip("-").upper(), help=f"{zh}\n{en}")
    group.add_argument(
        "--back",
        type=Path,
        metavar="FILE",
        help="读回填写好的整改台账\nread the rectification ledger as filled in",
    )
    group.add_argument(
        "--rubric",
        metavar="NAME",
        help="按这份评分标准重算每一次已存的巡检\nscore every saved run by this rubric",
    )
    group.add_argument(
        "--terms",
        type=Path,
        metavar="FILE",
        help="整改期限另有约定时，写约定的 .yaml 文件\nterms of your own for mending: a .yaml file",
    )


def add_fleet_options(group: _ArgumentGroup) -> None:
    """A round over many sites."""
    group.add_argument(
        "--save",
        required=True,
        type=ledger_place,
        metavar="LEDGER",
        help="记入这本台账（没有就新建）；进度也在里面，中断后再运行同一命令就接着做\n"
        "remember it in this ledger; what is done stands there too, and the same command goes on",
    )
    group.add_argument(
        "--workers",
        type=int,
        default=2,
        metavar="N",
        help="本机用几个进程，默认 2\nso many processes of this computer; 2 unless given",
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="交给 Dask 集群，写调度程序的地址，例如 tcp://10.0.0.5:8786\n"
        "hand it to a Dask cluster: the address of its scheduler, for example tcp://10.0.0.5:8786",
    )
    group.add_argument(
        "--memory",
        type=Path,
        metavar="DIR",
        help="在这个文件夹里记住各网站读到的内容，下一轮没有改动的页面不再下载和分析\n"
        "remember in this folder what was read of each site; the next round neither fetches nor reads what has not changed",
    )
    add_contact(group)
    group.add_argument(
        "--status", action="store_true", help="只看这一轮做到哪里\nonly show how far the round is"
    )
    group.add_argument(
        "--stop",
        action="store_true",
        help="让这一轮停下：正在做的做完，其余不再开始\nlet the round end: what was begun is finished, nothing else is begun",
    )
