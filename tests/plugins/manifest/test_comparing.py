"""A site held against its manifest: one byte is enough to be named."""

import gzip
import threading
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest

from plugins.manifest.comparing import NoManifest, published_before, verify_folder, verify_site
from plugins.manifest.manifest import Manifest, manifest_json

FILES = {"index.html": b"<!doctype html>", "policy/a.html": b"one", "attachments/表 1.csv": b"a,b\r\n"}


@pytest.fixture
def site(tmp_path):
    """A small site with its manifest."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    hashes = {name: sha256(content).hexdigest() for name, content in FILES.items()}
    manifest = Manifest("霁川市", "2026-11-22", "cn-2019", 1, hashes, {"policy/a": "0" * 64})
    (tmp_path / "manifest.json").write_bytes(manifest_json(manifest))
    return tmp_path


@pytest.fixture
def address(site):
    """The same, on loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def faults(verdict):
    return [(one.address, one.fault) for one in verdict.differences]


def test_a_site_as_it_was_built_has_no_differences(site, address):
    assert faults(verify_folder(site)) == []
    assert faults(verify_site(address)) == []
    assert verify_folder(site).file_count == 3


def test_one_changed_byte_is_named(site, address):
    (site / "policy/a.html").write_bytes(b"onf")

    assert faults(verify_folder(site)) == [("policy/a.html", "changed")]
    assert faults(verify_site(address)) == [("policy/a.html", "changed")]


def test_a_missing_and_an_added_file_are_named_and_a_compressed_copy_is_not(site, address):
    (site / "attachments/表 1.csv").unlink()
    (site / "added.html").write_bytes(b"")
    (site / "gone.html.gz").write_bytes(b"")
    (site / "index.html.gz").write_bytes(gzip.compress(FILES["index.html"]))
    (site / "manifest.json.br").write_bytes(brotli.compress((site / "manifest.json").read_bytes()))

    assert faults(verify_folder(site)) == [
        ("added.html", "extra"),
        ("attachments/表 1.csv", "missing"),
        ("gone.html.gz", "extra"),
    ]
    assert faults(verify_site(address)) == [("attachments/表 1.csv", "missing")]


@pytest.mark.parametrize(
    "copy", [gzip.compress(b"old", mtime=0), b"", b"no such format"], ids=["another", "empty", "broken"]
)
@pytest.mark.parametrize("ending", [".gz", ".br"])
def test_a_compressed_copy_that_stands_for_something_else_is_named(site, ending, copy):
    (site / f"index.html{ending}").write_bytes(copy)

    assert faults(verify_folder(site)) == [(f"index.html{ending}", "changed")]


def test_a_manifest_whose_files_were_exchanged_no_longer_fits_its_root(site):
    path = site / "manifest.json"
    (site / "policy/a.html").write_bytes(b"onf")
    old, new = sha256(b"one").hexdigest(), sha256(b"onf").hexdigest()
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert faults(verify_folder(site)) == [("manifest.json", "root")]


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b'{"files": 3}', b"\xff"])
def test_without_a_manifest_nothing_is_claimed(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)

    with pytest.raises(NoManifest):
        verify_folder(tmp_path)
    assert published_before(tmp_path) == frozenset()


def test_a_manifest_tells_what_was_published(site):
    assert published_before(site) == {"policy/a"}
