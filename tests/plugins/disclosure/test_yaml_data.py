"""Our own data files are read strictly, and as any reader of YAML has them."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from plugins.disclosure.yaml_data import yaml_of

ROOT = Path(__file__).parents[3]


def test_every_data_file_is_what_pyyaml_has() -> None:
    paths = [
        path for folder in ("plugins", "crawler_checks") for path in sorted((ROOT / folder).rglob("*.yaml"))
    ]
    assert len(paths) > 80
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert yaml_of(text, path.name) == yaml.safe_load(text), path


def test_values_have_the_types_of_yaml() -> None:
    text = "day: 2026-11-24\ncount: 3\nshare: 0.5\nyes_: true\nnothing:\nword: '3'\n"
    assert yaml_of(text, "a.yaml") == {
        "day": date(2026, 11, 24),
        "count": 3,
        "share": 0.5,
        "yes_": True,
        "nothing": None,
        "word": "3",
    }


def test_an_empty_file_is_nothing() -> None:
    assert yaml_of("# 什么都没有\n", "a.yaml") is None


def test_what_has_a_name_is_the_same_wherever_it_is_named() -> None:
    assert yaml_of("one: &a {x: [1]}\ntwo: *a\n", "a.yaml") == {"one": {"x": [1]}, "two": {"x": [1]}}


def test_names_of_names_of_names_take_no_room() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert len(yaml_of("\n".join(lines), "a.yaml")) == 30


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml: line 3: 'a' stands twice"),
        ("a: {b: 1,\n b: 2}\n", "a.yaml: line 2: 'b' stands twice"),
        ("a: &x\n  - *x\n", "a.yaml: line 1: what stands here holds itself"),
        ("? [1]\n: 2\n", "a.yaml: line 1: a key must be a word or a number"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "a.yaml: line 3: write out what << stands for"),
        ("a: !!python/object:os.system {}\n", "could not determine a constructor"),
        ("a: [1\n", "a.yaml: while parsing"),
        ("a: !!int many\n", "a.yaml: invalid literal"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        yaml_of(text, "a.yaml")
