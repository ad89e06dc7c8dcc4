"""This file opens a workbook's zip, refuses what is unsafe, and writes it back in the same order."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import IO

from sync.ooxml.edits import Refused
from sync.ooxml.markup import has_doctype, is_only_prolog

MOST_BYTES = 200 * 1024 * 1024
MOST_MEMBERS = 5_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAFE = "Nothing was changed."
_DAMAGED = f"This file is damaged and cannot be opened. {_SAFE} Open it in Excel, save it again and upload that."
_XML_NAME = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_LOCAL_HEADER = struct.Struct("<26xHH")
_CHUNK = 1 << 16
_NONE: Mapping[str, bytes] = MappingProxyType({})
_AT_HAND = 64 * 1024 * 1024  # bytes: what is not more when unpacked is not unpacked a second time
_SIZES_FOLLOW = 0x08
_SWIFT = 5  # of 9: half the time of the usual 6, for a file that is a sixteenth larger


class Archive:
    """The members of a zip by name. They are unpacked when they are asked for, but for those that are at hand."""

    def __init__(self, content: bytes, opened: zipfile.ZipFile, at_hand: Mapping[str, bytes] = _NONE) -> None:
        self.members = tuple(opened.infolist())
        self.comment = opened.comment
        self._content = content
        self._opened = opened
        self._by_name = {member.filename: member for member in self.members}
        self._at_hand = at_hand

    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def read(self, name: str) -> bytes:
        if name in self._at_hand:
            return self._at_hand[name]
        with self._opened.open(self._by_name[name]) as stream:
            return _all_of(stream)

    def size(self, name: str) -> int:
        """How many bytes a member has when it is unpacked."""
        return self._by_name[name].file_size

    def packed(self, member: zipfile.ZipInfo) -> bytes:
        name_length, extra_length = _LOCAL_HEADER.unpack_from(self._content, member.header_offset)
        start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        return self._content[start : start + member.compress_size]


def look_at(content: bytes) -> None:
    """Refuse in a moment what its first bytes or its list of members already tell; nothing is unpacked."""
    _sniff(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            _check(tuple(opened.infolist()))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused(_DAMAGED) from error


def read(content: bytes) -> Archive:
    """The zip with every member proven whole. Raises Refused with a sentence for each kind of file that will not do."""
    _sniff(content)
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
        members = tuple(opened.infolist())
        _check(members)
        small = sum(member.file_size for member in members) <= _AT_HAND
        at_hand = {member.filename: _proven(opened, member, kept=small) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused(_DAMAGED) from error
    return Archive(content, opened, at_hand if small else {})


def write(archive: Archive, written: Mapping[str, bytes], dropped: Collection[str]) -> bytes:
    """A zip in the order and with the times of the one read; what was not written comes over as it is packed."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        target.comment = archive.comment
        for member in archive.members:
            if member.filename in written:
                target.writestr(_like(member), written[member.filename], compresslevel=_SWIFT)
            elif member.filename not in dropped:
                _carry_over(target, member, archive.packed(member))
    return output.getvalue()


def _carry_over(target: zipfile.ZipFile, member: zipfile.ZipInfo, packed: bytes) -> None:
    if target.fp is None:
        raise ValueError("the zip is closed already")
    copy = _like(member)
    copy.flag_bits = member.flag_bits & ~_SIZES_FOLLOW
    copy.CRC, copy.compress_size, copy.file_size = member.CRC, member.compress_size, member.file_size
    target.fp.seek(target.start_dir)
    copy.header_offset = target.fp.tell()
    target.fp.write(copy.FileHeader(zip64=False) + packed)
    target.start_dir = target.fp.tell()
    target.filelist.append(copy)
    target.NameToInfo[copy.filename] = copy


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.compress_type = member.compress_type
    copy.external_attr = member.external_attr
    copy.internal_attr = member.internal_attr
    copy.create_system = member.create_system
    copy.comment = member.comment
    return copy


def _proven(opened: zipfile.ZipFile, member: zipfile.ZipInfo, *, kept: bool) -> bytes:
    """Unpack a member once, so that its checksum is proven and no document type hides in it; empty where not kept."""
    with opened.open(member) as stream:
        start = stream.read(_CHUNK)
        if _XML_NAME.search(member.filename):
            if is_only_prolog(start):
                start += stream.read()
            if has_doctype(start):
                raise Refused(f"This file declares a document type, which no office program writes. {_SAFE}")
        if kept:
            return _all_of(stream, start)
        while stream.read(_CHUNK):
            pass
    return b""


def _all_of(stream: IO[bytes], start: bytes = b"") -> bytes:
    """What is left in a member after its start. Piece by piece: unpacked in one go, it would be in memory twice."""
    whole = io.BytesIO()
    whole.write(start)
    while piece := stream.read(_CHUNK):
        whole.write(piece)
    return whole.getvalue()


def _sniff(content: bytes) -> None:
    if not content:
        raise Refused(f"This file is empty. {_SAFE} Choose the workbook again.")
    if content.startswith(_OLE):
        raise Refused(_about_ole(content))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        truncated = content.startswith(b"PK\x03\x04")
        raise Refused(_DAMAGED if truncated else f"This file is not an Excel workbook (.xlsx or .xlsm). {_SAFE}")


def _about_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return f"This workbook is protected by a password. {_SAFE} Save it without the password and upload that."
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
        raise Refused(f"This file is protected by a password. {_SAFE} Save it without the password and upload that.")
    if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise Refused(f"This file holds a part with an unsafe name. {_SAFE}")
    if member.file_size > RATIO_COUNTS_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise Refused(f"This file is far larger inside than a tracker can be. {_SAFE}")
