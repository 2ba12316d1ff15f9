"""文号, the number of an official document: read it, write it right, say what is wrong, find it in prose.

Source: 党政机关公文格式 (GB/T 9704-2012), 发文字号: 机关代字、年份、发文顺序号.
The look-alikes are classes of their own, because an order (国务院令第711号) is rightly written with 第
and an announcement (2024年第12号公告) rightly has no brackets.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import ClassVar

from plugins.disclosure.chinese_numerals import NUMERAL_CHARACTERS, half_width, read_any_number
from plugins.disclosure.writing_fault import WritingFault


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
    match = _RIGHT.fullmatch(text)
    if match is None or not _is_code(match[1]):
        return None
    return _of_code(match[1], int(match[2]), int(match[3]))


def _parsed(stripped: str) -> DocumentNumber | None:
    shapes = _shapes() if "（" in stripped or "(" in stripped else _shapes_without_a_case()
    for shape in shapes:
        match = shape.field.fullmatch(stripped)
        number = shape.build(match["prefix"].strip(), match) if match else None
        if match and number and (_prefix_of(number) or not match["prefix"]):
            return number
    return None


def normalise(text: str) -> str | None:
    """The one right way to write the number that `text` is: 〔〕, half-width digits, no 第, no leading zero."""
    if is_right(text):
        return text
    number = parse(text)
    return number.canonical if number else None


def is_right(text: str) -> bool:
    """Whether `text` is the number of an ordinary document of which `lint` has nothing to say."""
    match = _RIGHT.fullmatch(text)
    return match is not None and _is_code(match[1])


def sort_key(number: DocumentNumber) -> tuple[str, str, int, int]:
    """Orders numbers by class, then issuer's code, then year, then serial as a number (9号 before 10号)."""
    match number:
        case OrdinaryNumber() | TelegramNumber():
            return (number.kind, number.organ_code, number.year, number.serial)
        case CaseNumber():
            return (number.kind, number.court_code, number.year, number.serial)
        case OrderNumber() | AnnouncementNumber():
            return (number.kind, number.issuer, number.year or 0, number.serial)


def find_all(text: str, known_codes: Collection[str] = ()) -> Iterator[tuple[int, int, DocumentNumber]]:
    """The numbers cited in running text, as (start, end, number), from left to right and never overlapping.

    Chinese has no spaces, so where 机关代字 begins is judged by the words that lead into a citation
    (根据, 执行, 的, ...). `known_codes`, the codes of the catalog, settle the doubtful ones (和政发 is a
    code in one county and "and 政发" elsewhere). What stays doubtful is left out.
    """
    end_before = 0
    for start, end, shape, match in _tails(text):
        if start < end_before:
            continue
        prefix_start = _prefix_start(text, end_before, start, shape.takes_codes, known_codes)
        number = shape.build(text[prefix_start:start].strip(), match)
        if number is None:
            continue
        if not _prefix_of(number):
            prefix_start = start
        end_before = end
        yield prefix_start, end, number


def lint(text: str, signed_on: date | None = None) -> list[WritingFault]:
    """Everything about how `text` writes its number that the format does not allow; empty for a good one.

    `signed_on` is 成文日期; a number of another year is reported, and which of the two is wrong is left open.
    """
    text = text.strip()
    right = _RIGHT.fullmatch(text) if signed_on else None
    if signed_on and right and int(right[2]) == signed_on.year and _is_code(right[1]):
        return []
    number = parse(text)
    if number is None:
        return [_malformed(text)]
    faults = [_slipped(text, number, code, zh, en) for code, zh, en in _slips(text, number)]
    if signed_on and number.year and number.year != signed_on.year:
        faults.append(_other_year(text, number.year, signed_on))
    return faults


def fault_of(text: str) -> WritingFault | None:
    """All that `lint` says of how a number is written, as one fault: one value is mended once."""
    text = text.strip()
    number = parse(text)
    if number is None:
        return _malformed(text)
    slips = list(_slips(text, number))
    if not slips:
        return None
    codes, zh, en = zip(*slips, strict=True)
    return _slipped(text, number, codes[0], "；".join(zh), "; ".join(en))


def _slipped(text: str, number: DocumentNumber, code: str, zh: str, en: str) -> WritingFault:
    return WritingFault(
        f"document-number.{code}",
        f"文号写作“{text}”：{zh}。请写成“{number.canonical}”。",
        f'Document number "{text}": {en}. Write "{number.canonical}".',
        number.canonical,
    )


# Below: what the patterns are made of. A shape is a tail that can be recognised by itself
# (〔2015〕32号, 令第711号) and a function that makes a number of the words before it, or refuses.

