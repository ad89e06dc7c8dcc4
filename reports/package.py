"""This file makes a Word document or workbook the same bytes whenever it is written: no clock stands in it."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def fixed(content: bytes, on: date) -> bytes:
    """The same package with every moment in it set to the start of that day."""
    moment = f"{on.isoformat()}T00:00:00Z".encode()
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            part = source.read(member)
            if member == CORE:
                part = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            info = ZipInfo(member, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, part)
    return made.getvalue()
