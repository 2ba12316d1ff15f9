"""文号, the number of an official document: its classes, how it is read, and the one right way to write it.

Source: 党政机关公文格式 (GB/T 9704-2012), 发文字号: 机关代字、年份、发文顺序号.
The look-alikes are classes of their own, because an order (国务院令第711号) is rightly written with 第
and an announcement (2024年第12号公告) rightly has no brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ClassVar

from plugins.disclosure.chinese_numerals import NUMERAL_CHARACTERS, half_width, read_any_number


@dataclass(frozen=True, slots=True)
class OrdinaryNumber:
    """十政办发〔2015〕32号."""

    kind: ClassVar[str] = "文号"
    organ_code: str
    year: int
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write it."""
        return f"{self.organ_code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class TelegramNumber:
    """国办发明电〔2021〕11号: the form is the ordinary one, the paper is a telegram (明电, 发电)."""

    kind: ClassVar[str] = "明电"
    organ_code: str
    year: int
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write it."""
        return f"{self.organ_code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class OrderNumber:
    """国务院令第711号; with a year where the issuer counts by year: 交通运输部令2021年第6号."""

    kind: ClassVar[str] = "令"
    issuer: str
    year: int | None
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write it."""
        return f"{self.issuer}令{_year_words(self.year)}第{self.serial}号"


@dataclass(frozen=True, slots=True)
class AnnouncementNumber:
    """2024年第12号公告; 税务总局公告2024年第12号; 农业农村部公告第250号.

    `issuer` is empty where the text names none. `genre` is 公告 or 通告, empty in the bare 2024年第12号.
    """

    kind: ClassVar[str] = "公告"
    issuer: str
    genre: str
    year: int | None
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write it."""
        number = f"{_year_words(self.year)}第{self.serial}号"
        return f"{self.issuer}{self.genre}{number}" if self.issuer else f"{number}{self.genre}"


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """（2024）霁01行初5号: the number of a court's case. It looks like a 文号 and is none."""

    kind: ClassVar[str] = "案号"
    year: int
    court_code: str
    serial: int

    @property
    def canonical(self) -> str:
        """The one right way to write it."""
        return f"（{self.year}）{self.court_code}{self.serial}号"


DocumentNumber = OrdinaryNumber | TelegramNumber | OrderNumber | AnnouncementNumber | CaseNumber


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, however carelessly it is written; None if it is anything else or holds more.

    Understood beside the right form: every bracket, full-width digits, 第, leading zeros, a missing 号,
    spaces in place of brackets (十政办发 2015 32).
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST_FIELD:
        return None
    return _rightly_written(stripped) or _parsed(stripped)


def _rightly_written(text: str) -> OrdinaryNumber | TelegramNumber | None:
    """The number that most are, written as it should be; None for all else."""
    match = RIGHT.fullmatch(text)
    if match is None or not is_code(match[1]):
        return None
    return _of_code(match[1], int(match[2]), int(match[3]))


def _parsed(stripped: str) -> DocumentNumber | None:
    for shape in shapes() if "（" in stripped or "(" in stripped else _shapes_without_a_case():
        match = shape.field.fullmatch(stripped)
        number = shape.build(match["prefix"].strip(), match) if match else None
        if match and number and (prefix_of(number) or not match["prefix"]):
            return number
    return None


def normalise(text: str) -> str | None:
    """The one right way to write the number that `text` is: 〔〕, half-width digits, no 第, no leading zero."""
    if is_right(text):
        return text
    number = parse(text)
    return number.canonical if number else None


def is_right(text: str) -> bool:
    """Whether `text` is the number of an ordinary document with nothing wrong in how it is written."""
    match = RIGHT.fullmatch(text)
    return match is not None and is_code(match[1])


