"""content/site.yaml -> Site: who publishes, under which address, with which marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from plugins.disclosure.kinds import Field
from plugins.disclosure.problem import Problem, error
from plugins.disclosure.profile import load_regime, profile_ids
from plugins.disclosure.readers.around import Around
from plugins.disclosure.readers.folder import FoundFile
from plugins.disclosure.readers.front_matter import read_entries
from plugins.disclosure.readers.text_file import read_text_file
from plugins.disclosure.readers.values import Values, names_of, read_values
from plugins.disclosure.readers.wording import quoted, quoted_en
from plugins.disclosure.readers.written import Place
from plugins.disclosure.site import SUMMARY, WHOLE, Site

FILE = "site.yaml"

SITE_FIELDS = (
    Field(
        "name",
        "网站名称",
        "Name",
        "text",
        "required",
        example="霁川市政府信息公开",
        help="显示在每页页眉，也写进页面标签 SiteName。",
    ),
    Field("city", "城市", "City", "text", "required", example="霁川市"),
    Field(
        "base_address",
        "网址",
        "Address",
        "link",
        "required",
        example="https://www.jichuan.example/xxgk/",
        help="本栏目对外的完整网址，以斜杠结尾；挂在门户网站的一个目录下，不是单独的网站。",
    ),
    Field(
        "government",
        "负责机关",
        "Responsible organ",
        "organ",
        "required",
        example="government",
        help="对全站负责的机关，写 organs.csv 里的编号。",
    ),
    Field(
        "regime",
        "适用规则",
        "Rules",
        "text",
        "required",
        example="cn",
        help="写 cn，按信息的日期自动选用当时有效的规定。",
    ),
    Field(
        "description",
        "网站描述",
        "Description",
        "long_text",
        "required",
        example="霁川市政府信息公开的统一平台。",
        help="一句话说明本栏目，供搜索引擎使用。",
    ),
    Field(
        "id_code",
        "网站标识码",
        "Site code",
        "text",
        "expected",
        example="9901000001",
        help="政府网站标识码，10 位数字，或 bm 加 8 位数字。",
    ),
    Field("icp_number", "ICP备案号", "ICP number", "text", "expected", example="京ICP备00000000号-1"),
    Field(
        "police_number",
        "公安备案号",
        "Police number",
        "text",
        "expected",
        example="京公网安备00000000000000号",
    ),
    Field("sponsor", "主办单位", "Sponsor", "text", "required", example="霁川市人民政府办公室"),
    Field("organizer", "承办单位", "Organizer", "text", "required", example="霁川市政务公开办公室"),
    Field("contact_phone", "联系电话", "Telephone", "phone", "required", example="0990-5550101"),
    Field("contact_email", "电子邮箱", "E-mail", "email", "expected", example="xxgk@jichuan.example"),
    Field(
        "contact_address", "联系地址", "Postal address", "text", "expected", example="霁川市望岫区听雨路1号"
    ),
    Field(
        "report_error_address",
        "找错网址",
        "Report an error",
        "link",
        "expected",
        example="https://www.jichuan.example/jiucuo/",
        help="“我为政府网站找错”的入口。",
    ),
    Field(
        "portal_address",
        "门户网址",
        "Portal",
        "link",
        example="https://www.jichuan.example/",
        help="政府门户网站首页。",
    ),
    Field("hotline", "便民热线", "Hotline", "phone", example="12345", help="政务服务便民热线。"),
    Field("time_zone", "时区", "Time zone", "text", example="Asia/Shanghai", help="决定订阅文件里的时刻。"),
    Field(
        "history",
        "公开变更历史",
        "Public history",
        "yes_no",
        example="是",
        help="写“是”，公开每条信息以前的样子和改动说明。",
    ),
    Field(
        "feed_text", "订阅内容", "Text in feeds", "text", example=SUMMARY, help="订阅里放“摘要”还是“全文”。"
    ),
    Field(
        "search_server",
        "检索服务路径",
        "Search server",
        "text",
        example="/jiansuo/",
        help="检索页改问服务器时，服务器在同一主机上的路径；不写就用网站自带的检索数据。",
    ),
    Field(
        "websub_hub",
        "订阅推送网址",
        "WebSub hub",
        "link",
        example="https://hub.jichuan.example/",
        help="订阅的推送中心，有新信息时由它通知订阅者。",
    ),
)

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀川黔贵滇云藏陕秦陇甘青宁新"


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a value is written, and what to say of one that is not, in Chinese and English."""

    pattern: re.Pattern[str]
    zh: str
    en: str