_OPEN = "〔[【（(﹝［〘"
_CLOSE = "〕]】）)﹞］〙"
_HAN = "\u4e00-\u9fff"
_GAP = "[ \t\u3000\xa0]{0,3}"
_YEAR = "(?P<year>(?:19|20|１９|２０)[0-9０-９]{2})"
_SERIAL = "(?P<serial>[0-9０-９]{1,5})"
_ORDER_SERIAL = f"(?P<serial>[0-9０-９]{{1,5}}|[{NUMERAL_CHARACTERS}零]{{1,6}})"
_GENRE = "(?P<genre>公告|通告)"
_IN_BRACKETS = (
    f"[{re.escape(_OPEN)}]{_GAP}{_YEAR}{_GAP}年?{_GAP}[{re.escape(_CLOSE)}]{_GAP}第?{_GAP}{_SERIAL}"
)
_NOT_A_NUMBER_PLATE = "(?![线楼院房门井机车馆厅窗店地宗铺])"
"""(2015)12号楼 is a house. Only 〔〕 is never used for anything but 文号."""

_RIGHT = re.compile(f"([{_HAN}][{_HAN}·]*)〔((?:19|20)[0-9]{{2}})〕([1-9][0-9]{{0,4}})号")
_LONGEST_FIELD = 100
_LONGEST_CODE = 20
_LONGEST_CODE_IN_PROSE = 12


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_NOUNS_BEFORE = _words("文件 文号 通知 决定 意见 办法 规定 方案 细则 条例 函件 来文 字号")
_VERBS_BEFORE = _words(
    "根据 依据 按照 依照 遵照 参照 对照 贯彻 落实 执行 印发 转发 发布 下发 制发 公布 废止 修改 修订 "
    "代替 替代 取消 停止 通过 关于 详见 参见 以及 或者 其中 包括 同时 现将 依法 属于 按 见 的"
)
_LEADS = re.compile("|".join((*_NOUNS_BEFORE, *_VERBS_BEFORE)))
_SINGLE_WORDS_IN_PROSE = tuple("以将由对为在是把被据与及或等了")
_ANDS = ("以及", "和", "与", "及", "或", "暨", "同")
_COUNTERS = "年月日号个项条款次届期"
_ORGAN_END = re.compile("(?:院|国|主席|府|委|会|局|部|署|行|厅|室|办|长)$")
_HAN_RUN = re.compile(f"[{_HAN}]{{1,40}}{_GAP}$")
_ORGANS_RUN = re.compile(f"(?:[{_HAN}]{{2,20}}[部局署会行院厅委办府][ \u3000、])*[{_HAN}]{{1,40}}{_GAP}$")
_CODE = re.compile(f"[{_HAN}](?:[{_HAN}·]|[（(][{_HAN}]{{1,6}}[)）])*")


@dataclass(frozen=True, slots=True)
class _Shape:
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
) -> _Shape:
    field = re.compile(f"(?P<prefix>.*?){_GAP}{tail}")
    return _Shape(field, re.compile(in_prose) if in_prose else None, build, takes_codes)


def _ordinary(prefix: str, match: re.Match[str]) -> DocumentNumber | None:
    code = half_width(prefix).replace("(", "（").replace(")", "）")
    year, serial = int(match["year"]), int(match["serial"])
    return _of_code(code, year, serial) if serial and _is_code(code) else None


@lru_cache(maxsize=1024)
def _is_code(code: str) -> bool:
    """Whether it can be an organ's code; the same few stand before many numbers."""
    if not 0 < len(code) <= _LONGEST_CODE or not _CODE.fullmatch(code):
        return False
    return not ("第" in code or code in _NOUNS_BEFORE or _LEADS.search(code, 0, len(code) - 1))


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
    f"[（(]{_YEAR}[）)]{_GAP}"
    f"(?P<court>[{_HAN}]{{1,4}}[0-9０-９]{{0,4}}[民刑行执赔破知商清司][{_HAN}]{{0,3}}){_GAP}{_SERIAL}{_GAP}号"
)
_ORDER_TAILS = (
    f"令{_GAP}(?P<open>[（(])?(?:{_YEAR}年)?{_GAP}第?{_GAP}{_ORDER_SERIAL}{_GAP}号(?(open)[）)])",
    f"(?:{_YEAR}年)?{_GAP}第{_GAP}{_ORDER_SERIAL}{_GAP}号{_GAP}令",
)
_ANNOUNCEMENT_TAILS = (
    f"{_GENRE}{_GAP}(?P<open>[（(])?(?:{_YEAR}年)?{_GAP}第{_GAP}{_SERIAL}{_GAP}号(?(open)[）)])",
    f"(?:{_YEAR}年)?{_GAP}第{_GAP}{_SERIAL}{_GAP}号{_GAP}{_GENRE}",
)


@cache
def _shapes() -> tuple[_Shape, ...]:
    """All shapes; they are many expressions, and most builds meet nothing that asks for them."""
    return (
        _shape(_CASE_TAIL, _case, in_prose=_CASE_TAIL),
        _shape(
            f"{_IN_BRACKETS}{_GAP}号?",
            _ordinary,
            in_prose=f"{_IN_BRACKETS}{_GAP}号{_NOT_A_NUMBER_PLATE}",
            takes_codes=True,
        ),
        _shape(f"{_YEAR}[ \t\u3000\xa0]+{_SERIAL}{_GAP}号?", _ordinary, in_prose=None),
        *(_shape(tail, _order, in_prose=tail) for tail in _ORDER_TAILS),
        *(_shape(tail, _announcement, in_prose=tail) for tail in _ANNOUNCEMENT_TAILS),
        _shape(f"{_YEAR}年第{_GAP}{_SERIAL}{_GAP}号", _bare, in_prose=None),
    )


