"""`deploy` and `verify` as an operator calls them: what they say, how they end, and what they never say."""

import shutil
import subprocess
from hashlib import sha256

import pytest

import tasks
from plugins.manifest.manifest import Manifest, manifest_json
from workbench.outcome import Exit

FILES = {"index.html": b"<p>home", "policy/a.html": b"<p>" + b"a" * 300}


@pytest.fixture
def output(tmp_path, monkeypatch):
    """A small built site."""
    monkeypatch.setattr(tasks.environment, "enter", lambda *_: None)
    for name, content in FILES.items():
        (tmp_path / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "output" / name).write_bytes(content)
    hashes = {name: sha256(content).hexdigest() for name, content in FILES.items()}
    manifest = Manifest("霁川市", "2026-11-22", "cn", 1, hashes, {"policy/a": "0" * 64})
    (tmp_path / "output/manifest.json").write_bytes(manifest_json(manifest))
    return tmp_path / "output"


def call(capsys, *words):
    """The exit code, and everything that was said."""
    code = tasks.main([*map(str, words)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_plan_is_listed_then_done_and_then_there_is_nothing_to_do(output, tmp_path, capsys):
    www = tmp_path / "www"
    planned = call(capsys, "deploy", www, "--output", output, "--plan")

    assert planned[0] == Exit.WELL
    assert planned[1].splitlines() == [
        "put\tpolicy/a.html", "put\tindex.html", "put\tmanifest.json",
        "要放上 3 个文件，要移走 0 个 / to put: 3, to remove: 0",
    ]  # fmt: skip
    assert not www.exists()
    assert call(capsys, "deploy", www, "--output", output)[1].startswith("放上 3 个文件，移走 0 个")
    assert call(capsys, "deploy", www, "--output", output)[1].startswith("放上 0 个文件，移走 0 个")
    assert call(capsys, "verify", www)[0] == Exit.WELL


def test_one_changed_byte_is_named_and_ends_with_3(output, capsys):
    (output / "policy/a.html").write_bytes(FILES["policy/a.html"][:-1] + b"b")
    code, said = call(capsys, "verify", output)

    assert code == Exit.PROBLEMS
    assert "policy/a.html  内容不同 / changed" in said
    refused = call(capsys, "deploy", output.parent / "www", "--output", output)
    assert refused[0] == Exit.CANNOT
    assert "没有发布" in refused[1]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_signature_is_asked_for_by_its_key(output, tmp_path, capsys):
    key, public = tmp_path / "site.key", tmp_path / "site.pub"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True
    )
    subprocess.run(
        ["openssl", "pkey", "-in", key, "-pubout", "-out", public], check=True, capture_output=True
    )
    call(capsys, "deploy", tmp_path / "www", "--output", output)
    unsigned = call(capsys, "verify", tmp_path / "www", "--key", public)
    call(capsys, "deploy", tmp_path / "www", "--output", output, "--sign", key)

    assert unsigned[0] == Exit.PROBLEMS
    assert "manifest.json.sig  没有签名" in unsigned[1]
    assert call(capsys, "verify", tmp_path / "www", "--key", public)[0] == Exit.WELL
    assert call(capsys, "verify", tmp_path / "www", "--key", key.with_name("no.pub"))[0] == Exit.CANNOT


def test_a_place_of_others_is_left_alone(output, tmp_path, capsys):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/letter.docx").write_bytes(b"")
    code, said = call(capsys, "deploy", tmp_path / "theirs", "--output", output)

    assert code == Exit.CANNOT
    assert "不是本程序放的文件" in said


def test_a_bucket_is_reached_by_its_address_and_no_secret_is_told(output, bucket, capsys):
    endpoint = bucket.client.meta.endpoint_url
    place = f"s3://{bucket.target.bucket}/xxgk"
    done = call(capsys, "deploy", place, "--endpoint", endpoint, "--output", output)
    refused = call(capsys, "deploy", "s3://no-such-bucket/a", "--endpoint", endpoint, "--output", output)
    unreached = call(capsys, "deploy", place, "--endpoint", "no address", "--output", output)

    assert (done[0], set(bucket.held())) == (Exit.WELL, {*FILES, "manifest.json"})
    assert (refused[0], "“NoSuchBucket”" in refused[1]) == (Exit.CANNOT, True)
    assert (unreached[0], "--endpoint" in unreached[1]) == (Exit.CANNOT, True)
    assert "the-secret" not in done[1] + refused[1] + unreached[1]
