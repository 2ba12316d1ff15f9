"""The configuration of the form (Decap CMS), made from the kinds: what it asks, with which hints, and what it offers.

Here the form talks to the working tree, where what is written is handed over in the shapes the form is best at
(form_text.py). At a code host it reads the files as they are: there each field is a line or a few lines of text,
written as the handbook says, so that nothing is lost that a shape could not hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.disclosure.json_schema import PATTERNS
from plugins.disclosure.kinds import Field, Kind, Kinds
from plugins.disclosure.readers.values import table_example
from plugins.disclosure.vocabulary import Vocabularies

CONTENT = "content"
"""What the form calls the content folder, whatever it is called on disk."""

API = "/-edit/api"
FILE, SHOWN_AS = "文件", "显示的名称"
"""The two parts of an attachment."""

_FIRST = ("policy", "interpretation", "notice", "news", "information")
"""The kinds that are written most, at the top; the others follow in their own order."""

_NEEDS = {"required": "必填。", "expected": "应填。", "optional": ""}
_BY_THE_REVIEWER = "审查时填写。"
_WRITTEN_LIKE = "请写成 {} 的样子"
_CHOSEN = {
    "organ": "从名单里选，输入几个字可以查找。",
    "attachment": "添加一项，选一个文件；显示的名称不写，就用文件名。",
    "record": "从本站的信息里选，输入标题的几个字可以查找。",
}
"""Hints for what is chosen in the form and written out in a file."""

_YES_NO = ("是", "否")
_DAY = "发布日期"
_TOLD = ("发布机构", _DAY)
"""What lists of records are ordered and grouped by, besides the title."""
_APIS = {"github": "api/v3", "gitlab": "api/v4", "gitea": "api/v1", "gitee": "api/v5"}
_GITEE = "https://gitee.com"
_OURS = "by-file"
"""Our own back end for code hosts (workbench/code_host.js): where Decap has none, or none that keeps drafts."""

_BY_FILE = ("gitea", "gitee")


@dataclass(frozen=True, slots=True)
class CodeHost:
    """Where the content lies, other than here: `repository` is owner/name, `folder` the content folder in it.

    `service` is github, gitlab, gitea (Gitea, Forgejo) or gitee. `app_id` is that of the application an office has
    registered at GitHub or GitLab; `address` is an installation of the office's own.
    """

    service: str
    repository: str
    branch: str = "main"
    folder: str = CONTENT
    app_id: str = ""
    address: str = ""

    def as_config(self) -> Mapping[str, str]:
        """The `backend` of the form's configuration."""
        config = {"name": self.service, "repo": self.repository, "branch": self.branch}
        if self.service in _BY_FILE:
            config |= {"name": _OURS, "service": self.service}
        elif self.app_id:
            config |= {"app_id": self.app_id, **({"auth_type": "pkce"} if self.service == "gitlab" else {})}
        address = self.address or (_GITEE if self.service == "gitee" else "")
        if address:
            root = address.rstrip("/")
            config |= {"base_url": root, "api_root": f"{root}/{_APIS[self.service]}"}
        return config


class HostNotUsable(ValueError):
    """A code host that the form cannot talk to, and what to write instead, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        self.message_zh, self.message_en = zh, en
        super().__init__(f"{zh} {en}")


def _ask_usable(host: CodeHost) -> None:
    if host.service not in _APIS:
        raise HostNotUsable(
            f"网页编辑不能连接“{host.service}”。可以写的有：{'、'.join(_APIS)}。",
            f'The form cannot talk to "{host.service}". It can to: {", ".join(_APIS)}.',
        )
    if host.service == "gitea" and not host.address:
        raise HostNotUsable(
            "gitea 是各单位自己架设的，请用 --host-address 写明网址，例如 --host-address https://git.example.gov.cn",
            "Gitea is run by each office itself: give its address, for example --host-address https://git.example.gov.cn",
        )


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from besides vocabularies: organs and sections, by the names people write."""

    organs: Sequence[str] = ()
    sections: Sequence[str] = ()


def form_config(
    kinds: Kinds, vocabularies: Vocabularies, offered: Offered, host: CodeHost | None = None
) -> dict[str, Any]:
    """The whole configuration: for the working tree here, or for a code host. Raises HostNotUsable."""
    if host is not None:
        _ask_usable(host)
    folder = host.folder.strip("/") if host else CONTENT
    form = _Form(vocabularies, offered, folder, as_text=host is not None)
    backend = host.as_config() if host else {"name": "proxy", "proxy_url": API, "branch": "main"}
    return {
        "backend": backend,
        "publish_mode": "editorial_workflow",
        "locale": "zh_Hans",
        "media_folder": f"{folder}/attachments",
        "public_folder": "attachments",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "show_preview_links": False,
        "collections": [form.collection(kind) for kind in _in_order(kinds)],
    }