_SHAPES = {
    "id_code": _Shape(
        re.compile("bm[0-9]{8}|[0-9]{10}"),
        "应当是 10 位数字，或者 bm 加 8 位数字",
        "must be ten digits, or bm and eight digits",
    ),
    "icp_number": _Shape(
        re.compile(f"[{_PROVINCES}]ICP[备证][0-9]{{5,10}}号(?:-[0-9]+)?"),
        "应当是省份简称、“ICP备”、数字和“号”",
        "must be the short name of a province, ICP备, digits and 号",
    ),
    "police_number": _Shape(
        re.compile(f"[{_PROVINCES}]公网安备 ?[0-9]{{14}}号?"),
        "应当是省份简称、“公网安备”和 14 位数字",
        "must be the short name of a province, 公网安备 and 14 digits",
    ),
    "base_address": _Shape(
        re.compile("https?://[^?#]+/"),
        "应当以 https:// 或 http:// 开头，以 / 结尾",
        "must begin with https:// or http:// and end in /",
    ),
    "search_server": _Shape(
        re.compile("/(?!/)[A-Za-z0-9._~/-]*"),
        "应当是本网站里以 / 开头的地址",
        "must be an address of this site that begins with /",
    ),
    "feed_text": _Shape(
        re.compile(f"{SUMMARY}|{WHOLE}"),
        f"应当是“{SUMMARY}”或“{WHOLE}”",
        f"must be {SUMMARY} or {WHOLE}",
    ),
}
_ZONE = _Shape(re.compile(""), "没有这个时区", "is no time zone")


@dataclass(frozen=True, slots=True)
class SiteRead:
    """The site, None when a value without which nothing can be judged is missing, and every problem."""

    site: Site | None
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]


def read_site(file: FoundFile, around: Around) -> SiteRead:
    """The values of site.yaml; `around.organs` may be None: `organ_problem` asks later."""
    text_file = read_text_file(file.path, file.name)
    if text_file.text is None:
        return SiteRead(None, text_file.problems, {})
    lines = text_file.text.split("\n")
    start = 1 if lines[0].strip() == "---" else 0
    entries, problems = read_entries(lines[start:], start + 1, file.name, names_of(SITE_FIELDS))
    read = read_values(entries, SITE_FIELDS, Place(file.name, 1), around)
    found = [*text_file.problems, *problems, *read.problems, *_odd_values(file.name, read)]
    return SiteRead(_site(read), tuple(found), read.lines)


def missing_site() -> Problem:
    """What to say when there is no site.yaml."""
    lines = "；".join(f"{field.label}: {field.example}" for field in SITE_FIELDS[:5])
    return error(
        FILE,
        None,
        None,
        "site.missing",
        "内容文件夹里没有 site.yaml，不知道是谁的网站。",
        f"There is no site.yaml in the content folder, so nobody knows whose site this is. Write it like: {lines}",
        f"请新建这个文件，每行一项，例如 {lines}",
    )


def organ_problem(site: Site, lines: Mapping[str, int], around: Around) -> Problem | None:
    """What is wrong with the organ that answers for the portal, now that organs.csv has been read."""
    if around.organs is None or around.organs.find(site.government):
        return None
    return error(
        FILE,
        lines.get("government"),
        "负责机关",
        "site.no-such-organ",
        f"写作{quoted(site.government)}，机构名录 organs.csv 里没有这个编号。",
        f"{quoted_en(site.government)} is no id in organs.csv. Write the id of the organ that answers for the site.",
        "请写对全站负责的机关在 organs.csv 里的编号，例如 government。",
    )


def _site(read: Values) -> Site | None:
    required = [field.key for field in SITE_FIELDS if field.need == "required"]
    if any(key not in read.values for key in required):
        return None
    given: dict[str, Any] = {
        field.name: str(read.values[field.name]) for field in fields(Site) if field.name in read.values
    }
    given["history"] = bool(read.values.get("history"))
    defaults = {field.key: "" for field in SITE_FIELDS if field.need == "expected"}
    return Site(**defaults | given)


def _odd_values(file: str, read: Values) -> Iterator[Problem]:
    for field in SITE_FIELDS:
        value = str(read.values.get(field.key, ""))
        shape = _SHAPES.get(field.key)
        if value and shape and not shape.pattern.fullmatch(value):
            yield _bad_shape(file, read.lines[field.key], field, value, shape)
    regime = read.values.get("regime")
    if regime is not None and not _is_regime(regime):
        yield _bad_regime(file, read.lines["regime"], regime)
    zone = read.values.get("time_zone")
    if zone is not None and not _is_time_zone(zone):
        field = next(field for field in SITE_FIELDS if field.key == "time_zone")
        yield _bad_shape(file, read.lines["time_zone"], field, zone, _ZONE)


def _is_regime(name: str) -> bool:
    try:
        load_regime(name)
    except FileNotFoundError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError):  # a missing zone is a KeyError of its own kind
        return False
    except KeyError:
        return False
    return True


def _bad_shape(file: str, line: int, field: Field, value: str, shape: _Shape) -> Problem:
    is_short = shape is not _ZONE and shape.pattern.fullmatch(f"{value}/") is not None
    example = f"{value}/" if is_short else field.example  # an address is most often short of its last sign
    return error(
        file,
        line,
        field.label,
        "site.bad-value",
        f"写作{quoted(value)}，{shape.zh}。",
        f"{quoted_en(value)} {shape.en}. Write {example if is_short else f'it like {example}'}.",
        f"请写成 {example} （末尾加 /）。" if is_short else f"请写成 {example} 的样子。",
    )


def _bad_regime(file: str, line: int, value: str) -> Problem:
    there_are = "、".join(["cn", *profile_ids()])
    return error(
        file,
        line,
        "适用规则",
        "site.no-such-rules",
        f"写作{quoted(value)}，没有这套规则。",
        f"There are no rules {quoted_en(value)}. Write one of: {there_are}.",
        f"请写下列之一：{there_are}。写 cn 就按信息日期自动选用当时有效的规定。",
    )
