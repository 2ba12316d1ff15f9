"""The options of the tasks, each explained in Chinese and English."""

import argparse
from pathlib import Path

from crawler_checks.options import ledger_place
from workbench.command_line import CommandLine, both, day, moment, time_zone

ROOT = Path(__file__).resolve().parent.parent
KINDS = ROOT / "plugins" / "disclosure" / "kinds"
PORT = 8000

ANSWERING_PORT = 8091


def content(parser: CommandLine) -> None:
    """Which content."""
    parser.options.add_argument(
        "--content",
        type=Path,
        default=ROOT / "content",
        metavar="DIR",
        help=both("内容所在的文件夹，默认 content", "the folder with the content; content unless given"),
    )


def output(parser: CommandLine) -> None:
    """Where the site is written."""
    parser.options.add_argument(
        "--output",
        type=Path,
        default=ROOT / "output",
        metavar="DIR",
        help=both(
            "网站写到哪个文件夹，默认 output", "the folder the site is written to; output unless given"
        ),
    )


def preview_output(parser: CommandLine) -> None:
    """Where the preview is written: never where the site is."""
    parser.options.add_argument(
        "--output",
        type=Path,
        default=ROOT / ".gongkai" / "preview",
        metavar="DIR",
        help=both(
            "预览写到哪个文件夹，默认 .gongkai/preview；里面有草稿，不要发布",
            "the folder of the preview, .gongkai/preview unless given; it holds drafts and is not to be deployed",
        ),
    )


def drafts(parser: CommandLine) -> None:
    """Judge drafts too."""
    parser.options.add_argument(
        "--drafts",
        action="store_true",
        help=both(
            "连 drafts 文件夹里的草稿一起核对，好像已经放到各类文件夹里一样",
            "judge the drafts of the folder drafts too, as if they stood in their kinds' folders",
        ),
    )


def preview(parser: CommandLine) -> None:
    """Build for eyes of the office only."""
    parser.options.add_argument(
        "--preview",
        action="store_true",
        help=both(
            "生成预览：有草稿和还没到发布日期的信息，内容有错误也生成；不能发布",
            "build a preview: with drafts and what waits for its day, whatever errors there are; not to be deployed",
        ),
    )


def scheduler(parser: CommandLine) -> None:
    """By whom pages are made."""
    parser.options.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help=both(
            "网页交给 Dask 集群生成，写调度程序的地址，例如 tcp://10.0.0.5:8786；各台机器要有同一份内容和程序",
            "have a Dask cluster make the pages: the address of its scheduler, for example tcp://10.0.0.5:8786; "
            "every machine needs the same content and program",
        ),
    )


def stay(parser: CommandLine) -> None:
    """Do not end when all is built."""
    parser.options.add_argument(
        "--stay",
        action="store_true",
        help=both(
            "生成以后不退出，标准输入每来一行就再生成一次；serve 用它",
            "stay, and build again for every line on standard input; serve does it so",
        ),
    )


def profile(parser: CommandLine) -> None:
    """By which rules."""
    parser.options.add_argument(
        "--profile",
        metavar="ID",
        help=both(
            "按哪一套规则，例如 cn-2019，默认按日期选用",
            "which rules, for example cn-2019; by the date unless given",
        ),
    )


def today(parser: CommandLine) -> None:
    """As of which day; None when not given."""
    parser.options.add_argument(
        "--today",
        type=day,
        metavar="YYYY-MM-DD",
        help=both("把哪一天当作今天，默认就是今天", "the day to take as today; today unless given"),
    )


def workers(parser: CommandLine) -> None:
    """With how many processes."""
    parser.options.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help=both(
            "同时用几个进程，默认按处理器数",
            "how many processes at once; by the machine's cores unless given",
        ),
    )


def json_output(parser: CommandLine) -> None:
    """As JSON on standard output."""
    parser.options.add_argument(
        "--json", action="store_true", help=both("输出 JSON，供程序读取", "print JSON, for programs to read")
    )