@dataclass(frozen=True, slots=True)
class _Form:
    """Collections and fields for one place to write to."""

    vocabularies: Vocabularies
    offered: Offered
    folder: str
    as_text: bool

    def collection(self, kind: Kind) -> dict[str, Any]:
        """One kind of record: a folder of Markdown files."""
        fields = [self.field(field) for field in kind.fields if field.type != "report_tables"]
        if kind.body != "none":
            fields.append(_body(kind))
        return {
            "name": kind.id,
            "label": kind.label,
            "label_singular": kind.label,
            "description": f"{kind.summary}{kind.note}",
            "folder": f"{self.folder}/{kind.id}",
            "create": True,
            "delete": False,  # what was public is taken down in tombstones.csv
            "format": "yaml-frontmatter",
            "extension": "md",
            "identifier_field": _identifier(kind),
            "slug": "{{year}}-{{month}}{{day}}-{{hour}}{{minute}}{{second}}",
            "summary": _summary(kind),
            "sortable_fields": [
                {"field": label, **({"default_sort": "desc"} if label == _DAY else {})}
                for label in (_identifier(kind), *_TOLD)
                if label in _labels(kind)
            ],
            "view_groups": [
                {"label": "年份", "field": label, "pattern": "[0-9]{4}"}
                if label == _DAY
                else {"label": label, "field": label}
                for label in _TOLD
                if label in _labels(kind)
            ],
            "editor": {"preview": False},
            "fields": fields,
        }

    def field(self, field: Field) -> dict[str, Any]:
        """One field: its label, hint, pattern, and the control that suits its type."""
        told = {
            "name": field.label,
            "label": field.label,
            "required": field.need == "required" and field.public,
            "hint": _hint(field, self.as_text),
        }
        if field.vocabulary == "disclosure" and field.type == "choice":
            told["default"] = field.example
        pattern = PATTERNS.get(field.type)
        if pattern and not field.many:
            told["pattern"] = [pattern, _WRITTEN_LIKE.format(field.example or "例子")]
        return told | self._control(field)

    def _control(self, field: Field) -> dict[str, Any]:
        words = self._words(field)
        if field.type == "long_text" or (self.as_text and field.type == "table"):
            return {"widget": "text"}
        if field.type == "table":
            return {
                "widget": "list",
                "collapsed": False,
                "fields": [self.field(one) for one in field.columns],
            }
        if self.as_text and (field.many or field.type in ("attachment", "record")):
            return {"widget": "string"}
        if field.type == "attachment":
            return self._attachments()
        if field.type == "record" and len(field.kinds) == 1:
            one = _relation(field.kinds[0])
            inside = {"name": "item", "label": field.label, **one}
            return {"widget": "list", "collapsed": False, "field": inside} if field.many else one
        if words:
            return {"widget": "select", "options": words, **({"multiple": True} if field.many else {})}
        if field.many:
            return {
                "widget": "list",
                "collapsed": False,
                "field": {"name": "item", "label": field.label, "widget": "string", "required": False},
            }
        if field.type == "date":
            return {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False}
        if field.type == "time":
            return {"widget": "datetime", "date_format": False, "time_format": "HH:mm"}
        return {"widget": "string"}

    def _words(self, field: Field) -> list[str]:
        """What can be chosen, as the readers take it."""
        if field.type == "yes_no":
            return list(_YES_NO)
        if field.type == "organ":
            return list(self.offered.organs)
        if field.type == "section":
            return list(self.offered.sections)
        if field.type not in ("choice", "topic"):
            return []
        vocabulary = self.vocabularies[field.vocabulary or ("topics" if field.type == "topic" else field.key)]
        return [vocabulary.path(term) for term in vocabulary.terms]

    def _attachments(self) -> dict[str, Any]:
        parts = [
            {
                "name": FILE,
                "label": FILE,
                "widget": "file",
                "media_folder": f"/{self.folder}/attachments",
                "public_folder": "attachments",
            },
            {"name": SHOWN_AS, "label": SHOWN_AS, "widget": "string", "required": False},
        ]
        return {"widget": "list", "collapsed": False, "fields": parts}


def _in_order(kinds: Kinds) -> list[Kind]:
    first = [kinds[id_] for id_ in _FIRST if id_ in kinds]
    return [*first, *(kind for kind in kinds.values() if kind.id not in (*_FIRST, "organ"))]


def _labels(kind: Kind) -> list[str]:
    return [field.label for field in kind.fields]


def _summary(kind: Kind) -> str:
    """How a record stands in a list: services of one name are told apart by their organ."""
    told = "，".join(f"{{{{{label}}}}}" for label in _TOLD if label in _labels(kind))
    return f"{{{{{_identifier(kind)}}}}}（{told}）" if told else f"{{{{{_identifier(kind)}}}}}"


def _identifier(kind: Kind) -> str:
    return next(field.label for field in kind.fields if field.type == "text")


def _body(kind: Kind) -> dict[str, Any]:
    need = _NEEDS["required"] if kind.body == "required" else ""
    return {
        "name": "body",
        "label": "正文",
        "widget": "markdown",
        "modes": ["raw"],  # the other mode rewrites tables and brackets that it does not know
        "required": False,  # a draft may still lack it; it is not published without
        "hint": f"{need}空一行是新的一段；一级标题前写 #，二级写 ##。Word 写好的长文件，可以请管理员用 import 导入。",
    }


def _relation(kind: str) -> dict[str, Any]:
    return {
        "widget": "relation",
        "collection": kind,
        "value_field": kind + "/{{slug}}",
        "search_fields": ["标题", "文号"] if kind == "policy" else ["标题"],
        "display_fields": ["标题"],
        "options_length": 50,
    }


def _hint(field: Field, as_text: bool) -> str:
    need = _BY_THE_REVIEWER if field.need == "required" and not field.public else _NEEDS[field.need]
    example = field.example or (table_example(field) if as_text else "")
    if as_text:
        several = "几个之间用分号。" if field.many and field.type != "table" else ""
        rows = "一行一条，各列用竖线“｜”隔开。" if field.type == "table" else ""
        return f"{need}{field.help}{several}{rows}{f'例如：{example}' if example else ''}"
    if field.type in _CHOSEN and (field.type != "record" or len(field.kinds) == 1):
        return f"{need}{_CHOSEN[field.type]}"
    if field.many and field.type != "table":  # one control an item, where the handbook speaks of semicolons
        told = "".join(one for one in re.findall("[^。]+。", field.help) if "分号" not in one)
        return f"{need}{told}一项一项添加。"
    return f"{need}{field.help}{f'例如：{example}' if example else ''}"
