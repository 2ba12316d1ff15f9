"""The beginning of an office's own content: site.yaml and organs.csv, with help for every value.

Unfilled it is reported value by value; filled in, the site is built.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from plugins.disclosure.content import ORGANS_FILE
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.readers.site_file import FILE, SITE_FIELDS
from plugins.disclosure.readers.wording import nearest
from plugins.disclosure.review_gate import ORGAN
from plugins.disclosure.templates_for_editors import NEEDS, NoTemplate, csv_template, entry, write
from plugins.disclosure.vocabulary import load_vocabularies, spoken_by

FIRST = "government"
"""The id of the organ that answers for the portal, until somebody chooses another."""
GOVERNMENT = "人民政府"
PLACE = re.compile(".{2,}?[省市州盟县旗](?=.{2})")
"""Whose organ it is, as its name begins."""
REGIME = "cn"


def write_start(folder: Path, organ: str, category: str = "") -> tuple[Path, Path]:
    """Write site.yaml and organs.csv into a new or empty folder, for the organ with this full name.

    `category` is one of the vocabulary's words for organs, or left open. Raises NoTemplate where something is there
    already, or for a word that is none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NoTemplate(
            f"{folder} 里已经有东西，什么也没有写。请换一个新的或空的文件夹。",
            f"{folder} is not empty; nothing was written. Name a new or empty folder.",
        )
    label = _category(category, organ) if category else ""
    folder.mkdir(parents=True, exist_ok=True)
    site, organs = folder / FILE, folder / ORGANS_FILE
    write(site, _site(organ))
    write(organs, csv_template(load_kinds()[ORGAN]) + _row(organ, label))
    return site, organs


def _site(organ: str) -> str:
    """Every value with its help; filled in where the organ's name settles it."""
    place = organ.removesuffix(GOVERNMENT)
    city = PLACE.match(organ) if place == organ else None
    known = {
        "name": f"{place}政府信息公开",
        "city": city[0] if city else place,
        "government": FIRST,
        "regime": REGIME,
        "time_zone": "Asia/Shanghai",
    }
    lines = ["# 谁在公开。以 # 开头的行是说明；冒号后面留一个空格再写内容，不要改冒号左边的名称。"]
    for need, heading in NEEDS:
        lines += ["#", f"# ==== {heading} ===="]
        lines += [
            line
            for field in SITE_FIELDS
            if field.need == need
            for line in entry(field, known.get(field.key, ""))
        ]
    return "\n".join(lines) + "\n"


def _row(organ: str, category: str) -> str:
    short = organ.replace(GOVERNMENT, "政府")
    known = {"name": organ, "short_name": short, "category": category}
    text = io.StringIO()
    csv.writer(text).writerow([FIRST, *(known.get(field.key, "") for field in load_kinds()[ORGAN].fields)])
    return text.getvalue()


def _category(written: str, organ: str) -> str:
    vocabulary = next(field.vocabulary for field in load_kinds()[ORGAN].fields if field.key == "category")
    terms = spoken_by(organ, load_vocabularies())[vocabulary or ""].terms
    by_name = {name: term.label for term in terms for name in (term.id, term.label, *term.aliases)}
    if written in by_name:
        return by_name[written]
    near = nearest(written, by_name)
    listed = "、".join(term.label for term in terms)
    raise NoTemplate(
        f"没有“{written}”这一类机构。{f'是不是“{near}”？' if near else ''}可以写：{listed}。",
        f'There is no category "{written}". There are: {", ".join(term.id for term in terms)}.',
    )