def sort_key(number: DocumentNumber) -> tuple[str, str, int, int]:
    """Orders numbers by class, then issuer's code, then year, then serial as a number (9号 before 10号)."""
    match number:
        case OrdinaryNumber() | TelegramNumber():
            return (number.kind, number.organ_code, number.year, number.serial)
        case CaseNumber():
            return (number.kind, number.court_code, number.year, number.serial)
        case OrderNumber() | AnnouncementNumber():
            return (number.kind, number.issuer, number.year or 0, number.serial)


# Below: what the patterns are made of. A shape is a tail that can be recognised by itself
# (〔2015〕32号, 令第711号) and a function that makes a number of the words before it, or refuses.

_OPEN = "〔[【（(﹝［〘"
_CLOSE = "〕]】）)﹞］〙"
HAN = "\u4e00-\u9fff"
GAP = "[ \t\u3000\xa0]{0,3}"
_YEAR = "(?P<year>(?:19|20|１９|２０)[0-9０-９]{2})"
_SERIAL = "(?P<serial>[0-9０-９]{1,5})"
_ORDER_SERIAL = f"(?P<serial>[0-9０-９]{{1,5}}|[{NUMERAL_CHARACTERS}零]{{1,6}})"
_GENRE = "(?P<genre>公告|通告)"
_IN_BRACKETS = f"[{re.escape(_OPEN)}]{GAP}{_YEAR}{GAP}年?{GAP}[{re.escape(_CLOSE)}]{GAP}第?{GAP}{_SERIAL}"
_NOT_A_NUMBER_PLATE = "(?![线楼院房门井机车馆厅窗店地宗铺])"
"""(2015)12号楼 is a house. Only 〔〕 is never used for anything but 文号."""

RIGHT = re.compile(f"([{HAN}][{HAN}·]*)〔((?:19|20)[0-9]{{2}})〕([1-9][0-9]{{0,4}})号")
_LONGEST_FIELD = 100
_LONGEST_CODE = 20


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


