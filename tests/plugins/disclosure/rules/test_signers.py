"""Co-signers: what must be an organ of this place is held against organs.csv, others are believed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from plugins.disclosure.content import read_content
from plugins.disclosure.validate import validate

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 3, 31)


@pytest.fixture
def told(tmp_path):
    """What is said of a document's co-signers."""
    shutil.copytree(EXAMPLES / "_base", tmp_path / "content")
    full = (EXAMPLES / "policy" / "valid" / "full.md").read_text(encoding="utf-8")

    def tell(written):
        lines = [
            f"联合发文机关: {written}" if line.startswith("联合") else line for line in full.splitlines()
        ]
        file = tmp_path / "content" / "policy" / "joint.md"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = validate(read_content(tmp_path / "content", TODAY).catalog, TODAY)
        return [(p.code, p.hint) for p in found if p.code.startswith("signers.")]

    return tell


@pytest.mark.parametrize(
    "written",
    ["霁川市教育局", "市教育局；市住建局", "中共霁川市委办公室", "霁川市中级人民法院", "某某省财政厅"],
)
def test_an_organ_of_the_list_and_one_of_elsewhere_may_sign_too(told, written):
    assert told(written) == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("霁川市教育厅", "是不是“霁川市教育局”？请写机构全称；如果是新机构，请先在 organs.csv 里加一行。"),
        ("教育局", "是不是“霁川市教育局”？请写机构全称；如果是新机构，请先在 organs.csv 里加一行。"),
    ],
)
def test_an_organ_of_this_place_that_is_in_no_list_is_noticed(told, written, hint):
    assert told(written) == [("signers.unknown", hint)]


def test_the_issuer_does_not_sign_with_itself(told):
    assert told("市财政局；市教育局") == [
        ("signers.issuer-twice", "这一项只写其他联合发文的机关，请删去发布机构。")
    ]