def review_pack(parser: CommandLine) -> None:
    """What to compare with, and where the page goes."""
    parser.values.add_argument(
        "base",
        nargs="?",
        default="main",
        metavar="BRANCH",
        help=both("与哪个分支比较，默认 main", "the branch to compare with; main unless given"),
    )
    parser.options.add_argument(
        "--to",
        type=Path,
        default=ROOT / ".gongkai" / "review.html",
        metavar="FILE",
        help=both(
            "写到哪个文件，默认 .gongkai/review.html", "the file to write; .gongkai/review.html unless given"
        ),
    )


def templates_folder(parser: CommandLine) -> None:
    """Where the files for editors' programs go."""
    parser.values.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help=both(
            "写进哪个文件夹；写 . 就放在这里，VS Code 打开即用",
            "the folder to write into; with . they are here, where VS Code finds them",
        ),
    )


FORMATS = ("text", "json", "sarif", "github", "gitlab", "gitee")


def code_host(parser: CommandLine) -> None:
    """Which code host the form writes to, where it is not the working tree here."""
    parser.options.add_argument(
        "--host",
        metavar="SERVICE",
        help=both(
            "另写一份网页编辑的文件，连接代码托管平台：github、gitlab、gitea 或 gitee（码云）",
            "also write the form for a code host: github, gitlab, gitea or gitee",
        ),
    )
    for name, metavar, zh, en in (
        (
            "--repository",
            "OWNER/NAME",
            "内容所在的仓库，例如 jichuan/xxgk",
            "the repository with the content",
        ),
        ("--branch", "NAME", "分支，默认 main", "the branch; main unless given"),
        ("--app-id", "ID", "在平台上登记的应用编号", "the id of the application registered there"),
        (
            "--host-address",
            "URL",
            "平台是自己架设的，写它的网址",
            "the address of an installation of your own",
        ),
    ):
        parser.options.add_argument(name, metavar=metavar, default="", help=both(zh, en))


def problem_format(parser: CommandLine) -> None:
    """In which form problems are told."""
    parser.options.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help=both(
            "问题以什么形式输出：text 给人看，其余供程序和代码托管平台读取",
            "the form of the problems: text for people, the others for programs and code hosts",
        ),
    )


def fix(parser: CommandLine) -> None:
    """Mend what is safe to mend."""
    parser.options.add_argument(
        "--fix",
        action="store_true",
        help=both(
            "先显示、再改正只是写法不对的地方：括号、全角数字、日期、空格、前导零",
            "show, then mend what is only written wrongly: brackets, full-width digits, dates, spaces, zeros",
        ),
    )
    parser.options.add_argument(
        "--yes",
        action="store_true",
        help=both("与 --fix 同用：不再询问，直接改", "with --fix: mend without asking"),
    )


def new_record(parser: CommandLine) -> None:
    """Which record to begin."""
    names = [f"{_label_in(path)} {path.stem}" for path in sorted(KINDS.glob("[a-z]*.yaml"))]
    kinds = "\n".join("、".join(names[start : start + 4]) for start in range(0, len(names), 4))
    parser.values.add_argument(
        "kind",
        metavar="KIND",
        help=both(f"哪一类信息，写中文名或英文名：\n{kinds}", "which kind of record: one of these"),
    )
    parser.options.add_argument(
        "--id",
        metavar="ID",
        help=both(
            "编号，用作文件名和网址，默认接着往下编",
            "its file name and address; the next free id unless given",
        ),
    )
    parser.options.add_argument(
        "--issuer",
        default="",
        metavar="ID",
        help=both("发布机构，organs.csv 中的编号", "who issues it, by the id in organs.csv"),
    )


def _label_in(kind: Path) -> str:
    """The Chinese name of a kind, from its file's line `label: …`."""
    lines = kind.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("label: ") for line in lines if line.startswith("label: "))


def json_file(parser: CommandLine) -> None:
    """As JSON into a file as well."""
    parser.options.add_argument(
        "--json",
        type=Path,
        metavar="FILE",
        help=both(
            "另把结果写成 JSON 文件，供程序读取",
            "also write the result to FILE as JSON, for programs to read",
        ),
    )


