"""Real places to bring a site to: a folder, a daemon of rsync, a storage that speaks S3; all on loopback."""

import os
import socket
import subprocess
import time
from contextlib import closing, contextmanager

import pytest

from plugins.manifest.rsync_target import RsyncTarget
from plugins.manifest.targets import FolderTarget
from workbench.debian import program

STORAGE_REGION = "us-east-1"


class FolderPlace:
    """A folder as a target, and what lies in it."""

    def __init__(self, folder):
        self.folder = folder
        self.target = FolderTarget(folder)

    def held(self):
        """Every file, by name."""
        folder = self.folder
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


class BucketPlace:
    """A prefix of a bucket."""

    def __init__(self, client, target):
        self.client = client
        self.target = target

    def held(self):
        """Every object below the prefix, by name."""
        found = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.target.bucket, Prefix=self.target.prefix
        ):
            for one in page.get("Contents", ()):
                body = self.client.get_object(Bucket=self.target.bucket, Key=one["Key"])["Body"].read()
                found[one["Key"].removeprefix(self.target.prefix)] = body
        return found


@pytest.fixture(scope="session")
def storage():
    """The address of a storage that speaks S3; the account stands in the environment."""
    from moto.server import ThreadedMotoServer

    account = {
        "AWS_ACCESS_KEY_ID": "霁川".encode().hex(),
        "AWS_SECRET_ACCESS_KEY": "the-secret-of-the-office",
        "AWS_DEFAULT_REGION": STORAGE_REGION,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in account.items():
            patch.setenv(name, value)
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def bucket(storage, request):
    """An empty prefix of a bucket."""
    import boto3

    from plugins.manifest.s3_target import S3Target

    client = boto3.client("s3", endpoint_url=storage)
    name = f"bucket-{abs(hash(request.node.nodeid)):x}"[:40]
    client.create_bucket(Bucket=name)
    client.put_object(Bucket=name, Key="xxgk-of-others/letter.docx", Body=b"")
    return BucketPlace(client, S3Target(name, "xxgk", storage))


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    """A daemon of rsync: its address, and the folder behind it."""
    rsync = program("rsync", "rsync")
    if rsync is None:
        pytest.skip("rsync is not here and cannot be installed: apt-get install rsync")
    folder = tmp_path_factory.mktemp("rsync")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    who = f"uid = {os.geteuid()}\ngid = {os.getegid()}\n" if os.geteuid() == 0 else ""
    (folder / "rsyncd.conf").write_text(
        f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\n{who}"
        f"pid file = {folder}/pid\nlog file = {folder}/log\n"
        f"[www]\npath = {folder}\nread only = no\n"
    )
    command = [rsync, "--daemon", "--no-detach", f"--config={folder}/rsyncd.conf"]
    with ended(subprocess.Popen(command, stdin=subprocess.DEVNULL)):
        wait_for(port)
        yield f"rsync://127.0.0.1:{port}/www", folder


@pytest.fixture
def remote(daemon, request):
    """An empty folder behind the daemon."""
    address, folder = daemon
    name = f"site-{abs(hash(request.node.nodeid)):x}"
    place = FolderPlace(folder / name)
    place.target = RsyncTarget(f"{address}/{name}")
    return place


@pytest.fixture(params=["folder", "rsync", "s3"])
def place(request, tmp_path):
    """An empty place of each sort."""
    if request.param == "folder":
        return FolderPlace(tmp_path / "www")
    return request.getfixturevalue({"rsync": "remote", "s3": "bucket"}[request.param])


@contextmanager
def ended(process):
    """The process, ended when the block is."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port):
    """Return when something listens there."""
    for _ in range(200):
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}")
