"""The parts of an Office file, which is an archive of XML: opened with limits, so that no bomb goes off."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from plugins.disclosure.importers.refusal import Refusal

_MOST_PARTS = 5_000
_LARGEST_PART = 60_000_000
_LARGEST_OF_ALL = 300_000_000


class OfficeArchive:
    """An Office file's parts by name. Raises Refusal for what is damaged, locked or larger than any document."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
            raise _damaged() from fault
        parts = self._archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_OF_ALL:
            raise _too_large()
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal(
                "文件加了密码。请用原来的软件打开，去掉密码后再导入。",
                "The file is locked with a password. Remove the password and import it again.",
            )
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part, however large it says it is."""
        try:
            with self._archive.open(name) as part:
                data = part.read(_LARGEST_PART + 1)
        except Exception as fault:  # a damaged archive fails in any way there is
            raise _damaged() from fault
        if len(data) > _LARGEST_PART:
            raise _too_large()
        return data

    def xml(self, name: str) -> Element | None:
        """A part as XML; None where there is no such part. No part of an Office file declares a DTD or entities."""
        if name not in self.names:
            return None
        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except DefusedXmlException as fault:
            raise Refusal(
                "文件里有 Office 软件不会写的内容（XML 实体），可能有害，没有读取。",
                "The file holds XML entities, which no Office program writes; it may be harmful and was not read.",
            ) from fault
        except (ParseError, ValueError, LookupError, RecursionError) as fault:
            raise _damaged() from fault
        return root


def _damaged() -> Refusal:
    return Refusal(
        "文件已经损坏或不完整，打不开。请重新取得原件，或用原来的软件打开后另存一份再导入。",
        "The file is damaged or incomplete. Get it again, or open it in its program and save a copy.",
    )


def _too_large() -> Refusal:
    return Refusal(
        "文件解开以后大得不像一份文件，可能有害，没有读取。",
        "Unpacked, the file is larger than any document; it may be harmful and was not read.",
    )