def documents(parser: CommandLine) -> None:
    """What to import, and where to."""
    parser.values.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=both(
            "公文：粘贴的文字 .txt，网页 .html 或它的网址，Word .docx，带文字的 .pdf；表格：.xlsx、.csv；"
            "装了 LibreOffice 的，还有 .doc、.wps、.rtf",
            "documents: pasted text (.txt), saved pages (.html) or their addresses, .docx, .pdf with text; "
            "tables: .xlsx, .csv; with LibreOffice also .doc, .wps, .rtf",
        ),
    )
    parser.options.add_argument(
        "--into",
        required=True,
        type=Path,
        metavar="DIR",
        help=both(
            "写进哪个内容文件夹，例如 content；写 content/policy 就都作为政策文件",
            "the content folder to write into, e.g. content; content/policy makes all of them policies",
        ),
    )
    parser.options.add_argument(
        "--id",
        default="",
        metavar="ID",
        help=both(
            "这一份的编号，就是它的网址；默认取索引号、文号，再取文件名",
            "the id of the one document, which is its address; by default its 索引号, 文号, or the file's name",
        ),
    )
    parser.options.add_argument(
        "--list",
        action="store_true",
        help=both(
            "网址是旧网站的列表页：把列出的每一件都导入，中断了再运行就接着做",
            "the address is a list page of an old site: import all it lists; run again, it goes on",
        ),
    )
    parser.options.add_argument(
        "--limit",
        type=int,
        metavar="N",
        help=both("与 --list 同用：这一次最多导入几件", "with --list: at most so many in this run"),
    )
    parser.options.add_argument(
        "--ask",
        action="store_true",
        help=both(
            "表格里认不出的列逐列提问，回答记在列对照表里，下次不再问",
            "ask about each column of a table that could not be told; the answers are remembered",
        ),
    )
    _settings(parser)


def upstream(parser: CommandLine) -> None:
    """What to repost, and where to."""
    parser.values.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help=both(
            "订阅的网址或文件（Atom、RSS、JSON Feed），或本程序网站的 api/kinds/*.json、data/*.ndjson",
            "addresses or files of feeds, or api/kinds/*.json and data/*.ndjson of a site made by this program",
        ),
    )
    parser.options.add_argument(
        "--into",
        required=True,
        type=Path,
        metavar="DIR",
        help=both("内容文件夹，例如 content", "the content folder, for example content"),
    )
    parser.options.add_argument(
        "--origin",
        default="",
        metavar="NAME",
        help=both(
            "原发布机关，默认取条目的作者或订阅的名称",
            "the organ of origin; the entry's author or the feed's name",
        ),
    )
    parser.options.add_argument(
        "--since",
        type=day,
        metavar="YYYY-MM-DD",
        help=both("只要这一天起发布的", "only what was published on this day or later"),
    )
    parser.options.add_argument(
        "--limit",
        type=int,
        default=50,
        metavar="N",
        help=both("最多写出几条，默认 50", "how many to propose at most; 50 unless given"),
    )
    parser.options.add_argument(
        "--at",
        type=moment,
        metavar="'YYYY-MM-DD HH:MM'",
        help=both("转载时间，默认就是现在", "the moment of reposting; now unless given"),
    )
    parser.options.add_argument(
        "--zone",
        type=time_zone,
        default="Asia/Shanghai",
        metavar="ZONE",
        help=both("时区，默认 Asia/Shanghai", "the time zone; Asia/Shanghai unless given"),
    )
    _settings(parser)


def _settings(parser: CommandLine) -> None:
    parser.options.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="LABEL=VALUE",
        help=both(
            "每份都填的一项，可以写多次，例如 审查人=办公室",
            "a field filled in for all, may be repeated, e.g. issuer=finance",
        ),
    )


