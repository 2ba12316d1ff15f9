"""文号, the number of an official document: read it, write it the right way, say what is wrong, find it in prose.

Source: STANDARD 党政机关公文格式 (GB/T 9704-2012), 发文字号: 机关代字〔年份〕顺序号号.
The look-alikes are classes of their own, because an order (国务院令第711号) is rightly written with 第
and an announcement (2024年第12号公告) rightly has no brackets.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
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
        return f"{self.organ_code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class OrderNumber:
    """国务院令第711号; 市政府令39号; with a year where the issuer counts by year: 交通运输部令2021年第6号."""

    kind: ClassVar[str] = "令"
    issuer: str
    year: int | None
    serial: int

    @property
    def canonical(self) -> str:
        year = f"{self.year}年" if self.year else ""
        return f"{self.issuer}令{year}第{self.serial}号"


@dataclass(frozen=True, slots=True)
class AnnouncementNumber:
    """2024年第12号公告; 税务总局公告2024年第12号; 农业农村部公告第250号. `genre` is 公告, 通告 or empty.

    `issuer` is empty where the text names none.
    """

    kind: ClassVar[str] = "公告"
    issuer: str
    genre: str
    year: int | None
    serial: int

    @property
    def canonical(self) -> str:
        year = f"{self.year}年" if self.year else ""
        if self.issuer:
            return f"{self.issuer}{self.genre}{year}第{self.serial}号"
        return f"{year}第{self.serial}号{self.genre}"


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """（2024）霁01行初5号: a court's number. It looks like a 文号 and is none."""

    kind: ClassVar[str] = "案号"
    year: int
    court_code: str
    serial: int

    @property
    def canonical(self) -> str:
        return f"（{self.year}）{self.court_code}{self.serial}号"


DocumentNumber = OrdinaryNumber | TelegramNumber | OrderNumber | AnnouncementNumber | CaseNumber

_HAN = "\u4e00-\u9fff"
_OPEN = "〔\\[【（(﹝［〘"
_CLOSE = "〕\\]】）)﹞］〙"
_DIGIT = "0-9０-９"
_GAP = "[ \t\u3000\xa0]{0,3}"
_YEAR = "(?P<year>(?:19|20|１９|２０)[0-9０-９]{2})"
_SERIAL = f"(?P<serial>[{_DIGIT}]{{1,5}})"
_ORDER_SERIAL = f"(?P<serial>[{_DIGIT}]{{1,5}}|[{NUMERAL_CHARACTERS}零]{{1,6}})"
_CODE = f"[{_HAN}](?:[{_HAN}·]|[（(][{_HAN}]{{1,6}}[)）])*"

_BRACKETED = f"[{_OPEN}]{_GAP}{_YEAR}{_GAP}年?[{_CLOSE}]{_GAP}第?{_GAP}{_SERIAL}{_GAP}"
_ORDINARY = re.compile(f"(?P<code>{_CODE}){_GAP}{_BRACKETED}号?")
_SPACED = re.compile(f"(?P<code>{_CODE}){_GAP}{_YEAR}[ \t\u3000\xa0]+{_SERIAL}{_GAP}号?")
_ORDER = re.compile(
    f"(?P<issuer>[{_HAN}]{{1,30}}?){_GAP}"
    f"(?:令{_GAP}[（(]?(?:{_YEAR}年)?第?{_GAP}{_ORDER_SERIAL}{_GAP}号[)）]?|第{_GAP}{_ORDER_SERIAL.replace('serial', 'before')}{_GAP}号{_GAP}令)"
)
_GENRE = "(?P<genre>公告|通告)"
_ANNOUNCEMENT = re.compile(
    f"(?P<issuer>[{_HAN} 、]{{0,30}}?){_GAP}(?:{_GENRE}{_GAP}[（(]?(?:{_YEAR}年)?{_GAP}第{_GAP}{_SERIAL}{_GAP}号[)）]?"
    f"|(?:{_YEAR.replace('year', 'year_before')}年)?{_GAP}第{_GAP}{_SERIAL.replace('serial', 'before')}{_GAP}号"
    f"{_GAP}{_GENRE.replace('genre', 'genre_after')}?)"
)
_CASE = re.compile(
    f"[（(]{_YEAR}[）)]{_GAP}(?P<code>[{_HAN}]{{1,4}}[{_DIGIT}]{{0,4}}[民刑行执赔破知商清司][{_HAN}]{{0,3}}){_SERIAL}号"
)
