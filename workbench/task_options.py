"""The options of the tasks, each explained in Chinese and English."""

import argparse
from pathlib import Path

from workbench.command_line import CommandLine, both, day, moment, option, positional, time_zone, together

ROOT = Path(__file__).resolve().parent.parent
KINDS = ROOT / "plugins" / "disclosure" / "kinds"
PORT = 8000

ANSWERING_PORT = 8091

content = option(
    "--content",
    "内容所在的文件夹，默认 content",
    "the folder with the content; content unless given",
    type=Path,
    default=ROOT / "content",
    metavar="DIR",
)

output = option(
    "--output",
    "网站写到哪个文件夹，默认 output",
    "the folder the site is written to; output unless given",
    type=Path,
    default=ROOT / "output",
    metavar="DIR",
)

preview_output = option(
    "--output",
    "预览写到哪个文件夹，默认 .gongkai/preview；里面有草稿，不要发布",
    "the folder of the preview, .gongkai/preview unless given; it holds drafts and is not to be deployed",
    type=Path,
    default=ROOT / ".gongkai" / "preview",
    metavar="DIR",
)

drafts = option(
    "--drafts",
    "连 drafts 文件夹里的草稿一起核对，好像已经放到各类文件夹里一样",
    "judge the drafts of the folder drafts too, as if they stood in their kinds' folders",
    action="store_true",
)

preview = option(
    "--preview",
    "生成预览：有草稿和还没到发布日期的信息，内容有错误也生成；不能发布",
    "build a preview: with drafts and what waits for its day, whatever errors there are; not to be deployed",
    action="store_true",
)

scheduler = option(
    "--scheduler",
    "网页交给 Dask 集群生成，写调度程序的地址，例如 tcp://10.0.0.5:8786；各台机器要有同一份内容和程序",
    (
        "have a Dask cluster make the pages: the address of its scheduler, for example tcp://10.0.0.5:8786; "
        "every machine needs the same content and program"
    ),
    metavar="ADDRESS",
)

stay = option(
    "--stay",
    "生成以后不退出，标准输入每来一行就再生成一次；serve 用它",
    "stay, and build again for every line on standard input; serve does it so",
    action="store_true",
)

profile = option(
    "--profile",
    "按哪一套规则，例如 cn-2019，默认按日期选用",
    "which rules, for example cn-2019; by the date unless given",
    metavar="ID",
)

today = option(
    "--today",
    "把哪一天当作今天，默认按北京时间",
    "the day to take as today; today in Beijing unless given",
    type=day,
    metavar="YYYY-MM-DD",
)

workers = option(
    "--workers",
    "同时用几个进程，默认按处理器数",
    "how many processes at once; by the machine's cores unless given",
    type=int,
    metavar="N",
)

json_output = option(
    "--json", "输出 JSON，供程序读取", "print JSON, for programs to read", action="store_true"
)

review_pack = together(
    positional(
        "base",
        "与哪个分支比较，默认 main",
        "the branch to compare with; main unless given",
        nargs="?",
        default="main",
        metavar="BRANCH",
    ),
    option(
        "--to",
        "写到哪个文件，默认 .gongkai/review.html",
        "the file to write; .gongkai/review.html unless given",
        type=Path,
        default=ROOT / ".gongkai" / "review.html",
        metavar="FILE",
    ),
)

templates_folder = positional(
    "folder",
    "写进哪个文件夹；写 . 就放在这里，VS Code 打开即用",
    "the folder to write into; with . they are here, where VS Code finds them",
    type=Path,
    metavar="DIR",
)


FORMATS = ("text", "json", "sarif", "github", "gitlab", "gitee")


code_host = together(
    option(
        "--host",
        "另写一份网页编辑的文件，连接代码托管平台：github、gitlab、gitea 或 gitee（码云）",
        "also write the form for a code host: github, gitlab, gitea or gitee",
        metavar="SERVICE",
    ),
    option(
        "--repository",
        "内容所在的仓库，例如 jichuan/xxgk",
        "the repository with the content",
        metavar="OWNER/NAME",
        default="",
    ),
    option("--branch", "分支，默认 main", "the branch; main unless given", metavar="NAME", default=""),
    option(
        "--app-id",
        "在平台上登记的应用编号",
        "the id of the application registered there",
        metavar="ID",
        default="",
    ),
    option(
        "--host-address",
        "平台是自己架设的，写它的网址",
        "the address of an installation of your own",
        metavar="URL",
        default="",
    ),
)

problem_format = option(
    "--format",
    "问题以什么形式输出：text 给人看，其余供程序和代码托管平台读取",
    "the form of the problems: text for people, the others for programs and code hosts",
    choices=FORMATS,
    default="text",
)

fix = together(
    option(
        "--fix",
        "先显示、再改正只是写法不对的地方：括号、全角数字、日期、空格、前导零",
        "show, then mend what is only written wrongly: brackets, full-width digits, dates, spaces, zeros",
        action="store_true",
    ),
    option(
        "--yes", "与 --fix 同用：不再询问，直接改", "with --fix: mend without asking", action="store_true"
    ),
)