def _setting(text: str) -> tuple[str, str]:
    label, equals, value = text.partition("=")
    if not (label and equals and value):
        raise argparse.ArgumentTypeError(
            both(
                f"值写作“{text}”，请写成 审查人=办公室 的样子",
                f"it is {text!r}; write it like issuer=finance",
            )
        )
    return label, value


def port(parser: CommandLine) -> None:
    """On which port."""
    parser.options.add_argument(
        "--port",
        type=int,
        default=PORT,
        metavar="N",
        help=both(
            f"端口，默认 {PORT}，占用时用下一个", f"the port; {PORT} unless given, the next one when taken"
        ),
    )


def compact(parser: CommandLine) -> None:
    """The search index as a first build makes it."""
    parser.options.add_argument(
        "--compact",
        action="store_true",
        help=both(
            "把检索数据合并成一份，和第一次生成的完全一样",
            "merge the search index into one, the same as a first build makes",
        ),
    )


def why(parser: CommandLine) -> None:
    """One file of the site, of which is said what it was made again for."""
    parser.options.add_argument(
        "--why",
        metavar="ADDRESS",
        help=both(
            "说明这个文件为什么重新生成，例如 section/policy.html",
            "say what this file was made again for, for example section/policy.html",
        ),
    )


def targets(parser: CommandLine) -> None:
    """Which sites."""
    parser.values.add_argument(
        "targets",
        type=Path,
        metavar="LIST",
        help=both(
            "网站清单：.csv（网址,单位,类别,规则集,评分标准,时段,速率）或 .yaml",
            "the list of sites: .csv (site,organ,category,profile,rubric,hours,rate,notes) or .yaml",
        ),
    )


def benchmark(parser: CommandLine) -> None:
    """What to measure, on how much."""
    parser.values.add_argument(
        "name",
        choices=["build", "inspect", "lighthouse", "search"],
        metavar="NAME",
        help=both(
            "测什么：build、inspect、lighthouse 或 search",
            "what to measure: build, inspect, lighthouse or search",
        ),
    )
    parser.options.add_argument(
        "--records",
        "--n",
        type=int,
        default=1000,
        metavar="N",
        help=both(
            "用多少条信息（inspect 是多少页），默认 1000",
            "how many records, or pages of inspect; 1000 unless given",
        ),
    )
    parser.options.add_argument(
        "--seed",
        type=int,
        default=41,
        metavar="N",
        help=both("随机数种子，默认 41", "the seed of the corpus; 41 unless given"),
    )


def query(parser: CommandLine) -> None:
    """What to search for, and how much of it to list; or which engine to hand the records to."""
    parser.values.add_argument(
        "words", nargs="*", metavar="WORDS", help=both("要找的词或者检索式", "words, or a query")
    )
    parser.options.add_argument(
        "--export",
        choices=["opensearch", "postgres"],
        help=both(
            "不检索，把全部信息交给别的检索引擎：写成 OpenSearch、Elasticsearch 的导入文件，或者装进 PostgreSQL",
            "hand all records to another engine: files for OpenSearch and Elasticsearch, or into PostgreSQL",
        ),
    )
    parser.options.add_argument(
        "--to",
        metavar="PLACE",
        help=both("交到哪里：文件夹，或数据库网址 postgresql://…", "where to: a folder, or postgresql://…"),
    )
    parser.options.add_argument(
        "--serve",
        metavar="ADDRESS",
        help=both(
            "用这个 PostgreSQL 数据库回答检索页，只在本机 127.0.0.1 上监听",
            "answer search pages out of this PostgreSQL database, at 127.0.0.1 alone",
        ),
    )
    parser.options.add_argument(
        "--port",
        type=int,
        default=ANSWERING_PORT,
        metavar="N",
        help=both(f"检索服务的端口，默认 {ANSWERING_PORT}", f"its port; {ANSWERING_PORT} unless given"),
    )
    parser.options.add_argument(
        "--limit",
        type=int,
        default=10,
        metavar="N",
        help=both("最多列出几条，默认 10", "how many to list at most; 10 unless given"),
    )


