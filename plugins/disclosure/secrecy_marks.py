"""Lines by which a document says that it is not for the public: 机密★5年, 内部资料 严禁外传, （此件不公开）.

A classification and how long it lasts stand at the head of a document, parted by a star (GB/T 9704—2012, 7.2.2); what
is a state secret is not disclosed (政府信息公开条例, 第十四条).
"""

from __future__ import annotations

import re

from plugins.disclosure.chinese_numerals import half_width

_CLASSES = "(?:绝密|机密|秘密)"
_LASTING = "(?:长期|[0-9一二三四五六七八九十]{1,3}(?:年|个?月|天|日))"
_LONGEST = 40
_BY_A_STAR = re.compile(f"(?:^|[\\s:：0-9]){_CLASSES}\\s?[★☆*＊]")
_CERTAIN = re.compile(
    f"(?:文件)?(?:密级|密级和保密期限)[:：]?{_CLASSES}.{{0,12}}"
    "|[（(【\\[]?[此本](?:件|文件?)(?:依申请公开|(?:不|不予|不宜|不得|不可|免予|暂不|不得对外|不对外)(?:公开|上网)(?:发布)?)[）)】\\]]?[。！!]?"
    "|(?:[此本](?:件|文件?|资料|材料))?(?:仅供|只供|属|系|供|限)?内部(?:资料|文件|材料|使用|参考|掌握|传阅|情况|发行)?[，,、；;]?"
    "(?:请)?(?:(?:严禁|禁止|不得|请勿|切勿|勿)(?:外传|外泄|扩散|传播|公开|复制|翻印|转载)|注意保[存密]|妥善保管)[！!]?"
    "|(?:[此本](?:件|文件?|资料|材料))?(?:仅供|只供|限)内部(?:使用|参考|掌握|传阅)[！!]?"
    "|(?:严禁|禁止|不得|请勿|切勿)外传[！!]?|注意保密[！!]?"
)
_AT_THE_EDGE = re.compile(f"{_CLASSES}{_LASTING}?|内部(?:资料|文件|材料|使用|掌握)")
_BESIDE = re.compile("[0-9]{1,8}|特急|加急|平急|特提|急件|第[0-9]+页|共[0-9]+页|[0-9]+份")
_QUOTED = re.compile('[“”"「」《》。，]')


def is_secrecy_mark(line: str, *, at_the_edge: bool = False) -> bool:
    """Whether the line is such a mark. A bare 秘密 or 内部资料 is one only at the edge of a document: in its text it may
    be an entry of a list."""
    text = half_width(line).strip()
    if len(text) > _LONGEST:
        return False
    squeezed = "".join(text.split())
    if _CERTAIN.fullmatch(squeezed) or (_BY_A_STAR.search(text) and not _QUOTED.search(text)):
        return True
    words = [word for word in text.strip("（()）【】[]").split() if not _BESIDE.fullmatch(word)]
    return at_the_edge and bool(words) and _AT_THE_EDGE.fullmatch("".join(words)) is not None