beginning = together(
    positional(
        "folder",
        "写进哪个文件夹，要新的或空的，例如 content-linxi",
        "the folder to write into, new or empty",
        type=Path,
        metavar="DIR",
    ),
    option(
        "--organ",
        "负责公开的机关全称，例如 临溪县人民政府",
        "the full name of the organ that answers for the site",
        required=True,
        metavar="NAME",
    ),
    option(
        "--category",
        "它是哪一类机构，例如 县市区人民政府；不写就留着填",
        "its category, for example county; left open unless given",
        default="",
        metavar="CATEGORY",
    ),
)


def new_record(parser: CommandLine) -> None:
    """Which record to begin; the kinds are read when somebody asks."""
    names = [f"{_label_in(path)} {path.stem}" for path in sorted(KINDS.glob("[a-z]*.yaml"))]
    kinds = "\n".join("、".join(names[start : start + 4]) for start in range(0, len(names), 4))
    together(
        positional(
            "kind",
            f"哪一类信息，写中文名或英文名：\n{kinds}",
            "which kind of record: one of these",
            metavar="KIND",
        ),
        option(
            "--id",
            "编号，用作文件名和网址，默认接着往下编",
            "its file name and address; the next free id unless given",
            metavar="ID",
        ),
        option(
            "--issuer",
            "发布机构，organs.csv 中的编号",
            "who issues it, by the id in organs.csv",
            default="",
            metavar="ID",
        ),
    )(parser)


def _label_in(kind: Path) -> str:
    """The Chinese name of a kind, from its file's line `label: …`."""
    lines = kind.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("label: ") for line in lines if line.startswith("label: "))


json_file = option(
    "--json",
    "另把结果写成 JSON 文件，供程序读取",
    "also write the result to FILE as JSON, for programs to read",
    type=Path,
    metavar="FILE",
)


def _setting(text: str) -> tuple[str, str]:
    label, equals, value = text.partition("=")
    if not (label and equals and value.strip()):
        raise argparse.ArgumentTypeError(
            both(
                f"值写作“{text}”，请写成 审查人=办公室 的样子",
                f"it is {text!r}; write it like issuer=finance",
            )
        )
    return label, value


_settings = option(
    "--set",
    "每份都填的一项，可以写多次，例如 审查人=办公室",
    "a field filled in for all, may be repeated, e.g. issuer=finance",
    action="append",
    default=[],
    type=_setting,
    metavar="LABEL=VALUE",
)

documents = together(
    positional(
        "files",
        (
            "公文：粘贴的文字 .txt，网页 .html 或它的网址，Word .docx，带文字的 .pdf；表格：.xlsx、.csv；"
            "装了 LibreOffice 的，还有 .doc、.wps、.rtf"
        ),
        (
            "documents: pasted text (.txt), saved pages (.html) or their addresses, .docx, .pdf with text; "
            "tables: .xlsx, .csv; with LibreOffice also .doc, .wps, .rtf"
        ),
        nargs="+",
        metavar="FILE",
    ),
    option(
        "--into",
        "写进哪个内容文件夹，例如 content；写 content/policy 就都作为政策文件",
        "the content folder to write into, e.g. content; content/policy makes all of them policies",
        required=True,
        type=Path,
        metavar="DIR",
    ),
    option(
        "--id",
        "这一份的编号，就是它的网址；默认取索引号、文号，再取文件名",
        "the id of the one document, which is its address; by default its 索引号, 文号, or the file's name",
        default="",
        metavar="ID",
    ),
    option(
        "--list",
        "网址是旧网站的列表页：把列出的每一件都导入，中断了再运行就接着做",
        "the address is a list page of an old site: import all it lists; run again, it goes on",
        action="store_true",
    ),
    option(
        "--limit",
        "与 --list 同用：这一次最多导入几件",
        "with --list: at most so many in this run",
        type=int,
        metavar="N",
    ),
    option(
        "--ask",
        "表格里认不出的列逐列提问，回答记在列对照表里，下次不再问",
        "ask about each column of a table that could not be told; the answers are remembered",
        action="store_true",
    ),
    _settings,
)

upstream = together(
    positional(
        "sources",
        "订阅的网址或文件（Atom、RSS、JSON Feed），或本程序网站的 api/kinds/*.json、data/*.ndjson",
        "addresses or files of feeds, or api/kinds/*.json and data/*.ndjson of a site made by this program",
        nargs="+",
        metavar="SOURCE",
    ),
    option(
        "--into",
        "内容文件夹，例如 content",
        "the content folder, for example content",
        required=True,
        type=Path,
        metavar="DIR",
    ),
    option(
        "--origin",
        "原发布机关，默认取条目的作者或订阅的名称",
        "the organ of origin; the entry's author or the feed's name",
        default="",
        metavar="NAME",
    ),
    option(
        "--since",
        "只要这一天起发布的",
        "only what was published on this day or later",
        type=day,
        metavar="YYYY-MM-DD",
    ),
    option(
        "--limit",
        "最多写出几条，默认 50",
        "how many to propose at most; 50 unless given",
        type=int,
        default=50,
        metavar="N",
    ),
    option(
        "--at",
        "转载时间，默认就是现在",
        "the moment of reposting; now unless given",
        type=moment,
        metavar="'YYYY-MM-DD HH:MM'",
    ),
    option(
        "--zone",
        "时区，默认 Asia/Shanghai",
        "the time zone; Asia/Shanghai unless given",
        type=time_zone,
        default="Asia/Shanghai",
        metavar="ZONE",
    ),
    _settings,
)

