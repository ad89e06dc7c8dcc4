"""This file tells an .xls, .ods or .csv file by its bytes; names are not to be trusted."""

import io
import zipfile
from enum import StrEnum

from sync.other_kinds.separated import rows_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_STREAMS = ("Workbook", "Book")
_STORED_FIRST = b"mimetype" + _ODS  # where the standard wants it: the zip's first member, not compressed


class OtherKind(StrEnum):
    """A kind of file that is read once and then kept as an .xlsx workbook."""

    CSV = "csv"
    ODS = "ods"
    XLS = "xls"


def recognise(content: bytes) -> OtherKind | None:
    """The kind of file these bytes are; None for an .xlsx workbook and for what is none of the three."""
    if content.startswith(_OLE):
        return OtherKind.XLS if _is_old_workbook(content) else None
    if content.startswith(b"PK"):
        return OtherKind.ODS if _STORED_FIRST in content[:256] or _says_it_is_ods(content) else None
    return OtherKind.CSV if rows_of(content, most=50) else None


def _is_old_workbook(content: bytes) -> bool:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return False  # an .xlsx with a password, for which there is a sentence already
    return any(f"{name}\0".encode("utf-16-le") in content for name in _STREAMS)


def _says_it_is_ods(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            member = package.getinfo("mimetype")
            return member.file_size < 100 and package.read(member).strip() == _ODS
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False
