"""A deployment moves only what changed, and may stop anywhere."""

import gzip
import os
import re
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath

import brotli
import pytest

from plugins.manifest.comparing import verify_folder
from plugins.manifest.deploying import JOURNAL, NotAsBuilt, TargetNotOurs, deploy, deploy_plan, plan_for
from plugins.manifest.destination import target_at
from plugins.manifest.manifest import Manifest, manifest_json
from plugins.manifest.rsync_target import RsyncTarget
from plugins.manifest.targets import FolderTarget, TargetRefused

ROOT = Path(__file__).parents[3]
FIRST = {
    "static/a.css": b"body{}",
    "attachments/b [1]*.pdf": b"%PDF",
    "policy/a.html": b"<a href=b.html>" + b"a" * 400,
    "policy/b.html": b"<p>b",
    "organ/finance.html": b"<a href=../policy/a.html>",
    "kind/policy.html": b"<a href=../policy/a.html>",
    "section/policy.html": b"<a href=../policy/a.html><a href=../policy/b.html>",
    "index.html": b"<a href=section/policy.html><a href=kind/policy.html><a href=organ/finance.html>",
}
SECOND = {name: content for name, content in FIRST.items() if name != "policy/b.html"} | {
    "policy/a.html": b"<a href=c.html><a href=../topic/new.html>",
    "policy/c.html": b"<p>c",
    "section/policy.html": b"<a href=../policy/a.html><a href=../policy/c.html>",
    "static/new.css": b"p{}",
    "topic/new.html": b"<a href=../policy/a.html>",
}
STEPS = 7


