"""What a change of the rules reaches: a kind, a profile, a library, a setting; a template is in test_work_done.py."""

from dataclasses import replace

import pytest

from plugins.disclosure import content as reading
from plugins.disclosure.kinds import load_kinds
from plugins.disclosure.profile import load_regime
from plugins.portal import build as building
from plugins.portal import inputs, renderer

MADE_OF_ALL = {"manifest.json"}


@pytest.fixture
def rules(office, tmp_path, monkeypatch):
    """A stand-in for our own files, so that a build sees that a rule was changed; call it to change one."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    monkeypatch.setattr(building, "CODE", folder)
    office.interpretation("解读第一件事", "霁政办发〔2025〕1号")
    office.build()

    def change(place, name, value):
        monkeypatch.setattr(place, name, value)
        (folder / "rules.yaml").write_text(name, encoding="utf-8")

    return change


def reached(office):
    """What the next build renders and what of that has other bytes; both but for what is made of all the rest."""
    before = office.tree()
    done = office.build()
    after = office.tree()
    differ = {address for address, content in after.items() if before.get(address) != content}
    assert set(done.written) == differ
    return done, differ - MADE_OF_ALL


def test_a_kinds_field_reaches_the_pages_and_data_of_that_kind(office, rules):
    kinds = load_kinds()
    kind = kinds["interpretation"]
    fields = tuple(
        replace(field, label="解读的样式") if field.key == "form" else field for field in kind.fields
    )
    assert fields != kind.fields
    changed = {**kinds, "interpretation": replace(kind, fields=fields)}
    (office.content / "interpretation/2026-0001.md").write_text(
        (office.content / "interpretation/2026-0001.md")
        .read_text(encoding="utf-8")
        .replace("解读形式", "解读的样式"),
        encoding="utf-8",
    )
    rules(reading, "load_kinds", lambda: changed)
    done, differ = reached(office)

    shown = {a for a, c in office.tree().items() if a.endswith(".html") and "解读的样式" in c.decode()}

    assert "interpretation/2026-0001.html" in shown
    assert {address for address in differ if address.endswith(".html")} == shown
    assert not any(address.startswith("policy/") for address in differ)
    assert done.rendered < done.planned / 4


def test_a_sections_description_reaches_the_pages_that_bear_it(office, rules):
    regime = load_regime("cn")
    profiles = tuple(
        replace(
            profile,
            sections=tuple(
                replace(one, description="解读的新说明。") if one.kinds == ("interpretation",) else one
                for one in profile.sections
            ),
        )
        for profile in regime.profiles
    )
    rules(reading, "load_regime", lambda _: replace(regime, profiles=profiles))
    done, differ = reached(office)
    shown = {a for a, c in office.tree().items() if a.endswith(".html") and "解读的新说明。" in c.decode()}

    assert shown
    assert {address for address in differ if address.endswith(".html")} == shown
    assert done.rendered < done.planned / 2


def test_another_version_of_a_library_makes_every_file_again_and_writes_only_what_differs(
    office, rules, monkeypatch
):
    versions = inputs.versions()
    monkeypatch.setattr(inputs, "versions", lambda: f"{versions} comrak 99")
    monkeypatch.setattr(renderer, "versions", inputs.versions)
    renderer.code_fingerprint.cache_clear()
    renderer._function_fingerprint.cache_clear()
    done, differ = reached(office)
    renderer.code_fingerprint.cache_clear()
    renderer._function_fingerprint.cache_clear()
    pages = [address for address in office.tree() if address.endswith(".html")]

    assert done.rendered > len(pages)
    assert differ == set()


def test_a_telephone_number_in_the_settings_reaches_pages_and_no_records_data(office, rules):
    site = office.content / "site.yaml"
    site.write_text(
        site.read_text(encoding="utf-8").replace("0990-5550101", "0990-5559999"), encoding="utf-8"
    )
    _, differ = reached(office)
    pages = {address for address in office.tree() if address.endswith(".html")}

    assert differ >= pages - {"404.html"}
    assert not any(address.startswith("policy/") and address.endswith(".json") for address in differ)
