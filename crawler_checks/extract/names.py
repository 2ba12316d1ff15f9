"""Names of sections as sites write them, brought into one form so that they can be compared."""

from __future__ import annotations

import re
import unicodedata

TRADITIONAL = str.maketrans(
    "開規劃計務動態聞報預決財費項設單機構職權責許處罰強執應業號類別縣區鄉鎮國歷標準統監檢匯總結錄庫資訊眾關問題導讀釋說過屆議論會記辦"
    "組織領幹員簡條藥環護節約農醫療衛養學體經濟發網頁電話郵圖書館檔協調聯績評價審級層產質災險臨時間長變選舉試實際隨雙貧兩嚴個為義"
    "與專償內況場徵範據欄測點線紹補請購遷進門採臺後並術係當擬",
    "开规划计务动态闻报预决财费项设单机构职权责许处罚强执应业号类别县区乡镇国历标准统监检汇总结录库资讯众关问题导读释说过届议论会记办"
    "组织领干员简条药环护节约农医疗卫养学体经济发网页电话邮图书馆档协调联绩评价审级层产质灾险临时间长变选举试实际随双贫两严个为义"
    "与专偿内况场征范据栏测点线绍补请购迁进门采台后并术系当拟",
)
COUNT = re.compile(r"[(（\[【]\s*\d+\s*[)）\]】]$")
UNSAID = re.compile(r"[^\w、/]|_")
ENDS_OF_MORE = ("更多", "more")
MORE = re.compile(f"(?:{'|'.join(ENDS_OF_MORE)})$")
TITLE_PARTS = re.compile(r"\s*[-_|—–·»>]+\s*")


def plain_name(text: str) -> str:
    """`text` without what does not tell names apart: spaces, signs, a count, width, traditional forms."""
    text = unicodedata.normalize("NFKC", text).strip().lower()
    if text.endswith((")", "]", "】")):
        text = COUNT.sub("", text)
    if not text.isalnum():
        text = UNSAID.sub("", text)
    text = text.translate(TRADITIONAL)
    return (MORE.sub("", text) or text) if text.endswith(ENDS_OF_MORE) else text


def title_parts(title: str) -> list[str]:
    """The parts of a page's title: `政策文件-某市人民政府` names the section and the site."""
    return [part for part in TITLE_PARTS.split(title) if part]
