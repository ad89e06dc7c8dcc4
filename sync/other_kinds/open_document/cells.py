"""This file reads one cell of an .ods file: its value, the format it is shown in, and its note."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from lxml import etree

from sync.other_kinds.page import Shown

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DAY, MONTH, MOMENT = "dd/mm/yyyy", "mmm yyyy", "dd/mm/yyyy hh:mm"
_KIND = "value-type"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ANNOTATION = f"{OFFICE}annotation"
_MONTH_ONLY = re.compile(r"[^\W\d]+[.\s/’'-]*\d{2,4}|\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}")
_FIGURE = re.compile(r"(?P<sign>[£$€]?)(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?\s*(?P<per>%?)")
_PERIOD = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def shown(cell: etree._Element, fill: str | None) -> Shown:
    """What the cell shows. Raises ValueError for a number or a date that is none."""
    if cell.get(f"{_CALC}{_KIND}") == "error":
        return Shown(_words(cell) or None, fill=fill, is_error=True)
    match cell.get(f"{OFFICE}{_KIND}"):
        case "float" | "percentage" | "currency":
            return _number(float(cell.get(f"{OFFICE}value", "")), _words(cell), fill)
        case "date":
            return _moment(cell.get(f"{OFFICE}date-value", ""), _words(cell), fill)
        case "time":
            return _period(cell.get(f"{OFFICE}time-value", ""), fill)
        case "boolean":
            return Shown(cell.get(f"{OFFICE}boolean-value") == "true", fill=fill)
    words = cell.get(f"{OFFICE}string-value") or _words(cell)
    return Shown(words if words.strip() else None, fill=fill)


def note(cell: etree._Element) -> str | None:
    """The words of the note that hangs on the cell."""
    found = cell.find(_ANNOTATION)
    return (_words(found) if found is not None else "") or None


def _number(value: float, words: str, fill: str | None) -> Shown:
    if words in ("TRUE", "FALSE"):
        return Shown(words == "TRUE", fill=fill)
    return Shown(int(value) if value.is_integer() and abs(value) < 1e15 else value, _format(words), fill)


def _format(words: str) -> str | None:
    """The number format in which a number looks like this: "001", "1.10", "25%", "£25,000.00"."""
    found = _FIGURE.fullmatch(words.lstrip("-−").strip())
    if found is None:
        return None
    whole = "#,##0" if "," in found["whole"] else "0" * (len(found["whole"]) if found["whole"][0] == "0" else 1)
    sign = f'"{found["sign"]}"' if found["sign"] else ""
    part = "." + "0" * len(found["part"]) if found["part"] else ""
    form = f"{sign}{whole}{part}{found['per']}"
    # A long fraction is how a number without a format looks, cut where the column ends.
    return None if form == "0" or len(part) > 5 else form


def _moment(value: str, words: str, fill: str | None) -> Shown:
    moment = datetime.fromisoformat(value)
    if "T" in value and moment.time() != time(0):
        return Shown(moment, MOMENT, fill)
    return Shown(moment.date(), MONTH if _MONTH_ONLY.fullmatch(words.strip()) else DAY, fill)


def _period(value: str, fill: str | None) -> Shown:
    found = _PERIOD.fullmatch(value)
    if found is None:
        raise ValueError(value)
    days, hours, minutes, seconds = (int(number or 0) for number in found.groups()[1:])
    lasted = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if lasted < timedelta(days=1) and not found[1]:
        return Shown((datetime.combine(date.min, time(0)) + lasted).time(), "hh:mm", fill)
    return Shown(-lasted if found[1] else lasted, "[h]:mm", fill)


def _words(element: etree._Element) -> str:
    """The paragraphs of a cell or a note, one under the other."""
    return "\n".join("".join(_said(part)) for part in element if part.tag == f"{TEXT}p")


def _said(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag != _ANNOTATION and isinstance(child.tag, str):
            yield from _said(child)
        yield child.tail or ""