port = option(
    "--port",
    f"端口，默认 {PORT}，占用时用下一个",
    f"the port; {PORT} unless given, the next one when taken",
    type=int,
    default=PORT,
    metavar="N",
)

compact = option(
    "--compact",
    "把检索数据合并成一份，和第一次生成的完全一样",
    "merge the search index into one, the same as a first build makes",
    action="store_true",
)

why = option(
    "--why",
    "说明这个文件为什么重新生成，例如 section/policy.html",
    "say what this file was made again for, for example section/policy.html",
    metavar="ADDRESS",
)


benchmark = together(
    positional(
        "name",
        "测什么：build、inspect、lighthouse 或 search",
        "what to measure: build, inspect, lighthouse or search",
        choices=["build", "inspect", "lighthouse", "search"],
        metavar="NAME",
    ),
    option(
        ("--records", "--n"),
        "用多少条信息（inspect 是多少页），默认 1000",
        "how many records, or pages of inspect; 1000 unless given",
        type=int,
        default=1000,
        metavar="N",
    ),
    option(
        "--seed",
        "随机数种子，默认 41",
        "the seed of the corpus; 41 unless given",
        type=int,
        default=41,
        metavar="N",
    ),
    option(
        "--sides",
        'build 量哪几个，用分号隔开，例如 ours 或 "hugo;ours"；默认全部',
        'which of them build measures, with semicolons between, for example ours or "hugo;ours"; all unless given',
        metavar="NAMES",
    ),
)

query = together(
    positional("words", "要找的词或者检索式", "words, or a query", nargs="*", metavar="WORDS"),
    option(
        "--export",
        "不检索，把全部信息交给别的检索引擎：写成 OpenSearch、Elasticsearch 的导入文件，或者装进 PostgreSQL",
        "hand all records to another engine: files for OpenSearch and Elasticsearch, or into PostgreSQL",
        choices=["opensearch", "postgres"],
    ),
    option(
        "--to",
        "交到哪里：文件夹，或数据库网址 postgresql://…",
        "where to: a folder, or postgresql://…",
        metavar="PLACE",
    ),
    option(
        "--serve",
        "用这个 PostgreSQL 数据库回答检索页，只在本机 127.0.0.1 上监听",
        "answer search pages out of this PostgreSQL database, at 127.0.0.1 alone",
        metavar="ADDRESS",
    ),
    option(
        "--port",
        f"检索服务的端口，默认 {ANSWERING_PORT}",
        f"its port; {ANSWERING_PORT} unless given",
        type=int,
        default=ANSWERING_PORT,
        metavar="N",
    ),
    option(
        "--limit",
        "最多列出几条，默认 10",
        "how many to list at most; 10 unless given",
        type=int,
        default=10,
        metavar="N",
    ),
)

pytest = positional(
    "pytest",
    "“--”之后的内容交给 pytest，例如 -- -k 年报",
    "what follows -- goes to pytest, e.g. -- -k report",
    nargs="*",
    metavar="-- ...",
)

deploy_to = together(
    positional(
        "to",
        "文件夹；主机:/文件夹 或 rsync://主机/模块（用 rsync）；s3://桶名/前缀。新的或者以前放过的",
        "a folder; host:/folder or rsync://host/module (by rsync); s3://bucket/prefix. New or deployed to before",
        metavar="PLACE",
    ),
    option(
        "--endpoint",
        "S3 存储的网址，例如 https://s3.jichuan.example；账号写在环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
        (
            "the address of the S3 storage; the account stands in the environment, AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY"
        ),
        metavar="URL",
    ),
    option(
        "--bucket-in-host",
        "存储要求把桶名写在主机名里（https://桶名.主机/）",
        "the storage wants the bucket's name before its host",
        action="store_true",
    ),
    option(
        "--sign",
        "用这把私钥给文件清单签名（Ed25519，openssl 生成），放在 manifest.json.sig",
        "sign the manifest with this private key (Ed25519, made by openssl), into manifest.json.sig",
        type=Path,
        metavar="KEY",
    ),
    option(
        "--plan",
        "只列出要做什么，不动任何文件",
        "only list what would be done; nothing is touched",
        action="store_true",
    ),
)

public_key = option(
    "--key",
    "文件清单必须有这把公钥能核对的签名",
    "the manifest must have a signature that this public key verifies",
    type=Path,
    metavar="KEY",
)