def pytest(parser: CommandLine) -> None:
    """What pytest is told."""
    parser.values.add_argument(
        "pytest",
        nargs="*",
        metavar="-- ...",
        help=both(
            "“--”之后的内容交给 pytest，例如 -- -k 年报", "what follows -- goes to pytest, e.g. -- -k report"
        ),
    )


def deploy_to(parser: CommandLine) -> None:
    """Where a built site goes."""
    parser.values.add_argument(
        "to",
        metavar="PLACE",
        help=both(
            "文件夹；主机:/文件夹 或 rsync://主机/模块（用 rsync）；s3://桶名/前缀。新的或者以前放过的",
            "a folder; host:/folder or rsync://host/module (by rsync); s3://bucket/prefix. New or deployed to before",
        ),
    )
    parser.options.add_argument(
        "--endpoint",
        metavar="URL",
        help=both(
            "S3 存储的网址，例如 https://s3.jichuan.example；账号写在环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
            "the address of the S3 storage; the account stands in the environment, AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY",
        ),
    )
    parser.options.add_argument(
        "--bucket-in-host",
        action="store_true",
        help=both(
            "存储要求把桶名写在主机名里（https://桶名.主机/）",
            "the storage wants the bucket's name before its host",
        ),
    )
    parser.options.add_argument(
        "--sign",
        type=Path,
        metavar="KEY",
        help=both(
            "用这把私钥给文件清单签名（Ed25519，openssl 生成），放在 manifest.json.sig",
            "sign the manifest with this private key (Ed25519, made by openssl), into manifest.json.sig",
        ),
    )
    parser.options.add_argument(
        "--plan",
        action="store_true",
        help=both("只列出要做什么，不动任何文件", "only list what would be done; nothing is touched"),
    )


def public_key(parser: CommandLine) -> None:
    """By whom it must be signed."""
    parser.options.add_argument(
        "--key",
        type=Path,
        metavar="KEY",
        help=both(
            "文件清单必须有这把公钥能核对的签名",
            "the manifest must have a signature that this public key verifies",
        ),
    )


def target(parser: CommandLine) -> None:
    """What to inspect."""
    parser.values.add_argument(
        "target",
        metavar="TARGET",
        help=both(
            "网站所在的文件夹，或 https:// 开头的网址",
            "the folder of a site, or an address that begins with https://",
        ),
    )


def check_name(parser: CommandLine) -> None:
    """Which check is explained."""
    parser.values.add_argument(
        "check",
        metavar="CHECK",
        help=both(
            "检查项的代号或名称，例如 section_stale 或 栏目更新不及时",
            "the id of a check, or its Chinese name, for example section_stale",
        ),
    )


def save(parser: CommandLine) -> None:
    """Which ledger is written."""
    parser.options.add_argument(
        "--save",
        type=ledger_place,
        required=True,
        metavar="LEDGER",
        help=both("记入这本台账（没有就新建）", "the ledger that remembers it; made when there is none"),
    )


def finding(parser: CommandLine) -> None:
    """Which finding."""
    parser.add_argument(
        "finding",
        metavar="FINDING",
        help=both("问题的编号，至少前 8 位", "the id of the finding, at least its first 8 signs"),
    )


def by(parser: CommandLine) -> None:
    """Who asks."""
    parser.options.add_argument(
        "--by",
        default="",
        metavar="NAME",
        help=both("谁要求重新检查，记入台账", "who asks; the ledger notes it"),
    )


def ledger(parser: CommandLine) -> None:
    """Which ledger."""
    parser.values.add_argument(
        "ledger",
        type=ledger_place,
        metavar="LEDGER",
        help=both(
            "巡检台账：文件，或 postgresql:// 开头的地址",
            "the ledger: a file, or an address postgresql://...",
        ),
    )


def report(parser: CommandLine) -> None:
    """Where the inspection's reports go."""
    parser.options.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help=both("把网页和 JSON 报告写进这个文件夹", "write the HTML and JSON reports into this folder"),
    )
