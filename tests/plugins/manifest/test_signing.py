"""A signed manifest tells who published the site; a forged one, a stale one and none at all are told apart."""

import shutil
import subprocess
from functools import partial
from hashlib import sha256

import pytest

from plugins.manifest.comparing import verify_folder
from plugins.manifest.deploying import deploy
from plugins.manifest.manifest import Manifest, manifest_json
from plugins.manifest.signing import SIGNATURE, KeyNotUsable, is_signed, signature
from plugins.manifest.targets import FolderTarget

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A private and its public key, and another pair."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("site", "other"):
        made = ["openssl", "genpkey", "-algorithm", "ed25519", "-out", folder / f"{name}.key"]
        subprocess.run(made, check=True, capture_output=True)
        public = ["openssl", "pkey", "-in", folder / f"{name}.key", "-pubout", "-out", folder / f"{name}.pub"]
        subprocess.run(public, check=True, capture_output=True)
    return folder


def built(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_bytes(text)
    files = {"index.html": sha256(text).hexdigest()}
    (folder / "manifest.json").write_bytes(
        manifest_json(Manifest("霁川市", "2026-11-22", "cn", 0, files, {}))
    )
    return folder


def test_a_signature_is_of_these_bytes_by_this_key(keys):
    signed = signature("清单".encode(), keys / "site.key")

    assert signed == signature("清单".encode(), keys / "site.key")
    assert is_signed("清单".encode(), signed, keys / "site.pub")
    assert not is_signed("清单 ".encode(), signed, keys / "site.pub")
    assert not is_signed("清单".encode(), signed, keys / "other.pub")
    for none in (None, b"", b"not base64!", b"AAAA"):
        assert not is_signed("清单".encode(), none, keys / "site.pub")


@pytest.mark.parametrize("use", ["no.key", "site.pub"])
def test_what_is_no_private_key_is_told(keys, use):
    with pytest.raises(KeyNotUsable, match="用不了"):
        signature(b"", keys / use)
    with pytest.raises(KeyNotUsable, match="用不了"):
        is_signed(b"", b"AAAA", keys / "no.pub")


def test_a_deployed_site_is_signed_and_a_later_one_without_a_key_is_not(keys, tmp_path):
    www, fits = tmp_path / "www", partial(is_signed, key=keys / "site.pub")
    sign = partial(signature, key=keys / "site.key")
    output = built(tmp_path / "output", b"one")
    deploy(output, FolderTarget(www))
    assert [one.fault for one in verify_folder(www, fits).differences] == ["signature"]

    assert [step.address for step in deploy(output, FolderTarget(www), sign)] == [SIGNATURE]
    assert verify_folder(www, fits).differences == verify_folder(www).differences == ()
    assert deploy(output, FolderTarget(www), sign) == deploy(output, FolderTarget(www)) == []

    built(www, b"forged")
    for copy in www.glob("*.??"):
        copy.unlink()  # compressed copies give a forger away who forgets them
    assert [one.address for one in verify_folder(www).differences] == []
    assert [one.address for one in verify_folder(www, fits).differences] == [SIGNATURE]

    deploy(built(output, b"two"), FolderTarget(www))
    assert not (www / SIGNATURE).exists()
