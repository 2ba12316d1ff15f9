"""A deployment moves only what changed, and may stop anywhere."""

import gzip
from hashlib import sha256

import pytest

from plugins.manifest import deploying
from plugins.manifest.comparing import verify_folder
from plugins.manifest.deploying import NotAsBuilt, Step, TargetNotOurs, deploy_plan, deploy_to_folder
from plugins.manifest.manifest import Manifest, manifest_json

FIRST = {
    "static/a.css": b"body{}",
    "attachments/b.pdf": b"%PDF",
    "policy/a.html": b"<p>" + b"a" * 400,
    "policy/b.html": b"<p>b",
    "section/policy.html": b"<a href=a><a href=b>",
    "index.html": b"<a href=policy>",
}
SECOND = {name: content for name, content in FIRST.items() if name != "policy/b.html"} | {
    "policy/c.html": b"<p>c",
    "section/policy.html": b"<a href=a><a href=c>",
    "static/new.css": b"p{}",
}


def built(folder, files):
    """A site as a build leaves it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    (folder / "manifest.json").write_bytes(
        manifest_json(Manifest("霁川市", "2026-11-22", "cn", 2, hashes, {}))
    )
    return folder


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_pages_need_comes_first_and_the_manifest_last():
    before, after = ({name: str(content) for name, content in files.items()} for files in (FIRST, SECOND))

    assert deploy_plan(before, after) == [
        Step("put", "static/new.css"),
        Step("put", "policy/c.html"),
        Step("put", "section/policy.html"),
        Step("remove", "policy/b.html"),
        Step("put", "manifest.json"),
    ]
    assert deploy_plan(after, after) == []
    assert [step.address for step in deploy_plan({}, before)][-2:] == ["index.html", "manifest.json"]


def test_a_deployed_site_is_the_built_one_with_compressed_copies(tmp_path):
    output, target = built(tmp_path / "output", FIRST), tmp_path / "www"
    deploy_to_folder(output, target)

    assert names(target) == {*FIRST, "manifest.json", "policy/a.html.gz", "manifest.json.gz"}
    assert gzip.decompress((target / "policy/a.html.gz").read_bytes()) == FIRST["policy/a.html"]
    assert verify_folder(target).differences == ()
    assert deploy_to_folder(output, target) == []


def test_a_second_deployment_moves_only_what_changed_and_leaves_nothing_behind(tmp_path):
    target = tmp_path / "www"
    deploy_to_folder(built(tmp_path / "output", FIRST), target)
    untouched = (target / "policy/a.html").stat().st_mtime_ns
    done = deploy_to_folder(built(tmp_path / "output", SECOND), target)

    assert len(done) == 5
    assert (target / "policy/a.html").stat().st_mtime_ns == untouched
    assert verify_folder(target).differences == ()
    assert "policy/b.html" not in names(target)


@pytest.mark.parametrize("stop_after", range(1, 6))
def test_wherever_it_stops_no_list_leads_to_a_missing_page_and_the_next_run_ends_it(
    tmp_path, monkeypatch, stop_after
):
    target = tmp_path / "www"
    deploy_to_folder(built(tmp_path / "output", FIRST), target)
    plan = deploying.deploy_plan
    monkeypatch.setattr(deploying, "deploy_plan", lambda *files: plan(*files)[:stop_after])
    deploy_to_folder(built(tmp_path / "output", SECOND), target)
    listed = (target / "section/policy.html").read_bytes()
    for name in ("a", "b", "c"):
        assert f"href={name}>".encode() not in listed or (target / f"policy/{name}.html").exists()

    monkeypatch.setattr(deploying, "deploy_plan", plan)
    deploy_to_folder(tmp_path / "output", target)
    assert verify_folder(target).differences == ()


def test_a_site_that_was_changed_since_it_was_built_is_not_deployed(tmp_path):
    output = built(tmp_path / "output", FIRST)
    (output / "policy/b.html").write_bytes(b"<p>other")

    with pytest.raises(NotAsBuilt):
        deploy_to_folder(output, tmp_path / "www")
    assert not (tmp_path / "www").exists()


def test_a_folder_with_files_of_others_is_left_alone(tmp_path):
    target = tmp_path / "www"
    target.mkdir()
    (target / "letter.docx").write_bytes(b"")

    with pytest.raises(TargetNotOurs):
        deploy_to_folder(built(tmp_path / "output", FIRST), target)
    assert names(target) == {"letter.docx"}
