"""What the visible text of a page says, line by line: labelled values, documents named, numbers of persons, an apology,
that there is nothing of the kind.

The same lines stand on many pages; what a line says is worked out once and remembered.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from crawler_checks.extract.facts import NO_LINES
from crawler_checks.extract.lines import LONGEST_SHARED, marks
from crawler_checks.extract.said import NOTHING_SAID, Person, Said
from plugins.disclosure.cited_numbers import find_all
from plugins.disclosure.document_number import CaseNumber
from plugins.disclosure.page_labels import load_page_labels
from plugins.disclosure.personal_numbers import find_numbers

LONGEST_LABEL = 24
LONGEST_VALUE = 200
LONGEST_APOLOGY = 60
LONGEST_ABSENCE = 120
NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)|[【\[●■◆▶·*※])\s*"
)
END_OF_LABEL = re.compile("[:：]")
ENDS_OF_LABELS = ":：】] \t"
APOLOGY = re.compile(
    r"(?:页面|网页|网址|文件|内容|文章|信息|栏目|链接|地址)[^，。]{0,8}"
    r"(?:不存在|未找到|找不到|没有找到|已被?删除|已失效|被删除|被移除|已移除|已下线|走丢|飞走|丢失了)"
    r"|(?:找不到|未找到|没有找到|无法找到|不存在)(?:了|您|你|该|此|这个|相应的?|请求的?|所?要?访问的?|查找的?|浏览的?|指定的?|对应的?|的)*"
    r"(?:页面|网页|网址|文章)"
)
IN_ENGLISH = re.compile(
    r"page (?:could not be |cannot be |can't be |was not |is not |not )found|page (?:has been |was )?removed"
    r"|\b404 error\b|\berror 404\b|HTTP 404|404[ -]{1,3}not found",
    re.IGNORECASE,
)
"""What a page says that is not there."""
ABSENCE = re.compile(
    r"(?:无|没有)此[类项]|不具有[^。]{0,40}(?:职[权能责]|权限|资格)|不(?:涉及|承担)[^。]{1,40}(?:职[权能责]|业务|工作|事项|信息)"
    r"|没有[^，。]{1,20}(?:职[权能责]|权限)"
)
"""An organ that has nothing of a kind says so, and mostly why."""
NUMBER_MAY_FOLLOW = re.compile(
    r"[〔\[【（(﹝［令告号](?:(?<=[令告])|(?<=号)令|(?<![令告号])\s*(?:19|20|１９|２０))"
)
TELLING = re.compile(
    r"[:：【《〔\[（(﹝［令告号0-9０-９不无没找删失移下走飞丢Pp](?:(?<=[:：【《令告])|(?<=号)令|(?<=[〔\[（(﹝［])\s*(?:19|20|１９|２０)"
    r"|(?<=[0-9０-９])[0-9０-９]{3}|(?<=4)04|(?<=[Pp])[Aa][Gg][Ee]|(?<=不)[存具涉承]|(?<=无)此|(?<=没)有|(?<=找)不?到|(?<=[删移])除|(?<=失)效"
    r"|(?<=下)线|(?<=走)丢|(?<=飞)走|(?<=丢)失)"
)
"""What stands in each line that says anything but a label alone: the beginnings of the expressions here, at one look."""
TITLE = re.compile(r"《([^《》\n]{4,100})》")
PERSONS_MAY_FOLLOW = re.compile(r"[0-9０-９][0-9０-９]{3}")
AT_WORK = re.compile(r"电话|热线|值班|联系|咨询|办公|举报|投诉|监督|传真|报名|客服|窗口|手机|负责人|邮箱")
OF_BANKS = re.compile(r"银行|卡号|账[号户]|帐[号户]|开户|支行|信用社|存折")
OTHER_NUMBERS = re.compile(
    r"信用代码|订单|流水|单号|编号|批次|条码|许可证号|注册号|ISBN|ISSN|索引号", re.IGNORECASE
)


class _Line(Struct, frozen=True, gc=False):
    """What one line says by itself."""

    labels: tuple[str, ...] = ()
    value: str = ""
    is_apology: bool = False
    is_absence: bool = False
    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()


_SILENT = _Line()


class Text(Struct, frozen=True, eq=False, gc=False):
    """Lines that stand together. `says` are those of them that say something, each with its place."""

    lines: Sequence[str] = ()
    says: Sequence[tuple[int, _Line]] = ()
    marks: array[int] = NO_LINES


NO_TEXT = Text()


@dataclass(slots=True)
class TextReader:
    """Reads the lines of many pages of one site. Remembers the marks of short ones, and what those say that say anything."""

    _marks: dict[str, int] = field(default_factory=dict)
    _saying: dict[str, _Line] = field(default_factory=dict)
    _ends_of_labels: frozenset[str] = field(
        default_factory=lambda: frozenset(["】", *(word[-1] for word in load_page_labels().by_word)])
    )

    def read(self, lines: Sequence[str]) -> Said:
        """What these lines say together."""
        return self.said([self.text(lines)])

    def text(self, lines: Sequence[str]) -> Text:
        """Lines with what each says by itself."""
        if not lines:
            return NO_TEXT
        known, saying = self._marks, self._saying
        new = [line for line in lines if line not in known]
        known.update(zip(new, marks(new), strict=True))
        saying.update(
            [(line, says) for line in new if self._may_say(line) and (says := _says(line)) is not _SILENT]
        )
        found = [(place, saying[line]) for place, line in enumerate(lines) if line in saying]
        text = Text(lines, found, array("Q", map(known.__getitem__, lines)))
        for line in new:
            if len(line) > LONGEST_SHARED:
                known.pop(line, None)
                saying.pop(line, None)
        return text

    def _may_say(self, line: str) -> bool:
        """Whether a line is worth a closer look."""
        is_short = len(line) <= LONGEST_LABEL
        return TELLING.search(line) is not None or (is_short and line[-1] in self._ends_of_labels)

    def said(self, texts: Iterable[Text]) -> Said:
        """What texts that stand one behind the other say together."""
        lines: list[str] = []
        found: list[tuple[int, _Line]] = []
        for text in texts:
            if text.says:
                before = len(lines)
                found += [(before + place, says) for place, says in text.says]
            lines += text.lines
        if not found:
            return NOTHING_SAID
        labels: dict[str, str] = {}
        apology = absence = ""
        numbers: list[str] = []
        titles: list[str] = []
        persons: list[Person] = []
        for place, says in found:
            if says.labels:
                value = says.value or self._value_below(lines, place)
                for label in says.labels:
                    if not labels.get(label):
                        labels[label] = value
            if says.is_apology and not apology:
                apology = lines[place]
            if says.is_absence and not absence:
                absence = lines[place]
            numbers += says.numbers
            titles += says.titles
            if says.persons:
                persons += _in_context(
                    says.persons, lines[place], " ".join(lines[max(0, place - 2) : place + 1])
                )
        return Said(labels, apology, absence, frozenset(numbers), frozenset(titles), tuple(persons))

    def _value_below(self, lines: Sequence[str], place: int) -> str:
        """The line below a label, unless it is a label itself."""
        if place + 1 >= len(lines):
            return ""
        below = lines[place + 1]
        if below in (":", "："):
            return lines[place + 2][:LONGEST_VALUE] if place + 2 < len(lines) else ""
        return "" if _labelled(below)[0] else below.lstrip(":： ")[:LONGEST_VALUE]


def plain_label(text: str) -> str:
    """A label without numbering, blanks and colon: `一、申 请 条 件：` is 申请条件."""
    text = NUMBERING.sub("", text.strip())
    return "".join(text.strip(ENDS_OF_LABELS).split())


def _says(line: str) -> _Line:
    labels, value = _labelled(line)
    is_apology = len(line) <= LONGEST_APOLOGY and "“" not in line and _apologizes(line)
    is_absence = len(line) <= LONGEST_ABSENCE and ABSENCE.search(line) is not None
    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    if NUMBER_MAY_FOLLOW.search(line):
        found = (number for _, _, number in find_all(line))
        numbers = tuple(number.canonical for number in found if not isinstance(number, CaseNumber))
    if "《" in line:
        titles = tuple(TITLE.findall(line))
    persons = _persons(line) if PERSONS_MAY_FOLLOW.search(line) else ()
    if not (labels or is_apology or is_absence or numbers or titles or persons):
        return _SILENT
    return _Line(labels, value, is_apology, is_absence, numbers, titles, persons)


def _apologizes(line: str) -> bool:
    if APOLOGY.search(line):
        return True
    small = line.lower()
    return ("404" in small or "page" in small) and IN_ENGLISH.search(line) is not None


def _labelled(line: str) -> tuple[tuple[str, ...], str]:
    """The labels at the beginning of a line, and what stands behind them."""
    by_word = load_page_labels().by_word
    if len(line) <= LONGEST_LABEL and (found := by_word.get(plain_label(line))):
        return found, ""
    head = line[:LONGEST_LABEL]
    colon = END_OF_LABEL.search(head, 1)
    if colon and (found := by_word.get(plain_label(line[: colon.start()]))):
        return found, line[colon.end() :].strip()[:LONGEST_VALUE]
    if (
        line.startswith("【")
        and (at := head.find("】")) > 0
        and (found := by_word.get(plain_label(line[1:at])))
    ):
        return found, line[at + 1 :].strip(" :：")[:LONGEST_VALUE]
    return (), ""


def _persons(line: str) -> tuple[Person, ...]:
    return tuple(Person(one.kind, one.name, one.name_en, one.masked) for one in find_numbers(line))


def _in_context(persons: Sequence[Person], line: str, around: str) -> list[Person]:
    """Those that are a person's for all that stands around them: an account number needs a bank, for order numbers
    look the same; a telephone beside an office is that office's."""
    kept = []
    for one in persons:
        if one.kind == "bank-card" and (not OF_BANKS.search(around) or OTHER_NUMBERS.search(line)):
            continue
        if one.kind == "identity-card" and OTHER_NUMBERS.search(around) and "身份证" not in around:
            continue
        for_work = one.kind == "mobile" and AT_WORK.search(around) is not None
        kept.append(Person(one.kind, one.name, one.name_en, one.masked, for_work))
    return kept
