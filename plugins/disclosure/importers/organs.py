"""Names of organs as texts write them: recognise one, split a list of several."""

from __future__ import annotations

import re

_END = (
    "人民政府|政府|办公厅|办公室|委员会|管委会|党委|党组|市委|县委|区委|省委|总局|分局|局|厅|部|委|办|院|署|行|会|中心|公司|集团|"
    "支队|大队|总队|指挥部|领导小组|工作组|专班|处|科|站|队|所|馆|校|学院|大学|医院|法院|检察院|部门|机构|单位|企业|街道|"
    "开发区|高新区|新区|管理区|园区|各地|各镇|各乡|乡镇"
)
_HAN = "\u4e00-\u9fff"
_NAME = re.compile(f"[{_HAN}（）()·“”、 \u3000]{{2,40}}")
_ENDS = re.compile(f"(?:{_END})$")
_VERB = re.compile("关于|印发|现将|根据|按照|经|请|特此|开展|推进|加强|做好|召开|举行|来源|发布")
_NO_NAMES = ("人民政府", "直属机构", "派出机构", "事业单位", "街道办事处")
"""Members that live on the words before them: 各县委、人民政府."""

_HEADS_OF_LISTS = "各市县区省有关相其国驻乡镇中共党"


def is_organ(text: str) -> bool:
    """Whether the whole of `text` can be the name of an organ (a signature, a value of 发布机构)."""
    return bool(_NAME.fullmatch(text) and _ENDS.search(text) and not _VERB.search(text))


def split_organs(text: str) -> tuple[str, ...]:
    """The organs that a list names, in its order; 等 at the end is dropped, brackets keep what is in them."""
    return tuple(
        name
        for part in split_outside_brackets(text, "、，,；; \u3000")
        for name in _split_at_and(part)
        if name
    )


def split_addressees(text: str) -> tuple[str, ...]:
    """主送机关: groups stand between commas; the members of a group are split where each is a name in full.

    各区、县级市人民政府 stays whole, because 各区 alone is none; 市政府各部门、各直属机构 are two.
    """
    found: list[str] = []
    for group in split_outside_brackets(text, "，,；; \u3000"):
        members = split_outside_brackets(group, "、")
        found.extend(members if all(_is_whole(member) for member in members) else [group])
    return tuple(found)


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """`text` cut at the separators that stand in no brackets; empty parts are left out."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "（(〔[【《“") - (character in "）)〕]】》”")
        if character in separators and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _is_whole(member: str) -> bool:
    name = re.sub("[（(].*?[）)]", "", member)
    return (
        len(name) > 3
        and member not in _NO_NAMES
        and (name.endswith(("区", "县", "市", "镇", "乡")) or _ENDS.search(name) is not None)
    )


def _split_at_and(text: str) -> list[str]:
    """`市政府法制办及市政府有关部门` names two; 及 and 和 inside a name do not split it."""
    text = re.sub("等(?:有关|相关|市级|市直)?(?:部门|单位)?$", "", text.strip())
    match = re.search(f"(?<=[局委办厅部院会门府构位心司区])(?:以及|及|和)(?=[{_HEADS_OF_LISTS}])", text)
    if match is None:
        return [text]
    return [text[: match.start()], *_split_at_and(text[match.end() :])]
