"""The form asks what the kinds ask, and offers what the readers take."""

import json
from pathlib import Path

import pytest

from plugins.disclosure.editing.form_config import CodeHost, HostNotUsable, Offered, form_config
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.vocabulary import load_vocabularies

KINDS, VOCABULARIES = load_kinds(), load_vocabularies()
OFFERED = Offered(("霁川市财政局",), ("政策文件",))


def collections(host: CodeHost | None = None) -> dict[str, dict[str, dict[str, object]]]:
    config = form_config(KINDS, VOCABULARIES, OFFERED, host)
    return {one["name"]: {field["name"]: field for field in one["fields"]} for one in config["collections"]}


def test_every_kind_but_the_organs_has_a_form_with_every_field_of_it() -> None:
    found = collections()

    assert set(found) == set(KINDS) - {"organ"}
    for id_, fields in found.items():
        wanted = {field.label for field in KINDS[id_].fields if field.type != "report_tables"}
        assert wanted == set(fields) - {"body"}, id_


def test_a_field_brings_its_hint_its_pattern_and_what_there_is_to_choose() -> None:
    policy = collections()["policy"]

    assert policy["文号"]["hint"] == (
        "用六角括号〔〕，四位年份，不加“第”，不补零。例如：霁政办发〔2025〕12号"
    )
    assert policy["发布日期"]["pattern"] == ["^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "请写成 2026-01-31 的样子"]
    assert policy["发布机构"]["options"] == ["霁川市财政局"]
    assert policy["公开方式"]["default"] == "主动公开"
    assert "综合政务\\政务公开" in str(policy["主题分类"]["options"]).replace("\\\\", "\\")
    assert (policy["标题"]["required"], policy["审查人"]["required"], policy["文号"]["required"]) == (
        True,
        False,
        False,
    )
    assert policy["废止文件"]["field"]["value_field"] == "policy/{{slug}}"  # type: ignore[index]


@pytest.mark.parametrize(
    ("host", "backend"),
    [
        (
            CodeHost("github", "jichuan/xxgk"),
            {"name": "github", "repo": "jichuan/xxgk", "branch": "main"},
        ),
        (
            CodeHost("gitlab", "jichuan/xxgk", "master", app_id="a1", address="https://git.jichuan.example/"),
            {
                "name": "gitlab",
                "repo": "jichuan/xxgk",
                "branch": "master",
                "auth_type": "pkce",
                "app_id": "a1",
                "base_url": "https://git.jichuan.example",
                "api_root": "https://git.jichuan.example/api/v4",
            },
        ),
        (
            CodeHost("gitee", "jichuan/xxgk", "master"),
            {
                "name": "by-file",
                "service": "gitee",
                "repo": "jichuan/xxgk",
                "branch": "master",
                "base_url": "https://gitee.com",
                "api_root": "https://gitee.com/api/v5",
            },
        ),
        (
            CodeHost("gitea", "jichuan/xxgk", address="https://git.jichuan.example/"),
            {
                "name": "by-file",
                "service": "gitea",
                "repo": "jichuan/xxgk",
                "branch": "main",
                "base_url": "https://git.jichuan.example",
                "api_root": "https://git.jichuan.example/api/v1",
            },
        ),
    ],
)
def test_a_code_host_is_a_setting(host: CodeHost, backend: dict[str, str]) -> None:
    assert form_config(KINDS, VOCABULARIES, OFFERED, host)["backend"] == backend


def test_records_of_one_name_are_told_apart_in_lists_and_grouped_by_organ_and_year() -> None:
    [services] = [
        one for one in form_config(KINDS, VOCABULARIES, OFFERED)["collections"] if one["name"] == "service"
    ]

    assert services["summary"] == "{{事项名称}}（{{发布机构}}，{{发布日期}}）"
    assert services["sortable_fields"] == [
        {"field": "事项名称"},
        {"field": "发布机构"},
        {"field": "发布日期", "default_sort": "desc"},
    ]
    assert [one["label"] for one in services["view_groups"]] == ["发布机构", "年份"]


def test_at_a_code_host_every_field_is_text_or_one_choice_so_that_nothing_is_lost() -> None:
    found = collections(CodeHost("github", "jichuan/xxgk"))

    widgets = {field["widget"] for fields in found.values() for field in fields.values()}
    assert widgets == {"string", "text", "select", "datetime", "markdown"}
    assert not [field for fields in found.values() for field in fields.values() if field.get("multiple")]


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("svn", "网页编辑不能连接“svn”。可以写的有：github、gitlab、gitea、gitee。"),
        ("gitea", "请用 --host-address 写明网址"),
    ],
)
def test_a_host_the_form_cannot_talk_to_is_refused_with_what_to_write(host: str, told: str) -> None:
    with pytest.raises(HostNotUsable, match=told):
        form_config(KINDS, VOCABULARIES, OFFERED, CodeHost(host, "jichuan/xxgk"))


def test_the_configuration_is_plain_data() -> None:
    config = form_config(KINDS, VOCABULARIES, OFFERED)

    assert json.loads(json.dumps(config)) == config
    assert Path(config["media_folder"]) == Path("content/attachments")