NOUNS_BEFORE = _words("文件 文号 通知 决定 意见 办法 规定 方案 细则 条例 函件 来文 字号")
VERBS_BEFORE = _words(
    "根据 依据 按照 依照 遵照 参照 对照 贯彻 落实 执行 印发 转发 发布 下发 制发 公布 废止 修改 修订 "
    "代替 替代 取消 停止 通过 关于 详见 参见 以及 或者 其中 包括 同时 现将 依法 属于 按 见 的"
)
_LEADS = re.compile("|".join((*NOUNS_BEFORE, *VERBS_BEFORE)))
_ORGAN_END = re.compile("(?:院|国|主席|府|委|会|局|部|署|行|厅|室|办|长)$")
_CODE = re.compile(f"[{HAN}](?:[{HAN}·]|[（(][{HAN}]{{1,6}}[)）])*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A form of a number: as a whole field, as it ends in running text, and what is made of both halves."""

    field: re.Pattern[str]
    tail: re.Pattern[str] | None
    build: Callable[[str, re.Match[str]], DocumentNumber | None]
    takes_codes: bool = False


def _shape(
    tail: str,
    build: Callable[[str, re.Match[str]], DocumentNumber | None],
    *,
    in_prose: str | None,
    takes_codes: bool = False,
) -> Shape:
    field = re.compile(f"(?P<prefix>.*?){GAP}{tail}")
    return Shape(field, re.compile(in_prose) if in_prose else None, build, takes_codes)


def _ordinary(prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    code = half_width(prefix).replace("(", "（").replace(")", "）")
    year, serial = int(match["year"]), int(match["serial"])
    return _of_code(code, year, serial) if serial and is_code(code) else None


@lru_cache(maxsize=1024)
def is_code(code: str) -> bool:
    """Whether it can be an organ's code; the same few stand before many numbers."""
    if not 0 < len(code) <= _LONGEST_CODE or not _CODE.fullmatch(code):
        return False
    return not ("第" in code or code in NOUNS_BEFORE or _LEADS.search(code, 0, len(code) - 1))


def _of_code(code: str, year: int, serial: int) -> OrdinaryNumber | TelegramNumber:
    if code.endswith(("明电", "发电")):
        return TelegramNumber(code, year, serial)
    return OrdinaryNumber(code, year, serial)


def _order(prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    issuer = _issuer(prefix)
    serial = read_any_number(match["serial"])
    if not issuer or not serial:
        return None
    return OrderNumber("国务院" if issuer == "国" else issuer, _year(match), serial)


def _announcement(prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    issuer, year, serial = _issuer(prefix), _year(match), int(match["serial"])
    if serial == 0 or (not issuer and year is None):
        return None
    return AnnouncementNumber(issuer, match["genre"], year, serial)


def _bare(_prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    serial = int(match["serial"])
    return AnnouncementNumber("", "", _year(match), serial) if serial else None


def _case(_prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    serial = int(match["serial"])
    return CaseNumber(int(match["year"]), half_width(match["court"]), serial) if serial else None


def _issuer(prefix: str) -> str:
    """The organ at the end of `prefix`, without 中华人民共和国; empty where no organ stands there."""
    name = " ".join(re.split("[ \t\u3000\xa0、]+", prefix))
    name = name.removeprefix("中华人民共和国")
    if not _ORGAN_END.search(name) or _LEADS.search(name, 0, len(name) - 1):
        return ""
    return name


_CASE_TAIL = (
    f"[（(]{_YEAR}[）)]{GAP}"
    f"(?P<court>[{HAN}]{{1,4}}[0-9０-９]{{0,4}}[民刑行执赔破知商清司][{HAN}]{{0,3}}){GAP}{_SERIAL}{GAP}号"
)
_ORDER_TAILS = (
    f"令{GAP}(?P<open>[（(])?(?:{_YEAR}年)?{GAP}第?{GAP}{_ORDER_SERIAL}{GAP}号(?(open)[）)])",
    f"(?:{_YEAR}年)?{GAP}第{GAP}{_ORDER_SERIAL}{GAP}号{GAP}令",
)
_ANNOUNCEMENT_TAILS = (
    f"{_GENRE}{GAP}(?P<open>[（(])?(?:{_YEAR}年)?{GAP}第{GAP}{_SERIAL}{GAP}号(?(open)[）)])",
    f"(?:{_YEAR}年)?{GAP}第{GAP}{_SERIAL}{GAP}号{GAP}{_GENRE}",
)


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes; they are many expressions, and most builds meet nothing that asks for them."""
    return (
        _shape(_CASE_TAIL, _case, in_prose=_CASE_TAIL),
        _shape(
            f"{_IN_BRACKETS}{GAP}号?",
            _ordinary,
            in_prose=f"{_IN_BRACKETS}{GAP}号{_NOT_A_NUMBER_PLATE}",
            takes_codes=True,
        ),
        _shape(f"{_YEAR}[ \t\u3000\xa0]+{_SERIAL}{GAP}号?", _ordinary, in_prose=None),
        *(_shape(tail, _order, in_prose=tail) for tail in _ORDER_TAILS),
        *(_shape(tail, _announcement, in_prose=tail) for tail in _ANNOUNCEMENT_TAILS),
        _shape(f"{_YEAR}年第{GAP}{_SERIAL}{GAP}号", _bare, in_prose=None),
    )


@cache
def _shapes_without_a_case() -> tuple[Shape, ...]:
    """A case's number has its year in round brackets."""
    return shapes()[1:]


def prefix_of(number: DocumentNumber) -> str:
    """What stands before year and serial: the organ's code, or the issuer."""
    match number:
        case OrdinaryNumber() | TelegramNumber():
            return number.organ_code
        case OrderNumber() | AnnouncementNumber():
            return number.issuer
        case CaseNumber():
            return ""


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def _year_words(year: int | None) -> str:
    return f"{year}年" if year else ""