@cache
def _shapes_without_a_case() -> tuple[_Shape, ...]:
    """A case's number has its year in round brackets."""
    return _shapes()[1:]


def _tails(text: str) -> list[tuple[int, int, _Shape, re.Match[str]]]:
    if "号" not in text:
        return []
    found = [
        (match.start(), match.end(), shape, match)
        for shape in _shapes()
        if shape.tail
        for match in shape.tail.finditer(text)
    ]
    return sorted(found, key=lambda tail: tail[:2])


def _prefix_start(text: str, earliest: int, end: int, takes_codes: bool, known_codes: Collection[str]) -> int:
    """Where the organ code or the issuer begins that ends at `end`."""
    window = text[max(earliest, end - 60) : end]
    run = (_HAN_RUN if takes_codes else _ORGANS_RUN).search(window)
    if not run:
        return end
    start = end - len(window) + run.start()
    words = run.group().rstrip()
    known = max((code for code in known_codes if words.endswith(code)), key=len, default="")
    if known and takes_codes:
        return start + len(words) - len(known)
    before = text[start - 1 : start]
    if takes_codes and before.isascii() and before.isalpha():
        return end  # the code began with letters; the rest of it would be another code
    cut = _lead_in(words, before)
    too_long = takes_codes and len(words) - cut > _LONGEST_CODE_IN_PROSE
    return end if too_long else start + cut


def _lead_in(words: str, before: str) -> int:
    """How many characters of `words` lead into the citation and do not belong to it."""
    after_noun = before in tuple("号》）)〕”」、")
    cut = 0
    if before.isdigit() and words[0] in _COUNTERS:
        cut, after_noun = 1, True
    verb = _cut(words, (*_VERBS_BEFORE, *_SINGLE_WORDS_IN_PROSE))
    noun = _cut(words, _NOUNS_BEFORE)
    if max(verb, noun) > cut:
        cut, after_noun = max(verb, noun), noun > verb
    if after_noun:
        cut += next((len(word) for word in _ANDS if words.startswith(word, cut)), 0)
    return cut


def _cut(words: str, leads: tuple[str, ...]) -> int:
    """Where the last of `leads` ends that still has something behind it; 0 if there is none."""
    ends = (words.rfind(lead, 0, -1) + len(lead) for lead in leads if lead in words[:-1])
    return max(ends, default=0)


def _prefix_of(number: DocumentNumber) -> str:
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


def _slips(text: str, number: DocumentNumber) -> Iterator[tuple[str, str, str]]:
    """What is carelessly written, as (code, Chinese, English)."""
    plain = half_width(text)
    has_brackets = isinstance(number, OrdinaryNumber | TelegramNumber)
    if has_brackets and not re.search("〔[^〔〕]*〕", text):
        yield "bracket", "年份要放在六角括号〔〕里", "the year stands in the brackets 〔〕"
    if plain != text:
        yield "full-width", "数字要用半角", "the digits are half-width"
    if has_brackets and "第" in text:
        yield "ordinal", "顺序号前不写“第”", "no 第 before the serial"
    if re.search("(?<![0-9])0[0-9]*\\s*号?$|第\\s*0", plain):
        yield "leading-zero", "顺序号前不补零", "no leading zero in the serial"
    if "号" not in text:
        yield "missing-hao", "末尾缺“号”字", "the final 号 is missing"
    if has_brackets and re.search("[0-9]\\s*年", plain):
        yield "year-word", "括号里只写四位年份，不写“年”", "only the four digits of the year, no 年"
    if re.search("\\s", text) and not re.search("\\s", _prefix_of(number)):
        yield "space", "中间不留空格", "no spaces inside"


def _malformed(text: str) -> WritingFault:
    return WritingFault(
        "document-number.malformed",
        f"文号写作“{text}”：不是“机关代字〔四位年份〕几号”的样子。"
        "请写成“霁政发〔2024〕5号”的样子；没有文号的，请留空。",
        f'Document number "{text}" is not of the form code〔year〕serial号. '
        'Write it like "霁政发〔2024〕5号", or leave it empty where there is none.',
        None,
    )


def _other_year(text: str, year: int, signed_on: date) -> WritingFault:
    return WritingFault(
        "document-number.other-year",
        f"文号写作“{text}”：年份是{year}年，而成文日期是 {signed_on}。请核对两者哪一个写错了。",
        f'Document number "{text}" is of {year}, but the document is dated {signed_on}. '
        "Check which of the two is wrong.",
        None,
    )