def built(folder, files):
    """A site as a build leaves it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    published = {
        name.removesuffix(".html"): "0" * 64 for name in files if name.startswith(("policy/", "organ/"))
    }
    (folder / "manifest.json").write_bytes(
        manifest_json(Manifest("霁川市", "2026-11-22", "cn", 2, hashes, published))
    )
    return folder


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def dangling(files):
    """Links that lead nowhere, on the pages a reader reaches from the front page."""
    if "index.html" not in files:
        return []
    found, seen, waiting = [], set(), ["index.html"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in re.findall(r"href=([^>]+)>", files[page].decode()):
            wanted = normpath(join(dirname(page), link))
            if wanted in files:
                waiting.append(wanted)
            else:
                found.append((page, wanted))
    return found


class Stopping:
    """A target that fails after so many files were put or removed."""

    def __init__(self, target, left):
        self.target, self.left = target, left
        self.compresses = target.compresses
        self.read, self.is_empty = target.read, target.is_empty

    def put(self, files):
        for file in files:
            self._count()
            self.target.put([file])

    def remove(self, names):
        for name in names:
            self._count()
            self.target.remove([name])

    def _count(self):
        self.left -= 1
        if self.left < 0:
            raise ConnectionResetError


def stopped(output, target, after):
    try:
        deploy(output, Stopping(target, after))
    except ConnectionResetError:
        return True
    return False


def test_what_is_new_stands_before_what_leads_to_it_and_the_manifest_comes_last():
    before, after = ({name: str(content) for name, content in files.items()} for files in (FIRST, SECOND))
    steps = deploy_plan(before, after, ["policy/a", "policy/c", "organ/finance"])

    assert [(step.action, step.address) for step in steps] == [
        ("put", "static/new.css"),
        ("put", "policy/c.html"),
        ("put", "topic/new.html"),
        ("put", "policy/a.html"),
        ("put", "section/policy.html"),
        ("remove", "policy/b.html"),
        ("put", "manifest.json"),
    ]
    assert len(steps) == STEPS
    assert deploy_plan(after, after) == []


def test_a_first_deployment_puts_pages_before_lists_and_the_front_page_after_them():
    after = {name: str(content) for name, content in FIRST.items()}
    steps = deploy_plan({}, after, ["policy/a", "policy/b", "organ/finance"])

    assert [step.address for step in steps] == [
        "attachments/b [1]*.pdf", "static/a.css", "policy/a.html", "policy/b.html", "kind/policy.html",
        "organ/finance.html", "section/policy.html", "index.html", "manifest.json",
    ]  # fmt: skip


def test_every_place_becomes_the_built_site_and_later_moves_only_what_changed(tmp_path, place):
    output = built(tmp_path / "output", FIRST)
    deploy(output, place.target)
    manifest = (output / "manifest.json").read_bytes()
    plain = {name: content for name, content in place.held().items() if not name.endswith((".gz", ".br"))}

    assert plain == {**FIRST, "manifest.json": manifest}
    assert deploy(output, place.target) == []

    done = deploy(built(output, SECOND), place.target)
    held = place.held()
    plain = {name: content for name, content in held.items() if not name.endswith((".gz", ".br"))}

    assert len(done) == STEPS
    assert plain == {**SECOND, "manifest.json": (output / "manifest.json").read_bytes()}
    assert "policy/a.html.br" not in held  # too short now to be worth a copy


def test_a_folder_has_compressed_copies_that_stand_for_the_texts(tmp_path):
    output, target = built(tmp_path / "output", FIRST), tmp_path / "www"
    deploy(output, FolderTarget(target))
    copies = {f"{name}.{ending}" for name in ("policy/a.html", "manifest.json") for ending in ("gz", "br")}

    assert names(target) == {*FIRST, "manifest.json", *copies}
    assert gzip.decompress((target / "policy/a.html.gz").read_bytes()) == FIRST["policy/a.html"]
    assert brotli.decompress((target / "policy/a.html.br").read_bytes()) == FIRST["policy/a.html"]
    assert verify_folder(target).differences == ()


def test_what_did_not_change_is_not_written_again(tmp_path):
    target = tmp_path / "www"
    deploy(built(tmp_path / "output", FIRST), FolderTarget(target))
    untouched = (target / "policy/a.html").stat().st_mtime_ns
    changed = {**FIRST, "policy/b.html": b"<p>other"}
    deploy(built(tmp_path / "output", changed), FolderTarget(target))

    assert (target / "policy/a.html").stat().st_mtime_ns == untouched
    assert verify_folder(target).differences == ()


@pytest.mark.parametrize("goes_on_with", [SECOND, FIRST], ids=["the same site", "the old site"])
@pytest.mark.parametrize("stop_after", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
def test_wherever_it_stops_no_link_dangles_and_the_next_run_ends_it(tmp_path, stop_after, goes_on_with):
    target = FolderTarget(tmp_path / "www")
    deploy(built(tmp_path / "output", FIRST), target)
    was_stopped = stopped(built(tmp_path / "output", SECOND), target, stop_after)
    held = {name: (target.folder / name).read_bytes() for name in names(target.folder)}

    assert was_stopped
    assert dangling(held) == []

    deploy(built(tmp_path / "output", goes_on_with), target)
    assert verify_folder(target.folder).differences == ()
    assert names(target.folder) >= set(goes_on_with)


@pytest.mark.parametrize("stop_after", [1, 4, 9])
def test_a_first_deployment_that_stopped_is_ended_by_the_next(tmp_path, place, stop_after):
    output = built(tmp_path / "output", FIRST)

    assert stopped(output, place.target, stop_after)
    assert JOURNAL in place.held()
    assert dangling(place.held()) == []

    deploy(output, place.target)
    assert {*FIRST, "manifest.json"} <= set(place.held())
    assert JOURNAL not in place.held()


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_process_that_is_killed_leaves_every_file_whole(tmp_path):
    output, www = built(tmp_path / "output", FIRST), tmp_path / "www"
    deploy(output, FolderTarget(www))
    built(output, SECOND)
    script = (
        "import os, signal, sys; from pathlib import Path; from plugins.manifest import deploying, targets\n"
        "calls = []\n"
        "def replace(old, new, plain=Path.replace):\n"
        "    calls.append(new)\n"
        "    if len(calls) == 5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return plain(old, new)\n"
        "Path.replace = replace\n"
        "deploying.deploy(Path(sys.argv[1]), targets.FolderTarget(Path(sys.argv[2])))\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, output, www], cwd=ROOT, check=False)
    there = {name: (www / name).read_bytes() for name in names(www) if ".gongkai-part" not in name}

    assert ended.returncode == -signal.SIGKILL
    assert dangling(there) == []
    assert all(there[name] in (FIRST.get(name), SECOND.get(name)) for name in {*FIRST, *SECOND} & set(there))

    deploy(output, FolderTarget(www))
    assert verify_folder(www).differences == ()


def test_a_plan_touches_nothing(tmp_path):
    target = FolderTarget(tmp_path / "www")

    assert len(plan_for(built(tmp_path / "output", FIRST), target)) == len(FIRST) + 1
    assert not target.folder.exists()


def test_a_site_that_was_changed_since_it_was_built_is_not_deployed(tmp_path):
    output = built(tmp_path / "output", FIRST)
    (output / "policy/b.html").write_bytes(b"<p>other")

    with pytest.raises(NotAsBuilt):
        deploy(output, FolderTarget(tmp_path / "www"))
    assert not (tmp_path / "www").exists()


def test_a_place_with_files_of_others_is_left_alone(tmp_path, place):
    place.target.put([("letter.docx", b"")])

    with pytest.raises(TargetNotOurs):
        deploy(built(tmp_path / "output", FIRST), place.target)
    assert set(place.held()) == {"letter.docx"}


def test_a_target_cannot_have_files_outside_it_removed(tmp_path):
    target, outside = tmp_path / "www", tmp_path / "letter.docx"
    outside.write_bytes(b"")
    target.mkdir()
    (target / JOURNAL).write_text('{"files": ["../letter.docx", "/etc/x", "a//b", "..\\\\letter.docx"]}')
    steps = deploy(built(tmp_path / "output", FIRST), FolderTarget(target))

    assert {step.action for step in steps} == {"put"}
    assert outside.exists()


def test_files_of_others_beside_the_site_stay(tmp_path, remote):
    deploy(built(tmp_path / "output", FIRST), remote.target)
    (remote.folder / "policy" / "their.html").write_bytes(b"theirs")
    (remote.folder / "theirs").mkdir()
    deploy(built(tmp_path / "output", SECOND), remote.target)

    assert (remote.folder / "policy" / "their.html").read_bytes() == b"theirs"
    assert (remote.folder / "theirs").is_dir()
    assert not (remote.folder / "policy" / "b.html").exists()


def test_a_storage_is_told_what_each_file_is(tmp_path, bucket):
    deploy(built(tmp_path / "output", FIRST), bucket.target)
    found = {
        name: bucket.client.head_object(Bucket=bucket.target.bucket, Key=f"xxgk/{name}")["ContentType"]
        for name in ("index.html", "static/a.css", "manifest.json", "attachments/b [1]*.pdf")
    }

    assert found == {
        "index.html": "text/html; charset=utf-8",
        "static/a.css": "text/css; charset=utf-8",
        "manifest.json": "application/json; charset=utf-8",
        "attachments/b [1]*.pdf": "application/pdf",
    }


def test_a_storage_that_refuses_is_told_of_without_its_secret(bucket, monkeypatch):
    target = target_at("s3://no-such-bucket/xxgk", bucket.client.meta.endpoint_url)

    with pytest.raises(TargetRefused) as refusal:
        target.read("manifest.json")
    assert "“NoSuchBucket”" in refusal.value.message_zh
    assert "the-secret" not in str(refusal.value)

    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "none")
    with pytest.raises(TargetRefused) as refusal:
        target_at("s3://bucket", bucket.client.meta.endpoint_url).read("manifest.json")
    assert "AWS_ACCESS_KEY_ID" in refusal.value.message_zh


def test_a_host_that_does_not_answer_is_told_of_in_rsyncs_words():
    with pytest.raises(TargetRefused) as refusal:
        RsyncTarget("rsync://127.0.0.1:1/www").read("manifest.json")

    assert "Connection refused" in refusal.value.message_zh


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("www", "FolderTarget"), ("/srv/www", "FolderTarget"), (r"C:\www", "FolderTarget"), ("C:/w", "FolderTarget"),
        ("deploy@www.example:/srv/xxgk", "RsyncTarget"), ("host:xxgk", "RsyncTarget"),
        ("rsync://www.example/xxgk", "RsyncTarget"), ("s3://bucket/xxgk", "S3Target"), ("./a:b", "FolderTarget"),
    ],
)  # fmt: skip
def test_a_place_is_what_it_is_written_as(text, sort, storage):
    assert type(target_at(text, storage)).__name__ == sort


def test_a_bucket_without_a_name_is_refused():
    with pytest.raises(TargetRefused, match="s3://桶名/前缀"):
        target_at("s3:///xxgk")
