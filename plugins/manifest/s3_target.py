"""A bucket of a storage that speaks S3. Who we are is told by the environment, as boto3 reads it, and never shown."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePosixPath

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from plugins.manifest.compressing import is_text
from plugins.manifest.targets import TargetRefused

AT_ONCE = 8
IN_HAND = 64
"""Files read but not yet sent."""
MOST_REMOVED = 1000
"""As many as one request of S3 may name."""
NOT_THERE = frozenset(("NoSuchKey", "404", "NotFound"))
PATIENCE_SECONDS = 60
MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".opml": "text/x-opml",
    ".ics": "text/calendar",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ndjson": "application/x-ndjson",
    ".ttl": "text/turtle",
    ".csv": "text/csv",
    ".bin": "application/octet-stream",
}
"""What the libraries of Python's versions and systems do not agree on."""


class S3Target:
    """The objects of a bucket whose keys begin with `prefix`. Such storage hands files out as they are, so
    compressed copies are of no use to it."""

    compresses = False

    def __init__(
        self, bucket: str, prefix: str = "", endpoint: str | None = None, *, bucket_in_host: bool = False
    ) -> None:
        self.bucket = bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        with _told():
            self._client = boto3.Session().client("s3", endpoint_url=endpoint, config=_config(bucket_in_host))

    def read(self, name: str) -> bytes | None:
        """An object, or None when there is no such object."""
        with _told():
            try:
                content: bytes = self._client.get_object(Bucket=self.bucket, Key=self.prefix + name)[
                    "Body"
                ].read()
            except ClientError as answer:
                if _code(answer) in NOT_THERE:
                    return None
                raise
            return content

    def is_empty(self) -> bool:
        """Whether no key begins with the prefix."""
        with _told():
            listed = self._client.list_objects_v2(Bucket=self.bucket, Prefix=self.prefix, MaxKeys=1)
            return not listed.get("KeyCount", len(listed.get("Contents", ())))

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put objects, several at once. S3 replaces each as a whole."""
        with _told(), ThreadPoolExecutor(AT_ONCE) as pool:
            rest = iter(files)
            while some := list(islice(rest, IN_HAND)):
                list(pool.map(self._put, some))

    def remove(self, names: Sequence[str]) -> None:
        """Remove objects."""
        with _told():
            for start in range(0, len(names), MOST_REMOVED):
                keys = [{"Key": self.prefix + name} for name in names[start : start + MOST_REMOVED]]
                done = self._client.delete_objects(
                    Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True}
                )
                if refused := done.get("Errors"):
                    raise _refusal(str(refused[0].get("Code", "")))

    def _put(self, file: tuple[str, bytes]) -> None:
        name, content = file
        key = self.prefix + name
        self._client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=media_type(name))


def media_type(name: str) -> str:
    """What a web server says a file of this name is."""
    if name.startswith("feeds/") and name.endswith(".json"):
        return "application/feed+json; charset=utf-8"
    found = MEDIA_TYPES.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0] or ""
    if not found:
        return "application/octet-stream"
    return f"{found}; charset=utf-8" if is_text(name) else found


def _config(bucket_in_host: bool) -> Config:
    """Settings that storages of other makers understand: they know neither checksums in trailers nor regions."""
    return Config(
        connect_timeout=PATIENCE_SECONDS,
        read_timeout=PATIENCE_SECONDS,
        retries={"max_attempts": 4, "mode": "standard"},
        max_pool_connections=AT_ONCE,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "virtual" if bucket_in_host else "auto"},
    )


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, in words that name no secret."""
    try:
        yield
    except NoCredentialsError as reason:
        raise TargetRefused(
            "没有找到存储的账号。请写在环境变量里：AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
            "No account for the storage was found. Set the environment variables AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY",
        ) from reason
    except ClientError as answer:
        raise _refusal(_code(answer)) from None
    except (BotoCoreError, ValueError) as reason:
        raise TargetRefused(
            f"连不上存储（{type(reason).__name__}）。请检查 --endpoint 的网址和网络，例如 --endpoint https://s3.jichuan.example",
            f"The storage could not be reached ({type(reason).__name__}). Check the address after --endpoint and the "
            "network, for example --endpoint https://s3.jichuan.example",
        ) from None


def _refusal(code: str) -> TargetRefused:
    return TargetRefused(
        f"存储拒绝了，回答是“{code}”。请检查存储桶的名字、账号的权限；改好后再运行一次，会接着做完。",
        f"The storage refused; its answer is {code!r}. Check the bucket's name and what the account may do, then run "
        "this again: it goes on where it stopped.",
    )


def _code(answer: ClientError) -> str:
    return str(answer.response.get("Error", {}).get("Code", ""))
