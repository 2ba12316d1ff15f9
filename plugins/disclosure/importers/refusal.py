"""Text that is no document at all: empty, a page's source code, wrongly decoded or garbled. The reason, or None."""

from __future__ import annotations

import re

_FEWEST_HAN = 20
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三"
    "之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间"
    "样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位"
    "入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理市"
    "府务请批准号办印省县厅局信息机关规定报告按照责单位服监督审"
)
"""Characters that every Chinese text is full of; wrongly decoded text has few of them."""

_SMALLEST_COMMON_SHARE = 0.2
_SMALLEST_HAN_SHARE = 0.3


def why_refused(text: str) -> str | None:
    """Why nothing can be read out of `text`, in Chinese and in English; None for a text worth reading."""
    solid = "".join(text.split())
    if not solid:
        return "内容是空的。请复制网页上的文字后再导入。 / The text is empty. Copy the text of the page and try again."
    han = re.findall("[\u4e00-\u9fff]", solid)
    if len(han) < _FEWEST_HAN:
        return (
            f"只有 {len(han)} 个汉字，不像一份文件。请检查复制是否完整。"
            f" / Only {len(han)} Chinese characters: hardly a document. Check that all of it was copied."
        )
    if len(han) < len(solid) * _SMALLEST_HAN_SHARE:
        return (
            "大部分不是汉字，像是乱码或者表格数据。请检查复制的内容。"
            " / Mostly not Chinese: garbled text, or figures. Check what was copied."
        )
    if sum(character in _COMMON for character in han) < len(han) * _SMALLEST_COMMON_SHARE:
        return (
            "几乎没有常用汉字，像是编码错误或识别错误造成的乱码。请换一种编码另存为 UTF-8，或重新识别后再导入。"
            " / Hardly any common character: garbled by a wrong encoding or by text recognition. "
            "Save it again as UTF-8, or recognise it again."
        )
    return None


def why_source_code(text: str) -> str | None:
    """Why a text file cannot be read that holds a page's source code."""
    if re.search("<(?:!doctype|html|head|body|div|table|script|meta)[\\s>]", text, re.IGNORECASE):
        return (
            "这是网页的源代码，不是文字。请把文件改名为 .html 再导入，或在浏览器里打开网页，复制显示出来的文字。"
            " / This is the source code of a page. Rename the file to .html, or open it and copy the text it shows."
        )
    return None


class Refusal(Exception):
    """A file out of which nothing can be read: the reason, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")

    @property
    def reason(self) -> str:
        """As it stands in a report."""
        return str(self)
