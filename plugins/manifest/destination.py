"""Where a site is to go, as an operator writes it: a folder, a place for rsync, a bucket."""

from __future__ import annotations

import re
from pathlib import Path

from plugins.manifest.rsync_target import RsyncTarget
from plugins.manifest.targets import FolderTarget, Target, TargetRefused

S3 = "s3://"
_RSYNC = re.compile(r"rsync://[^/]+/.+|[^/\\:-][^/\\:]+:.+")
"""A daemon's module, or a host before a colon; one letter before it is a drive of Windows."""


def is_bucket(text: str) -> bool:
    """Whether the place needs what only the extra packages bring."""
    return text.startswith(S3)


def target_at(text: str, endpoint: str | None = None, *, bucket_in_host: bool = False) -> Target:
    """The place: `s3://bucket/prefix`, `rsync://host/module`, `user@host:/folder`, or a folder of this computer.

    `endpoint` is the address of an S3 storage that is not Amazon's; with `bucket_in_host` the bucket's name stands
    before it. Raises TargetRefused.
    """
    if is_bucket(text):
        from plugins.manifest.s3_target import S3Target

        bucket, _, prefix = text.removeprefix(S3).partition("/")
        if not bucket:
            raise TargetRefused(
                f"写作“{text}”，没有存储桶的名字。请写成 s3://桶名/前缀 的样子",
                f"It is {text!r}, without the name of a bucket. Write it like s3://bucket/prefix",
            )
        return S3Target(bucket, prefix, endpoint, bucket_in_host=bucket_in_host)
    if _RSYNC.fullmatch(text):
        return RsyncTarget(text)
    return FolderTarget(Path(text))
