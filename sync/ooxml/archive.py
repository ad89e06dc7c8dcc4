"""This file opens a workbook's zip, refuses what is unsafe, and writes it back in the same order."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from sync.ooxml.edits import Refused
from sync.ooxml.markup import has_doctype

MOST_BYTES = 200 * 1024 * 1024
MOST_MEMBERS = 5_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAFE = "Nothing was changed."
_DAMAGED = (
    f"This file is damaged and cannot be opened. {_SAFE} Open it in Excel, save it again and upload that."
)
_XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)


class Archive:
    """The members of a zip by name, with what is needed to write it back alike."""

    def __init__(
        self, members: tuple[zipfile.ZipInfo, ...], contents: dict[str, bytes], comment: bytes
    ) -> None:
        self.members = members
        self.contents = contents
        self.comment = comment


def read(content: bytes) -> Archive:
    """Every member of the zip. Raises Refused, with a sentence for each kind of file that will not do."""
    _sniff(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            members = tuple(opened.infolist())
            _check(members)
            contents = {member.filename: opened.read(member) for member in members}
            comment = opened.comment
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused(_DAMAGED) from error
    _refuse_document_types(contents)
    return Archive(members, contents, comment)


def write(archive: Archive, contents: Mapping[str, bytes]) -> bytes:
    """A zip with these contents, in the order and with the times of the one that was read."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        target.comment = archive.comment
        for member in archive.members:
            if member.filename in contents:
                target.writestr(_like(member), contents[member.filename])
    return written.getvalue()


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.compress_type = member.compress_type
    copy.external_attr = member.external_attr
    copy.internal_attr = member.internal_attr
    copy.create_system = member.create_system
    copy.comment = member.comment
    return copy


def _sniff(content: bytes) -> None:
    if not content:
        raise Refused(f"This file is empty. {_SAFE} Choose the workbook again.")
    if content.startswith(_OLE):
        raise Refused(_about_ole(content))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        truncated = content.startswith(b"PK\x03\x04")
        raise Refused(
            _DAMAGED if truncated else f"This file is not an Excel workbook (.xlsx or .xlsm). {_SAFE}"
        )


def _about_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            f"This workbook is protected by a password. {_SAFE} Save it without the password and upload that."
        )
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return f"This is a workbook of the old kind (.xls). {_SAFE} Save it as .xlsx and upload that."
    return f"This file is of an old kind. {_SAFE} Save it as .xlsx and upload that."


def _check(members: tuple[zipfile.ZipInfo, ...]) -> None:
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Refused(f"This file is far larger inside than a tracker can be. {_SAFE}")
    seen: set[str] = set()
    for member in members:
        _check_member(member)
        name = member.filename.replace("\\", "/").lower()
        if name in seen:
            raise Refused(f"This file holds the same part twice, so that it cannot be trusted. {_SAFE}")
        seen.add(name)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x1:
        raise Refused(
            f"This file is protected by a password. {_SAFE} Save it without the password and upload that."
        )
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise Refused(f"This file holds a part with an unsafe name. {_SAFE}")
    if member.file_size > RATIO_COUNTS_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise Refused(f"This file is far larger inside than a tracker can be. {_SAFE}")


def _refuse_document_types(contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        if _XML_NAME.search(name) and has_doctype(content):
            raise Refused(f"This file declares a document type, which no office program writes. {_SAFE}")
